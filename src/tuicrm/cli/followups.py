"""Lists of follow-ups, for Typer's ``followup list`` and the quick ``followup due`` alike. Loads no Typer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from tuicrm.cli import say, tell
from tuicrm.cli.paging import every
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import Invalid
from tuicrm.i18n import t
from tuicrm.services import followups
from tuicrm.services.agents import anyone

if TYPE_CHECKING:
    from tuicrm.domain.models import FollowUp, Page
    from tuicrm.services.context import Crm

STATES = ("open", "done", "cancelled", "exhausted")


def show_due(given: Mapping[str, str], limit: int | None, after: int | None) -> int:
    """Open follow-ups of the acting agent (or ``--agent``) that are due before the day is over, but for those of which
    one is to be reminded later."""
    with opened() as crm:
        filters = _filters(crm, given) or {}
        filters.setdefault("agent", crm.me)
        filters.setdefault("state", "open")
        filters.setdefault("until", _day_end(crm))
        filters["awake"] = crm.now()
        _show(crm, _reading(crm, filters, given), limit, after)
    return 0


def show_list(given: Mapping[str, str], limit: int | None, after: int | None) -> None:
    """Follow-ups of everybody, by due."""
    with opened() as crm:
        _show(crm, _reading(crm, _filters(crm, given), given), limit, after)


def _day_end(crm: Crm) -> datetime:
    from tuicrm.cli.moments import moment

    return moment(crm, "today", end=True)


def _filters(crm: Crm, given: Mapping[str, str]) -> dict[str, Any]:
    """The options as the filters of the service. Raises ``Invalid`` for an unknown agent or state and a bad day."""
    filters: dict[str, Any] = {}
    if agent := given.get("--agent"):
        filters["agent"] = anyone(crm, agent)
    if state := given.get("--state"):
        filters["state"] = state if state in STATES else _state(crm, state)
    if given.get("--from") or given.get("--to"):
        from tuicrm.cli.moments import moment

        if since := given.get("--from"):
            filters["since"] = moment(crm, since)
        if until := given.get("--to"):
            filters["until"] = moment(crm, until, end=True)
    return filters


def _state(crm: Crm, text: str) -> str:
    """A state by another of its names, as a filter takes them. Raises ``Invalid`` (``state_unknown``)."""
    # imported here: a state is mostly written as its code
    from tuicrm.services import filter_choices

    try:
        return filter_choices.meant("state", text, filter_choices.choices(crm, "state"))
    except Invalid:
        raise Invalid("state_unknown", value=text, choices=STATES) from None


def _reading(crm: Crm, filters: Mapping[str, Any], given: Mapping[str, str]) -> Callable[..., Page]:
    """What reads a page of these follow-ups. Raises ``Invalid`` for a filter that says nothing."""
    if where := given.get("--where"):
        # imported here: a quick list without a filter does not load its language
        from tuicrm.services.filtering import where as chosen

        return partial(followups.page, crm, filters=filters, where=chosen(crm, "followups", where))
    return partial(followups.page, crm, filters=filters)


def _show(crm: Crm, read: Callable[..., Page], limit: int | None, after: int | None) -> None:
    more: FollowUp | None = None
    if limit is None:
        rows: Iterator[FollowUp] = every(read, after, way="after")
    else:
        page = read(limit=limit, after=after)
        rows = iter(page.rows)
        more = page.rows[-1] if page.more else None
    if current().json:
        from tuicrm.cli import shapes

        say.stream(shapes.followup(each, crm.zone) for each in rows)
    else:
        say.listed([tell.followup_row(each, crm) for each in rows], t("No follow-up found."))
    if more is not None:
        say.warn(t("There is more: --after {last} goes on, --all shows everything.", last=str(more.id)))
