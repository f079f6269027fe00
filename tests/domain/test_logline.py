"""The log line: the examples of its description, one case each, and its rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.lines import LEAK, NOW, codes, due, new, read, said
from tuicrm.domain.logline import TicketWish
from tuicrm.domain.models import CallTicket

PUMP = CallTicket(14, "pump", "high", "open")


# --- the examples ---------------------------------------------------------------------------------------------

EXAMPLES: list[tuple[str, dict[str, Any]]] = [
    ("price list sent /2d", {"note": "price list sent", "due": due("2026-11-24")}),
    ("/n", {"outcome": "no_answer"}),
    ("/n /-", {"outcome": "no_answer", "no_follow_up": True}),
    ("boiler dead, E1 /th", {"note": "boiler dead, E1", "tickets": new("high")}),
    (
        "boiler dead .f/th/sat10",
        {
            "note": "boiler dead",
            "due": due("2026-11-28 10:00"),
            "tickets": new("high"),
            "topic": "fault",
            "topic_from": "given",
        },
    ),
    (
        "part arrived /t12 /sat 10",
        {"note": "part arrived", "due": due("2026-11-28 10:00"), "tickets": (TicketWish("belongs", 12),)},
    ),
    ("fixed, thanks /x", {"note": "fixed, thanks", "tickets": (TicketWish("resolve", 12),)}),
    (
        "-9.05 =3:05 quote 2 radiators /2d",
        {
            "note": "quote 2 radiators",
            "due": due("2026-11-24"),
            "started_at": NOW.replace(hour=9, minute=5),
            "duration_s": 185,
            "topic": "quote",
            "topic_from": "guessed",
        },
    ),
    (
        "wants 10 boxes @sara /tom9",
        {"note": "wants 10 boxes", "due": due("2026-11-23 09:00"), "assignee": "sara"},
    ),
    ("wants /sat 10 boxes", {"note": "wants /sat 10 boxes"}),
    ("50/50 deal, -5% off", {"note": "50/50 deal, -5% off"}),
    ("ring back /9", {"note": "ring back", "due": due("2026-11-23 09:00")}),
    ("قیمت فرستادم /فردا", {"note": "قیمت فرستادم", "due": due("2026-11-23")}),
    ("قیمت فرستادم /۲ی", {"note": "قیمت فرستادم", "due": due("2026-11-24")}),
]


@pytest.mark.parametrize(("line", "expected"), EXAMPLES, ids=[line for line, _ in EXAMPLES])
def test_an_example_says_exactly_this(line: str, expected: dict[str, Any]) -> None:
    draft = read(line)
    assert said(draft) == expected
    assert codes(draft) == []


def test_the_outcomes_key_alone_is_the_outcome_in_an_open_bar() -> None:
    assert said(read("n", bar_open=True)) == {"outcome": "no_answer"}
    assert said(read("n")) == {"note": "n"}


def test_a_word_that_means_nothing_is_a_soft_stop_and_stays_in_the_note() -> None:
    draft = read("no one home /zz")
    assert said(draft) == {"note": "no one home /zz"}
    (problem,) = draft.soft
    assert (problem.code, problem.params["token"], problem.start, problem.end) == (
        "no_meaning",
        "/zz",
        12,
        15,
    )
    assert draft.hard == ()


# --- tokens -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("/noa", {"outcome": "no_answer"}),
        ("/no-answer", {"outcome": "no_answer"}),
        ("/N", {"outcome": "no_answer"}),
        ("/cb", {"outcome": "callback"}),
        ("/پیام‌گیر", {"outcome": "voicemail"}),
        ("/پیامگیر", {"outcome": "voicemail"}),
        ("/3wd", {"due": due("2026-11-25")}),
        ("/4wd", {"due": due("2026-11-28")}),
        ("/0d", {"due": due("2026-11-22")}),
        ("/4h", {"due": due("2026-11-22 13:30")}),
        ("/1mo", {"due": due("2026-12-22")}),
        ("/2d9:30", {"due": due("2026-11-24 09:30")}),
        ("/sat10.30", {"due": due("2026-11-28 10:30")}),
        ("/17", {"due": due("2026-11-22 17:00")}),
        ("/5pm", {"due": due("2026-11-22 17:00")}),
        ("/eve", {"due": due("2026-11-22 17:00")}),
        ("/1dec", {"due": due("2026-12-01")}),
        ("/2026-12-01", {"due": due("2026-12-01")}),
        ("/1405-09-12", {"due": due("2026-12-03")}),
        ("/friday", {"due": due("2026-11-27")}),
        ("/شن", {"due": due("2026-11-28")}),
        ("/سه‌شنبه", {"due": due("2026-11-24")}),
        ("/سهشنبه", {"due": due("2026-11-24")}),
        ("/شنبه۱۰", {"due": due("2026-11-28 10:00")}),
        ("/پس‌فردا", {"due": due("2026-11-24")}),
        ("/t12", {"tickets": (TicketWish("belongs", 12),)}),
        ("/t۱۲", {"tickets": (TicketWish("belongs", 12),)}),
        ("/to", {"tickets": (TicketWish("belongs", 12),)}),
        ("/x12", {"tickets": (TicketWish("resolve", 12),)}),
        ("/x9", {"tickets": (TicketWish("resolve", 9),)}),
        ("/tp12", {"tickets": (TicketWish("status", 12, status="waiting_parts"),)}),
        ("/tp", {"tickets": (TicketWish("status", 12, status="waiting_parts"),)}),
        ("/in", {"direction": "in"}),
        ("/out", {"direction": "out"}),
        ("/sms", {"channel": "sms"}),
        ("/پیامک", {"channel": "sms"}),
        (".q", {"topic": "quote", "topic_from": "given"}),
        (".quo", {"topic": "quote", "topic_from": "given"}),
        (".ض", {"topic": "quote", "topic_from": "given"}),
        (".پیش‌فاکتور", {"topic": "quote", "topic_from": "given"}),
        ("-9:20", {"started_at": NOW.replace(minute=20)}),
        ("-920", {"started_at": NOW.replace(minute=20)}),
        ("-30m", {"started_at": NOW - timedelta(minutes=30)}),
        ("-1d9.40", {"started_at": NOW - timedelta(hours=23, minutes=50)}),
        ("-11:00", {"started_at": NOW - timedelta(hours=22, minutes=30)}),
        ("=4", {"duration_s": 240}),
        ("=3:40", {"duration_s": 220}),
        ("=1:02:00", {"duration_s": 3720}),
        ("#vip", {"tags": ("vip",)}),
        ("٫vip", {"tags": ("vip",)}),
        ("#مهم", {"tags": ("مهم",)}),
        ("/s5", {"score": 5}),
        ("/s10", {"score": 10}),
        ("@sara", {"assignee": "sara"}),
        ("@Sara", {"assignee": "sara"}),
        ("٬sara", {"assignee": "sara"}),
        ("٬سشقش", {"assignee": "sara"}),
    ],
)
def test_a_token_at_either_end_means_its_value_alone(word: str, expected: dict[str, Any]) -> None:
    assert said(read(f"wants two {word}")) == {"note": "wants two"} | expected
    assert said(read(f"{word} wants two")) == {"note": "wants two"} | expected


def test_every_token_has_its_place_kind_and_meaning() -> None:
    draft = read("boiler dead .f/th/sat 10")
    found = [(draft.line[token.start : token.end], token.kind, token.meaning) for token in draft.tokens]
    assert found == [
        (".f", "topic", "fault"),
        ("/th", "ticket", "new high"),
        ("/sat 10", "due", "2026-11-28 10:00"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "boxes #12",
        "well ...",
        "mail bob@x.com",
        "a / b",
        "cost -",
        "5 = 5",
        "ok :-)",
        "half .5",
        "C:\\temp",
        "see //",
    ],
)
def test_a_sign_that_begins_nothing_is_text(line: str) -> None:
    draft = read(line)
    assert draft.note == line
    assert draft.problems == ()
    assert draft.tokens == ()


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("press //n", "press /n"),
        ("press \\/n", "press /n"),
        ("//n was pressed", "/n was pressed"),
        ("press ///n", "press //n"),
        ("see ..q", "see .q"),
        ("press //zz", "press /zz"),
        ("press //n twice", "press //n twice"),
        ("press //sat 10", "press /sat 10"),
        ("//n //v both", "/n /v both"),
    ],
)
def test_a_doubled_sign_or_a_backslash_at_an_end_is_the_literal(line: str, note: str) -> None:
    draft = read(line)
    assert said(draft) == {"note": note}
    assert draft.problems == ()


def test_a_chained_word_counts_only_if_every_part_says_something() -> None:
    assert said(read("ok .q/2d/th"))["due"] == due("2026-11-24")
    draft = read("ok .q/zz")
    assert draft.note == "ok .q/zz"
    assert codes(draft) == ["no_meaning"]


def test_signs_of_dates_and_of_nothing_can_stand_in_a_chain() -> None:
    assert said(read("so /n/-")) == {"note": "so", "outcome": "no_answer", "no_follow_up": True}
    assert said(read("so /n-9:05"))["started_at"] == NOW.replace(minute=5)
    assert said(read("so /2026-12-01.q"))["due"] == due("2026-12-01")


def test_a_word_that_means_nothing_hides_no_token_behind_it() -> None:
    draft = read("no one home /2d /zz")
    assert said(draft) == {"note": "no one home /zz", "due": due("2026-11-24")}
    assert codes(draft) == ["no_meaning"]


# --- rule 1: precedence -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "kind", "meaning"),
    [
        ("/th", "ticket", "new high"),
        ("/thu", "due", "2026-11-26"),
        ("/in", "direction", "in"),
        ("/b", "outcome", "busy"),
        ("/call", "channel", "call"),
        ("/wrong", "outcome", "wrong_number"),
        ("/sat", "due", "2026-11-28"),
        ("/wr", "outcome", "wrong_number"),
        ("/د", "outcome", "no_answer"),
        ("/فا", "ticket", "new high"),
    ],
)
def test_the_first_that_fits_in_the_order_of_precedence_wins(word: str, kind: str, meaning: str) -> None:
    (token,) = read(f"so {word}").tokens
    assert (token.kind, token.meaning) == (kind, meaning)


def test_a_beginning_of_several_things_is_asked_about_with_the_choices() -> None:
    (problem,) = read("so /sa").soft
    assert problem.code == "several_meanings"
    assert set(problem.choices) == {"/sale", "/sat"}


def test_one_letter_begins_nothing() -> None:
    assert codes(read("so /q")) == ["no_meaning"]


def test_key_positions_follow_the_layout_of_the_agent() -> None:
    assert read("so /ى", keyboard="ar").outcome == "no_answer"
    assert read("so /ى").outcome is None


def test_an_agent_may_be_named_by_a_name_that_one_alone_has() -> None:
    names = {"sara": "سارا کیانی", "reza": "رضا کیانی"}
    assert read("so @رضا", agent_names=names).assignee == "reza"
    assert codes(read("so @کیانی", agent_names=names)) == ["unknown_agent!"]


# --- rule 3: wrong values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "problems", "choices"),
    [
        ("so /31feb", ["when_no_such_day!"], ()),
        ("so /5m", ["when_minutes_few!"], ("/5mo",)),
        ("so =200", ["when_duration_long!"], ()),
        ("so -10:00", ["when_not_yet!"], ()),
        ("so /t99", ["ticket_not_theirs!"], ("/t12",)),
        ("so /x99", ["ticket_not_theirs!"], ("/x12",)),
        ("so @bob", ["unknown_agent!"], ()),
        ("so @sar", ["unknown_agent!"], ("@sara",)),
        ("/th", ["ticket_no_subject!"], ()),
        (", . /t", ["ticket_no_subject!"], ()),
        ("so /th10", ["ticket_not_day!"], ("/thu10",)),
        ("so /tu9:30", ["ticket_not_day!"], ("/tue9:30",)),
        ("so /th 10", ["ticket_not_day!"], ("/thu10",)),
        ("/th 10 boxes", ["ticket_not_day!"], ("/thu10",)),
        ("so /t 12", ["ticket_number_apart!"], ("/t12",)),
        ("so /x 12", ["ticket_number_apart!"], ("/x12",)),
        ("so /tp 12", ["ticket_number_apart!"], ("/tp12",)),
        ("so /tl 12", ["ticket_takes_no_number!"], ()),
        ("so /s11", ["score_range!"], ()),
        ("so /sat25", ["not_a_time!"], ()),
        ("so /sat 25", ["not_a_time!"], ()),
        ("so .q/x99", ["ticket_not_theirs!"], ("/x12",)),
    ],
)
def test_a_wrong_value_is_refused(line: str, problems: list[str], choices: tuple[str, ...]) -> None:
    draft = read(line)
    assert codes(draft) == problems
    assert draft.problems[0].choices == choices


def test_a_ticket_without_a_number_needs_exactly_one_open_one() -> None:
    for word in ("/x", "/to", "/tp"):
        assert codes(read(f"so {word}", open_tickets=())) == ["no_open_ticket!"]
    (problem,) = read("so /x", open_tickets=(LEAK, PUMP)).hard
    assert (problem.code, problem.choices) == ("several_open_tickets", ("/x12", "/x14"))
    assert codes(read("so /x 12", open_tickets=())) == ["ticket_number_apart!"]


def test_a_problem_names_the_token_and_its_place() -> None:
    (problem,) = read("part arrived /t99 /2d").hard
    assert (problem.params["token"], problem.start, problem.end) == ("/t99", 13, 17)


# --- rule 4: a time apart from its day ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "note", "moment"),
    [
        ("call him /sat 10", "call him", "2026-11-28 10:00"),
        ("call him /sat 10 /n", "call him", "2026-11-28 10:00"),
        ("/sat 10 /n call him", "call him", "2026-11-28 10:00"),
        ("/sat 10:30 call him", "call him", "2026-11-28 10:30"),
        ("/sat 10 boxes", "10 boxes", "2026-11-28"),
        ("/2d 9:30 call him", "call him", "2026-11-24 09:30"),
        ("call him /2d 9:30", "call him", "2026-11-24 09:30"),
        ("call him .q/2d 9", "call him", "2026-11-24 09:00"),
        ("زنگ بزنم /شنبه ۱۰", "زنگ بزنم", "2026-11-28 10:00"),
        ("call him /eve 9", "call him", "2026-11-22 21:00"),
        ("call him /17 9", "call him /17 9", ""),
    ],
)
def test_a_separate_time_counts_with_minutes_at_the_end_or_before_a_token(
    line: str, note: str, moment: str
) -> None:
    draft = read(line)
    assert draft.note == note
    assert draft.due == (due(moment) if moment else None)
