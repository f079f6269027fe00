"""Lists of calls stand in the order in which the calls were held, not in which they were written down."""

from __future__ import annotations

import pytest

from tests.services.people_files import read
from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import CallDraft, Contact, NewContact, PhoneNumber, Who
from tuicrm.services import calls, contacts, facts, find, today
from tuicrm.services.context import Crm


def add(crm: Crm, name: str, phone: str) -> Contact:
    return contacts.add(crm, NewContact(name=name, phones=(PhoneNumber(phone),)))


def log(crm: Crm, contact: Contact, line: str) -> None:
    calls.save(crm, CallDraft(uid=f"uid {line}", who=Who(contact_id=contact.id), line=line))


def old_calls(crm: Crm, count: int) -> None:
    """A list of last year: by day backwards, several at one moment."""
    lines = [
        f"2025-03-{20 - n // 3:02d} 10:00:00,in,0912000{n:04d},60,imported {n},{n}\n" for n in range(count)
    ]
    text = "started_at,direction,number,duration_s,note,uid\n" + "".join(lines)
    assert read(crm, text.encode()).added == count


def notes(crm: Crm, **options: object) -> list[str]:
    return [call.note for call in calls.recent(crm, **options).rows]  # type: ignore[arg-type]


def test_a_list_of_old_calls_comes_in_below_what_was_logged_before_it(crm: Crm) -> None:
    leila = add(crm, "Leila Karimi", "0912 123 4567")
    log(crm, leila, "price list sent")
    old_calls(crm, 3)
    log(crm, leila, "wants two")
    log(crm, leila, "forgot to write this down -08:10")
    assert notes(crm)[:3] == ["wants two", "price list sent", "forgot to write this down"]
    assert notes(crm)[3:] == ["imported 2", "imported 1", "imported 0"]


@pytest.mark.parametrize("page", [1, 4, 5])
def test_pages_on_and_back_hold_every_call_once_in_one_order(crm: Crm, page: int) -> None:
    log(crm, add(crm, "Leila Karimi", "0912 123 4567"), "price list sent")
    old_calls(crm, 19)
    every = [call.id for call in calls.recent(crm, limit=100).rows]
    assert len(set(every)) == 20
    on: list[int] = []
    more = True
    while more:
        found = calls.recent(crm, limit=page, before=on[-1] if on else None)
        on += [call.id for call in found.rows]
        more = found.more
    assert on == every
    back: list[int] = []
    more = True
    while more:
        found = calls.recent(crm, limit=page, before=back[0] if back else None, backward=True)
        back[:0] = [call.id for call in found.rows]
        more = found.more
    assert back == every


def test_a_page_goes_on_behind_a_call_that_was_deleted_meanwhile(crm: Crm) -> None:
    old_calls(crm, 9)
    every = [call.id for call in calls.recent(crm).rows]
    calls.delete(crm, every[3])
    assert [call.id for call in calls.recent(crm, before=every[3]).rows] == every[4:]
    with pytest.raises(NotFound):
        calls.recent(crm, before=4711)


def test_old_calls_are_neither_the_last_spoken_to_nor_what_is_offered_to_be_said_again(crm: Crm) -> None:
    leila, omid = add(crm, "Leila Karimi", "0912 123 4567"), add(crm, "Omid Karimi", "0912 000 0001")
    log(crm, leila, "price list sent")
    old_calls(crm, 3)
    assert [row.contact.id for row in today.queue(crm)] == [leila.id, omid.id]
    with crm.database.reader() as conn:
        assert facts.habits(conn, crm).notes[0] == "price list sent"
    assert next(row.id for row in find.find(crm, "karimi")) == leila.id
