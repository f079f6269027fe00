"""A whole file as a program writes it: tried, brought in, brought in again, taken back, and every value looked at."""

from __future__ import annotations

import io

import pytest

from tests.services.people_files import ask, read, sound, value
from tests.services.twins import Person, Twin
from tests.services.twins_tables import PROMISES, TABLES
from tests.services.twins_vcard import CARDS
from tuicrm.domain.errors import Conflict, Invalid, NotFound
from tuicrm.domain.models import Contact, NewContact
from tuicrm.services import contacts, history, importing
from tuicrm.services.context import Crm
from tuicrm.services.importing import Progress, engine

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


def test_what_names_nobody_goes_to_the_contact_that_is_said(crm: Crm) -> None:
    data, promised, _ = PROMISES["every component"]
    ada = contacts.add(crm, NewContact("Ada Moor")).id
    me = contacts.add(crm, NewContact("Myself")).id
    tried = read(crm, data, contact=me, dry_run=True)
    report = read(crm, data, contact=me)
    assert (tried.added, report.added) == (len(promised) + 1, len(promised) + 1)
    whose = ask(crm, "SELECT contact_id, reason FROM follow_up ORDER BY id")
    assert whose == [(ada, promised[0][0]), (me, "Nobody known")]
    assert [row.code for row in report.skipped] == ["ics_no_date", "ics_component", "ics_component"]
    for options in ({"contact": me}, {}):
        again = read(crm, data, **options)
        assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    history.undo(crm)
    assert value(crm, "SELECT count(*) FROM follow_up WHERE deleted_at IS NULL") == 0


def test_whom_two_have_the_name_of_is_still_asked_about(crm: Crm) -> None:
    for name in ("Ada Moor", "Ada Moor", "Myself"):
        contacts.add(crm, NewContact(name))
    report = read(crm, PROMISES["a telephone's alarms"][0], contact=3)
    assert [row.code for row in report.skipped] == ["follow_up_several"]


def test_one_contact_for_all_tasks_must_be_there_and_the_file_a_calendar(crm: Crm) -> None:
    gone = contacts.add(crm, NewContact("Gone")).id
    contacts.delete(crm, gone)
    calendar = PROMISES["every component"][0]
    with pytest.raises(Conflict, match="contact_deleted"):
        read(crm, calendar, contact=gone)
    with pytest.raises(NotFound, match="no_contact"):
        read(crm, calendar, contact=99)
    with pytest.raises(Invalid, match="import_contact"):
        read(crm, CARDS["android"].data, contact=gone)


def test_a_calendar_that_was_cut_off_goes_on_with_the_same_contact(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = contacts.add(crm, NewContact("Myself")).id
    events = [
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20261216T100000Z\r\nSUMMARY:Task {n}\r\nEND:VEVENT"
        for n in range(30)
    ]
    data = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]).encode()

    def kill(done: Progress) -> None:
        if done.added == 20:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(engine, "CHUNK_ROWS", 10)
        # as after a kill: nobody writes how it ended
        patch.setattr(engine.Run, "_end", lambda run, _: run._sign and run._sign.down())
        with pytest.raises(KeyboardInterrupt):
            read(crm, data, contact=me, progress=kill)
    (cut,) = importing.unfinished(crm)
    report = importing.go_on(crm, cut.batch_id, io.BytesIO(data))
    assert (report.begun_at, report.added) == (20, 10)
    assert ask(crm, "SELECT contact_id, count(*) FROM follow_up GROUP BY contact_id") == [(me, 30)]
