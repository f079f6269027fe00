"""When: days and times as people type them, English and Persian, in both calendars. Refuses, never guesses.

Words of the log line are in ``when_forms`` and ``when_base``, the vocabulary in ``when_words``,
free phrases in ``when_phrases``, the calendars in ``calendars``.
"""

from __future__ import annotations

from datetime import UTC, datetime

from tuicrm.domain.calendars import from_jalali, jalali_text, month_name, to_jalali
from tuicrm.domain.models import Due
from tuicrm.domain.when_base import (
    DateOrder,
    WhenRefused,
    WhenSettings,
    clock_time,
    day_due,
    due_key,
    has_minutes,
    local_now,
    split_day_time,
)
from tuicrm.domain.when_forms import PAST_MOST, duration_s, number_form, past_days, past_moment
from tuicrm.domain.when_words import DAY_WORDS, MONTH_WORDS

__all__ = [
    "DAY_WORDS",
    "MONTH_WORDS",
    "DateOrder",
    "WhenRefused",
    "WhenSettings",
    "clock_time",
    "day_due",
    "due_key",
    "duration_s",
    "from_jalali",
    "has_minutes",
    "jalali_text",
    "local_now",
    "month_name",
    "number_form",
    "parse_when",
    "past_days",
    "past_moment",
    "past_phrase",
    "split_day_time",
    "to_jalali",
]


def parse_when(text: str, now: datetime, settings: WhenSettings, *, past: bool = False) -> Due:
    """Any phrase for a day, with or without a time: ``tomorrow 10``, ``شنبه بعد ساعت ۹ صبح``, ``1405/9/15``.

    A promise lies ahead; with ``past`` (when something was) the same words look back: ``monday`` is the last
    one, ``3 days ago`` counts. Raises ``WhenRefused`` for what it does not understand wholly.
    """
    # Imported here: the log line needs single words only.
    from tuicrm.domain.when_phrases import parse

    return parse(text, now, settings, past=past)


def past_phrase(text: str, now: datetime, settings: WhenSettings) -> tuple[datetime, Due]:
    """When something was (UTC), from any phrase that looks back, and the day and time it names: ``sat 10``,
    ``30 آبان``, ``half an hour``, ``2 days ago``. Without a time it is that of now, on that day.

    Raises ``WhenRefused`` for what it does not understand wholly, what is yet to come, what is more than a year ago.
    """
    due = _looking_back(text, now, settings)
    local = local_now(now, settings)
    moment = datetime.combine(due.on, due.at or local.time(), tzinfo=settings.zone).astimezone(UTC)
    if moment > now:
        raise WhenRefused("when_not_yet", text=text)
    if now - moment > PAST_MOST:
        raise WhenRefused("when_past_too_far", text=text, days=PAST_MOST.days)
    return moment, due


def _looking_back(text: str, now: datetime, settings: WhenSettings) -> Due:
    try:
        return parse_when(text, now, settings, past=True)
    except WhenRefused as refused:
        if refused.code != "when_not_yet":
            raise
        # a span: what it is said of is over
        try:
            return parse_when(f"{text} ago", now, settings, past=True)
        except WhenRefused:
            # only what is a moment in full is one yet to come
            parse_when(text, now, settings)
            raise refused from None
