"""Finding people: forgiving while looking, strict when something will be saved."""

from __future__ import annotations

import pytest

from tuicrm.domain.errors import Ambiguous, NotFound
from tuicrm.domain.models import Contact, NewContact, PhoneNumber
from tuicrm.services import contacts, find
from tuicrm.services.context import Crm


def add(crm: Crm, name: str, phone: str = "", company: str = "") -> Contact:
    phones = (PhoneNumber(phone),) if phone else ()
    return contacts.add(crm, NewContact(name=name, company=company, phones=phones))


@pytest.fixture
def people(crm: Crm) -> dict[str, int]:
    made = [
        add(crm, "Leila Karimi", "0912 123 4567", "Pars Pump Co"),
        add(crm, "Leila Kazemi", "0935 000 2345"),
        add(crm, "Ali Reza", "021-88776655"),
        add(crm, "Ali Rezaei", "0912 000 1111", "Pars Shimi"),
        add(crm, "مریم احمدی", "۰۹۱۲۰۰۰۲۲۲۲"),
    ]
    return {contact.name: contact.id for contact in made}


def names(crm: Crm, query: str) -> list[str]:
    return [row.name for row in find.find(crm, query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("karimi lei", "Leila Karimi"),
        ("leilakarimi", "Leila Karimi"),
        ("prsh", "Ali Rezaei"),
        ("4567", "Leila Karimi"),
        ("0912123", "Leila Karimi"),
        ("۲۲۲۲", "مریم احمدی"),
        ("مريم", "مریم احمدی"),
    ],
)
def test_typing_finds(crm: Crm, people: dict[str, int], query: str, found: str) -> None:
    assert found in people
    assert names(crm, query)[0] == found


def test_one_slip_is_forgiven_while_looking_and_marked(crm: Crm, people: dict[str, int]) -> None:
    rows = find.find(crm, "karumi")
    assert [(row.id, row.near) for row in rows] == [(people["Leila Karimi"], True)]
    assert find.find(crm, "karumi", near=False) == []


def test_a_word_taken_apart_is_shown_but_never_saved_by(crm: Crm, people: dict[str, int]) -> None:
    assert set(names(crm, "leika")) == {"Leila Karimi", "Leila Kazemi"} & set(people)
    assert names(crm, "prsh") == ["Ali Rezaei"]
    with pytest.raises(NotFound):
        find.who(crm, "prsh")


def test_several_that_fit_are_refused_with_what_tells_them_apart(crm: Crm, people: dict[str, int]) -> None:
    with pytest.raises(Ambiguous) as refused:
        find.who(crm, "leila")
    assert {c.name for c in refused.value.candidates} == {"Leila Karimi", "Leila Kazemi"} & set(people)


def test_a_near_namesake_is_not_hit_when_the_whole_name_was_typed(crm: Crm, people: dict[str, int]) -> None:
    assert find.who(crm, "ali reza").contact_id == people["Ali Reza"]
    assert find.who(crm, "ali rezaei").contact_id == people["Ali Rezaei"]


def test_a_slipped_name_never_hits_and_names_the_near_one(crm: Crm, people: dict[str, int]) -> None:
    with pytest.raises(NotFound) as refused:
        find.who(crm, "leila karimo")
    assert [c.id for c in refused.value.candidates] == [people["Leila Karimi"]]


def test_new_makes_somebody_only_when_nobody_fits(crm: Crm, people: dict[str, int]) -> None:
    who = find.who(crm, "reza tehrani 09120003333, Behran", new=True)
    assert who.new is not None
    assert (who.new.name, who.new.company) == ("Reza Tehrani", "Behran")
    assert who.new.phones[0].e164 == "+989120003333"
    assert find.who(crm, "karimi", new=True).contact_id == people["Leila Karimi"]


def test_numbers_match_by_seven_digits_when_something_will_be_saved(crm: Crm, people: dict[str, int]) -> None:
    assert find.who(crm, "1234567").contact_id == people["Leila Karimi"]
    with pytest.raises(NotFound):
        find.who(crm, "4567")


def test_deleted_people_are_not_found_and_a_reference_to_them_is_refused(
    crm: Crm, people: dict[str, int]
) -> None:
    gone = people["Leila Karimi"]
    contacts.delete(crm, gone)
    assert names(crm, "karimi") == []
    with pytest.raises(NotFound):
        find.who(crm, f"contact:{gone}")
    assert contacts.get(crm, gone).name == "Leila Karimi"


def test_a_merged_id_leads_to_its_heir(crm: Crm, people: dict[str, int]) -> None:
    gone, heir = people["Leila Kazemi"], people["Leila Karimi"]
    with crm.database.transaction(crm.actor, "contact.merge") as tx:
        tx.update("contact", gone, {"merged_into": heir})
    assert find.who(crm, f"contact:{gone}").contact_id == heir
    assert names(crm, "kazemi") == []


def test_a_first_name_written_without_its_half_space_is_enough_to_save_by(crm: Crm) -> None:
    made = contacts.add(crm, NewContact(name="علی‌رضا می‌خواهی"))
    assert find.who(crm, "علیرضا").contact_id == made.id
    with pytest.raises(NotFound):
        find.who(crm, "علیر")
