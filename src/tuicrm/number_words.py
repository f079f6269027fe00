"""Telephone numbers as people read them: in the national form where they live, in their digits. For both faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuicrm.domain.phone import display, display_text
from tuicrm.i18n import figures

if TYPE_CHECKING:
    from tuicrm.domain.models import PhoneNumber


def phone_words(number: str, region: str) -> str:
    """A number as a row holds it (E.164, or as typed) as people of ``region`` write it, in the person's digits."""
    return figures(display_text(number, region))


def number_words(phone: PhoneNumber, region: str) -> str:
    """A contact's number with its extension; one that is not valid as it was typed."""
    return figures(display(phone, region))
