"""``tuicrm call ring|answer|hangup|missed``: what a telephone system's hook may throw at it."""

from __future__ import annotations

import itertools

from tests.cli.shell import Shell

NUMBER = "+989121234567"


def state(shell: Shell, event: str, *more: str) -> str:
    found: str = shell.json("call", event, "--id", "77", "--number", NUMBER, *more)["state"]
    return found


def test_states_only_move_forward(leila: Shell) -> None:
    assert [state(leila, event) for event in ("ring", "answer", "ring", "hangup", "answer", "ring")] == [
        "ringing", "talking", "talking", "ended", "ended", "ended",
    ]  # fmt: skip


def test_a_repeated_event_changes_nothing(leila: Shell) -> None:
    assert state(leila, "missed") == state(leila, "missed") == "missed"
    assert len(leila.json("call", "list")) == 1


def test_any_order_ends_the_same(leila: Shell) -> None:
    for number, events in enumerate(itertools.permutations(("ring", "answer", "hangup"))):
        for event in events:
            done = leila.json("call", event, "--id", f"call-{number}", "--number", NUMBER)
        assert done["state"] == "ended", events


def test_a_missed_call_is_in_the_list_with_its_contact(leila: Shell) -> None:
    leila.ok("call", "ring", "--id", "77", "--number", NUMBER, "--at", "2026-11-22T09:00:00+03:30")
    leila.ok("call", "missed", "--id", "77", "--at", "2026-11-22T09:00:20+03:30")
    [call] = leila.json("call", "list")
    assert (call["outcome"], call["direction"], call["contact"]["id"]) == ("missed", "in", 1)
    assert call["started_at"] == "2026-11-22T09:00:00+03:30"


def test_everybody_with_the_number_is_named(leila: Shell) -> None:
    leila.ok("contact", "add", "Reza Karimi", "--phone", NUMBER)
    rings = leila.json("call", "ring", "--id", "77", "--number", "00989121234567")
    assert (rings["contact"], {each["name"] for each in rings["matches"]}) == (
        None,
        {"Leila Karimi", "Reza Karimi"},
    )


def test_the_same_id_of_two_systems_is_two_calls(leila: Shell) -> None:
    assert state(leila, "hangup", "--source", "asterisk") == "ended"
    assert state(leila, "ring", "--source", "softphone") == "ringing"


def test_a_withheld_number_is_nobodys(leila: Shell) -> None:
    for number in ("", "anonymous", "<unknown>", "567"):
        assert leila.json("call", "ring", "--id", number or "none", "--number", number)["matches"] == []


def test_a_call_without_an_id_is_refused(leila: Shell) -> None:
    assert leila("call", "ring", "--number", NUMBER).code == 2
    assert leila("call", "ring", "--id", " ").code == 5


def test_a_talk_that_nobody_logged_is_listed_until_it_is(leila: Shell) -> None:
    for event, at in (("answer", "08:30:00"), ("hangup", "08:31:05")):
        leila.ok("call", event, "--id", "77", "--number", NUMBER, "--at", f"2026-11-22T{at}+03:30")
    [waits] = leila.json("call", "unlogged")
    assert (waits["id"], waits["contact"]["name"], waits["agent"]) == ("77", "Leila Karimi", "sara")
    assert (waits["started_at"], waits["ended_at"]) == (
        "2026-11-22T08:30:00+03:30",
        "2026-11-22T08:31:05+03:30",
    )
    assert "1:05" in leila.ok("call", "unlogged").out
    leila.ok("agent", "add", "omid")
    assert leila.json("call", "unlogged", "--agent", "omid") == []
    assert leila.json("call", "list") == []
