"""Filters under a name from the shell, and ``--where`` on the lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def people(shell: Shell) -> Shell:
    """Leila (vip, called), George (called in vain), رضا."""
    shell.ok("contact", "add", "Leila Karimi", "--tag", "vip", "--phone", "0912 123 4567")
    shell.ok("contact", "add", "George Karimi")
    shell.ok("contact", "add", "رضا")
    shell.ok("log", "contact:1", "price of pump /tom")
    shell.ok("log", "contact:2", "/n")
    return shell


def names(shell: Shell) -> list[str]:
    """The filters there are, but for the list that is always there."""
    return [row["name"] for row in shell.json("worklist", "list") if row["id"]]


def test_a_worklist_is_saved_shown_renamed_and_deleted(people: Shell) -> None:
    saved = people.json("worklist", "save", "Not spoken", "--where", 'spoke:""')
    assert (saved["name"], saved["list"], saved["where"], saved["agent"]) == (
        "Not spoken", "contacts", 'spoke:""', "sara",
    )  # fmt: skip
    assert [row["id"] for row in people.json("worklist", "show", "not spoken")] == [2, 3]
    assert [row["id"] for row in people.json("contact", "list", "--where", 'karimi saved:"not spoken"')] == [
        2
    ]
    people.ok("worklist", "rename", "Not spoken", "todo")
    assert names(people) == ["todo"]
    people.ok("worklist", "delete", "todo")
    assert names(people) == []
    people.ok("undo")
    assert names(people) == ["todo"]


def test_a_filter_that_takes_the_place_of_another_says_of_which(people: Shell) -> None:
    people.ok("worklist", "save", "a2", "--where", "tag:vip")
    assert people.ok("worklist", "save", "a2", "--where", "tag:vip").err == ""
    done = people.ok("worklist", "save", "A2", "--where", "-tag:vip")
    assert done.err == "It takes the place of tag:vip; tuicrm undo brings that back.\n"
    people.ok("undo")
    assert [row["where"] for row in people.json("worklist", "list") if row["id"]] == ["tag:vip"]


def test_a_filter_of_calls_has_its_own_list(people: Shell) -> None:
    people.ok("worklist", "save", "vain", "--of", "calls", "--where", "outcome:n", "--shared")
    assert [row["id"] for row in people.json("worklist", "show", "vain", "--of", "calls")] == [2]
    assert people("worklist", "show", "vain").code == 4
    assert "vain" in people.ok("worklist", "list").out
    people.set(TUICRM_AGENT="reza")
    assert [row["agent"] for row in people.json("worklist", "list", "--of", "calls")] == [None]


def test_ones_own_filters_are_nobody_elses(people: Shell) -> None:
    people.ok("worklist", "save", "mine", "--where", "tag:vip")
    people.set(TUICRM_AGENT="reza")
    assert names(people) == []
    done = people("worklist", "show", "mine", "--json")
    assert (done.code, done.error["code"]) == (4, "not_found")


def test_a_worklist_is_given_to_everybody_and_taken_to_oneself_again(people: Shell) -> None:
    people.ok("worklist", "add", "fair", "leila")
    people.ok("worklist", "add", "both", "leila")
    assert people.json("worklist", "share", "fair")["agent"] is None
    people.set(TUICRM_AGENT="reza")
    assert "Leila Karimi" in people.ok("worklist", "show", "fair").out
    people.ok("worklist", "add", "both", "leila", "--shared")
    people.set(TUICRM_AGENT="sara")
    refused = people("worklist", "share", "both", "--json")
    assert (refused.code, refused.error["code"]) == (6, "conflict")
    assert people.json("worklist", "share", "fair", "--mine")["agent"] == "sara"
    people.ok("undo")
    assert [row["agent"] for row in people.json("worklist", "list") if row["name"] == "fair"] == [None]


def test_a_file_is_imported_as_everybodys_worklist(people: Shell, tmp_path: Path) -> None:
    file = tmp_path / "fair.csv"
    file.write_text("name,phone\nMina Azad,0912 000 1122\n", encoding="utf-8")
    assert people("import", str(file), "--shared").code == 2
    people.ok("import", str(file), "--worklist", "fair", "--shared")
    people.set(TUICRM_AGENT="reza")
    assert "Mina Azad" in people.ok("worklist", "show", "fair").out


def test_the_longest_owed_stand_first_page_by_page(people: Shell) -> None:
    for name, days in (("Anna", 30), ("Berta", 90), ("Carla", 10)):
        people.ok("contact", "add", name, "--every", f"{days} d")
    people.set(TUICRM_NOW="2027-06-01T10:00:00+03:30")
    for more in ([], ["--left"]):
        names = [row["name"] for row in people.json("worklist", "show", "owed", *more)]
        assert names == ["Carla", "Anna", "Berta"]
    first = people.ok("worklist", "show", "owed", "--limit", "1")
    assert "--after 6" in first.err
    assert "Anna" in people.ok("worklist", "show", "owed", "--limit", "1", "--after", "6").out


def test_of_a_worklist_that_there_is_not_its_near_name_is_told(people: Shell) -> None:
    people.ok("worklist", "add", "fair 2026", "leila")
    for command in ("show", "report", "progress"):
        assert (
            "There is no worklist fair2026; is it fair 2026?" in people("worklist", command, "fair2026").err
        )


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["save", "x"], 2, "--where"),
        (["save", "x", "--where", "outcome:n"], 5, "outcome"),
        (["save", '"', "--where", "tag:vip"], 5, "name"),
        (["save", "x", "--of", "people", "--where", "tag:vip"], 5, "people"),
        (["show", "vips"], 4, "vips"),
    ],
)
def test_what_cannot_be_saved_is_told(people: Shell, args: list[str], code: int, said: str) -> None:
    done = people("worklist", *args)
    assert done.code == code
    assert said in done.err


def test_a_slip_in_a_name_is_told_with_the_name(people: Shell) -> None:
    people.ok("worklist", "save", "customers", "--where", "tag:vip")
    assert "customers" in people("worklist", "show", "custmers").err


def test_duplicates_are_those_of_the_chosen_ones(people: Shell) -> None:
    for name in ("Leila Karimi", "George Karimi"):
        people.ok("contact", "add", name)
    assert {(row["a"], row["b"]) for row in people.json("contact", "duplicates")} == {(1, 4), (2, 5)}
    found = people.json("contact", "duplicates", "--where", "tag:vip")
    assert [(row["a"], row["b"]) for row in found] == [(1, 4)]


def test_find_takes_keys_beside_words(people: Shell) -> None:
    assert [row["id"] for row in people.json("find", "karimi", "tag:vip")] == [1]
    assert [row["id"] for row in people.json("find", "karimi", "--where", "-tag:vip")] == [2]
    assert [row["id"] for row in people.json("find", "tag:vip")] == [1]
    assert [row["id"] for row in people.json("find", "lelia tag:vip", "--near")] == [1]
    assert [row["id"] for row in people.json("find", "contact:2")] == [2]
    assert people("find", "leila", "tga:vip").code == 5


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["call", "list", "--where", "outc"], ["outcome:"]),
        (["call", "list", "--where", "outcome:vo"], ["outcome:voicemail"]),
        (["contact", "list", "--where", "tag:v"], ["tag:vip"]),
        (["contact", "list", "--where", "own"], ["owner:"]),
        (["worklist", "show", "id"], ["idle"]),
        (["worklist", "save", "x", "--of", "calls", "--where", "agent:s"], ["agent:sara"]),
    ],
)
def test_the_shell_completes_filters_and_their_names(
    people: Shell, words: list[str], offered: list[str]
) -> None:
    people.ok("worklist", "save", "idle", "--where", "spoke:>90d")
    people.set(
        _TUICRM_COMPLETE="complete_bash", COMP_WORDS=" ".join(["tuicrm", *words]), COMP_CWORD=str(len(words))
    )
    assert people.program().out.split() == offered


def test_tickets_are_listed_newest_first_and_filtered(people: Shell) -> None:
    people.ok("log", "contact:1", "boiler dead /th")
    people.ok("log", "contact:2", "leaking seal /t")
    assert [row["id"] for row in people.json("ticket", "list")] == [2, 1]
    assert [row["id"] for row in people.json("ticket", "list", "--where", "priority:high")] == [1]
    assert [row["id"] for row in people.json("ticket", "list", "--all", "--where", "leaking")] == [2]
    done = people.ok("ticket", "list", "--limit", "1", "--json")
    assert "--after 2" in done.err
    assert [row["id"] for row in people.json("ticket", "list", "--after", "2")] == [1]


# --- people on a worklist -----------------------------------------------------------------------------------


def test_people_are_put_on_a_worklist_called_and_taken_off(people: Shell) -> None:
    people.set(TUICRM_NOW="2026-11-22T10:00:00+03:30")
    done = people.json("worklist", "add", "fair", "george", "contact:3")
    assert (done["changed"], done["passed"]) == (2, 0)
    done = people.json("worklist", "add", "fair", "--where", "karimi")
    assert (done["changed"], done["passed"]) == (1, 1)
    assert [row["id"] for row in people.json("worklist", "show", "fair")] == [2, 1, 3]
    # Leila and George have a follow-up, which is left to bring them back
    assert [row["id"] for row in people.json("worklist", "show", "fair", "--left")] == [3]
    people.set(TUICRM_NOW="2026-11-22T10:05:00+03:30")
    people.ok("log", "contact:3", "wants a price list")
    told = people.json("worklist", "progress", "fair")
    assert (told["people"], told["done"], told["promised"], told["left"]) == (3, 1, 2, 0)
    assert (told["outcomes"], told["since"]) == ({"connected": 1}, "2026-11-22T10:00:00+03:30")
    said = " ".join(people.ok("worklist", "progress", "fair").out.split())
    assert "still to be called 0" in said
    assert "spoken to, or settled 1" in said
    assert "called 2026-11-22" in people.ok("worklist", "show", "fair").out
    people.set(TUICRM_NOW="2026-11-22T10:10:00+03:30")
    assert people.json("worklist", "restart", "fair")["round_at"] == "2026-11-22T10:10:00+03:30"
    assert [row["id"] for row in people.json("worklist", "show", "fair", "--left")] == [3]
    assert people.json("worklist", "remove", "fair", "george")["changed"] == 1
    people.ok("undo")
    listed = next(row for row in people.json("worklist", "list") if row["name"] == "fair")
    assert (listed["people"], listed["by_names"], listed["where"]) == (3, True, "")


def test_whom_one_owes_a_call(people: Shell) -> None:
    people.ok("contact", "edit", "3", "--every", "every 90 days")
    assert people.json("contact", "show", "3")["cadence_days"] == 90
    people.set(TUICRM_NOW="2027-03-01T10:00:00+03:30")
    for args in (("contact", "list", "--where", "owed:>7d"), ("worklist", "show", "owed", "--left")):
        assert [row["id"] for row in people.json(*args)] == [3]
    assert people.json("contact", "list", "--where", "owed:>30d") == []
    people.ok("log", "contact:3", "hello")
    assert people.json("contact", "list", "--where", "owed:yes") == []
    [owed] = people.json("worklist", "list")
    assert (owed["name"], owed["people"], owed["id"], owed["created_at"]) == ("owed", 0, 0, None)


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["add", "fair"], 2, "--where"),
        (["add", "owed", "leila"], 6, "always there"),
        (["add", "vip", "leila"], 6, "is a filter"),
        (["add", "fair", "karimi"], 3, "karimi"),
        (["remove", "fair", "leila"], 4, "no"),
        (["remove", "vip", "leila"], 6, "is a filter"),
        (["restart", "owed"], 6, "always there"),
        (["delete", "owed"], 6, "always there"),
        (["progress", "nobody"], 4, "no"),
    ],
)
def test_what_cannot_be_done_to_a_worklist(people: Shell, args: list[str], code: int, said: str) -> None:
    people.ok("worklist", "save", "vip", "--where", "tag:vip")
    done = people("worklist", *args, "--json")
    assert (done.code, done.out) == (code, "")
    assert said in done.error["message"]
    people.set(TUICRM_LANG="fa")
    assert people("worklist", *args).code == code


def test_hostile_names_of_worklists_are_printed_clean(people: Shell) -> None:
    people.ok("worklist", "add", "[/] \x1b[31mred\u202e", "contact:1")
    out = people.ok("worklist", "list").out
    assert "[/]" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_the_card_says_how_often_by_tag_and_when_the_next_call_is_owed(people: Shell) -> None:
    process = people.ok("process", "show").out + '\n[[cadence]]\ntag = "vip"\nevery = "30 d"\n'
    people.ok("process", "apply", "-", "--yes", text=process)
    card = people.json("contact", "show", "1")
    assert (card["cadence_days"], card["touch_days"]) == (None, 30)
    assert card["touch_at"].startswith("2026-12-22T")
    assert "every 30 days" in people.ok("contact", "show", "1").out
    people.ok("contact", "edit", "1", "--every", "10d")
    assert people.json("contact", "show", "1")["touch_days"] == 10
    assert people.json("contact", "show", "2")["touch_at"] is None
