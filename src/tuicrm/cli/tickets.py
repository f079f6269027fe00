"""``tuicrm ticket ...``: what is broken or wanted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Annotated

import typer

from tuicrm.cli import fast, say, shapes, tell
from tuicrm.cli.options import After, All, Limit, WhereTickets, after_id, contact_id, text_argument
from tuicrm.cli.paging import every
from tuicrm.cli.session import current, opened
from tuicrm.domain.models import Ticket
from tuicrm.i18n import t
from tuicrm.services import tickets
from tuicrm.services.context import Crm
from tuicrm.services.filtering import where as chosen

app = typer.Typer(help=t("Open and list tickets."), no_args_is_help=True)


@app.command("list")
def list_(
    limit: Limit = 50, after: After = None, everything: All = False, where: WhereTickets = None
) -> None:
    """List tickets, newest first."""
    with opened() as crm:
        read = partial(tickets.page, crm, where=chosen(crm, "tickets", where))
        if everything:
            _print(crm, every(read, after_id(after), way="before"))
            return
        page = read(limit=limit, before=after_id(after))
        _print(crm, page.rows)
        if page.more:
            say.warn(fast.more_rows(page.rows[-1].id))


def _print(crm: Crm, rows: Iterable[Ticket]) -> None:
    if current().json:
        say.stream(shapes.ticket(each, crm.zone) for each in rows)
    else:
        say.listed([tell.ticket_row(each, crm) for each in rows], t("No ticket found."))


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
            say.table([tell.ticket_row(made, crm)])
