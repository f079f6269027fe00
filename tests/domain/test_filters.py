"""The filter language: what is read, what is refused and how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuicrm.domain.errors import Invalid
from tuicrm.domain.filters import KEYS, Term, parse


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("  \n", ()),
        ("leila", (Term("", "leila"),)),
        ("لیلا تهران", (Term("", "لیلا"), Term("", "تهران"))),
        ("Tag:vip -tag:old", (Term("tag", "vip"), Term("tag", "old", True))),
        ('-company:"Pars Pump" x', (Term("company", "Pars Pump", True), Term("", "x"))),
        ('owner:""', (Term("owner", ""),)),
        ('"note: call back"', (Term("", "note: call back"),)),
        ('-"two words"', (Term("", "two words", True),)),
        ("12:30", (Term("", "12:30"),)),
        ("pars-pump", (Term("", "pars-pump"),)),
        ("from:1405/9/1", (Term("from", "1405/9/1"),)),
    ],
)
def test_a_filter_is_words_and_keys(text: str, terms: tuple[Term, ...]) -> None:
    assert parse(text, "calls") == terms


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("colour:red", "filter_key"),
        ("http://example.com", "filter_key"),
        ("owner:", "filter_value"),
        ("-", "filter_value"),
        ('""', "filter_value"),
        ('company:"Pars', "filter_quote"),
        ('a"b', "filter_quote"),
        ('"a"b', "filter_quote"),
    ],
)
def test_what_says_nothing_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(text, "contacts")
    assert refused.value.code == code


def test_the_refusal_of_a_key_names_the_keys_of_that_list() -> None:
    with pytest.raises(Invalid) as refused:
        parse("outcome:busy", "contacts")
    assert refused.value.params == {"key": "outcome", "choices": KEYS["contacts"]}


@given(st.text(st.sampled_from('ab:-" \tویagent'), max_size=30), st.sampled_from(sorted(KEYS)))
def test_any_text_is_read_or_refused(text: str, what: str) -> None:
    try:
        terms = parse(text, what)
    except Invalid:
        return
    again = " ".join(
        ("-" if term.negated else "") + (f"{term.key}:" if term.key else "") + f'"{term.value}"'
        for term in terms
    )
    assert parse(again, what) == terms
