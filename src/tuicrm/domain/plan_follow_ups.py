"""What a call does to follow-ups: which promise is kept, moved or given up, and which one is made.

| the call ...                              | answers a follow-up                    | answers none     |
|-------------------------------------------|----------------------------------------|------------------|
| somebody was spoken to (flag ``contact``) | it is closed; a new one if there is    | made, attempt 1  |
|                                           | a moment for it, attempt 1             |                  |
| nobody was, there is a moment             | moved, attempt + 1; past the last      | made, attempt 1  |
|                                           | attempt exhausted                      |                  |
| nobody was, no moment                     | stays where it is, attempt + 1; past   | nothing          |
|                                           | the last attempt exhausted             |                  |
| nobody was, and ``/-``, or the outcome    | cancelled: the promise was not kept,   | nothing          |
| says "-" or ``closes``                    | and nobody will try again              |                  |
| was no try of ours (``attempt`` false)    | is left alone                          | made, attempt 1  |

A promise to try again that is tried before its time, in vain, is answered too: nobody gets two of them. Nor does a
rule make a retry where something is promised until then, or where all attempts were in vain (``held_back``).

The moment is the line's, else the outcome's, else that of a topic that was given or is the outcome's: a guess makes
no promise, and a topic that came from the follow-up would renew it for ever. What a rule gives lies in the hours of
work. The line overrides: a moment in it beats ``closes``, and past the last attempt it grants one more. When several
are due and none was named, none is touched, and no rule makes another one: the contact is in the queue already.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tuicrm.domain.models import Due, FollowUp, Left
from tuicrm.domain.plan_values import CallFacts, FollowUpAction, FollowUpPlan
from tuicrm.domain.process import NO_FOLLOW_UP, Outcome, Process
from tuicrm.domain.record import replace
from tuicrm.domain.tokens import LineContext, LineDraft
from tuicrm.domain.when import number_form
from tuicrm.domain.worktime import day_off, within_hours, works_at

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Plans = tuple[FollowUpPlan | None, FollowUpPlan | None]
"""(what happens to the answered one, the one that is made)"""


def plan_follow_ups(
    draft: LineDraft,
    facts: CallFacts,
    process: Process,
    outcome: Outcome,
    answered: FollowUp | None,
    *,
    several: bool,
) -> Plans:
    """See the table above. ``several``: several are due and it is open which one the call answers."""
    rule = None if draft.due is not None else _rule(draft, outcome, process)
    none = draft.no_follow_up or rule == NO_FOLLOW_UP
    due = draft.due
    if due is None and not none and rule is not None and not several and facts.has_contact:
        due = _by_rule(rule, facts.line)
    made = _make(due, draft, facts, process, outcome, answered) if due is not None else None
    if answered is None:
        return None, made
    if outcome.contact:
        return _end("close", answered), made
    if none or (outcome.closes and draft.due is None):
        return _end("cancel", answered), made
    return _move(due, draft, facts, process, outcome, answered), None


def held_back(made: FollowUpPlan, facts: CallFacts, left: Left) -> tuple[FollowUpPlan | None, Left]:
    """A retry that a rule makes after a try in vain: none where the contact was given up after the last attempt, or
    where the same agent promised them something on or before its day; a moment in the line makes one all the same."""
    if made.due_given or made.due is None:
        return made, left
    if facts.in_vain is not None:
        return None, replace(left, in_vain=facts.in_vain)
    for other in facts.promised:
        if other.assignee == made.assignee and other.due.on <= made.due.on:
            return None, replace(left, promised=other)
    return made, left


def _rule(draft: LineDraft, outcome: Outcome, process: Process) -> str | None:
    """The rule that gives the moment when the line does not: a number form, ``NO_FOLLOW_UP``, or None."""
    if outcome.follow_up is not None or not outcome.attempt:
        return outcome.follow_up
    if draft.topic is None or draft.topic_from not in ("given", "outcome"):
        return None
    topic = process.topic(draft.topic)
    return topic.follow_up if topic is not None else None


def _by_rule(rule: str, line: LineContext) -> Due | None:
    """The moment that a rule gives, where somebody works: an hour after a busy line at closing time is tomorrow."""
    due = number_form(rule, line.now, line.when)
    return within_hours(due, line.when.zone, line.when.calendar) if due is not None else None


def _make(
    due: Due,
    draft: LineDraft,
    facts: CallFacts,
    process: Process,
    outcome: Outcome,
    answered: FollowUp | None,
) -> FollowUpPlan:
    """A new promise. Without a note of its own it goes on with the reason of the one before; so does the topic
    where the call's is a guess, for a guess must not come back as a fact."""
    topic = draft.topic if not draft.topic_guessed else None
    return FollowUpPlan(
        action="make",
        id=None,
        due=due,
        assignee=draft.assignee or facts.agent,
        attempt=1,
        attempts_max=outcome.attempts_max or process.defaults.attempts_max,
        reason=draft.note or (answered.reason if answered is not None else ""),
        topic=topic or (answered.topic if answered is not None else None),
        due_given=draft.due is not None,
        day_off=_day_off(draft, facts),
    )


