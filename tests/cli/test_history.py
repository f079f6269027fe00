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


def of_two_people(shell: Shell) -> None:
    """Leila is added and edited, Farhad called and promised something; the next day reza renames Farhad's company."""
    leila(shell)
    shell.ok("contact", "add", "Farhad Pars", "--phone", "0935 000 1122", "--company", "Nikan")
    shell.ok("log", "farhad", "wants the catalogue /2d")
    shell.ok("followup", "add", "leila", "2026-11-26", "price of pumps")
    shell.set(TUICRM_AGENT="reza", TUICRM_NOW="2026-11-23T09:30:00+03:30")
    shell.ok("contact", "edit", "contact:2", "--company", "Nikan Tejarat")


def verbs(shell: Shell, where: str, *more: str) -> list[str]:
    """The verbs of the actions that fit, newest first."""
    rows = shell.json("history", *more, "--where", where)
    found = dict.fromkeys((row["action_id"], row["verb"]) for row in rows)
    return [verb for _, verb in found]


def test_history_is_narrowed_by_the_filter_language(shell: Shell) -> None:
    of_two_people(shell)
    assert verbs(shell, "agent:reza") == ["contact.edit", "agent.self"]
    assert verbs(shell, "agent:me contact:farhad") == ["contact.edit"]
    assert verbs(shell, "verb:contact.edit") == ["contact.edit", "contact.edit"]
    assert verbs(shell, 'verb:"follow-up made"') == ["followup.add"]
    assert verbs(shell, "entity:followup") == ["followup.add", "call.log"]
    assert verbs(shell, "entity:followup -verb:call.log") == ["followup.add"]
    assert verbs(shell, "contact:contact:2") == ["contact.edit", "call.log", "contact.add"]
    assert verbs(shell, "contact:contact:2 day:2026-11-22") == ["call.log", "contact.add"]
    assert verbs(shell, "day:2026-11-23 -entity:agent") == ["contact.edit"]
    assert verbs(shell, "to:2026-11-21") == []


def test_words_of_a_history_are_of_the_person_the_note_the_reason(shell: Shell) -> None:
    of_two_people(shell)
    assert verbs(shell, "farhad") == ["contact.edit", "call.log", "contact.add"]
    assert verbs(shell, "1122") == ["contact.edit", "call.log", "contact.add"]
    assert verbs(shell, "catalog") == ["call.log"]
    assert verbs(shell, "pumps") == ["followup.add"]
    assert verbs(shell, "tejarat agent:sara") == ["call.log", "contact.add"]
    assert verbs(shell, "nowhere") == []


def test_what_was_done_to_deleted_and_merged_people_is_found(shell: Shell) -> None:
    of_two_people(shell)
    shell.ok("contact", "delete", "contact:2")
    assert verbs(shell, "farhad")[0] == "contact.delete"
    shell.ok("contact", "restore", "contact:2")
    shell.ok("contact", "merge", "contact:1", "contact:2")
    assert verbs(shell, "contact:contact:2").count("contact.add") == 2


def test_a_filter_narrows_a_records_history_ones_own_and_the_lines_for_people(shell: Shell) -> None:
    of_two_people(shell)
    assert verbs(shell, "verb:contact.edit", "contact:1") == ["contact.edit"]
    assert verbs(shell, "entity:contact", "--mine") == ["contact.edit"]
    (line,) = shell.ok("history", "contact:2", "--where", "entity:call").out.splitlines()[:1]
    assert "wants the catalogue" in line
    (line,) = shell.ok("history", "--mine", "--where", "entity:contact").out.splitlines()
    assert line.endswith("Farhad Pars: company: Nikan → Nikan Tejarat")
    assert shell.ok("history", "--where", "day:2026-11-23 entity:contact").out.splitlines() == [line]


def test_a_filter_of_history_that_says_nothing_is_refused_by_name(shell: Shell) -> None:
    leila(shell)
    for where, named in (("outcome:n", "outcome"), ("verb:jump", "jump"), ("entity:house", "house")):
        refused = shell("history", "--where", where)
        assert refused.code == 5
        assert named in refused.err
        assert refused.out == ""


def test_a_history_in_which_nothing_fits_says_so(shell: Shell) -> None:
    done = shell.ok("history", "--where", "day:2020")
    assert (done.out, done.err) == ("", "Nothing found that was done.\n")


def test_the_pages_of_a_filtered_history_go_on_where_the_last_one_ended(shell: Shell) -> None:
    of_two_people(shell)
    first = shell.ok("history", "--where", "farhad", "--limit", "2")
    number = first.out.splitlines()[1].split()[0]
    rest = shell.ok("history", "--where", "farhad", "--after", number)
    assert rest.err == ""
    assert first.out + rest.out == shell.ok("history", "--where", "farhad").out
    assert shell.ok("history", "--where", "farhad", "--all").out == first.out + rest.out
