"""One row of a CSV file as a contact to be: every filled cell goes somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.domain.fold import fold, glued
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.phone import digits
from tuicrm.exchange import addressing, csv_headings
from tuicrm.exchange.csv_columns import LABELS_APART, Column
from tuicrm.exchange.csv_guard import may_be_guarded, unguarded
from tuicrm.exchange.csv_names import meaning, own_label
from tuicrm.exchange.csv_shape import column_name
from tuicrm.exchange.incoming import Incoming, looks_like_address

_FORMULA_TEXT: Final = re.compile(r'=\s*"(.*)"', re.DOTALL)
"""``="0912..."``, by which a spreadsheet is kept from taking a number for an amount."""
_SCIENTIFIC: Final = re.compile(r"(\d(?:[.,]\d+)?)E\+?(\d{1,2})", re.IGNORECASE)
_FLOAT: Final = re.compile(r"(\d{7,15})\.0")

_MANY: Final = re.compile(r":::|;(?!\s*(?:ext|isub|phone-context)=)|[\r\n]+")
"""What parts several numbers or addresses in one cell; a ``tel:`` address has its extension behind a semicolon."""
_EMAILS: Final = re.compile(r"[\s,،|/<>]+")
_TAGS: Final = re.compile(r":::|[;؛,،|\n]")
_ADDRESS: Final = re.compile(r"[^\s@,;<>|]+@[^\s@,;<>|]+")
_BETWEEN: Final = re.compile(r"[/|,،]")
_DIGIT: Final = re.compile(r"\d")
_MORE: Final = 20
"""Cells beyond the last column that get a field each; what is behind them goes into the last one."""
_WHOLE: Final = 7
"""Digits of a number that can stand by itself."""

_YES: Final = frozenset(
    (
        *("1", "true", "yes", "y", "t", "x", "on", "checked", "ja", "wahr", "oui", "vrai", "dnc"),
        *("بله", "بلی", "آری", "اری", "درست", "✓", "✔"),
    )
)
_NO: Final = frozenset(
    ("0", "false", "no", "n", "f", "off", "unchecked", "nein", "falsch", "non", "faux", "خیر", "نه")
)
_BARRED: Final = frozenset(("dnc", "dncl", "dncc", "do not call"))
"""What VICIdial's status says of those who must not be called."""
_PARTS: Final = ("prefix", "first", "middle", "last", "suffix")
_EASTERN_PARTS: Final = ("prefix", "last", "first", "middle", "suffix")


class Plan:
    """What is the same for every row of a file: who takes the cells of each column."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.takers = [(Row.drop if _told(column) else _TAKE[column.target], column) for column in columns]
        self.code = next((place for place, column in enumerate(columns) if column.target == "code"), None)
        """The place of VICIdial's country code."""
        self.nothing = {
            place: csv_headings.NOTHING[heading]
            for place, column in enumerate(columns)
            if (heading := column.heading.casefold()) in csv_headings.NOTHING
        }
        """Place -> what stands there when nobody has filled it in."""


