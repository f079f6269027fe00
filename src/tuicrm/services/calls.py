"""Logging a call: the line is read, planned and saved here, in one transaction, for every face alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from tuicrm.domain.errors import Conflict, FieldProblem, Invalid, NotFound
from tuicrm.domain.logline import parse_line
from tuicrm.domain.models import Call, CallDraft, FollowUp, Page, Saved
from tuicrm.domain.plan import CallPlan, plan_call
from tuicrm.domain.record import record, replace
from tuicrm.domain.safe import tidy
from tuicrm.domain.tokens import LineContext, LineDraft, Origin
from tuicrm.services import saving
from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.services.facts import CallContext, Habits, gather, habits
from tuicrm.services.refusals import refuse
from tuicrm.storage import instants
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import calls, contacts, followups, known_values
from tuicrm.storage.queries.chosen import ALL, Where

__all__ = [
    "CallContext",
    "Totals",
    "context",
    "delete",
    "edit",
    "get",
    "one",
    "recent",
    "save",
    "still_promised",
    "totals",
]


def context(
    crm: Crm, contact_id: int | None, *, origin: Origin = "remembered", follow_up_id: int | None = None
) -> CallContext:
    """Everything beside the text that decides what a line means: one read, pure facts, for chips and prompts."""
    with crm.database.reader() as conn:
        tags = tuple(known_values.used_tags(conn))
        return gather(conn, crm, contact_id, origin=origin, follow_up_id=follow_up_id, tags=tags)


def save(crm: Crm, draft: CallDraft) -> Saved:
    """Saves a call with all it sets in motion. The same ``uid`` twice gives the call already saved.

    Raises ``Invalid`` (``line_refused``, each problem a field) when the line cannot be saved as it stands,
    ``Invalid("who_missing")`` without a contact where one is needed, ``NotFound`` when the contact is gone,
    ``Conflict`` when another draft of the same telephone call was saved before.
    """
    ensure_self(crm)
    with crm.database.reader() as conn:
        own = habits(conn, crm)
    with crm.database.transaction(crm.actor, "call.log") as tx:
        if known := calls.by_uid(tx, draft.uid):
            return Saved(known, repeated=True)
        if draft.source_call_id and calls.by_source(tx, draft.source, draft.source_call_id):
            raise Conflict("call_logged_already")
        plan, line, read = _planned(tx, crm, draft, own)
        done = saving.save(saving.Writing(tx, crm, plan, line), draft)
    if draft.source_call_id:
        crm.live.handle_phone_call(draft.source, draft.source_call_id)
    if draft.keys:
        crm.live.add_keys(crm.me, crm.now().date(), calls=1, keys=draft.keys)
    typed = frozenset(token.kind for token in read.tokens if token.active)
    return replace(saving.told(crm, done, plan), typed=typed)


def get(crm: Crm, call_id: int) -> Call:
    """The call with this id, a deleted one too. Raises ``NotFound``."""
    with crm.database.reader() as conn:
        found = calls.record(conn, call_id)
    if found is None:
        raise NotFound("no_call", ref=f"call:{call_id}")
    return found


def one(crm: Crm, call_id: int, where: Where = ALL) -> Call | None:
    """The call with this id, if it is there, not deleted, and one of ``where``."""
    with crm.database.reader() as conn:
        return calls.one(conn, call_id, where)


def recent(
    crm: Crm,
    *,
    limit: int = 50,
    before: int | None = None,
    filters: Mapping[str, Any] | None = None,
    where: Where = ALL,
    backward: bool = False,
) -> Page:
    """Calls, the one held last first, behind the call ``before``; ``backward``: those next above it, or the oldest.

    ``filters``: some of ``since`` and ``until`` (instants), ``agent``, ``outcome``, ``topic``, ``contact`` (id).
    ``where``: only these (``services.filtering``). Raises ``NotFound`` when there never was a call ``before``.
    """
    if before is not None:
        get(crm, before)
    bound = {key: instants.to_text(v) if isinstance(v, datetime) else v for key, v in (filters or {}).items()}
    with crm.database.reader() as conn:
        found = calls.page(
            conn, before=before, limit=limit + 1, filters=bound, backward=backward, chosen=where
        )
    more = len(found) > limit
    if more:
        found = found[1:] if backward else found[:limit]
    return Page(tuple(found), more)


@record
class Totals:
    """``calls``: how many; ``talked_s``: how long they took together; ``more``: there are more than were counted."""

    calls: int
    talked_s: int
    more: bool = False


MOST_COUNTED: Final = 20_000
"""Calls that a list counts, so that no key press reads a million."""


def totals(crm: Crm, where: Where = ALL) -> Totals:
    """How many calls there are, and how long they took, as far as they are counted."""
    with crm.database.reader() as conn:
        many, seconds = calls.totals(conn, where, MOST_COUNTED + 1)
    return Totals(min(many, MOST_COUNTED), seconds, many > MOST_COUNTED)


def edit(crm: Crm, call_id: int, line: str = "", *, note: str | None = None, keep_note: bool = False) -> Call:
    """Replaces what the line's tokens and the note say; follow-ups and tickets have commands of their own.

    An open promise that the call made, and whose reason is still what the note said, says what it says now. ``note``
    may have several lines. ``keep_note``: words in the line are refused (``edit_note_there``) where there is a
    note already, for whoever has a field for it besides. Raises ``NotFound`` and ``Invalid``.
    """
    ensure_self(crm)
    note = None if note is None else tidy(note, multiline=True)
    with crm.database.transaction(crm.actor, "call.edit") as tx:
        call = living(tx, call_id)
        facts = gather(tx, crm, call.contact.id if call.contact else None, origin="remembered")
        read = parse_line(line, facts.line)
        refuse([*read.hard, *read.soft])
        if read.due or read.no_follow_up or read.tickets:
            raise Invalid("edit_only_call", line=line)
        if note is not None and read.note:
            raise Invalid("edit_two_notes", note=read.note)
        if keep_note and read.note and call.note:
            problem = FieldProblem("note", read.note, "edit_note_there")
            raise Invalid("edit_note_there", fields=(problem,), note=read.note)
        values = _edited(read, note)
        tx.update("call", call_id, values)
        _correct_reasons(tx, call, values.get("note", call.note))
    return get(crm, call_id)


def _correct_reasons(tx: Transaction, call: Call, note: str) -> None:
    """The reason of a promise is a copy of the note: a wrong number in it is dialled from the agenda."""
    said, now = (" ".join(text.split()) for text in (call.note, note))
    if said == now or not said or not now:
        return
    for promise in followups.open_of_call(tx, call):
        if " ".join(promise.reason.split()) == said:
            tx.update("followup", promise.id, {"reason": now})


def still_promised(crm: Crm, call: Call) -> tuple[FollowUp, ...]:
    """What the call promised and is open yet: another outcome leaves it as it is."""
    with crm.database.reader() as conn:
        return tuple(followups.open_of_call(conn, call))


def delete(crm: Crm, call_id: int) -> Call:
    """Takes a call out of every list; what it made stays. ``undo`` brings it back."""
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "call.delete") as tx:
        living(tx, call_id)
        tx.delete("call", call_id)
    return get(crm, call_id)


def _planned(
    tx: Transaction, crm: Crm, draft: CallDraft, own: Habits
) -> tuple[CallPlan, LineContext, LineDraft]:
    """What will be saved, what it was planned with, and what the line says."""
    contact_id = draft.who.contact_id
    if contact_id is not None:
        contact_id = living_heir(tx, contact_id)
    facts = gather(tx, crm, contact_id, origin=_origin(draft), follow_up_id=draft.follow_up_id, known=own)
    facts = replace(
        facts,
        line=replace(facts.line, bar_open=crm.actor.via == "tui", new_contact=draft.who.new is not None),
        call=replace(
            facts.call,
            answers=draft.answers,
            answered=draft.answered,
            started_at=draft.started_at,
            duration_s=draft.talk_s,
            has_contact=contact_id is not None or draft.who.new is not None,
        ),
    )
    read = parse_line(draft.line, facts.line)
    plan = plan_call(read, replace(facts.call, line=facts.line), facts.line.process)
    refuse([p for p in plan.problems if p.hard or not draft.soft_ok])
    return plan, facts.line, read


def _origin(draft: CallDraft) -> Origin:
    """A draft with a direction is of a live call; without one it was logged from memory."""
    if draft.direction == "in":
        return "ringing"
    if draft.follow_up_id is not None:
        return "follow_up"
    return "dialled" if draft.direction == "out" else "remembered"


def living_heir(tx: Transaction, contact_id: int) -> int:
    """The contact, or the one it was merged into. Raises ``NotFound("contact_gone")``."""
    heir = contacts.heir(tx, contact_id)
    if not contacts.living(tx, heir):
        raise NotFound("contact_gone", ref=f"contact:{heir}")
    return heir


def living(tx: Transaction, call_id: int) -> Call:
    """The call that is there. Raises ``NotFound("no_call")``."""
    call = calls.record(tx, call_id)
    if call is None or call.deleted_at is not None:
        raise NotFound("no_call", ref=f"call:{call_id}")
    return call


def _edited(read: LineDraft, note: str | None) -> dict[str, Any]:
    """The columns that an edit line names; None and the empty note change nothing."""
    given = {
        "outcome": read.outcome,
        "topic": read.topic if read.topic_from == "given" else None,
        "direction": read.direction,
        "channel": read.channel,
        "started_at": read.started_at,
        "duration_s": read.duration_s,
        "score": read.score,
        "note": note if note is not None else read.note or None,
        "tags": list(read.tags) or None,
    }
    return {column: value for column, value in given.items() if value is not None}
