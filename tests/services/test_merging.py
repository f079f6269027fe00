"""Two that are one: what moves, what stays, where the old id leads, and how all of it comes back."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import OpenCrm
from tests.storage.test_plans import plans, scans
from tuicrm.domain.errors import Conflict, Invalid, NotFound
from tuicrm.domain.models import (
    CallDraft,
    ContactPatch,
    EmailAddress,
    NewContact,
    PhoneNumber,
    Who,
)
from tuicrm.services import agents, calls, contacts, duplicates, find, followups, history, merging
from tuicrm.services.context import Crm

LEILA = NewContact(
    "Leila Karimi",
    "Pars",
    (PhoneNumber("09123456789"), PhoneNumber("02188776655", label="office")),
    (EmailAddress("leila@pars.example"),),
    ("vip",),
    {"floor": "3"},
    "Likes tea.",
)
LEYLA = NewContact(
    "Leyla Karimi",
    "Pars Pump",
    (PhoneNumber("+98 912 345 6789", label="mobile"), PhoneNumber("09350000002")),
    (EmailAddress("LEILA@pars.example"), EmailAddress("l@home.example")),
    ("north", "vip"),
    {"floor": "4", "born": "1 May"},
    "Has a dog.",
)


def log(crm: Crm, contact_id: int, line: str) -> int:
    """A call of that contact; gives its id."""
    draft = CallDraft(uuid.uuid4().hex, Who(contact_id), line, direction="out")
    return calls.save(crm, draft).call.id


def two(crm: Crm) -> tuple[int, int]:
    return contacts.add(crm, LEILA).id, contacts.add(crm, LEYLA).id


def tables(crm: Crm) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the log of actions; without moments of change and the ids of list items."""
    out = {"phone": ("id",), "email": ("id",), "contact": ("updated_at",)}
    with crm.database.reader() as conn:
        names = [
            row["name"]
            for row in conn.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not row["name"].startswith(
                ("sqlite_", "contact_fts_", "call_fts_", "change", "action", "spelling")
            )
        ]
        found = {name: [dict(row) for row in conn.all(f"SELECT * FROM {name}")] for name in names}
    for name, columns in out.items():
        for row in found[name]:
            for column in columns:
                del row[column]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


# --- what becomes of it -------------------------------------------------------------------------------------


def test_both_records_become_one(crm: Crm) -> None:
    keep, gone = two(crm)
    it = merging.merge(crm, keep, [gone])
    assert (it.id, it.name, it.company) == (keep, "Leila Karimi", "Pars")
    assert [(p.e164, p.label) for p in it.phones] == [
        ("+989123456789", "mobile"),
        ("+982188776655", "office"),
        ("+989350000002", ""),
    ]
    assert [email.address for email in it.emails] == ["leila@pars.example", "l@home.example"]
    assert it.tags == ("vip", "north")
    assert it.fields == {"floor": "3", "floor 2": "4", "born": "1 May"}
    assert it.note == "Likes tea.\n\nHas a dog."


def test_a_missing_value_comes_from_the_other(crm: Crm) -> None:
    keep = contacts.add(crm, NewContact("", phones=(PhoneNumber("09123456789"),))).id
    gone = contacts.add(crm, LEYLA).id
    agents.add(crm, "reza")
    contacts.edit(crm, gone, ContactPatch(owner="reza", cadence_days=90))
    it = merging.merge(crm, keep, [gone])
    assert (it.name, it.company, it.note, it.owner) == ("Leyla Karimi", "Pars Pump", "Has a dog.", "reza")
    assert it.cadence_days == 90


def test_choices_say_whose_stays_or_what_is_written(crm: Crm) -> None:
    keep, gone = two(crm)
    contacts.edit(crm, keep, ContactPatch(owner="sara"))
    choices = {"name": " Leila  K. ", "company": "gone", "note": "keep", "owner": "gone"}
    it = merging.merge(crm, keep, [gone], choices)
    assert (it.name, it.company, it.note, it.owner) == ("Leila K.", "Pars Pump", "Likes tea.", None)
    with pytest.raises(Invalid, match="merge_field"):
        merging.merge(crm, keep, [gone], {"phones": "gone"})


def test_who_asked_not_to_be_called_is_not_called_afterwards(crm: Crm) -> None:
    keep, gone = two(crm)
    contacts.edit(crm, gone, ContactPatch(do_not_call=True))
    assert merging.merge(crm, keep, [gone]).do_not_call