class Row:
    """What the cells of one row add up to."""

    __slots__ = (
        *("_plan", "_cells", "texts", "notes", "phones", "extensions", "emails", "tags", "fields"),
        *("barred", "cadence", "deleted", "dropped"),
    )

    def __init__(self, plan: Plan, cells: Sequence[str]) -> None:
        self._plan = plan
        self._cells = cells
        self.texts: dict[str, tuple[str, str]] = {}
        """Target -> (heading, text)."""
        self.notes: list[str] = []
        self.phones: dict[int, list[PhoneNumber]] = {}
        """By the place of their column."""
        self.extensions: list[tuple[Column, str]] = []
        self.emails: list[EmailAddress] = []
        self.tags: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.barred: bool | None = None
        self.cadence: int | None = None
        self.deleted = False
        self.dropped: list[str] = []

    def read(self) -> None:
        """Puts every filled cell where its column says; those beyond the last column into fields."""
        takers = self._plan.takers
        known = len(takers)
        for place, cell in enumerate(self._cells):
            if cell and (text := _plain(cell) if cell[0] == "=" or may_be_guarded(cell) else cell.strip()):
                if place < known:
                    take, column = takers[place]
                    take(self, place, column, text)
                else:
                    self.keep(column_name(min(place + 1, known + _MORE)), text)
        if self.extensions:
            self._put_extensions()

    def keep(self, heading: str, text: str) -> None:
        """A free field; a second one of that name goes behind the first."""
        self.fields.setdefault(heading, []).append(text)

    # --- one cell -------------------------------------------------------------------------------------------

    def phone(self, place: int, column: Column, text: str) -> None:
        found = self.phones.setdefault(place, [])
        code = self._country_code() if self._plan.code is not None else ""
        for part, label in self._parts(column, text):
            # by an apostrophe, too, a spreadsheet is kept from taking a number for an amount
            for raw in _numbers(part.lstrip("'").strip() or part):
                number = _restored(raw) if "E" in raw.upper() or raw.endswith(".0") else raw
                if _DIGIT.search(number) and not _SCIENTIFIC.fullmatch(number):
                    number = f"+{code} {number}" if code and number[0] not in "+0" else number
                    found.append(PhoneNumber(number, None, "", label or column.label))
                else:
                    self.keep(column.field, raw)

    def email(self, _place: int, column: Column, text: str) -> None:
        for part, label in self._parts(column, text):
            found = _addresses(part)
            self.emails += [EmailAddress(address, label or column.label) for address in found]
            if not found:
                self.keep(column.field, part)

    def tag(self, _place: int, _column: Column, text: str) -> None:
        for part in _TAGS.split(text):
            star, tag = part.strip().startswith("*"), part.strip().lstrip("*").strip()
            if tag and not (star and tag.casefold() in csv_headings.EVERYBODY):
                self.tags.append(tag)

    def note(self, _place: int, _column: Column, text: str) -> None:
        self.notes.append(text)

    def single(self, _place: int, column: Column, text: str) -> None:
        self._only(column.target, column, text)

    def _only(self, target: str, column: Column, text: str) -> None:
        """What there is only one of; another one stays readable as a field."""
        there = self.texts.setdefault(target, (column.field, text))
        if there[1] != text:
            self.keep(column.field, text)

    def turned(self, _place: int, column: Column, text: str) -> None:
        """``White, Wei`` as it is spoken; what has no comma, or several, as it stands."""
        last, comma, first = (part.strip() for part in text.replace("،", ",").partition(","))
        one = comma and first and last and "," not in first
        self._only("name", column, f"{first} {last}" if one else text)

    def barring(self, _place: int, column: Column, text: str) -> None:
        folded = fold(text) or text
        if folded in _YES or folded in _NO:
            self.barred = bool(self.barred) or folded in _YES
        else:
            self.keep(column.field, text)

    def rhythm(self, _place: int, column: Column, text: str) -> None:
        """How often one keeps in touch: days, or a span in words."""
        # imported here: few files have such a column
        from tuicrm.domain.cadence import parse

        try:
            self.cadence = parse(text)
        except Invalid:
            self.keep(column.field, text)

    def status(self, _place: int, column: Column, text: str) -> None:
        if fold(text) in _BARRED:
            self.barred = True
        self.keep(column.field, text)

    def deletion(self, _place: int, _column: Column, text: str) -> None:
        self.deleted = fold(text) in _YES

    def extension(self, _place: int, column: Column, text: str) -> None:
        self.extensions.append((column, text))

    def country_code(self, _place: int, column: Column, text: str) -> None:
        if not self._country_code():
            self.keep(column.field, text)

    def field(self, place: int, column: Column, text: str) -> None:
        if place in self._plan.nothing and text.casefold() in self._plan.nothing[place]:
            return
        name = column.field
        if column.beside is not None and (labels := self._labels(column)):
            base = name.rpartition(" - ")[0] or name
            plain = base.rstrip("0123456789 ")
            label = labels[0].strip()
            name = label if plain.casefold() in csv_headings.NAMED_BY_LABEL else f"{plain} ({label})"
        self.keep(name, text)

    def nothing(self, _place: int, _column: Column, _text: str) -> None:
        """A label, which its number takes; or what is not wanted."""

    def drop(self, _place: int, column: Column, _text: str) -> None:
        """What has no place here, which nobody has said."""
        self.dropped.append(column.heading)

    # --- beside each other ----------------------------------------------------------------------------------

    def _labels(self, column: Column) -> list[str]:
        if column.beside is None or column.beside >= len(self._cells):
            return []
        text = _plain(self._cells[column.beside])
        return [own_label(part) for part in text.split(LABELS_APART)] if text else []

    def _parts(self, column: Column, text: str) -> list[tuple[str, str]]:
        """The numbers or addresses in a cell, each with its label: its own, or the only one."""
        labels = self._labels(column) if column.beside is not None else []
        many = len(labels)
        if ";" not in text and ":::" not in text and "\n" not in text and "\r" not in text:
            return [(text, labels[0] if many else "")]
        return [
            (part.strip(), labels[place] if place < many else labels[0] if many == 1 else "")
            for place, part in enumerate(_MANY.split(text))
            if part.strip()
        ]

    def _country_code(self) -> str:
        """VICIdial's country code of the row's numbers."""
        place = self._plan.code
        code = (
            self._cells[place].strip().lstrip("+0") if place is not None and place < len(self._cells) else ""
        )
        return code if code.isdecimal() and len(code) < 4 else ""

    def _put_extensions(self) -> None:
        for column, text in self.extensions:
            numbers = self.phones.get(-1 if column.beside is None else column.beside, [])
            inner = digits(text)
            if len(numbers) == 1 and inner and len(inner) < 8 and not numbers[0].ext:
                numbers[0] = PhoneNumber(numbers[0].raw, ext=inner, label=numbers[0].label)
            else:
                self.keep(column.field, text)

    # --- the whole ------------------------------------------------------------------------------------------

    def name(self) -> str:
        """The whole name, else its parts, the nickname, the company, or the address. Parts that the whole name does
        not have become fields."""
        whole = self._unaddressed(self.texts.get("name", ("", ""))[1])
        parted = self._parted()
        if whole:
            inside = glued(whole)
            for part in _PARTS:
                if part in self.texts and glued(self.texts[part][1]) not in inside:
                    self.keep(*self.texts[part])
        name = whole or parted
        if name and "nick" not in self.texts:
            return name
        heading, nick = self.texts.get("nick", ("", ""))
        if name and nick and nick != name:
            self.keep(heading, nick)
        others = (nick, self.text("company"), *(email.address for email in self.emails))
        return name or next(filter(None, others), "")

    def _parted(self) -> str:
        """The parts of the name, in the order of its language."""
        parted = " ".join([self.texts[part][1] for part in _PARTS if part in self.texts])
        if not parted.isascii() and addressing.EASTERN.search(f"{self.text('first')}{self.text('last')}"):
            return " ".join([self.texts[part][1] for part in _EASTERN_PARTS if part in self.texts])
        return parted

    def _unaddressed(self, whole: str) -> str:
        """The whole name without the form of address, which becomes a field: with it somebody would be another person
        than without, and stand under M."""
        heading, prefix = self.texts.get("prefix", ("", ""))
        if not addressing.is_one(prefix) or not (whole or {"first", "last"} & self.texts.keys()):
            return whole
        del self.texts["prefix"]
        self.keep(heading, prefix)
        return addressing.without(whole, prefix)

    def text(self, target: str) -> str:
        """The text of something there is only one of, ``""`` without it."""
        return self.texts.get(target, ("", ""))[1]


