"""``tuicrm history``: who did what, in words, with the number that ``tuicrm undo`` takes it back by."""

from __future__ import annotations

import json

from tests.cli.shell import Shell


def leila(shell: Shell) -> None:
    shell.ok("contact", "add", "Leila Karimi", "--phone", "0912 345 6789", "--company", "Pars Pump")
    shell.ok("contact", "edit", "contact:1", "--company", "Atlas")


def test_a_records_history_is_read_by_people(shell: Shell) -> None:
    leila(shell)
    edited, made = shell.ok("history", "contact:1").out.splitlines()
    number, *_ = edited.split()
    assert edited.endswith("sara  company: Pars Pump → Atlas")
    assert made.endswith("contact made: Leila Karimi, Pars Pump, 0912 345 6789")
    shell.ok("undo", number)
    assert shell.json("contact", "show", "contact:1")["company"] == "Pars Pump"
    taken, edited, _ = shell.ok("history", "contact:1").out.splitlines()
    assert taken.endswith(f"taken back: contact edited (action {number})")
    assert "company: Pars Pump → Atlas (taken back by action" in edited


def test_one_action_is_shown_whole(shell: Shell) -> None:
    leila(shell)
    shell.ok("log", "leila", "asked for the price /2026-11-26")
    number = shell.ok("history", "contact:1").out.split()[0]
    assert shell.ok("history", f"action:{number}").out.splitlines()[1:] == [
        "  from the shell",
        "  Leila Karimi: call: connected, out; asked for the price",
        "  Leila Karimi: follow-up for Thu 26 Nov; asked for the price",
    ]
    assert {row["entity"] for row in shell.json("history", f"action:{number}")} == {"call", "followup"}


def test_only_mine_and_only_of_today(shell: Shell) -> None:
    leila(shell)
    shell.set(TUICRM_AGENT="reza", TUICRM_NOW="2026-11-23T09:30:00+03:30")
    shell.ok("contact", "edit", "contact:1", "--company", "Webb")
    mine = shell.ok("history", "--mine").out.splitlines()
    assert len(mine) == 1
    assert mine[0].endswith("reza  Leila Karimi: company: Atlas → Webb")
    assert len(shell.ok("history", "contact:1", "--today").out.splitlines()) == 1
    assert {row["agent"] for row in shell.json("history", "--mine")} == {"reza"}
    assert {row["agent"] for row in shell.json("history", "--today")} == {"reza"}
    assert len(shell.ok("history", "contact:1").out.splitlines()) == 3


def test_pages_go_on_where_the_last_one_ended(shell: Shell) -> None:
    leila(shell)
    first = shell.ok("history", "contact:1", "--limit", "1")
    assert "--after" in first.err
    number = first.out.split()[0]
    rest = shell.ok("history", "contact:1", "--limit", "1", "--after", number)
    assert rest.out.splitlines()[0].endswith("contact made: Leila Karimi, Pars Pump, 0912 345 6789")
    assert rest.err == ""
    assert shell.ok("history", "contact:1", "--all").out == first.out + rest.out


def test_an_undo_that_something_stands_on_names_what_is_in_the_way(shell: Shell) -> None:
    leila(shell)
    number = shell.ok("history", "contact:1").out.split()[0]
    shell.set(TUICRM_AGENT="reza")
    shell.ok("contact", "edit", "contact:1", "--company", "Webb")
    newest = shell.ok("history", "contact:1").out.split()[0]
    refused = shell("undo", number)
    assert refused.code == 6
    assert f"reza has changed contact:1 since (contact edited, action {newest})" in refused.err


def test_taking_back_names_whom_and_when(shell: Shell) -> None:
    leila(shell)
    shell.ok("contact", "add", "Farhad Pars", "--phone", "0935 000 1122")
    shell.ok("followup", "add", "leila", "2026-11-26", "price")
    assert shell.ok("undo", "--dry-run").out.endswith(" Leila Karimi, Thu 2026-11-26 (followup:1)\n")
    assert shell.ok("undo").out.endswith(" Leila Karimi, Thu 2026-11-26 (followup:1)\n")
    shell.ok("redo")
    shell.ok("followup", "cancel", "1", "bought elsewhere")
    assert shell.ok("undo").out == (
        "Took back follow-up cancelled: Leila Karimi, Thu 2026-11-26 (followup:1)\n"
    )
    shell.ok("log", "farhad", "boiler dead /t /-")
    assert "Farhad Pars (" in shell.ok("undo").out


def test_what_could_be_taken_back_is_told_in_words(shell: Shell) -> None:
    leila(shell)
    first = shell.ok("undo", "--list").out.splitlines()[0]
    assert first.endswith("Leila Karimi: company: Pars Pump → Atlas")


def test_a_value_is_never_shown_as_it_is_stored(shell: Shell) -> None:
    leila(shell)
    shell.ok(
        "contact", "edit", "contact:1", "--field", "city=Tehran", "--tag", "vip", "--email", "a@example.com"
    )
    told = shell.ok("history", "contact:1").out
    assert "{" not in told
    assert "[" not in told
    assert "city: Tehran" in told
    stored = json.dumps(shell.json("history", "contact:1"))
    assert '"address": "a@example.com"' in stored
