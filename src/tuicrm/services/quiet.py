"""Quiet hours: until when nobody is to be called, on the clock of whoever is called.

That clock is known by how the number begins (``domain.number_zones``), else by its country. Where a beginning is of
several zones it is quiet while it is quiet in any of them. A number that tells no more than its country is judged at
home by the company's own zone, if it is one of its country (a server on UTC says nothing of when people sleep), as is
one without a country; abroad it is quiet while it is quiet in most of the country's zones. The hours are the process
file's.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tuicrm.domain.number_zones import zones_of_number
from tuicrm.domain.phone import region_of_number, zones_of_region
from tuicrm.domain.worktime import WHOLE_DAY, quiet_until
from tuicrm.services.context import Crm

Quiet = Callable[[str], datetime | None]
_TURNS: Final = 7
"""So many ends of quiet hours are looked at for a moment at which it is quiet nowhere."""

# the queue asks for the same few hundred numbers at each change, and each takes a third of a millisecond
_region = lru_cache(maxsize=4096)(region_of_number)


def until(crm: Crm) -> Quiet:
    """What gives, for a number as a row holds it (E.164, or as typed), when one may be called again; None: now."""
    calendar, now = crm.calendar(), crm.now()
    if calendar.calls == WHOLE_DAY and not calendar.no_calls:
        return lambda _: None
    own, home = crm.region(), home_zones(crm)

    @cache
    def in_any(zones: tuple[str, ...]) -> datetime | None:
        end = now
        for _ in range(_TURNS):
            later = max((quiet_until(end, each, calendar) for each in _known(zones)), default=end)
            if later == end:
                break
            end = later
        return end if end > now else None

    @cache
    def in_country(region: str) -> datetime | None:
        zones = (zones_of_region(region) if region != own else ()) or home
        ends = sorted(quiet_until(now, ZoneInfo(zone), calendar) for zone in zones)
        middle = ends[len(ends) // 2]
        return middle if middle > now else None

    @cache
    def of_number(number: str) -> datetime | None:
        if not number.startswith("+"):
            return in_country(own)
        zones = zones_of_number(number)
        return in_any(zones) if zones else in_country(_region(number))

    return of_number


def _known(zones: tuple[str, ...]) -> list[ZoneInfo]:
    """Those of which this machine has the rules: a new name may be missing on an old one."""
    found = []
    for zone in zones:
        with suppress(ZoneInfoNotFoundError):
            found.append(ZoneInfo(zone))
    return found


def home_zones(crm: Crm) -> tuple[str, ...]:
    """The zones by which the company's own country is judged: the company's, else all of the country."""
    zone = company_zone(crm)
    # one that merely shows the same time (an alias, as US/Pacific) is as good
    now = crm.now()
    clock = now.astimezone(ZoneInfo(zone)).utcoffset()
    theirs = zones_of_region(crm.region())
    there = zone in theirs or any(now.astimezone(ZoneInfo(each)).utcoffset() == clock for each in theirs)
    return (zone,) if there or not theirs else theirs


def company_zone(crm: Crm) -> str:
    """The zone of the process file, else of who asks."""
    return crm.process().defaults.zone or crm.zone.key
