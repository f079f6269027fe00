"""The lists of the import screen: columns, first rows, what is left out, likely doubles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, figures, nt, t, word
from tuicrm.labels import field_text, label_words
from tuicrm.tui import text
from tuicrm.tui.importing import said
from tuicrm.tui.rows import EMPTY, Cell, Column, data, number, words
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from textual.content import Content

    from tuicrm.services.importing import ImportReport, PreviewRow, RowReason


@record
class ColumnRow:
    """A column of the file. ``place``: from 0. ``how``: ``guess``, ``before`` (as last time), ``now``, ``""``."""

    place: int
    column: Any
    how: str


@record
class LeftOut:
    """A row that is not in as it stands. ``fate``: refused, skipped, led_on, remark."""

    place: int
    fate: str
    row: RowReason


@record
class DoubleRow:
    """Somebody who was added, and who is much like that."""

    place: int
    a: int
    b: int
    first: str
    second: str
    why: str


# --- columns ------------------------------------------------------------------------------------------------


def columns_list() -> RecordList[ColumnRow]:
    """Every column of the file, with where it goes."""
    return RecordList(
        (
            Column("number", lambda row: number(str(row.place + 1), "dim"), 3, right=True, rank=2),
            Column("heading", lambda row: data(row.column.heading, "strong"), 16, grow=2),
            Column("target", _goes, 18, grow=2),
            Column("how", _how, 12, rank=1),
            Column("samples", _samples, 14, grow=3, rank=3),
        ),
        lambda row: row.place,
        id="import-columns",
    )


def _goes(row: ColumnRow) -> Cell:
    column = row.column
    if column.target == "field":
        if column.field == column.heading:
            return words(said.target("field"), "dim")
        return words(t("field: {name}", name=column.field))
    goes = said.target(column.target)
    if column.label and column.target in ("phone", "email"):
        goes = t("{what} ({label})", what=goes, label=label_words(column.label))
    return words(goes, "dim" if column.target == "skip" else "")


def _how(row: ColumnRow) -> Cell:
    if row.how == "guess":
        return words(t("a guess"), "warn")
    if row.how == "before":
        return words(t("as last time"), "accent")
    return words(t("chosen"), "good") if row.how == "now" else EMPTY


def _samples(row: ColumnRow) -> Cell:
    # one cell of the list: each sample as the data it is
    return data(" | ".join(row.column.samples), "dim")


# --- first rows ---------------------------------------------------------------------------------------------


def rows_list(now: Callable[[], datetime]) -> RecordList[PreviewRow]:
    """The first rows as they will come in: people, calls or follow-ups. ``now``: the local moment."""
    return RecordList(
        (
            Column("line", lambda row: number(str(row.line), "dim"), 5, right=True, rank=3),
            Column("fate", lambda row: words(*said.fate(row.fate)), 10),
            Column("name", _name, 20, grow=3),
            Column("phone", _phone, 19, rank=1, wants=24),
            Column("email", _email, 16, grow=1, rank=4, wants=24),
            Column("company", _company, 12, grow=1, rank=2),
            Column("more", lambda row: _more(row, now()), 14, grow=2, rank=5),
        ),
        lambda row: row.line,
        id="import-rows",
    )


def _name(row: PreviewRow) -> Cell:
    if row.reason is not None:
        return words(said.reason(row.reason), "warn")
    if row.contact is None:
        it = row.incoming
        who = next((getattr(it, key) for key in ("name", "who_name", "reason") if getattr(it, key, "")), "")
        return data(who, "strong")
    return data(row.contact.name, "strong")


def _phone(row: PreviewRow) -> Cell:
    if row.contact is None:
        return number(getattr(row.incoming, "number", "") or getattr(row.incoming, "who_phone", ""))
    phones = row.contact.phones
    if not phones:
        return EMPTY
    first = figures(phones[0].raw)
    return words(_and_more(first, len(phones) - 1)) if len(phones) > 1 else number(first)


def _email(row: PreviewRow) -> Cell:
    emails = row.contact.emails if row.contact else ()
    if not emails:
        return EMPTY
    first = emails[0].address
    return words(_and_more(first, len(emails) - 1)) if len(emails) > 1 else data(first)


def _and_more(first: str, rest: int) -> Phrase:
    """In words: beside a number a bare ``+1`` would be read as a part of it."""
    return nt("{first}, {n} more", "{first}, {n} more", rest, first=first)


def _company(row: PreviewRow) -> Cell:
    return data(row.contact.company) if row.contact else EMPTY


def _more(row: PreviewRow, now: datetime) -> Cell:
    if row.contact is None:
        return _when(row.incoming, now)
    parts = [
        *row.contact.tags,
        *(f"{field_text(name)}: {value}" for name, value in row.contact.fields.items()),
    ]
    return data(" | ".join([*parts, row.contact.note] if row.contact.note else parts), "dim")


def _when(it: Any, now: datetime) -> Cell:
    """The moment of a call; the day of a follow-up with its reason."""
    if isinstance(started := getattr(it, "started_at", None), datetime):
        return words(moments.stamp_short(started, now, now.tzinfo or UTC), "dim")
    if isinstance(due := getattr(it, "due_on", None), date):
        return words(t("{day}: {reason}", day=moments.full_day(due, now.date()), reason=it.reason), "dim")
    return EMPTY


# --- left out -----------------------------------------------------------------------------------------------


def left_out_list() -> RecordList[LeftOut]:
    """Rows that are not in as they stand, with the reason."""
    return RecordList(
        (
            Column("line", lambda row: number(str(row.row.line), "dim"), 7, right=True),
            Column("fate", lambda row: words(*said.fate(row.fate)), 10, rank=1),
            Column("reason", lambda row: words(said.reason(row.row)), 20, grow=1),
        ),
        lambda row: row.place,
        id="import-left-out",
    )


def left_out(report: ImportReport) -> list[LeftOut]:
    """The rows of a report that are not in as they stand, by their lines."""
    found = [("refused", row) for row in report.refused]
    found += [("skipped", row) for row in report.skipped]
    found += [("led_on", row) for row in report.led_on]
    found += [("remark", row) for row in report.remarks]
    found.sort(key=lambda pair: pair[1].line)
    return [LeftOut(place, fate, row) for place, (fate, row) in enumerate(found)]


# --- doubles ------------------------------------------------------------------------------------------------


def doubles_list() -> RecordList[DoubleRow]:
    """Who was added though somebody is much like them."""
    return RecordList(
        (
            Column("first", lambda row: data(row.first, "strong"), 20, grow=1),
            Column("second", lambda row: data(row.second, "strong"), 20, grow=1),
            Column("why", lambda row: words(word(f"same {row.why}"), "dim"), 16, rank=1),
        ),
        lambda row: row.place,
        empty=t("Nobody looks like a double."),
        id="import-doubles",
    )


def double_rows(report: ImportReport, names: Mapping[int, str]) -> list[DoubleRow]:
    """The likely doubles of a report; ``names``: of contacts by their ids, as far as they were read."""
    return [
        DoubleRow(place, it.a, it.b, _called(names, it.a), _called(names, it.b), it.why)
        for place, it in enumerate(report.duplicates)
    ]


def _called(names: Mapping[int, str], contact_id: int) -> str:
    return names.get(contact_id) or f"contact:{contact_id}"


NOTHING: Final[Mapping[str, Callable[[], Phrase]]] = {
    "rows": lambda: t("There is no row."),
    "left_out": lambda: t("No row is left out."),
}
"""What an empty list says once the file is counted."""

TITLES: Final[Mapping[str, Callable[[], Phrase]]] = {
    "heading": lambda: t("column"),
    "target": lambda: t("becomes"),
    "samples": lambda: t("such as"),
    "line": lambda: t("line"),
    "fate": lambda: t("fate"),
    "name": lambda: t("name"),
    "phone": lambda: t("number"),
    "email": lambda: t("e-mail"),
    "company": lambda: t("company"),
    "more": lambda: t("what else"),
    "reason": lambda: t("why"),
    "first": lambda: t("added"),
    "second": lambda: t("much like"),
    "why": lambda: t("because of"),
}
"""What stands above the columns of these lists."""


# --- the line that names the lists --------------------------------------------------------------------------


_TITLES: Final[Mapping[str, Callable[[], Phrase]]] = {
    "columns": lambda: t("Columns"),
    "rows": lambda: t("First rows"),
    "left_out": lambda: t("Left out"),
    "doubles": lambda: t("Likely doubles"),
}


def tabs(many: Mapping[str, int], here: str) -> Content:
    """The names of the lists with how many are in each; ``here`` is the one in front."""
    shown = [text.blank(0)]
    for part, rows in many.items():
        role: text.Role = "here" if part == here else "dim"
        shown.append(
            text.join((text.phrase(_TITLES[part](), style=role), text.number(str(rows), style=role)), " ")
        )
    return text.join(shown, "  ")


def names(crm: Any, ids: Iterable[int]) -> Mapping[int, str]:
    """Names (else numbers) of contacts by their ids."""
    from tuicrm.services import contacts

    found = {each: contacts.row(crm, each) for each in ids}
    return {each: row.name or row.phone for each, row in found.items() if row is not None}
