"""Telephone numbers as people write them: ``tables/phones.tsv``."""

from __future__ import annotations

from unicodedata import category

import pytest

from tests.tables import raw, read
from tuicrm.domain.models import PhoneNumber
from tuicrm.domain.phone import digits, display, looks_like_number, numbers_in, parse_phone, reversed_digits
from tuicrm.domain.who_text import parse_who

ROWS = [(written, region, e164.split(), ext) for written, region, e164, ext, _, _ in read("phones", 6)]
ONE = [(written, region, e164[0], ext) for written, region, e164, ext in ROWS if len(e164) == 1]
SEVERAL = [(written, region, e164) for written, region, e164, _ in ROWS if len(e164) > 1]
NOT_VALID = [(written, region) for written, region, e164, _ in ROWS if not e164]
BARE = [row for row in ONE if looks_like_number(row[0]) and "/" not in row[0]]
"""Numbers without words; a slash begins a token where a name is typed."""


def test_the_table_is_large_enough_and_hides_nothing() -> None:
    assert len(ROWS) >= 60
    assert len(SEVERAL) >= 5
    assert len(NOT_VALID) >= 10
    assert len({(written, region) for written, region, _, _ in ROWS}) == len(ROWS)
    assert not [line for line in raw("phones") if any(category(char) == "Cf" for char in line)]


@pytest.mark.parametrize(("written", "region", "e164", "ext"), ONE)
def test_a_number_is_understood_however_it_is_written(written: str, region: str, e164: str, ext: str) -> None:
    assert parse_phone(written, region) == PhoneNumber(written, e164, ext)
    assert numbers_in(written, region) == (written,)


@pytest.mark.parametrize(("written", "region", "e164"), SEVERAL)
def test_several_numbers_are_never_glued_to_one(written: str, region: str, e164: list[str]) -> None:
    assert parse_phone(written, region) == PhoneNumber(written)
    parts = numbers_in(written, region)
    assert [parse_phone(part, region).e164 for part in parts] == e164
    assert all(part in written for part in parts)


@pytest.mark.parametrize(("written", "region"), NOT_VALID)
def test_what_is_not_valid_is_kept_as_typed_and_marked(written: str, region: str) -> None:
    number = parse_phone(written, region)
    assert number == PhoneNumber(written)
    assert not number.valid
    assert numbers_in(written, region) == (written,)
    assert display(number, region) == written
    assert digits(written)[:3] in reversed_digits(number)[::-1]


@pytest.mark.parametrize(("written", "region", "e164", "ext"), BARE)
def test_a_number_typed_beside_a_name_is_taken_whole(written: str, region: str, e164: str, ext: str) -> None:
    who = parse_who(f"رضا {written}، پارس", region)
    assert who.number is not None
    assert (who.number.e164, who.number.ext) == (e164, ext)
    assert (who.name, who.company) == ("رضا", "پارس")
