"""Which follow-ups a command of ``followup`` is about: one, several by their ids, or all that fit a filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from tuicrm.cli import say
from tuicrm.cli.options import complete_where, record_id
from tuicrm.cli.session import current
from tuicrm.domain.errors import Usage
from tuicrm.i18n import Phrase, nt, t
from tuicrm.services import agenda, promises
from tuicrm.services.bulk import BulkDone
from tuicrm.services.context import Crm

Ids = Annotated[
    list[str] | None, typer.Argument(metavar="ID", help=t("followup:12 or 12; several: 12,13,14."))
]
Those = Annotated[
    str,
    typer.Option(
        "--where",
        metavar="TEXT",
        help=t("All that fit instead, in one action."),
        autocompletion=complete_where,
    ),
]


def do(
    crm: Crm,
    ids: Sequence[str] | None,
    where: str,
    one: Callable[[int], object],
    many: Callable[[list[int]], BulkDone],
) -> None:
    """Does it: ``one`` to the only one that is named, ``many`` to several, telling how many they were.

    Raises ``Usage`` when nothing is named, or both ids and a filter are; ``NotFound`` for an id that is none.
    """
    named = [each for word in ids or () for each in word.split(",") if each.strip()]
    if bool(named) == bool(where):
        raise usage(t("Name follow-ups, as 12 or 12,13, or --where and a filter."))
    found = agenda.ids(crm, where) if where else [record_id(each, "followup") for each in named]
    if len(found) == 1 and not where:
        one(found[0])
        return
    if not where:
        for each in found:
            promises.get(crm, each)
    _tell(many(list(dict.fromkeys(found))))


def alone(ids: Sequence[str] | None) -> Sequence[str] | None:
    """The same words, when they are one at most: a moment behind them may be of several. Raises ``Usage``."""
    if ids and len(ids) > 1:
        raise usage(t("Several are named 12,13; a moment of several words stands in quotation marks."))
    return ids


def usage(reason: Phrase, name: str = "") -> Usage:
    """A refusal that names the help of these commands, or of the one with that name."""
    return Usage("command_line", reason=reason, command=f"tuicrm followup {name}".rstrip())


def _tell(done: BulkDone) -> None:
    if current().json:
        say.data({"action_id": done.action_id, "changed": done.changed, "passed": done.passed})
        return
    say.line(nt("{n} follow-up changed.", "{n} follow-ups changed.", done.changed))
    if done.passed:
        say.line(nt("{n} was passed over.", "{n} were passed over.", done.passed))
