"""Every refusal leaves with its own code, its own word in JSON, and nothing on standard output."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell

REFUSED = [
    (2, "usage", ["no-such-verb"]),
    (2, "usage", ["contact", "add"]),
    (2, "usage", ["contact", "list", "--limit", "x"]),
    (2, "usage", ["contact", "show", "1", "--no-such-option"]),
    (2, "usage", ["log"]),
    (2, "usage", ["log", "--new"]),
    (2, "usage", ["log", "leila", "hello", "--no-such-option"]),
    (2, "usage", ["log", "leila", "hello", "--db"]),
    (2, "usage", ["find"]),
    (2, "usage", ["find", "x", "--limit", "-3"]),
    (2, "usage", ["followup", "due", "nonsense"]),
    (2, "usage", ["import", "x.csv", "--map", "nonsense"]),
    (2, "usage", []),
    (3, "ambiguous", ["log", "karimi", "hello"]),
    (3, "ambiguous", ["contact", "show", "karimi"]),
    (4, "not_found", ["log", "lelia", "hello"]),
    (4, "not_found", ["log", "contact:99", "hello"]),
    (4, "not_found", ["contact", "show", "99"]),
    (4, "not_found", ["contact", "show", "call:1"]),
    (4, "not_found", ["call", "show", "99"]),
    (4, "not_found", ["call", "edit", "99", "/n"]),
    (4, "not_found", ["history", "nonsense"]),
    (4, "not_found", ["agent", "off", "nobody"]),
    (4, "not_found", ["import", "no-such-file.csv"]),
    (4, "not_found", ["process", "show", "--version", "9"]),
    (4, "not_found", ["redo"]),
    (4, "not_found", ["log", "leila karimi", "--file", "no-such-file"]),
    (5, "invalid", ["log", "leila karimi", "no one home /zz"]),
    (5, "invalid", ["log", "leila karimi", "hello /31feb"]),
    (5, "invalid", ["log", "leila karimi", "hello @nobody"]),
    (5, "invalid", ["log", "leila karimi", "fixed /x"]),
    (5, "invalid", ["log", "leila karimi", ""]),
    (5, "invalid", ["contact", "add", ""]),
    (5, "invalid", ["contact", "add", "x", "--email", "nonsense"]),
    (5, "invalid", ["call", "list", "--from", "nonsense"]),
    (5, "invalid", ["followup", "list", "--state", "nonsense"]),
    (5, "invalid", ["agent", "add", "x", "--zone", "Mars/Olympus"]),
    (5, "invalid", ["export", "nonsense"]),
    (5, "invalid", ["process", "apply", "-", "--yes"]),
    (6, "conflict", ["contact", "add", "Leila Karimi", "--phone", "09121234567", "--if-new"]),
    (6, "conflict", ["agent", "add", "sara"]),
    (7, "not_allowed", ["log", "reza karimi", "hello"]),
]


@pytest.fixture
def company(leila: Shell) -> Shell:
    """Two people named Karimi, one of whom must not be called."""
    leila.ok("contact", "add", "Reza Karimi")
    leila.ok("contact", "edit", "2", "--do-not-call")
    return leila


@pytest.mark.parametrize(("code", "kind", "args"), REFUSED, ids=[" ".join(args) for _, _, args in REFUSED])
def test_refusal(company: Shell, code: int, kind: str, args: list[str]) -> None:
    done = company("--json", *args, text="nonsense = 1")
    assert (done.code, done.out) == (code, ""), done
    assert done.error["code"] == kind
    assert set(done.error) == {"code", "message", "fields", "candidates"}
    assert done.error["message"]
    assert "({" not in done.error["message"]
    said = company(*args, text="nonsense = 1")
    assert (said.code, said.out) == (code, ""), said
    assert said.err.startswith(done.error["message"])


def test_nothing_to_undo(shell: Shell) -> None:
    done = shell("undo", "--json")
    assert (done.code, done.error["code"]) == (4, "not_found")


def test_candidates_tell_namesakes_apart(company: Shell) -> None:
    done = company("log", "karimi", "hello", "--json")
    assert {tuple(each.items()) for each in done.error["candidates"]} == {
        (("id", 1), ("name", "Leila Karimi"), ("company", "Pars Pump Co"), ("phone", "+989121234567")),
        (("id", 2), ("name", "Reza Karimi"), ("company", ""), ("phone", "")),
    }
    said = company("log", "karimi", "hello").err
    assert "contact:1  Leila Karimi  Pars Pump Co" in said


def test_a_near_name_is_offered_but_not_taken(company: Shell) -> None:
    done = company("log", "lelia karimi", "hello", "--json")
    assert (done.code, [each["id"] for each in done.error["candidates"]]) == (4, [1])
    assert company.json("call", "list") == []


def test_a_refused_token_is_named(company: Shell) -> None:
    done = company("log", "leila karimi", "no one home /zz", "--json")
    [field] = done.error["fields"]
    assert (field["field"], field["token"]) == ("line", "/zz")
    assert "//zz" in field["message"]


@pytest.mark.parametrize("place", ["before", "after"])
def test_common_options_stand_before_or_after_the_verb(leila: Shell, place: str) -> None:
    options = ["--json", "--as", "reza", f"--db={leila.database}"]
    leila.set(TUICRM_DB="/nonexistent/x.db", TUICRM_AGENT="nobody")
    for verb in (["log", "leila", "hello"], ["contact", "add", "George Webb"]):
        done = leila.ok(*options, *verb) if place == "before" else leila.ok(*verb, *options)
        assert done.data["id"]
    assert {call["agent"] for call in leila.json("call", "list", f"--db={leila.database}")} == {"reza"}


def test_an_unknown_own_name_is_made_once_and_said(shell: Shell) -> None:
    first = shell.ok("contact", "add", "Leila")
    assert "sara" in first.err
    assert shell.ok("contact", "add", "Reza").err == ""
    assert [agent["handle"] for agent in shell.json("agent", "list")] == ["sara"]


def test_a_clock_that_is_no_instant_is_refused(shell: Shell) -> None:
    shell.set(TUICRM_NOW="yesterday")
    done = shell("find", "x", "--json")
    assert (done.code, done.error["code"]) == (2, "usage")
    assert "yesterday" in done.error["message"]
