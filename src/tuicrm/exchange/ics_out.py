"""Follow-ups as tasks of a calendar (iCalendar, RFC 5545), for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, TextIO

from tuicrm.domain.models import FollowUp
from tuicrm.domain.recurrence import Rule
from tuicrm.domain.recurrence import parse as parse_rule
from tuicrm.domain.recurrence import text as rule_text
from tuicrm.exchange.ics_who import NUMBER
from tuicrm.exchange.vcard_out import folded

PRODUCT: Final = "-//tuicrm//calendar//EN"
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})
_STATES: Final = {"open": "NEEDS-ACTION", "done": "COMPLETED"}
OWN_RULE: Final = "X-TUICRM-RRULE"
"""A rule that counts from the day its last was done: other programs would make dates of it that nobody promised."""
UID_END: Final = "@followup.tuicrm"


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
    stream.write(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n")
    for each in follow_ups:
        for line in _task(each, number(each), now):
            stream.write(folded(line))
        many += 1
    stream.write("END:VCALENDAR\r\n")
    return many


def uid(it: FollowUp) -> str:
    """The name of a follow-up for ever: it is moved, its contact merged, and keeps it. Another company has others."""
    # Imported here: nothing else of the program needs it.
    from uuid import NAMESPACE_URL, uuid5

    made = "" if it.created_at is None else it.created_at.astimezone(UTC).isoformat()
    told = f"tuicrm:followup/{it.id}/{made}"
    return f"{it.id}-{uuid5(NAMESPACE_URL, told)}{UID_END}"


def _task(it: FollowUp, number: str, now: datetime) -> Iterator[str]:
    title = f"{it.contact.name}: {it.reason}" if it.reason else it.contact.name
    yield "BEGIN:VTODO"
    yield f"UID:{uid(it)}"
    yield f"DTSTAMP:{utc(now)}"
    rule = parse_rule(it.recurrence) if it.recurrence else None
    series = it.recurrence and (rule is None or not rule.after_done)
    # a rule needs a beginning, and what is due must lie behind it
    yield _due("DTSTART" if series else "DUE", it)
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
    if it.recurrence:
        # other programs know no part of our own
        standard = rule_text(rule, own=False) if rule is not None and rule.left_out else it.recurrence
        told = standard if series else it.recurrence
        yield f"{'RRULE' if series else OWN_RULE}:{told.translate({10: None, 13: None})}"
    if series and rule is not None and rule.left_out:
        yield left_out(it, rule)
    if it.state == "open" and (it.due.at is not None or it.alarm_minutes is not None):
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(title)}")
        before = f"-PT{it.alarm_minutes}M" if it.alarm_minutes else "PT0S"
        yield f"TRIGGER;RELATED={'START' if series else 'END'}:{before}"
        yield "END:VALARM"
    yield "END:VTODO"


def left_out(it: FollowUp, rule: Rule) -> str:
    """The dates of a series on which it is not, each as its beginning is written."""
    if it.due.at is None:
        return f"EXDATE;VALUE=DATE:{','.join(f'{day:%Y%m%d}' for day in rule.left_out)}"
    from zoneinfo import ZoneInfo

    # a series that begins at a moment in UTC goes on at that hour of UTC
    begins = datetime.combine(it.due.on, it.due.at, ZoneInfo(it.zone)).astimezone(UTC)
    return f"EXDATE:{','.join(utc(begins + (day - it.due.on)) for day in rule.left_out)}"


def _due(name: str, it: FollowUp) -> str:
    if it.due.at is None:
        return f"{name};VALUE=DATE:{it.due.on:%Y%m%d}"
    from zoneinfo import ZoneInfo

    return f"{name}:{utc(datetime.combine(it.due.on, it.due.at, ZoneInfo(it.zone)))}"


def utc(moment: datetime) -> str:
    """An aware instant as calendars write it: ``20261122T060000Z``."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text as a value; its line ends stay, as ``\\n``."""
    return text.translate(_ESCAPES)
