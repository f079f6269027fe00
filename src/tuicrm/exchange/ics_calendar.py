"""An agent's follow-ups as a calendar that telephones and desktops subscribe to (iCalendar, RFC 5545).

As events, for iOS, Google and most others show no tasks of a calendar that they are subscribed to; as tasks on request.
The same follow-ups give the same bytes: a file changes only when one of them did. What is settled is not in it.

A rule is written only when it is one that other programs read and the event stands on it: of all others (Jalali
months, one that was moved) the dates that come are written one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import BinaryIO, Final, TextIO
from zoneinfo import ZoneInfo

from tuicrm.domain.models import FollowUp
from tuicrm.domain.record import record, replace
from tuicrm.domain.recurrence import Rule, parse
from tuicrm.domain.recurrence_dates import occurrences, upcoming
from tuicrm.domain.reminder import moments
from tuicrm.domain.safe import clean
from tuicrm.exchange import ics_series
from tuicrm.exchange.ics_out import OWN_ALARM, OWN_RULE, PRODUCT, date_uid, escaped, uid
from tuicrm.exchange.ics_series import ahead, begins, moment, utc
from tuicrm.exchange.ics_who import NUMBER
from tuicrm.exchange.vcard_out import folded

LASTS: Final = timedelta(minutes=15)
"""How long an event with a time is, so that it can be seen; it takes nobody's time (``TRANSPARENT``)."""
_OF: Final = "X-TUICRM-OF"
_HEAD: Final = 4096
"""Bytes in which the head of a calendar of ours ends."""
EXPANDED: Final = 12
"""So many coming dates are written of what repeats by a rule that others do not read."""


@record
class Entry:
    """An open follow-up, the number to call, when it or its contact was last changed, and how often it was."""

    follow_up: FollowUp
    number: str
    modified: datetime
    sequence: int


def write(
    stream: TextIO, entries: Iterable[Entry], *, name: str, zone: str, of: str = "", todo: bool = False
) -> int:
    """The calendar called ``name``; gives how many follow-ups are in it. ``todo``: as tasks.

    ``zone``: the agent's. ``of``: whose it is and of which database, for ``owner``. The stream must not translate line
    ends (``newline=""``).
    """
    rows = list(entries)
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"),
        *(f"X-WR-CALNAME:{_text(name)}", f"X-WR-TIMEZONE:{zone}"),
        *((f"{_OF}:{of}",) if of else ()),
        # how often those who are subscribed look again: the first is the standard's, the second Outlook's
        *("REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M"),
        *ics_series.zones(each.follow_up for each in rows if _rule(each.follow_up) is not None),
        *(line for each in rows for line in _follow_up(each, todo=todo)),
        "END:VCALENDAR",
    ]
    stream.writelines(map(folded, lines))
    return len(rows)


def owner(stream: BinaryIO) -> str | None:
    """What ``of`` was when a calendar was written; ``""`` for one that says nothing of it, None for an empty file."""
    head = stream.read(_HEAD)
    told = head.decode("utf-8", "replace").replace("\r\n ", "").replace("\n ", "")
    found = (line.removeprefix(f"{_OF}:") for line in told.splitlines() if line.startswith(f"{_OF}:"))
    return next(found, "") if head else None


def _follow_up(each: Entry, *, todo: bool) -> Iterator[str]:
    it = each.follow_up
    rule = _rule(it)
    yield from _component(each, uid(it), todo=todo, rule=rule)
    if rule is None and it.recurrence:
        for on in _coming(it):
            # the follow-up itself says how it goes on, so that its dates are known for what they are
            coming = replace(it, due=replace(it.due, on=on), remind_at=None, recurrence=None, created_at=None)
            yield from _component(replace(each, follow_up=coming), date_uid(it, on), todo=todo, rule=None)


def _component(each: Entry, name: str, *, todo: bool, rule: Rule | None) -> Iterator[str]:
    it, kind = each.follow_up, "VTODO" if todo else "VEVENT"
    title = _text(
        f"{it.contact.name or each.number}: {it.reason}" if it.reason else it.contact.name or each.number
    )
    yield from (f"BEGIN:{kind}", f"UID:{name}", f"DTSTAMP:{utc(each.modified)}")
    yield from (f"LAST-MODIFIED:{utc(each.modified)}", f"SEQUENCE:{each.sequence}")
    # a task has one moment: what repeats must begin, what does not is due
    yield from _task_time(it, rule) if todo else _times(it, repeats=rule is not None)
    if rule is not None:
        yield from ics_series.rule_lines(it, rule)
    if it.recurrence:
        yield f"{OWN_RULE}:{clean(it.recurrence)}"
    yield f"SUMMARY:{title}"
    if it.contact.name:
        yield f"CONTACT:{_text(it.contact.name)}"
    if described := "\n".join(filter(None, (it.note, each.number))):
        yield f"DESCRIPTION:{_text(described)}"
    if each.number:
        yield f"{NUMBER}:{_text(each.number)}"
    yield "STATUS:NEEDS-ACTION" if todo else "STATUS:CONFIRMED"
    if not todo:
        yield "TRANSP:TRANSPARENT"
    if it.remind_at is not None and it.alarm_minutes is not None:
        yield f"{OWN_ALARM}:{ahead(it)}"
    related = ";RELATED=END" if todo and rule is None else ""
    for trigger in _triggers(it, related, series=rule is not None):
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}", trigger, "END:VALARM")
    yield f"END:{kind}"


def _times(it: FollowUp, *, repeats: bool) -> Iterator[str]:
    yield f"DTSTART{moment(it, repeats=repeats)}"
    if it.due.at is None:
        # an event that lasts a day ends with the next
        yield f"DTEND;VALUE=DATE:{it.due.on + timedelta(days=1):%Y%m%d}"
    else:
        yield f"DURATION:PT{int(LASTS.total_seconds() // 60)}M"


def _task_time(it: FollowUp, rule: Rule | None) -> Iterator[str]:
    yield f"DUE{moment(it)}" if rule is None else f"DTSTART{moment(it, repeats=True)}"


def _triggers(it: FollowUp, related: str, *, series: bool) -> Iterator[str]:
    """When it rings: as ``domain.reminder`` has it. A series rings ahead of each of its times, also of one that was put
    off, for other programs know one alarm for all."""
    silent = it.due.at is None and it.alarm_minutes is None
    own = f"TRIGGER{related}:{ahead(it)}"
    if series and not silent:
        yield own
    for at in moments(it):
        if at == it.remind_at:
            yield f"TRIGGER;VALUE=DATE-TIME:{utc(at)}"
        elif not series:
            yield f"TRIGGER{related}:{begins(it)}" if at == it.due_key else own


# --- what repeats -------------------------------------------------------------------------------------------


def _rule(it: FollowUp) -> Rule | None:
    """The rule, when other programs read it and the event stands on one of its dates; else None."""
    rule = parse(it.recurrence, ZoneInfo(it.zone)) if it.recurrence else None
    if rule is None or rule.after_done or rule.calendar != "gregorian":
        return None
    start = datetime.combine(it.due.on, it.due.at or time())
    return rule if next(occurrences(rule, start), None) == start else None


def _coming(it: FollowUp) -> list[date]:
    """The dates behind this one of a rule that others do not read; none where they hang on when this one is done."""
    rule = parse(it.recurrence, ZoneInfo(it.zone)) if it.recurrence else None
    if rule is None or rule.after_done:
        return []
    return [on for on in upcoming(rule, it.series_on or it.due.on, EXPANDED) if on > it.due.on]


def _text(words: str) -> str:
    return escaped(clean(words, multiline=True))
