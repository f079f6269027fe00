"""A contact read by one process and written by another is the same contact."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.services.contacts import checked, columns
from tuicrm.services.importing.person import PersonRow, company_key

ODD: list[tuple[NewContact, dict[str, Any]]] = [
    (NewContact(name="Kate Allen"), {}),
    (NewContact(name="❤", company="Müller & Söhne"), {"owner": "omid"}),
    (NewContact(phones=(PhoneNumber("0912 345 6789", label="Mobile"), PhoneNumber("12345"))), {}),
    (
        NewContact(
            name='رضا "کریمی"\\',
            company="شرکت‌ها",
            phones=(PhoneNumber("021 8877 6655 ext 12"), PhoneNumber("۰۹۱۲۳۴۵۶۷۸۹")),
            emails=(EmailAddress("Kate@Example.COM", "Work"), EmailAddress("k@example.org")),
            tags=("vip", "tea & cakes"),
            fields={"City": 'Y"ork', "\\": "two\nlines"},
            note="one\ntwo\t",
        ),
        {"do_not_call": True, "cadence_days": 30, "owner": "sara"},
    ),
]


@pytest.mark.parametrize(("new", "more"), ODD)
def test_a_row_that_came_from_another_process_is_compared_and_written_as_it_was(
    new: NewContact, more: dict[str, Any]
) -> None:
    contact = checked(new, "IR")
    row = PersonRow(7, columns(contact) | more, company_key(contact.company))
    came: PersonRow = pickle.loads(pickle.dumps(row, pickle.HIGHEST_PROTOCOL))
    assert came.values == row.values == columns(contact) | more
    for name in ("line", "company", "name", "numbers", "addresses", "keys"):
        assert getattr(came, name) == getattr(row, name), name
    assert came.ready.plain() == row.ready.plain()
    assert came.ready.glued == row.ready.glued
