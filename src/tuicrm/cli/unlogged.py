"""``tuicrm call unlogged``: talks that a telephone told of, that are over, and that nobody has written down."""

from __future__ import annotations

from typing import Annotated

import typer

from tuicrm.cli import say, shapes, tell
from tuicrm.cli.session import current, opened
from tuicrm.domain.models import PhoneCall
from tuicrm.i18n import t
from tuicrm.number_words import phone_words
from tuicrm.services.context import Crm


def unlogged(
    agent: Annotated[str | None, typer.Option("--agent", help=t("Whose calls."))] = None,
) -> None:
    """List talks that are over and not logged, newest first.

    They wait among the drafts of their agent's screens, to be logged or waved away.
    """
    from tuicrm.services import telephone
    from tuicrm.services.agents import anyone

    with opened() as crm:
        found = telephone.unlogged(crm, anyone(crm, agent) if agent else None)
        if current().json:
            say.stream(_shape(each, crm) for each in found)
        else:
            say.table([_row(each, crm) for each in found])


def _shape(it: PhoneCall, crm: Crm) -> shapes.Shape:
    """What the hook gets back, with whose it is and when it was."""
    return shapes.phone_call(it) | {
        "agent": it.agent,
        "number": it.number,
        "source": it.source,
        "started_at": shapes.instant(it.answered_at, crm.zone),
        "ended_at": shapes.instant(it.ended_at, crm.zone),
    }


def _row(it: PhoneCall, crm: Crm) -> tuple[object, ...]:
    length = (it.ended_at - it.answered_at).total_seconds() if it.ended_at and it.answered_at else None
    number = phone_words(it.number, crm.region())
    names = t("{names}", names=tuple(row.name for row in it.matches)) if it.matches else number
    return (
        it.call_id,
        tell.moment(it.answered_at, crm.zone),
        tell.duration(int(length) if length is not None else None),
        names or t("withheld number"),
        it.agent or "",
    )
