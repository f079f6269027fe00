"""A telephone system's hook makes the caller's name appear in a running session."""

from __future__ import annotations

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import Shell


def test_a_ring_is_named_an_answer_opens_the_bar_and_a_line_logs_the_call(
    shell: Shell, terminal: OpenTerminal
) -> None:
    screen = terminal()
    screen.wait("Today")
    call = ("--id", "77", "--number", "+98 912 123 4567", "--agent", "sara")
    assert shell.json("call", "ring", *call)["contact"]["name"] == "Leila Karimi"
    screen.wait("Leila Karimi")
    shell.json("call", "answer", *call)
    screen.wait("Call with Leila Karimi")
    screen.type("asks for prices")
    shell.json("call", "hangup", *call)
    screen.keys("Enter")
    screen.wait("u undo")
    stored = shell.json("call", "list")
    assert [(c["note"], c["direction"], c["contact"]["name"]) for c in stored] == [
        ("asks for prices", "in", "Leila Karimi")
    ]
    assert stored[0]["talk_s"] is not None


def test_an_answer_never_takes_the_keys_of_a_field_that_is_being_typed_in(
    shell: Shell, terminal: OpenTerminal
) -> None:
    screen = terminal()
    screen.wait("Today")
    screen.type("2")
    screen.wait("Leila Karimi")
    screen.type("/")
    screen.type("re")
    screen.wait("Leila Karimi", gone=True)
    shell.json("call", "answer", "--id", "5", "--number", "09121234567", "--agent", "sara")
    screen.wait("Leila Karimi")
    screen.type("za")
    assert "reza" in screen.wait("reza")
    assert shell.json("call", "list") == []


def test_several_people_on_one_number_are_all_named(shell: Shell, terminal: OpenTerminal) -> None:
    shell.json("contact", "add", "Pars Pump", "--phone", "0912 123 4567")
    screen = terminal(columns=140, rows=40)
    screen.wait("Today")
    shell.json("call", "ring", "--id", "9", "--number", "09121234567", "--agent", "sara")
    screen.wait("Pars Pump")
    screen.wait("Leila Karimi")


def test_a_missed_call_is_in_the_calls_list(shell: Shell, terminal: OpenTerminal) -> None:
    shell.json("call", "ring", "--id", "9", "--number", "0912 777 0000", "--agent", "sara")
    shell.json("call", "missed", "--id", "9", "--number", "0912 777 0000", "--agent", "sara")
    screen = terminal()
    screen.wait("Today")
    screen.type("3")
    screen.wait("missed")
    screen.wait("777")
