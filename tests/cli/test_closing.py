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


def test_what_is_agreed_for_the_afternoon_is_neither_closed_nor_moved_by_a_call_of_the_morning(
    leila: Shell,
) -> None:
    leila.ok("followup", "add", "leila", "16:00", "agreed")
    talk = leila.ok("log", "leila", "rang about something else /in")
    assert "For later today, so it stays open: followup:1." in talk.out
    assert "tuicrm followup done 1 closes it." in talk.out
    vain = leila.ok("log", "leila", "/n", "--json")
    assert "For later today, so it stays open: followup:1." in vain.err
    (left,) = promised(leila)
    assert (left["due_at"], left["attempt"]) == ("2026-11-22T16:00:00+03:30", 1)
    leila.ok("log", "followup:1", "so we agreed")
    assert promised(leila) == []


def test_what_is_agreed_for_within_the_hour_is_kept_by_a_talk(leila: Shell) -> None:
    leila.ok("followup", "add", "leila", "10:30", "agreed")
    assert "The due follow-up is done." in leila.ok("log", "leila", "spoke to her").out
    assert promised(leila) == []


@pytest.mark.parametrize("line", ["/sms I will ring you", "/email the offer"])
def test_a_message_that_goes_out_keeps_no_promise_but_the_one_it_was_started_from(
    due: Shell, line: str
) -> None:
    done = due.ok("log", "leila", line)
    assert "A message keeps no promise, so it stays open: followup:1." in done.out
    assert [each["id"] for each in promised(due)] == [1]
    due.ok("log", "followup:1", line)
    assert promised(due) == []


def test_a_message_that_comes_in_keeps_what_is_due(due: Shell) -> None:
    due.ok("log", "leila", "/sms yes please /in")
    assert promised(due) == []


def test_a_try_in_vain_makes_no_second_promise_beside_one_that_comes_first(leila: Shell) -> None:
    leila.ok("followup", "add", "leila", "2026-11-23 10:00", "news", "--every", "weekly")
    done = leila.ok("log", "leila", "/n")
    assert "Something is promised for Mon 2026-11-23 10:00 already, so no follow-up was made." in done.out
    assert [each["id"] for each in promised(leila)] == [1]
    leila.ok("log", "leila", "/n /tom 9")
    assert len(promised(leila)) == 2


def test_another_agents_promise_or_one_of_a_later_day_does_not_keep_me_from_trying_again(
    leila: Shell,
) -> None:
    leila.ok("agent", "add", "omid")
    leila.ok("followup", "add", "leila", "2026-11-23 10:00", "his", "--agent", "omid")
    leila.ok("followup", "add", "leila", "2026-12-23 10:00", "birthday")
    leila.ok("log", "leila", "/n")
    assert [each["due_on"] for each in promised(leila)] == [TOMORROW, TOMORROW, "2026-12-23"]


def test_after_the_last_attempt_no_try_begins_anew_by_itself(leila: Shell) -> None:
    for day in range(22, 27):
        leila.set(TUICRM_NOW=f"2026-11-{day}T09:30:00+03:30")
        leila.ok("log", "leila", "/n")
    assert (promised(leila), len(promised(leila, "exhausted"))) == ([], 1)
    leila.set(TUICRM_NOW="2026-11-27T09:30:00+03:30")
    done = leila.ok("log", "leila", "/n")
    assert "Tried in vain 4 times, so no follow-up was made." in done.out
    assert "A moment in the line makes one, or tuicrm followup reopen 1." in done.out
    assert promised(leila) == []
    leila.ok("log", "leila", "/n /tom")
    assert len(promised(leila)) == 1


def test_who_was_reached_after_the_last_attempt_is_tried_again_as_anybody(leila: Shell) -> None:
    for day in range(22, 27):
        leila.set(TUICRM_NOW=f"2026-11-{day}T09:30:00+03:30")
        leila.ok("log", "leila", "/n")
    leila.set(TUICRM_NOW="2026-11-28T09:30:00+03:30")
    leila.ok("log", "leila", "she rang us /in")
    leila.set(TUICRM_NOW="2026-11-29T09:30:00+03:30")
    leila.ok("log", "leila", "/n")
    assert [each["attempt"] for each in promised(leila)] == [1]


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
    leila.ok("log", "leila", "boiler dead /th /1h")
    (made,) = promised(leila)
    leila.ok("log", "leila", "/n")
    (moved,) = promised(leila)
    assert (moved["id"], moved["attempt"]) == (made["id"], 2)
    leila.set(TUICRM_NOW="2026-11-23T12:30:00+03:30")
    leila.ok("log", "leila", "comes on Monday")
    assert promised(leila) == []
    assert [each["category"] for each in leila.json("ticket", "list")] == ["open"]
