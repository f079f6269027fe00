"""``tuicrm worklist add|remove|progress|restart``: the people of a worklist, and how far its round has come."""

from __future__ import annotations

from typing import Annotated

import typer

from tuicrm.cli import say, shapes
from tuicrm.cli.options import complete_where, contact_id, text_argument
from tuicrm.cli.session import current, opened
from tuicrm.cli.worklists import Name, app, show_one
from tuicrm.domain.errors import Usage
from tuicrm.domain.people_order import MOST_AT_ONCE
from tuicrm.i18n import Phrase, language, nt, t
from tuicrm.services import contacts, filtering, worklist_members, worklists
from tuicrm.services.bulk import BulkDone
from tuicrm.services.context import Crm

Whom = Annotated[
    list[str] | None,
    typer.Argument(metavar="WHO...", help=t("Who: words of the name, digits, or contact:12.")),
]
Those = Annotated[
    str, typer.Option("--where", metavar="TEXT", help=t("All who fit."), autocompletion=complete_where)
]


@app.command("add")
def add(
    name: Name,
    who: Whom = None,
    where: Those = "",
    shared: Annotated[
        bool, typer.Option("--shared", help=t("A new list is for everybody, not for you alone."))
    ] = False,
) -> None:
    """Put people on a worklist by name; it is made when there is none.

    \b
    tuicrm worklist add "fair 2026" leila contact:12
    tuicrm worklist add "fair 2026" --where "tag:fair" --shared
    """
    with opened() as crm:
        done = worklist_members.put(crm, _ids(crm, who, where), name, shared=shared)
        _tell(done, nt("{n} person put on {list}.", "{n} people put on {list}.", done.changed, list=name))


@app.command("remove")
def remove(name: Name, who: Whom = None, where: Those = "") -> None:
    """Take people off a worklist on which they were put by name."""
    with opened() as crm:
        done = worklist_members.take_off(crm, _ids(crm, who, where), name)
        _tell(
            done, nt("{n} person taken off {list}.", "{n} people taken off {list}.", done.changed, list=name)
        )


@app.command("restart")
def restart(name: Name) -> None:
    """Begin a new round: everybody on it is called once more."""
    with opened() as crm:
        show_one(crm, worklists.restart(crm, name))


@app.command("progress")
def progress(name: Name) -> None:
    """Show how far the round has come, in people."""
    with opened() as crm:
        it = worklists.progress(crm, name, outcomes=True)
        counts = {
            "people": it.people,
            "done": it.done,
            "promised": it.promised,
            "exhausted": it.exhausted,
            "left": it.left,
            "unwanted": it.unwanted,
        }
        if current().json:
            more = {"outcomes": dict(it.outcomes), "since": shapes.instant(it.since, crm.zone)}
            say.data(counts | more)
            return
        called = {
            "people": t("people"),
            "done": t("spoken to, or settled"),
            "promised": t("left to a follow-up"),
            "exhausted": t("no attempts left"),
            "left": t("still to be called"),
            "unwanted": t("not to be called"),
        }
        say.table([(called[key], t("{n}", n=many)) for key, many in counts.items()])
        process = crm.process()
        rows = [(process.outcome(code).label(language()), t("{n}", n=n)) for code, n in it.outcomes.items()]
        say.table(rows, indent="  ")


def _ids(crm: Crm, who: list[str] | None, where: str) -> list[int]:
    """Those who are named, and all who fit. Raises ``Usage`` when nobody is named."""
    if not who and not where:
        raise Usage("worklist_whom")
    found = [contact_id(crm, each) for each in who or ()]
    if where:
        fitting = filtering.where(crm, "contacts", text_argument(where))
        found += contacts.ids(crm, limit=MOST_AT_ONCE + 1, where=fitting)
    return list(dict.fromkeys(found))


def _tell(done: BulkDone, said: Phrase) -> None:
    if current().json:
        say.data({"action_id": done.action_id, "changed": done.changed, "passed": done.passed})
        return
    say.line(said)
    if done.passed:
        say.line(nt("{n} was passed over.", "{n} were passed over.", done.passed))
