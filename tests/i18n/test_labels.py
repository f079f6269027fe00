"""Labels and names that the program gives are said in the user's language; a person's own stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tuicrm import i18n, labels
from tuicrm.exchange import csv_headings, vcard_fields
from tuicrm.labels import FIELDS, LABELS, field_text, field_words, kept_field, label_words


@pytest.fixture
def _persian() -> Iterator[None]:
    before = i18n.language()
    i18n.use("fa")
    yield
    i18n.use(before)


@pytest.mark.usefixtures("_persian")
@pytest.mark.parametrize(
    ("kept", "said"),
    [("mobile", "همراه"), ("work fax", "دورنگار محل کار"), ("home", "خانه"), ("Sara's", "Sara's"), ("", "")],
)
def test_a_label_of_a_number(kept: str, said: str) -> None:
    assert str(label_words(kept)).replace("\u2066", "").replace("\u2068", "").replace("\u2069", "") == said


@pytest.mark.usefixtures("_persian")
@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("birthday", "زادروز"),
        ("address (home)", "نشانی (خانه)"),
        ("address (Villa)", "نشانی (Villa)"),
        ("Zirkel", "Zirkel"),
    ],
)
def test_the_name_of_a_field(kept: str, said: str) -> None:
    assert str(field_words(kept)).replace("\u2066", "").replace("\u2068", "").replace("\u2069", "") == said


@pytest.mark.usefixtures("_persian")
def test_a_name_among_data_carries_no_marks() -> None:
    assert [field_text(kept) for kept in ("طبقه", "address (Villa)")] == ["طبقه", "نشانی (Villa)"]


def test_a_name_is_understood_in_the_language_that_is_spoken_at_the_moment() -> None:
    i18n.use("fa")
    try:
        said = field_text("hobby")
        with i18n.in_english():
            assert kept_field(said) == said
        assert kept_field(said) == "hobby"
    finally:
        i18n.use("en")
    assert kept_field(said) == said


def test_the_names_of_fields_are_told_once_however_many_rows_have_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept_field("City")
    asked: list[str] = []
    monkeypatch.setattr(labels, "field_words", asked.append)
    assert [kept_field(said) for said in ("City", "town", "zip")] == ["City", "town", "zip"]
    assert not asked


def test_in_english_they_are_as_they_are_kept_but_where_that_is_no_word() -> None:
    assert [kept for kept in LABELS if str(label_words(kept)) != kept] == ["whatsapp"]
    assert (str(label_words("work fax")), str(field_words("address (home)"))) == (
        "work fax",
        "address (home)",
    )


def test_every_label_and_name_that_a_reader_gives_can_be_said() -> None:
    labels = {word for each in csv_headings.LABELS.values() for word in each.split()}
    assert labels <= set(LABELS)
    assert {*vcard_fields._PLACES.values(), *vcard_fields._KINDS.values()} <= set(LABELS)
    brands = {"google talk", "skype", "yahoo"}
    assert {*vcard_fields.DATES.values(), *vcard_fields.TEXTS.values()} <= {*FIELDS, *LABELS, *brands}
