"""The rules of the log line about a line as a whole, and the line in an open bar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.domain.lines import LEAK, TEHRAN, codes, context, due, new, read, said
from tuicrm.domain.logline import TicketWish
from tuicrm.domain.logline_rules import subject_of

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
        ("09121234567", True),
        ("+98 912 123 4567", True),
        ("۰۹۱۲۱۲۳۴۵۶۷", True),
        ("123456", False),
    ],
)
def test_a_note_that_is_nothing_but_a_number_or_a_number_and_a_name_is_asked_about(
    note: str, asked: bool
) -> None:
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
