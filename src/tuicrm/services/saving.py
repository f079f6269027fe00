"""Writes one planned call: the contact, the tickets, the interaction, its follow-ups, in the caller's transaction.

What is to happen was decided by ``domain.plan``; nothing is decided here but who the call is stored with.
"""

from __future__ import annotations

from typing import Any

from tuicrm.domain.errors import Invalid, NotFound
from tuicrm.domain.models import CallDraft, Due, Saved
from tuicrm.domain.phone import parse_phone
from tuicrm.domain.plan import CallPlan, FollowUpPlan, TicketPlan
from tuicrm.domain.record import record
from tuicrm.domain.tokens import LineContext
from tuicrm.domain.when import due_key
from tuicrm.services import contacts as contact_service
from tuicrm.services import recurring
from tuicrm.services.context import Crm
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import calls, contacts, followups, tickets


@record
class Done:
    """Ids of what was written. ``follow_up``: the promise made, moved or ended; ``coming``: the next one of a series
    that was closed."""

    call: int
    contact_made: bool
    follow_up: int | None
    ticket: int | None
    coming: int | None = None


@record
class Writing:
    """What every step of one save needs: the transaction, who saves, the plan, and what it was planned with."""

    tx: Transaction
    crm: Crm
    plan: CallPlan
    line: LineContext


def save(w: Writing, draft: CallDraft) -> Done:
    """Writes everything the plan says. Raises ``Invalid("who_missing")`` when the outcome needs a contact."""
    contact_id = _contact(w, draft)
    ticket_ids = [_ticket(w, ticket, contact_id) for ticket in w.plan.tickets]
    call_id = w.tx.insert("call", _call_values(w, draft, contact_id, ticket_ids))
    for ticket_id, ticket in zip(ticket_ids, w.plan.tickets, strict=True):
        _ticket_event(w, ticket_id, ticket, call_id)
    coming = _answered(w, w.plan.answered) if w.plan.answered is not None else None
    follow_up_id = _follow_ups(w, contact_id, call_id, ticket_ids[0] if ticket_ids else None)
    if follow_up_id is not None:
        w.tx.update("call", call_id, {"follow_up_id": follow_up_id})
    if contact_id is not None:
        _mark_contact(w, contact_id)
    made = contact_id is not None and draft.who.contact_id is None
    return Done(call_id, made, follow_up_id, ticket_ids[0] if ticket_ids else None, coming)


def told(crm: Crm, done: Done, plan: CallPlan) -> Saved:
    """What was saved, read back after the commit."""
    answered = plan.answered.action if plan.answered else None
    with crm.database.reader() as conn:
        call = calls.record(conn, done.call)
        if call is None:
            raise NotFound("no_call", ref=f"call:{done.call}")
        asked = plan.made is not None or plan.do_not_call
        whose = call.contact.id if asked and call.contact is not None else None
        return Saved(
            call=call,
            open_now=len(followups.open_of_contact(conn, whose)) if whose is not None else 0,
            marked=plan.do_not_call and call.contact is not None,
            contact_made=done.contact_made,
            follow_up=followups.record(conn, done.follow_up) if done.follow_up is not None else None,
            follow_up_moved=answered == "move",
            follow_up_closed=answered in ("close", "cancel"),
            exhausted=answered == "exhaust",
            ticket=tickets.record(conn, done.ticket) if done.ticket is not None else None,
            ticket_made=any(ticket.action == "make" for ticket in plan.tickets),
            left=plan.left,
            coming=followups.record(conn, done.coming) if done.coming is not None else None,
        )


def _contact(w: Writing, draft: CallDraft) -> int | None:
    """The contact the call is stored with. A nameless number that proved wrong makes no contact."""
    new = draft.who.new
    if draft.who.contact_id is not None:
        return contacts.heir(w.tx, draft.who.contact_id)
    if new is not None and (new.name or not w.plan.outcome.nobody):
        region = w.crm.region()
        return w.tx.insert("contact", contact_service.columns(contact_service.checked(new, region), region))
    if not w.plan.outcome.nobody:
        raise Invalid("who_missing")
    return None


def _call_values(
    w: Writing, draft: CallDraft, contact_id: int | None, ticket_ids: list[int]
) -> dict[str, Any]:
    plan, number = w.plan, draft.number
    if not number and draft.who.new is not None and draft.who.new.phones:
        typed = draft.who.new.phones[0]
        number = typed.e164 or parse_phone(typed.raw, w.crm.region()).e164 or typed.raw
    return {
        "uid": draft.uid,
        "contact_id": contact_id,
        "agent": w.crm.me,
        "channel": plan.channel,
        "direction": plan.direction,
        "outcome": plan.outcome.code,
        "topic": plan.topic,
        "topic_guessed": plan.topic_guessed,
        "note": plan.note,
        "started_at": plan.started_at,
        "duration_s": plan.duration_s,
        "talk_s": draft.talk_s,
        "wrap_s": draft.wrap_s,
        "ring_s": draft.ring_s,
        "keys": draft.keys,
        "entry_s": draft.entry_s,
        "entered_via": w.crm.actor.via,
        "process_version": w.line.process.version,
        "score": plan.score,
        "number": number,
        "source": draft.source,
        "source_call_id": draft.source_call_id,
        "ticket_id": ticket_ids[0] if ticket_ids else None,
        "tags": list(plan.tags),
    }


