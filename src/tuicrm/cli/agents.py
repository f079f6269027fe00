"""``tuicrm agent ...``: who works here."""

from __future__ import annotations

from typing import Annotated

import typer

from tuicrm.cli import say, shapes, tell
from tuicrm.cli.session import current, opened
from tuicrm.domain.models import Agent
from tuicrm.i18n import t
from tuicrm.services import agents

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
def off(handle: Handle) -> None:
    """The agent has left: no longer offered, still named in what they did."""
    with opened() as crm:
        _show(agents.off(crm, handle.lstrip("@")))


def _show(agent: Agent) -> None:
    if current().json:
        say.data(shapes.agent(agent))
    else:
        say.table([tell.agent_row(agent)])
