"""What repeats, in words: ``every month on the last Friday``, for both faces and both languages. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Final

from tuicrm import i18n, shown
from tuicrm.domain.calendars import month_name
from tuicrm.domain.recurrence import Rule, parse, text, the_day
from tuicrm.i18n import Phrase, nt, t

if TYPE_CHECKING:
    from tuicrm.domain.process import Process

_WEEKDAYS: Final[tuple[Callable[[], Phrase], ...]] = (
    lambda: t("Monday"),
    lambda: t("Tuesday"),
    lambda: t("Wednesday"),
    lambda: t("Thursday"),
    lambda: t("Friday"),
    lambda: t("Saturday"),
    lambda: t("Sunday"),
)
_WHICH: Final[dict[int, Callable[[], Phrase]]] = {
    1: lambda: t("1st"),
    2: lambda: t("2nd"),
    3: lambda: t("3rd"),
    4: lambda: t("4th"),
    5: lambda: t("5th"),
}
_EVERY: Final[dict[str, Callable[[], Phrase]]] = {
    "DAILY": lambda: t("every day"),
    "WEEKLY": lambda: t("every week"),
    "MONTHLY": lambda: t("every month"),
    "YEARLY": lambda: t("every year"),
    "MONTHLY gregorian": lambda: t("every Gregorian month"),
    "YEARLY gregorian": lambda: t("every Gregorian year"),
    "MONTHLY jalali": lambda: t("every Jalali month"),
    "YEARLY jalali": lambda: t("every Jalali year"),
}
_EVERY_FEW: Final[dict[str, Callable[[int], Phrase]]] = {
    "DAILY": lambda n: nt("every {n} day", "every {n} days", n),
    "WEEKLY": lambda n: nt("every {n} week", "every {n} weeks", n),
    "MONTHLY": lambda n: nt("every {n} month", "every {n} months", n),
    "YEARLY": lambda n: nt("every {n} year", "every {n} years", n),
    "MONTHLY gregorian": lambda n: nt("every {n} Gregorian month", "every {n} Gregorian months", n),
    "YEARLY gregorian": lambda n: nt("every {n} Gregorian year", "every {n} Gregorian years", n),
    "MONTHLY jalali": lambda n: nt("every {n} Jalali month", "every {n} Jalali months", n),
    "YEARLY jalali": lambda n: nt("every {n} Jalali year", "every {n} Jalali years", n),
}
_EVERY_OTHER: Final[dict[str, Callable[[], Phrase]]] = {
    "DAILY": lambda: t("every other day"),
    "WEEKLY": lambda: t("every other week"),
    "MONTHLY": lambda: t("every other month"),
    "YEARLY": lambda: t("every other year"),
}
_SATURDAY: Final = 5
_ISOLATES: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def said(recurrence: str | None, week: Collection[int] = ()) -> Phrase:
    """The sentence of a stored rule; ``""`` for what does not repeat, the rule itself where it has no words. ``week``:
    as of ``sentence``."""
    if not recurrence:
        return Phrase()
    rule = parse(recurrence)
    return t("by the rule {rule}", rule=recurrence) if rule is None else sentence(rule, week=week)


def week_of(process: Process, region: str) -> frozenset[int]:
    """The days on which somebody works in a company, for ``sentence``. ``region``: its country (ISO)."""
    from tuicrm.domain.worktime import in_country, working_week

    return working_week(in_country(process.calendar, region))


def typed(recurrence: str | None) -> str:
    """A stored rule as one would type it: plain text that is read as the same rule."""
    rule = parse(recurrence or "")
    if rule is None:
        return recurrence or ""
    told = sentence(rule, brief=True).translate(_ISOLATES)
    return text(rule) if _days(rule, brief=True) is None else told


def sentence(rule: Rule, *, brief: bool = False, week: Collection[int] = ()) -> Phrase:
    """``every 2 weeks on Monday and Thursday, until 2027-12-31``. ``brief``: without what goes without saying;
    ``week``: the days on which somebody works, where those are known: all of them are every working day."""
    told = _days(rule, brief=brief)
    if (
        rule.frequency == "WEEKLY"
        and rule.interval == 1
        and rule.days
        and {day for _, day in rule.days} == set(week)
    ):
        told = t("every working day")
    if told is None:
        return t("by the rule {rule}", rule=text(rule))
    if rule.after_done:
        told = t("{often} after it is done", often=told)
    if rule.count is not None:
        told = nt("{rule}, {n} time", "{rule}, {n} times", rule.count, rule=told)
    if rule.until is not None:
        told = t("{rule}, until {day}", rule=told, day=shown.numeric_day(rule.until.date()))
    if rule.left_out and not brief:
        told = nt("{rule}, without {n} date", "{rule}, without {n} dates", len(rule.left_out), rule=told)
    return told


def _often(rule: Rule, *, named: bool = False) -> Phrase:
    """How often; ``named``: a month tells the calendar, which is said else where it is not the reader's own."""
    own = named or rule.frequency in ("DAILY", "WEEKLY") or rule.calendar == i18n.calendar()
    unit = rule.frequency if own else f"{rule.frequency} {rule.calendar}"
    return _EVERY[unit]() if rule.interval == 1 else _EVERY_FEW[unit](rule.interval)


