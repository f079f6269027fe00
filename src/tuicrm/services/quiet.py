"""Quiet hours: until when nobody is to be called, on the clock of whoever is called.

That clock is known by the country of the number. In a country with several zones it is quiet while it is quiet in
most of them. At home, and of a number without a country, the company's own zone counts, if it is one of its country: a
server on UTC says nothing of when people sleep. The hours are the process file's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from tuicrm.domain.phone import region_of_number, zones_of_region
from tuicrm.domain.worktime import WHOLE_DAY, quiet_until
from tuicrm.services.context import Crm

Quiet = Callable[[str], datetime | None]


def until(crm: Crm) -> Quiet:
    """What gives, for a number as a row holds it (E.164, or as typed), when one may be called again; None: now."""
    calendar, now = crm.calendar(), crm.now()
    if calendar.calls == WHOLE_DAY and not calendar.no_calls:
        return lambda _: None
    own, home = crm.region(), home_zones(crm)

    @cache
    def in_country(region: str) -> datetime | None:
        zones = (zones_of_region(region) if region != own else ()) or home
        ends = sorted(quiet_until(now, ZoneInfo(zone), calendar) for zone in zones)
        middle = ends[len(ends) // 2]
        return middle if middle > now else None

    @cache
    def of_number(number: str) -> datetime | None:
        return in_country(region_of_number(number) if number.startswith("+") else own)

    return of_number


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
