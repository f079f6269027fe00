"""``tuicrm agent ...``: who works here."""

from __future__ import annotations

from typing import Annotated

import typer

from tuicrm.cli import say, shapes, tell
from tuicrm.cli.session import current, opened
from tuicrm.domain.models import Agent
from tuicrm.i18n import Phrase, nt, t
from tuicrm.services import agents, leaving

app = typer.Typer(help=t("List, add and edit agents."), no_args_is_help=True)

Handle = Annotated[str, typer.Argument(metavar="HANDLE", help=t("The short name, as in @sara."))]
Name = Annotated[str | None, typer.Option("--name", help=t("The full name."))]
Zone = Annotated[str | None, typer.Option("--zone", help=t("The time zone, as Asia/Tehran."))]
Role = Annotated[str | None, typer.Option("--role", help=t("agent, supervisor or admin."))]


@app.command("list")
def list_() -> None:
    """List the agents, those who left too."""
    with opened() as crm:
        found = agents.everyone(crm)
    if current().json:
        say.data([shapes.agent(each) for each in found])
    else:
        say.table([tell.agent_row(each) for each in found])


@app.command("add")
def add(handle: Handle, name: Name = None, zone: Zone = None, role: Role = None) -> None:
    """Add an agent."""
    with opened(begins=True) as crm:
        _show(agents.add(crm, handle.lstrip("@"), name=name or "", zone=zone, role=role or "agent"))


@app.command("edit")
def edit(handle: Handle, name: Name = None, zone: Zone = None, role: Role = None) -> None:
    """Change an agent's name, zone or role."""
    with opened() as crm:
        _show(agents.edit(crm, handle.lstrip("@"), name=name, zone=zone, role=role))


@app.command("off")
def off(
    handle: Handle,
    to: Annotated[
        str, typer.Option("--to", metavar="AGENT", help=t("Who has what is theirs from now on."))
    ] = "",
) -> None:
    """The agent has left: no longer offered, still named.

    \b
    tuicrm agent off kian             says how much is theirs
    tuicrm agent off kian --to sara   hands it all to Sara
    """
    with opened() as crm:
        left, held = leaving.off(crm, handle.lstrip("@"), to)
        _show(left)
        if held:
            _tell_held(left.handle, held, to)


@app.command("on")
def on(handle: Handle) -> None:
    """Take an agent back who was switched off."""
    with opened() as crm:
        _show(agents.on(crm, handle.lstrip("@")))


def _tell_held(handle: str, held: leaving.Held, to: str) -> None:
    """What was handed on; else what waits for somebody, and how to hand it on."""
    many = (
        nt("{n} open follow-up", "{n} open follow-ups", held.follow_ups) if held.follow_ups else "",
        nt("{n} open ticket", "{n} open tickets", held.tickets) if held.tickets else "",
        nt("{n} contact", "{n} contacts", held.contacts) if held.contacts else "",
    )
    what = t(", ").join(filter(None, many))
    if to:
        say.warn(t("Handed to {agent}: {what}.", agent=to.lstrip("@"), what=Phrase(what)))
    else:
        said = t("Still with {handle}: {what}.", handle=handle, what=Phrase(what))
        how = t("{command} hands it all on.", command=f"tuicrm agent off {handle} --to AGENT")
        say.warn(Phrase(f"{said} {how}"))


def _show(agent: Agent) -> None:
    if current().json:
        say.data(shapes.agent(agent))
    else:
        say.table([tell.agent_row(agent)])
