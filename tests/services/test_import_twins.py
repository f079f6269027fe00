"""A whole file as a program writes it: tried, brought in, brought in again, taken back, and every value looked at."""

from __future__ import annotations

import pytest

from tests.services.people_files import ask, read, sound, value
from tests.services.twins import Person, Twin
from tests.services.twins_tables import PROMISES, TABLES
from tests.services.twins_vcard import CARDS
from tuicrm.domain.models import Contact, NewContact
from tuicrm.services import contacts, history
from tuicrm.services.context import Crm

FILES = CARDS | TABLES


def known(crm: Crm) -> list[Person]:
    """Everybody in the book, in the order of the file."""
    ids = [row[0] for row in ask(crm, "SELECT id FROM contact WHERE deleted_at IS NULL ORDER BY id")]
    return [_person(contacts.get(crm, contact_id)) for contact_id in ids]


def _person(it: Contact) -> Person:
    return Person(
        it.name,
        it.company,
        tuple(f"{phone.raw} {phone.label}".strip() for phone in it.phones),
        tuple(f"{email.address} {email.label}".strip() for email in it.emails),
        it.tags,
        dict(it.fields),
        it.note,
    )


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_people_comes_in_whole_once_and_goes_again(crm: Crm, name: str) -> None:
    twin: Twin = FILES[name]
    tried = read(crm, twin.data, dry_run=True)
    assert known(crm) == []
    report = read(crm, twin.data)
    assert known(crm) == list(twin.people)
    assert (report.added, report.refused, report.photos_skipped) == (len(twin.people), (), twin.photos)
    assert tuple((row.code, row.line) for row in report.skipped) == twin.told
    assert (tried.added, tried.updated, tried.skipped) == (report.added, report.updated, report.skipped)
    again = read(crm, twin.data)
    assert (again.added, again.updated, again.import_id) == (0, 0, None)
    assert history.undo(crm).left == ()
    assert known(crm) == []
    sound(crm)


@pytest.mark.parametrize("name", PROMISES)
def test_a_calendar_comes_in_whole_once_and_goes_again(crm: Crm, name: str) -> None:
    data, promised, told = PROMISES[name]
    contacts.add(crm, NewContact("Ada Moor"))
    columns = "reason, due_on, substr(due_time, 1, 5), zone, alarm_minutes"
    report = read(crm, data)
    assert ask(crm, f"SELECT {columns} FROM follow_up WHERE deleted_at IS NULL ORDER BY id") == promised
    assert [(row.code, row.line) for row in report.skipped] == told
    assert (report.added, report.refused) == (len(promised), ())
    again = read(crm, data)
    assert (again.added, again.updated) == (0, 0)
    history.undo(crm)
    assert value(crm, "SELECT count(*) FROM follow_up WHERE deleted_at IS NULL") == 0
    sound(crm)
