"""Keys by position under Persian and Arabic layouts."""

from __future__ import annotations

import pytest
from hypothesis import given
from textual.keys import _character_to_key

from tests.domain.anytext import ANY_TEXT
from tuicrm.domain.keyboard import LAYOUTS, textual_key_to_us, to_us, us_key

US_PLAIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,"
FA_PLAIN = "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو"
AR_PLAIN = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرﻻىةو"


@pytest.mark.parametrize(("layout", "row"), [("fa", FA_PLAIN), ("ar", AR_PLAIN)])
def test_letters_stand_for_the_us_key_at_their_place(layout: str, row: str) -> None:
    assert to_us(row, layout) == US_PLAIN
    assert [us_key(char, layout) for char in row] == list(US_PLAIN)


@pytest.mark.parametrize(
    ("typed", "us"),
    [
        ("/۲ی", "/2d"),
        ("/د", "/n"),
        ("٬سشقش", "@sara"),
        ("٫vip", "#vip"),
        ("؟", "?"),
        ("۱۲۳۴۵۶۷۸۹۰", "1234567890"),
        ("١٢٣", "123"),
        ("\u200c", "B"),
        ("پس‌فردا", "msBtvnh"),
        ("abc [] <> ()", "abc [] <> ()"),
    ],
)
def test_persian_typing_as_the_same_keys_on_a_us_keyboard(typed: str, us: str) -> None:
    assert to_us(typed) == us


def test_a_key_may_differ_between_persian_and_arabic() -> None:
    assert (us_key("ز", "fa"), us_key("ز", "ar")) == ("c", ".")
    assert (us_key("د", "fa"), us_key("د", "ar")) == ("n", "]")
    assert us_key("ژ", "ar") is None


def test_ascii_is_never_moved() -> None:
    # A bracket is Shift+O on the Persian layout, but it comes as often from a US keyboard.
    assert us_key("]") == "]"
    assert all(not char.isascii() for table in LAYOUTS.values() for char in table)


@pytest.mark.parametrize(
    ("key", "us"),
    [
        ("ز", "c"),
        ("ctrl+س", "ctrl+s"),
        ("alt+۱", "alt+1"),
        ("ctrl+shift+ز", "ctrl+shift+c"),
        ("arabic_question_mark", "?"),
        ("arabic_thousands_separator", "@"),
        ("zero_width_non_joiner", "B"),
        ("ؤ", "A"),
        ("ctrl+s", None),
        ("c", None),
        ("question_mark", None),
        ("enter", None),
        ("plus", None),
        ("", None),
        ("+", None),
    ],
)
def test_textual_key_names_become_us_keys(key: str, us: str | None) -> None:
    assert textual_key_to_us(key) == us


@pytest.mark.parametrize("layout", ["fa", "ar"])
def test_every_key_of_a_layout_is_known_by_its_textual_name(layout: str) -> None:
    for char, us in LAYOUTS[layout].items():
        assert textual_key_to_us(_character_to_key(char), layout) == us


@given(ANY_TEXT)
def test_any_text_can_be_translated_and_keeps_its_length(text: str) -> None:
    for layout in LAYOUTS:
        assert len(to_us(text, layout)) == len(text)
