"""The countries that numbers can be of."""

from __future__ import annotations

import pytest

from tuicrm.domain import countries
from tuicrm.domain.countries import Country


def test_every_country_has_its_calling_code_and_they_stand_by_name() -> None:
    found = countries.countries()
    assert {one.code: one.calling for one in found}.items() >= {"IR": 98, "GB": 44, "US": 1, "CA": 1}.items()
    assert len(found) == len({one.code for one in found}) > 200
    assert [one.name for one in found if one.name] == sorted(one.name for one in found if one.name)


def test_without_a_list_of_names_the_codes_are_there(monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(countries, "_table", lambda: "")
    assert countries.countries()[0] == Country("AC", 247, "")


def test_names_are_those_of_the_zone_data() -> None:
    assert countries._names("# a remark\nIR\tIran\nGB\tBritain (UK)\n") == {
        "IR": "Iran",
        "GB": "Britain (UK)",
    }