def test_calls_follow_ups_and_tickets_move(crm: Crm) -> None:
    keep, gone = two(crm)
    log(crm, keep, "price /2d")
    call = log(crm, gone, "boiler dead /t /3d")
    taken_back = log(crm, gone, "nothing")
    calls.delete(crm, taken_back)
    before = contacts.card(crm, gone)
    assert merging.side(crm, gone) == merging.Side(before.contact, 1, 1, 1)
    it = merging.merge(crm, keep, [gone])
    card = contacts.card(crm, keep)
    assert (card.calls, len(card.follow_ups), len(card.tickets)) == (2, 2, 1)
    assert (it.open_tickets, it.last_call_at) == (1, card.timeline[0].at)
    assert (held := calls.get(crm, call).contact) is not None
    assert held.id == keep
    assert (held := calls.get(crm, taken_back).contact) is not None
    assert held.id == keep
    assert [one.contact.id for one in followups.page(crm).rows] == [keep, keep]
    assert merging.side(crm, gone) is None


def test_lists_and_searches_know_one_person_only(crm: Crm) -> None:
    keep, gone = two(crm)
    merging.merge(crm, keep, [gone])
    assert [row.id for row in contacts.page(crm).rows] == [keep]
    for query in ("leila", "09350000002", "l@home.example", "north"):
        assert [row.id for row in find.find(crm, query)] == [keep], query
    assert find.find(crm, "leyla", near=False) == []
    assert find.who(crm, "09350000002").contact_id == keep
    assert [row.id for row in find.by_number(crm, "09123456789")] == [keep]


def test_several_go_at_once_and_one_undo_brings_all_back(crm: Crm) -> None:
    keep, gone = two(crm)
    third = contacts.add(crm, NewContact("L. Karimi", fields={"floor": "5"})).id
    before = tables(crm)
    it = merging.merge(crm, keep, [gone, third, gone])
    assert it.fields["floor 3"] == "5"
    assert {contacts.get(crm, one).id for one in (gone, third)} == {keep}
    history.undo(crm)
    assert tables(crm) == before


# --- where the old id leads ---------------------------------------------------------------------------------


def test_a_merged_id_leads_to_its_heir_along_a_chain(crm: Crm) -> None:
    first, second = two(crm)
    third = contacts.add(crm, NewContact("L. Karimi")).id
    merging.merge(crm, second, [first])
    merging.merge(crm, third, [second])
    for old in (first, second, third):
        assert contacts.get(crm, old).id == third
        assert contacts.card(crm, old).contact.id == third
        assert (row := contacts.row(crm, old)) is not None
        assert row.id == third
        assert find.who(crm, f"contact:{old}").contact_id == third
    call = log(crm, first, "hello")
    assert (contact := calls.get(crm, call).contact) is not None
    assert contact.id == third
    contacts.edit(crm, first, ContactPatch(company="Arya"))
    assert contacts.get(crm, third).company == "Arya"


def test_the_history_of_a_merged_one_is_that_of_its_heir_and_the_heirs_is_whole(crm: Crm) -> None:
    keep, gone = two(crm)
    contacts.edit(crm, gone, ContactPatch(company="Arya"))
    merging.merge(crm, keep, [gone])
    contacts.edit(crm, keep, ContactPatch(company="Last"))
    told = [(row.verb, row.id) for row in history.changes(crm, ("contact", gone)).rows]
    assert told == [
        ("contact.edit", keep),
        ("contact.merge", gone),
        ("contact.merge", keep),
        ("contact.edit", gone),
        ("contact.add", gone),
        ("contact.add", keep),
    ]
    assert [(row.verb, row.id) for row in history.changes(crm, ("contact", keep)).rows] == told


# --- refusals -----------------------------------------------------------------------------------------------


def test_what_cannot_be_merged_is_refused_and_nothing_is_written(crm: Crm) -> None:
    keep, gone = two(crm)
    third = contacts.add(crm, NewContact("Somebody")).id
    merging.merge(crm, keep, [gone])
    contacts.delete(crm, third)
    before = tables(crm)
    for ids, code in (
        ((keep, [keep]), "merge_itself"),
        ((gone, [keep]), "merge_itself"),
        ((keep, [gone]), "contact_merged"),
        ((keep, [third]), "contact_deleted"),
        ((third, [keep]), "contact_deleted"),
    ):
        with pytest.raises(Conflict, match=code):
            merging.merge(crm, *ids)
    for ids in ((keep, [99]), (99, [keep])):
        with pytest.raises(NotFound, match="no_contact"):
            merging.merge(crm, *ids)
    assert tables(crm) == before


