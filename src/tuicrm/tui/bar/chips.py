"""What will be saved, in words: the chips under the line, and the message after. Pure but for the language.

A chip is a finished phrase with a role; a guess is dim, a ticket is a warning. Dates are absolute, because
"Thursday" read back to somebody on the telephone must be the right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuicrm import shown
from tuicrm.domain.models import Direction, Due, Left
from tuicrm.domain.plan import FollowUpPlan, TicketPlan
from tuicrm.i18n import Phrase, language, t
from tuicrm.tui.bar.said import tried_in_vain
from tuicrm.tui.text import Role
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import Scene

if TYPE_CHECKING:
    from tuicrm.domain.plan import CallPlan
    from tuicrm.tui.bar.session import Reading, Session


@dataclass(frozen=True, slots=True)
class Chip:
    """One fact of the call to be."""

    text: Phrase
    role: Role = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """How facts are told. ``me``: the agent's handle."""

    scene: Scene
    me: str


def chips(session: Session, reading: Reading, setting: Setting) -> list[Chip]:
    """All chips of a call, in the order the eye wants them."""
    plan, draft, scene = reading.plan, reading.draft, setting.scene
    found = [outcome_chip(plan)]
    if plan.duration_s is not None:
        found.append(Chip(moments.duration(plan.duration_s)))
    if draft.started_at is not None:
        found.append(Chip(moments.stamp(draft.started_at, scene.now, scene.zone)))
    if plan.topic is not None:
        found.append(Chip(_data(scene.topic(plan.topic)), "dim" if plan.topic_guessed else ""))
    found += _promise(plan, setting)
    found += [_ticket(ticket, setting) for ticket in plan.tickets]
    found += [Chip(_data(f"#{tag}"), "dim") for tag in plan.tags]
    if draft.direction is not None or plan.direction != _expected(session, setting):
        found.append(Chip(t("inbound") if plan.direction == "in" else t("outbound"), "dim"))
    if draft.channel is not None:
        found.append(Chip(_data(scene.channel(draft.channel)), "dim"))
    if plan.score is not None:
        found.append(Chip(t("score {score}", score=plan.score), "dim"))
    if plan.do_not_call:
        found.append(Chip(t("do not call"), "bad"))
    if session.who is not None and session.who.new is not None:
        found.insert(0, Chip(t("new contact"), "accent"))
    return found


def _expected(session: Session, setting: Setting) -> Direction:
    """The direction that needs no word: what the opening of the bar says, for a remembered call the usual one."""
    if session.origin == "remembered":
        return setting.scene.process.defaults.direction
    return "in" if session.origin == "ringing" else "out"


def outcome_chip(plan: CallPlan) -> Chip:
    """How it ended."""
    return Chip(_data(plan.outcome.label(language())), "strong")


def _data(text: str) -> Phrase:
    """A word of the company's process file as a phrase: cleaned, isolated."""
    return t("{word}", word=text)


def _promise(plan: CallPlan, setting: Setting) -> list[Chip]:
    answered, promise = plan.answered, plan.follow_up
    found: list[Chip] = []
    if answered is not None and answered.action != "move":
        found.append(Chip(_ends(answered), "dim"))
    if promise is None or promise.due is None:
        return [*found, *_not_made(plan.left, setting)]
    found.append(Chip(when(promise.due, setting), "" if promise.due_given else "dim"))
    if promise.day_off is not None:
        found.append(Chip(_data(promise.day_off) if promise.day_off else t("day off"), "warn"))
    if promise.action == "move" and promise.attempts_max:
        found.append(Chip(t("{n} of {max}", n=promise.attempt, max=promise.attempts_max), "dim"))
    if promise.assignee != setting.me:
        found.append(Chip(t("@{agent}", agent=promise.assignee), "accent"))
    return found


def _not_made(left: Left, setting: Setting) -> list[Chip]:
    """Why a try in vain sets no other one."""
    if left.in_vain is not None:
        return [Chip(tried_in_vain(left.in_vain.attempt), "warn")]
    if left.promised is not None:
        due = moments.due_words(setting.scene.due(left.promised), setting.scene.today)
        return [Chip(t("promised already: {due}", due=due), "dim")]
    return []


def _ends(answered: FollowUpPlan) -> Phrase:
    if answered.action == "exhaust":
        return t("last attempt, follow-up ends")
    return t("follow-up done") if answered.action == "close" else t("follow-up cancelled")


def when(due: Due, setting: Setting) -> Phrase:
    """``Thu 26 Nov 10:00 (5 Azar 1405)``: never a bare weekday; the person's own calendar first."""
    date = moments.full_words(due, setting.scene.today)
    return shown.with_other(date, due.on, setting.scene.region)


def _ticket(plan: TicketPlan, setting: Setting) -> Chip:
    scene = setting.scene
    if plan.action == "make":
        priority = scene.priority(plan.priority or scene.process.defaults.priority)
        if not plan.subject:
            return Chip(t("new ticket, {priority}: subject?", priority=priority), "warn")
        return Chip(t("new ticket, {priority}: {subject}", priority=priority, subject=plan.subject), "warn")
    if plan.action == "resolve":
        return Chip(t("resolves #{id} {subject}", id=plan.id, subject=plan.subject), "good")
    if plan.action == "status":
        status = scene.status(plan.status or "")
        return Chip(t("#{id} {status}: {subject}", id=plan.id, status=status, subject=plan.subject), "warn")
    return Chip(t("comment on #{id} {subject}", id=plan.id, subject=plan.subject), "warn")
