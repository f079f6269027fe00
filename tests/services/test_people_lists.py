"""Lists of people: five orders, pages, ranges, calls of today, private notes, how often one keeps in touch."""

from __future__ import annotations

import uuid

import pytest

from tests.services.conftest import OpenCrm
from tests.storage.test_plans import plans, scans
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import CallDraft, ContactPatch, NewContact, Who
from tuicrm.domain.people_order import ORDERS, By, Order
from tuicrm.services import calls, contacts, history, merging, promises
from tuicrm.services.context import Crm

DAY = 86_400


@pytest.fixture
def five(crm: Crm, clock: FrozenClock) -> list[int]:
    """Anna, Bert, Cora, Dora, Emil: called on days 3, none, 1, 2, none; with follow-ups for Dora, then Anna."""
    firms = ("Zand", "", "Atlas", "atlas", "")
    names = ("Anna", "Bert", "Cora", "Dora", "Emil")
    ids = [contacts.add(crm, NewContact(name, firm)).id for name, firm in zip(names, firms, strict=True)]
    clock.advance(-10 * DAY)
    for place in (2, 3, 0):
        clock.advance(DAY)
        log(crm, ids[place])
    clock.advance(7 * DAY)
    promises.add(crm, ids[0], "thursday")
    promises.add(crm, ids[3], "tomorrow")
    return ids


def log(crm: Crm, contact_id: int, line: str = "hello /-") -> int:
    return calls.save(crm, CallDraft(uuid.uuid4().hex, Who(contact_id), line, direction="out")).call.id


def names(crm: Crm, order: Order, limit: int = 100) -> str:
    """Their first letters, read in pages."""
    found, key = "", None
    while True:
        page = contacts.page(crm, after=key, limit=limit, order=order)
        found += "".join(row.name[0] for row in page.rows)
        if not page.more:
            return found
        key = page.rows[-1].key


EXPECTED: dict[By, str] = {
    "name": "ABCDE",
    "last": "BECDA",
    "new": "EDCBA",
    "next": "DABCE",
    "company": "CDABE",
}


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("limit", [1, 2, 100])
@pytest.mark.parametrize("by", ORDERS)
def test_every_order_in_pages_of_any_size_both_ways(crm: Crm, by: By, limit: int) -> None:
    assert names(crm, Order(by), limit) == EXPECTED[by]
    whole = contacts.page(crm, order=Order(by)).rows
    back = contacts.page(crm, after=whole[3].key, limit=2, backward=True, order=Order(by))
    assert back.rows == whole[1:3]
    assert back.more
    at = contacts.page(crm, after=whole[2].key, limit=2, order=Order(by), inclusive=True)
    assert at.rows == whole[2:4]


@pytest.mark.usefixtures("five")
def test_the_other_way_round(crm: Crm) -> None:
    assert names(crm, Order("name", reverse=True)) == "EDCBA"
    assert names(crm, Order("last", reverse=True), 2) == "ADCEB"
    assert names(crm, Order("new", reverse=True)) == "ABCDE"
    assert Order("next").turned() == Order()


def test_the_place_by_the_last_call_follows_calls_undo_edits_and_merges(crm: Crm, five: list[int]) -> None:
    log(crm, five[1])
    assert names(crm, Order("last")) == "ECDAB"
    history.undo(crm)
    assert names(crm, Order("last")) == "BECDA"
    merging.merge(crm, five[1], [five[0]])
    assert names(crm, Order("last")) == "ECDB"
    history.undo(crm)
    assert names(crm, Order("last")) == "BECDA"


def test_the_place_by_the_next_follow_up_follows_it(crm: Crm, five: list[int]) -> None:
    made = promises.add(crm, five[4], "today 17:00")
    assert names(crm, Order("next")) == "EDABC"
    promises.move(crm, made.id, "2026-12-24")
    assert names(crm, Order("next")) == "DAEBC"
    promises.done(crm, made.id)
    assert names(crm, Order("next")) == "DABCE"


def test_a_range_from_one_line_to_another_whichever_way(crm: Crm, five: list[int]) -> None:
    rows = contacts.page(crm, order=Order("last")).rows
    for ends in ((rows[1].key, rows[3].key), (rows[3].key, rows[1].key)):
        found = contacts.ids(crm, limit=10, order=Order("last"), between=ends)
        assert sorted(found) == sorted((five[4], five[2], five[3]))


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("by", ORDERS)
def test_no_order_sorts_or_scans(crm: Crm, by: By) -> None:
    key = contacts.page(crm, order=Order(by)).rows[2].key
    with crm.database.reader() as conn:
        from tuicrm.storage.queries import contacts as queries

        for backward in (False, True):
            found = plans(
                conn,
                lambda backward=backward: queries.page(  # type: ignore[misc]
                    conn, after=key, limit=2, backward=backward, order=Order(by)
                ),
            )
            for sql, steps in found.items():
                assert scans(steps) == [], sql
                assert not any("ORDER BY" in step for step in steps if "SUBQUERY" not in step), steps
                assert steps[0].startswith("SEARCH c USING"), steps