def _move(
    due: Due | None,
    draft: LineDraft,
    facts: CallFacts,
    process: Process,
    outcome: Outcome,
    answered: FollowUp,
) -> FollowUpPlan:
    """The same promise at a new moment, with one attempt more; the last attempt failed: exhausted.

    Where a rule gives only a day, the time of day stays that of the old promise.
    """
    given = draft.due is not None
    most = outcome.attempts_max or answered.attempts_max or process.defaults.attempts_max
    attempt = answered.attempt + 1
    if most is not None and attempt > most:
        if not given:
            return _end("exhaust", answered)
        most = attempt
    if due is None:
        due = answered.due
    elif not given and due.at is None:
        due = _at_old_time(due, answered, facts.line)
    return FollowUpPlan(
        action="move",
        id=answered.id,
        due=due,
        assignee=draft.assignee or answered.assignee,
        attempt=attempt,
        attempts_max=most,
        reason=answered.reason,
        topic=answered.topic,
        due_given=given,
        day_off=_day_off(draft, facts),
    )


def _day_off(draft: LineDraft, facts: CallFacts) -> str | None:
    """What the day is that somebody typed, if nobody works then."""
    return day_off(draft.due.on, facts.line.when.calendar) if draft.due is not None else None


def _at_old_time(due: Due, answered: FollowUp, line: LineContext) -> Due:
    """``due`` at the time of day of the old promise, on the agent's clock.

    Without one if that has passed, or lies outside the hours of the new day: nobody typed that hour for that day, and
    what a rule gives lies in the hours.
    """
    if answered.due.at is None:
        return due
    old = datetime.combine(answered.due.on, answered.due.at, _zone(answered, line)).astimezone(line.when.zone)
    moment, calendar = datetime.combine(due.on, old.time(), line.when.zone), line.when.calendar
    timed = Due(due.on, old.time())
    return timed if moment > line.now and works_at(timed, calendar) else due


def _zone(answered: FollowUp, line: LineContext) -> ZoneInfo:
    """The zone that the promise was made in; nearly always the agent's own."""
    if answered.zone in ("", line.when.zone.key):
        return line.when.zone
    # Imported here: only a promise from another zone needs it.
    from zoneinfo import ZoneInfo

    return ZoneInfo(answered.zone)


def _end(action: FollowUpAction, answered: FollowUp) -> FollowUpPlan:
    return FollowUpPlan(
        action=action,
        id=answered.id,
        due=None,
        assignee=answered.assignee,
        attempt=answered.attempt,
        attempts_max=answered.attempts_max,
        reason=answered.reason,
        topic=answered.topic,
    )
