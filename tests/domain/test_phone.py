"""Telephone numbers as people write them."""

from __future__ import annotations

import random
import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.anytext import ANY_TEXT
from tuicrm.domain.models import PhoneNumber
from tuicrm.domain.phone import (
    _zones_of,
    digits,
    display,
    display_text,
    looks_like_number,
    parse_phone,
    region_of_zone,
    reversed_digits,
    same_ending,
    suffix_query,
)

MOBILE = "+989123456789"
TEHRAN = "+982188776655"

VALID = [
    ("09123456789", MOBILE, ""),
    ("9123456789", MOBILE, ""),
    ("0912 345 6789", MOBILE, ""),
    ("0912-345-6789", MOBILE, ""),
    ("(0912) 3456789", MOBILE, ""),
    ("+989123456789", MOBILE, ""),
    ("+98 912 345 6789", MOBILE, ""),
    ("+98 0912 345 6789", MOBILE, ""),
    ("+98 (0) 912 345 6789", MOBILE, ""),
    ("+98(0)9123456789", MOBILE, ""),
    ("00989123456789", MOBILE, ""),
    ("0098 0912 345 6789", MOBILE, ""),
    ("989123456789", MOBILE, ""),
    ("۰۹۱۲۳۴۵۶۷۸۹", MOBILE, ""),
    ("٠٩١٢٣٤٥٦٧٨٩", MOBILE, ""),
    ("۰۹۱۲ ۳۴۵ ۶۷۸۹", MOBILE, ""),
    ("\u200e+98 912 345 6789\u200f", MOBILE, ""),
    ("\u202a+989123456789\u202c", MOBILE, ""),
    ("0912 345 6789+", MOBILE, ""),
    ("0912\u00a0345\u00a06789", MOBILE, ""),
    ("0912–345–6789", MOBILE, ""),
    ("０９１２３４５６７８９", MOBILE, ""),
    ("tel:+98-912-345-6789", MOBILE, ""),
    ("موبایل: ۰۹۱۲۳۴۵۶۷۸۹", MOBILE, ""),
    ("mobile 0912 345 6789", MOBILE, ""),
    ("0990 123 4567", "+989901234567", ""),
    ("021 88776655", TEHRAN, ""),
    ("۰۲۱-۸۸۷۷۶۶۵۵", TEHRAN, ""),
    ("(021) 8877 6655", TEHRAN, ""),
    ("+98 21 88776655", TEHRAN, ""),
    ("+98 0 21 88776655", TEHRAN, ""),
    ("021 88776655 داخلی 12", TEHRAN, "12"),
    ("۰۲۱۸۸۷۷۶۶۵۵ داخلی ۱۲", TEHRAN, "12"),
    ("021 88776655 داخلی: ۱۲", TEHRAN, "12"),
    ("021 88776655 داخلي ١٢", TEHRAN, "12"),
    ("021 88776655 ext 12", TEHRAN, "12"),
    ("021 88776655 ext. 12", TEHRAN, "12"),
    ("021 88776655 x12", TEHRAN, "12"),
    ("021 88776655 #12", TEHRAN, "12"),
    ("051 3877 6655", "+985138776655", ""),
    ("+44 20 7946 0958", "+442079460958", ""),
    ("+44 (0)20 7946 0958", "+442079460958", ""),
    ("0044 20 7946 0958", "+442079460958", ""),
    ("+1 212 555 2368", "+12125552368", ""),
    ("+49 30 901820", "+4930901820", ""),
    ("+39 06 698 1234", "+39066981234", ""),
]


@pytest.mark.parametrize(("raw", "e164", "ext"), VALID)
def test_a_number_is_understood_however_it_is_written(raw: str, e164: str, ext: str) -> None:
    number = parse_phone(raw, "IR")
    assert (number.e164, number.ext) == (e164, ext)
    assert number.raw == raw.strip()


@pytest.mark.parametrize(
    "raw",
    ["", "+", "0912", "88776655", "0912 345 678", "021 88776655-60", "021/88776655 021/88776656", "leila", "12",
     "09123456789 09351234567", "+999 123 456 789", "۱۲۳"],
)  # fmt: skip
def test_what_is_not_valid_keeps_what_was_typed(raw: str) -> None:
    number = parse_phone(raw, "IR")
    assert number == PhoneNumber(raw)
    assert not number.valid
    assert display(number, "IR") == raw


def test_the_region_decides_what_a_national_number_is() -> None:
    assert parse_phone("020 7946 0958", "GB").e164 == "+442079460958"
    assert parse_phone("020 7946 0958", "XX").e164 is None
    assert parse_phone("0912 345 6789", "DE").e164 != MOBILE
    assert parse_phone("+98 912 345 6789", "GB").e164 == MOBILE


def test_iranian_mobiles_are_read_as_phonenumbers_reads_them() -> None:
    made = random.Random(2026)
    for _ in range(2000):
        raw = "09" + "".join(made.choice("0123456789") for _ in range(9))
        parsed = phonenumbers.parse(raw, "IR")
        valid = phonenumbers.is_valid_number(parsed)
        e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if valid else None
        assert parse_phone(raw, "IR").e164 == e164, raw


