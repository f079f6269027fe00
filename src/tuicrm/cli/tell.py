"""Records as lines for people: rows of tables, and the sentence that says what a log line did.

``shown`` is imported where a date is: a list without one does without the calendars. References
(``contact:12``) and ids keep Latin digits, for they are typed again.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from tuicrm.cli.left import said as left_said
from tuicrm.i18n import Phrase, figures, language, nt, t, word
from tuicrm.number_words import called, called_with, phone_words

if TYPE_CHECKING:
    from tuicrm.domain.models import Agent, Call, CallFollowUp, ContactRow, Due, FollowUp, Saved, Ticket
    from tuicrm.domain.process import Process
    from tuicrm.services.context import Crm

Row = tuple[object, ...]


def moment(instant: datetime | None, zone: tzinfo) -> str:
    """An instant in the user's zone, to the minute; ``""`` when unknown."""
    if instant is None:
        return ""
    from tuicrm import shown

    return shown.moment(instant, zone)


def due(promised: Due | None) -> str:
    """A promised day with its weekday, and the time when there is one."""
    if promised is None:
        return ""
    from tuicrm import shown

    at = f" {shown.clock(promised.at)}" if promised.at else ""
    return f"{shown.weekday(promised.on)} {shown.numeric_day(promised.on)}{at}"


def due_here(promise: FollowUp | CallFollowUp, zone: tzinfo | None) -> str:
    """``due`` on the clock of ``zone``, whichever it was promised on."""
    from tuicrm import shown

    return due(shown.local_due(promise.due, promise.zone, zone) if zone is not None else promise.due)


def duration(seconds: int | None) -> str:
    """``m:ss``, from an hour on ``h:mm:ss``; ``""`` when unknown."""
    from tuicrm import shown

    return shown.duration(seconds)


def _called(instant: datetime, zone: tzinfo) -> Phrase:
    from tuicrm import shown

    return t("called {day}", day=shown.numeric_day(instant.astimezone(zone).date()))


def contact_row(it: ContactRow, crm: Crm) -> Row:
    marks = " ".join(
        mark for mark, on in ((t("(near)"), it.near), (t("(do not call)"), it.do_not_call)) if on
    )
    called = _called(it.last_call_at, crm.zone) if it.last_call_at else ""
    promised = due(it.next_follow_up)
    return (
        f"contact:{it.id}",
        it.name,
        it.company,
        phone_words(it.phone, crm.region()),
        called,
        promised,
        marks,
    )


def call_row(it: Call, crm: Crm, process: Process) -> Row:
    who = _with(it, crm.region())
    direction = t("in") if it.direction == "in" else t("out")
    outcome = t("{outcome}", outcome=process.outcome(it.outcome).label(language()))
    if it.channel != process.defaults.channel:
        channel = t("{word}", word=process.channel(it.channel).label(language()))
        outcome = Phrase(t(", ").join((outcome, channel)))
    return (
        it.id,
        moment(it.started_at, crm.zone),
        direction,
        duration(it.duration_s),
        who,
        outcome,
        it.agent,
        it.note,
    )


def _with(it: Call, region: str) -> str:
    """Whom a call was with: a number of nobody, where there is no contact."""
    return called_with(it, region) or t("nobody")


def followup_row(it: FollowUp, crm: Crm) -> Row:
    attempt = figures(f"{it.attempt}/{it.attempts_max}") if it.attempts_max else ""
    return (
        it.id,
        due_here(it, crm.zone),
        called(it.contact, crm.region()),
        attempt,
        _state(it, crm.zone),
        it.assignee,
        _reason(it),
        _repeats(it, crm),
    )


def _reason(it: FollowUp) -> str:
    """What it is about; of somebody who must not be called any more that stands before it."""
    if not it.do_not_call or it.state != "open":
        return it.reason
    return t("do not call: {reason}", reason=it.reason) if it.reason else t("do not call")


def _state(it: FollowUp, zone: tzinfo) -> Phrase:
    """Nothing for one that is open, until when it is put off, or how it ended and why."""
    if it.state != "open":
        ended = word(it.state)
        # imported here: what is due is open
        from tuicrm.domain.models import SKIPPED

        if it.closed_reason == SKIPPED:
            return word(SKIPPED)
        return t("{state}: {why}", state=ended, why=it.closed_reason) if it.closed_reason else ended
    if it.remind_at is None:
        return Phrase()
    return t("reminded again {when}", when=moment(it.remind_at, zone))


