"""Whose clock a telephone number goes by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import phonenumbers
import pytest

from tuicrm.domain.zones import zone_of_number, zone_of_person, zones

TEHRAN = ZoneInfo("Asia/Tehran")
NEARLY_ALL = {34, 56, 64, 86, 351, 380, 383, 593}
"""Countries with islands or provinces of another time, in which nearly nobody lives, or that no zone is listed for."""
NOONS = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=7 * week) for week in range(160)]


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+989123456789", "Asia/Tehran"),
        ("+4930123456", "Europe/Berlin"),
        ("+97145678901", "Asia/Dubai"),
        ("+353861234567", "Europe/Dublin"),
        ("+12125550100", None),
        ("+74951234567", None),
        ("02188776655", None),
        ("", None),
        ("+", None),
    ],
)
def test_a_number_goes_by_the_clock_of_its_country_where_there_is_one(number: str, zone: str | None) -> None:
    assert zone_of_number(number) == zone


def test_the_first_number_that_tells_decides_else_the_company_s_clock() -> None:
    assert zone_of_person(["021 88", "+12125550100", "+4930123456"], TEHRAN).key == "Europe/Berlin"
    assert zone_of_person(["+12125550100"], TEHRAN) is TEHRAN
    assert zone_of_person(["+989123456789"], TEHRAN) is TEHRAN
    assert zone_of_person([], TEHRAN) is TEHRAN


def test_no_calling_code_is_the_beginning_of_another() -> None:
    codes = list(zones())
    assert not [(a, b) for a in codes for b in codes if a != b and b.startswith(a)]


def test_all_zones_of_a_listed_country_show_the_same_time() -> None:
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    for code, zone in zones().items():
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)]
        known = {row[2] for row in rows if row[0] in regions}
        if int(code) not in NEARLY_ALL:
            assert zone in known, code
            assert len({_shown(name) for name in known}) == 1, code


def _shown(zone: str) -> tuple[timedelta | None, ...]:
    """How far its clocks are from UTC at many noons."""
    return tuple(noon.astimezone(ZoneInfo(zone)).utcoffset() for noon in NOONS)
