"""What a line will do, before anything is done: the bar's chips and the saving service read the same plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tuicrm.domain.logline_rules import subject_of
from tuicrm.domain.models import Direction, FollowUp, Left
from tuicrm.domain.plan_follow_ups import held_back, plan_follow_ups
from tuicrm.domain.plan_values import (
    CallFacts,
    CallPlan,
    FollowUpAction,
    FollowUpPlan,
    TicketAction,
    TicketPlan,
)
from tuicrm.domain.process import Outcome, Process
from tuicrm.domain.tokens import LineDraft, Problem, TicketWish

__all__ = [
    "CallFacts",
    "CallPlan",
    "FollowUpAction",
    "FollowUpPlan",
    "TicketAction",
    "TicketPlan",
    "due_follow_up",
    "plan_call",
]


def plan_call(draft: LineDraft, facts: CallFacts, process: Process) -> CallPlan:
    """What saving ``draft`` will do. Pure; nothing is written, and a draft with problems gives a plan all the same.

    Adds to the line's problems, hard: ``not_answered`` (an empty line while it rings), ``note_wanted``,
    ``contact_needed``; soft: ``outcome_wanted``, ``nothing_to_hand_over``, ``do_not_call`` (an outbound call, logged
    from memory or from a follow-up, to somebody who asked not to be called; before dialling it was asked already).

    Where nothing else says it: a ringing call that was not taken is "missed". A call logged from memory with a
    duration alone ended now. Direction and channel are those of ``_direction`` and the process's default.
    """
    outcome = _outcome(draft, facts, process)
    direction = _direction(draft, facts, process, outcome)
    channel = draft.channel or process.defaults.channel
    written = outcome.contact and direction == "out" and process.channel(channel).is_written
    due, left = _which(facts, outcome, written=written)
    answered, made = plan_follow_ups(draft, facts, process, outcome, due, several=bool(left.several))
    if answered is None and made is not None and outcome.attempt and not outcome.contact:
        made, left = held_back(made, facts, left)
    tickets = tuple(_ticket(wish, draft, facts, process) for wish in draft.tickets)
    unwanted = facts.do_not_call and direction == "out" and facts.line.origin != "dialled"
    return CallPlan(
        outcome=outcome,
        note=draft.note,
        channel=channel,
        direction=direction,
        started_at=_started_at(draft, facts),
        duration_s=draft.duration_s if draft.duration_s is not None else facts.duration_s,
        topic=draft.topic,
        topic_guessed=draft.topic_guessed,
        tags=draft.tags,
        score=draft.score,
        answered=answered,
        made=made,
        tickets=tickets,
        do_not_call=outcome.do_not_call,
        left=left,
        problems=(
            *draft.problems,
            *_problems(draft, facts, outcome, bool(tickets or _standing(answered, made))),
            *((Problem("do_not_call", {"token": ""}, 0, len(draft.line), False),) if unwanted else ()),
        ),
    )


def due_follow_up(facts: CallFacts) -> FollowUp | None:
    """The follow-up that a call answers: the one it was started from, the one named, else the only one due.

    One that is only later today must be named: it was agreed for its time.
    """
    if facts.started_from is not None:
        return facts.started_from
    if facts.answers is not None:
        known = (*facts.due_follow_ups, *facts.later_today)
        return next((found for found in known if found.id == facts.answers), None)
    return facts.due_follow_ups[0] if len(facts.due_follow_ups) == 1 else None


def _tried_again(facts: CallFacts, outcome: Outcome) -> FollowUp | None:
    """The promise to try once more, when it was tried before its time and in vain: it moves on, instead of getting a
    second one beside it."""
    waits = facts.to_try_again
    asked = facts.answers is not None or facts.due_follow_ups or facts.later_today
    return waits[0] if len(waits) == 1 and not outcome.contact and not outcome.closes and not asked else None


def _which(facts: CallFacts, outcome: Outcome, *, written: bool) -> tuple[FollowUp | None, Left]:
    """The follow-up that is answered, and those that are not. ``written``: nobody spoke, a message was sent; that
    answers only what it was started from."""
    if not outcome.attempt:
        return None, Left()
    named = facts.started_from is not None or facts.answers is not None
    if named or (len(facts.due_follow_ups) == 1 and not written):
        return due_follow_up(facts), Left()
    due, later = (tuple(each.id for each in those) for those in (facts.due_follow_ups, facts.later_today))
    if written:
        return None, Left(written=due)
    if due:
        return None, Left(several=due)
    return _tried_again(facts, outcome), Left(later_today=later)


def _outcome(draft: LineDraft, facts: CallFacts, process: Process) -> Outcome:
    if draft.outcome is not None:
        return process.outcome(draft.outcome)
    missed = facts.line.origin == "ringing" and facts.answered is False
    return process.missed if missed else process.default_outcome


def _direction(draft: LineDraft, facts: CallFacts, process: Process, outcome: Outcome) -> Direction:
    """As given; else in for a ringing call, out for a dialled one or one from a follow-up; remembered: in for a
    new contact, unless it was a try of ours in vain, else the process's default."""
    if draft.direction is not None:
        return draft.direction
    if facts.line.origin == "remembered":
        in_vain = outcome.attempt and not (outcome.contact or outcome.nobody or outcome.closes)
        return "in" if facts.line.new_contact and not in_vain else process.defaults.direction
    return "in" if facts.line.origin == "ringing" else "out"


