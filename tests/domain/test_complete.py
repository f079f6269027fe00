"""What is offered while a line is typed."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.domain.anytext import ANY_TEXT
from tests.domain.lines import LEAK, PROCESS, context, due
from tuicrm.domain.complete import Suggestion, expand_abbreviation, ghost, suggestions
from tuicrm.domain.logline import parse_line
from tuicrm.domain.models import CallTicket

CTX = context()


def offered(text: str, lang: str = "en", cursor: int | None = None) -> list[Suggestion]:
    return suggestions(text, len(text) if cursor is None else cursor, CTX, lang)


def tokens(text: str, lang: str = "en") -> list[str]:
    return [suggestion.text for suggestion in offered(text, lang)]


# --- after a sign -------------------------------------------------------------------------------------------


def test_a_slash_alone_gives_a_short_list_with_keys_and_names() -> None:
    found = {suggestion.text: suggestion.label for suggestion in offered("so /")}
    assert found["/n"] == "no answer"
    assert found["/x"] == LEAK.subject
    assert {"/2d", "/tom", "/-", "/t", "/th", "/sms", "/in", "/s5"} <= set(found)
    assert len(found) <= 32


def test_names_are_in_the_language_asked_for() -> None:
    assert {suggestion.text: suggestion.label for suggestion in offered("/", "fa")}["/n"] == "پاسخ نداد"
    assert {"/فردا", "/۲روز"} <= set(tokens("/", "fa"))
    assert tokens("=", "fa") == ["=۴"]


@pytest.mark.parametrize(
    ("typed", "token"),
    [
        ("so /no an", "/no_answer"),
        ("so /do not c", "/do_not_call"),
        ("/تماس نگ", "/تماس\u200cنگیرید"),
        ("/wrong numb", "/wrong_number"),
        (".قرار ملا", ".قرار\u200cملاقات"),
    ],
)
def test_a_name_of_several_words_is_offered_behind_its_first_blank_too(typed: str, token: str) -> None:
    (found,) = offered(typed)
    assert found.text == token
    assert parse_line(found.insert, CTX).tokens[-1].kind in ("outcome", "topic")


@pytest.mark.parametrize(
    "typed", ["/n o", "so /sms se", "/no answer came", "so /no ", "no an", "/no #vip an"]
)
def test_ordinary_words_behind_a_token_offer_nothing(typed: str) -> None:
    assert offered(typed) == []


def test_a_point_alone_gives_the_topics_by_key() -> None:
    assert tokens(".")[:2] == [".q", ".o"]


def test_an_at_sign_gives_the_agents() -> None:
    assert tokens("so @") == ["@reza", "@sara"]
    assert tokens("so ٬س") == ["٬sara"]


TAGGED = context(tags=("vip", "complaint", "ویژه", "very important", "Vienna", "2nd"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("so #", ["#vip", "#complaint", "#ویژه", "#Vienna"]),
        ("so #v", ["#vip", "#Vienna"]),
        ("so /2d#VI", ["#vip", "#Vienna"]),
        ("so ٫وي", ["٫ویژه"]),
        ("so ٫رهح", ["٫vip"]),
        ("so #new", []),
        ("so vi", []),
    ],
)
def test_tags_in_use_are_offered_most_used_first_those_that_can_be_typed(
    typed: str, found: list[str]
) -> None:
    offers = suggestions(typed, len(typed), TAGGED)
    assert [one.text for one in offers] == found
    assert all(parse_line(one.insert, TAGGED).tags for one in offers)


def test_an_agent_is_found_by_name_too_and_named_by_the_handle() -> None:
    named = context(agent_names={"sara": "سارا رضایی", "reza": "رضا کیانی"})
    assert [(one.text, one.label) for one in suggestions("so @کی", 6, named, "fa")] == [
        ("@reza", "رضا کیانی")
    ]
    assert [one.text for one in suggestions("so @sa", 6, named)] == ["@sara"]


def test_signs_of_numbers_show_an_example_that_is_not_taken() -> None:
    for text in ("so =", "so -"):
        (example,) = offered(text)
        assert example.example
        assert example.insert == text


@pytest.mark.parametrize("text", ["", "so", "so 5/", "so //", "so //n", "and/or"])
def test_ordinary_words_are_offered_nothing(text: str) -> None:
    assert offered(text) == []


# --- completing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        (".qu", "so .quote"),
        ("/noa", "so /no_answer"),
        ("/no-a", "so /no_answer"),
        ("/vm", "so /vm"),
        ("/tomo", "so /tomorrow"),
        ("/شنب", "so /شنبه"),
        ("/پیام‌گ", "so /پیام‌گیر"),
        ("/دخش", "so /no_answer"),
        ("@sa", "so @sara"),
        (".q/th/noa", "so .q/th/no_answer"),
        ("/t1", "so /t12"),
        ("/th", "so /th"),
        ("/SM", "so /sms"),
    ],
)
def test_what_begins_like_it_is_taken_whole(typed: str, first: str) -> None:
    found = offered(f"so {typed}")[0]
    assert (found.insert, found.cursor) == (first, len(first))


def test_every_offer_can_be_read() -> None:
    for lang in ("en", "fa"):
        for text in ("/", ".", "@", "/t", "/s", "/خ", ".پ", "/c"):
            for suggestion in suggestions(text, len(text), CTX, lang):
                draft = parse_line(f"so {suggestion.text}", CTX)
                assert draft.problems == (), suggestion.text


def test_a_day_says_which_day_it_is() -> None:
    assert offered("/tom")[0].due == due("2026-11-23")


def test_what_stands_behind_the_cursor_stays() -> None:
    found = offered("/noa and more", cursor=4)[0]
    assert found.insert == "/no_answer and more"
    assert found.cursor == len("/no_answer")


def test_with_several_open_tickets_each_is_named() -> None:
    two = context(open_tickets=(LEAK, CallTicket(14, "pump", "high", "open")))
    found = {suggestion.text: suggestion.label for suggestion in suggestions("/x", 2, two)}
    assert found == {"/x12": "leaking seal", "/x14": "pump"}


# --- notes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("price l", "ower than last year"),
        ("Price list", " sent"),
        ("/n price lo", "wer than last year"),
        ("price lower than last year", ""),
        ("p", ""),
        ("price l /n", ""),
        ("لیست قیمت", " ارسال شد"),
        ("ليست", " قیمت ارسال شد"),
        ("pump", " is loud"),
    ],
)
def test_ghost_text_is_the_rest_of_the_latest_note_that_begins_so_else_a_snippet(
    text: str, rest: str
) -> None:
    earlier = ("price lower than last year", "price list of pumps", "pump is loud\nsecond line")
    assert ghost(text, CTX, earlier if "list" not in text.casefold() else ()) == rest


def test_the_latest_note_comes_first() -> None:
    assert ghost("price", CTX, ("price a", "price b")) == " a"


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("call tmrw", "call tomorrow"),
        ("Tmrw", "Tomorrow"),
        ("send لیق", "send لیست قیمت"),
        ("call tmrws", "call tmrws"),
        ("call tmrw ", "call tmrw "),
        ("", ""),
    ],
)
def test_an_abbreviation_grows_when_a_space_follows(text: str, long: str) -> None:
    assert expand_abbreviation(text, PROCESS) == long


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_can_be_completed(text: str, note: str) -> None:
    for cursor in range(len(text) + 1):
        suggestions(text, cursor, CTX)
    ghost(text, CTX, (note,))
    expand_abbreviation(text, PROCESS)
