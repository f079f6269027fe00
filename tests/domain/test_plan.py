"""What a line will do to follow-ups, tickets and the contact."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.domain.lines import NOW, PROCESS, TEHRAN, context, due, promise
from tests.domain.plans import answered, made, plan, with_due
from tuicrm.domain import process as process_file
from tuicrm.domain.record import replace
from tuicrm.domain.worktime import Holiday, in_country

# --- a call without a follow-up to answer -------------------------------------------------------------------


def test_a_call_that_says_nothing_is_connected_now_and_makes_nothing() -> None:
    found = plan("")
    assert (found.outcome.code, found.channel, found.direction) == ("connected", "call", "out")
    assert (found.started_at, found.duration_s) == (NOW, None)
    assert (found.answered, found.made, found.tickets, found.problems) == (None, None, (), ())


@pytest.mark.parametrize(
    ("line", "moment"),
    [("/n", "2026-11-23"), ("/b", "2026-11-22 10:30"), ("/v", "2026-11-24"), ("/cb", "2026-11-23")],
)
def test_an_outcomes_rule_makes_a_follow_up_with_attempt_one(line: str, moment: str) -> None:
    follow_up = made(plan(line))
    assert (follow_up.due, follow_up.attempt, follow_up.attempts_max) == (due(moment), 1, 4)
    assert (follow_up.assignee, follow_up.due_given) == ("me", False)


AT_CLOSING = {"now": datetime(2026, 11, 22, 16, 30, tzinfo=TEHRAN)}
ON_WEDNESDAY = {"now": datetime(2026, 11, 25, 16, 30, tzinfo=TEHRAN)}
"""The last working day of the week."""


@pytest.mark.parametrize(
    ("line", "at", "moment"),
    [
        ("/b", AT_CLOSING, "2026-11-23 09:00"),
        ("/b", ON_WEDNESDAY, "2026-11-28 09:00"),
        ("/n", ON_WEDNESDAY, "2026-11-28"),
        ("/v", ON_WEDNESDAY, "2026-11-28"),
    ],
)
def test_no_rule_makes_anything_due_at_night_or_on_a_day_off(
    line: str, at: dict[str, Any], moment: str
) -> None:
    assert made(plan(line, ctx=at)).due == due(moment)


@pytest.mark.parametrize(
    ("line", "at", "moment"),
    [
        ("/b /1h", AT_CLOSING, "2026-11-22 17:30"),
        ("/b /22", AT_CLOSING, "2026-11-22 22:00"),
        ("/v /2d", ON_WEDNESDAY, "2026-11-27"),
        ("/n /fri", ON_WEDNESDAY, "2026-11-27"),
        ("/n /fri 0:00", ON_WEDNESDAY, "2026-11-27 00:00"),
    ],
)
def test_a_moment_that_somebody_typed_stays_by_night_and_on_a_day_off(
    line: str, at: dict[str, Any], moment: str
) -> None:
    assert made(plan(line, ctx=at)).due == due(moment)


def test_a_typed_day_off_is_told_by_its_name_and_a_rule_names_none() -> None:
    stocktaking = replace(PROCESS.calendar, holidays={"2026-11-24": Holiday("Stocktaking")})
    ctx = {"when": replace(context().when, calendar=in_country(stocktaking, "IR"))}
    assert made(plan("/n /fri", ctx=ctx)).day_off == ""
    assert made(plan("/n /2d", ctx=ctx)).day_off == "Stocktaking"
    assert answered(with_due("/n /2d", ctx=ctx)).day_off == "Stocktaking"
    assert made(plan("/n /3d", ctx=ctx)).day_off is None
    assert made(plan("/n", ctx=ctx)).day_off is None


def test_an_afternoon_does_not_move_to_an_afternoon_off() -> None:
    half = replace(PROCESS.calendar, own_hours={"mon": ((540, 720),)})
    ctx = {"when": replace(context().when, calendar=in_country(half, "IR"))}
    afternoon = promise(when="2026-11-22 15:00")
    assert answered(with_due("/n", afternoon, ctx=ctx)).due == due("2026-11-23")
    assert answered(with_due("/n", promise(when="2026-11-22 20:00"), ctx=ctx)).due == due("2026-11-23")
    assert answered(with_due("/n", promise(when="2026-11-22 10:00"), ctx=ctx)).due == due("2026-11-23 10:00")


def test_an_evening_that_was_promised_is_tried_again_in_the_hours_unless_another_is_typed() -> None:
    evening = promise(when="2026-11-22 20:46")
    assert answered(with_due("/n", evening)).due == due("2026-11-23")
    assert answered(with_due("/n /tom 20:46", evening)).due == due("2026-11-23 20:46")


def test_the_line_overrides_the_rule() -> None:
    assert made(plan("/n /fri 10")).due == due("2026-11-27 10:00")
    assert made(plan("/n /fri")).due_given
    assert plan("/n /-").made is None


def test_a_follow_up_of_the_line_takes_the_note_as_its_reason_and_the_named_agent() -> None:
    follow_up = made(plan("quote 2 radiators /2d @sara .o"))
    assert (follow_up.reason, follow_up.assignee, follow_up.topic) == ("quote 2 radiators", "sara", "order")


def test_a_guessed_topic_does_not_come_back_as_a_fact() -> None:
    found = plan("quote 2 radiators /2d")
    assert (found.topic, found.topic_guessed) == ("quote", True)
    assert made(found).topic is None


# --- a call that answers one --------------------------------------------------------------------------------


def test_without_contact_it_moves_with_one_attempt_more_at_the_same_time_of_day() -> None:
    moved = answered(with_due("/n", promise(when="2026-11-22 09:15")))
    assert (moved.action, moved.id, moved.attempt, moved.attempts_max) == ("move", 1, 2, 4)
    assert moved.due == due("2026-11-23 09:15")
    assert moved.reason == "price of pump"
    assert with_due("/n").made is None


def test_a_rule_that_gives_a_time_gives_the_time() -> None:
    assert answered(with_due("/b")).due == due("2026-11-22 10:30")


def test_a_given_day_stays_a_day() -> None:
    assert answered(with_due("/n /fri")).due == due("2026-11-27")


def test_the_old_time_of_day_is_that_of_the_agents_clock() -> None:
    berlin = promise(when="2026-11-22 06:45", zone="Europe/Berlin")
    assert answered(with_due("/n", berlin)).due == due("2026-11-23 09:15")


def test_past_the_last_attempt_it_is_exhausted() -> None:
    last = promise(attempt=4)
    found = with_due("/n", last)
    assert (answered(found).action, answered(found).due, answered(found).attempt) == ("exhaust", None, 4)
    assert found.follow_up is None


def test_a_moment_in_the_line_grants_one_attempt_more() -> None:
    moved = answered(with_due("/n /fri", promise(attempt=4)))
    assert (moved.action, moved.attempt, moved.attempts_max) == ("move", 5, 5)


def test_it_stays_with_its_agent_unless_it_is_handed_over() -> None:
    hers = promise(assignee="sara")
    assert answered(with_due("/n", hers)).assignee == "sara"
    assert answered(with_due("/n @reza", hers)).assignee == "reza"


def test_with_contact_it_is_closed() -> None:
    found = with_due("wants three")
    assert answered(found).action == "close"
    assert found.made is None


def test_with_contact_and_a_moment_it_is_closed_and_another_one_made() -> None:
    found = with_due("wants three /2d")
    assert answered(found).action == "close"
    assert (made(found).due, made(found).attempt) == (due("2026-11-24"), 1)
    assert found.follow_up is found.made


def test_a_new_one_without_a_note_goes_on_with_the_reason_and_topic_of_the_old() -> None:
    old = promise(topic="quote")
    found = plan("/2d", due_follow_ups=(old,), ctx={"follow_up_topic": "quote"})
    assert (made(found).reason, made(found).topic) == ("price of pump", "quote")


def test_no_follow_up_gives_the_answered_one_up() -> None:
    assert answered(with_due("/n /-")).action == "cancel"
    assert answered(with_due("wants three /-")).action == "close"


def test_a_wrong_number_cancels_what_was_promised() -> None:
    found = with_due("/w")
    assert (answered(found).action, found.made) == ("cancel", None)
    assert answered(with_due("/w /tom")).action == "move"


def test_an_outcome_without_any_rule_counts_the_attempt_and_leaves_the_day() -> None:
    text = process_file.default_text() + '\n[[outcome]]\ncode = "hung_up"\nkey = "h"\nlabel = "hung up"\n'
    company = process_file.load(text)
    moved = answered(plan("/h", company, due_follow_ups=(promise(),)))
    assert (moved.action, moved.due, moved.attempt) == ("move", due("2026-11-22 08:30"), 2)
    assert answered(plan("/h", company, due_follow_ups=(promise(attempt=4),))).action == "exhaust"
    assert plan("/h", company).made is None


def test_a_missed_call_leaves_promises_alone() -> None:
    found = with_due("/m", promise(1), promise(2))
    assert (found.answered, found.made, found.left.several) == (None, None, ())


# --- which one is answered ----------------------------------------------------------------------------------


def test_the_one_it_was_started_from_even_if_it_is_not_due() -> None:
    later = promise(7, "2026-12-01")
    assert answered(with_due("so", started_from=later)).id == 7


def test_with_several_due_none_is_touched_and_no_rule_makes_another() -> None:
    found = with_due("/n", promise(1), promise(2))
    assert (found.left.several, found.answered, found.made) == ((1, 2), None, None)
    assert made(with_due("/n /fri", promise(1), promise(2))).due == due("2026-11-27")


def test_with_several_due_the_person_names_one_or_none() -> None:
    assert answered(with_due("/n", promise(1), promise(2), answers=2)).id == 2
    none = with_due("/n", promise(1), promise(2), answers=0)
    assert (none.answered, none.left.several) == (None, ())
    assert made(none).due == due("2026-11-23")


# --- topics -------------------------------------------------------------------------------------------------

CHASED = process_file.load(process_file.default_text().replace('# follow_up = "3wd"', 'follow_up = "3wd"'))


def test_a_given_topic_brings_its_follow_up_unless_outcome_or_line_say_otherwise() -> None:
    assert made(plan("sent .q", CHASED)).due == due("2026-11-25")
    assert made(plan("sent .q /2d", CHASED)).due == due("2026-11-24")
    assert made(plan("/n .q", CHASED)).due == due("2026-11-23")
    assert plan("sent .q /-", CHASED).made is None
    assert plan("too dear .q /r", CHASED).made is None


def test_a_guessed_or_inherited_topic_promises_nothing() -> None:
    assert plan("quote sent", CHASED).made is None
    found = plan("sent", CHASED, due_follow_ups=(promise(topic="quote"),), ctx={"follow_up_topic": "quote"})
    assert (found.topic, answered(found).action, found.made) == ("quote", "close", None)


def test_an_outcomes_topic_is_the_calls() -> None:
    text = process_file.default_text().replace("# asks_note = true", 'topic = "complaint"')
    found = plan("quote too dear /r", process_file.load(text))
    assert (found.topic, found.topic_guessed) == ("complaint", False)