def test_calls_of_today_are_counted(crm: Crm, five: list[int]) -> None:
    log(crm, five[0])
    log(crm, five[0])
    log(crm, five[1])
    rows = contacts.with_today(crm, contacts.page(crm).rows)
    assert [row.calls_today for row in rows] == [2, 1, 0, 0, 0]


def test_the_last_talk_is_one_in_which_somebody_was_spoken_to(crm: Crm, clock: FrozenClock) -> None:
    leila = contacts.add(crm, NewContact("Leila", cadence_days=90)).id
    clock.advance(-95 * DAY)
    log(crm, leila)
    spoken = clock.now()
    clock.advance(94 * DAY)
    log(crm, leila, "/n")
    clock.advance(DAY)
    card = contacts.card(crm, leila)
    assert card.last_spoke_at == spoken
    assert card.contact.cadence_days == 90
    assert contacts.edit(crm, leila, ContactPatch(cadence_days=0)).cadence_days is None


def test_tags_in_use_each_once(crm: Crm) -> None:
    contacts.add(crm, NewContact("A", tags=("vip", "north")))
    contacts.add(crm, NewContact("B", tags=("vip", "east")))
    assert contacts.tags(crm) == ["east", "north", "vip"]


def test_an_owner_must_work_here(crm: Crm) -> None:
    with pytest.raises(Invalid, match="no_agent") as refused:
        contacts.add(crm, NewContact("A", owner="nobody"))
    assert refused.value.fields[0].field == "owner"
    assert contacts.add(crm, NewContact("A", owner="me")).owner == "sara"


# --- private notes ------------------------------------------------------------------------------------------


def test_a_private_note_is_its_authors_alone(open_as: OpenCrm) -> None:
    sara, reza = open_as("sara"), open_as("reza")
    leila = contacts.add(sara, NewContact("Leila", private_note="likes to haggle")).id
    contacts.edit(reza, leila, ContactPatch(private_note="owes me one"))
    assert contacts.card(sara, leila).private_note == "likes to haggle"
    assert contacts.card(reza, leila).private_note == "owes me one"
    told = str(history.changes(reza, ("contact", leila)).rows) + str(history.changes(reza).rows)
    assert "likes to haggle" not in told


def test_a_private_note_comes_back_with_undo(crm: Crm) -> None:
    leila = contacts.add(crm, NewContact("Leila")).id
    contacts.edit(crm, leila, ContactPatch(private_note="one"))
    contacts.edit(crm, leila, ContactPatch(private_note="two"))
    history.undo(crm)
    assert contacts.card(crm, leila).private_note == "one"
    contacts.edit(crm, leila, ContactPatch(private_note=""))
    assert contacts.card(crm, leila).private_note == ""
    history.undo(crm)
    assert contacts.card(crm, leila).private_note == "one"


def test_anothers_private_note_is_not_put_back_by_me(open_as: OpenCrm) -> None:
    sara, reza = open_as("sara"), open_as("reza")
    leila = contacts.add(sara, NewContact("Leila")).id
    contacts.edit(sara, leila, ContactPatch(private_note="one", company="Pars"))
    action = history.actions(sara)[0].action_id
    done = history.undo(reza, action)
    assert [each.entity for each in done.left] == ["private_note"]
    assert contacts.get(sara, leila).company == ""
    assert contacts.card(sara, leila).private_note == "one"


def test_private_notes_go_to_the_heir_of_a_merge_unread(open_as: OpenCrm) -> None:
    sara, reza = open_as("sara"), open_as("reza")
    keep = contacts.add(sara, NewContact("Leila", private_note="one")).id
    gone = contacts.add(sara, NewContact("Leyla", private_note="two")).id
    merging.merge(reza, keep, [gone])
    assert contacts.card(sara, keep).private_note == "one\n\ntwo"
    assert contacts.card(sara, keep).merged == (gone,)
    with reza.database.reader() as conn:
        rows = conn.all(
            "SELECT p.payload FROM change c JOIN change_payload p ON p.seq = c.seq WHERE c.agent = 'reza'", {}
        )
    assert not any("two" in row["payload"] for row in rows)
    contacts.edit(sara, keep, ContactPatch(private_note="one and two"))
    assert contacts.card(sara, keep).private_note == "one and two"
