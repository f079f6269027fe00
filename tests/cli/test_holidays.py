"""``tuicrm process holidays``: the public holidays of a country, printed or written into a process file."""

from __future__ import annotations

import stat
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tuicrm.domain import process
from tuicrm.domain.worktime import holiday, is_working_day


def test_lines_are_printed_that_a_process_file_takes(shell: Shell) -> None:
    out = shell.ok("process", "holidays", "de-by", "2026-2027").out
    told = tomllib.loads(out)["calendar"]["holidays"]
    assert told["2026-12-25"] == "Christmas Day"
    assert "2026-01-06" in told
    assert "2027-01-06" in told
    assert not [day for day in told if day[:4] not in ("2026", "2027")]
    text = process.default_text().replace("[calendar.holidays]", out, 1)
    assert not is_working_day(date(2026, 12, 25), process.load(text).calendar)


def test_jalali_years_end_with_esfand(shell: Shell) -> None:
    found = [each["on"] for each in shell.json("process", "holidays", "IR", "1405")]
    assert (found[0], found[-1]) == ("2026-03-21", "2027-03-20")


def test_without_years_it_is_this_one_and_the_next(shell: Shell) -> None:
    found = [each["on"] for each in shell.json("process", "holidays", "IR")]
    assert {day[:4] for day in found} == {"2026", "2027"}


def test_persian_readers_get_persian_names_and_days(shell: Shell) -> None:
    shell.set(TUICRM_LANG="fa")
    lines = shell.ok("process", "holidays", "IR", "1405").out.splitlines()
    assert lines[0] == "[calendar.holidays]"
    told = tomllib.loads("\n".join(lines))["calendar"]["holidays"]
    assert "نوروز" in told["1405-01-02"]
    english = shell.ok("process", "holidays", "IR", "1405", "--language", "en").out
    assert "Nowruz" in english


def test_a_file_gets_those_that_it_has_not_and_keeps_all_else(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "process.toml"
    own = '[calendar.holidays]\n"25 december" = "Office party"\n2026-10-03 = { name = "x", hours = "09:00-12:00" }\n'
    file.write_text(process.default_text().replace("[calendar.holidays]\n", own, 1), encoding="utf-8")
    file.chmod(0o640)
    before = file.read_text(encoding="utf-8").splitlines()
    done = shell.json("process", "holidays", "DE", "2026", "--into", str(file))
    assert (done["added"], done["there_already"]) == (7, 2)
    after = file.read_text(encoding="utf-8").splitlines()
    new = [line for line in after if line not in before]
    assert len(new) == 7
    assert [line for line in after if line not in new] == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    calendar = process.load(file.read_text(encoding="utf-8")).calendar
    named = [holiday(date(2026, month, day), calendar) for month, day in ((12, 25), (10, 3), (5, 1))]
    assert [found.name for found in named if found] == ["Office party", "x", "Labor Day"]
    again = shell.ok("process", "holidays", "DE", "2026", "--into", str(file))
    assert again.out.splitlines() == ["0 holidays are new in the file.", "9 were there already."]
    assert [p.name for p in tmp_path.iterdir() if "process" in p.name] == ["process.toml"]


def test_a_file_without_a_section_for_them_gets_one(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "process.toml"
    text = process.default_text().replace("[calendar.holidays]\n", "", 1)
    file.write_text(text, encoding="utf-8")
    shell.ok("process", "holidays", "DE", "2026", "--into", str(file))
    after = file.read_text(encoding="utf-8")
    assert after.startswith(text)
    assert holiday(date(2026, 10, 3), process.load(after).calendar)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("[calendar]\nhours = 'x'\n", 5, "cannot be used"),
        (
            process.default_text().replace("[calendar.holidays]\n", "holidays = {}\n", 1),
            5,
            "[calendar.holidays]",
        ),
    ],
)
def test_a_file_that_cannot_take_them_stays_as_it_was(
    shell: Shell, tmp_path: Path, text: str, code: int, said: str
) -> None:
    file = tmp_path / "process.toml"
    file.write_text(text, encoding="utf-8")
    refused = shell("process", "holidays", "DE", "2026", "--into", str(file))
    assert (refused.code, said in refused.err) == (code, True), refused
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("years", ["26", "2026-", "2027-2026", "2000-2026", "1250", "1700", "next"])
def test_years_that_are_none_are_refused(shell: Shell, years: str) -> None:
    refused = shell("process", "holidays", "IR", years)
    assert (refused.code, years in refused.err) == (5, True), refused


@pytest.mark.parametrize("country", ["XX", "DE-QQ", "Germany", ""])
def test_a_country_that_nobody_knows_is_refused(shell: Shell, country: str) -> None:
    refused = shell("process", "holidays", country, "2026")
    assert (refused.code, "IR, DE-BY" in refused.err) == (5, True), refused


def test_without_the_package_one_sentence_says_how_to_get_it(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    refused = shell("process", "holidays", "IR")
    assert refused.code == 8
    assert refused.err.splitlines() == [
        "Public holidays come with a package of their own: pip install 'tuicrm[holidays]'"
    ]


def test_nothing_is_opened_or_made_for_it(shell: Shell) -> None:
    path = shell.folder / "new.db"
    shell.set(TUICRM_DB=str(path))
    shell.ok("process", "holidays", "IR", "2026")
    assert not path.exists()
