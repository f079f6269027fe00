"""Text for the way in and the way out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from tests.domain.anytext import ANY_TEXT
from tuicrm.domain.safe import BIDI_CONTROLS, ZWJ, ZWNJ, clean, tidy


def _dangerous(text: str, allowed: str = "") -> list[str]:
    return [
        char
        for char in text
        if char not in allowed and (unicodedata.category(char) in ("Cc", "Cs") or char in BIDI_CONTROLS)
    ]


@given(ANY_TEXT)
def test_what_is_shown_never_steers_a_terminal(text: str) -> None:
    shown = clean(text)
    assert not _dangerous(shown)
    assert all(char.isprintable() or char in (ZWNJ, ZWJ) for char in shown)
    assert clean(shown) == shown


@given(ANY_TEXT)
def test_many_lines_keep_line_feeds_and_nothing_else(text: str) -> None:
    assert not _dangerous(clean(text, multiline=True), allowed="\n")


@given(ANY_TEXT)
def test_what_is_stored_is_one_normal_line_and_stays_so(text: str) -> None:
    stored = tidy(text)
    assert not _dangerous(stored)
    assert stored == stored.strip()
    assert unicodedata.is_normalized("NFC", stored)
    assert tidy(stored) == stored
    assert tidy(tidy(text, multiline=True), multiline=True) == tidy(text, multiline=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme [eu] [@click=app.quit]x[/]", "Acme [eu] [@click=app.quit]x[/]"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("a\x9b31mb", "a\ufffd31mb"),
        ("abc\u202egnp.exe", "abc\ufffdgnp.exe"),
        ("one\ntwo\r\nthree", "one↵two↵three"),
        ("tab\there", "tab here"),
        ("no\u00a0break", "no break"),
        ("soft\u00adhyphen \ufeffbom", "softhyphen bom"),
        ("bad\udc80byte", "bad\ufffdbyte"),
        ("\x00\x7f", "␀␡"),
        ("نرم‌افزار", "نرم‌افزار"),
        ("ه\u200d هـ", "ه\u200d هـ"),
        ("👨\u200d👩", "👨👩"),
        ("\ue000", "\ufffd"),
    ],
)
def test_dangerous_characters_are_shown_as_signs(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_plain_text_is_returned_as_it_is() -> None:
    for text in ("Leila Karimi", "لیلا کریمی", "", "ñandú 50 %"):
        assert clean(text) is text


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  Leila  Karimi ", "Leila  Karimi"),
        ("e\u0301", "é"),
        ("\x1b[31mred", "[31mred"),
        ("a\u200eb\u2067c\u2069", "abc"),
        ("one\r\ntwo\tthree", "one two three"),
        ("نرم‌افزار", "نرم‌افزار"),
        ("\udc80", "\ufffd"),
        ("\ufeffname", "name"),
        ("a\x00b\x85c", "ab c"),
    ],
)
def test_the_way_in_keeps_text_and_drops_control(text: str, stored: str) -> None:
    assert tidy(text) == stored


def test_lines_of_a_note_end_with_line_feeds() -> None:
    assert tidy("one\r\ntwo\rthree\n", multiline=True) == "one\ntwo\nthree"
    assert clean("one\r\ntwo", multiline=True) == "one\ntwo"
