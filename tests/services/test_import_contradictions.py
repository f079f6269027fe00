"""A file that says two things of one person, or of one task: both are kept or told, and the file read again changes
nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.services.people_files import ask, read, value
from tuicrm.domain.errors import Unavailable
from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import contacts, importing
from tuicrm.services.context import Crm
from tuicrm.services.importing import engine
from tuicrm.storage import bulk

TWICE = b"name,phone,City,owner\nKate,0912 000 0001,York,sara\nKate,0912 000 0001,London,omid\n"


def kate(crm: Crm) -> Any:
    (row,) = contacts.page(crm).rows
    return contacts.get(crm, row.id)


def changed_nothing(crm: Crm, data: bytes) -> bool:
    before = value(crm, "SELECT max(seq) FROM change")
    report = read(crm, data)
    assert (report.added, report.updated, report.import_id) == (0, 0, None)
    return bool(value(crm, "SELECT max(seq) FROM change") == before)


def test_both_values_of_a_field_are_kept_and_the_first_owner(crm: Crm) -> None:
    report = read(crm, TWICE)
    assert (report.added, report.updated) == (1, 1)
    assert (kate(crm).fields, kate(crm).owner) == ({"City": "York | London"}, "sara")
    assert [(row.line, row.code, row.params["kept"]) for row in report.remarks] == [
        (3, "import_two_owners", "sara")
    ]


@pytest.mark.parametrize("there", ["", "York", "London", "Paris"])
def test_the_same_file_again_changes_nothing_whatever_was_there_before(crm: Crm, there: str) -> None:
    if there:
        number = (PhoneNumber("0912 000 0001"),)
        contacts.add(crm, NewContact(name="Kate", phones=number, fields={"City": there}))
    dry = read(crm, TWICE, dry_run=True)
    wet = read(crm, TWICE)
    assert (dry.added, dry.updated, dry.unchanged) == (wet.added, wet.updated, wet.unchanged)
    assert set(kate(crm).fields["City"].split(" | ")) == {"York", "London"}
    assert changed_nothing(crm, TWICE)


def test_another_file_says_anew_and_one_value_of_two_is_nothing_new(crm: Crm) -> None:
    read(crm, TWICE)
    assert changed_nothing(crm, b"name,phone,City\nKate,0912 000 0001,London\n")
    assert read(crm, b"name,phone,City\nKate,0912 000 0001,Paris\n").updated == 1
    assert kate(crm).fields == {"City": "Paris"}


def test_far_apart_in_the_file_and_killed_in_between(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK_ROWS", 10)
    between = "".join(f"P{n},0913{n:07d},\n" for n in range(35))
    first, last = "name,phone,City\nKate,0912 000 0001,York\n", "Kate,0912 000 0001,London\n"
    data = (first + between + last).encode()
    real, calls = bulk.put_contacts, [0]

    def killed(*args: Any) -> None:
        calls[0] += 1
        if calls[0] == 3:
            raise Unavailable("disk_full")
        real(*args)

    monkeypatch.setattr(bulk, "put_contacts", killed)
    with pytest.raises(Unavailable):
        read(crm, data)
    (left,) = importing.unfinished(crm)
    importing.go_on(crm, left.batch_id, io.BytesIO(data))
    fields = "SELECT fields FROM contact WHERE name = 'Kate'"
    assert ask(crm, fields) == [('{"City":"York | London"}',)]
    assert changed_nothing(crm, data)


# --- tasks --------------------------------------------------------------------------------------------------


def calendar(*due: str) -> bytes:
    tasks = "".join(
        f"BEGIN:VTODO\r\nUID:one\r\nSUMMARY:contract\r\nCONTACT:Kate\r\nDUE:{each}\r\nEND:VTODO\r\n"
        for each in due
    )
    return f"BEGIN:VCALENDAR\r\n{tasks}END:VCALENDAR\r\n".encode()


def test_of_a_task_that_stands_twice_the_first_counts_and_the_other_is_told(crm: Crm) -> None:
    contacts.add(crm, NewContact(name="Kate"))
    data = calendar("20261204T100000", "20261211T100000", "20261204T100000")
    dry = read(crm, data, dry_run=True)
    wet = read(crm, data)
    for report in (dry, wet):
        assert (report.added, report.updated, report.unchanged) == (1, 0, 1)
        assert [(row.line, row.code) for row in report.skipped] == [(8, "follow_up_twice")]
    assert ask(crm, "SELECT due_on FROM follow_up") == [("2026-12-04",)]
    assert changed_nothing(crm, data)


# --- what has no place ----------------------------------------------------------------------------------------


def test_columns_without_a_place_are_told_once_for_the_whole_file(crm: Crm) -> None:
    data = b"Name,Password,E-mail Type\nAli,pw,\nSara,pw,EX\nReza,pw,EX\n"
    told = [(2, ("Password",)), (3, ("E-mail Type",))]
    for report in (read(crm, data, dry_run=True), read(crm, data)):
        assert [(row.line, row.params["what"]) for row in report.remarks] == told
        assert {row.code for row in report.remarks} == {"import_no_place"}
