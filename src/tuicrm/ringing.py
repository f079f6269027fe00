"""What rings, in words: for the line on the screens, for a desktop's notification, for the mail that cron sends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from tuicrm import shown
from tuicrm.domain.reminder import Reminder
from tuicrm.i18n import Phrase, figures, nt, t

NAMED: Final = 2
"""So many are named where several ring at once."""
_NOW: Final = timedelta(minutes=1)


def whom(one: Reminder) -> Phrase:
    """``Leila Karimi``; the number of somebody without a name."""
    it = one.follow_up
    return t("{name}", name=it.contact.name or figures(one.number) or f"contact:{it.contact.id}")


def said(one: Reminder, now: datetime) -> Phrase:
    """``10:00: Leila Karimi, price of pump``. ``now``: local.

    The time is when it is due, not when it rings; what is due this minute needs none.
    """
    reason = one.follow_up.reason
    what = t("{name}, {reason}", name=whom(one), reason=reason) if reason else whom(one)
    if one.at == one.follow_up.remind_at:
        return t("Put off until now: {what}", what=what)
    if one.follow_up.due.at is None:
        return t("{day}: {what}", day=shown.full_day(one.follow_up.due.on, now.date()), what=what)
    due = one.follow_up.due_key.astimezone(now.tzinfo)
    if due > now:
        return t("{time}: {what}", time=_moment(due, now), what=what)
    if now - due < _NOW:
        return t("Now: {what}", what=what)
    return t("Since {time}: {what}", time=_moment(due, now), what=what)


def all_said(several: Sequence[Reminder], now: datetime) -> Phrase:
    """One line for all that ring together."""
    if len(several) == 1:
        return said(several[0], now)
    names = tuple(whom(one) for one in several[:NAMED])
    if len(several) > NAMED:
        names = (*names, t("{n} more", n=len(several) - NAMED))
    return nt("{n} follow-up is due: {names}", "{n} follow-ups are due: {names}", len(several), names=names)


def _moment(at: datetime, now: datetime) -> Phrase:
    if at.date() == now.date():
        return shown.clock(at)
    return t("{day} {time}", day=shown.full_day(at.date(), now.date()), time=shown.clock(at))
