"""``tuicrm ticket ...``: what is broken or wanted."""

from __future__ import annotations

from typing import Annotated

import typer

from tuicrm.cli import say, shapes, tell
from tuicrm.cli.options import contact_id, text_argument
from tuicrm.cli.session import current, opened
from tuicrm.i18n import t
from tuicrm.services import tickets

app = typer.Typer(help=t("Open tickets."), no_args_is_help=True)


@app.callback()
def _tickets() -> None:
    """Open tickets."""


@app.command("new")
def new(
    who: Annotated[str, typer.Argument(metavar="WHO", help=t("contact:12, 12, a name or a number."))],
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help=t("What is broken or wanted."))],
    kind: Annotated[str, typer.Option("--kind", help=t("A kind of the process file."))] = "",
    priority: Annotated[str, typer.Option("--priority", help=t("A priority of the process file."))] = "",
    agent: Annotated[str, typer.Option("--agent", help=t("Whose it is; else yours."))] = "",
    note: Annotated[str, typer.Option("--note", help=t("A note; - reads it from standard input."))] = "",
) -> None:
    """Open a ticket for a contact."""
    with opened() as crm:
        made = tickets.new(
            crm,
            contact_id(crm, who),
            subject,
            kind=kind,
            priority=priority,
            note=text_argument(note),
            assignee=agent,
        )
        if current().json:
            say.data(shapes.ticket(made, crm.zone))
        else:
            say.table([tell.ticket_row(made, crm.process())])