_TAKE: Final[dict[str, Callable[[Row, int, Column, str], None]]] = {
    **dict.fromkeys(("name", *_PARTS, "nick", "company", "owner"), Row.single),
    "turned": Row.turned,
    **{"phone": Row.phone, "email": Row.email, "tag": Row.tag, "note": Row.note, "ext": Row.extension},
    **{"do_not_call": Row.barring, "status": Row.status, "deleted": Row.deletion, "code": Row.country_code},
    "cadence": Row.rhythm,
    **{"field": Row.field, "label": Row.nothing, "skip": Row.nothing},
}


def _told(column: Column) -> bool:
    """Whether a column is left out because of its heading, not because it was read before by our own export."""
    said = meaning(fold(column.heading)) if column.target == "skip" else None
    return said is not None and said.target == "skip"


def incoming(line: int, cells: Sequence[str], plan: Plan) -> Incoming:
    """The contact of a row, or why there is none."""
    row = Row(plan, cells)
    row.read()
    beyond = _beyond(cells, len(plan.takers)) if len(cells) != len(plan.takers) else 0
    if row.deleted:
        return Incoming(line, code="import_deleted", beyond=beyond)
    name = row.name()
    phones = tuple([phone for place in sorted(row.phones) for phone in row.phones[place]])
    if not name and not phones:
        return Incoming(line, code="contact_empty", refused=True, beyond=beyond)
    contact = NewContact(
        name=name,
        company=row.text("company"),
        phones=phones,
        emails=tuple(row.emails),
        tags=tuple(row.tags),
        fields={heading: "; ".join(texts) for heading, texts in row.fields.items()},
        note="\n".join(dict.fromkeys(row.notes)) if row.notes else "",
    )
    return Incoming(
        line,
        contact,
        owner=row.text("owner") or None,
        owner_as=row.texts["owner"][0] if "owner" in row.texts else "",
        do_not_call=row.barred,
        cadence_days=row.cadence,
        kept=tuple(row.fields),
        dropped=tuple(row.dropped),
        beyond=beyond,
    )


