"""``tuicrm contact merge``, ``duplicates`` and ``apart``: what they print, refuse and leave behind."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def twice(shell: Shell) -> Shell:
    """Leila is contact:1 and contact:2, Reza is contact:3."""
    return shell.after(
        ("contact", "add", "Leila Karimi", "--phone", "09121234567", "--company", "Pars"),
        ("contact", "add", "Leyla Karimi", "--phone", "+98 912 123 4567", "--tag", "vip"),
        ("contact", "add", "Reza Ahmadi", "--phone", "09350000002"),
    )


def test_pairs_are_listed_with_score_and_reason(twice: Shell) -> None:
    pair = {"a": 1, "b": 2, "why": "number", "score": 74, "reasons": ["number", "slip"]}
    assert twice.json("contact", "duplicates") == [pair]
    said = twice.ok("contact", "duplicates").out
    for part in (
        "contact:1",
        "Leila Karimi, Pars",
        "contact:2",
        "Leyla Karimi",
        "74",
        "same number",
        "one slip",
    ):
        assert part in said, part


def test_a_long_list_goes_on_behind_a_pair(twice: Shell) -> None:
    twice.ok("contact", "add", "Leila Karimi")
    first = twice.ok("contact", "duplicates", "--limit", "1", "--json")
    (pair,) = first.data
    behind = f"{pair['a']}:{pair['b']}"
    assert f"--after {behind}" in first.err
    rest = twice.json("contact", "duplicates", "--after", behind)
    assert [*first.data, *rest] == twice.json("contact", "duplicates", "--all")
    assert twice("contact", "duplicates", "--after", "leila").code == 2


def test_nobody_twice_is_an_empty_list(leila: Shell) -> None:
    done = leila.ok("contact", "duplicates", "--json")
    assert (done.data, done.err) == ([], "")


def test_merging_prints_the_contact_and_the_old_id_leads_to_it(twice: Shell) -> None:
    twice.ok("log", "contact:2", "boiler dead /t /2d")
    merged = twice.json("contact", "merge", "contact:1", "2")
    assert (merged["id"], merged["name"], merged["tags"], merged["merged_into"]) == (
        1,
        "Leila Karimi",
        ["vip"],
        None,
    )
    assert (len(merged["phones"]), merged["open_tickets"]) == (1, 1)
    shown = twice.json("contact", "show", "contact:2")
    assert (shown["id"], len(shown["calls"]), len(shown["follow_ups"])) == (1, 1, 1)
    assert [call["contact"]["id"] for call in twice.json("call", "list", "--contact", "2")] == [1]
    assert {change["id"] for change in twice.json("history", "contact:2")} == {1, 2}
    assert twice.json("history", "contact:2") == twice.json("history", "contact:1")
    assert [row["id"] for row in twice.json("contact", "list")] == [1, 3]
    assert twice.json("contact", "duplicates") == []
    assert twice.json("log", "contact:2", "again")["contact"]["id"] == 1


def test_undo_parts_them_again(twice: Shell) -> None:
    before = twice.json("contact", "show", "2")
    twice.ok("contact", "merge", "1", "2")
    assert twice.json("undo")["verb"] == "contact.merge"
    assert twice.json("contact", "show", "2") == before | {"updated_at": before["updated_at"]}
    assert [row["id"] for row in twice.json("contact", "list")] == [1, 2, 3]


def test_an_undo_that_would_lose_something_is_refused(twice: Shell) -> None:
    twice.ok("contact", "merge", "1", "2")
    action = twice.json("undo", "--list")[0]["action_id"]
    twice.ok("contact", "edit", "1", "--tag", "north")
    refused = twice("undo", str(action), "--json")
    assert (refused.code, refused.error["code"]) == (6, "conflict")
    assert "sara has changed contact:1 since" in refused.error["message"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("1", "1"), 6, "Leila Karimi (contact:1) cannot be merged with itself."),
        (("1", "3"), 6, "Reza Ahmadi (contact:3) is deleted"),
        (("3", "1"), 6, "Reza Ahmadi (contact:3) is deleted"),
        (("1", "2"), 6, "Leyla Karimi (contact:2) is merged into contact:4 already."),
        (("1", "99"), 4, "There is no contact:99."),
        (("99", "1"), 4, "There is no contact:99."),
        (("1", "nobody at all"), 4, "Nobody fits"),
        (("karimi", "1"), 3, "Several contacts fit karimi."),
        (("1",), 2, "GONE"),
    ],
)
def test_what_cannot_be_merged_is_one_sentence(
    twice: Shell, arguments: tuple[str, ...], code: int, says: str
) -> None:
    twice.ok("contact", "add", "Leyla Karimi")
    twice.ok("contact", "merge", "4", "2")
    twice.ok("contact", "delete", "3")
    done = twice("contact", "merge", *arguments)
    assert (done.code, done.out) == (code, "")
    assert says in done.err
    assert [row["id"] for row in twice.json("contact", "list")] == [1, 4]


def test_two_that_are_kept_apart_are_no_pair_until_that_is_undone(twice: Shell) -> None:
    assert twice.json("contact", "apart", "2", "contact:1") == {"a": 1, "b": 2}
    assert twice.json("contact", "duplicates") == []
    assert twice("contact", "apart", "1", "1").code == 6
    assert twice("contact", "apart", "1", "99").code == 4
    assert "contacts kept apart" in twice.ok("undo").out
    assert len(twice.json("contact", "duplicates")) == 1
    assert "contact:1 and contact:2 are kept apart." in twice.ok("contact", "apart", "1", "2").out
