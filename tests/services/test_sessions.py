"""From when to when an agent was there, also when the program was killed or the laptop closed."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.services.conftest import OpenCrm
from tuicrm.domain.clock import FrozenClock
from tuicrm.services import sessions
from tuicrm.services.context import Crm

MINUTE = 60


def stretches(crm: Crm) -> list[tuple[str, str, str | None]]:
    """Agent, beginning and end (UTC, to the minute), as other programs read them."""
    with crm.database.reader() as conn:
        rows = conn.all("SELECT agent, started_at, ended_at FROM v_sessions ORDER BY session_id")
    return [
        (row["agent"], row["started_at"][11:16], row["ended_at"] and row["ended_at"][11:16]) for row in rows
    ]


def test_a_stretch_lasts_from_the_beginning_to_the_end(crm: Crm, clock: FrozenClock) -> None:
    session = sessions.begin(crm)
    assert stretches(crm) == [("sara", "06:00", None)]
    clock.advance(30 * MINUTE)
    sessions.end(crm, session)
    clock.advance(MINUTE)
    sessions.end(crm, session)
    assert stretches(crm) == [("sara", "06:00", "06:30")]
    assert crm.live.beats(datetime.min.replace(tzinfo=UTC)) == []


def test_what_a_killed_program_left_open_ends_with_its_last_sign(crm: Crm, clock: FrozenClock) -> None:
    session = sessions.begin(crm)
    for _ in range(4):
        clock.advance(5 * MINUTE)
        assert sessions.beat(crm, session) == session
    clock.advance(90 * MINUTE)
    sessions.begin(crm)
    assert stretches(crm) == [("sara", "06:00", "06:20"), ("sara", "07:50", None)]


def test_after_a_laptop_was_closed_a_new_stretch_begins(crm: Crm, clock: FrozenClock) -> None:
    session = sessions.begin(crm)
    clock.advance(5 * MINUTE)
    sessions.beat(crm, session)
    clock.advance(60 * MINUTE)
    again = sessions.beat(crm, session)
    assert again != session
    assert stretches(crm) == [("sara", "06:00", "06:05"), ("sara", "07:05", None)]


def test_a_second_screen_of_an_agent_ends_no_first_one_that_lives(
    open_as: OpenCrm, crm: Crm, clock: FrozenClock
) -> None:
    first = sessions.begin(crm)
    clock.advance(9 * MINUTE)
    sessions.begin(open_as())
    sessions.begin(open_as("omid"))
    sessions.end(crm, first)
    assert stretches(crm) == [("sara", "06:00", "06:09"), ("sara", "06:09", None), ("omid", "06:09", None)]


def test_being_there_is_no_action_and_leaves_no_row_of_the_change_log(crm: Crm) -> None:
    sessions.end(crm, sessions.begin(crm))
    with crm.database.reader() as conn:
        verbs = [row["verb"] for row in conn.all("SELECT verb FROM action")]
    assert not [verb for verb in verbs if verb.startswith("session")]
