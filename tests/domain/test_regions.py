"""The countries that may be named."""

from __future__ import annotations

from pathlib import Path

import phonenumbers
import pytest

from tests.cli.shell import Shell
from tuicrm.domain.phone import _zone_table
from tuicrm.domain.regions import REGIONS

WITHOUT_NUMBERS = {"AQ", "BV", "GS", "HM", "PN", "TF", "UM"}


def test_all_countries_with_telephones_are_there_and_the_few_without() -> None:
    assert set(phonenumbers.SUPPORTED_REGIONS) | WITHOUT_NUMBERS == REGIONS


def test_a_new_database_can_be_made_in_every_zone() -> None:
    assert set(_zone_table().values()) <= REGIONS


@pytest.mark.parametrize("wrong", ["XX", "ZZ", "EU", "IRN", "98", "ir "])
def test_what_is_no_country_is_refused_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    shell = Shell(tmp_path, monkeypatch)
    text = f'[defaults]\nregion = "{wrong}"\n'
    said = [each["message"] for each in shell("process", "check", "-", "--json", text=text).data["problems"]]
    assert any("country" in each and wrong in each for each in said)
    assert shell("config", "set", "region", wrong).code == 5
    refused = shell("import", "-", "--region", wrong, text="name\nLeila\n")
    assert (refused.code, "country" in refused.err) == (5, True)
    assert shell.json("contact", "list") == []


@pytest.mark.parametrize("right", ["GB", "XK", "AQ"])
def test_a_country_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: str) -> None:
    shell = Shell(tmp_path, monkeypatch)
    shell.ok("config", "set", "region", right.lower())
    shell.ok("import", "-", "--region", right, text="name\nLeila\n")
