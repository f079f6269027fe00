"""What a line will do to tickets and to the call itself, and to what would be tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.lines import LEAK, NOW, PROCESS, context, promise
from tests.domain.plans import answered, codes, plan, with_due
from tuicrm.domain import process as process_file
from tuicrm.domain.logline import parse_line
from tuicrm.domain.plan import CallFacts, plan_call
from tuicrm.domain.record import replace

# --- tickets ------------------------------------------------------------------------------------------------


def test_a_new_ticket_has_the_first_clause_as_subject_and_the_topics_kind() -> None:
    (ticket,) = plan("boiler dead, E1 .f /th @sara").tickets
    assert (ticket.action, ticket.id, ticket.subject) == ("make", None, "boiler dead")
    assert (ticket.kind, ticket.priority, ticket.status) == ("fault", "high", "open")
    assert (ticket.assignee, ticket.comment) == ("sara", "boiler dead, E1")


def test_a_guessed_topic_gives_a_ticket_no_kind() -> None:
    (ticket,) = plan("broken pump /t").tickets
    assert (ticket.kind, ticket.priority) == (None, "normal")


def test_the_note_becomes_a_comment_on_the_ticket_it_belongs_to() -> None:
    (ticket,) = plan("part arrived /t12").tickets
    assert (ticket.action, ticket.id, ticket.subject) == ("comment", 12, LEAK.subject)
    assert (ticket.comment, ticket.status, ticket.assignee) == ("part arrived", None, None)


def test_resolving_and_waiting_set_the_status() -> None:
    (resolved,) = plan("fixed /x").tickets
    assert (resolved.action, resolved.id, resolved.status) == ("resolve", 12, "resolved")
    (waiting,) = plan("ordered /tp").tickets
    assert (waiting.action, waiting.id, waiting.status) == ("status", 12, "waiting_parts")


def test_a_new_ticket_beside_a_resolved_one() -> None:
    found = plan("drips again /x12 /t")
    assert [ticket.action for ticket in found.tickets] == ["make", "resolve"]


# --- the call itself ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "facts", "direction"),
    [
        ("so", {"origin": "ringing"}, "in"),
        ("so", {"origin": "dialled"}, "out"),
        ("so", {"origin": "follow_up"}, "out"),
        ("so", {"origin": "remembered", "new_contact": True}, "in"),
        ("/w", {"origin": "remembered", "new_contact": True}, "in"),
        ("/n", {"origin": "remembered", "new_contact": True}, "out"),
        ("/n /in", {"origin": "remembered", "new_contact": True}, "in"),
        ("so", {"origin": "remembered"}, "out"),
        ("so /out", {"origin": "ringing"}, "out"),
    ],
)
def test_direction_follows_from_how_the_call_began(line: str, facts: dict[str, Any], direction: str) -> None:
    assert plan(line, ctx=facts).direction == direction


def test_a_given_duration_beats_the_timer_and_a_given_start_the_clock() -> None:
    clock: dict[str, Any] = {"started_at": NOW - timedelta(minutes=5), "duration_s": 300}
    assert (plan("so", **clock).started_at, plan("so", **clock).duration_s) == (clock["started_at"], 300)
    found = plan("so =4 -9:00", **clock)
    assert (found.started_at, found.duration_s) == (NOW.replace(minute=0), 240)


def test_a_remembered_call_of_some_minutes_ended_now() -> None:
    assert plan("so =4").started_at == NOW - timedelta(minutes=4)


def test_a_ringing_call_that_was_not_taken_is_missed() -> None:
    assert plan("so", ctx={"origin": "ringing"}, answered=False).outcome.code == "missed"
    assert plan("so", ctx={"origin": "ringing"}, answered=True).outcome.code == "connected"
    assert plan("/b", ctx={"origin": "ringing"}, answered=False).outcome.code == "busy"


def test_an_empty_line_is_saved_only_after_an_answer() -> None:
    assert codes(plan("", ctx={"origin": "dialled"}, answered=False)) == ["not_answered!"]
    assert codes(plan("", ctx={"origin": "dialled"}, answered=True)) == []
    assert codes(plan("so", ctx={"origin": "dialled"}, answered=False)) == ["outcome_wanted"]
    assert codes(plan("/n", ctx={"origin": "dialled"}, answered=False)) == []


def test_do_not_call_marks_and_ends() -> None:
    found = with_due("/dnc")
    assert found.do_not_call
    assert (answered(found).action, found.made) == ("close", None)


def test_an_outcome_may_ask_for_a_note() -> None:
    strict = process_file.load(process_file.default_text().replace("# asks_note", "asks_note"))
    assert codes(plan("/r", strict)) == ["note_wanted!"]
    assert codes(plan("too dear /r", strict)) == []


def test_without_a_contact_nothing_can_be_promised_or_opened() -> None:
    assert codes(plan("so /2d", has_contact=False)) == ["contact_needed!"]
    assert codes(plan("so /t", has_contact=False)) == ["contact_needed!"]
    assert plan("/n", has_contact=False).made is None


def test_an_agent_without_anything_to_hand_over_is_asked_about() -> None:
    assert codes(plan("so @sara")) == ["nothing_to_hand_over"]
    assert codes(plan("so /n @sara")) == []
    assert codes(plan("so /to @sara")) == []


def test_problems_of_the_line_stand_in_the_plan() -> None:
    assert codes(plan("so /x99")) == ["ticket_not_theirs!"]


def test_a_code_of_an_older_process_moves_nothing() -> None:
    older = replace(parse_line("", context()), outcome="gone")
    found = plan_call(older, CallFacts(context(), "me", due_follow_ups=(promise(),)), PROCESS)
    assert (found.outcome.code, found.outcome.known, found.answered, found.made) == (
        "gone",
        False,
        None,
        None,
    )


# --- tried again before its time ----------------------------------------------------------------------------


def test_a_retry_that_is_tried_early_and_in_vain_moves_and_gets_no_twin() -> None:
    found = plan("/n", to_try_again=(promise(when="2026-11-23 08:30", attempt=2),))
    assert (answered(found).action, answered(found).attempt) == ("move", 3)
    assert found.made is None


@pytest.mark.parametrize("line", ["spoke", "/n"])
def test_a_retry_is_left_where_the_call_reached_somebody_or_answers_another(line: str) -> None:
    waiting = promise(when="2026-11-25 08:30", attempt=2)
    if line == "spoke":
        assert plan(line, to_try_again=(waiting,)).answered is None
    else:
        other = replace(promise(), id=7)
        assert answered(plan(line, to_try_again=(waiting,), due_follow_ups=(other,))).id == 7
