"""Two contacts side by side, field by field: what each has, whose stays, what a merge would give.

Pure: from two ``Side``s and what was chosen to the rows of a list and the sentences beneath it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from typing import Final, Literal

from tuicrm.domain.models import Contact
from tuicrm.i18n import Phrase, nt, t
from tuicrm.labels import field_text
from tuicrm.services.merging import CHOSEN, Side, merged
from tuicrm.tui import text
from tuicrm.tui.rows import EMPTY, Cell, Column, data, number, words
from tuicrm.tui.widgets.cells import phone_words

Which = Literal["first", "second", "both"]
PICKED, OPEN, BOTH = "●", "○", "+"
STAYS: Final = "stays"
"""The name of the row that says which of the two records stays."""
LEAST_VALUE: Final = 14


@dataclass(frozen=True)
class Looked:
    """Two contacts that are looked at. ``stays``: whose record remains; ``chosen``: whose value of a field, where
    that was said."""

    first: Side
    second: Side
    stays: Which = "first"
    chosen: Mapping[str, Which] = field(default_factory=dict)

    @property
    def keep(self) -> Side:
        return self.first if self.stays == "first" else self.second

    @property
    def gone(self) -> Side:
        return self.second if self.stays == "first" else self.first

    def picked(self, name: str) -> Which:
        """Whose value of a field stays: as chosen, else the one there is, else that of the record that stays."""
        if name == STAYS:
            return self.stays
        if name in self.chosen:
            return self.chosen[name]
        first, second = (getattr(side.contact, name) or "" for side in (self.first, self.second))
        if name == "note" and first and second and first != second:
            return "both"
        return self.stays if bool(first) == bool(second) else "first" if first else "second"

    def choices(self) -> dict[str, str]:
        """What was chosen, as ``merging.merge`` takes it."""
        picked = {name: self.picked(name) for name in CHOSEN}
        return {name: "keep" if it == self.stays else "gone" for name, it in picked.items() if it != "both"}


@dataclass(frozen=True)
class Line:
    """One row. ``name``: of a field that can be chosen, else ``""``; ``first`` and ``second``: what each has."""

    name: str
    label: Phrase
    first: str
    second: str
    picked: Which = "both"
    kind: Literal["data", "number"] = "data"
    key: str = ""


NO_LABEL: Final = Phrase()


def looked(first: Side, second: Side) -> Looked:
    """The two as they are looked at first: the record with more on it stays."""
    return Looked(first, second, "second" if _weight(second) > _weight(first) else "first")


def _weight(side: Side) -> tuple[int, int]:
    it = side.contact
    facts = (it.name, it.company, it.note, *it.phones, *it.emails, *it.tags, *it.fields)
    return side.calls + side.follow_ups + side.tickets, sum(map(bool, facts))


def lines(it: Looked, region: str) -> list[Line]:
    """All rows: whose record stays, each field, what hangs on each."""
    a, b = it.first.contact, it.second.contact
    refs = (f"contact:{a.id}", f"contact:{b.id}")
    found = [Line(STAYS, t("Stays"), *refs, it.stays, "number", STAYS)]
    found += [
        _choice(it, "name", t("Name"), a.name, b.name),
        _choice(it, "company", t("Company"), a.company, b.company),
    ]
    found += _aligned("phones", t("Numbers"), *(_numbers(each, region) for each in (a, b)), kind="number")
    found += _aligned("emails", t("E-mails"), *([email.address for email in each.emails] for each in (a, b)))
    found += _aligned("tags", t("Tags"), *([f"#{tag}" for tag in each.tags] for each in (a, b)))
    found += _aligned(
        "fields", t("Fields"), *([f"{field_text(k)}: {v}" for k, v in each.fields.items()] for each in (a, b))
    )
    found += [
        _choice(it, "note", t("Note"), a.note, b.note),
        _choice(it, "owner", t("Owner"), a.owner, b.owner),
    ]
    if a.do_not_call or b.do_not_call:
        found.append(_no_calls(a, b))
    counts = (
        ("calls", t("Calls"), it.first.calls, it.second.calls),
        ("followups", t("Follow-ups"), it.first.follow_ups, it.second.follow_ups),
        ("tickets", t("Tickets"), it.first.tickets, it.second.tickets),
    )
    found += [Line("", label, str(x), str(y), "both", "number", key) for key, label, x, y in counts if x or y]
    return [line for line in found if line.first or line.second]


def _no_calls(a: Contact, b: Contact) -> Line:
    asked, nothing = t("do not call"), NO_LABEL
    return Line("", t("No calls"), asked if a.do_not_call else nothing, asked if b.do_not_call else nothing)


def _choice(it: Looked, name: str, label: Phrase, first: str | None, second: str | None) -> Line:
    one, other = (" ".join((value or "").split()) for value in (first, second))
    # nothing to choose where both have the same
    return Line(name if one != other else "", label, one, other, it.picked(name), "data", name)


def _numbers(contact: Contact, region: str) -> list[str]:
    return [phone_words(phone.e164 or phone.raw, region) for phone in contact.phones]


def _aligned(
    key: str,
    label: Phrase,
    first: Sequence[str],
    second: Sequence[str],
    *,
    kind: Literal["data", "number"] = "data",
) -> list[Line]:
    """The items of two lists, those that both have beside each other; the label stands on the first row."""
    other = {item.casefold() for item in second}
    shared = [item for item in first if item.casefold() in other]
    both = {item.casefold() for item in shared}
    alone = zip_longest(
        *([one for one in side if one.casefold() not in both] for side in (first, second)), fillvalue=""
    )
    pairs = [*((item, item) for item in shared), *alone]
    return [
        Line("", NO_LABEL if at else label, one, two, "both", kind, f"{key}{at}")
        for at, (one, two) in enumerate(pairs)
    ]


# --- how it is shown ----------------------------------------------------------------------------------------


def columns() -> tuple[Column, ...]:
    """The name of the field, then the two values, each with its mark."""
    label = max(
        text.cells(one)
        for one in (
            t("Stays"),
            t("Company"),
            t("Numbers"),
            t("E-mails"),
            t("Follow-ups"),
            t("No calls"),
            t("Tickets"),
        )
    )
    return (
        Column("label", _label, label),
        Column("first-mark", partial(_mark, side="first"), 1),
        Column("first", partial(_value, side="first"), LEAST_VALUE, grow=1),
        Column("second-mark", partial(_mark, side="second"), 1),
        Column("second", partial(_value, side="second"), LEAST_VALUE, grow=1),
    )


def _label(line: Line) -> Cell:
    return words(line.label, "dim")


def _mark(line: Line, side: str) -> Cell:
    """A filled point: this one stays; an empty one: it could; a plus: both stay."""
    if not line.name:
        return EMPTY
    if line.picked == "both":
        return words(Phrase(BOTH), "accent")
    return words(Phrase(PICKED), "accent") if line.picked == side else words(Phrase(OPEN), "dim")


def _value(line: Line, side: str) -> Cell:
    value = line.first if side == "first" else line.second
    role: text.Role = (
        "dim" if line.name and line.picked not in ("both", side) else "strong" if line.name else ""
    )
    if isinstance(value, Phrase):
        return words(value, "bad")
    return (
        number(value, "key")
        if line.name == STAYS
        else number(value, role)
        if line.kind == "number"
        else data(value, role)
    )


# --- what comes of it ---------------------------------------------------------------------------------------


def result(it: Looked, region: str) -> Phrase:
    """Who there would be after a merge."""
    whole = merged(it.keep.contact, it.gone.contact, it.choices())
    named = whole.name or (
        phone_words(whole.phones[0].e164 or whole.phones[0].raw, region) if whole.phones else ""
    )
    who = t(", ").join(part for part in (named, whole.company) if part)
    parts = (
        nt("{n} number", "{n} numbers", len(whole.phones)),
        nt("{n} e-mail", "{n} e-mails", len(whole.emails)),
        nt("{n} tag", "{n} tags", len(whole.tags)),
    )
    ref = f"contact:{whole.id}"
    return t("Result: {who} ({ref}) with {parts}.", who=who, ref=ref, parts=parts)


def moving(it: Looked) -> Phrase:
    """What would move from the record that goes."""
    parts = (
        nt("{n} call", "{n} calls", it.gone.calls),
        nt("{n} open follow-up", "{n} open follow-ups", it.gone.follow_ups),
        nt("{n} ticket", "{n} tickets", it.gone.tickets),
    )
    return t("{ref} goes into it, with {parts}.", ref=f"contact:{it.gone.contact.id}", parts=parts)
