"""Who is called the same is not therefore the same: what is made of a file in which several have one name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.people_files import ask, read, value
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.services import contacts, duplicates, history
from tuicrm.services.context import Crm


def fields(crm: Crm) -> list[Any]:
    return [row[0] for row in ask(crm, "SELECT fields FROM contact WHERE deleted_at IS NULL ORDER BY id")]


def many(crm: Crm) -> int:
    return int(value(crm, "SELECT count(*) FROM contact WHERE deleted_at IS NULL"))


def nothing_more(crm: Crm, data: bytes) -> None:
    """The file read once more, and what it would do, change nothing."""
    dry, wet = read(crm, data, dry_run=True), read(crm, data)
    for report in (dry, wet):
        assert (report.added, report.updated, report.unchanged) == (0, 0, report.read)


IDS = b"Record ID,First Name,Last Name,Email,Phone Number\n101,John,Smith,,\n102,John,Smith,,\n"


def test_two_of_one_name_with_ids_of_their_own_are_two(crm: Crm) -> None:
    dry, wet = read(crm, IDS, dry_run=True), read(crm, IDS)
    assert (dry.added, dry.updated) == (wet.added, wet.updated) == (2, 0)
    assert fields(crm) == ['{"Record ID":"101"}', '{"Record ID":"102"}']
    nothing_more(crm, IDS)
    assert [pair.why for pair in duplicates.duplicates(crm)] == [("name",)]
    history.undo(crm)
    assert many(crm) == 0
    assert read(crm, IDS).added == 2


def test_cards_of_one_name_with_birthdays_of_their_own_are_several(crm: Crm) -> None:
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:John Smith\nUID:{n}\nBDAY:197{n}-01-01\nNOTE:No {n}\nEND:VCARD\n"
        for n in range(3)
    ).encode()
    assert read(crm, cards).added == 3
    assert ask(crm, "SELECT note FROM contact") == [("No 0",), ("No 1",), ("No 2",)]
    nothing_more(crm, cards)


def test_hundreds_of_one_name_are_found_again_one_by_one(crm: Crm) -> None:
    """More than are looked at of one name."""
    data = "".join(["Name,City\n", *(f"Mohammad Ahmadi,City{n}\n" for n in range(100))]).encode()
    dry, wet = read(crm, data, dry_run=True), read(crm, data)
    assert (dry.added, dry.updated) == (wet.added, wet.updated) == (100, 0)
    nothing_more(crm, data)
    more = b"Name,City,Job\nMohammad Ahmadi,City77,baker\n"
    assert (read(crm, more).updated, many(crm)) == (1, 100)
    nothing_more(crm, more)
    nothing_more(crm, data)


def test_one_without_a_number_among_many_namesakes_with_one_is_found_again(crm: Crm) -> None:
    crowd = "".join(["Name,Phone\n", *(f"Ali Rezaei,0912{n:07d}\n" for n in range(30))]).encode()
    assert read(crm, crowd).added == 30
    for data in (b"Name,City\nAli Rezaei,Shiraz\n", b"Name,Tags\nAli Rezaei,vip\n"):
        assert read(crm, data).added == 1
        nothing_more(crm, data)
    nothing_more(crm, crowd)


@pytest.mark.parametrize(
    "there",
    [
        NewContact("Ali Rezaei", "Pars", (PhoneNumber("0912 000 0001"),)),
        NewContact("Ali Rezaei", phones=(PhoneNumber("0912 000 0001"),)),
        NewContact("Ali Rezaei", emails=(EmailAddress("a@example.com"),)),
        NewContact("Ali Rezaei", "Pars"),
        NewContact("Ali Rezaei", fields={"City": "York"}),
    ],
)
def test_a_name_alone_adds_nothing_to_somebody_of_whom_more_is_known(crm: Crm, there: NewContact) -> None:
    contacts.add(crm, there)
    data = b"Name,City\nAli Rezaei,Shiraz\n"
    assert read(crm, data).added == 1
    nothing_more(crm, data)


def test_a_name_alone_is_that_of_somebody_of_whom_nothing_else_is_known_or_the_same(crm: Crm) -> None:
    contacts.add(crm, NewContact("Ali Rezaei", fields={"Job": "baker"}))
    assert read(crm, b"Name,City\nAli Rezaei,Shiraz\n").updated == 1
    assert read(crm, b"Name,City,Phone\nAli Rezaei,Shiraz,0912 000 0001\n").updated == 1
    # of whom more is known by now
    nothing_more(crm, b"Name,City\nAli Rezaei,Shiraz\n")
    nothing_more(crm, b"Name\nAli Rezaei\n")
    assert many(crm) == 1


def test_rows_that_say_more_and_more_of_one_are_one_whoever_is_read_again(crm: Crm) -> None:
    data = (
        b"Name,City,Job,Phone\nKate,York,,\nKate,London,,\nKate,,baker,\nKate,York,,0912 000 0001\nKate,,,\n"
    )
    report = read(crm, data)
    assert (report.added, report.updated + report.unchanged) == (2, 3)
    nothing_more(crm, data)


def test_of_several_with_the_number_the_one_is_taken_of_whom_the_row_is_true(crm: Crm) -> None:
    number = (PhoneNumber("0912 000 0001"),)
    for city in ("York", "London"):
        contacts.add(crm, NewContact("Kate", phones=number, fields={"City": city}))
    data = b"Name,Phone,City\nKate,0912 000 0001,London\n"
    nothing_more(crm, data)
    assert fields(crm) == ['{"City":"York"}', '{"City":"London"}']


def test_in_one_company_a_new_job_is_news_and_another_birthday_somebody_else(crm: Crm) -> None:
    head = b"Name,Company,Job,Birthday\n"
    assert read(crm, head + b"Kate Allen,Pars,baker,1980-01-01\n").added == 1
    assert read(crm, head + b"Kate Allen,Pars,cook,1980-01-01\n").updated == 1
    assert read(crm, head + b"Kate Allen,Pars,cook,1990-01-01\n").added == 1
    assert many(crm) == 2