def _beyond(cells: Sequence[str], columns: int) -> int:
    """How many cells there are more than columns, negative: less. Empty ones behind the last column are none."""
    many = len(cells)
    while many > columns and not cells[many - 1].strip():
        many -= 1
    return many - columns


# --- the text of a cell -------------------------------------------------------------------------------------


def _plain(cell: str) -> str:
    """A cell without what keeps a spreadsheet from misreading it."""
    if may_be_guarded(cell):
        cell = unguarded(cell)
    elif found := _FORMULA_TEXT.fullmatch(cell):
        cell = found[1].replace('""', '"')
    return cell.strip()


def _numbers(part: str) -> list[str]:
    """The numbers that a sign parts: only where each can stand by itself."""
    if not _BETWEEN.search(part):
        return [part]
    parts = [each.strip() for each in _BETWEEN.split(part)]
    return parts if all(len(digits(each)) >= _WHOLE for each in parts) else [part]


def _restored(text: str) -> str:
    """A number that a spreadsheet made an amount of, as far as its digits are all there."""
    if found := _FLOAT.fullmatch(text):
        return found[1]
    if found := _SCIENTIFIC.fullmatch(text):
        mantissa = found[1].replace(",", ".")
        places = len(mantissa.partition(".")[2])
        if places and places >= int(found[2]) - 1:
            return str(int(Decimal(mantissa).scaleb(int(found[2]))))
    return text


def _addresses(part: str) -> list[str]:
    """The e-mail addresses of a text that holds nothing else, but for a name before one; else none."""
    if _ADDRESS.fullmatch(part):
        return [part.removeprefix("mailto:")]
    if part.endswith(">") and part.count("<") == 1 and "@" not in (angled := part[:-1].partition("<"))[0]:
        address = angled[2].strip().removeprefix("mailto:")
        return [address] if _ADDRESS.fullmatch(address) else []
    pieces = [piece for piece in _EMAILS.split(part) if piece]
    return pieces if pieces and all(map(looks_like_address, pieces)) else []
