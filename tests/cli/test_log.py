"""``tuicrm log``: the examples and rules of the log line, from the shell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.shell import Shell

EXAMPLES: list[tuple[str, dict[str, Any]]] = [
    ("price list sent /2d", {"note": "price list sent", "due_on": "2026-11-24"}),
    ("/n", {"outcome": "no_answer", "due_on": "2026-11-23"}),
    ("/n /-", {"outcome": "no_answer", "due_on": None}),
    ("boiler dead, E1 /th", {"note": "boiler dead, E1", "ticket": ("boiler dead", "high")}),
    (
        "boiler dead .f/th/sat10",
        {"due_at": "2026-11-28T10:00:00+03:30", "ticket": ("boiler dead", "high"), "topic": "fault"},
    ),
    (
        "-9.05 =3:05 quote 2 radiators /2d",
        {
            "started_at": "2026-11-22T09:05:00+03:30",
            "duration_s": 185,
            "topic": "quote",
            "due_on": "2026-11-24",
        },
    ),
    ("wants 10 boxes @reza /tom9", {"due_at": "2026-11-23T09:00:00+03:30", "assignee": "reza"}),
    ("wants /sat 10 boxes", {"note": "wants /sat 10 boxes", "due_on": None}),
    ("50/50 deal, -5% off", {"note": "50/50 deal, -5% off"}),
    ("ring back /9", {"due_at": "2026-11-23T09:00:00+03:30"}),
    ("قیمت فرستادم /فردا", {"note": "قیمت فرستادم", "due_on": "2026-11-23"}),
    ("قیمت فرستادم /۲ی", {"note": "قیمت فرستادم", "due_on": "2026-11-24"}),
    ("no one home //zz", {"note": "no one home /zz"}),
    ("asked for catalogue #vip", {"note": "asked for catalogue", "tags": ["vip"]}),
    ("/in /sms thanks", {"direction": "in", "channel": "sms", "note": "thanks"}),
]


@pytest.fixture
def known(leila: Shell) -> Shell:
    """Leila, and a colleague to hand things to."""
    leila.ok("agent", "add", "reza")
    return leila


@pytest.mark.parametrize(("line", "expected"), EXAMPLES, ids=[line for line, _ in EXAMPLES])
def test_example(known: Shell, line: str, expected: dict[str, Any]) -> None:
    call = known.json("log", "leila", line)
    promise, ticket = call["follow_up"] or {}, call["ticket"] or {}
    found = call | {key: promise.get(key) for key in ("due_on", "due_at", "assignee")}
    found["ticket"] = (ticket["subject"], ticket["priority"]) if ticket else None
    assert {key: found[key] for key in expected} == expected
    if "outcome" not in expected:
        assert call["outcome"] == "connected"
    if "ticket" not in expected:
        assert call["ticket"] is None


def test_a_line_is_the_same_in_one_argument_or_in_many(known: Shell) -> None:
    one = known.json("log", "leila", "-9:05 =3:05 quote 2 radiators /2d")
    many = known.json("log", "leila", "-9:05", "=3:05", "quote", "2", "radiators", "/2d")
    for key in ("note", "started_at", "duration_s", "topic"):
        assert one[key] == many[key]


def test_tickets_are_commented_and_resolved_by_number_and_as_the_only_one(known: Shell) -> None:
    known.ok("log", "leila", "boiler dead /t")
    on_it = known.json("log", "leila", "part arrived /t1 /sat 10")
    assert (on_it["ticket"]["id"], on_it["follow_up"]["due_at"]) == (1, "2026-11-28T10:00:00+03:30")
    done = known.json("log", "leila", "fixed, thanks /x")
    assert (done["ticket"]["id"], done["note"]) == (1, "fixed, thanks")
    assert known.json("contact", "show", "1")["tickets"][0]["category"] == "resolved"


def test_everything_behind_two_dashes_is_the_line(known: Shell) -> None:
    done = known.ok("--json", "log", "leila", "--", "said", "--really", "twice")
    assert done.data["note"] == "said --really twice"


def test_an_unknown_option_inside_the_line_is_refused_and_nothing_is_saved(known: Shell) -> None:
    done = known("log", "leila", "said", "--twice")
    assert (done.code, "--twice" in done.err) == (2, True)
    assert known.json("call", "list") == []


@pytest.mark.parametrize("args", [(), ("--file", "-")])
def test_one_line_is_read_from_standard_input(known: Shell, args: tuple[str, ...]) -> None:
    assert known.json("log", "leila", *args, text="price list sent /2d\n")["note"] == "price list sent"


def test_several_lines_on_standard_input_are_refused(known: Shell) -> None:
    done = known("log", "leila", text="one\ntwo\n")
    assert (done.code, known.json("call", "list")) == (2, [])


def test_an_empty_pipe_is_no_call(known: Shell) -> None:
    assert known("log", "leila", text="\n").code == 5
    assert known.json("call", "list") == []


def test_when_it_was_may_have_its_unit_spelt_out_behind_a_blank(known: Shell) -> None:
    done = known.ok("log", "leila", "price", "list", "-2", "days")
    assert "Fri 20 Nov at 09:30" in done.out
    assert known.json("call", "list")[0]["note"] == "price list"


def test_a_soft_stop_saves_nothing_unless_told_so(known: Shell) -> None:
    assert known("log", "leila", "no one home /zz").code == 5
    refused = known("log", "leila", "price", "list", "-2", "d")
    assert refused.code == 5
    assert "-2 d" in refused.err
    assert "Perhaps -2d?" in refused.err
    assert known.json("call", "list") == []
    assert known.json("log", "leila", "no one home /zz", "--really")["note"] == "no one home /zz"


@pytest.mark.parametrize("who", ["lelia karimi", "lei karimii", "nobody", "0912123456", "contact:7"])
def test_a_mistyped_who_hits_nobody_and_makes_nobody(known: Shell, who: str) -> None:
    assert known("log", who, "hello").code == 4
    assert known.json("call", "list") == []
    assert len(known.json("contact", "list")) == 1


def test_a_deleted_contact_is_nobody(known: Shell) -> None:
    known.ok("contact", "delete", "1")
    assert known("log", "leila", "hello").code == 4
    assert known("log", "contact:1", "hello").code == 4


def test_new_makes_the_contact_with_its_number_and_one_undo_takes_both_back(known: Shell) -> None:
    call = known.json("log", "--new", "george webb, Webb Ltd 020 7946 0018", "wants a quote")
    assert call["direction"] == "in"
    made = known.json("contact", "show", str(call["contact"]["id"]))
    assert made["name"] == "George Webb"
    known.ok("undo")
    assert known("log", "george", "hello").code == 4
    assert known.json("call", "list") == []


def test_new_takes_the_one_who_is_there(known: Shell) -> None:
    assert known.json("log", "--new", "leila karimi", "hello")["contact"]["id"] == 1


def test_a_number_finds_its_owner_however_it_is_written(known: Shell) -> None:
    for who in ("09121234567", "+98 912 123 4567", "00989121234567", "۰۹۱۲۱۲۳۴۵۶۷"):
        assert known.json("log", who, "hello")["contact"]["id"] == 1


def test_who_asked_not_to_be_called_is_logged_only_inbound_or_on_purpose(known: Shell) -> None:
    known.ok("contact", "edit", "1", "--do-not-call")
    assert known("log", "leila", "offered the new pump").code == 7
    assert known.ok("log", "leila", "rang us /in").code == 0
    assert known.ok("log", "leila", "offered it all the same", "--really").code == 0
    assert len(known.json("call", "list")) == 2


def test_what_was_saved_is_told_in_words(known: Shell) -> None:
    said = known.ok("log", "leila", "boiler dead, E1 /th /2d").out
    assert said.splitlines() == [
        "Leila Karimi: connected, boiler dead, E1",
        "Follow-up Tue 2026-11-24.",
        "New ticket 1 (high): boiler dead",
    ]


def test_several_due_follow_ups_are_left_alone_and_said(known: Shell) -> None:
    known.ok("log", "leila", "one /1d")
    known.ok("log", "leila", "two /1d")
    known.set(TUICRM_NOW="2026-11-23T10:00:00+03:30")
    done = known.ok("log", "leila", "spoke to her", "--json")
    assert "followup:1" in done.err
    assert {each["state"] for each in known.json("followup", "list")} == {"open"}


def test_no_answer_moves_the_due_follow_up_and_speaking_closes_it(known: Shell) -> None:
    known.ok("log", "leila", "call back /1h")
    moved = known.json("log", "leila", "/n")["follow_up"]
    assert (moved["id"], moved["due_on"]) == (1, "2026-11-23")
    assert known.json("followup", "list")[0]["attempt"] == 2
    known.set(TUICRM_NOW="2026-11-23T10:00:00+03:30")
    known.ok("log", "leila", "all clear")
    assert known.json("followup", "list", "--state", "open") == []
