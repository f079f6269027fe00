"""Days and moments as options and filters name them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from tuicrm.domain.errors import Invalid

if TYPE_CHECKING:
    from tuicrm.services.context import Crm


def moment(crm: Crm, text: str, *, end: bool = False) -> datetime:
    """The instant that an option names, aware, in the agent's zone.

    An ISO date or moment, ``today``, ``yesterday``, or any phrase of a follow-up; what is over is taken too. In
    both calendars and all digits. A day without a time is its first moment; with ``end`` the first one after it.
    Raises ``Invalid``.
    """
    now = crm.now()
    near = {"now": now, "today": now.date(), "yesterday": now.date() - timedelta(days=1)}
    found: date = near.get(text.strip().lower()) or _iso(text) or _phrase(crm, text)
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=crm.zone)
    return datetime.combine(found + timedelta(days=1) if end else found, time(), crm.zone)


def _iso(text: str) -> date | None:
    from tuicrm.domain.calendars import gregorian_iso

    for kind in (date, datetime):
        try:
            return kind.fromisoformat(gregorian_iso(text))
        except ValueError:
            continue
    return None


def _phrase(crm: Crm, text: str) -> date:
    try:
        return _read(crm, text, past=False)
    except Invalid as refused:
        if refused.code not in ("when_past", "when_day_passed", "when_ago"):
            raise
    return _read(crm, text, past=True)


def _read(crm: Crm, text: str, *, past: bool) -> date:
    from tuicrm.domain.when import WhenRefused, parse_when

    try:
        due = parse_when(text, crm.now(), crm.when(), past=past)
    except WhenRefused as refused:
        raise Invalid(refused.code, **refused.params) from None
    return datetime.combine(due.on, due.at, crm.zone) if due.at else due.on
