"""What an office manager stumbled on, in the shell."""

from __future__ import annotations

from tests.cli.shell import Shell

LOG = (
    "number,direction,started_at,duration_s\n"
    "+442079460019,in,2026-11-20 09:00,60\n"
    "+442079460019,out,2026-11-20 10:00,5\n"
)


def test_calls_that_an_import_left_with_nobody_are_given_to_a_contact(shell: Shell) -> None:
    shell.ok("contact", "add", "Mia Wright")
    shell.program("import", "-", text=LOG)
    told = shell.program("call", "edit", "call:1", "--contact", "mia", "--same-number")
    assert (told.code, "Mia Wright" in told.out) == (0, True)
    assert told.err.splitlines() == [
        "The call is with Mia Wright now.",
        "So is 1 more call of this number.",
    ]
    assert [one["contact"]["name"] for one in shell.json("call", "list")] == ["Mia Wright"] * 2
    assert "2 calls: with: nobody → Mia Wright" in shell.ok("history").out
    assert shell.program("undo").code == 0
    assert [one["contact"] for one in shell.json("call", "list")] == [None] * 2


def test_a_call_is_taken_from_a_contact_and_what_does_not_go_together_is_refused(shell: Shell) -> None:
    shell.ok("contact", "add", "Mia Wright")
    shell.ok("log", "mia", "thanks", "/-")
    assert shell.json("call", "edit", "1", "--contact", "none")["contact"] is None
    for more in (("/v",), ("--note", "x")):
        assert shell.program("call", "edit", "1", "--contact", "mia", *more).code == 2
    assert shell.program("call", "edit", "1", "--same-number").code == 2
    again = shell.program("call", "edit", "1", "--contact", "-")
    assert (again.code, again.err) == (6, "Nothing changes: that is how call:1 stands already.\n")