def _started_at(draft: LineDraft, facts: CallFacts) -> datetime:
    """As given; else by the call's clock; else now, or as long ago as the line says that the call took."""
    if draft.started_at is not None:
        return draft.started_at
    if facts.started_at is not None:
        return facts.started_at
    return facts.line.now - timedelta(seconds=draft.duration_s or 0)


def _ticket(wish: TicketWish, draft: LineDraft, facts: CallFacts, process: Process) -> TicketPlan:
    """A new ticket gets the topic's kind, unless the topic is a guess. A resolved one stays with who has it."""
    if wish.kind == "new":
        topic = process.topic(draft.topic) if draft.topic is not None and not draft.topic_guessed else None
        kind = topic.ticket_kind if topic is not None else None
        status = process.first_status("open").code
        subject = subject_of(draft.note)
        return TicketPlan("make", None, subject, kind, wish.priority, status, draft.assignee, draft.note)
    known = facts.line.tickets.get(wish.id) if wish.id is not None else None
    subject = known.subject if known is not None else ""
    status_code = process.first_status("resolved").code if wish.kind == "resolve" else wish.status
    if wish.kind == "belongs" or status_code is None:
        return TicketPlan("comment", wish.id, subject, None, None, None, draft.assignee, draft.note)
    if process.status(status_code).category == "resolved":
        return TicketPlan("resolve", wish.id, subject, None, None, status_code, None, draft.note)
    return TicketPlan("status", wish.id, subject, None, None, status_code, draft.assignee, draft.note)


def _standing(answered: FollowUpPlan | None, made: FollowUpPlan | None) -> bool:
    return made is not None or (answered is not None and answered.action == "move")


def _problems(draft: LineDraft, facts: CallFacts, outcome: Outcome, to_hand_over: bool) -> Iterable[Problem]:
    if draft.outcome is None and facts.answered is False:
        if draft.empty:
            yield Problem("not_answered", {"token": ""}, 0, 0, True)
        elif facts.line.origin == "dialled":
            yield Problem("outcome_wanted", {"token": draft.line.strip()}, 0, len(draft.line), False)
    if outcome.asks_note and not draft.note:
        yield Problem(
            "note_wanted", {"token": outcome.code, "outcome": outcome.code}, 0, len(draft.line), True
        )
    for token in draft.tokens:
        if not facts.has_contact and token.active and token.kind in ("due", "ticket"):
            typed = draft.line[token.start : token.end]
            yield Problem("contact_needed", {"token": typed}, token.start, token.end, True)
        if not to_hand_over and token.active and token.kind == "assignee":
            typed = draft.line[token.start : token.end]
            yield Problem("nothing_to_hand_over", {"token": typed}, token.start, token.end, False)
