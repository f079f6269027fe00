"""A call under the wrong contact, or under none, is given to the right one: with what follows from it, and back."""

from __future__ import annotations

from datetime import UTC

import pytest

from tests.services.people_files import read, sound, value
from tests.services.test_calls import add, log
from tuicrm import told
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Conflict, NotFound
from tuicrm.services import call_contacts, calls, contacts, history, merging, promises
from tuicrm.services.context import Crm


def people(crm: Crm) -> tuple[int, int]:
    return add(crm).id, add(crm, "Reza Ahmadi", "0935 000 2345").id


def promised(crm: Crm, contact_id: int) -> list[int]:
    return [each.id for each in contacts.card(crm, contact_id).follow_ups]


def test_a_call_goes_with_the_promise_that_it_made_and_comes_back_with_it(crm: Crm) -> None:
    leila, reza = people(crm)
    saved = log(crm, contacts.get(crm, leila), "wants a price /sat10")
    assert saved.call.follow_up is not None
    given = call_contacts.give(crm, saved.call.id, reza)
    assert (given.went, given.stays) == ((saved.call.follow_up.id,), None)
    assert given.call.contact is not None
    assert given.call.contact.id == reza
    assert (promised(crm, leila), promised(crm, reza)) == ([], [saved.call.follow_up.id])
    assert [contacts.card(crm, id).calls for id in (leila, reza)] == [0, 1]
    last = "SELECT last_call_key <> '' FROM contact WHERE id = "
    assert [value(crm, f"{last}{id}") for id in (leila, reza)] == [0, 1]
    history.undo(crm)
    assert (promised(crm, leila), promised(crm, reza)) == ([saved.call.follow_up.id], [])
    assert [contacts.card(crm, id).calls for id in (leila, reza)] == [1, 0]
    sound(crm)


def test_the_promise_that_a_call_kept_stays_with_whom_it_was_made_to(crm: Crm, clock: FrozenClock) -> None:
    leila, reza = people(crm)
    first = log(crm, contacts.get(crm, leila), "call again /2026-11-22 10:00").call
    clock.advance(3600)
    assert first.follow_up is not None
    kept = log(crm, contacts.get(crm, leila), "spoke at last").call
    assert kept.follow_up is not None
    assert kept.follow_up.id == first.follow_up.id
    given = call_contacts.give(crm, kept.id, reza)
    assert (given.went, given.stays) == ((), first.follow_up.id)
    assert given.call.follow_up is None
    stands = promises.get(crm, first.follow_up.id)
    assert (stands.contact.id, stands.state) == (leila, "done")


def test_a_call_about_a_ticket_stays_with_whose_ticket_it_is(crm: Crm) -> None:
    leila, reza = people(crm)
    call = log(crm, contacts.get(crm, leila), "boiler dead /th").call
    for whose in (reza, None):
        with pytest.raises(Conflict) as refused:
            call_contacts.give(crm, call.id, whose)
        assert refused.value.code == "call_ticket"
    assert calls.get(crm, call.id).contact == call.contact


def test_a_call_is_nobodys_only_without_an_open_promise(crm: Crm) -> None:
    leila, _ = people(crm)
    promising, plain = (log(crm, contacts.get(crm, leila), line).call for line in ("price /sat", "thanks /-"))
    with pytest.raises(Conflict) as refused:
        call_contacts.give(crm, promising.id, None)
    assert refused.value.code == "call_promise"
    assert call_contacts.give(crm, plain.id, None).call.contact is None


def test_all_calls_of_a_number_that_are_nobodys_are_given_in_one_action(crm: Crm) -> None:
    leila, reza = people(crm)
    rows = [f"2026-11-2{n} 09:00,02188776655,in,60" for n in range(3)]
    read(
        crm,
        "\n".join(("start,number,direction,duration", *rows, "2026-11-20 11:00,02188770000,in,5")).encode(),
    )
    first, *others = (each.id for each in reversed(calls.recent(crm).rows) if each.number == "+982188776655")
    assert call_contacts.strays(crm, first) == tuple(others)
    call_contacts.give(crm, others[0], leila)
    given = call_contacts.give(crm, first, reza, others=others)
    assert given.others == (others[1],)
    assert [contacts.card(crm, id).calls for id in (leila, reza)] == [1, 2]
    history.undo(crm)
    assert [contacts.card(crm, id).calls for id in (leila, reza)] == [1, 0]


def test_a_merged_contact_leads_to_its_heir_and_a_deleted_one_is_refused(crm: Crm) -> None:
    leila, reza = people(crm)
    third = add(crm, "Nadia Rostami", "0911 222 3344").id
    call = log(crm, contacts.get(crm, leila), "thanks /-").call
    merging.merge(crm, reza, [third])
    now = call_contacts.give(crm, call.id, third).call.contact
    assert now is not None
    assert now.id == reza
    with pytest.raises(Conflict):
        call_contacts.give(crm, call.id, reza)
    contacts.delete(crm, leila)
    with pytest.raises(NotFound):
        call_contacts.give(crm, call.id, leila)


def test_the_history_says_from_whom_to_whom_it_went(crm: Crm) -> None:
    leila, reza = people(crm)
    call = log(crm, contacts.get(crm, leila), "thanks /-").call
    call_contacts.give(crm, call.id, reza)
    found = history.of_agent(crm, limit=1)
    seen = told.Seen(crm.process(), crm.zone, crm.now().astimezone(UTC), crm.region(), found.names)
    assert "with: Leila Karimi → Reza Ahmadi" in told.headline(found.deeds[0], seen)
