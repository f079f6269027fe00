"""``tuicrm export`` and ``--where``: which records, in which form, into which file."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
import vobject

from tests.cli.shell import Shell


@pytest.fixture
def office(shell: Shell) -> Shell:
    """Three people, a call with each."""
    return shell.after(
        (
            "contact",
            "add",
            "Leila Karimi",
            "--phone",
            "09121234567",
            "--company",
            "Pars Pump",
            "--tag",
            "vip",
        ),
        ("contact", "add", "رضا احمدی", "--company", "پارس شیمی"),
        ("contact", "add", "George Webb", "--phone", "020 7946 0018", "--tag", "old", "--note", "x"),
        ("log", "leila", "price list sent, boiler /2d"),
        ("log", "contact:2", "/n"),
        ("log", "george", "boiler dead /th #warranty"),
    )


def names(shell: Shell, where: str) -> list[str]:
    return [row["name"].split()[0] for row in shell.json("contact", "list", "--where", where)]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("", ["George", "Leila", "رضا"]),
        ("karimi", ["Leila"]),
        ("KARIMI leila", ["Leila"]),
        ("karimi webb", []),
        ("احمدي", ["رضا"]),
        ("pars", ["Leila"]),
        ("4567", ["Leila"]),
        ("tag:VIP", ["Leila"]),
        ("tag:vip old", []),
        ("-tag:vip", ["George", "رضا"]),
        ('company:"pars pu"', ["Leila"]),
        ("company:pump", ["Leila"]),
        ('company:""', ["George"]),
        ('-company:""', ["Leila", "رضا"]),
        ("name:web", ["George"]),
        ('owner:""', ["George", "Leila", "رضا"]),
        ("day:today", ["George", "Leila", "رضا"]),
        ("to:yesterday", []),
        ("from:2026-11-22 -leila", ["George", "رضا"]),
        ("day:1405/9/1", ["George", "Leila", "رضا"]),
    ],
)
def test_contacts_are_chosen(office: Shell, where: str, found: list[str]) -> None:
    assert names(office, where) == found


@pytest.mark.parametrize(
    ("what", "where", "found"),
    [
        ("call", "boiler", [3, 1]),
        ("call", "agent:@Sara", [3, 2, 1]),
        ("call", "agent:me -outcome:no_answer", [3, 1]),
        ("call", "outcome:n", [2]),
        ("call", 'agent:"omid" agent:sara leila', [1]),
        ("call", "tag:warranty", [3]),
        ("call", "channel:email", []),
        ("call", '-topic:""', []),
        ("call", "company:پارس", [2]),
        ("followup", "leila", [1]),
        ("followup", "to:today", []),
        ("followup", 'agent:"nobody"', []),
    ],
)
def test_calls_and_follow_ups_are_chosen(office: Shell, what: str, where: str, found: list[int]) -> None:
    assert [row["id"] for row in office.json(what, "list", "--where", where)] == found
    export = {"call": "calls", "followup": "followups"}[what]
    assert [row["id"] for row in office.json("export", export, "--where", where)] == found


def test_tickets_are_chosen(office: Shell) -> None:
    assert len(office.json("export", "tickets", "--where", "boiler george")) == 1
    assert office.json("export", "tickets", "--where", "-boiler") == []


def test_pages_of_a_filtered_list_follow_each_other(office: Shell) -> None:
    first = office.ok("contact", "list", "--where", "-leila", "--limit", "1", "--json")
    assert [row["id"] for row in first.data] == [3]
    rest = office.json("contact", "list", "--where", "-leila", "--limit", "1", "--after", "3")
    assert [row["id"] for row in rest] == [2]


def test_due_follow_ups_are_chosen_too(office: Shell) -> None:
    due = ("followup", "due", "--to", "2026-12-30")
    assert [row["contact"]["id"] for row in office.json(*due, "--where", "leila")] == [1]
    assert office.json(*due, "--where", "-leila -رضا") == []


def test_an_unknown_key_is_refused_in_a_sentence_that_names_the_keys(office: Shell) -> None:
    done = office("call", "list", "--where", "colour:red", "--json")
    assert (done.code, done.error["code"], done.out) == (5, "invalid", "")
    assert all(
        f"{word}" in done.error["message"] for word in ("colour", "agent", "outcome", "day", "company")
    )
    assert office("export", "calls", "--where", "day:blub").code == 5


def test_what_is_typed_never_reaches_the_statement(office: Shell) -> None:
    for evil in ("x') OR 1=1 --", '"; DROP TABLE contact"', "tag:%", "name:_", "{p}", ":w0"):
        office("contact", "list", "--where", evil)
    assert len(office.json("contact", "list")) == 3
    assert office.json("contact", "list", "--where", "tag:%") == []


def test_vcards_are_written_and_another_program_reads_them(office: Shell, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    told = office.json("export", "contacts", "--format", "vcf", "--where", "-tag:old", "-o", str(file))
    assert told == {"path": str(file), "rows": 2}
    text = file.read_bytes().decode()
    cards = list(vobject.readComponents(text))
    assert [card.fn.value for card in cards] == ["Leila Karimi", "رضا احمدی"]
    assert text.count("\n") == text.count("\r\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_export_is_told_in_a_sentence(office: Shell, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    assert office.ok("export", "contacts", "-o", str(file)).out == f"3 records are in {file}.\n"


def test_a_refused_export_leaves_the_old_file_and_nothing_else(office: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / "x.json"
    file.write_text("[]")
    for wrong in (["--where", "colour:red"], ["--format", "xml"], ["--format", "ics"]):
        assert office("export", "contacts", "-o", str(file), *wrong).code == 5
    assert office("export", "nothing", "-o", str(file)).code == 5
    assert office("export", "calls", "-o", str(folder / "no" / "x.json")).code == 5
    assert [each.name for each in folder.iterdir()] == ["x.json"]
    assert file.read_text() == "[]"


def test_a_whole_company_moves_into_a_new_database(office: Shell, tmp_path: Path) -> None:
    file, again = tmp_path / "all.json", tmp_path / "again.json"
    rows = office.json("export", "all", "-o", str(file))["rows"]
    before = office.json("history")
    refused = office("import", str(file), "--json")
    assert (refused.code, "--format json" in refused.error["message"]) == (5, True)
    office.set(TUICRM_DB=str(tmp_path / "new.db"))
    assert office.json("import", str(file))["added"] == rows
    office.ok("export", "all", "-o", str(again))
    assert again.read_bytes() == file.read_bytes()
    assert office.json("history") == before
    office.ok("undo")
    assert [row["id"] for row in office.json("call", "list")] == [2, 1]
