"""Everything a person typed reaches the screen cleaned, cropped by cells and with its direction set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tuicrm import i18n
from tuicrm.i18n import Phrase, t
from tuicrm.line_order import LRI, PDI, RLI
from tuicrm.tui import text

HOSTILE = [
    "[/]",
    "Acme [eu] [@click=app.quit]x[/]",
    "\x1b[31mred\x1b[0m",
    "a\x9bb\x00c",
    "\u202eabc",
    "\ud800",
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en", isolate=True)
    yield
    i18n.use("en")


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_and_control_characters_are_shown_as_signs(name: str) -> None:
    shown = text.show(name)
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in shown.plain)
    assert "\u202e" not in shown.plain
    assert "\ud800" not in shown.plain
    assert all(not span.style or span.style == "" for span in shown.spans)


def test_brackets_stay_letter_by_letter() -> None:
    assert text.show("Acme [eu] [/] [b]").plain == "Acme [eu] [/] [b]"


@given(st.text(), st.integers(min_value=0, max_value=40))
def test_no_text_is_wider_than_asked(value: str, width: int) -> None:
    assert text.cells(text.fitted(value, width=width)) <= width


@given(st.text(max_size=60))
def test_isolates_are_always_closed(value: str) -> None:
    shown = text.fitted(value, width=12)
    assert shown.count(LRI) + shown.count(RLI) == shown.count(PDI)


def test_a_crop_ends_in_an_ellipsis_inside_the_isolate() -> None:
    assert text.fitted("Leila Karimi", width=8) == "Leila K…"
    cropped = text.fitted("شرکت پارس شیمی", width=8)
    assert cropped.startswith(RLI)
    assert cropped.endswith(f"…{PDI}")


def test_wide_characters_count_two_cells() -> None:
    assert text.cells(text.fitted("日本語日本語", width=5)) <= 5


def test_an_english_screen_sends_no_marks_for_english_text() -> None:
    assert text.fitted("Leila Karimi") == "Leila Karimi"
    assert text.number("0912 123 4567").plain == "0912 123 4567"


def test_persian_text_is_isolated_by_its_first_strong_letter() -> None:
    assert text.fitted("علی P40") == f"{RLI}علی P40{PDI}"
    assert text.fitted("P40 علی") == f"{LRI}P40 علی{PDI}"


def test_numbers_are_set_left_to_right_in_a_persian_screen() -> None:
    i18n.use("fa", isolate=True)
    assert text.number("0912 123 4567").plain == f"{LRI}۰۹۱۲ ۱۲۳ ۴۵۶۷{PDI}"
    assert text.number("۰۲۱-۸۸۷۷").plain == f"{LRI}۰۲۱-۸۸۷۷{PDI}"
    assert text.fitted("…") == f"{RLI}…{PDI}"
    assert text.fitted("0912 123 4567") == f"{LRI}0912 123 4567{PDI}"


def test_a_telephone_number_inside_persian_text_is_kept_whole() -> None:
    assert text.fitted("دفتر: 021 8877 6655") == f"{RLI}دفتر: {LRI}021 8877 6655{PDI}{PDI}"
    said = t("{name} called", name="لیلا ۰۲۱-۸۸۷۷")
    assert said == f"{RLI}لیلا {LRI}۰۲۱-۸۸۷۷{PDI}{PDI} called"
    shown = text.marked("لیلا ۰۲۱-۸۸۷۷ دفتر", [(0, 4), (14, 18)])
    assert [shown.plain[span.start : span.end] for span in shown.spans if span.style == "underline"] == [
        "لیلا",
        "دفتر",
    ]


def test_a_sentence_keeps_the_isolates_of_its_values() -> None:
    said = t("{name} called", name="علی")
    assert text.phrase(said).plain == f"{RLI}علی{PDI} called"


def test_in_a_persian_screen_every_sentence_is_a_piece_of_its_own() -> None:
    i18n.use("fa", isolate=True)
    assert text.sentence(Phrase("علی زنگ زد")) == f"{RLI}علی زنگ زد{PDI}"
    assert text.sentence(Phrase("read from the left")) == f"{LRI}read from the left{PDI}"


def test_a_persian_sentence_is_persian_although_it_begins_with_a_key_or_an_english_name() -> None:
    i18n.use("fa", isolate=True)
    assert text.sentence(Phrase("Enter: خیر.")) == f"{RLI}Enter: خیر.{PDI}"
    assert [line.plain for line in text.phrases(Phrase("CSV با عنوان."), 9)] == [
        f"{RLI}CSV با{PDI}",
        f"{RLI}عنوان.{PDI}",
    ]
    said = i18n.t("{who}: {what}", who="George Webb", what="خرابی")
    assert text.sentence(said) == f"{RLI}{LRI}George Webb{PDI}: {RLI}خرابی{PDI}{PDI}"


def test_a_cropped_sentence_closes_its_isolates() -> None:
    said = t("{name} called yesterday", name="علی رضا محمدی")
    shown = text.sentence(said, width=8)
    assert shown.count(RLI) == shown.count(PDI)
    assert text.cells(shown) <= 8


def test_wrapping_comes_before_isolating() -> None:
    lines = text.paragraph("قیمت را فرستادم و قرار شد فردا زنگ بزند", 16)
    assert len(lines) > 1
    assert all(line.plain.startswith(RLI) and line.plain.endswith(PDI) for line in lines)
    assert lines[0].plain.strip(f"{RLI}{PDI}").startswith("قیمت")


@given(st.text(max_size=200), st.integers(min_value=1, max_value=30))
def test_no_wrapped_line_is_wider_than_asked(value: str, width: int) -> None:
    # a character of two cells cannot be made to fit into one
    assert all(line.cell_length <= max(2, width) for line in text.paragraph(value, width))


def test_each_line_that_was_written_has_a_direction_of_its_own() -> None:
    lines = [line.plain for line in text.paragraph("قیمت P40\nprice sent, علی\n", 40)]
    assert lines == [f"{RLI}قیمت P40{PDI}", f"{LRI}price sent, علی{PDI}", ""]


def test_a_wrapped_sentence_closes_its_isolates_on_every_line_and_opens_them_again() -> None:
    i18n.use("fa", isolate=True)
    said = Phrase(f"برای دیدن نمونه {LRI}tuicrm demo --keep{PDI} را بزنید")
    lines = [line.plain for line in text.phrases(said, 22)]
    assert lines == [
        f"{RLI}برای دیدن نمونه {LRI}tuicrm{PDI}{PDI}",
        f"{RLI}{LRI}demo --keep{PDI} را بزنید{PDI}",
    ]
    assert text.phrases(Phrase("CSV با سطر عنوان"), 40)[0].plain == f"{RLI}CSV با سطر عنوان{PDI}"


def test_too_many_lines_end_in_an_ellipsis() -> None:
    lines = text.paragraph("one two three four five six", 9, lines=2)
    assert [line.plain for line in lines] == ["one two", "three fo…"] or lines[-1].plain.endswith("…")


def test_matches_are_found_by_the_beginnings_of_words() -> None:
    assert text.matches("Leila Karimi", ("kar",)) == ((6, 9),)
    assert text.matches("Pars Pump Co", ("pars", "pu")) == ((0, 4), (5, 7))
    assert text.matches("Leila", ()) == ()


def test_matches_are_set_off_in_persian_too() -> None:
    shown = text.marked("علی کریمی", text.matches("علی کریمی", ("کر",)))
    spans = [shown.plain[span.start : span.end] for span in shown.spans if span.style == "underline"]
    assert spans == ["کر"]


def test_what_stands_right_keeps_its_place_when_the_left_is_too_long() -> None:
    line = text.beside(text.show("a very long name indeed"), text.number("09:31"), 16)
    assert line.plain == "a very lo… 09:31" or (line.plain.endswith(" 09:31") and line.cell_length == 16)


def test_a_rule_is_exactly_as_wide_as_its_place() -> None:
    for width in (4, 10, 80):
        assert text.rule(text.show("Queue"), width).cell_length <= max(width, 4)


def test_content_is_made_without_reading_markup() -> None:
    assert text.show("[b]x[/b]") == Content("[b]x[/b]")
    assert text.phrase(Phrase("[b]x[/b]")) == Content("[b]x[/b]")
