"""Lists: their order, their limits, and going on where they stopped."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def five(shell: Shell) -> Shell:
    """Five contacts, added against their order, each with a call and a follow-up."""
    for number, name in enumerate(("Eve", "Dan", "Cyrus", "بهرام", "Ann"), start=1):
        shell.ok("contact", "add", name)
        shell.ok("log", f"contact:{number}", f"call {number} /{6 - number}d")
    return shell


LISTS = [
    (["contact", "list"], [5, 3, 2, 1, 4]),
    (["call", "list"], [5, 4, 3, 2, 1]),
    (["followup", "list"], [5, 4, 3, 2, 1]),
]


@pytest.mark.parametrize(("verb", "order"), LISTS, ids=[" ".join(verb) for verb, _ in LISTS])
class TestEveryList:
    def test_has_its_order(self, five: Shell, verb: list[str], order: list[int]) -> None:
        assert [row["id"] for row in five.json(*verb)] == order
        assert [row["id"] for row in five.json(*verb, "--all")] == order

    def test_says_on_standard_error_that_there_is_more(
        self, five: Shell, verb: list[str], order: list[int]
    ) -> None:
        done = five.ok(*verb, "--limit", "2", "--json")
        assert [row["id"] for row in done.data] == order[:2]
        assert f"--after {order[1]}" in done.err
        assert five.ok(*verb, "--limit", "5", "--json").err == ""

    def test_goes_on_behind_an_id(self, five: Shell, verb: list[str], order: list[int]) -> None:
        rest = five.ok(*verb, "--after", str(order[1]), "--limit", "2", "--json")
        assert [row["id"] for row in rest.data] == order[2:4]
        assert [row["id"] for row in five.json(*verb, "--after", str(order[1]), "--all")] == order[2:]


def test_history_pages_backwards(five: Shell) -> None:
    every = five.json("history", "--all")
    first = five.json("history", "--limit", "3")
    second = five.json("history", "--limit", "3", "--after", str(first[-1]["seq"]))
    assert first + second == every[:6]


def test_find_goes_on_behind_an_id(shell: Shell) -> None:
    for number in range(5):
        shell.ok("contact", "add", f"Karimi {number}")
    every = [row["id"] for row in shell.json("find", "karimi")]
    done = shell.ok("find", "karimi", "--limit", "2", "--json")
    assert ([row["id"] for row in done.data], f"--after {every[1]}" in done.err) == (every[:2], True)
    rest = shell.json("find", "karimi", "--after", str(every[1]), "--all")
    assert [row["id"] for row in rest] == every[2:]


def test_find_looks_at_words_joined_words_and_digits(leila: Shell) -> None:
    leila.ok("contact", "add", "Pars Shimi", "--phone", "02188776655")
    for query, found in (
        ("leila", 1),
        ("KARI lei", 1),
        ("4567", 1),
        ("parsshimi", 2),
        ("prsh", 2),
        ("021 8877", 2),
    ):
        assert [row["id"] for row in leila.json("find", query)] == [found], query


def test_near_marks_what_needed_a_forgiven_slip(leila: Shell) -> None:
    assert leila.json("find", "lelia") == []
    [near] = leila.json("find", "lelia", "--near")
    assert (near["id"], near["near"]) == (1, True)
    [exact] = leila.json("find", "leila", "--near")
    assert exact["near"] is False


def test_calls_are_filtered(five: Shell) -> None:
    five.ok("log", "contact:1", "/n", "--as", "reza")
    five.ok("log", "contact:2", "-1d quote for pumps")
    for options, found in (
        (["--agent", "@reza"], [6]),
        (["--outcome", "n"], [6]),
        (["--outcome", "no_answer"], [6]),
        (["--topic", "quote"], [7]),
        (["--contact", "eve"], [6, 1]),
        (["--to", "yesterday"], [7]),
        (["--from", "2026-11-21", "--to", "2026-11-21"], [7]),
        (["--from", "today", "--agent", "reza"], [6]),
    ):
        assert [row["id"] for row in five.json("call", "list", *options)] == found, options


def test_due_shows_my_promises_for_today_and_before(leila: Shell) -> None:
    leila.ok("log", "leila", "one /4h")
    leila.ok("contact", "add", "Reza")
    leila.ok("log", "reza", "two /2d")
    leila.ok("contact", "add", "Nadia")
    leila.ok("log", "nadia", "three /3h", "--as", "ali")
    assert [row["contact"]["name"] for row in leila.json("followup", "due")] == ["Leila Karimi"]
    assert [row["contact"]["name"] for row in leila.json("followup", "due", "--agent", "ali")] == ["Nadia"]
    leila.set(TUICRM_NOW="2026-11-24T09:30:00+03:30")
    assert [row["reason"] for row in leila.json("followup", "due")] == ["one", "two"]
    assert [row["reason"] for row in leila.json("followup", "list", "--from", "2026-11-23")] == ["two"]


def test_rows_for_people_stand_in_columns(five: Shell) -> None:
    lines = five.ok("call", "list").out.splitlines()
    assert len(lines) == 5
    assert len({line.index("sara") for line in lines}) == 1
