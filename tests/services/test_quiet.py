"""Quiet hours at home: by the company's zone, if that is one of its country."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tuicrm.domain.clock import FrozenClock
from tuicrm.services import doctor, process, quiet
from tuicrm.services.context import Crm

TEHRAN, NO_COUNTRY = "+989121234567", "118"


def at(
    crm: Crm, clock: FrozenClock, moment: str, zone: str, *, company: str = "", region: str = "IR"
) -> None:
    """A moment, the zone of who works there, and a company of that country, with or without a zone of its own."""
    clock.advance((datetime.fromisoformat(moment) - clock.now()).total_seconds())
    crm.zone = ZoneInfo(zone)
    text = process.show(crm)[0].text
    lines = [line for line in text.splitlines() if not line.startswith(("region =", "zone ="))]
    own = [f'region = "{region}"', *([f'zone = "{company}"'] if company else [])]
    start = lines.index("[defaults]") + 1
    process.apply(crm, "\n".join([*lines[:start], *own, *lines[start:]]))


@pytest.mark.parametrize("number", [TEHRAN, NO_COUNTRY])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
def test_at_night_in_the_companys_country_it_is_quiet_on_a_computer_elsewhere(
    crm: Crm, clock: FrozenClock, zone: str, number: str
) -> None:
    at(crm, clock, "2026-11-22T23:00:00+03:30", zone)
    assert quiet.until(crm)(number) == datetime.fromisoformat("2026-11-23T08:00:00+03:30")
    at(crm, clock, "2026-11-23T08:30:00+03:30", zone)
    assert quiet.until(crm)(number) is None


def test_of_several_zones_the_companys_own_counts_by_whatever_name(crm: Crm, clock: FrozenClock) -> None:
    at(crm, clock, "2026-11-22T07:30:00-08:00", "Asia/Tehran", company="US/Pacific", region="US")
    assert quiet.until(crm)("+12133734253") is not None
    at(crm, clock, "2026-11-22T08:30:00-08:00", "Asia/Tehran", company="US/Pacific", region="US")
    assert quiet.until(crm)("+12133734253") is None


@pytest.mark.parametrize(
    ("number", "until"),
    [
        ("+12123734253", None),
        ("+12133734253", "2026-11-24T08:00:00-08:00"),
        ("+18083734253", "2026-11-24T08:00:00-10:00"),
        ("+74232345678", "2026-11-25T08:00:00+10:00"),
        # Newfoundland and Labrador have two clocks, both awake; western Australia has the south's on its area code
        ("+17093734253", None),
        ("+61892345678", "2026-11-25T08:00:00+08:00"),
        # goes where it is taken: at home the company's clock counts
        ("+18005551234", None),
    ],
)
def test_in_a_country_of_several_zones_the_clock_is_that_of_the_numbers_area(
    crm: Crm, clock: FrozenClock, number: str, until: str | None
) -> None:
    at(crm, clock, "2026-11-24T08:30:00-05:00", "America/New_York", company="America/New_York", region="US")
    assert quiet.until(crm)(number) == (None if until is None else datetime.fromisoformat(until))


def test_where_an_area_code_has_two_clocks_it_is_quiet_while_it_is_on_either(
    crm: Crm, clock: FrozenClock
) -> None:
    perth = "+61892345678"
    # half past seven in Perth is nine in Adelaide; half past eight in the evening is eleven there
    at(crm, clock, "2026-11-24T07:30:00+08:00", "Asia/Tehran")
    assert quiet.until(crm)(perth) == datetime.fromisoformat("2026-11-24T08:00:00+08:00")
    at(crm, clock, "2026-11-24T20:30:00+08:00", "Asia/Tehran")
    assert quiet.until(crm)(perth) == datetime.fromisoformat("2026-11-25T08:00:00+08:00")
    at(crm, clock, "2026-11-24T12:00:00+08:00", "Asia/Tehran")
    assert quiet.until(crm)(perth) is None


def test_the_doctor_says_which_zone_is_missing(crm: Crm, clock: FrozenClock) -> None:
    at(crm, clock, "2026-11-22T12:00:00+03:30", "UTC")
    [check] = [each for each in doctor.checks(crm) if each.name == "zone"]
    assert not check.ok
    assert "Zone UTC is not in IR" in check.advice
    assert "Asia/Tehran" in check.advice
    at(crm, clock, "2026-11-22T12:00:00+03:30", "UTC", company="Asia/Tehran")
    assert [each.ok for each in doctor.checks(crm) if each.name == "zone"] == [True]
