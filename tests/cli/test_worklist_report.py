"""``tuicrm worklist report``: what came of a worklist, by outcome and person by person."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.shell import Shell

PEOPLE = "name,phone\nAnna Bell,09121110001\n=1+1,09121110002\nرضا محمدی,09121110003\n" + (
    "Kate,09121110004\nNever,09121110005\n"
)
NEXT_DAY = "2026-11-23T10:00:00+03:30"
HEADINGS = "contact_id,name,company,number,attempts,outcome,outcome_label,at,agent,note,next_follow_up"


@pytest.fixture
def fair(shell: Shell) -> Shell:
    """Five people of a fair: one bought, one was tried twice, one said no, one never wants a call, one is left."""
    file = shell.folder / "fair.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    shell.ok("import", str(file), "--worklist", "fair")
    shell.set(TUICRM_NOW=NEXT_DAY)
    shell.ok("log", "contact:1", "/sale two pumps")
    shell.ok("log", "contact:2", "/n /-")
    shell.ok("log", "contact:2", "=HYPERLINK(1) call me /2d")
    shell.ok("log", "contact:3", "/r گران است")
    shell.ok("log", "contact:4", "/do_not_call")
    return shell


def tables(text: str) -> tuple[list[list[str]], list[list[str]]]:
    """The summary and the rows of a report, each without its headings."""
    top, _, rows = text.removeprefix("\ufeff").replace("\r\n", "\n").partition("\n\n")
    assert rows.startswith(HEADINGS)
    return list(csv.reader(io.StringIO(top)))[1:], list(csv.reader(io.StringIO(rows)))[1:]


def test_a_summary_by_outcome_with_rates_of_those_who_were_called_and_their_number(fair: Shell) -> None:
    report = fair.json("worklist", "report", "fair")
    assert (report["people"], report["called"]) == (5, 4)
    assert {each["outcome"]: (each["n"], each["percent"]) for each in report["outcomes"]} == {
        "sale": (1, 25.0),
        "connected": (1, 25.0),
        "refused": (1, 25.0),
        "do_not_call": (1, 25.0),
    }


def test_everybody_is_there_in_the_order_of_the_file_with_the_last_call(fair: Shell) -> None:
    rows = fair.json("worklist", "report", "fair")["rows"]
    assert [row["contact"]["id"] for row in rows] == [1, 2, 3, 4, 5]
    second, left = rows[1], rows[4]
    assert (second["attempts"], second["outcome"], second["agent"]) == (2, "connected", "sara")
    assert (second["at"], second["next_follow_up"]) == (NEXT_DAY, "2026-11-25")
    assert (left["attempts"], left["outcome"], left["at"], left["note"]) == (0, None, None, "")


def test_csv_has_the_summary_on_top_and_no_cell_is_a_formula(fair: Shell) -> None:
    out = fair.ok("worklist", "report", "fair", "--csv").out
    top, rows = tables(out)
    assert out.startswith("\ufeff")
    assert top[:2] == [["people", "", "5", "", ""], ["called", "", "4", "5", "80.0"]]
    assert ["sale", "sale", "1", "4", "25.0"] in top
    assert [row[1] for row in rows] == ["Anna Bell", "'=1+1", "رضا محمدی", "Kate", "Never"]
    assert rows[1][9] == "'=HYPERLINK(1) call me"


def test_raw_has_the_rows_alone_as_they_are(fair: Shell) -> None:
    out = fair.ok("worklist", "report", "fair", "--raw").out
    rows = list(csv.reader(io.StringIO(out)))
    assert ",".join(rows[0]) == HEADINGS
    assert (rows[2][1], rows[2][9]) == ("=1+1", "=HYPERLINK(1) call me")
    assert len(rows) == 6


def test_labels_are_in_the_readers_language_and_codes_are_not(fair: Shell) -> None:
    fair.set(TUICRM_LANG="fa")
    _, rows = tables(fair.ok("worklist", "report", "fair", "--csv").out)
    assert (rows[2][5], rows[2][6]) == ("refused", "نپذیرفت")
    shown = fair.ok("worklist", "report", "fair").out
    assert "نپذیرفت" in shown
    assert "۲۵٫۰" in shown


def test_a_report_goes_into_a_file_for_its_owner(fair: Shell) -> None:
    file = fair.folder / "fair-report.csv"
    told = fair.ok("worklist", "report", "fair", "-o", str(file)).out
    assert told == f"5 people are in {file}.\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert tables(file.read_bytes().decode())[0][0][2] == "5"


def test_a_new_round_counts_anew(fair: Shell) -> None:
    fair.set(TUICRM_NOW="2026-11-24T10:00:00+03:30")
    fair.ok("worklist", "restart", "fair")
    report = fair.json("worklist", "report", "fair")
    assert (report["people"], report["called"], report["outcomes"]) == (5, 0, [])


def test_a_filter_has_a_report_too(fair: Shell) -> None:
    fair.set(TUICRM_NOW="2026-11-22T09:00:00+03:30")
    fair.ok("worklist", "save", "kates", "--where", "kate")
    fair.set(TUICRM_NOW=NEXT_DAY)
    report = fair.json("worklist", "report", "kates")
    assert [row["contact"]["name"] for row in report["rows"]] == ["Kate"]
    assert report["outcomes"] == [{"outcome": "do_not_call", "n": 1, "percent": 100.0}]


def test_on_the_screen_it_is_told_by_outcome_and_person_by_person(fair: Shell) -> None:
    out = fair.ok("worklist", "report", "fair").out
    assert out.startswith("fair: 5 people, 4 called since 2026-11-22 09:30.")
    assert "not called" in out
    assert "25.0 %" in out


@pytest.mark.parametrize(("name", "code"), [("nothing", 4), ("owed", 6)])
def test_what_has_no_report(fair: Shell, name: str, code: int) -> None:
    done = fair("worklist", "report", name)
    assert (done.code, done.out) == (code, "")


def test_more_than_a_page_is_whole(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from tuicrm.services import worklist_report

    monkeypatch.setattr(worklist_report, "PAGE", 3)
    file = shell.folder / "many.csv"
    rows = "".join(f"Person {n},0912555{n:04}\n" for n in range(10))
    file.write_text(f"name,phone\n{rows}", encoding="utf-8")
    shell.ok("import", str(file), "--worklist", "many")
    found = shell.json("worklist", "report", "many")["rows"]
    assert [row["contact"]["name"] for row in found] == [f"Person {n}" for n in range(10)]
