"""What ``.`` offers: everything that can be done with the record selected now, in one table.

The keys of the screen come first, with their own letters; they stand in ``keytable`` and their actions are the place's.
What has no key of its own stands in ``EXTRAS``: a letter, a condition, and why it cannot be done now. A test holds
that no letter means two things on any screen. Macros and scores come later.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.content import Content

from tuicrm.i18n import Phrase, figures, nt, t, word
from tuicrm.labels import label_words
from tuicrm.tui import copying, keymap, text
from tuicrm.tui import menus_deeds as deeds
from tuicrm.tui.actions import owner
from tuicrm.tui.dialogs.menu import Line, Menu
from tuicrm.tui.keytable import Key
from tuicrm.tui.menus_deeds import Subject
from tuicrm.tui.screens.person_keys import PersonKeys

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.tui.screens.base import Place

KEYLESS: Final = {
    "record.cadence": "K",
    "record.do_not_call": "n",
    "record.worklist": "P",
    "contacts.owed": "O",
    "today.restart": "R",
    "today.cancel": "C",
    "record.export": "X",
    "promise.skip": "N",
    "filter.pick": "F",
    "filter.save": "W",
}
"""Letters here for what has no key on the screens, unless a keymap gives it one."""
AREAS_LEFT_OUT: Final = frozenset({"app", "place", "list", "card", "outcome"})
"""Keys that go about on the screen, and the outcomes, which are letters of the screen itself."""
ON_MARKED: Final = frozenset(
    (
        "owner",
        "tags",
        "cadence",
        "do_not_call",
        "worklist",
        "export",
        "follow_up",
        "delete",
        "merge",
        "mark",
        "sort",
        "pick",
        "save",
        *("snooze", "done", "hand", "skip"),
    )
)
"""What keys do to all that are marked, or to the list: while rows are marked, nothing else is offered."""
POSSIBLE: Final = Phrase()
DIALLED: Final = 9
"""Numbers of one person that have a digit to dial them."""


Do = Callable[["Place", Subject], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Extra:
    """One line that is no key of the screen. ``why_not``: a reason, or ``POSSIBLE``; None leaves the line out."""

    id: str
    letter: str
    label: Callable[[Subject], Phrase]
    do: Do
    why_not: Callable[[Subject], Phrase | None]
    hint: Callable[[Subject], str] = lambda _: ""


# --- conditions -------------------------------------------------------------------------------------------------


def _somebody(subject: Subject) -> Phrase | None:
    """Only where somebody is selected."""
    return POSSIBLE if subject.contact is not None else None


def _number(subject: Subject) -> Phrase | None:
    if subject.contact is None:
        return None
    return POSSIBLE if subject.contact.phones else t("no number")


def _several_numbers(subject: Subject) -> Phrase | None:
    return POSSIBLE if subject.contact is not None and len(subject.contact.phones) > 1 else None


def _email(subject: Subject) -> Phrase | None:
    if subject.contact is None:
        return None
    return POSSIBLE if subject.contact.emails else t("no e-mail")


def _links(subject: Subject) -> Phrase | None:
    if subject.contact is None:
        return None
    return POSSIBLE if subject.links else t("no links")


def _record(subject: Subject) -> Phrase | None:
    """Only where the selected record is no contact."""
    return POSSIBLE if subject.record is not None else None


def _call(subject: Subject) -> Phrase | None:
    """Only where calls are listed, or one is open."""
    return POSSIBLE if subject.record is not None and subject.record[0] == "call" else None


def _promise(subject: Subject) -> Phrase | None:
    """Only where promises are listed."""
    return POSSIBLE if subject.record is not None and subject.record[0] == "followup" else None


def _barred(subject: Subject) -> Phrase | None:
    """Only where somebody who must not be called was promised something."""
    return POSSIBLE if subject.barred else None


def _drafts(subject: Subject) -> Phrase:
    return POSSIBLE if subject.drafts else t("none, all is saved")


def _always(_: Subject) -> Phrase:
    return POSSIBLE


# --- the table --------------------------------------------------------------------------------------------------

EXTRAS: Final[tuple[Extra, ...]] = (
    Extra("promises.cancel", "T", lambda one: _barred_label(one), deeds.cancel_promises, _barred),
    Extra("copy.another", "Y", lambda _: t("copy another number"), deeds.copy_number, _several_numbers),
    Extra(
        "copy.email", "E", lambda _: t("copy e-mail"), deeds.copy_email, _email, lambda one: _first_email(one)
    ),
    Extra("copy.card", "c", lambda _: t("copy card as text"), deeds.copy_card, _somebody),
    Extra("copy.vcard", "v", lambda _: t("copy card as vCard"), deeds.copy_vcard, _somebody),
    Extra("copy.plain", "b", lambda _: t("bare text, for the mouse"), deeds.plain, _somebody),
    Extra("open.link", "w", lambda _: t("open link"), deeds.open_link, _links, lambda one: _count(one.links)),
    Extra("call.give", "M", lambda _: t("whom it was with…"), deeds.whose_call, _call),
    Extra("sheet.print", "A", lambda _: t("print the day sheet"), deeds.day_sheet, _promise),
    Extra("history.record", "H", lambda one: _record_label(one), deeds.record_history, _record),
    Extra("history.contact", "h", lambda _: t("history"), deeds.history, _somebody),
    Extra("history.mine", "z", lambda _: t("what I did"), deeds.mine, _always),
    Extra(
        "drafts", "D", lambda _: t("drafts"), deeds.show_drafts, _drafts, lambda one: figures(str(one.drafts))
    ),
)


def _first_email(subject: Subject) -> str:
    return subject.contact.emails[0].address if subject.contact is not None and subject.contact.emails else ""


def _count(several: Sequence[str]) -> str:
    """How many there are, when there are several."""
    return figures(str(len(several))) if len(several) > 1 else ""


def _record_label(subject: Subject) -> Phrase:
    kind = subject.record[0] if subject.record is not None else "call"
    return t("history of this {kind}", kind=word(kind))


def _barred_label(subject: Subject) -> Phrase:
    return nt("cancel the open follow-up…", "cancel the {n} open follow-ups…", subject.barred)


# --- opening ----------------------------------------------------------------------------------------------------


def read(
    crm: Crm, contact_id: int | None, record: tuple[str, int] | None, waiting: Collection[str] = ()
) -> Subject:
    """What the menu has to know of the selected record; on a reader thread. ``waiting``: where the drafts of calls
    are kept that wait to be written down."""
    from tuicrm.services import cards, drafts, recurring

    card = cards.card(crm, contact_id) if contact_id is not None else None
    links = tuple(cards.linked(card)) if card is not None else ()
    typed = [draft.key for draft in drafts.everything(crm)]
    repeats = record is not None and record[0] == "followup" and recurring.repeats(crm, record[1])
    return Subject(
        card, record, links, len(typed) + len(set(waiting) - set(typed)), crm.region(), repeats=repeats
    )


async def open_menu(place: Place) -> None:
    """The menu of what is selected in ``place`` now."""
    person = await place.person() if isinstance(place, PersonKeys) else None
    record = place.selected_record()
    calls = place.crm_app.bar.drafts.waiting_calls().keys()
    subject: Subject = await place.bridge.read(read, person.id if person is not None else None, record, calls)
    subject = replace(subject, marked=place.marked_count())
    lines, doing = offered(place, subject)

    async def chosen(line: Line | None) -> None:
        if line is not None and await _still_selected(place, subject):
            await doing[line.id]()

    await place.app.push_screen(Menu(_title(subject), lines), chosen)


async def _still_selected(place: Place, subject: Subject) -> bool:
    """What was chosen is done to who was selected when the menu opened, or not at all."""
    if subject.marked:
        return place.marked_count() == subject.marked
    person = await place.person() if isinstance(place, PersonKeys) else None
    before = subject.contact.id if subject.contact is not None else None
    if (person.id if person is not None else None) == before and place.selected_record() == subject.record:
        return True
    place.say(t("Another row is selected by now: nothing was done."), "warn")
    return False


def _title(subject: Subject) -> Content:
    if subject.marked:
        return text.phrase(nt("{n} marked", "{n} marked", subject.marked), style="here")
    if not subject.name:
        return text.phrase(t("What can be done here"), style="here")
    return text.show(subject.name, style="here")


Doing = dict[str, Callable[[], Awaitable[object]]]


def offered(place: Place, subject: Subject) -> tuple[list[Line], Doing]:
    """The lines of the menu, and what each of them does."""
    lines: list[Line] = []
    doing: Doing = {}
    for line, act in (*_keys(place, subject), *_extras(place, subject)):
        lines.append(_with_letter(line, lines))
        doing[line.id] = act
        if line.id == "record.dial":
            for other, dial in _numbers(place, subject):
                lines.append(other)
                doing[other.id] = dial
    return lines, doing


def _with_letter(line: Line, before: Sequence[Line]) -> Line:
    """Without its letter where a key that somebody has moved has it: then it is chosen with Enter."""
    taken = {key for one in before for key in one.keys} | {
        key for row in keymap.of_scope("menu") if row.area == "menu" for key in keymap.keys_of(row)
    }
    if taken.isdisjoint(line.keys):
        return line
    return Line(line.id, "", (), line.label, line.hint, line.why_not)


Offer = tuple[Line, Callable[[], Awaitable[object]]]


def _keys(place: Place, subject: Subject) -> Iterator[Offer]:
    """The keys of the place that do something with what is selected."""
    focused = place.screen.focused or place
    hidden = set(place.hidden_keys())
    for row in keymap.of_scope(place.scope):
        keys = keymap.keys_of(row)
        node = owner(row, focused)
        if row.id in KEYLESS:
            keys = keys or (KEYLESS[row.id],)
        elif row.rank >= 90:
            continue
        if row.area in AREAS_LEFT_OUT or row.action.startswith("go(") or not keys or node is None:
            continue
        if subject.marked and row.id.partition(".")[2] not in ON_MARKED | place.ON_MARKED:
            continue
        why = _why_hidden(row, subject) if row.id in hidden else POSSIBLE
        if why is None or (row.id == "promise.skip" and not (subject.repeats or subject.marked)):
            continue
        label = place.relabel(row.id) or keymap.label(row)
        hint = _hint(row, subject)
        line = Line(
            row.id,
            keymap.cap(row) or keymap.display(keys[0]),
            keys,
            label,
            hint,
            why or _why_key(row, subject),
        )
        yield line, partial(place.app.run_action, row.action, default_namespace=node)


def _why_hidden(row: Key, subject: Subject) -> Phrase | None:
    """Why a key does nothing now; None where it is not worth a line."""
    return t("nothing is selected") if subject.contact is None and row.area == "record" else None


def _why_key(row: Key, subject: Subject) -> Phrase:
    """Why a key would do nothing."""
    if (
        row.id in ("record.dial", "record.copy")
        and subject.contact is not None
        and not subject.contact.phones
    ):
        return t("no number")
    return POSSIBLE


def _hint(row: Key, subject: Subject) -> str:
    """What the key is about: the number that it dials or copies."""
    if row.id in ("record.dial", "record.copy") and subject.contact is not None and subject.contact.phones:
        return copying.number(subject.contact.phones[0], subject.region)
    return ""


def _numbers(place: Place, subject: Subject) -> Iterator[Offer]:
    """Every number but the first, to be dialled by its digit."""
    if subject.contact is None or subject.marked or not isinstance(place, PersonKeys):
        return
    contact = subject.contact
    for at, one in enumerate(contact.phones[1:DIALLED], 2):
        label = t("dial {number}", number=copying.number(one, subject.region))
        line = Line(f"dial.{at}", str(at), (str(at),), label, label_words(one.label))
        yield line, partial(place.crm_app.bar.dialling.dial, contact, keys=2, number=one)


def _extras(place: Place, subject: Subject) -> Iterator[Offer]:
    for extra in EXTRAS:
        why = extra.why_not(subject)
        if why is None or (subject.marked and subject.contact is not None and extra.why_not is not _always):
            continue
        line = Line(extra.id, extra.letter, (extra.letter,), extra.label(subject), extra.hint(subject), why)
        yield line, partial(extra.do, place, subject)
