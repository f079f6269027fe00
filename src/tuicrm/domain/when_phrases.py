"""Free phrases for a day and a time."""

from __future__ import annotations

from datetime import datetime

from tuicrm.domain.models import Due
from tuicrm.domain.when_base import WhenRefused, WhenSettings, clock_time, compact, day_due
from tuicrm.domain.when_forms import number_form
from tuicrm.domain.when_words import DAY_WORDS


def parse(text: str, now: datetime, settings: WhenSettings, *, past: bool = False) -> Due:
    head, _, tail = text.strip().partition(" ")
    at = clock_time(tail) if tail else None
    key = DAY_WORDS.get(compact(head))
    if key is not None and (at is not None) == bool(tail):
        return day_due(key, at, now, settings)
    due = number_form(head, now, settings)
    if due is None or (tail and (at is None or due.at is not None)):
        raise WhenRefused("when_unknown", text=text)
    return Due(due.on, at or due.at)
