"""One thing done to many contacts: one action, in chunks, and one undo."""

from __future__ import annotations

import pytest

from tests.services.conftest import OpenCrm
from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.models import ContactPatch, NewContact
from tuicrm.services import agents, bulk, contacts, history, long_turn
from tuicrm.services.context import Crm
from tuicrm.storage import turning


def people(crm: Crm, many: int) -> list[int]:
    return [contacts.add(crm, NewContact(f"Person {n:04}", tags=("old",))).id for n in range(many)]


def tags_of(crm: Crm, ids: list[int]) -> set[tuple[str, ...]]:
    return {contacts.get(crm, each).tags for each in ids}


def actions(crm: Crm) -> int:
    with crm.database.reader() as conn:
        return int(conn.value("SELECT count(*) FROM action", {}))


def commits(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each transaction from now on."""
    seen: list[int] = []
    real = crm.database.transaction

    def counted(*args: object, **more: object) -> object:
        seen.append(1)
        return real(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(crm.database, "transaction", counted)
    return seen


def test_tags_are_added_and_taken_away_in_one_action_that_comes_back(crm: Crm) -> None:
    ids = people(crm, 3)
    before = actions(crm)
    done = bulk.tag(crm, ids, add=("#vip",), remove=("OLD",))
    assert (done.changed, done.passed) == (3, 0)
    assert tags_of(crm, ids) == {("vip",)}
    assert actions(crm) == before + 1
    assert [row.id for row in contacts.page(crm).rows] == ids
    history.undo(crm)
    assert tags_of(crm, ids) == {("old",)}


def test_who_is_gone_or_as_wanted_already_is_passed_over(crm: Crm) -> None:
    ids = people(crm, 4)
    contacts.delete(crm, ids[0])
    contacts.edit(crm, ids[1], ContactPatch(do_not_call=True))
    done = bulk.do_not_call(crm, ids, True)
    assert (done.changed, done.passed) == (2, 2)
    again = bulk.do_not_call(crm, ids, True)
    assert (again.action_id, again.changed) == (None, 0)


def test_owner_and_cadence(crm: Crm) -> None:
    ids = people(crm, 2)
    agents.add(crm, "reza")
    bulk.owner(crm, ids, "@Reza")
    bulk.cadence(crm, ids, "3 months")
    assert {(contacts.get(crm, each).owner, contacts.get(crm, each).cadence_days) for each in ids} == {
        ("reza", 90)
    }
    bulk.owner(crm, ids, "")
    bulk.cadence(crm, ids, "-")
    assert {(contacts.get(crm, each).owner, contacts.get(crm, each).cadence_days) for each in ids} == {
        (None, None)
    }
    with pytest.raises(Invalid, match="no_agent"):
        bulk.owner(crm, ids, "nobody")


def test_a_follow_up_for_all_but_those_who_must_not_be_called(crm: Crm) -> None:
    ids = people(crm, 3)
    contacts.edit(crm, ids[2], ContactPatch(do_not_call=True))
    done = bulk.follow_up(crm, ids, "tomorrow 10", "new prices")
    assert (done.changed, done.passed) == (2, 1)
    promised = [contacts.card(crm, each).follow_ups for each in ids]
    assert [len(each) for each in promised] == [1, 1, 0]
    assert (promised[0][0].reason, str(promised[0][0].due.on)) == ("new prices", "2026-11-23")
    history.undo(crm)
    assert all(not contacts.card(crm, each).follow_ups for each in ids)


def test_delete_many_and_back(crm: Crm) -> None:
    ids = people(crm, 3)
    bulk.delete(crm, ids[:2])
    assert [row.id for row in contacts.page(crm).rows] == ids[2:]
    history.undo(crm)
    assert [row.id for row in contacts.page(crm).rows] == ids


def test_many_are_written_in_chunks_under_one_action(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = people(crm, 30)
    monkeypatch.setattr(bulk, "CHUNK", 10)
    before = actions(crm)
    seen = commits(crm, monkeypatch)
    bulk.tag(crm, ids, add=("vip",))
    assert len(seen) >= 3
    assert actions(crm) == before + 1
    assert tags_of(crm, ids) == {("old", "vip")}


def test_a_job_that_is_stopped_keeps_whole_chunks_that_come_back(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = people(crm, 30)
    monkeypatch.setattr(bulk, "CHUNK", 10)
    asked = iter((True, False))
    done = bulk.tag(crm, ids, add=("vip",), going=lambda: next(asked))
    assert done.changed < 30
    assert tags_of(crm, ids) == {("old",), ("old", "vip")}
    history.undo(crm)
    assert tags_of(crm, ids) == {("old",)}


def test_more_than_the_most_is_refused(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    with pytest.raises(Invalid, match="bulk_many"):
        bulk.delete(crm, people(crm, 3))


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions of more than five records are long ones."""
    monkeypatch.setattr(turning, "LONG", 5)
    monkeypatch.setattr(long_turn, "SLICE", 4)
    monkeypatch.setattr(long_turn, "LOCK_S", 0.000001)


@pytest.mark.usefixtures("long")
def test_a_long_action_comes_back_in_chunks_and_is_done_again(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = people(crm, 20)
    bulk.tag(crm, ids, add=("vip",))
    seen = commits(crm, monkeypatch)
    done = history.undo(crm)
    assert len(done.records) == 20
    assert done.verb == "contact.tag"
    assert len(seen) >= 4
    assert tags_of(crm, ids) == {("old",)}
    history.redo(crm)
    assert tags_of(crm, ids) == {("old", "vip")}
    history.undo(crm)
    assert tags_of(crm, ids) == {("old",)}


@pytest.mark.usefixtures("long")
def test_what_changed_since_stays_and_is_told(crm: Crm) -> None:
    ids = people(crm, 20)
    bulk.tag(crm, ids, add=("vip",))
    contacts.edit(crm, ids[7], ContactPatch(tags=("mine",)))
    action = history.actions(crm)[1].action_id
    done = history.undo(crm, action)
    assert [(each.entity, each.id) for each in done.left] == [("contact", ids[7])]
    assert len(done.records) == 19
    assert contacts.get(crm, ids[7]).tags == ("mine",)


@pytest.mark.usefixtures("long")
def test_a_turn_that_was_killed_goes_on(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = people(crm, 20)
    bulk.tag(crm, ids, add=("vip",))
    real = turning.Turn.part
    parts = iter(range(100))

    def dies(self: turning.Turn, tx: object, limit: int) -> int:
        if next(parts) == 2:
            raise KeyboardInterrupt
        return real(self, tx, limit)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(turning.Turn, "part", dies)
        with pytest.raises(KeyboardInterrupt):
            history.undo(crm)
    done = history.undo(crm)
    assert tags_of(crm, ids) == {("old",)}
    assert done.left == ()
    with pytest.raises(Conflict, match="already_undone"):
        long_turn.turn(crm, "undo", _tagging(crm))


def _tagging(crm: Crm) -> int:
    with crm.database.reader() as conn:
        return int(conn.value("SELECT min(id) FROM action WHERE verb = 'contact.tag'", {}))


def test_others_write_between_two_chunks(open_as: OpenCrm, monkeypatch: pytest.MonkeyPatch) -> None:
    sara, reza = open_as("sara"), open_as("reza")
    ids = people(sara, 30)
    monkeypatch.setattr(bulk, "CHUNK", 10)
    made: list[int] = []

    def going() -> bool:
        made.append(contacts.add(reza, NewContact(f"Between {len(made)}")).id)
        return True

    bulk.tag(sara, ids, add=("vip",), going=going)
    assert len(made) >= 2
    assert tags_of(sara, ids) == {("old", "vip")}
