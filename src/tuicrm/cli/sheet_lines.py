"""A day sheet as plain text: lines of at most 80 cells, to be printed as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tuicrm.cli import say
from tuicrm.domain.daysheet import DaySheet, SheetRow
from tuicrm.domain.safe import clean
from tuicrm.i18n import Phrase, figures, t
from tuicrm.sheet import words

WIDTH: Final = 80
_INDENT: Final = 4
_BETWEEN: Final = " · "
SPARE: Final = 2
"""Rooms at the end for calls that nobody foresaw."""


def lines(it: DaySheet) -> Iterator[Phrase]:
    """The sheet, a line of at most ``WIDTH`` cells each; no person is parted by an empty line."""
    yield words.title(it)
    yield from _joined(words.about(it), "")
    legend = [
        t("{key} {word}", key=key, word=word) if word else t("{key}", key=key)
        for key, word in words.legend(it)
    ]
    yield from _joined(legend, "")
    said, tokens, example = words.way_back(it)
    meant = [t("{key} {word}", key=key, word=word) for key, word in tokens]
    yield from _joined([said, t("{example}", example=example)], "", gap="  ")
    yield from _joined(meant, "")
    number = 0
    for part, named in words.PARTS.items():
        rows = it.of(part)
        if rows:
            yield from _heading(named())
        for row in rows:
            number += 1
            yield from _person(it, row, number)
    if not it.rows:
        yield Phrase("")
        yield t("Nothing is promised for this day.")
    yield from _heading(t("Calls that nobody foresaw"))
    for _ in range(SPARE):
        yield Phrase("")
        yield t("name {blank} number {more}", blank="_" * 34, more="_" * 22)
        yield from _room(it)


def _heading(named: Phrase) -> Iterator[Phrase]:
    yield Phrase("")
    rule = "-" * (WIDTH - 1 - say.cells(named))
    yield Phrase(f"{named} {rule}")


def _person(it: DaySheet, row: SheetRow, number: int) -> Iterator[Phrase]:
    indent = " " * _INDENT
    yield Phrase("")
    who = [part for part in (words.name(row), words.company(row)) if part]
    first, *more = _joined(who, f"{figures(str(number)):>2}  ", WIDTH - len(row.ref) - 2)
    gap, ref = " " * (WIDTH - say.cells(first) - len(row.ref)), t("{ref}", ref=row.ref)
    yield Phrase(f"{first}{gap}{ref}")
    yield from more
    dialled = [
        t("{number} ({label})", number=said, label=label) if label else said
        for said, label in words.numbers(row, it.region)
    ]
    yield from _joined(dialled or [t("no number")], indent)
    for at, one in enumerate(row.follow_ups):
        said = words.why(one, it)
        yield from _joined([*said, t("{ref}", ref=f"followup:{one.id}")] if at else said, indent)
    yield from _joined(words.last(row, it), indent)
    for line in clean(words.note(row), multiline=True).split("\n"):
        if line.strip():
            yield from _wrapped(line, f"{indent}| ")
    yield from _room(it)


def _room(it: DaySheet) -> Iterator[Phrase]:
    """Two lines to write on, boxes for the outcomes, blanks for the time, the minutes and what comes next."""
    indent = " " * _INDENT
    for _ in range(2):
        yield Phrase(indent + "_" * (WIDTH - _INDENT))
    boxes = "  ".join(f"[ ] {one.key}" for one in words.letters(it))
    said = t("{boxes}", boxes=boxes)
    yield Phrase(f"{indent}{said}")
    blanks = [
        t("other {blank}", blank="_" * 14),
        t("at {blank}", blank="_" * 7),
        t("min {blank}", blank="_" * 5),
    ]
    yield from _joined([*blanks, t("next {blank}", blank="_" * 20)], indent, gap="  ")


def _joined(said: list[Phrase], indent: str, width: int = WIDTH, *, gap: str = _BETWEEN) -> Iterator[Phrase]:
    """Phrases side by side, broken between two of them where the line is full; one too long for a
    line is broken in itself."""
    line = ""
    for one in said:
        longer = f"{line}{gap}{one}" if line else one
        fits = len(indent) + say.cells(one) <= width
        if line and fits and len(indent) + say.cells(longer) > width:
            yield Phrase(indent + line)
            indent, line = " " * len(indent), one
        else:
            line = longer
        if len(indent) + say.cells(line) > width:
            *full, line = _cut(line, width - len(indent))
            for piece in full:
                yield Phrase(indent + piece)
                indent = " " * len(indent)
    yield Phrase(indent + line)


def _wrapped(text: str, indent: str) -> Iterator[Phrase]:
    for piece in _cut(text, WIDTH - len(indent)):
        said = piece if isinstance(text, Phrase) else t("{text}", text=piece)
        yield Phrase(f"{indent}{said}")


def _cut(text: str, width: int) -> list[str]:
    """A text in pieces of at most so many cells, between words where there are any."""
    pieces = [""]
    for word in text.split(" "):
        longer = f"{pieces[-1]} {word}" if pieces[-1] else word
        if say.cells(longer) <= width:
            pieces[-1] = longer
            continue
        if pieces[-1]:
            pieces.append("")
        for char in word:
            if say.cells(pieces[-1] + char) > width:
                pieces.append("")
            pieces[-1] += char
    return say.balanced(pieces)
