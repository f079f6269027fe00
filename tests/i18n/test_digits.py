"""Digits: what we count is written in the person's own, what somebody typed or has to type stays as it is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.shown_in import shown_in
from tuicrm import i18n
from tuicrm.i18n import Phrase, figures, nt, t


@pytest.mark.parametrize(
    ("language", "digits", "said"),
    [
        ("en", "auto", "12"),
        ("fa", "auto", "۱۲"),
        ("en", "persian", "۱۲"),
        ("fa", "latin", "12"),
        ("en", "latin", "12"),
        ("fa", "persian", "۱۲"),
    ],
)
def test_digits_follow_the_setting_else_the_language(language: str, digits: str, said: str) -> None:
    with shown_in(language, digits=digits):
        assert figures("12") == said
        assert t("{n}", n=12) == said
        assert nt("{n}", "{n}", 12) == said


@pytest.mark.parametrize(
    ("language", "calendar", "said"),
    [
        ("en", "auto", "gregorian"),
        ("fa", "auto", "jalali"),
        ("en", "jalali", "jalali"),
        ("fa", "gregorian", "gregorian"),
    ],
)
def test_the_calendar_follows_the_setting_else_the_language(language: str, calendar: str, said: str) -> None:
    with shown_in(language, calendar):
        assert i18n.calendar() == said


def test_every_digit_is_one_cell_as_before() -> None:
    with shown_in():
        assert figures("0123456789") == "۰۱۲۳۴۵۶۷۸۹"
        assert figures("0912 345 6789, 9:30") == "۰۹۱۲ ۳۴۵ ۶۷۸۹, ۹:۳۰"
        assert figures(figures("12")) == "۱۲"


def test_numbers_get_the_digits_and_text_keeps_its_own() -> None:
    with shown_in(digits="persian"):
        assert t("{n} {name}", n=7, name="P40") == "۷ P40"
        assert t("{n} {key}", n=7, key=Phrase("F1")) == "۷ F1"
        assert t("{all}", all=(1, "x2", Phrase("3"))) == "۱، x2، 3"


def test_a_decimal_has_the_persian_point() -> None:
    with shown_in():
        assert t("{n}", n=1.5) == "۱٫۵"
    assert t("{n}", n=1.5) == "1.5"


def test_the_number_of_a_record_is_typed_and_stays() -> None:
    with shown_in():
        assert t("contact:{id}", id=12) == "contact:12"
        assert t("{entity}:{id} {n}", entity="call", id=12, n=12) == "call:12 ۱۲"


def test_sentences_of_the_catalogue_follow_latin_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    class Catalogue:
        def gettext(self, _text: str) -> str:
            return "پس از ۲ روز، {n}"

    with shown_in(digits="latin"):
        monkeypatch.setattr(i18n._speech, "catalogue", Catalogue())
        assert t("after 2 days, {n}", n=3) == "پس از 2 روز، 3"
        i18n.show_in(digits="persian")
        assert t("after 2 days, {n}", n=3) == "پس از ۲ روز، ۳"


@pytest.mark.parametrize(
    ("language", "calendar", "digits", "said"),
    [
        ("en", "auto", "auto", "2026-11-28"),
        ("en", "jalali", "auto", "1405/09/07"),
        ("fa", "auto", "auto", "۱۴۰۵/۰۹/۰۷"),
        ("fa", "gregorian", "latin", "2026/11/28"),
    ],
)
def test_a_day_in_a_sentence_is_in_the_persons_calendar(
    language: str, calendar: str, digits: str, said: str
) -> None:
    with shown_in(language, calendar, digits):
        assert t("{on}", on=date(2026, 11, 28)) == said
