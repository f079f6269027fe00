"""What each key of a process file may hold: one small function per kind of value, one table per section."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tuicrm.domain.process import FLAGS, NO_FOLLOW_UP
from tuicrm.domain.regions import REGIONS
from tuicrm.domain.when import WhenRefused, WhenSettings, number_form
from tuicrm.domain.worktime import DAYS

ATTEMPTS_MOST = 100
_ANY_MOMENT = datetime(2026, 1, 15, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Bad:
    """A value is refused: the code of the sentence, and what fills it beside the key."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


Rule = Callable[[Any], Any]
"""The value as TOML has it -> the value as the process keeps it, or ``Bad``."""


def want_text(value: Any) -> Any:
    """A text that is not empty; without outer blanks."""
    return value.strip() if isinstance(value, str) and value.strip() else Bad("process_want_text")


def want_texts(value: Any) -> Any:
    """A list of such texts."""
    texts = [want_text(item) for item in value] if isinstance(value, list) else [Bad("")]
    return Bad("process_want_texts") if any(isinstance(text, Bad) for text in texts) else tuple(texts)


def want_flag(value: Any) -> Any:
    return value if isinstance(value, bool) else Bad("process_want_flag")


def want_attempts(value: Any) -> Any:
    good = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= ATTEMPTS_MOST
    return value if good else Bad("process_want_number", {"least": 1, "most": ATTEMPTS_MOST})


def want_code(value: Any) -> Any:
    """Two or more small letters, digits and ``_``; begins with a letter, ends with no ``_``."""
    good = isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9_]*[a-z0-9]", value) is not None
    return value if good else Bad("process_code_form", {"value": str(value)})


def want_key(value: Any) -> Any:
    """One small letter."""
    good = isinstance(value, str) and re.fullmatch("[a-z]", value) is not None
    return value if good else Bad("process_key_form", {"value": str(value)})


def one_of(*allowed: str) -> Rule:
    """One of these words."""

    def rule(value: Any) -> Any:
        listed = ", ".join(allowed)
        return (
            value
            if value in allowed
            else Bad("process_want_one_of", {"value": str(value), "allowed": listed})
        )

    return rule


def some_of(*allowed: str) -> Rule:
    """A list of these words, each at most once."""

    def rule(value: Any) -> Any:
        listed = ", ".join(allowed)
        for item in value if isinstance(value, list) else [value]:
            if item not in allowed:
                return Bad("process_want_one_of", {"value": str(item), "allowed": listed})
        return frozenset(value) if isinstance(value, list) else Bad("process_want_texts")

    return rule


def want_days(value: Any) -> Any:
    """A list of English days, their beginnings of three letters."""
    days = some_of(*DAYS)(value)
    if isinstance(days, Bad):
        return days
    return frozenset(DAYS.index(day) for day in days) or Bad("process_want_texts")


def moved_to(place: str) -> Rule:
    """A key that stands elsewhere by now."""
    return lambda _: Bad("process_key_moved", {"place": place})


def want_region(value: Any) -> Any:
    good = isinstance(value, str) and value in REGIONS
    return value if good else Bad("process_want_region", {"value": str(value)})


def want_zone(value: Any) -> Any:
    """A name of the time zone database."""
    try:
        return (
            ZoneInfo(value).key if isinstance(value, str) else Bad("process_want_zone", {"value": str(value)})
        )
    except (KeyError, OSError, ValueError):
        return Bad("process_want_zone", {"value": value})


def want_follow_up(value: Any) -> Any:
    """A number form without a date or clock time (``1wd``, ``1h``), or ``NO_FOLLOW_UP``."""
    bad = Bad("process_want_follow_up", {"value": str(value)})
    if not isinstance(value, str) or not re.fullmatch(r"-|\d{1,4}(d|w|mo|h|m|wd)", value):
        return bad
    try:
        known = value == NO_FOLLOW_UP or number_form(value, _ANY_MOMENT, WhenSettings(ZoneInfo("UTC")))
    except WhenRefused:
        return bad
    return value if known else bad


_NAMED: Mapping[str, Rule] = {
    "code": want_code,
    "label": want_text,
    "label_fa": want_text,
    "aliases": want_texts,
}
SECTIONS: Mapping[str, Mapping[str, Rule]] = {
    "channel": {**_NAMED, "written": want_flag},
    "outcome": {
        **_NAMED,
        "key": want_key,
        "flags": some_of(*sorted(FLAGS)),
        "follow_up": want_follow_up,
        "attempts_max": want_attempts,
        "closes": want_flag,
        "attempt": want_flag,
        "asks_note": want_flag,
        "nobody": want_flag,
        "topic": want_text,
    },
    "topic": {**_NAMED, "key": want_key, "follow_up": want_follow_up, "ticket_kind": want_text},
    "priority": {**_NAMED, "key": want_key},
    "status": {**_NAMED, "key": want_key, "category": one_of("open", "waiting", "resolved")},
}
DEFAULT_RULES: Mapping[str, Rule] = {
    "direction": one_of("in", "out"),
    "channel": want_text,
    "priority": want_text,
    "region": want_region,
    "zone": want_zone,
    "date_order": one_of("dmy", "mdy", "ymd"),
    "working_days": moved_to("[calendar] days"),
    "day_start": moved_to("[calendar] hours"),
    "day_end": moved_to("[calendar] hours"),
    "attempts_max": want_attempts,
}
