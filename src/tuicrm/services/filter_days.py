"""Days in filters: a day, a week, a month, from one to another, so long ago."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tuicrm import i18n
from tuicrm.domain.filter_keys import MOMENT
from tuicrm.domain.filter_values import before, period
from tuicrm.domain.filters import Value, parse
from tuicrm.domain.worktime import working_week
from tuicrm.services.context import Crm
from tuicrm.services.moments import moment

Ends = tuple[datetime | None, datetime | None]


def days(crm: Crm, value: Value, *, ahead: bool = False) -> Ends:
    """From the first moment up to but not the second; None is open.

    ``today``, ``lastweek``, ``2026-11``, any phrase for a day; ``a..b``; ``<30d`` is less than thirty days ago,
    ``>90d`` longer ago. ``ahead``: such lengths count from now on (``<3d``: due within three days, or before). Raises
    ``Invalid``.
    """
    if value.sign == "..":
        ends = [_point(crm, text, ahead=ahead) if text else None for text in (value.text, value.last)]
        if ends[0] and ends[1] and ends[1][0] < ends[0][0]:
            # the other way round it is the same range
            ends.reverse()
        return ends[0] and ends[0][0], ends[1] and ends[1][1]
    if value.sign and (then := before(value.text, crm.now(), ahead=ahead)):
        return _by_length(then, value.sign, ahead=ahead)
    first, end = _point(crm, value.text, ahead=ahead)
    by_sign: dict[str, Ends] = {
        "": (first, end),
        "<": (None, first),
        "<=": (None, end),
        ">": (end, None),
        ">=": (first, None),
    }
    return by_sign[value.sign]


def _by_length(then: datetime, sign: str, *, ahead: bool) -> Ends:
    """A shorter time ago is later; a shorter time ahead is earlier."""
    nearer = sign.startswith("<")
    if ahead:
        end = then + timedelta(days=1) if then.time() == time() else then
        return (None, end) if nearer else (end, None)
    return (then, None) if nearer else (None, then)


def _point(crm: Crm, text: str, *, ahead: bool) -> tuple[datetime, datetime]:
    """The first moment of a day, week or month, and the first one after it."""
    now = crm.now()
    found = period(text, now.date(), working_week(crm.calendar()), i18n.calendar(), ahead=ahead)
    if found is not None:
        return _midnight(found[0], crm), _midnight(found[1], crm)
    if then := before(text, now, ahead=ahead):
        return then, then + (timedelta(days=1) if then.time() == time() else timedelta(minutes=1))
    first, end = moment(crm, text), moment(crm, text, end=True)
    return first, end if end > first else first + timedelta(minutes=1)


def of_filter(crm: Crm, what: str, text: str) -> tuple[date, date] | None:
    """The first and the last day of the one value that a filter has of its list's moment; None when it has none,
    several, or one that is open. Raises ``Invalid``."""
    spans = [term for term in parse(text, what) if term.key == MOMENT[what] and not term.negated]
    if len(spans) != 1 or len(spans[0].values) != 1:
        return None
    low, high = days(crm, spans[0].values[0], ahead=MOMENT[what] == "due")
    if low is None or high is None:
        return None
    last = high.astimezone(crm.zone) - timedelta(microseconds=1)
    return low.astimezone(crm.zone).date(), last.date()


def _midnight(day: date, crm: Crm) -> datetime:
    return datetime.combine(day, time(), crm.zone)
