"""The zones of numbers by how they begin: by what clocks show there."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tuicrm.domain.number_zones import zones_of_number

SUMMER = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+12123734253", ["America/New_York"]),
        ("+12133734253", ["America/Los_Angeles"]),
        ("+18083734253", ["Pacific/Honolulu"]),
        ("+16023734253", ["America/Phoenix"]),
        ("+14163734253", ["America/Toronto"]),
        ("+74232345678", ["Asia/Vladivostok"]),
        ("+79161234567", ["Europe/Moscow"]),
        # of the west, and of a piece of the south on the same area code
        ("+61892345678", ["Australia/Perth", "Australia/Adelaide"]),
        ("+559233334444", ["America/Manaus"]),
        ("+17095551234", ["America/Halifax", "America/St_Johns"]),
    ],
)
def test_a_number_tells_where_it_is(number: str, zones: list[str]) -> None:
    def clocks(names: list[str] | tuple[str, ...]) -> set[object]:
        return {SUMMER.astimezone(ZoneInfo(name)).utcoffset() for name in names}

    assert clocks(zones_of_number(number)) == clocks(zones)


@pytest.mark.parametrize(
    "number", ["+989121234567", "+493090182000", "+18005551234", "+351912345678", "+", ""]
)
def test_one_that_tells_no_more_than_its_country_has_none(number: str) -> None:
    assert zones_of_number(number) == ()
