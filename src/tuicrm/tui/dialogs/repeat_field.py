"""The line of a form that says how a follow-up repeats, and what is said back while one types it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuicrm import repeats
from tuicrm.domain.models import Due, FollowUp
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui.dialogs.form_fields import FieldSpec
from tuicrm.tui.widgets import moments

if TYPE_CHECKING:
    from tuicrm.services.recurring import Preview
    from tuicrm.tui.bridge import Bridge

NAME: Final = "every"


def spec() -> FieldSpec:
    """The field."""
    return FieldSpec(NAME, t("Repeats"), t("such as 90 days, last friday of the month; empty: once"))


def typed(it: FollowUp | None) -> str:
    """How it repeats now, as one would type it."""
    return "" if it is None else repeats.typed(it.recurrence)


async def preview(bridge: Bridge, every: str, when: str, stands: Due | None) -> Preview | None:
    """What the line means, with the moment beside it or the one that ``stands``; None: once. Raises ``Invalid``."""
    from tuicrm.tui.bridge import recurring

    return await bridge.read(recurring.preview, every, when, stands)


def said_back(found: Preview) -> Phrase:
    """``Repeats every month on the 5th; then Tue 5 Jan 2027, Fri 5 Feb, Fri 5 Mar.``: the year where it is another."""
    rule = repeats.sentence(found.rule, week=found.week)
    if found.rule.after_done:
        return rule_said(found)
    if not found.dates:
        return t("Repeats {rule}; there is no further date.", rule=rule)
    _, more = days(found)
    return t("Repeats {rule}; then {days}.", rule=rule, days=more)


def days(found: Preview) -> tuple[Phrase, tuple[Phrase, ...]]:
    """The first date, and those behind it."""
    on = found.first.on
    before = (on, *found.dates)
    more = tuple(moments.full_day(day, last) for last, day in zip(before, found.dates, strict=False))
    return moments.full_day(on, on), more


def rule_said(found: Preview) -> Phrase:
    """``Repeats every working day.``: without its dates."""
    return t("Repeats {rule}.", rule=repeats.sentence(found.rule, week=found.week))


async def followed(bridge: Bridge, closed: FollowUp) -> Phrase:
    """What became of the series of one that was closed: its next moment, and what was passed over, or its end."""
    from tuicrm.tui.bridge import recurring

    came = await bridge.read(recurring.coming, closed)
    if came is None or came.follow_up is None:
        return t("The series has ended; nothing more is promised.")
    crm = await bridge.crm()
    said = t("Next: {when}.", when=moments.full_words(came.follow_up.due, crm.now().date()))
    if not came.missed:
        return said
    missed = nt("{n} date was passed over.", "{n} dates were passed over.", came.missed)
    return t("{said} {more}", said=said, more=missed)
