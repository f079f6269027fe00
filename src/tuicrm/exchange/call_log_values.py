"""What lists of calls have in common: their moments, seconds, numbers, and which side of a call is outside."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

from tuicrm.domain.calendars import make_date
from tuicrm.domain.fold import with_ascii_digits
from tuicrm.domain.models import Direction
from tuicrm.domain.phone import digits
from tuicrm.domain.safe import tidy
from tuicrm.exchange.incoming import IncomingCall
from tuicrm.exchange.refused import Refused

INTERNAL_DIGITS: Final = 5
"""A number with so few digits is an extension of the office."""
UTC_ZONE: Final = ZoneInfo("UTC")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_S: Final = 7 * 24 * 3600
"""Seconds; a call that lasted longer was not hung up."""
_TEXT: Final = 300
"""Characters of a name or an id that are kept."""
_LONGEST: Final = 60
"""Characters of a moment or a duration; what is longer is neither."""
_EPOCH: Final = re.compile(r"(\d{9,10})(?:\d{3}|\d{6})?(?:\.\d+)?", re.ASCII)
_SPELLED: Final = (
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d"),
    *("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"),
    *("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%a %b %d %H:%M:%S %Y"),
)
"""What is not ISO. Days before months, as most of the world writes them; but for those who count to twelve."""
_JALALI: Final = re.compile(r"(1[34]\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)(?:\.\d+)?", re.ASCII)
_PLAIN: Final = re.compile(r"(\d{1,9})(?:\.\d+)?\s*(?:s|sec|secs|seconds)?", re.ASCII | re.IGNORECASE)
_UNITS: Final = re.compile(
    r"(?:(\d{1,3})\s*h\w*)?\s*(?:(\d{1,5})\s*m\w*)?\s*(?:(\d{1,9})\s*s\w*)?", re.ASCII | re.IGNORECASE
)
_NOBODY: Final = frozenset(
    ("s", "i", "t", "h", "anonymous", "unknown", "unavailable", "private", "restricted")
)


def left_out(line: int, why: Refused) -> IncomingCall:
    """The line as a call that is left out."""
    return IncomingCall(
        line, "", "in", "", EPOCH, None, None, None, "", "", "", "", "", why.code, why.params, not why.skipped
    )


def text(value: Any) -> str:
    """A cell on one line, without control characters, not longer than a name can be."""
    found = str(value if value is not None else "").lstrip()
    # cut before it is tidied as well: what goes are controls and blanks
    return tidy(found[: 2 * _TEXT])[:_TEXT].strip()


# --- moments and seconds ------------------------------------------------------------------------------------


def moment(value: str, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of ``2026-11-22 09:30:00``, ``1405/09/01 9:30`` (Jalali), ISO with or without an offset, or
    seconds (milliseconds, microseconds) since 1970. Without an offset it is local to ``zone``. Raises
    ``Refused("call_time")``."""
    value = value.strip()
    found = (_since_1970(value) or _spelled(value)) if len(value) <= _LONGEST else None
    try:
        if found is None or not 1980 <= found.year <= 2200:
            raise Refused("call_time", text=value[:_LONGEST])
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        raise Refused("call_time", text=value[:_LONGEST]) from None


def _since_1970(value: str) -> datetime | None:
    if not (whole := _EPOCH.fullmatch(value)):
        return None
    return EPOCH + timedelta(seconds=int(whole[1]))


def _spelled(value: str) -> datetime | None:
    value = with_ascii_digits(value)
    try:
        if found := _JALALI.match(value):
            day = make_date(int(found[1]), int(found[3]), int(found[4]))
            value = f"{day.isoformat()}{value[found.end() :]}"
        return datetime.fromisoformat(value)
    except ValueError:
        pass
    for form in _SPELLED:
        try:
            # the zone is given by who asks
            return datetime.strptime(value, form)  # noqa: DTZ007
        except ValueError:
            continue
    return None


def seconds(value: str) -> int | None:
    """``75``, ``75.2``, ``1:15``, ``00:01:15`` or ``1m 15s`` as seconds; None for nothing, -1 (unknown) or a text
    that is none. More than a week is none either."""
    if len(value := value.strip()) > _LONGEST:
        return None
    value = with_ascii_digits(value)
    found: int | None = None
    if plain := _PLAIN.fullmatch(value):
        found = int(plain[1])
    elif (clock := _CLOCK.fullmatch(value)) or (value and (clock := _UNITS.fullmatch(value))):
        hours, minutes, rest = (int(part or 0) for part in clock.groups())
        found = hours * 3600 + minutes * 60 + rest
    return found if found is not None and found <= LONGEST_S else None


def score(value: str) -> int | None:
    """What the other side gave, from 0 to 10; None for anything else."""
    value = with_ascii_digits(value.strip()[:_LONGEST])
    return int(value) if re.fullmatch(r"\d|10", value, re.ASCII) else None


# --- numbers ------------------------------------------------------------------------------------------------


def number(value: str) -> str:
    """A number as the list has it; ``""`` for a withheld one. ``sip:+44...@host`` is its number."""
    value = text(value)
    if value.lower().startswith(("sip:", "sips:", "tel:")):
        value = value.split(":", 1)[1]
    value = value.split("@", 1)[0].split(";", 1)[0].strip()
    # what telephones write for a withheld number
    return value if digits(value) and value not in ("-1", "-2", "-3") else ""


def internal(value: str) -> bool:
    """Whether a number, as ``number`` gives it, is an extension."""
    return 0 < len(digits(value)) <= INTERNAL_DIGITS and not value.startswith("+")


def sides(caller: str, called: str, hint: Direction | None) -> tuple[Direction, str, str]:
    """Which way a call went, the number outside, and the extension (or ``""``).

    ``hint``: what the list says of the way, or its context tells; it decides where the numbers do not. Raises
    ``Refused``: ``call_internal`` between two extensions, ``call_direction`` where nothing tells.
    """
    own = [internal(caller), internal(called)]
    if all(own):
        raise Refused("call_internal", skipped=True, caller=caller, called=called)
    if own[0]:
        way: Direction = "out"
    elif own[1] or (not called and caller):
        way = "in"
    elif hint is not None:
        way = hint
    elif not caller and not called:
        raise Refused("call_no_number", skipped=True)
    else:
        raise Refused("call_direction", skipped=True, caller=caller, called=called)
    outside, inside = (called, caller) if way == "out" else (caller, called)
    return way, outside, inside if internal(inside) else ""


def digest(*parts: object) -> str:
    """A name of a call that its list does not name: the same parts, the same name."""
    return sha256("|".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:32]


def caller_name(clid: str) -> str:
    """The name in ``"Kate Allen" <0201234567>``; ``""`` when there is none but a number."""
    name = text(clid).split("<", 1)[0].strip().strip('"').strip()
    return "" if not any(char.isalpha() for char in name) or name.lower() in _NOBODY else name
