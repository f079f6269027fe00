"""``tuicrm followup add|done|snooze|move|assign|cancel|reopen``: what one does with a follow-up by hand."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from tuicrm.cli import say, shapes, tell
from tuicrm.cli.options import contact_id, record_id
from tuicrm.cli.session import current, opened
from tuicrm.domain.fold import fold
from tuicrm.domain.models import FollowUp
from tuicrm.i18n import t
from tuicrm.services import promises
from tuicrm.services.context import Crm

Id = Annotated[str, typer.Argument(metavar="ID", help=t("followup:12 or 12."))]
When = Annotated[str, typer.Argument(metavar="WHEN", help=t("A day or a time: tomorrow 10, thu, 2 weeks."))]


def add(
    who: Annotated[str, typer.Argument(metavar="WHO", help=t("contact:12, 12, a name or a number."))],
    when: When,
    reason: Annotated[list[str] | None, typer.Argument(metavar="REASON", help=t("What for."))] = None,
    agent: Annotated[str, typer.Option("--agent", help=t("Who keeps it; else you."))] = "",
    alarm: Annotated[
        str, typer.Option("--alarm", help=t("So long before its time: 15m, 2h; else when it is due."))
    ] = "",
) -> None:
    """Promise a follow-up."""
    with opened() as crm:
        person, said = contact_id(crm, who), " ".join(reason or ())
        _show(crm, promises.add(crm, person, when, said, assignee=agent, alarm=alarm))


def done(id: Id) -> None:
    """The promise is kept."""
    with opened() as crm:
        _show(crm, promises.done(crm, record_id(id, "followup")))


def snooze(
    id: Id, when: Annotated[str, typer.Argument(metavar="WHEN", help=t("A day or a time; now: at once."))]
) -> None:
    """Be reminded later; the promise itself stays as it was."""
    with opened() as crm:
        if means_now(when):
            _show(crm, promises.wake(crm, record_id(id, "followup")))
        else:
            _show(crm, promises.snooze(crm, record_id(id, "followup"), when))


def move(id: Id, when: When) -> None:
    """Another time was agreed on: the promise itself moves."""
    with opened() as crm:
        _show(crm, promises.move(crm, record_id(id, "followup"), when))


def assign(id: Id, agent: Annotated[str, typer.Argument(metavar="AGENT", help=t("Who keeps it."))]) -> None:
    """Hand it to another agent."""
    with opened() as crm:
        _show(crm, promises.assign(crm, record_id(id, "followup"), agent))


def cancel(id: Id, reason: Annotated[list[str], typer.Argument(metavar="REASON", help=t("Why."))]) -> None:
    """Take the promise back."""
    with opened() as crm:
        _show(crm, promises.cancel(crm, record_id(id, "followup"), " ".join(reason)))


def reopen(
    id: Id,
    when: Annotated[str, typer.Argument(metavar="WHEN", help=t("Another day or time; else as before."))] = "",
) -> None:
    """Owe it again: one that was closed, or given up after the last attempt."""
    with opened() as crm:
        _show(crm, promises.reopen(crm, record_id(id, "followup"), when))


COMMANDS: Final = (add, done, snooze, move, assign, cancel, reopen)


def means_now(when: str) -> bool:
    """Whether a word says "at once", in English or Persian."""
    return fold(when) in ("now", fold("حالا"), fold("الان"))


def _show(crm: Crm, it: FollowUp) -> None:
    if current().json:
        say.data(shapes.followup(it, crm.zone))
    else:
        say.table([tell.followup_row(it)])
