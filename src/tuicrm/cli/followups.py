"""Lists of follow-ups, for Typer's ``followup list`` and the quick ``followup due`` alike. Loads no Typer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tuicrm.cli import say, tell
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import Invalid
from tuicrm.i18n import t
from tuicrm.services import followups

if TYPE_CHECKING:
    from tuicrm.domain.models import FollowUp
    from tuicrm.services.context import Crm

STATES = ("open", "done", "cancelled", "exhausted")
PAGE = 500


def show_due(given: Mapping[str, str], limit: int | None, after: int | None) -> int:
    """Open follow-ups of the acting agent (or ``--agent``) that are due before the day is over."""
    with opened() as crm:
        filters = _filters(crm, given) or {}
        filters.setdefault("agent", crm.me)
        filters.setdefault("state", "open")
        filters.setdefault("until", _day_end(crm))
        _show(crm, filters, limit, after)
    return 0


def show_list(given: Mapping[str, str], limit: int | None, after: int | None) -> None:
    """Follow-ups of everybody, by due."""
    with opened() as crm:
        _show(crm, _filters(crm, given), limit, after)


def _day_end(crm: Crm) -> datetime:
    from tuicrm.cli.moments import moment

    return moment(crm, "today", end=True)


def _filters(crm: Crm, given: Mapping[str, str]) -> dict[str, Any]:
    """The options as the filters of the service. Raises ``Invalid`` for an unknown state or a bad day."""
    filters: dict[str, Any] = {}
    if agent := given.get("--agent"):
        filters["agent"] = agent.lstrip("@").lower()
    if state := given.get("--state"):
        if state not in STATES:
            raise Invalid("state_unknown", value=state, choices=STATES)
        filters["state"] = state
    if given.get("--from") or given.get("--to"):
        from tuicrm.cli.moments import moment

        if since := given.get("--from"):
            filters["since"] = moment(crm, since)
        if until := given.get("--to"):
            filters["until"] = moment(crm, until, end=True)
    return filters


def _show(crm: Crm, filters: Mapping[str, Any], limit: int | None, after: int | None) -> None:
    more: FollowUp | None = None
    if limit is None:
        rows: Iterator[FollowUp] = _pages(crm, filters, after)
    else:
        page = followups.page(crm, limit=limit, after=after, filters=filters)
        rows = iter(page.rows)
        more = page.rows[-1] if page.more else None
    if current().json:
        from tuicrm.cli import shapes

        say.stream(shapes.followup(each, crm.zone) for each in rows)
    else:
        say.table([tell.followup_row(each) for each in rows])
    if more is not None:
        say.warn(t("There is more: --after {last} goes on, --all shows everything.", last=str(more.id)))


def _pages(crm: Crm, filters: Mapping[str, Any], after: int | None) -> Iterator[FollowUp]:
    while True:
        page = followups.page(crm, limit=PAGE, after=after, filters=filters)
        yield from page.rows
        if not page.more:
            return
        after = page.rows[-1].id
