"""The log line: the examples of its description, one case each, and its rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.domain.lines import LEAK, NOW, TEHRAN, codes, context, due, read
from tuicrm.domain.logline import TicketWish
from tuicrm.domain.logline_rules import subject_of
from tuicrm.domain.models import CallTicket
from tuicrm.domain.tokens import LineDraft

PUMP = CallTicket(14, "pump", "high", "open")


def said(draft: LineDraft) -> dict[str, Any]:
    """Everything a draft says; what it leaves open is left out."""
    names = [name for name in draft.__match_args__ if name not in ("line", "tokens", "problems")]
    return {name: getattr(draft, name) for name in names if getattr(draft, name) not in (None, "", (), False)}


def new(priority: str) -> tuple[TicketWish, ...]:
    return (TicketWish("new", priority=priority),)


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


# --- rule 3: wrong values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "problems", "choices"),
    [
        ("so /31feb", ["when_no_such_day!"], ()),
        ("so /5m", ["when_minutes_few!"], ()),
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


# --- rule 5: the same kind twice ----------------------------------------------------------------------------


def test_of_the_same_kind_the_last_wins_whole_and_the_other_is_marked() -> None:
    draft = read("so /sat 10 /tom .q .f /n /b")
    assert said(draft) == {
        "note": "so",
        "due": due("2026-11-23"),
        "topic": "fault",
        "topic_from": "given",
        "outcome": "busy",
    }
    assert [token.active for token in draft.tokens] == [False, True, False, True, False, True]


def test_no_follow_up_and_a_follow_up_are_one_kind() -> None:
    assert read("so /2d /-").no_follow_up
    assert read("so /2d /-").due is None
    assert not read("so /- /2d").no_follow_up


@pytest.mark.parametrize(
    ("line", "wishes"),
    [
        ("so /t /th", new("high")),
        ("so /t12 /th", new("high")),
        ("so /th /t12", (TicketWish("belongs", 12),)),
        ("so /x12 /t", (*new("normal"), TicketWish("resolve", 12))),
        ("so /t /x12", (*new("normal"), TicketWish("resolve", 12))),
        ("so /t12 /x9", (TicketWish("resolve", 9),)),
    ],
)
def test_tickets_are_one_kind_except_a_resolved_one_beside_a_new_one(
    line: str, wishes: tuple[TicketWish, ...]
) -> None:
    assert read(line).tickets == wishes


def test_all_tags_count_each_once() -> None:
    assert read("so #vip #north #VIP").tags == ("vip", "north")


# --- rule 6: the topic --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "facts", "topic", "source"),
    [
        ("quote 2 radiators .f", {}, "fault", "given"),
        ("quote 2 radiators", {"follow_up_topic": "contract"}, "contract", "follow_up"),
        ("quote 2 radiators", {}, "quote", "guessed"),
        ("quotes 2 radiators", {}, None, None),
        ("پیشفاکتور فرستادم", {}, "quote", "guessed"),
        ("پیش فاکتور فرستادم", {}, "quote", "guessed"),
        ("pump is loud", {"learnt_topics": {"pump": "fault"}}, "fault", "guessed"),
        ("quote pump", {"learnt_topics": {"quote pump": "fault"}}, "quote", "guessed"),
        ("pump is loud", {"learnt_topics": {"pump": "gone"}}, None, None),
    ],
)
def test_a_topic_is_given_or_taken_over_or_guessed(
    line: str, facts: dict[str, Any], topic: str | None, source: str | None
) -> None:
    draft = read(line, **facts)
    assert (draft.topic, draft.topic_from) == (topic, source)
    assert draft.topic_guessed == (source == "guessed")


# --- rule 7 and 9 -------------------------------------------------------------------------------------------


def test_a_bare_weekday_is_never_today() -> None:
    assert read("so /sun").due == due("2026-11-29")


def test_months_are_jalali_when_written_in_persian_or_with_an_early_year() -> None:
    assert read("so /12-01").due == due("2027-01-12")
    assert read("so /۱۲-۰۹").due == due("2026-12-03")
    assert read("so /1405-09-12").due == due("2026-12-03")


def test_times_are_those_of_the_agents_zone() -> None:
    assert read("so -9:00").started_at == datetime(2026, 11, 22, 9, tzinfo=TEHRAN)


# --- the open bar -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("n", "no_answer"),
        (" n ", "no_answer"),
        ("د", "no_answer"),
        ("No answer", "no_answer"),
        ("busy", "busy"),
        ("مشغول", "busy"),
        ("پاسخ نداد", "no_answer"),
        ("r", "refused"),
        ("engaged", None),
        ("no", None),
    ],
)
def test_a_line_that_is_nothing_but_an_outcome_is_that_outcome(line: str, outcome: str | None) -> None:
    draft = read(line, bar_open=True)
    assert draft.outcome == outcome
    assert draft.note == ("" if outcome else line)


def test_a_backslash_keeps_a_bare_outcome_as_the_note() -> None:
    assert said(read("\\n", bar_open=True)) == {"note": "n"}


def test_an_outcome_without_its_sign_beside_tokens_is_asked_about() -> None:
    draft = read("n /2d", bar_open=True)
    assert codes(draft) == ["bare_outcome"]
    assert draft.problems[0].choices == ("/n",)
    assert codes(read("n /2d")) == []
    assert codes(read("n /b", bar_open=True)) == []


# --- the note -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("09121234567 sara karimi", True),
        ("سارا کریمی ۰۹۱۲۱۲۳۴۵۶۷", True),
        ("leila 0912 123 4567", True),
        ("new mobile 09121234567", False),
        ("موبایل ۰۹۱۲۱۲۳۴۵۶۷", False),
        ("call sara tomorrow morning at nine 09121234567", False),
        ("paid 1200 of 3400", False),
        ("09121234567", False),
    ],
)
def test_a_note_that_is_a_name_and_a_number_is_asked_about(note: str, asked: bool) -> None:
    draft = read(note)
    assert draft.note == note
    assert ("note_is_who" in codes(draft)) == asked


@pytest.mark.parametrize(
    ("note", "subject"),
    [
        ("boiler dead, E1", "boiler dead"),
        ("دیگ خراب است، خطای E1", "دیگ خراب است"),
        ("pump leaks. twice", "pump leaks"),
        ("pump v2.5 leaks; again", "pump v2.5 leaks"),
        ("pump - again", "pump"),
        ("1,000 boxes lost, two broken", "1,000 boxes lost"),
        ("www.example.com down", "www.example.com down"),
        (", so what", "so what"),
        (" ,.; ", ""),
    ],
)
def test_a_tickets_subject_is_the_first_clause(note: str, subject: str) -> None:
    assert subject_of(note) == subject


def test_other_contacts_tickets_are_unknown_here() -> None:
    assert codes(read("so /t12", tickets={}, open_tickets=())) == ["ticket_not_theirs!"]
    assert context().tickets[12] is LEAK
