"""Telephone numbers as people read them: in the national form where they live, in their digits. For both faces."""

from __future__ import annotations

from tuicrm.domain.models import PhoneNumber
from tuicrm.i18n import figures


def phone_words(number: str, region: str) -> str:
    """A number as a row holds it (E.164, or as typed) as people of ``region`` write it, in the person's digits."""
    return number_words(PhoneNumber(number, number), region) if number.startswith("+") else figures(number)


def number_words(phone: PhoneNumber, region: str) -> str:
    """A contact's number with its extension; one that is not valid as it was typed."""
    if phone.e164 is None:
        return figures(phone.raw)
    from tuicrm.domain.phone import display

    return figures(display(phone, region))
