"""What a call does to what was promised, from the shell: one due, several, none, another agent's, a ticket's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.shell import Shell

TOMORROW = "2026-11-23"


@pytest.fixture
def due(leila: Shell) -> Shell:
    """Leila was promised a call for this morning; Omid works here too."""
    leila.ok("agent", "add", "omid")
    leila.set(TUICRM_NOW="2026-11-21T09:30:00+03:30")
    leila.ok("followup", "add", "leila", "2026-11-22 9:00", "price", "of", "pump")
    leila.set(TUICRM_NOW="2026-11-22T09:30:00+03:30")
    return leila


def promised(shell: Shell, state: str = "open") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell.json("followup", "list", "--state", state)
    return found


def test_one_due_is_moved_by_a_call_in_vain(due: Shell) -> None:
    due.ok("log", "leila", "/n")
    (moved,) = promised(due)
    assert (moved["id"], moved["due_on"], moved["attempt"]) == (1, TOMORROW, 2)
    assert moved["first_due_on"] == "2026-11-22"


def test_one_due_is_closed_by_a_talk(due: Shell) -> None:
    due.ok("log", "leila", "wants 3")
    assert promised(due) == []
    assert [each["id"] for each in promised(due, "done")] == [1]


def test_of_several_due_none_is_closed_and_it_is_said(due: Shell) -> None:
    due.ok("followup", "add", "leila", "2026-11-22 9:45", "invoice")
    done = due.ok("log", "leila", "spoke to her")
    assert "none was closed: followup:1, followup:2" in done.out
    assert [each["id"] for each in promised(due)] == [1, 2]


def test_without_one_a_call_in_vain_makes_the_first_attempt(leila: Shell) -> None:
    leila.ok("log", "leila", "/n")
    (made,) = promised(leila)
    assert (made["due_on"], made["attempt"], made["assignee"]) == (TOMORROW, 1, "sara")


def test_without_one_a_talk_makes_none(leila: Shell) -> None:
    leila.ok("log", "leila", "all well")
    assert promised(leila) == []


def test_another_agents_stays_theirs_when_moved_and_is_kept_by_a_talk(due: Shell) -> None:
    due.ok("followup", "assign", "1", "omid")
    assert due.json("followup", "due") == []
    due.ok("log", "leila", "/n")
    (moved,) = promised(due)
    assert (moved["assignee"], moved["attempt"]) == ("omid", 2)
    due.set(TUICRM_NOW="2026-11-23T12:30:00+03:30")
    due.ok("log", "leila", "renewed")
    assert promised(due) == []


def test_a_tickets_is_kept_by_a_talk_and_the_ticket_stays_open(leila: Shell) -> None:
    leila.ok("log", "leila", "boiler dead /th /4h")
    (made,) = promised(leila)
    leila.ok("log", "leila", "/n")
    (moved,) = promised(leila)
    assert (moved["id"], moved["attempt"]) == (made["id"], 2)
    leila.set(TUICRM_NOW="2026-11-23T12:30:00+03:30")
    leila.ok("log", "leila", "comes on Monday")
    assert promised(leila) == []
    assert [each["category"] for each in leila.json("ticket", "list")] == ["open"]
