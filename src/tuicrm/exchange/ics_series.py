"""What a calendar says of a follow-up that repeats, and when one begins (iCalendar, RFC 5545).

A single moment is written in UTC, which every program reads and which needs no rules of a zone; what repeats is
written on the clock of its own zone, for it stays at ten, and on a Monday, when the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from tuicrm.domain.models import FollowUp
from tuicrm.domain.record import replace
from tuicrm.domain.recurrence import Rule, text
from tuicrm.exchange.ics_zone_out import zone_lines


def moment(it: FollowUp, *, repeats: bool = False) -> str:
    """The value of its time, with what says how it is meant."""
    if it.due.at is None:
        return f";VALUE=DATE:{it.due.on:%Y%m%d}"
    if repeats:
        return f";TZID={it.zone}:{datetime.combine(it.due.on, it.due.at):%Y%m%dT%H%M%S}"
    return f":{utc(_in_zone(datetime.combine(it.due.on, it.due.at), it.zone))}"


def rule_lines(it: FollowUp, rule: Rule) -> Iterator[str]:
    """The rule without any part of our own. Its end is a day for what has no time, else a moment in UTC; the dates on
    which the series is not are written as its beginning is."""
    told = text(replace(rule, until=None), own=False)
    if rule.until is None:
        yield f"RRULE:{told}"
    elif it.due.at is None:
        yield f"RRULE:{told};UNTIL={rule.until:%Y%m%d}"
    else:
        yield f"RRULE:{told};UNTIL={utc(_in_zone(rule.until, it.zone))}"
    if not rule.left_out:
        return
    if it.due.at is None:
        yield f"EXDATE;VALUE=DATE:{','.join(f'{day:%Y%m%d}' for day in rule.left_out)}"
    else:
        at = f"T{it.due.at:%H%M%S}"
        yield f"EXDATE;TZID={it.zone}:{','.join(f'{day:%Y%m%d}{at}' for day in rule.left_out)}"


def zones(repeating: Iterable[FollowUp]) -> Iterator[str]:
    """The rules of every zone in which something repeats at a time, from the year before its first."""
    needed: dict[str, list[int]] = {}
    for it in repeating:
        if it.due.at is not None:
            needed.setdefault(it.zone, []).append(it.due.on.year)
    for zone, years in sorted(needed.items()):
        yield from zone_lines(zone, min(years) - 1, max(years) - 1)


def ahead(it: FollowUp) -> str:
    """From the beginning of its event (of a day: midnight) until its alarm rings, as a trigger has it."""
    return _duration(_until_due(it) - (it.alarm_minutes or 0))


def begins(it: FollowUp) -> str:
    """From the beginning of its event until it is due: on a day without a time until work begins."""
    return _duration(_until_due(it))


def _until_due(it: FollowUp) -> int:
    if it.due.at is not None:
        return 0
    # imported here: hardly any day without a time has an alarm
    from zoneinfo import ZoneInfo

    local = it.due_key.astimezone(ZoneInfo(it.zone))
    return local.hour * 60 + local.minute


def _duration(minutes: int) -> str:
    return f"{'-' if minutes < 0 else ''}PT{abs(minutes)}M" if minutes else "PT0S"


def utc(instant: datetime) -> str:
    """An aware instant as calendars write it: ``20261122T060000Z``."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _in_zone(local: datetime, zone: str) -> datetime:
    # imported here: of what has no time nothing asks for a zone
    from zoneinfo import ZoneInfo

    return local.replace(tzinfo=ZoneInfo(zone))
