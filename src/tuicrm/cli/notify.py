"""``tuicrm followup due --notify``: tells what rings now, each moment once; for cron, a timer, launchd. No Typer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from tuicrm.cli import say
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.services import reminders
from tuicrm.services.agents import anyone

if TYPE_CHECKING:
    from tuicrm.domain.reminder import Reminder
    from tuicrm.i18n import Phrase
    from tuicrm.services.context import Crm

MOST = 3
"""So many notifications one by one; more are one with their number."""


def tell(given: Mapping[str, str]) -> int:
    """Tells what has rung since it was last asked, and what rings ``--within`` a span: on the desktop, else printed."""
    within = _span(given.get("--within", ""))
    with opened() as crm:
        agent = anyone(crm, whose) if (whose := given.get("--agent", "")) else ""
        found = reminders.untold(crm, within, agent)
        try:
            _tell(crm, found)
            say.flush()
        except BaseException:
            reminders.told_not(crm, found, agent)
            raise
    return 0


def _span(text: str) -> timedelta:
    """``15m``, ``2h``, ``15``. Raises ``Invalid`` (``within_unknown``)."""
    if not text:
        return timedelta()
    # imported here: hardly anybody asks ahead
    from tuicrm.domain.filter_values import seconds
    from tuicrm.domain.reminder import LONGEST_ALARM

    length = seconds(text)
    if length is None or length > LONGEST_ALARM.total_seconds():
        raise Invalid("within_unknown", fields=(FieldProblem("within", text, "within_unknown"),), text=text)
    return timedelta(seconds=length)


def _tell(crm: Crm, found: Sequence[Reminder]) -> None:
    if current().json:
        from tuicrm.cli import shapes

        say.stream(shapes.followup(each.follow_up, crm.zone) for each in found)
    elif found:
        _in_words(crm, found)


def _in_words(crm: Crm, found: Sequence[Reminder]) -> None:
    # imported here: mostly there is nothing to tell, and a timer asks every minute
    from tuicrm import ringing
    from tuicrm.domain.errors import Unavailable
    from tuicrm.i18n import sentence
    from tuicrm.services import desktop

    now = crm.now()
    lines = [ringing.said(one, now) for one in found]
    program = desktop.notifier()
    if program is not None:
        try:
            for title, text in _notes(found, lines):
                desktop.show(program, title, text)
            return
        except Unavailable as error:
            say.warn(sentence(error))
    for line in lines:
        say.line(line)


def _notes(found: Sequence[Reminder], lines: Sequence[Phrase]) -> Sequence[tuple[str, str]]:
    """Title and text of each notification."""
    from tuicrm import ringing
    from tuicrm.i18n import figures, t

    if len(found) > MOST:
        return [(t("{n} follow-ups", n=len(found)), "\n".join(lines))]
    return [
        (ringing.whom(one), "\n".join(filter(None, (line, figures(one.number)))))
        for one, line in zip(found, lines, strict=True)
    ]
