"""Whom the call is with: what is typed, who was found for it, which row is lit. Pure.

The rows are those found for exactly the text that stands there; a result of an earlier text is thrown away.
So the row that is taken is never one the person has not typed for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from tuicrm.domain.matching import parse_who
from tuicrm.domain.models import ContactRow, NewContact, PhoneNumber
from tuicrm.domain.phone import digits

SHOWN: Final = 8
"""Rows of the list, the new contact's included."""

_TOKEN: Final = re.compile(r"^[/.=#@\u066b\u066c]|^-\d|\s[/.=#@\u066b\u066c]$|\s[/.=#@\u066b\u066c]\S")
"""A sign of the log line where a word begins: this is no name. ``٫`` and ``٬`` are the keys of # and @."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """The last row: a contact to be made.

    ``strong``: it has a number, so it may be lit by itself. ``doubtful``: many words; is this a name?
    """

    contact: NewContact
    strong: bool
    doubtful: bool = False


Row = ContactRow | NewRow
Step = Literal[1, -1]


def is_line(text: str) -> bool:
    """Whether what was typed as Who is a log line: it begins with a token, or a later word does."""
    return _TOKEN.search(text) is not None


@dataclass(slots=True)
class Finder:
    """The state of Who.

    ``caller``: the number of a caller nobody has, part of Who from the start. ``several``: the contacts that
    share the caller's number. ``region``: the country of numbers typed without one. ``hits`` belong to
    ``hits_for``. ``chosen``: the row the person went to, None while they did not.
    """

    region: str
    caller: PhoneNumber | None = None
    several: tuple[ContactRow, ...] = ()
    text: str = ""
    hits: tuple[ContactRow, ...] = ()
    hits_for: str | None = None
    chosen: int | None = None
    _taking: bool = field(default=True, repr=False)
    _new: tuple[str, NewRow | None] = field(default=("", None), repr=False)

    def type(self, text: str) -> bool:
        """What stands in the line now. True when it changed: then nobody is chosen any more."""
        if text == self.text:
            return False
        self.text = text
        self.chosen = None
        return True

    def found(self, text: str, hits: tuple[ContactRow, ...]) -> bool:
        """Who was found for ``text``. False, and nothing changes, when something else stands there now."""
        if text != self.text:
            return False
        self.hits, self.hits_for = hits, text
        return True

    @property
    def ready(self) -> bool:
        """Whether the rows are those of the text that stands there."""
        return self.hits_for == self.text

    @property
    def new(self) -> NewRow | None:
        """The contact the text would make, with the caller's number; None when it names nobody."""
        if self._new[0] != self.text:
            self._new = (self.text, self._proposed())
        return self._new[1]

    def _proposed(self) -> NewRow | None:
        if not self.text.strip():
            return None
        who = parse_who(self.text, self.region)
        if who.contact_ref is not None:
            return None
        phones = tuple(number for number in (self.caller, who.number) if number is not None)
        if not phones and not any(char.isalpha() for char in who.name):
            return None
        contact = NewContact(name=who.name, company=who.company, phones=phones)
        return NewRow(contact, strong=bool(phones), doubtful=who.doubtful)

    def by_number_alone(self) -> NewContact | None:
        """The unknown caller without a name; None when there is no such caller."""
        return NewContact(phones=(self.caller,)) if self.caller is not None else None

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed, best first, the new contact last."""
        if not self.text.strip():
            return self.several or (self.hits if self.ready else ())[:SHOWN]
        hits = self.hits if self.ready else ()
        if self.caller is not None:
            hits = tuple(hit for hit in hits if hit.exact)
        new = self.new
        return (*hits[: SHOWN - 1], new) if new is not None else hits[:SHOWN]

    @property
    def lit(self) -> int | None:
        """The row that Tab and Enter take, or None.

        Nothing is lit while nothing is typed. A contact that is there only by the forgiven slip, and a new
        one of words alone, are never lit by themselves; a new one with a number is, unless somebody has
        just that number.
        """
        rows = self.rows
        if self.chosen is not None:
            return min(self.chosen, len(rows) - 1) if rows else None
        if not self.text.strip() or not rows or not self.ready:
            return None
        new = self.new
        if new is not None and new.strong and not self._has_number(rows[0], new):
            return len(rows) - 1
        first = rows[0]
        return 0 if isinstance(first, ContactRow) and not first.near else None

    def _has_number(self, row: Row, new: NewRow) -> bool:
        """Whether a found contact has the very number that was typed (a caller's number nobody has)."""
        if self.caller is not None or not isinstance(row, ContactRow) or row.near:
            return False
        typed = digits(new.contact.phones[0].raw).lstrip("0")[-9:]
        return row.exact or (bool(typed) and digits(row.phone).endswith(typed))

    @property
    def takes(self) -> bool:
        """Whether a row can be taken now. While people are looked for: whether one could before."""
        if self.ready or self.chosen is not None or not self.text.strip():
            self._taking = self.lit is not None
        return self._taking

    @property
    def row(self) -> Row | None:
        """The lit row itself."""
        return self.rows[self.lit] if self.lit is not None else None

    def choose(self, step: Step) -> None:
        """Goes a row up or down. From no row, down is the first and up the last."""
        rows = self.rows
        if not rows:
            return
        lit = self.lit
        if lit is None:
            self.chosen = 0 if step > 0 else len(rows) - 1
        else:
            self.chosen = max(0, min(len(rows) - 1, lit + step))

    def choose_new(self) -> NewRow | None:
        """Goes to the new contact's row; None when the text makes none."""
        if self.new is not None:
            self.chosen = len(self.rows) - 1
        return self.new