def _due_columns(w: Writing, due: Due) -> dict[str, Any]:
    return {
        "due_on": due.on,
        "due_time": due.at,
        "zone": w.crm.zone.key,
        "due_key": due_key(due, w.crm.zone.key, w.line.when.calendar),
    }


def _follow_ups(w: Writing, contact_id: int | None, call_id: int, ticket_id: int | None) -> int | None:
    """Makes the new promise; gives the id of the one that stands, else of the ended."""
    plan = w.plan
    standing = plan.answered.id if plan.answered is not None else None
    if plan.made is not None and plan.made.due is not None and contact_id is not None:
        due = _due_columns(w, plan.made.due)
        standing = w.tx.insert(
            "followup",
            due
            | {
                "contact_id": contact_id,
                "reason": plan.made.reason,
                "first_due_on": due["due_on"],
                "first_due_time": due["due_time"],
                "assignee": plan.made.assignee,
                "state": "open",
                "attempt": plan.made.attempt,
                "attempts_max": plan.made.attempts_max,
                "topic": plan.made.topic,
                "call_id": call_id,
                "ticket_id": ticket_id,
            },
        )
    return standing


_ENDED = {"close": "done", "cancel": "cancelled", "exhaust": "exhausted"}


def _answered(w: Writing, plan: FollowUpPlan) -> int | None:
    """Moves or ends the answered promise. What repeats is promised again when it was kept or nobody could be reached,
    never to who wants no calls: gives the id of that one."""
    assert plan.id is not None, "an answered follow-up exists"
    if plan.action == "move":
        assert plan.due is not None, "a moved follow-up has a new due"
        values = _due_columns(w, plan.due) | {
            "remind_at": None,
            "attempt": plan.attempt,
            "attempts_max": plan.attempts_max,
            "assignee": plan.assignee,
        }
    else:
        ended = {"state": _ENDED[plan.action], "closed_at": w.tx.now, "remind_at": None}
        values = ended | {"attempt": plan.attempt}
    w.tx.update("followup", plan.id, values)
    if plan.action not in ("close", "exhaust") or w.plan.do_not_call:
        return None
    closed = followups.record(w.tx, plan.id)
    return recurring.next_one(w.tx, w.crm, closed) if closed is not None else None


def _ticket(w: Writing, ticket: TicketPlan, contact_id: int | None) -> int:
    """Makes the ticket or changes its status; gives its id."""
    process = w.line.process
    values: dict[str, Any] = {}
    if ticket.status is not None:
        category = process.status(ticket.status).category
        values = {"status": ticket.status, "category": category}
        if ticket.action != "make":
            values["resolved_at"] = w.tx.now if category == "resolved" else None
    if ticket.assignee is not None:
        values["assignee"] = ticket.assignee
    if ticket.id is not None:
        if values:
            w.tx.update("ticket", ticket.id, values)
        return ticket.id
    if contact_id is None:
        raise Invalid("ticket_needs_contact")
    made = {
        "subject": ticket.subject,
        "contact_id": contact_id,
        "kind": ticket.kind,
        "priority": ticket.priority or process.defaults.priority,
        "assignee": ticket.assignee or w.crm.me,
        "tags": list(w.plan.tags),
    }
    return w.tx.insert("ticket", values | made)


_EVENTS = {"make": "created", "comment": "comment", "status": "status", "resolve": "resolved"}


def _ticket_event(w: Writing, ticket_id: int, ticket: TicketPlan, call_id: int) -> None:
    values = {
        "ticket_id": ticket_id,
        "agent": w.crm.me,
        "kind": _EVENTS[ticket.action],
        "text": ticket.comment,
        "call_id": call_id,
    }
    w.tx.insert("ticket_event", values)


def _mark_contact(w: Writing, contact_id: int) -> None:
    """Adds the line's tags to the contact, and the do-not-call mark."""
    values: dict[str, Any] = {}
    if w.plan.tags:
        contact = contacts.record(w.tx, contact_id)
        assert contact is not None, "the call has just been stored with it"
        values["tags"] = list(dict.fromkeys([*contact.tags, *w.plan.tags]))
    if w.plan.do_not_call:
        values["do_not_call"] = True
    if values:
        w.tx.update("contact", contact_id, values)
