"""The filter language: what is read, what is refused and how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuicrm.domain.errors import Invalid
from tuicrm.domain.filter_keys import LISTS, names
from tuicrm.domain.filters import Term, Value, closed, parse, said, with_term


def written(value: Value) -> str:
    return f"{value.text}..{value.last}" if value.sign == ".." else value.sign + value.text


def short(term: Term) -> tuple[str, ...]:
    """A term as its key with ``-`` when it is denied, and its values as they are typed."""
    return (("-" if term.negated else "") + term.key, *(written(value) for value in term.values))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("  \n", []),
        ("leila", [("", "leila")]),
        ("لیلا تهران", [("", "لیلا"), ("", "تهران")]),
        ("Tag:vip -tag:old", [("tag", "vip"), ("-tag", "old")]),
        ('-company:"Pars Pump" x', [("-company", "Pars Pump"), ("", "x")]),
        ('owner:""', [("owner", "")]),
        ('"note: call back"', [("", "note: call back")]),
        ('-"two words"', [("-", "two words")]),
        ("12:30 12,000", [("", "12:30"), ("", "12,000")]),
        ("pars-pump wait...", [("", "pars-pump"), ("", "wait...")]),
        ("from:1405/9/1", [("from", "1405/9/1")]),
        ("outcome:n,busy", [("outcome", "n", "busy")]),
        ("outcome:n،b", [("outcome", "n", "b")]),
        ('company:"Pars, Pump",Atlas', [("company", "Pars, Pump", "Atlas")]),
        ("outcome:n agent:sara outcome:b", [("outcome", "n", "b"), ("agent", "sara")]),
        ("-agent:sara -agent:reza agent:ali", [("-agent", "sara", "reza"), ("agent", "ali")]),
        ("duration:>5m", [("duration", ">5m")]),
        ("duration:<=1:30", [("duration", "<=1:30")]),
        ("duration:5m..10m", [("duration", "5m..10m")]),
        ("day:2026-11-01..2026-11-10", [("day", "2026-11-01..2026-11-10")]),
        ("day:..today", [("day", "..today")]),
        ("day:monday..", [("day", "monday..")]),
        ('day:"last monday".."next friday"', [("day", "last monday..next friday")]),
        ("note:wait..then", [("note", "wait..then")]),
        ("نتیجه:مشغول کارشناس:من", [("outcome", "مشغول"), ("agent", "من")]),
        ("phone:4567", [("number", "4567")]),
    ],
)
def test_a_filter_is_words_and_keys(text: str, terms: list[tuple[str, ...]]) -> None:
    assert [short(term) for term in parse(text, "calls")] == terms


def test_every_list_takes_its_keys_by_their_persian_words() -> None:
    for what, keys in LISTS.items():
        for key in keys:
            assert any(not word.isascii() for word in key.also), (what, key.name)
            for word in key.also:
                assert parse(f'{word}:"1"', what)[0].key == key.name, (what, word)


def test_a_half_space_in_a_persian_key_may_be_left_out() -> None:
    assert parse("پیگیریها:1", "contacts")[0].key == parse("پیگیری‌ها:1", "contacts")[0].key == "followups"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("colour:red", "filter_key"),
        ("http://example.com", "filter_key"),
        ("ownr:sara", "filter_key_near"),
        ("owner:", "filter_value"),
        ("owner:sara,", "filter_value"),
        ("calls:<", "filter_value"),
        ("calls:..", "filter_value"),
        ("-", "filter_value"),
        ('""', "filter_value"),
        ('company:"Pars', "filter_quote"),
        ('company:"Pars"Pump', "filter_quote"),
        ('a"b', "filter_quote"),
        ('"a"b', "filter_quote"),
        ("--agent:sara", "filter_value"),
        ("-(a b)", "filter_value"),
        ("a " * 201, "filter_long"),
        ("tag:" + ",".join("ab" for _ in range(201)), "filter_long"),
    ],
)
def test_what_says_nothing_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(text, "contacts")
    assert refused.value.code == code


def test_the_refusal_of_a_key_names_the_keys_of_that_list() -> None:
    with pytest.raises(Invalid) as refused:
        parse("outcome:busy", "contacts")
    assert refused.value.params == {"key": "outcome", "choices": names("contacts")}


def test_the_refusal_of_a_slip_names_the_key_that_was_meant() -> None:
    with pytest.raises(Invalid) as refused:
        parse("outcom:busy", "calls")
    assert refused.value.params == {"key": "outcom", "near": "outcome", "choices": names("calls")}
    with pytest.raises(Invalid) as refused:
        parse("assigne:sara", "followups")
    assert refused.value.params["near"] == "agent"


@pytest.mark.parametrize(
    ("text", "value", "after"),
    [
        ("", "today", "day:today"),
        ("price agent:sara", "today", "price agent:sara day:today"),
        ("day:today price", "2026-11-21", "price day:2026-11-21"),
        ("-day:today day:monday", "today", "-day:today day:today"),
        ('روز:today  company:"A B"', "", 'company:"A B"'),
        ('unread"able', "today", "day:today"),
    ],
)
def test_one_key_of_a_filter_is_changed_and_the_rest_stays_as_typed(
    text: str, value: str, after: str
) -> None:
    assert with_term(text, "calls", "day", value) == after


def test_a_value_is_put_into_quotation_marks_where_it_has_to_be() -> None:
    assert said("tag", "vip") == "tag:vip"
    assert said("tag", "very vip") == 'tag:"very vip"'
    assert said("tag", 'a"b,c') == 'tag:"ab,c"'
    assert said("tag", "") == 'tag:""'


@given(st.text(st.sampled_from('ab:-" \tویagent,.<>1'), max_size=30), st.sampled_from(sorted(LISTS)))
def test_any_text_is_read_or_refused(text: str, what: str) -> None:
    try:
        terms = parse(text, what)
    except Invalid:
        return
    again = parse(" ".join(term.text for term in terms), what)
    assert [(term.key, term.values, term.negated) for term in again] == [
        (term.key, term.values, term.negated) for term in terms
    ]


@given(st.text(max_size=12))
def test_any_value_is_read_as_it_was_written(text: str) -> None:
    kept = " ".join(text.replace('"', "").split())
    if not kept or kept != kept.strip():
        return
    assert parse(said("tag", kept), "contacts")[0].values[0].text == kept
    assert Value(kept).text == kept


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"pump pri', '"pump pri"'),
        ('tag:vip company:"Pars P', 'tag:vip company:"Pars P"'),
        ('tag:vip "', "tag:vip"),
        ('"pump price"', '"pump price"'),
        ("pump", "pump"),
    ],
)
def test_a_phrase_that_is_still_being_typed_is_closed(typed: str, meant: str) -> None:
    assert closed(typed) == meant
    parse(meant, "contacts")
