"""What is asked before a number is dialled."""

from __future__ import annotations

import pytest

from tuicrm.domain.models import ContactPatch, NewContact, PhoneNumber
from tuicrm.services import contacts, dialling
from tuicrm.services.context import Crm


@pytest.mark.parametrize("number", ["1234", "0912 345 6789"])
def test_a_number_of_somebody_who_asked_not_to_be_called_is_doubted_valid_or_not(
    crm: Crm, number: str
) -> None:
    phones = (PhoneNumber(number),)
    leila = contacts.add(crm, NewContact("Leila", phones=phones))
    boss = contacts.add(crm, NewContact("Majid", phones=phones))
    assert dialling.doubts(crm, leila.id, leila.phones[0]).shared_with is None
    contacts.edit(crm, boss.id, ContactPatch(do_not_call=True))
    assert dialling.doubts(crm, leila.id, leila.phones[0]).shared_with == "Majid"
    assert dialling.doubts(crm, None, leila.phones[0]).shared_with == "Majid"
    other = contacts.add(crm, NewContact("Nadia", phones=(PhoneNumber("12345"),)))
    assert dialling.doubts(crm, other.id, other.phones[0]).shared_with is None
