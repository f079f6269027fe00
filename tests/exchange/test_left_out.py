"""Nothing is left out silently, and nobody gets another's number: what is dropped is named, cards stay apart."""

from __future__ import annotations

import pytest

from tests.exchange.cards import card, one, people, person, records
from tests.exchange.sheets import rows
from tuicrm.exchange import charsets


def test_columns_that_have_no_place_are_named() -> None:
    text = "Name,Password,E-mail Display Name,E-mail Type\nAli,pw,Ali the Great <a@x>,EX\nSara,,,\n"
    ali, sara = rows(text)
    assert ali.dropped == ("Password", "E-mail Display Name", "E-mail Type")
    assert sara.dropped == ()
    assert rows(text, {"Password": "field"})[0].dropped == ("E-mail Display Name", "E-mail Type")


def test_bytes_of_a_card_that_are_no_photo_are_named() -> None:
    found = one("FN:Ada", "SOUND;ENCODING=b:AAAA", "LOGO;ENCODING=b:AAAA")
    assert (found.photo, found.dropped) == (False, ("SOUND", "LOGO"))
    assert one("FN:Ada", "PHOTO;ENCODING=b:AAAA").photo


def test_a_property_of_xml_is_kept_as_any_other() -> None:
    assert person(one("FN:Ada", "XML:<a>b</a>", version="4.0")).fields == {"xml": "<a>b</a>"}


def test_the_label_of_an_address_is_kept_where_it_says_more() -> None:
    whole = 'ADR;LABEL="Ada Moor^nFloor 3^n1 High Street":;;1 High Street;York;;;'
    found = person(one("FN:Ada", whole, version="4.0"))
    assert found.fields == {
        "address": "1 High Street, York",
        "address label": "Ada Moor\nFloor 3\n1 High Street",
    }
    said = person(one("FN:Ada", 'ADR;LABEL="1 High Street^nYork":;;1 High Street;York;;;', version="4.0"))
    assert said.fields == {"address": "1 High Street, York"}


@pytest.mark.parametrize("blank", [" ", "\t", "  "])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_blank_before_a_card_joins_no_two_people(blank: str, end: str) -> None:
    first, second = (card(f"FN:{name}", f"TEL:0912000000{n}", end=end) for n, name in enumerate(("A", "B")))
    found = people(first + blank + second)
    assert [(each.name, [phone.raw for phone in each.phones]) for each in found] == [
        ("A", ["09120000000"]),
        ("B", ["09120000001"]),
    ]


@pytest.mark.parametrize("blank", [" ", "\t", "    "])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_cards_that_are_indented_throughout_are_read(blank: str, end: str) -> None:
    lines = card("FN:A", "NOTE:one", " and two", end=end) + card("FN:B", end=end)
    text = "".join(f"{blank}{line}{end}" for line in lines.split(end) if line)
    found = records(text)
    assert [(each.line, person(each).name, person(each).note) for each in found] == [
        (1, "A", "oneand two"),
        (7, "B", ""),
    ]


def test_a_zero_byte_in_a_short_table_makes_it_no_other_encoding() -> None:
    text = "Name,Phone\nAli\0,0912 123 4567\n"
    assert charsets.decode(text.encode()) == (text, "utf-8")
    for encoding in ("utf-16-le", "utf-16-be"):
        wide = "Name,Phone\nعلی,0912 123 4567\n"
        assert charsets.decode(wide.encode(encoding)) == (wide, encoding)
