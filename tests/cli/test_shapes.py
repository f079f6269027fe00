"""The JSON of every command has exactly the promised keys."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.shell import Shell

CONTACT = """id name company phones emails tags fields do_not_call owner last_call_at open_tickets next_follow_up
created_at updated_at deleted_at merged_into cadence_days touch_days touch_at"""
CALL = """id action_id contact agent channel direction outcome topic note started_at duration_s talk_s wrap_s
follow_up ticket tags score process_version deleted_at"""
FOLLOW_UP = """id contact reason due_on due_at first_due_on first_due_at zone assignee state attempt attempts_max
recurrence note alarm_minutes remind_at closed_at closed_reason call_id"""
TICKET = """id subject contact kind priority status category assignee tags created_at resolved_at response_due_at
resolution_due_at reopened merged_into"""
CHANGE = "seq action_id at agent via verb entity id before after"
REPORT = """import_id file format encoding read added updated unchanged skipped refused kept_as_field
photos_skipped duplicates dry_run joined worklist"""


def keys(shape: Any) -> set[str]:
    return set(shape)


@pytest.fixture
def busy(leila: Shell) -> Shell:
    """Leila has a call with all that one line can set in motion."""
    leila.ok("contact", "edit", "1", "--email", "leila@example.com", "--tag", "vip", "--field", "city=Shiraz")
    leila.ok("log", "leila", "-9:05 =3:05 boiler dead, E1 .f /th /tom9 #urgent")
    return leila


def test_contact(busy: Shell) -> None:
    [found] = busy.json("find", "leila")
    for shape in (
        found,
        busy.json("contact", "list")[0],
        busy.json("contact", "edit", "1", "--company", "Pars"),
    ):
        assert keys(shape) == set(CONTACT.split())
    assert found["phones"] == [
        {"raw": "09121234567", "e164": "+989121234567", "ext": "", "label": "", "valid": True}
    ]
    assert found["emails"] == [{"address": "leila@example.com", "label": ""}]
    assert (found["tags"], found["fields"]) == (["vip", "urgent"], {"city": "Shiraz"})
    assert found["next_follow_up"] == {"due_on": "2026-11-23", "due_at": "2026-11-23T09:00:00+03:30"}
    assert (found["open_tickets"], found["do_not_call"]) == (1, False)
    assert found["last_call_at"] == "2026-11-22T09:05:00+03:30"


def test_a_card_has_its_calls_promises_and_tickets_too(busy: Shell) -> None:
    card = busy.json("contact", "show", "leila")
    assert keys(card) == {
        *CONTACT.split(),
        *("note", "private_note", "last_spoke_at", "merged", "calls", "follow_ups", "tickets"),
    }
    assert keys(card["calls"][0]) == set(CALL.split())
    assert keys(card["follow_ups"][0]) == set(FOLLOW_UP.split())
    assert keys(card["tickets"][0]) == set(TICKET.split())


def test_call(busy: Shell) -> None:
    [call] = busy.json("call", "list")
    assert call == busy.json("call", "show", "1")
    assert keys(call) == set(CALL.split())
    assert call["contact"] == {"id": 1, "name": "Leila Karimi"}
    assert call["started_at"] == "2026-11-22T09:05:00+03:30"
    assert (call["duration_s"], call["direction"], call["channel"], call["tags"]) == (
        185,
        "out",
        "call",
        ["urgent"],
    )
    assert call["follow_up"] == {
        "id": 1,
        "due_on": "2026-11-23",
        "due_at": "2026-11-23T09:00:00+03:30",
        "assignee": "sara",
    }
    assert call["ticket"] == {"id": 1, "subject": "boiler dead", "priority": "high", "status": "open"}


def test_follow_up(busy: Shell) -> None:
    [promise] = busy.json("followup", "list")
    assert keys(promise) == set(FOLLOW_UP.split())
    assert (promise["due_on"], promise["due_at"]) == ("2026-11-23", "2026-11-23T09:00:00+03:30")
    assert (promise["state"], promise["attempt"], promise["zone"]) == ("open", 1, "Asia/Tehran")


def test_a_day_without_a_time_has_no_due_at(leila: Shell) -> None:
    call = leila.json("log", "leila", "price list sent /2d")
    assert (call["follow_up"]["due_on"], call["follow_up"]["due_at"]) == ("2026-11-24", None)


def test_changes(busy: Shell) -> None:
    changes = busy.json("history", "contact:1")
    assert all(keys(change) == set(CHANGE.split()) for change in changes)
    own = [change for change in changes if change["entity"] == "contact"]
    assert [change["verb"] for change in own] == ["call.log", "contact.edit", "contact.add"]
    assert own[-1]["before"] is None
    assert (own[1]["before"]["tags"], own[1]["after"]["tags"]) == ([], ["vip"])
    # what belongs to the contact is told too
    assert {change["entity"] for change in changes} >= {"contact", "call"}


def test_undo_and_redo(busy: Shell) -> None:
    for verb in ("undo", "redo"):
        done = busy.json(verb)
        assert keys(done) == {"action_id", "verb", "at", "records", "left"}
        assert {"entity": "call", "id": 1} in done["records"]
    assert keys(busy.json("undo", "--list")[0]) == {"action_id", "verb", "at", "records", "left"}


def test_agent(busy: Shell) -> None:
    shape = {"handle": "reza", "name": "Reza", "zone": "Asia/Tehran", "role": "agent", "active": True}
    assert busy.json("agent", "add", "reza", "--name", "Reza", "--zone", "Asia/Tehran") == shape
    assert busy.json("agent", "edit", "@reza", "--role", "supervisor") == shape | {"role": "supervisor"}
    assert busy.json("agent", "off", "reza") == shape | {"role": "supervisor", "active": False}
    assert [keys(agent) for agent in busy.json("agent", "list")] == [set(shape)] * 2


def test_process(busy: Shell) -> None:
    shown = busy.json("process", "show")
    assert {"version", "text", "outcomes", "topics"} <= keys(shown)
    assert shown["version"] == 1
    assert busy.json("process", "check", "-", text=shown["text"]) == {"ok": True, "problems": []}
    applied = busy.json("process", "apply", "-", "--yes", text=shown["text"] + "\n# more\n")
    assert keys(applied) == {"version", "diff", "moved"}
    assert (applied["version"], "+# more" in applied["diff"]) == (2, True)


def test_import_report(busy: Shell) -> None:
    report = busy.json("import", "-", text="name,phone\nGeorge Webb,020 7946 0018\n,\n,,,\n")
    assert keys(report) == set(REPORT.split())
    assert (report["read"], report["added"], report["format"]) == (1, 1, "csv")


def test_telephone(busy: Shell) -> None:
    ringing = busy.json("call", "ring", "--id", "77", "--number", "+98 912 123 4567")
    assert keys(ringing) == {"id", "state", "contact", "matches"}
    assert (ringing["id"], ringing["contact"]) == ("77", {"id": 1, "name": "Leila Karimi"})
    assert busy.json("call", "ring", "--id", "78", "--number", "0999")["contact"] is None


def test_lists_are_one_array_and_no_rows_are_an_empty_one(shell: Shell) -> None:
    for verb in (
        ["contact", "list"],
        ["call", "list"],
        ["followup", "list"],
        ["followup", "due"],
        ["find", "x"],
    ):
        done = shell.ok(*verb, "--json")
        assert (done.data, done.err, done.out[-1]) == ([], "", "\n")


def test_no_sign_that_a_terminal_obeys_leaves_in_json(leila: Shell) -> None:
    leila.ok("contact", "edit", "1", "--field", "k=a\x1b[31mb\x9b2Jc\u202ed")
    done = leila.ok("contact", "show", "1", "--json")
    assert not set(done.out) & set("\x1b\x9b\u202e\x7f")