def _persian() -> bool:
    return i18n.language() == "fa"


def _other(rule: Rule) -> Phrase:
    """As ``_often``, in Persian with what everybody says for every second one."""
    own = rule.frequency in ("DAILY", "WEEKLY") or rule.calendar == i18n.calendar()
    return _EVERY_OTHER[rule.frequency]() if _persian() and own and rule.interval == 2 else _often(rule)


def _days(rule: Rule, *, brief: bool = False) -> Phrase | None:
    """The rule without its end; None for one that has no words of its own."""
    if rule.plain:
        return _other(rule)
    if rule.frequency == "WEEKLY" and rule.days and not (rule.months or rule.places):
        return _weekly(rule, brief=brief)
    if rule.frequency == "MONTHLY" and not rule.months:
        return _monthly(rule, brief=brief)
    if rule.frequency == "YEARLY" and len(rule.months) <= 1:
        return _yearly(rule, brief=brief)
    return None


def _weekly(rule: Rule, *, brief: bool) -> Phrase:
    first = _SATURDAY if _persian() else 0
    days = sorted({day for _, day in rule.days}, key=lambda day: (day - first) % 7)
    names = [_WEEKDAYS[day]() for day in days]
    if rule.interval > 1:
        return t("{often} on {days}", often=_other(rule), days=_joined(names))
    # what is typed lists them: "to" would be read as the end of the series
    if not brief and len(days) > 3 and (days[-1] - days[0]) % 7 == len(days) - 1:
        return t("every day from {first} to {last}", first=names[0], last=names[-1])
    return t("every {days}", days=_joined(names))


def _monthly(rule: Rule, *, brief: bool) -> Phrase | None:
    often = _often(rule)
    if rule.days:
        named = _named(rule)
        return None if named is None else t("{often} on the {weekday}", often=often, weekday=named)
    number = the_day(rule)
    if number is None:
        days = _several(rule)
        return None if days is None else _on_day(rule, often, days)
    if rule.places and not brief:
        day = _nth(number)
        return t("{often} on the {day}, or the last day of a shorter month", often=often, day=day)
    if number < -1:
        return None
    return _on_day(rule, often, _day(number))


def _on_day(rule: Rule, often: Phrase, day: Phrase) -> Phrase:
    """``every 6 months on the 2nd``; in Persian the day stands before ``every month`` and behind all longer ones."""
    if rule.interval > 1 and _persian():
        return t("{often}, {day}", often=often, day=day)
    return t("{often} on the {day}", often=often, day=day)


def _yearly(rule: Rule, *, brief: bool) -> Phrase | None:
    often = _often(rule, named=bool(rule.months))
    if rule.days:
        named = _named(rule)
        if named is None or not rule.months:
            return None if named is None else t("{often} on the {weekday}", often=often, weekday=named)
        return t("{often} on the {weekday} of {month}", often=often, weekday=named, month=_month(rule))
    number = the_day(rule) if rule.months and rule.month_days else None
    if number is None or number < -1:
        return None
    if number == -1:
        return t("{often} on the {day} of {month}", often=often, day=_day(-1), month=_month(rule))
    date = t("{day} {month}", day=number, month=_month(rule))
    if rule.places and not brief:
        return t("{often} on {date}, or the day before where a year has none", often=often, date=date)
    return t("{often} on {date}", often=often, date=date)


def _named(rule: Rule) -> Phrase | None:
    """``last Friday``, ``1st Monday and 3rd Monday``."""
    if rule.month_days or rule.places or any(nth != -1 and nth not in _WHICH for nth, _ in rule.days):
        return None
    return _joined([_which(nth, _WEEKDAYS[day]()) for nth, day in rule.days])


def _which(nth: int, weekday: Phrase) -> Phrase:
    if nth == -1:
        return t("last {weekday}", weekday=weekday)
    return t("{nth} {weekday}", nth=_WHICH[nth](), weekday=weekday)


def _several(rule: Rule) -> Phrase | None:
    days = rule.month_days
    if rule.places or any(day < -1 for day in days):
        return None
    return _joined([_day(day) for day in sorted(days, key=lambda day: (day < 0, day))])


def _day(number: int) -> Phrase:
    return t("last day") if number == -1 else _nth(number)


def _nth(number: int) -> Phrase:
    if number == 1 and _persian():
        return t("first day")
    if number % 10 in (1, 2, 3) and number not in (11, 12, 13):
        one: tuple[Callable[[], Phrase], ...] = (
            lambda: t("{n}st", n=number),
            lambda: t("{n}nd", n=number),
            lambda: t("{n}rd", n=number),
        )
        return one[number % 10 - 1]()
    return t("{n}th", n=number)


def _month(rule: Rule) -> Phrase:
    return Phrase(month_name(rule.months[0], rule.calendar, "fa" if _persian() else "en"))


def _joined(words: Sequence[Phrase]) -> Phrase:
    """``Monday, Tuesday and Friday``."""
    if len(words) == 1:
        return words[0]
    return t("{first} and {last}", first=tuple(words[:-1]), last=words[-1])
