"""What stands on a day sheet, in the reader's language: each thing a phrase of its own, to be set side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from tuicrm import shown
from tuicrm.domain.daysheet import DaySheet, Part, SheetRow, local_day
from tuicrm.domain.fold import glued
from tuicrm.domain.logline_names import typed_word
from tuicrm.domain.models import FollowUp
from tuicrm.domain.process import Outcome
from tuicrm.i18n import Phrase, language, nt, t
from tuicrm.labels import label_words
from tuicrm.number_words import number_words

PARTS: Final[Mapping[Part, Callable[[], Phrase]]] = {
    "at_a_time": lambda: t("At a promised time"),
    "overdue": lambda: t("Overdue"),
    "that_day": lambda: t("This day"),
}
NUMBERS: Final = 4
"""Numbers of one person; more do not fit."""


def title(sheet: DaySheet) -> Phrase:
    return t("Calls of {day}", day=shown.full_day(sheet.on, sheet.made.date()))


def about(sheet: DaySheet) -> list[Phrase]:
    """Whose sheet it is, how many people are on it, when it was written."""
    at = sheet.made.astimezone(sheet.zone)
    when = t("{day} {time}", day=shown.day(at.date(), sheet.on), time=shown.clock(at))
    said = [
        t("{agent}", agent=f"@{sheet.agent}"),
        nt("{n} person", "{n} people", len(sheet.rows)),
        t("printed {when}", when=when),
    ]
    if sheet.left_out:
        left = nt("{n} more has no room here", "{n} more have no room here", sheet.left_out)
        said.append(left)
    return said


def name(row: SheetRow) -> Phrase:
    """Who it is: somebody without a name is known by the number, which stands beneath."""
    return t("{name}", name=row.contact.name or row.contact.company or t("no name"))


def company(row: SheetRow) -> Phrase:
    known = row.contact.company
    return t("{company}", company=known) if known and row.contact.name else Phrase()


def numbers(row: SheetRow, region: str) -> list[tuple[Phrase, Phrase]]:
    """The numbers as they are dialled, each with what it is labelled."""
    return [
        (t("{number}", number=number_words(one, region)), label_words(one.label))
        for one in row.contact.phones[:NUMBERS]
    ]


def why(it: FollowUp, sheet: DaySheet) -> list[Phrase]:
    """A promise: its time, what for, which attempt, how late."""
    said = []
    day = local_day(it, sheet.zone)
    if it.due.at is not None:
        said.append(shown.clock(it.due_key.astimezone(sheet.zone)))
    if it.reason:
        said.append(t("{reason}", reason=it.reason))
    if it.attempt > 1 and it.attempts_max:
        said.append(t("attempt {n} of {most}", n=it.attempt, most=it.attempts_max))
    elif it.attempt > 1:
        said.append(t("attempt {n}", n=it.attempt))
    if day < sheet.on:
        said.append(t("due {day}", day=shown.full_day(day, sheet.on)))
    return said or [t("a call was promised")]


def last(row: SheetRow, sheet: DaySheet) -> list[Phrase]:
    """The last call: when, how it ended, whose it was; with the words of another one when it has none."""
    if row.last is None:
        return [t("never called")]
    said = [
        t("last: {day}", day=_day(row.last.started_at, sheet)),
        _outcome(sheet, row.last.outcome),
        t("{agent}", agent=f"@{row.last.agent}"),
    ]
    if note(row) and row.words is not None and row.words.id != row.last.id:
        said.append(t("spoken of {day}:", day=_day(row.words.started_at, sheet)))
    return said


def note(row: SheetRow) -> str:
    """What was said last, as it was written; empty for nothing, and for what is the reason of a promise already."""
    said = row.words.note if row.words is not None else ""
    return "" if said in [each.reason for each in row.follow_ups] else said


def letters(sheet: DaySheet) -> list[Outcome]:
    """The outcomes that have a letter, and so a box for each person."""
    return [one for one in sheet.outcomes if one.key]


def typed(outcome: Outcome) -> str:
    """What is typed for an outcome, without its sign."""
    return outcome.key or typed_word(outcome, language())


def label(outcome: Outcome) -> Phrase:
    return t("{outcome}", outcome=outcome.label(language()))


def legend(sheet: DaySheet) -> list[tuple[str, Phrase]]:
    """What is typed for each outcome and what it is called; empty where that is the same word."""
    return [
        (typed(one), Phrase() if _same(typed(one), one.label(language())) else label(one))
        for one in sheet.outcomes
    ]


def _same(code: str, label: str) -> bool:
    """``do_not_call`` is the same words as ``do not call``."""
    return glued(code.replace("_", " ")) == glued(label)


def way_back(sheet: DaySheet) -> tuple[Phrase, list[tuple[str, Phrase]], str]:
    """How what is on paper gets in: a sentence, what two tokens mean, and what is typed for the first row."""
    ref = sheet.rows[0].ref if sheet.rows else "contact:12"
    keys = letters(sheet)
    tokens = [("-1d9.40", t("yesterday at 9:40")), ("/2d", t("again in two days"))]
    example = f'tuicrm log {ref} "/{typed(keys[0]) if keys else "n"} -1d9.40 /2d"'
    return t("Typed in afterwards, a line for each call:"), tokens, example


def _day(at: datetime, sheet: DaySheet) -> Phrase:
    return shown.full_day(at.astimezone(sheet.zone).date(), sheet.on)


def _outcome(sheet: DaySheet, code: str) -> Phrase:
    return label(sheet.process.outcome(code))