def test_an_iranian_mobile_needs_no_phonenumbers() -> None:
    code = (
        "import sys; from tuicrm.domain.phone import *; "
        "number = parse_phone('۰۹۱۲ ۳۴۵ ۶۷۸۹', 'IR'); display(number, 'IR'); reversed_digits(number); "
        "sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(ANY_TEXT | st.text("0123456789+-() x۰۱۲داخلی", max_size=30))
def test_no_text_can_make_reading_fail(text: str) -> None:
    number = parse_phone(text, "IR")
    assert number.raw == text.strip()
    display(number, "IR")
    for made in (reversed_digits(number), suffix_query(text), digits(text)):
        assert made == "" or (made.isascii() and made.isdigit())


# --- finding ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["09123456789", "0912 345 6789", "912 345 6789", "+98 912 345 6789", "+98 0912 345 6789", "0098 9123456789",
     "00980 912 345 6789", "989123456789", "345 6789", "6789", "789", "۶۷۸۹", "+98 (0)912 345 6789"],
)  # fmt: skip
def test_a_number_is_found_by_its_ending_however_that_is_written(query: str) -> None:
    stored = reversed_digits(parse_phone("0912 345 6789", "IR"))
    assert stored == "987654321989"
    assert stored.startswith(suffix_query(query))


@pytest.mark.parametrize(
    ("query", "digits_backwards"),
    [
        ("0765", "5670"),
        ("000", "000"),
        ("01234567", "7654321"),
        ("0123456", "6543210"),
        ("021 88776655 داخلی 12", "5566778812"),
        ("", ""),
        ("leila", ""),
    ],
)
def test_zeros_go_only_while_seven_digits_remain(query: str, digits_backwards: str) -> None:
    assert suffix_query(query) == digits_backwards


def test_a_number_that_is_not_valid_is_found_by_its_digits() -> None:
    assert reversed_digits(PhoneNumber("8877 6655")) == "55667788"
    assert reversed_digits(PhoneNumber("۸۸۷۷۶۶۵۵ داخلی ۱۲")) == "55667788"
    assert reversed_digits(PhoneNumber("no number")) == ""


@pytest.mark.parametrize(
    ("text", "least", "is_number"),
    [
        ("0912 345 6789", 7, True),
        ("+98 (21) 8877-6655", 7, True),
        ("۰۹۱۲۳۴۵۶۷۸۹", 7, True),
        ("\u200e0912\u00a0345 6789", 7, True),
        ("6789", 7, False),
        ("6789", 3, True),
        ("ali 09123456789", 7, False),
        ("", 0, True),
        ("12:30", 3, False),
    ],
)
def test_what_looks_like_a_number(text: str, least: int, is_number: bool) -> None:
    assert looks_like_number(text, least) is is_number


def test_digits_of_any_script_become_ascii() -> None:
    assert digits("۰۹۱۲-٣٤٥ a6") == "09123456"


# --- showing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "at_home", "abroad"),
    [
        ("09123456789", "0912 345 6789", "+98 912 345 6789"),
        ("02188776655", "021 8877 6655", "+98 21 8877 6655"),
        ("۰۲۱۸۸۷۷۶۶۵۵ داخلی ۱۲", "021 8877 6655 #12", "+98 21 8877 6655 #12"),
    ],
)
def test_a_number_is_shown_nationally_at_home(raw: str, at_home: str, abroad: str) -> None:
    number = parse_phone(raw, "IR")
    assert display(number, "IR") == at_home
    assert display(number, "GB") == abroad


def test_foreign_numbers_are_shown_by_the_rules_of_their_country() -> None:
    number = parse_phone("+442079460958", "IR")
    assert display(number, "IR") == "+44 20 7946 0958"
    assert display(number, "GB") == "020 7946 0958"
    assert display(parse_phone("+12125552368", "IR"), "CA") == "(212) 555-2368"


def test_iranian_numbers_are_formatted_as_phonenumbers_does() -> None:
    forms = phonenumbers.PhoneNumberFormat
    for e164 in (MOBILE, TEHRAN, "+985138776655", "+989901234567", "+989412001234"):
        parsed = phonenumbers.parse(e164, None)
        number = PhoneNumber(e164, e164)
        assert display(number, "IR") == phonenumbers.format_number(parsed, forms.NATIONAL)
        assert display(number, "US") == phonenumbers.format_number(parsed, forms.INTERNATIONAL)


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("Asia/Tehran", "IR"),
        ("Iran", "IR"),
        ("Europe/Berlin", "DE"),
        ("Europe/London", "GB"),
        ("UTC", None),
        ("", None),
    ],
)
def test_a_time_zone_tells_the_country(zone: str, region: str | None) -> None:
    assert region_of_zone(zone) == region


def test_the_zone_table_of_the_system_is_understood() -> None:
    table = "# comment\nIR\t+3540+05126\tAsia/Tehran\nNO\t+5955+01045\tEurope/Oslo\tremark\nbroken line\n"
    assert _zones_of(table) == {"Asia/Tehran": "IR", "Europe/Oslo": "NO"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0912 345 6789", "+98 912 345 6789", True),
        ("+44 20 7946 0991", "7946 0991", True),
        ("7946 0991", "+44 20 7946 0992", False),
        ("0991", "+44 20 7946 0991", False),
        ("", "", False),
    ],
)
def test_numbers_are_one_where_one_ends_in_seven_digits_or_more_of_the_other(
    one: str, other: str, same: bool
) -> None:
    assert same_ending(one, other) is same
    assert same_ending(other, one) is same


@pytest.mark.parametrize("typed", ["+", "+12", "+999 12", "+99912", "+0912", "+98abcdefghij", "12#4", ""])
def test_what_was_typed_with_a_plus_and_is_no_number_is_shown_as_it_stands(typed: str) -> None:
    assert display_text(typed, "IR") == typed
    assert display_text("+989121234567", "IR") == "0912 123 4567"
