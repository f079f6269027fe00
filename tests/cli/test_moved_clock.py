"""``TUICRM_NOW`` set back and forward between commands: nothing is lost, the last deed is the last."""

from __future__ import annotations

from tests.cli.shell import Shell


def test_a_promise_made_before_the_clock_was_set_back_is_due_when_its_time_comes(leila: Shell) -> None:
    made = leila.json("followup", "add", "leila", "tomorrow 10")
    leila.set(TUICRM_NOW="2026-11-20T09:30:00+03:30")
    assert leila.json("followup", "due") == []
    assert [one["id"] for one in leila.json("followup", "list")] == [made["id"]]
    leila.set(TUICRM_NOW="2026-11-23T10:00:00+03:30")
    assert [one["id"] for one in leila.json("followup", "due")] == [made["id"]]


def test_undo_takes_what_was_done_last_and_not_what_has_the_latest_moment(leila: Shell) -> None:
    first = leila.json("followup", "add", "leila", "2026-12-01", "first")
    leila.set(TUICRM_NOW="2025-11-22T09:30:00+03:30")
    leila.ok("followup", "add", "leila", "2026-11-01", "second")
    leila.ok("undo")
    leila.set(TUICRM_NOW="2026-11-22T09:30:00+03:30")
    assert [one["id"] for one in leila.json("followup", "list")] == [first["id"]]


def test_no_answer_on_the_last_day_before_the_weekend_is_tried_again_behind_it(leila: Shell) -> None:
    leila.set(TUICRM_NOW="2026-11-25T16:50:00+03:30")
    leila.ok("log", "leila", "/n")
    leila.ok("log", "leila", "/b")
    found = leila.json("followup", "list")
    assert [(one["due_at"], one["attempt"]) for one in found] == [("2026-11-28T09:00:00+03:30", 2)]


def test_a_promise_for_midnight_is_due_at_midnight(leila: Shell) -> None:
    made = leila.json("followup", "add", "leila", "2026-11-28 0:00")
    assert (made["due_on"], made["due_at"]) == ("2026-11-28", "2026-11-28T00:00:00+03:30")
    leila.set(TUICRM_NOW="2026-11-28T00:00:00+03:30")
    assert [one["id"] for one in leila.json("followup", "due")] == [made["id"]]
