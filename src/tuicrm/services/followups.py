"""What is promised: lists of follow-ups by due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import Page
from tuicrm.services.context import Crm
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries import followups
from tuicrm.storage.queries.chosen import ALL, Where


def page(
    crm: Crm,
    *,
    limit: int = 50,
    after: int | None = None,
    filters: Mapping[str, Any] | None = None,
    where: Where = ALL,
) -> Page:
    """Follow-ups by due, behind the one with id ``after``.

    ``filters``: some of ``since`` and ``until`` (instants), ``agent``, ``state``, ``contact`` (id), ``awake`` (an
    instant: without those of which one is to be reminded later than then).
    ``where``: only these (``services.filtering``). Raises ``NotFound`` when there is no follow-up ``after``.
    """
    bound = {key: to_text(v) if isinstance(v, datetime) else v for key, v in (filters or {}).items()}
    with crm.database.reader() as conn:
        last = None if after is None else followups.record(conn, after)
        if after is not None and last is None:
            raise NotFound("no_follow_up", ref=f"followup:{after}")
        found = followups.page(conn, after=last, limit=limit + 1, filters=bound, chosen=where)
    return Page(tuple(found[:limit]), len(found) > limit)
