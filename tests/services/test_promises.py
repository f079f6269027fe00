"""Follow-ups and tickets made by hand."""

from __future__ import annotations

from datetime import date, time

import pytest

from tuicrm.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from tuicrm.domain.models import ContactPatch, Due, NewContact
from tuicrm.services import agents, contacts, history, promises, tickets
from tuicrm.services.context import Crm


@pytest.fixture
def leila(crm: Crm) -> int:
    return contacts.add(crm, NewContact("Leila Karimi")).id


def test_a_follow_up_is_promised_and_taken_back(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "thursday 10", "price of  pump")
    assert (made.reason, made.assignee, made.state) == ("price of pump", "sara", "open")
    assert made.due == made.first_due == Due(date(2026, 11, 26), time(10))
    row = contacts.row(crm, leila)
    assert row is not None
    assert row.next_follow_up == made.due
    history.undo(crm)
    assert contacts.card(crm, leila).follow_ups == ()


def test_snooze_keeps_the_first_promise_and_move_does_not(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "thursday 10")
    later = promises.snooze(crm, made.id, "2026-12-01")
    assert (later.due.on, later.first_due.on) == (date(2026, 12, 1), date(2026, 11, 26))
    moved = promises.move(crm, made.id, "2026-12-02")
    assert (moved.due.on, moved.first_due.on) == (date(2026, 12, 2), date(2026, 12, 2))


def test_done_cancelled_and_no_more(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "tomorrow", "price")
    assert promises.done(crm, made.id).state == "done"
    with pytest.raises(Conflict, match="follow_up_closed"):
        promises.done(crm, made.id)
    other = promises.add(crm, leila, "tomorrow", "price")
    ended = promises.cancel(crm, other.id, "bought elsewhere")
    assert (ended.state, ended.reason) == ("cancelled", "price (bought elsewhere)")
    items = [(item.entity, item.kind) for item in contacts.card(crm, leila).timeline]
    assert items == [("followup", "cancelled"), ("followup", "done")]


def test_handed_to_another_who_works_here(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "tomorrow")
    with pytest.raises(Invalid, match="no_agent") as refused:
        promises.assign(crm, made.id, "reza")
    assert refused.value.fields[0].field == "assignee"
    agents.add(crm, "reza")
    assert promises.assign(crm, made.id, "@reza").assignee == "reza"
    assert promises.edit(crm, made.id, when=None, reason="x", agent="me").assignee == "sara"


def test_what_cannot_be_promised(crm: Crm, leila: int) -> None:
    with pytest.raises(Invalid) as refused:
        promises.add(crm, leila, "someday")
    assert refused.value.fields[0].field == "when"
    with pytest.raises(NotFound):
        promises.add(crm, 404, "tomorrow")
    with pytest.raises(NotFound):
        promises.done(crm, 404)
    contacts.edit(crm, leila, ContactPatch(do_not_call=True))
    with pytest.raises(NotAllowed, match="promise_unwanted"):
        promises.add(crm, leila, "tomorrow")
    contacts.delete(crm, leila)
    with pytest.raises(Conflict):
        promises.add(crm, leila, "tomorrow")


def test_a_ticket_is_opened_with_its_first_line_in_the_thread(crm: Crm, leila: int) -> None:
    kind = tickets.kinds(crm.process())[0]
    made = tickets.new(crm, leila, "pump leaks", kind=kind, priority="high", note="since monday")
    assert (made.subject, made.kind, made.priority, made.assignee) == ("pump leaks", kind, "high", "sara")
    assert made.category == "open"
    [item] = contacts.card(crm, leila).timeline
    assert (item.entity, item.kind, item.text, item.ticket) == (
        "ticket_event",
        "created",
        "since monday",
        made.id,
    )
    history.undo(crm)
    assert contacts.card(crm, leila).tickets == ()


def test_a_priority_by_its_letter_or_label(crm: Crm) -> None:
    process = crm.process()
    for one in process.priorities:
        for name in (one.code, one.key, *one.names):
            if name:
                assert tickets.priority_of(process, name) == one.code
    assert tickets.priority_of(process, "") == process.defaults.priority


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"kind": "nothing"}, "kind"),
        ({"priority": "soonish"}, "priority"),
        ({"subject": "x" * 500}, "subject"),
    ],
)
def test_a_bad_ticket_names_the_field(crm: Crm, leila: int, more: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        tickets.new(crm, leila, **{"subject": "pump leaks", **more})
    assert refused.value.fields[0].field == field
