"""Records as JSON objects: the shapes that the command line prints and that exported files hold.

Every key is always there, ``null`` for unknown. Instants carry the user's offset, dates are ``YYYY-MM-DD``, codes
stand for labels.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from tuicrm.domain.models import Call, Contact, Due, FollowUp, Ref, Ticket

Shape = dict[str, Any]


def instant(moment: datetime | None, zone: tzinfo) -> str | None:
    """An instant in the user's zone, to the second."""
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")


def due_at(due: Due, own_zone: str | None, zone: tzinfo) -> str | None:
    """The moment of a promise with a time, in the user's zone; None for a day without one."""
    if due.at is None:
        return None
    from zoneinfo import ZoneInfo

    where = ZoneInfo(own_zone) if own_zone else zone
    return instant(datetime.combine(due.on, due.at, where), zone)


def ref(named: Ref | None) -> Shape | None:
    return None if named is None else {"id": named.id, "name": named.name}


def contact(it: Contact, zone: tzinfo) -> Shape:
    promised = it.next_follow_up
    return {
        "id": it.id,
        "name": it.name,
        "company": it.company,
        "phones": [
            {"raw": p.raw, "e164": p.e164, "ext": p.ext, "label": p.label, "valid": p.valid}
            for p in it.phones
        ],
        "emails": [{"address": email.address, "label": email.label} for email in it.emails],
        "tags": list(it.tags),
        "fields": dict(it.fields),
        "do_not_call": it.do_not_call,
        "owner": it.owner,
        "last_call_at": instant(it.last_call_at, zone),
        "open_tickets": it.open_tickets,
        "next_follow_up": promised
        and {"due_on": promised.on.isoformat(), "due_at": due_at(promised, None, zone)},
        "created_at": instant(it.created_at, zone),
        "updated_at": instant(it.updated_at, zone),
        "deleted_at": instant(it.deleted_at, zone),
        "merged_into": it.merged_into,
        "cadence_days": it.cadence_days,
        "touch_days": it.touch_days,
        "touch_at": instant(it.touch_at, zone),
    }


def call(it: Call, zone: tzinfo) -> Shape:
    promise, ticket_ = it.follow_up, it.ticket
    return {
        "id": it.id,
        "action_id": it.action_id,
        "contact": ref(it.contact),
        "agent": it.agent,
        "channel": it.channel,
        "direction": it.direction,
        "outcome": it.outcome,
        "topic": it.topic,
        "note": it.note,
        "started_at": instant(it.started_at, zone),
        "duration_s": it.duration_s,
        "talk_s": it.talk_s,
        "wrap_s": it.wrap_s,
        "follow_up": promise
        and {
            "id": promise.id,
            "due_on": promise.due.on.isoformat(),
            "due_at": due_at(promise.due, promise.zone, zone),
            "assignee": promise.assignee,
        },
        "ticket": ticket_
        and {
            "id": ticket_.id,
            "subject": ticket_.subject,
            "priority": ticket_.priority,
            "status": ticket_.status,
        },
        "tags": list(it.tags),
        "score": it.score,
        "process_version": it.process_version,
        "deleted_at": instant(it.deleted_at, zone),
    }


def followup(it: FollowUp, zone: tzinfo) -> Shape:
    return {
        "id": it.id,
        "contact": ref(it.contact),
        "reason": it.reason,
        "due_on": it.due.on.isoformat(),
        "due_at": due_at(it.due, it.zone, zone),
        "first_due_on": it.first_due.on.isoformat(),
        "first_due_at": due_at(it.first_due, it.zone, zone),
        "zone": it.zone,
        "assignee": it.assignee,
        "state": it.state,
        "attempt": it.attempt,
        "attempts_max": it.attempts_max,
        "recurrence": it.recurrence,
        "note": it.note,
        "alarm_minutes": it.alarm_minutes,
        "remind_at": instant(it.remind_at, zone),
        "closed_at": instant(it.closed_at, zone),
        "closed_reason": it.closed_reason,
        "call_id": it.call_id,
    }


def ticket(it: Ticket, zone: tzinfo) -> Shape:
    return {
        "id": it.id,
        "subject": it.subject,
        "contact": ref(it.contact),
        "kind": it.kind,
        "priority": it.priority,
        "status": it.status,
        "category": it.category,
        "assignee": it.assignee,
        "tags": list(it.tags),
        "created_at": instant(it.created_at, zone),
        "resolved_at": instant(it.resolved_at, zone),
        "response_due_at": instant(it.response_due_at, zone),
        "resolution_due_at": instant(it.resolution_due_at, zone),
        "reopened": it.reopened,
        "merged_into": it.merged_into,
    }
