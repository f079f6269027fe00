"""Columns that could be something else: numbers that count up, a heading of two meanings, and Japanese lists."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.exchange.sheets import emails, people, person, phones
from tuicrm.exchange import charsets
from tuicrm.exchange.csv_columns import suggest

IN_A_ROW = [("Ali Rezaei", "09121234567"), ("Sara Nouri", "09121234568"), ("Reza Ahmadi", "09121234569")]


def lines(rows: Sequence[tuple[str, ...]]) -> str:
    return "".join(f"{','.join(row)}\n" for row in rows)


@pytest.mark.parametrize("head", ["", "Subscriber,Line\n", "Name,Line\n"])
def test_telephone_numbers_that_count_up_are_telephone_numbers(head: str) -> None:
    found = people(head + lines(IN_A_ROW))
    assert [(each.name, phones(each)) for each in found] == [(name, [(raw, "")]) for name, raw in IN_A_ROW]


def test_beside_an_address_too_and_so_are_long_ones_without_a_zero() -> None:
    rows = [(name, f"{name[0]}@example.com", f"212555010{n}") for n, (name, _) in enumerate(IN_A_ROW)]
    assert [phones(each) for each in people(lines(rows))] == [[(f"212555010{n}", "")] for n in range(3)]


def test_a_list_that_numbers_its_own_rows_has_no_telephone_numbers_there() -> None:
    rows = [(name, str(1000001 + n)) for n, (name, _) in enumerate(IN_A_ROW)]
    assert [column.target for column in suggest(("Name", "No"), rows)] == ["name", "field"]


@pytest.mark.parametrize("heading", ["Contact", "مخاطب", "Kontakt"])
def test_a_heading_of_two_meanings_means_what_stands_under_it(heading: str) -> None:
    ali = person(f"Name,{heading}\nAli,0912 000 0001\n")
    assert (ali.name, phones(ali), dict(ali.fields)) == ("Ali", [("0912 000 0001", "")], {})
    ali = person(f"Name,{heading}\nAli,ali@example.com\n")
    assert (ali.name, emails(ali), dict(ali.fields)) == ("Ali", [("ali@example.com", "")], {})
    firm = person(f"Company,{heading},Phone\nPars,Ali Rezaei,0912 000 0001\n")
    if heading != "Kontakt":
        assert (firm.name, firm.company) == ("Ali Rezaei", "Pars")


def test_a_japanese_list_has_its_names_numbers_and_companies() -> None:
    text = "姓,名,会社,携帯電話,電子メール アドレス\r\n山田,太郎,ソニー株式会社,090-1234-5678,taro@example.jp\r\n"
    read, encoding = charsets.decode(text.encode("cp932"))
    taro = person(read)
    assert encoding == "cp932"
    assert (taro.name, taro.company) == ("山田 太郎", "ソニー株式会社")
    assert (phones(taro), emails(taro)) == ([("090-1234-5678", "mobile")], [("taro@example.jp", "")])
    assert dict(taro.fields) == {}


def test_outlook_in_japanese() -> None:
    text = (
        "名,姓,会社名,部署,会社電話,会社電話 2,会社 FAX,自宅電話,電子メール アドレス,電子メールの種類,"
        "電子メール表示名,分類項目,メモ\n"
        "太郎,山田,ソニー株式会社,営業部,03-1234-5678,03-1234-5679,03-1234-5670,03-9999-0000,taro@example.jp,SMTP,"
        "山田 太郎,得意先,はじめて\n"
    )
    taro = person(text)
    assert (taro.name, taro.company, taro.tags, taro.note) == (
        "山田 太郎",
        "ソニー株式会社",
        ("得意先",),
        "はじめて",
    )
    assert phones(taro) == [
        ("03-1234-5678", "work"),
        ("03-1234-5679", "work"),
        ("03-1234-5670", "work fax"),
        ("03-9999-0000", "home"),
    ]
    assert (emails(taro), dict(taro.fields)) == ([("taro@example.jp", "")], {"部署": "営業部"})


def test_a_name_in_two_parts_stands_in_the_order_of_its_language() -> None:
    assert person("First Name,Last Name\n太郎,山田\n").name == "山田 太郎"
    assert person("Last Name,First Name\nMüller,Jürgen\n").name == "Jürgen Müller"
    assert person("名前,苗字\n太郎,山田\n").name == "山田 太郎"