def test_an_undo_is_refused_naming_what_was_changed_since(crm: Crm, open_as: OpenCrm) -> None:
    keep, gone = two(crm)
    merging.merge(crm, keep, [gone])
    action = history.actions(crm)[0].action_id
    reza = open_as("reza")
    contacts.edit(reza, keep, ContactPatch(tags=("other",)))
    with pytest.raises(Conflict, match="changed_since") as refused:
        history.undo(crm, action)
    assert (refused.value.params["entity"], refused.value.params["id"]) == ("contact", keep)
    assert refused.value.params["agent"] == "reza"
    assert contacts.get(crm, gone).id == keep


def test_calls_since_do_not_hinder_the_undo_and_stay(crm: Crm) -> None:
    keep, gone = two(crm)
    old = log(crm, gone, "before")
    merging.merge(crm, keep, [gone])
    action = history.actions(crm)[0].action_id
    new = log(crm, gone, "after")
    history.undo(crm, action)
    where = {call: contact.id for call in (old, new) if (contact := calls.get(crm, call).contact)}
    assert where == {old: gone, new: keep}


def test_a_chain_is_undone_from_its_end_only(crm: Crm) -> None:
    first, second = two(crm)
    log(crm, first, "hello")
    third = contacts.add(crm, NewContact("L. Karimi")).id
    merging.merge(crm, second, [first])
    action = history.actions(crm)[0].action_id
    merging.merge(crm, third, [second])
    with pytest.raises(Conflict, match="changed_since"):
        history.undo(crm, action)
    history.undo(crm)
    history.undo(crm)
    assert [contacts.get(crm, one).id for one in (first, second, third)] == [first, second, third]


def test_the_making_of_an_heir_cannot_be_taken_back_under_it(crm: Crm) -> None:
    keep, gone = two(crm)
    making = history.actions(crm, limit=2)[1].action_id
    merging.merge(crm, keep, [gone], {"name": "keep"})
    with pytest.raises(Conflict, match="changed_since"):
        history.undo(crm, making)


# --- there and back -----------------------------------------------------------------------------------------

NAMES = st.sampled_from(["", "Leila Karimi", "لیلا کریمی", "Leyla"])
WORDS = st.sampled_from(["", "a", "b"])
PEOPLE = st.builds(
    NewContact,
    NAMES,
    WORDS,
    st.lists(
        st.sampled_from(["09123456789", "+98 912 345 6789", "021 88776655", "77"]), min_size=1, max_size=3
    ).map(lambda raws: tuple(PhoneNumber(raw) for raw in raws)),
    st.lists(st.sampled_from(["a@b.example", "A@B.example"]), max_size=2).map(
        lambda found: tuple(EmailAddress(one) for one in found)
    ),
    st.lists(st.sampled_from(["x", "y"]), unique=True).map(tuple),
    st.dictionaries(st.sampled_from(["k", "k 2", "l"]), st.sampled_from(["1", "2"])),
    WORDS,
)
CALLS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["hello", "later /2d", "broken /t"])), max_size=5
)


@given(
    people=st.lists(PEOPLE, min_size=4, max_size=4),
    said=CALLS,
    apart=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3),
    merges=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=3),
    choices=st.dictionaries(st.sampled_from(merging.CHOSEN), st.sampled_from(["keep", "gone"])),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merging_and_taking_it_back_leaves_everything_as_before(
    crm: Crm,
    people: list[NewContact],
    said: list[tuple[int, str]],
    apart: list[tuple[int, int]],
    merges: list[tuple[int, int]],
    choices: dict[str, str],
) -> None:
    ids = [contacts.add(crm, one).id for one in people]
    for at, line in said:
        log(crm, ids[at], line)
    for a, b in apart:
        if a != b:
            duplicates.keep_apart(crm, ids[a], ids[b])
    seen = [tables(crm)]
    for a, b in merges:
        try:
            merging.merge(crm, ids[a], [ids[b]], choices)
        except Conflict:
            continue
        seen.append(tables(crm))
    for after, before in zip(seen[:0:-1], seen[-2::-1], strict=True):
        assert tables(crm) == after
        history.undo(crm)
        assert tables(crm) == before
        history.redo(crm)
        assert tables(crm) == after
        history.undo(crm)


def test_a_merge_scans_no_table_per_record(crm: Crm) -> None:
    """The one scan is of the few pairs that people kept apart."""
    keep, gone = two(crm)
    with crm.database.transaction(crm.actor, "contact.merge") as tx:
        found = plans(
            tx, lambda: merging._join(tx, contacts._record(tx, keep), contacts._record(tx, gone), {}, "IR")
        )
    bad = {step for steps in found.values() for step in scans(steps)}
    assert all(step.startswith("SCAN keep_apart") for step in bad), bad
