"""Follow-ups as tasks of a calendar (iCalendar, RFC 5545), for other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import chain
from typing import Final, TextIO

from tuicrm.domain.models import FollowUp
from tuicrm.domain.recurrence import Rule
from tuicrm.domain.recurrence import parse as parse_rule
from tuicrm.exchange import ics_series
from tuicrm.exchange.ics_series import moment, utc
from tuicrm.exchange.ics_who import NUMBER
from tuicrm.exchange.vcard_out import folded

PRODUCT: Final = "-//tuicrm//calendar//EN"
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})
_STATES: Final = {"open": "NEEDS-ACTION", "done": "COMPLETED"}
OWN_RULE: Final = "X-TUICRM-RRULE"
"""How it repeats here, where other programs would read other dates, or none, and to be known again."""
UID_END: Final = "@followup.tuicrm"
OWN_ALARM: Final = "X-TUICRM-ALARM"
"""The alarm of what was put off, as a trigger has it: what rings first then may be something else."""
_ONE_DATE: Final = re.compile(r"\d{1,15}-[0-9a-f-]{36}-\d{8}" + re.escape(UID_END))


def write(
    stream: TextIO,
    follow_ups: Iterable[FollowUp],
    *,
    now: datetime,
    number: Callable[[FollowUp], str] = lambda _: "",
) -> int:
    """One calendar with a task for each; gives how many. ``now``: when it is written (aware). ``number``: gives the
    contact's number, for the description. The stream must not translate line ends (``newline=""``)."""
    many = 0
    series: list[tuple[FollowUp, Rule]] = []
    stream.write(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n")
    for each in follow_ups:
        many += 1
        if (rule := _rule(each)) is not None:
            # they wait until it is known from which year on the zones are needed: what repeats is not much
            series.append((each, rule))
        else:
            stream.writelines(map(folded, _task(each, number(each), now, None)))
    tasks = (_task(each, number(each), now, rule) for each, rule in series)
    zones = ics_series.zones(each for each, _ in series)
    stream.writelines(map(folded, chain(zones, chain.from_iterable(tasks))))
    stream.write("END:VCALENDAR\r\n")
    return many


def uid(it: FollowUp) -> str:
    """The name of a follow-up for ever: it is moved, its contact merged, and keeps it. Another company has others."""
    # Imported here: nothing else of the program needs it.
    from uuid import NAMESPACE_URL, uuid5

    made = "" if it.created_at is None else it.created_at.astimezone(UTC).isoformat()
    told = f"tuicrm:followup/{it.id}/{made}"
    return f"{it.id}-{uuid5(NAMESPACE_URL, told)}{UID_END}"


def date_uid(it: FollowUp, on: date) -> str:
    """The name of a later date of a follow-up that repeats, where the dates are written one by one."""
    name, _, end = uid(it).partition("@")
    return f"{name}-{on:%Y%m%d}@{end}"


def is_date(name: str) -> bool:
    """Whether that is a name by ``date_uid``: no promise more, for the series says it."""
    return _ONE_DATE.fullmatch(name) is not None


def _rule(it: FollowUp) -> Rule | None:
    """How it repeats; None for what does not, or counts from the day its last was done."""
    # Imported here: of what does not repeat nothing asks for a zone.
    from zoneinfo import ZoneInfo

    rule = parse_rule(it.recurrence, ZoneInfo(it.zone)) if it.recurrence else None
    return None if rule is None or rule.after_done else rule


def _task(it: FollowUp, number: str, now: datetime, rule: Rule | None) -> Iterator[str]:
    title = f"{it.contact.name}: {it.reason}" if it.reason else it.contact.name
    yield "BEGIN:VTODO"
    yield f"UID:{uid(it)}"
    yield f"DTSTAMP:{utc(now)}"
    # a rule needs a beginning, and what is due must lie behind it
    yield f"DUE{moment(it)}" if rule is None else f"DTSTART{moment(it, repeats=True)}"
    yield f"SUMMARY:{escaped(title)}"
    if it.contact.name:
        yield f"CONTACT:{escaped(it.contact.name)}"
    if described := "\n".join(filter(None, (it.note, number))):
        yield f"DESCRIPTION:{escaped(described)}"
    if number:
        yield f"{NUMBER}:{escaped(number)}"
    yield f"STATUS:{_STATES.get(it.state, 'CANCELLED')}"
    if it.state == "done":
        yield "PERCENT-COMPLETE:100"
        if it.closed_at is not None:
            yield f"COMPLETED:{utc(it.closed_at)}"
    if rule is not None:
        yield from ics_series.rule_lines(it, rule)
    elif it.recurrence:
        yield f"{OWN_RULE}:{it.recurrence.translate({10: None, 13: None})}"
    if it.state == "open" and (it.due.at is not None or it.alarm_minutes is not None):
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(title)}")
        yield f"TRIGGER;RELATED={'END' if rule is None else 'START'}:{ics_series.ahead(it)}"
        yield "END:VALARM"
    yield "END:VTODO"


def escaped(text: str) -> str:
    """A text as a value; its line ends stay, as ``\\n``."""
    return text.translate(_ESCAPES)
