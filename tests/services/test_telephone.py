"""The telephone's door: events late, twice or out of order do no harm."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.conftest import OpenCrm
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import CallDraft, Contact, NewContact, PhoneCall, PhoneNumber, Who
from tuicrm.services import calls, contacts, history, telephone
from tuicrm.services.context import Crm

NUMBER = "09121234567"


def add(crm: Crm, name: str, phone: str = NUMBER) -> Contact:
    return contacts.add(crm, NewContact(name=name, phones=(PhoneNumber(phone),)))


def ring(crm: Crm, state: telephone.Event = "ring", number: str = NUMBER, call_id: str = "1") -> PhoneCall:
    return telephone.event(crm, state, call_id=call_id, number=number, agent="sara", source="pbx")


def test_a_ringing_call_names_the_one_who_has_the_number(crm: Crm) -> None:
    leila = add(crm, "Leila Karimi")
    call = ring(crm, number="+98 912 123 4567")
    assert call.contact is not None
    assert call.contact.id == leila.id
    assert [live.state for live in telephone.current(crm)] == ["ringing"]


def test_several_people_on_one_number_are_all_named(crm: Crm) -> None:
    add(crm, "Leila Karimi")
    add(crm, "Pars Pump Co")
    call = ring(crm)
    assert call.contact is None
    assert {row.name for row in call.matches} == {"Leila Karimi", "Pars Pump Co"}


def test_an_unknown_or_withheld_number_names_nobody(crm: Crm) -> None:
    add(crm, "Leila Karimi")
    assert ring(crm, number="0912 999 0000").matches == ()
    assert ring(crm, number="anonymous", call_id="2").number == ""
    assert ring(crm, number="4567", call_id="3").matches == ()


def test_a_state_never_goes_back(crm: Crm) -> None:
    ring(crm, "answer")
    assert ring(crm, "ring").state == "talking"
    assert ring(crm, "hangup").state == "ended"
    assert ring(crm, "answer").state == "ended"
    assert ring(crm, "ring").state == "ended"


def test_a_missed_call_is_in_the_list_once(crm: Crm) -> None:
    leila = add(crm, "Leila Karimi")
    for _ in range(2):
        ring(crm)
        ring(crm, "missed")
    rows = calls.recent(crm).rows
    assert [(row.outcome, row.direction, row.contact.id) for row in rows] == [("missed", "in", leila.id)]
    assert telephone.current(crm) == []


def test_a_ring_that_ends_unanswered_is_missed_even_from_a_stranger(crm: Crm) -> None:
    ring(crm, number="0912 000 0009")
    ring(crm, "hangup")
    call = calls.recent(crm).rows[0]
    assert (call.outcome, call.contact, call.number) == ("missed", None, "0912 000 0009")
    assert contacts.count(crm) == 0


def test_late_news_of_an_answer_takes_the_missed_call_back(crm: Crm) -> None:
    add(crm, "Leila Karimi")
    ring(crm)
    ring(crm, "hangup")
    assert ring(crm, "answer").state == "ended"
    assert calls.recent(crm).rows == ()
    assert [live.state for live in telephone.current(crm)] == ["ended"]


def test_a_logged_call_is_no_longer_live_and_late_events_do_not_bring_it_back(crm: Crm) -> None:
    leila = add(crm, "Leila Karimi")
    ring(crm)
    ring(crm, "answer")
    draft = CallDraft(
        uid="a", who=Who(leila.id), line="asks for prices", direction="in", source="pbx", source_call_id="1"
    )
    saved = calls.save(crm, draft)
    assert telephone.current(crm) == []
    ring(crm, "hangup")
    assert telephone.current(crm) == []
    assert [row.id for row in calls.recent(crm).rows] == [saved.call.id]
    assert saved.call.direction == "in"


def test_a_live_call_that_was_saved_and_undone_can_be_saved_again(crm: Crm) -> None:
    leila = add(crm, "Leila Karimi")
    ring(crm, "answer")
    for uid in ("a", "b"):
        draft = CallDraft(
            uid=uid, who=Who(leila.id), line="x", direction="in", source="pbx", source_call_id="1"
        )
        calls.save(crm, draft)
        if uid == "a":
            history.undo(crm)
    assert len(calls.recent(crm).rows) == 1


def test_a_call_whose_log_was_taken_back_is_live_again_and_its_end_is_known(crm: Crm) -> None:
    leila = add(crm, "Leila Karimi")
    call = ring(crm, "answer")
    calls.save(crm, CallDraft("1", Who(leila.id), "spoke", direction="in", source="pbx", source_call_id="1"))
    history.undo(crm)
    ring(crm, "hangup")
    assert telephone.current(crm) == []
    telephone.reopen(crm, call.source, call.call_id)
    assert [live.state for live in telephone.current(crm)] == ["ended"]


def test_another_agents_call_is_not_shown_to_me(crm: Crm, open_as: OpenCrm) -> None:
    ring(crm)
    assert telephone.current(open_as("omid")) == []


def test_a_ringing_that_never_said_how_it_ended_stops(crm: Crm, clock: FrozenClock) -> None:
    ring(crm)
    clock.advance(timedelta(minutes=6).total_seconds())
    assert telephone.current(crm) == []


def test_a_call_without_an_id_is_refused(crm: Crm) -> None:
    with pytest.raises(Invalid):
        ring(crm, call_id=" ")
