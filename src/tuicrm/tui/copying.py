"""What is copied, and the words that go with it: a number, an address, a whole card as text or as vCard.

The clipboard gets logical text without any marks, whatever the screen needs. Where nothing can be copied, or the
terminal does not listen, the same text is shown plain, to be marked with the mouse.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuicrm import i18n
from tuicrm.domain import osc52
from tuicrm.domain.models import Contact, PhoneNumber
from tuicrm.domain.safe import tidy
from tuicrm.i18n import Phrase, t
from tuicrm.labels import label_words
from tuicrm.line_order import ordered

if TYPE_CHECKING:
    from tuicrm.tui.screens.base import Place


async def copy(place: Place, text: str, said: Phrase) -> None:
    """Copies and tells ``said``; shows it plain where nothing is copied, or it is too long for a terminal."""
    app = place.crm_app
    how = app.settings.clipboard
    if how == "off" or (how == "osc52" and len(text.encode()) > osc52.MOST):
        await show_plain(place, text)
        return
    app.copy_to_clipboard(text)
    place.say(said)


async def show_plain(place: Place, text: str) -> None:
    """The text by itself, the mouse left to the terminal."""
    from tuicrm.tui.screens.plain import PlainText

    await place.crm_app.open_view(PlainText(text))


def card_text(contact: Contact, region: str) -> str:
    """The card as a person would write it into a message: a line for each thing, the labels in their language."""
    lines = "\n".join(_lines(contact, region)).split("\n")
    return "".join(f"{ordered(line, 'plain', 'ltr')[0]}\n" for line in lines)


def _lines(contact: Contact, region: str) -> Iterator[str]:
    yield from (tidy(one) for one in (contact.name, contact.company) if one)
    for phone in contact.phones:
        yield _labelled(number(phone, region), phone.label)
    for email in contact.emails:
        yield _labelled(tidy(email.address), email.label)
    if contact.tags:
        yield t("tags: {tags}", tags=contact.tags)
    for name, value in contact.fields.items():
        yield f"{tidy(name)}: {tidy(value)}"
    if contact.note:
        yield tidy(contact.note, multiline=True)


def _labelled(value: str, label: str) -> str:
    return f"{value} ({label_words(label)})" if label else value


def number(phone: PhoneNumber, region: str) -> str:
    """A number as people of the region write it, in the person's digits."""
    from tuicrm.domain.phone import display

    return i18n.figures(display(phone, region))
