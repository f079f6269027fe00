"""``tuicrm followup add|done|snooze|move|assign|cancel``: what one does with a follow-up by hand."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from tuicrm.cli import say, shapes, tell
from tuicrm.cli.options import contact_id, record_id
from tuicrm.cli.session import current, opened
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
) -> None:
    """Promise a follow-up."""
    with opened() as crm:
        _show(crm, promises.add(crm, contact_id(crm, who), when, " ".join(reason or ()), assignee=agent))


def done(id: Id) -> None:
    """The promise is kept."""
    with opened() as crm:
        _show(crm, promises.done(crm, record_id(id, "followup")))


def snooze(id: Id, when: When) -> None:
    """Be reminded later; what was promised first stays known."""
    with opened() as crm:
        _show(crm, promises.snooze(crm, record_id(id, "followup"), when))


def move(id: Id, when: When) -> None:
    """Another time was agreed on."""
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


COMMANDS: Final = (add, done, snooze, move, assign, cancel)


def _show(crm: Crm, it: FollowUp) -> None:
    if current().json:
        say.data(shapes.followup(it, crm.zone))
    else:
        say.table([tell.followup_row(it)])
