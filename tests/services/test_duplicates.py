"""Pairs that are likely one: found by each key, once, best first; never who is kept apart, deleted or merged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations

import pytest

from tests.storage.test_plans import plans, scans
from tuicrm.domain.errors import Conflict, NotFound
from tuicrm.domain.likeness import look
from tuicrm.domain.models import Contact, EmailAddress, NewContact, PhoneNumber
from tuicrm.services import contacts, duplicates, history, merging
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import doubles


def add(crm: Crm, name: str = "", company: str = "", phone: str = "", email: str = "") -> int:
    """A new contact; gives its id."""
    phones = (PhoneNumber(phone),) if phone else ()
    emails = (EmailAddress(email),) if email else ()
    return contacts.add(crm, NewContact(name, company, phones, emails)).id


def pairs(crm: Crm) -> list[tuple[int, int]]:
    return [(pair.a, pair.b) for pair in duplicates.duplicates(crm)]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (("Sara Ahmadi", "", "09123456789"), ("Leila Karimi", "", "+98 912 345 6789"), "number"),
        (("", "", "02188776655"), ("", "", "88776655"), "ending"),
        (("Sara Ahmadi", "", "", "a@b.example"), ("Leila Karimi", "", "", "A@B.example"), "email"),
        (("نرم‌افزار پارس",), ("نرم افزار پارس",), "name"),
        (("Leila Karimi",), ("Karimi, Leila",), "swapped"),
        (("Leila Karimi", "Pars Co"), ("Leyla Karimi", "pars co."), "slip company"),
        (("Leila Karimi", "Pars"), ("L. Karimi", "Pars"), "company initials"),
        (("Leila Karimi", "", "02188776655"), ("Leyla Karimi", "", "02688776655"), "ending slip"),
    ],
)
def test_each_key_finds_its_pair_once_with_the_reason(
    crm: Crm, first: tuple[str, ...], second: tuple[str, ...], why: str
) -> None:
    add(crm, "Somebody Else", "Atlas", "09350000001", "else@x.example")
    a, b = add(crm, *first), add(crm, *second)
    found = duplicates.duplicates(crm)
    assert [(pair.a, pair.b) for pair in found] == [(a, b)]
    assert " ".join(found[0].why) == why
    assert found[0].score >= 40


def test_nobody_alike_gives_no_pair(crm: Crm) -> None:
    add(crm, "Leila Karimi", "Pars", "09123456789")
    add(crm, "Leila Karimi", "Arya", "09350000002")
    add(crm, "Sara Ahmadi", "Pars", "09350000003")
    assert pairs(crm) == []


def test_the_likeliest_comes_first_and_pages_go_on_behind_a_pair(crm: Crm) -> None:
    one = add(crm, "Leila Karimi", "Pars", "09123456789")
    two = add(crm, "Leila Karimi")
    three = add(crm, "Leila Karimi", "Pars", "09123456789")
    found = duplicates.duplicates(crm)
    assert [(pair.a, pair.b) for pair in found] == [(one, three), (one, two), (two, three)]
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    assert duplicates.duplicates(crm, limit=1) == found[:1]
    assert duplicates.duplicates(crm, limit=1, after=(one, three)) == found[1:2]
    assert duplicates.duplicates(crm, after=(two, three)) == []
    merging.merge(crm, one, [three])
    assert duplicates.duplicates(crm, after=(one, three)) == duplicates.duplicates(crm)
    with pytest.raises(NotFound):
        duplicates.duplicates(crm, after=(1, 99))


def test_who_is_deleted_or_merged_is_no_pair(crm: Crm) -> None:
    one, two, three = (add(crm, "Leila Karimi") for _ in range(3))
    contacts.delete(crm, two)
    assert pairs(crm) == [(one, three)]
    merging.merge(crm, one, [three])
    assert pairs(crm) == []


# --- keeping apart ------------------------------------------------------------------------------------------


def test_kept_apart_is_remembered_until_it_is_taken_back(crm: Crm) -> None:
    one, two = add(crm, "Leila Karimi"), add(crm, "Leila Karimi")
    assert duplicates.keep_apart(crm, two, one) == (one, two)
    assert pairs(crm) == []
    assert duplicates.pair(crm, one, two) is None
    assert duplicates.like(crm, one) == []
    duplicates.keep_apart(crm, one, two)  # again: nothing new
    history.undo(crm)
    assert pairs(crm) == [(one, two)]
    history.redo(crm)
    assert pairs(crm) == []


def test_nobody_is_kept_apart_from_oneself_or_from_a_deleted_one(crm: Crm) -> None:
    one, two = add(crm, "Leila Karimi"), add(crm, "Leila Karimi")
    with pytest.raises(Conflict, match="apart_itself"):
        duplicates.keep_apart(crm, one, one)
    with pytest.raises(NotFound):
        duplicates.keep_apart(crm, one, 99)
    contacts.delete(crm, two)
    with pytest.raises(Conflict, match="contact_deleted"):
        duplicates.keep_apart(crm, one, two)


def test_who_was_kept_apart_from_one_that_is_merged_is_kept_apart_from_its_heir(crm: Crm) -> None:
    one, two, three = (add(crm, "Leila Karimi") for _ in range(3))
    duplicates.keep_apart(crm, two, three)
    merging.merge(crm, one, [two])
    assert pairs(crm) == []
    history.undo(crm)
    assert pairs(crm) == [(one, two), (one, three)]


# --- while somebody types -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (NewContact("leila karimi"), ("name",)),
        (NewContact("karimi leila"), ("swapped",)),
        (NewContact("Leyla Karimi", "Pars"), ("slip", "company")),
        (NewContact("L Karimi", "Pars"), ("company", "initials")),
        (NewContact("", phones=(PhoneNumber("۰۹۱۲ ۳۴۵ ۶۷۸۹"),)), ("number",)),
        (NewContact("Sara", phones=(PhoneNumber("02188776655 / 09123456789"),)), ("number",)),
        (NewContact("", emails=(EmailAddress("LEILA@pars.example"),)), ("email",)),
        (NewContact("Leyla Karimi"), None),
        (NewContact("Lei"), None),
        (NewContact("Leila Karimi", "Arya"), None),
        (NewContact(), None),
    ],
)
def test_who_is_being_written_down_may_be_known(
    crm: Crm, typed: NewContact, why: tuple[str, ...] | None
) -> None:
    known = add(crm, "Leila Karimi", "Pars", "09123456789", "leila@pars.example")
    found = duplicates.likely(crm, typed)
    assert [(one.row.id, one.why) for one in found] == ([(known, why)] if why else [])


def test_somebody_known_is_not_like_oneself(crm: Crm) -> None:
    one, two = add(crm, "Leila Karimi"), add(crm, "Leila Karimi")
    assert [found.row.id for found in duplicates.like(crm, one)] == [two]
    merging.merge(crm, one, [two])
    assert duplicates.like(crm, two) == []


# --- as many as there are -----------------------------------------------------------------------------------


def crowd(crm: Crm, people: Iterable[tuple[str, str, str]]) -> list[int]:
    """Many contacts (name, company, number) by one action."""
    with crm.database.transaction(crm.actor, "fill") as tx:
        made = [NewContact(name, company, (PhoneNumber(phone),)) for name, company, phone in people]
        return [tx.insert("contact", contacts.columns(contacts.checked(one, "IR"))) for one in made]


WORDS = (
    "Arash",
    "Bahar",
    "Cyrus",
    "Darya",
    "Farid",
    "Golnar",
    "Hamid",
    "Jaleh",
    "Kaveh",
    "Mahsa",
    "Navid",
    "Parisa",
)


def test_a_number_that_a_crowd_shares_tells_nothing_but_with_a_name(crm: Crm) -> None:
    names = [f"{first} {second}" for first, second in combinations(WORDS, 2)]
    ids = crowd(crm, [(name, "", "02188776655") for name in [*names, "Arsah Bahar"]])
    found = duplicates.duplicates(crm)
    assert [(pair.a, pair.b) for pair in found] == [(ids[0], ids[-1])]
    assert found[0].why == ("number", "slip")


def test_in_a_large_company_only_those_with_names_alike_are_pairs(crm: Crm) -> None:
    names = [f"{first} {second}" for first, second in combinations(WORDS, 2)]
    more = ["Kavehh Mahsa", "K Mahsa", "Mahsa Kaveh"]
    ids = crowd(crm, [(name, "Pars", f"0912{at:07}") for at, name in enumerate([*names, *more])])
    kaveh = ids[names.index("Kaveh Mahsa")]
    assert {(pair.a, pair.b) for pair in duplicates.duplicates(crm)} >= {
        (kaveh, ids[-3]),
        (kaveh, ids[-2]),
        (kaveh, ids[-1]),
    }


def test_the_work_grows_with_the_contacts_not_with_their_pairs(crm: Crm) -> None:
    """A thousand of one name, number and company are not half a million pairs."""
    crowd(crm, [("Leila Karimi", "Pars", "02188776655")] * 1000)
    with crm.database.reader() as conn:
        asked = duplicates._candidates(conn)
    assert sum(map(len, asked)) < 10_000
    assert len(duplicates.duplicates(crm)) >= 999


PASSES = {
    "same name": doubles.SAME_NAME,
    "same e-mail": doubles.SAME_EMAIL,
    "same ending": doubles.SAME_ENDING,
    "names": doubles.NAMES,
}


@pytest.mark.parametrize("sql", PASSES.values(), ids=PASSES)
def test_each_pass_walks_one_table_once_and_looks_the_others_up(crm: Crm, sql: str) -> None:
    with crm.database.reader() as conn:
        steps = [row["detail"] for row in conn.all(f"EXPLAIN QUERY PLAN {sql}")]
    assert len([step for step in steps if step.startswith("SCAN")]) == 1, steps
    assert not any("CORRELATED" in step for step in steps), steps


def test_comparing_and_typing_scan_no_table(crm: Crm) -> None:
    one = contacts.get(crm, add(crm, "Leila Karimi", "Pars", "09123456789", "leila@pars.example"))
    add(crm, "Leyla Karimi", "Pars", "09123456789")

    def typed(conn: Connection) -> object:
        new = NewContact(one.name, one.company, one.phones, one.emails)
        near = duplicates._near(conn, new, look(new))
        doubles.apart_pair(conn, 1, 2)
        return [near, doubles.kept_apart(conn, one.id, near), doubles.people(conn, near), held(conn, one)]

    with crm.database.reader() as conn:
        for sql, steps in plans(conn, lambda: typed(conn)).items():
            assert [step for step in scans(steps) if "json_each" not in step and step not in LISTS] == [], sql


LISTS = {f"SCAN {name}" for name in "dok"}
"""Lists that are handed in: of ids, of deletions."""


def held(conn: Connection, contact: Contact) -> object:
    return doubles.held(conn, contact.id), doubles.counts(conn, contact.id)


def test_groups_are_lists_of_ids(crm: Crm) -> None:
    one, two = add(crm, "Leila Karimi"), add(crm, "Leila Karimi")
    with crm.database.reader() as conn:
        assert [json.dumps(ids) for ids in doubles.groups(conn, doubles.SAME_NAME)] == [
            json.dumps([one, two])
        ]
