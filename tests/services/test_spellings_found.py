"""Every spelling of the table through the real search: ``tests/domain/tables/spellings.tsv``."""

from __future__ import annotations

import pytest

from tests.tables import read
from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import CallDraft, NewContact, Who
from tuicrm.services import calls, contacts, duplicates, find
from tuicrm.services.context import Crm

SPELLINGS = [(typed, stored, verdict == "same") for typed, stored, verdict, _ in read("spellings", 4)]
CROWD = ("رضا کاظمی", "Leila Karimi", "شرکت البرز", "کیمیا گستر", "پارس خودرو", "محمدی", "نرم تن")
"""Others who are there too, so that finding the right one means something."""


@pytest.fixture
def crowd(crm: Crm) -> Crm:
    for name in CROWD:
        contacts.add(crm, NewContact(name=name))
    return crm


def exact(crm: Crm, typed: str) -> list[int]:
    """Who is found whole by what is typed."""
    return [row.id for row in find.find(crm, typed) if row.exact]


@pytest.mark.parametrize(("typed", "stored", "same"), SPELLINGS)
def test_what_is_typed_finds_the_stored_name_whole_and_alone(
    crowd: Crm, typed: str, stored: str, same: bool
) -> None:
    made = contacts.add(crowd, NewContact(name=stored))
    assert exact(crowd, typed) == ([made.id] if same else [])
    if same:
        assert find.find(crowd, typed)[0].id == made.id
        assert find.who(crowd, typed).contact_id == made.id


@pytest.mark.parametrize(("typed", "stored"), [(typed, stored) for typed, stored, same in SPELLINGS if same])
def test_it_is_found_within_a_longer_name_and_as_a_company(crowd: Crm, typed: str, stored: str) -> None:
    longer = contacts.add(crowd, NewContact(name=f"بازرگانی {stored} جنوب"))
    company = contacts.add(crowd, NewContact(name="Omid", company=f"{stored} شمال"))
    assert {longer.id, company.id} <= {row.id for row in find.find(crowd, typed)}


@pytest.mark.parametrize(("typed", "stored", "same"), SPELLINGS)
def test_a_double_is_named_in_any_spelling(crowd: Crm, typed: str, stored: str, same: bool) -> None:
    made = contacts.add(crowd, NewContact(name=stored, company="Atlas"))
    new = NewContact(name=typed, company="Atlas")
    assert [one.row.id for one in duplicates.likely(crowd, new) if "name" in one.why] == (
        [made.id] if same else []
    )


def test_a_word_of_several_spellings_is_found_while_it_is_typed(crm: Crm) -> None:
    made = contacts.add(crm, NewContact(name="هیات مدیره البرز"))
    word = "هیات مد"
    for length in range(2, len(word) + 1):
        assert [row.id for row in find.find(crm, word[:length])] == [made.id], word[:length]
    assert [row.id for row in find.find(crm, "هیئت مد")] == [made.id]
    with pytest.raises(NotFound):
        find.who(crm, "هیبت مدیره")


@pytest.mark.parametrize(("typed", "stored"), [("آسپ کیش", "آ.س.پ کیش"), ("آ. س. پ. کیش", "آسپ کیش جنوب")])
def test_initials_are_found_joined_and_apart(crowd: Crm, typed: str, stored: str) -> None:
    made = contacts.add(crowd, NewContact(name=stored))
    assert [row.id for row in find.find(crowd, typed)] == [made.id]


def test_recent_people_are_first_in_any_spelling(crm: Crm) -> None:
    first = contacts.add(crm, NewContact(name="مسول خرید"))
    for number in range(45):
        contacts.add(crm, NewContact(name=f"مسئول {number}"))
    calls.save(crm, CallDraft("u1", Who(first.id), "price"))
    assert find.find(crm, "مسئول")[0].id == first.id
