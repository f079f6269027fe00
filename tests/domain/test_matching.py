"""Who is meant: what is typed in Who, how rows fit it, what is marked, which contacts may be one."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.domain.anytext import ANY_TEXT
from tuicrm.domain.matching import (
    WhoText,
    begin_words,
    capitalised,
    double_reason,
    is_exact,
    joins,
    match_spans,
    near,
    only_who,
    parse_who,
    rank,
    same_number,
    spelled_together,
)
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.phone import parse_phone

MOBILE = "+989123456789"
TEHRAN = "+982188776655"

# --- reading Who --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "e164", "company"),
    [
        ("leila karimi", "Leila Karimi", None, ""),
        ("Leila McDonald", "Leila McDonald", None, ""),
        ("لیلا کریمی", "لیلا کریمی", None, ""),
        ("ali09123456789", "Ali", MOBILE, ""),
        ("09123456789ali", "Ali", MOBILE, ""),
        ("ali 09123456789", "Ali", MOBILE, ""),
        ("ali +98 912 345 6789", "Ali", MOBILE, ""),
        ("+98 (0) 912 345 6789 sara", "Sara", MOBILE, ""),
        ("رضا ۰۹۱۲۳۴۵۶۷۸۹", "رضا", MOBILE, ""),
        ("رضا۰۹۱۲۳۴۵۶۷۸۹", "رضا", MOBILE, ""),
        ("(021) 88776655 sara", "Sara", TEHRAN, ""),
        ("021-8877-6655", "", TEHRAN, ""),
        ("021 88776655 داخلی ۱۲ رضا", "رضا", TEHRAN, ""),
        ("021 88776655 ext 12 reza", "Reza", TEHRAN, ""),
        ("leila karimi, pars pump", "Leila Karimi", None, "Pars Pump"),
        ("لیلا کریمی، شرکت پارس", "لیلا کریمی", None, "شرکت پارس"),
        ("09123456789 leila, pars pump", "Leila", MOBILE, "Pars Pump"),
        ("leila, pars pump 09123456789", "Leila", MOBILE, "Pars Pump"),
        ("leila 09123456789, pars", "Leila", MOBILE, "Pars"),
        (", acme", "", None, "Acme"),
        ("leila,", "Leila", None, ""),
        ("unit 5 0912 345 6789", "Unit 5", MOBILE, ""),
        ("ali 2", "Ali 2", None, ""),
        ("ali 123456", "Ali 123456", None, ""),
        ("acme [eu]", "Acme [eu]", None, ""),
        ("", "", None, ""),
    ],
)
def test_words_are_the_name_digits_the_number_and_the_rest_the_company(
    text: str, name: str, e164: str | None, company: str
) -> None:
    who = parse_who(text, "IR")
    assert (who.name, who.number.e164 if who.number else None, who.company) == (name, e164, company)
    assert who.contact_ref is None


def test_the_words_are_kept_as_typed() -> None:
    assert parse_who("leila  karimi 09123456789", "IR").words == ("leila", "karimi")


def test_an_extension_belongs_to_the_number() -> None:
    for text in ("021 88776655 داخلی ۱۲ رضا", "reza 021 88776655 x12", "021 88776655#12"):
        number = parse_who(text, "IR").number
        assert number is not None
        assert number.ext == "12"


def test_seven_digits_are_a_number_although_it_is_not_valid() -> None:
    assert parse_who("ali 8877665", "IR").number == PhoneNumber("8877665")
    assert parse_who("ali 887766", "IR").number is None


@pytest.mark.parametrize(
    ("text", "reference"),
    [("contact:12", 12), ("Contact:12", 12), ("contact:۱۲", 12), ("12", None), ("contact:", None), ("contact:x", None),
     ("contact:12 leila", None), ("contact:" + "9" * 30, None)],
)  # fmt: skip
def test_only_the_whole_form_is_a_reference(text: str, reference: int | None) -> None:
    assert parse_who(text, "IR").contact_ref == reference


def test_more_than_four_words_are_doubtful() -> None:
    assert not parse_who("one two three four 09123456789", "IR").doubtful
    assert parse_who("please call me back tomorrow", "IR").doubtful


@pytest.mark.parametrize(
    ("text", "is_who"),
    [
        ("09123456789", True),
        ("leila karimi 09123456789", True),
        ("leila karimi-nejad, pars 09123456789", True),
        ("لیلا ۰۹۱۲۳۴۵۶۷۸۹", True),
        ("leila karimi", False),
        ("call 09123456789 about the price list", False),
        ("wants 3 boxes 09123456789", False),
        ("new number? 09123456789", False),
        ("", False),
    ],
)
def test_a_note_that_is_nothing_but_a_contact_is_seen(text: str, is_who: bool) -> None:
    assert (only_who(text, "IR") is not None) is is_who


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("leila karimi", "Leila Karimi"),
        ("leila O'neil", "leila O'neil"),
        ("jean-luc picard", "Jean-Luc Picard"),
        ("o'neil d'arcy", "O'Neil D'Arcy"),
        ("joe's bakery", "Joe's Bakery"),
        ("élodie", "Élodie"),
        ("3m", "3m"),
        ("a.b. smith", "A.B. Smith"),
        ("لیلا", "لیلا"),
        ("ǆ", "ǅ"),
        ("", ""),
    ],
)
def test_names_typed_small_get_their_capitals(typed: str, name: str) -> None:
    assert capitalised(typed) == name


@given(ANY_TEXT)
def test_any_text_can_stand_in_who(text: str) -> None:
    who = parse_who(text, "IR")
    assert isinstance(who, WhoText)
    assert "\n" not in who.name


# --- judging rows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "company", "query", "exact"),
    [
        ("Leila Karimi", "Pars", "leila karimi", True),
        ("Leila Karimi", "Pars", "karimi leila", True),
        ("Leila Karimi", "Pars", "leila karimi pars", True),
        ("Leila Karimi", "Pars", "pars", True),
        ("Leila Karimi", "Pars", "leilakarimi", True),
        ("نرم‌افزار پارس", "", "نرم افزار پارس", True),
        ("Leila Karimi", "Pars", "leila", False),
        ("Leila Karimi", "Pars", "leila karim", False),
        ("Leila Karimi", "", "leila karimi karimi", False),
        ("Leila Karimi", "", "", False),
        ("", "", "", False),
    ],
)
def test_only_the_whole_name_or_company_is_exact(name: str, company: str, query: str, exact: bool) -> None:
    assert is_exact(name, company, query) is exact


def test_rows_that_fit_better_rank_first() -> None:
    queries = ["pars shimi", "shimi", "pars sh", "shi pa", "prsh", "xyz"]
    assert [rank("Pars Shimi", "", query) for query in queries] == [0, 1, 2, 3, 4, 5]
    assert rank("Leila Karimi", "Pars", "karimi pa") == 3
    assert rank("نرم‌افزار پارس", "", "افزارپا") == 4


@pytest.mark.parametrize(
    ("asked", "have", "fits"),
    [
        (("kar", "lei"), ("leila", "karimi"), True),
        (("a", "a"), ("ali",), False),
        (("a", "a"), ("ali", "ahmadi"), True),
        (("ali", "a"), ("ahmadi", "ali"), True),
        ((), ("ali",), True),
        (("ali",), (), False),
    ],
)
def test_each_asked_word_needs_a_word_of_its_own(
    asked: tuple[str, ...], have: tuple[str, ...], fits: bool
) -> None:
    assert begin_words(asked, have) is fits


@pytest.mark.parametrize(
    ("asked", "have", "fits"),
    [
        ("prsh", ("pars", "shimi"), True),
        ("parsh", ("pars", "shimi"), True),
        ("psh", ("pars", "shimi"), True),
        ("parsshimi", ("pars", "shimi"), True),
        ("lkar", ("dr", "leila", "karimi"), True),
        ("prshm", ("pars", "shimi"), True),
        ("پش", ("پارس", "شیمی"), True),
        ("shpr", ("pars", "shimi"), False),
        ("pars", ("pars", "shimi"), False),
        ("prx", ("pars", "shimi"), False),
        ("", ("pars",), False),
    ],
)
def test_beginnings_of_following_words_may_be_joined(asked: str, have: tuple[str, ...], fits: bool) -> None:
    assert joins(asked, have) is fits


def test_a_name_of_many_equal_words_is_judged_at_once() -> None:
    assert not joins("a" * 60 + "b", ["aaaaaa"] * 60)


@pytest.mark.parametrize(
    ("query", "fits"),
    [("karmi", True), ("leika", True), ("lelia karimi", True), ("leila", True), ("leika karmi", False), ("kzr", False),
     ("zzzz", False)],
)  # fmt: skip
def test_one_slip_in_one_word_is_forgiven(query: str, fits: bool) -> None:
    assert near("Leila Karimi", "", query) is fits


# --- marking ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Leila Karimi", "kar lei", ["Lei", "Kar"]),
        ("Leila Karimi", "leila", ["Leila"]),
        ("Pars Shimi", "prsh", ["Par", "Sh"]),
        ("Pars Shimi", "parsh", ["Par", "Sh"]),
        ("Pars Shimi", "imi", ["imi"]),
        ("Pars Pars", "pa", ["Pa", "Pa"]),
        ("Straße 5", "strass", ["Straß"]),
        ("Élodie", "elo", ["Élo"]),
        ("مُحمّد رضایی", "محمد", ["مُحمّد"]),
        ("نرم‌افزار پارس", "نرمافزار", ["نرم\u200cافزار"]),
        ("نرم افزار", "نرم‌افزار", ["نرم", "افزار"]),
        ("كريمي", "کریمی", ["كريمي"]),
        ("O'Neil", "neil", ["Neil"]),
        ("0912 345 6789", "6789", ["6789"]),
        ("0912 345 6789", "4567", ["45 67"]),
        ("0912 345 6789", "09123456789", ["0912 345 6789"]),
        ("+98 912 345 6789", "0912345", ["912 345"]),
        ("۰۹۱۲ ۳۴۵", "912345", ["۹۱۲ ۳۴۵"]),
        ("Leila", "xyz", []),
        ("Leila", "", []),
        ("", "leila", []),
        ("Leila", "l", ["L"]),
    ],
)
def test_what_was_found_is_marked_in_the_text_as_it_stands(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in match_spans(text, query)] == marked


@given(ANY_TEXT, ANY_TEXT)
def test_marks_are_in_order_apart_and_inside(text: str, query: str) -> None:
    last = -1
    for start, end in match_spans(text, query):
        assert last < start < end <= len(text)
        last = end


@given(ANY_TEXT)
def test_a_text_can_be_marked_by_itself(text: str) -> None:
    match_spans(text, text)


# --- doubles ------------------------------------------------------------------------------------------------


def _contact(name: str = "", company: str = "", phone: str = "", email: str = "") -> NewContact:
    phones = (parse_phone(phone, "IR"),) if phone else ()
    return NewContact(name, company, phones, (EmailAddress(email),) if email else ())


@pytest.mark.parametrize(
    ("new", "old", "reason"),
    [
        (_contact("Leila", phone="09123456789"), _contact("Sara", phone="+98 912 345 6789"), "number"),
        (_contact("Leila", email="L@acme.example"), _contact("Sara", email="l@acme.example "), "email"),
        (_contact("نرم‌افزار", "پارس"), _contact("نرم افزار", "پارس"), "name"),
        (_contact("Leila Karimi"), _contact("leila  karimi"), "name"),
        (_contact("Leila Karimi", "Pars"), _contact("Leila Karimi", "Arya"), None),
        (_contact("Leila"), _contact("Leyla"), None),
        (_contact(phone="09123456789"), _contact(phone="09123456780"), None),
        (_contact(), _contact(), None),
        (_contact(company="Pars"), _contact(company="Pars"), None),
    ],
)
def test_the_reason_why_two_contacts_may_be_one(new: NewContact, old: NewContact, reason: str | None) -> None:
    assert double_reason(new, old) == reason


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("09123456789", "+98 912 345 6789", True),
        ("88776655", "021 88776655", True),
        ("8877665", "88776655", False),
        ("776655", "021 88776655", False),
        ("021 88776655 ext 12", "021 88776655", False),
        ("021 88776655 ext 12", "021 88776655 x12", True),
        ("0912345", "912345", False),
        ("", "", False),
    ],
)
def test_numbers_are_the_same_whole_or_by_seven_last_digits(a: str, b: str, same: bool) -> None:
    assert same_number(parse_phone(a, "IR"), parse_phone(b, "IR")) is same
    assert same_number(parse_phone(b, "IR"), parse_phone(a, "IR")) is same


def test_neighbouring_words_written_together_are_whole_words() -> None:
    assert spelled_together("علی‌رضا کریمی", "", "علیرضا")
    assert spelled_together("علیرضا کریمی", "", "علیرضا کریمی")
    assert spelled_together("لیلا", "پارس شیمی", "پارسشیمی")
    assert not spelled_together("علی‌رضا کریمی", "", "علیر")
    assert not spelled_together("رضا علی", "", "علیرضا")
    assert not spelled_together("علی", "", "")
