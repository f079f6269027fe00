"""Logging a call: one line, one transaction, everything it sets in motion."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from tests.services.conftest import OpenCrm
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from tuicrm.domain.models import CallDraft, Contact, ContactPatch, Due, NewContact, PhoneNumber, Saved, Who
from tuicrm.services import agents, calls, contacts, history, today
from tuicrm.services.context import Crm


def add(crm: Crm, name: str = "Leila Karimi", phone: str = "0912 123 4567") -> Contact:
    return contacts.add(crm, NewContact(name=name, phones=(PhoneNumber(phone),)))


def log(crm: Crm, contact: Contact | None, line: str, uid: str = "", **facts: object) -> Saved:
    who = Who(contact_id=contact.id) if contact else Who()
    return calls.save(crm, CallDraft(uid=uid or f"uid {line}", who=who, line=line, **facts))  # type: ignore[arg-type]


def test_a_line_saves_call_follow_up_and_ticket_together(crm: Crm) -> None:
    leila = add(crm)
    saved = log(crm, leila, "boiler dead .f/th/sat10")
    call = calls.get(crm, saved.call.id)
    assert (call.note, call.outcome, call.topic) == ("boiler dead", "connected", "fault")
    assert call.follow_up is not None
    assert call.follow_up.due == Due(date(2026, 11, 28), time(10))
    assert call.ticket is not None
    assert (call.ticket.subject, call.ticket.priority) == ("boiler dead", "high")
    card = contacts.card(crm, leila.id)
    assert [f.id for f in card.follow_ups] == [call.follow_up.id]
    assert [t.id for t in card.tickets] == [call.ticket.id]
    assert card.calls == 1


def test_all_rows_of_a_line_share_one_action_and_undo_takes_all_back(crm: Crm) -> None:
    leila = add(crm)
    saved = log(crm, leila, "boiler dead /th /sat10 #vip")
    rows = history.changes(crm).rows
    touched = [(row.entity, row.verb) for row in rows if row.action_id == saved.call.action_id]
    assert sorted(entity for entity, _ in touched) == [
        "call",
        "contact",
        "followup",
        "ticket",
        "ticket_event",
    ]
    history.undo(crm)
    card = contacts.card(crm, leila.id)
    assert (card.calls, card.follow_ups, card.tickets, card.contact.tags) == (0, (), (), ())
    history.redo(crm)
    assert contacts.card(crm, leila.id).contact.tags == ("vip",)


def test_the_tags_in_use_are_offered_those_of_calls_by_use_before_those_of_contacts(crm: Crm) -> None:
    leila = add(crm)
    for name in ("Reza", "Sara"):
        contacts.add(crm, NewContact(name, tags=("owner", "Complaint", "vip")))
    contacts.add(crm, NewContact("Omid", tags=("tenant",)))
    for uid, line in enumerate(
        ("so #complaint", "so #complaint #vip", "so #new", "so #vip", "so #complaint")
    ):
        log(crm, leila, line, str(uid))
    log(crm, leila, "so #gone", "gone")
    history.undo(crm)
    assert calls.context(crm, leila.id).line.tags == ("complaint", "vip", "new", "owner", "tenant")


def test_the_same_draft_saved_twice_is_one_call(crm: Crm) -> None:
    leila = add(crm)
    first = log(crm, leila, "price list sent", uid="a")
    again = log(crm, leila, "price list sent", uid="a")
    assert again.repeated
    assert again.call.id == first.call.id
    assert contacts.card(crm, leila.id).calls == 1


def test_a_refused_line_saves_nothing_at_all(crm: Crm) -> None:
    with pytest.raises(Invalid) as refused:
        calls.save(crm, CallDraft(uid="a", who=Who(new=NewContact(name="Ali")), line="x /31feb"))
    assert refused.value.fields
    assert contacts.count(crm) == 0
    assert calls.recent(crm).rows == ()


def test_a_token_that_means_nothing_is_refused_until_it_was_shown(crm: Crm) -> None:
    leila = add(crm)
    with pytest.raises(Invalid):
        log(crm, leila, "no one home /zz")
    saved = log(crm, leila, "no one home /zz", soft_ok=True)
    assert saved.call.note == "no one home /zz"


def test_no_answer_moves_the_due_follow_up_and_keeps_its_first_due(crm: Crm, clock: FrozenClock) -> None:
    leila = add(crm)
    made = log(crm, leila, "quote sent /tom9").follow_up
    assert made is not None
    clock.advance(timedelta(days=1).total_seconds())
    moved = log(crm, leila, "/n")
    assert moved.follow_up_moved
    assert moved.follow_up is not None
    assert moved.follow_up.id == made.id
    assert (moved.follow_up.attempt, moved.follow_up.first_due) == (made.attempt + 1, made.first_due)
    assert moved.follow_up.due.on > made.due.on


def test_reaching_somebody_closes_the_due_follow_up(crm: Crm, clock: FrozenClock) -> None:
    leila = add(crm)
    log(crm, leila, "quote sent /tom9")
    clock.advance(timedelta(days=1).total_seconds())
    saved = log(crm, leila, "will order on Monday")
    assert saved.follow_up_closed
    assert contacts.card(crm, leila.id).follow_ups == ()


def test_with_several_due_none_is_closed_and_it_is_said(crm: Crm, clock: FrozenClock) -> None:
    leila = add(crm)
    log(crm, leila, "first /tom9", uid="1")
    log(crm, leila, "second /tom10", uid="2")
    clock.advance(timedelta(days=1).total_seconds())
    saved = log(crm, leila, "spoke", uid="3")
    assert len(saved.left.several) == 2
    assert len(contacts.card(crm, leila.id).follow_ups) == 2


def test_after_the_last_attempt_the_follow_up_is_exhausted(crm: Crm, clock: FrozenClock) -> None:
    leila = add(crm)
    saved = log(crm, leila, "/n", uid="0")
    for attempt in range(6):
        assert saved.follow_up is not None
        if saved.exhausted:
            break
        clock.advance(timedelta(days=3).total_seconds())
        saved = log(crm, leila, "/n", uid=f"n{attempt}")
    assert saved.exhausted
    assert saved.follow_up is not None
    assert saved.follow_up.state == "exhausted"
    assert today.queue(crm)[0].follow_up is None


def test_a_new_contact_is_made_with_its_call_and_undone_with_it(crm: Crm) -> None:
    new = NewContact(name="Ali Rezaei", phones=(PhoneNumber("021-88776655"),))
    saved = calls.save(crm, CallDraft(uid="a", who=Who(new=new), line="asks for prices", direction="in"))
    assert saved.contact_made
    assert saved.call.contact is not None
    assert contacts.get(crm, saved.call.contact.id).name == "Ali Rezaei"
    history.undo(crm)
    assert contacts.count(crm) == 0


def test_a_wrong_number_without_a_name_makes_no_contact(crm: Crm) -> None:
    new = NewContact(phones=(PhoneNumber("0912 000 0001"),))
    saved = calls.save(crm, CallDraft(uid="a", who=Who(new=new), line="/w"))
    assert saved.call.contact is None
    assert saved.call.number == "+989120000001"
    assert contacts.count(crm) == 0


def test_an_unknown_caller_is_kept_by_number(crm: Crm) -> None:
    new = NewContact(phones=(PhoneNumber("0912 000 0001"),))
    saved = calls.save(crm, CallDraft(uid="a", who=Who(new=new), line="asks for prices", direction="in"))
    assert saved.contact_made
    assert saved.call.direction == "in"


def test_nobody_chosen_is_refused(crm: Crm) -> None:
    with pytest.raises(Invalid):
        log(crm, None, "price list sent")


def test_a_deleted_contact_is_not_logged_with(crm: Crm) -> None:
    leila = add(crm)
    contacts.delete(crm, leila.id)
    with pytest.raises(NotFound):
        log(crm, leila, "price list sent")


def test_the_own_name_is_made_at_the_first_write_and_survives_its_undo(crm: Crm) -> None:
    assert agents.everyone(crm) == []
    add(crm)
    assert crm.made_agent
    history.undo(crm)
    assert [agent.handle for agent in agents.everyone(crm)] == ["sara"]


def test_do_not_call_takes_a_person_out_of_the_queue(crm: Crm) -> None:
    leila = add(crm)
    log(crm, leila, "spoke /tod", uid="1")
    contacts.edit(crm, leila.id, ContactPatch(do_not_call=True))
    assert today.queue(crm) == []


def test_an_outbound_call_to_somebody_who_must_not_be_called_needs_a_second_word(crm: Crm) -> None:
    leila = add(crm)
    contacts.edit(crm, leila.id, ContactPatch(do_not_call=True))
    with pytest.raises(NotAllowed):
        log(crm, leila, "rang her")
    assert log(crm, leila, "she rang us /in", uid="in").call.direction == "in"
    assert log(crm, leila, "rang her", soft_ok=True).call.note == "rang her"


def test_work_can_be_handed_to_another_agent(crm: Crm, open_as: OpenCrm) -> None:
    agents.add(crm, "omid")
    leila = add(crm)
    saved = log(crm, leila, "wants 10 boxes @omid /tod")
    assert saved.follow_up is not None
    assert saved.follow_up.assignee == "omid"
    assert [row.follow_up.id for row in today.queue(open_as("omid")) if row.follow_up] == [saved.follow_up.id]


def test_undo_is_refused_when_somebody_changed_the_row_since(crm: Crm, open_as: OpenCrm) -> None:
    leila = add(crm)
    contacts.edit(crm, leila.id, ContactPatch(company="Pars Pump Co"))
    contacts.edit(open_as("omid"), leila.id, ContactPatch(company="Pars Pumps"))
    with pytest.raises(Conflict) as refused:
        history.undo(crm)
    assert refused.value.params["agent"] == "omid"
    assert contacts.get(crm, leila.id).company == "Pars Pumps"


def test_one_key_outcomes_log_the_row_they_were_pressed_on(crm: Crm, clock: FrozenClock) -> None:
    leila = add(crm)
    log(crm, leila, "quote /tom9")
    clock.advance(timedelta(days=1).total_seconds())
    row = today.queue(crm)[0]
    saved = today.quick(crm, row, "b", "uid-b")
    assert (saved.call.outcome, saved.call.direction, saved.call.keys) == ("busy", "out", 1)
    assert saved.follow_up_moved
    assert today.counts(crm).calls_today == 1


def test_a_one_key_outcome_is_refused_when_somebody_else_was_quicker(
    crm: Crm, open_as: OpenCrm, clock: FrozenClock
) -> None:
    leila = add(crm)
    log(crm, leila, "quote /tom9")
    clock.advance(timedelta(days=1).total_seconds())
    row = today.queue(crm)[0]
    log(
        open_as("omid"),
        leila,
        "spoke to her",
        uid="omid",
        follow_up_id=row.follow_up.id if row.follow_up else None,
    )
    with pytest.raises(Conflict):
        today.quick(crm, row, "n", "uid-n")
    assert [call.agent for call in calls.recent(crm).rows] == ["omid", "sara"]


def test_an_edit_line_changes_only_what_it_names(crm: Crm) -> None:
    leila = add(crm)
    saved = log(crm, leila, "price list sent .q")
    edited = calls.edit(crm, saved.call.id, "/v =4")
    assert (edited.outcome, edited.duration_s, edited.note, edited.topic) == (
        "voicemail",
        240,
        "price list sent",
        "quote",
    )
    history.undo(crm)
    assert calls.get(crm, saved.call.id).outcome == "connected"


def test_redo_is_over_once_something_new_was_done(crm: Crm) -> None:
    leila = add(crm)
    log(crm, leila, "first")
    history.undo(crm)
    log(crm, leila, "second")
    with pytest.raises(NotFound):
        history.redo(crm)
    history.undo(crm)
    history.redo(crm)
    with pytest.raises(NotFound):
        history.redo(crm)
    assert [call.note for call in calls.recent(crm).rows] == ["second"]


def test_undo_straight_after_redo_takes_back_what_was_redone(crm: Crm) -> None:
    leila = add(crm)
    for note in ("one", "two", "three"):
        log(crm, leila, note)
    for _ in range(3):
        history.undo(crm)
    assert calls.recent(crm).rows == ()
    for left in (["one"], ["two", "one"]):
        history.redo(crm)
        assert [call.note for call in calls.recent(crm).rows] == left
    history.undo(crm)
    assert [call.note for call in calls.recent(crm).rows] == ["one"]
    for left in (["two", "one"], ["three", "two", "one"]):
        history.redo(crm)
        assert [call.note for call in calls.recent(crm).rows] == left


def test_a_missed_call_is_nobodys_to_take_back_by_undo(crm: Crm) -> None:
    from tuicrm.services import telephone

    leila = add(crm)
    saved = log(crm, leila, "spoke")
    telephone.event(crm, "missed", call_id="1", number="0912 999 0000", agent="sara", source="pbx")
    assert ("call", saved.call.id) in [(ref.entity, ref.id) for ref in history.undo(crm).records]
    assert [call.outcome for call in calls.recent(crm).rows] == ["missed"]


def test_the_keys_of_a_logged_call_count_for_the_agents_local_day(crm: Crm, clock: FrozenClock) -> None:
    leila = add(crm)
    day = crm.now().date()
    log(crm, leila, "spoke", uid="one", keys=7)
    log(crm, leila, "spoke", uid="one", keys=7)
    assert crm.live.keys(crm.me, day) == (1, 7)
    today.quick(crm, today.queue(crm)[0], "n", "two")
    assert crm.live.keys(crm.me, day) == (2, 8)
    log(crm, leila, "without counted keys")
    assert crm.live.keys(crm.me, day) == (2, 8)
    clock.advance(24 * 3600)
    log(crm, leila, "spoke", uid="three", keys=5)
    assert crm.live.keys(crm.me, day) == (2, 8)
    assert crm.live.keys(crm.me, crm.now().date()) == (1, 5)