def _repeats(it: FollowUp, crm: Crm) -> Phrase:
    if not it.recurrence:
        return Phrase()
    # imported here: the quick list of what is due loads no rules for what does not repeat
    from tuicrm.repeats import said, week_of

    return said(it.recurrence, week_of(crm.process(), crm.region()))


def ticket_row(it: Ticket, crm: Crm) -> Row:
    process = crm.process()
    status = process.status(it.status).label(language())
    priority = process.priority(it.priority).label(language())
    return it.id, called(it.contact, crm.region()), status, priority, it.assignee, it.subject


def agent_row(it: Agent) -> Row:
    return it.handle, it.name, word(it.role), it.zone, "" if it.active else t("off")


def saved(it: Saved, process: Process, now: datetime, region: str) -> list[Phrase]:
    """What one log line did, a sentence for each thing it touched. ``now``: aware, in the user's zone. ``region``: the
    country in whose form numbers are shown."""
    call = it.call
    who = _with(call, region)
    ended = t("{outcome}", outcome=process.outcome(call.outcome).label(language()))
    outcome = Phrase(t(", ").join((ended, *_typed(it, process, now))))
    if call.note:
        said = [t("{who}: {outcome}, {note}", who=who, outcome=outcome, note=call.note)]
    else:
        said = [t("{who}: {outcome}", who=who, outcome=outcome)]
    if it.repeated:
        return [*said, t("It had been saved before; nothing was written now.")]
    if it.contact_made and call.contact:
        said.append(t("New contact:{id}.", id=call.contact.id))
    said += [t("The contact is marked now: do not call.")] if it.marked else []
    return [*said, *_follow_up_said(it, now), *_ticket_said(it, process)]


def _typed(it: Saved, process: Process, now: datetime) -> list[Phrase]:
    if not it.typed:
        return []
    # imported here: a note alone loads no calendars
    from tuicrm import recorded

    assert now.tzinfo is not None, "it is the user's own time"
    return recorded.facts(it, process, now, now.tzinfo)


def stay_open(n: int) -> Phrase:
    """What becomes of promises to somebody who must not be called any more."""
    return nt(
        "{n} follow-up of this contact stays open: tuicrm followup cancel ID REASON takes it back.",
        "{n} follow-ups of this contact stay open: tuicrm followup cancel ID REASON takes one back.",
        n,
    )


def _follow_up_said(it: Saved, now: datetime) -> list[Phrase]:
    said = []
    if it.exhausted:
        said.append(t("That was the last attempt; the follow-up is closed."))
    elif it.follow_up and it.follow_up_moved:
        said.append(
            t("Follow-up moved to {due}{attempt}.", due=due(it.follow_up.due), attempt=_attempt(it.follow_up))
        )
    elif it.follow_up and it.follow_up.state == "open":
        said.append(t("Follow-up {due}{attempt}.", due=due(it.follow_up.due), attempt=_attempt(it.follow_up)))
    if it.follow_up_closed:
        said.append(t("The due follow-up is cancelled.") if it.marked else t("The due follow-up is done."))
    if it.marked:
        said += [stay_open(it.open_now)] if it.open_now else []
    elif it.open_now > 1:
        said.append(
            nt(
                "{n} follow-up of this contact is open now.",
                "{n} follow-ups of this contact are open now.",
                it.open_now,
            )
        )
    if it.coming:
        said.append(t("The next one is {due}.", due=due_here(it.coming, now.tzinfo)))
    return [*said, *left_said(it.left)]


def _attempt(it: FollowUp) -> Phrase:
    if not it.attempts_max or it.attempt < 2:
        return Phrase("")
    return t(" ({n} of {most})", n=it.attempt, most=it.attempts_max)


def _ticket_said(it: Saved, process: Process) -> list[Phrase]:
    ticket = it.ticket
    if ticket is None:
        return []
    id, subject = ticket.id, ticket.subject
    if it.ticket_made:
        priority = process.priority(ticket.priority).label(language())
        return [t("New ticket {id} ({priority}): {subject}", id=id, priority=priority, subject=subject)]
    if ticket.category == "resolved":
        return [t("Ticket {id} resolved: {subject}", id=id, subject=subject)]
    status = process.status(ticket.status).label(language())
    return [t("On ticket {id} ({status}): {subject}", id=id, status=status, subject=subject)]
