"""``tuicrm contact``, ``agent``, ``undo``, ``process``: what a person changes and takes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell


def test_a_name_or_a_number_is_enough(shell: Shell) -> None:
    assert shell.json("contact", "add", "Leila")["phones"] == []
    assert shell.json("contact", "add", "", "--phone", "09121234567")["name"] == ""


def test_a_shared_number_is_warned_about(leila: Shell) -> None:
    done = leila.ok("contact", "add", "Reza Karimi", "--phone", "+98 912 123 4567", "--json")
    assert (done.data["id"], "contact:1" in done.err) == (2, True)


def test_edit_adds_replaces_and_takes_away(leila: Shell) -> None:
    leila.ok(
        "contact",
        "edit",
        "1",
        "--phone",
        "02188776655",
        "--tag",
        "vip",
        "--tag",
        "north",
        "--field",
        "city=Shiraz",
    )
    edited = leila.json(
        "contact", "edit", "leila", "--no-phone", "+98 912 123 4567", "--untag", "#vip", "--field", "city=",
        "--company", "", "--name", "Leila K.", "--owner", "sara",
    )  # fmt: skip
    assert [phone["raw"] for phone in edited["phones"]] == ["02188776655"]
    assert (edited["tags"], edited["fields"]) == (["north"], {})
    assert (edited["company"], edited["name"], edited["owner"]) == ("", "Leila K.", "sara")


def test_a_note_is_read_from_standard_input(leila: Shell) -> None:
    leila.ok("contact", "edit", "1", "--note", "-", text="first line\nsecond line\n")
    assert leila.json("contact", "show", "1")["note"] == "first line\nsecond line"


def test_deleted_contacts_are_out_of_lists_but_found_by_id(leila: Shell) -> None:
    assert leila.json("contact", "delete", "leila")["deleted_at"]
    assert leila.json("contact", "list") == leila.json("find", "leila") == []
    assert leila.json("contact", "show", "1")["deleted_at"]
    leila.ok("contact", "restore", "1")
    assert [row["id"] for row in leila.json("find", "leila")] == [1]


@pytest.mark.parametrize("json", [(), ("--json",)])
def test_deleting_somebody_says_how_much_was_promised_to_them(leila: Shell, json: tuple[str, ...]) -> None:
    leila.ok("followup", "add", "leila", "mon 9", "offer")
    leila.ok("followup", "add", "leila", "tue 9", "visit")
    done = leila.ok("contact", "delete", "leila", *json)
    assert "2 open follow-ups go too; undo brings them back with the contact." in done.err
    assert leila.json("followup", "list") == []
    leila.ok("undo")
    assert len(leila.json("followup", "list")) == 2
    for each in ("1", "2"):
        leila.ok("followup", "done", each)
    assert leila.ok("contact", "delete", "leila").err == ""


def test_undo_takes_a_whole_line_back_and_redo_does_it_again(leila: Shell) -> None:
    leila.ok("log", "leila", "boiler dead /th /2d")
    said = leila.ok("undo").out
    assert "call:1" in said
    card = leila.json("contact", "show", "1")
    assert (card["calls"], card["follow_ups"], card["tickets"]) == ([], [], [])
    leila.ok("redo")
    card = leila.json("contact", "show", "1")
    assert [len(card[key]) for key in ("calls", "follow_ups", "tickets")] == [1, 1, 1]


def test_undo_is_refused_when_something_came_after(leila: Shell) -> None:
    leila.ok("log", "leila", "boiler dead /th")
    action = leila.json("undo", "--list")[0]["action_id"]
    leila.ok("log", "leila", "fixed /x", "--as", "reza")
    done = leila("undo", str(action), "--json")
    assert (done.code, done.error["code"]) == (6, "conflict")
    assert "reza" in done.error["message"]


def test_a_dry_run_changes_nothing(leila: Shell) -> None:
    leila.ok("undo", "--dry-run")
    assert len(leila.json("contact", "list")) == 1


def test_everybody_undoes_their_own(leila: Shell) -> None:
    leila.ok("contact", "add", "Nadia", "--as", "reza")
    leila.ok("undo")
    assert [row["name"] for row in leila.json("contact", "list")] == ["Nadia"]


def test_another_outcome_says_which_promise_stays(leila: Shell) -> None:
    leila.ok("log", "leila", "/n")
    assert leila.ok("call", "edit", "1", "=3:40").err == ""
    told = leila.ok("call", "edit", "1", "/c").err
    assert told.startswith("What it promised stays: Mon 2026-11-23")
    assert "tuicrm followup done 1 closes it." in told
    leila.ok("followup", "done", "1")
    assert leila.ok("call", "edit", "1", "/v").err == ""


def test_a_call_is_edited_by_tokens_and_note(leila: Shell) -> None:
    leila.ok("log", "leila", "price list sent")
    edited = leila.json("call", "edit", "1", "/v", "=3:40", "-8:15")
    assert (edited["outcome"], edited["duration_s"], edited["note"]) == ("voicemail", 220, "price list sent")
    assert edited["started_at"].startswith("2026-11-22T08:15")
    assert leila.json("call", "edit", "call:1", "--note", "other")["note"] == "other"
    assert leila("call", "edit", "1", "--no-such").code == 2


def test_a_deleted_call_is_out_of_the_list(leila: Shell) -> None:
    leila.ok("log", "leila", "price list sent")
    leila.ok("call", "delete", "1")
    assert leila.json("call", "list") == []
    assert leila.json("call", "show", "1")["deleted_at"]


def test_a_wrong_process_file_is_checked_line_by_line(shell: Shell) -> None:
    done = shell("process", "check", "-", "--json", text='[defaults]\nregion = "Iran"\n')
    assert (done.code, done.err) == (5, "")
    assert not done.data["ok"]
    assert {"line", "message"} == set(done.data["problems"][0])
    assert 2 in [problem["line"] for problem in done.data["problems"]]


def test_a_process_file_made_from_an_older_version_is_refused(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "process.toml"
    file.write_text(shell.ok("process", "show").out, encoding="utf-8")
    shell.ok("process", "apply", "-", "--yes", text=file.read_text(encoding="utf-8") + "\n# one\n")
    done = shell("process", "apply", str(file), "--version", "1", "--yes", "--json")
    assert (done.code, done.error["code"]) == (6, "conflict")
    assert shell("process", "apply", str(file), "--version", "2").code == 2, "nobody can be asked"
    assert shell.json("process", "apply", str(file), "--version", "2", "--yes")["version"] == 3


def test_what_was_shown_can_be_applied_and_changes_nothing(shell: Shell) -> None:
    text = shell.ok("process", "show").out
    assert shell.json("process", "apply", "-", "--yes", text=text) == {"version": 1, "diff": "", "moved": 0}


def test_agents_who_left_are_offered_no_more(leila: Shell) -> None:
    leila.ok("agent", "add", "reza")
    leila.ok("agent", "off", "reza")
    assert leila("log", "leila", "hand over /2d @reza").code == 5
