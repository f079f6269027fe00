"""Filters under a name from the shell, and ``--where`` on the lists."""

from __future__ import annotations

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
    assert [row["name"] for row in people.json("worklist", "list")] == ["todo"]
    people.ok("worklist", "delete", "todo")
    assert people.json("worklist", "list") == []
    people.ok("undo")
    assert [row["name"] for row in people.json("worklist", "list")] == ["todo"]


def test_a_filter_of_calls_has_its_own_list(people: Shell) -> None:
    people.ok("worklist", "save", "vain", "--of", "calls", "--where", "outcome:n", "--shared")
    assert [row["id"] for row in people.json("worklist", "show", "vain", "--of", "calls")] == [2]
    assert people("worklist", "show", "vain").code == 4
    assert "vain" in people.ok("worklist", "list").out
    people.set(TUICRM_AGENT="reza")
    assert [row["agent"] for row in people.json("worklist", "list")] == [None]


def test_ones_own_filters_are_nobody_elses(people: Shell) -> None:
    people.ok("worklist", "save", "mine", "--where", "tag:vip")
    people.set(TUICRM_AGENT="reza")
    assert people.json("worklist", "list") == []
    done = people("worklist", "show", "mine", "--json")
    assert (done.code, done.error["code"]) == (4, "not_found")


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
