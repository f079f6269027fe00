"""What leaves comes back: contacts and follow-ups through every form, and independent programs read the same."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.test_everything import company
from tuicrm.domain.fold import glued
from tuicrm.domain.models import CallDraft, Contact, EmailAddress, NewContact, PhoneNumber, Who
from tuicrm.services import calls, contacts, followups, transfer
from tuicrm.services.context import Crm

MODEST = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORD = st.text("aZé09ویلا=+-@'\",;|\\:<&", min_size=1, max_size=8).filter(
    lambda text: text.strip("'\" ;,") != ""
)
PLAIN = st.text("abcمهر", min_size=2, max_size=7)
# a cell that begins with an apostrophe or as ="..." is taken for a spreadsheet's way to write text
LINE = st.lists(WORD, min_size=1, max_size=3).map(" ".join).filter(lambda text: text[0] not in "'=")
NOTE = st.lists(LINE, max_size=3).map("\n".join)
NUMBER = st.integers(0, 9_999_999).map(lambda n: f"0912 {n:07d}")
PEOPLE = st.lists(
    st.builds(
        NewContact,
        name=LINE,
        company=st.just("") | LINE,
        phones=st.lists(NUMBER, max_size=2, unique=True).map(lambda raw: tuple(map(PhoneNumber, raw))),
        emails=st.lists(st.integers(0, 999), max_size=2, unique=True).map(
            lambda found: tuple(EmailAddress(f"p{n}@example.com") for n in found)
        ),
        tags=st.lists(PLAIN, max_size=2, unique=True).map(tuple),
        fields=st.dictionaries(PLAIN.map("Own {}".format), LINE, max_size=2),
        note=NOTE,
        cadence_days=st.none() | st.integers(1, 3650),
    ),
    min_size=1,
    max_size=3,
    # two that differ in signs alone, without a number, are one
    unique_by=lambda contact: glued(contact.name) or contact.name,
)


def exported(crm: Crm, what: str, form: str, *, raw: bool = False) -> bytes:
    stream = io.StringIO(newline="")
    transfer.export(crm, what, form, stream, raw=raw)
    return stream.getvalue().encode()


def everybody(crm: Crm) -> list[Contact]:
    rows = contacts.page(crm).rows
    return sorted((contacts.get(crm, row.id) for row in rows), key=lambda each: each.name)


def whole(it: Contact) -> tuple[Any, ...]:
    """What must survive: all that a person entered."""
    numbers = tuple((phone.raw, phone.e164, phone.ext) for phone in it.phones)
    return (
        it.name,
        it.company,
        numbers,
        it.emails,
        it.tags,
        dict(it.fields),
        it.note,
        it.do_not_call,
        it.owner,
        it.cadence_days,
    )


@pytest.mark.parametrize(("form", "raw"), [("csv", True), ("csv", False), ("json", False), ("vcard", False)])
@given(people=PEOPLE)
@MODEST
def test_contacts_come_back_as_they_were(form: str, raw: bool, people: list[NewContact]) -> None:
    with company() as crm, company() as new:
        for each in people:
            contacts.add(crm, each)
        report = transfer.import_file(new, io.BytesIO(exported(crm, "contacts", form, raw=raw)))
        assert (report.format, report.refused) == (form, ())
        assert [whole(each) for each in everybody(new)] == [whole(each) for each in everybody(crm)]


@given(people=PEOPLE)
@MODEST
def test_vobject_sees_the_same_contacts(people: list[NewContact]) -> None:
    with company() as crm:
        for each in people:
            contacts.add(crm, each)
        cards = list(vobject.readComponents(exported(crm, "contacts", "vcard").decode()))
        seen = sorted((card.fn.value, getattr(card, "note", None) and card.note.value) for card in cards)
        assert seen == sorted((each.name, each.note or None) for each in everybody(crm))


@pytest.mark.parametrize(
    "line", ["price list /2d", "boiler =x, dead; E1 /fri 10:00", "/n", '\\ and " /2026-12-01']
)
def test_follow_ups_come_back_and_icalendar_sees_the_same(line: str) -> None:
    with company() as crm, company() as new:
        for one in (crm, new):
            contacts.add(
                one, NewContact(name='Leila Karimi; the "first"', phones=(PhoneNumber("0912 000 4567"),))
            )
        calls.save(crm, CallDraft("u1", Who(1), line))
        (promised,) = followups.page(crm).rows
        data = exported(crm, "followups", "ics")
        (task,) = icalendar.Calendar.from_ical(data).walk("VTODO")
        due = task.decoded("due")
        if promised.due.at is None:
            assert due == promised.due.on
        else:
            assert due == promised.due_key
        assert promised.reason in str(task["summary"])
        assert str(task["status"]) == "NEEDS-ACTION"
        report = transfer.import_file(new, io.BytesIO(data))
        assert (report.format, report.added, report.refused) == ("ics", 1, ())
        (back,) = followups.page(new).rows
        assert (back.contact.id, back.reason, back.due) == (1, promised.reason, promised.due)
        assert abs(back.due_key - promised.due_key) < timedelta(seconds=1)
        assert transfer.import_file(new, io.BytesIO(data)).added == 0
