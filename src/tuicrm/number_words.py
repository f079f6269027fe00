"""Telephone numbers as people read them: in the national form where they live, in their digits. For both faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuicrm.domain.phone import display, display_text
from tuicrm.i18n import figures

if TYPE_CHECKING:
    from tuicrm.domain.models import Call, ContactRow, PhoneNumber, Ref


def phone_words(number: str, region: str) -> str:
    """A number as a row holds it (E.164, or as typed) as people of ``region`` write it, in the person's digits."""
    return figures(display_text(number, region))


def called(who: Ref | ContactRow, region: str) -> str:
    """How somebody is called: by the name, else the main number, else ``contact:12``."""
    return who.name or phone_words(who.phone, region) or f"contact:{who.id}"


def called_with(call: Call, region: str) -> str:
    """Whom a call was with: the name, else its number, else how the contact is called; ``""`` for nobody."""
    if call.contact is not None and (call.contact.name or not call.number):
        return called(call.contact, region)
    return phone_words(call.number, region)


def number_words(phone: PhoneNumber, region: str) -> str:
    """A contact's number with its extension; one that is not valid as it was typed."""
    return figures(display(phone, region))
