"""Taking an import back, in chunks: all of it but what changed since, and going on after a kill."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.services.people_files import ask, people, read, rows, sound, value
from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import CallDraft, ContactPatch, NewContact, PhoneNumber, Who
from tuicrm.services import calls, contacts, history, importing
from tuicrm.services.context import Crm
from tuicrm.services.importing import engine, turning

OpenCrm = Callable[..., Crm]


class Killed(BaseException):
    """Stands for the end of the process: nothing gets to clean up."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of ten rows."""
    monkeypatch.setattr(engine, "CHUNK_ROWS", 10)


def living(crm: Crm) -> int:
    return contacts.count(crm)


def by_name(crm: Crm, name: str) -> int:
    found: int = value(crm, "SELECT id FROM contact WHERE name = :name", name=name)
    return found


def kill_after(monkeypatch: pytest.MonkeyPatch, chunks: int) -> None:
    """The next undo or redo dies after so many chunks."""
    real, seen = turning._Turning.chunk, [0]

    def chunk(self: turning._Turning) -> None:
        if seen[0] == chunks:
            raise Killed
        seen[0] += 1
        real(self)

    monkeypatch.setattr(turning._Turning, "chunk", chunk)


def test_undo_takes_back_everything_and_redo_brings_it_again(crm: Crm) -> None:
    contacts.add(crm, NewContact(name="Kate1 Allen1", phones=(PhoneNumber("0912 000 0001"),)))
    before = rows(crm)
    report = read(crm, people(35))
    assert (report.added, report.updated) == (34, 1)
    after = rows(crm)
    undone = history.undo(crm)
    assert (undone.verb, len(undone.records), undone.left) == ("import", 35, ())
    assert living(crm) == 1
    assert [row for row in rows(crm)["contact"] if row[-2] is None] == before["contact"]
    redone = history.redo(crm)
    assert (redone.verb, len(redone.records), redone.left) == ("import", 35, ())
    assert rows(crm) == after
    assert len(history.undo(crm).records) == 35
    assert living(crm) == 1
    assert value(crm, "SELECT state FROM import_batch") == "undone"
    sound(crm)


def test_an_undo_is_one_action_that_names_the_import(crm: Crm) -> None:
    report = read(crm, people(25))
    done = history.undo(crm, report.import_id)
    assert ask(crm, "SELECT id, verb, undoes FROM action WHERE undoes IS NOT NULL") == [
        (done.action_id, "undo", report.import_id)
    ]
    assert value(crm, "SELECT undone_by FROM action WHERE id = :id", id=report.import_id) == done.action_id
    assert value(crm, "SELECT count(*) FROM change WHERE action_id = :id", id=done.action_id) == 25
    with pytest.raises(Conflict) as refused:
        history.undo(crm, report.import_id)
    assert refused.value.code == "already_undone"


def test_what_changed_since_stays_and_is_listed_with_the_reason(crm: Crm) -> None:
    old = contacts.add(crm, NewContact(name="Old Friend", phones=(PhoneNumber("0912 000 9999"),)))
    report = read(crm, people(30) + b"Old Friend,Firm,0912 000 9999,,,\n")
    edited, called = by_name(crm, "Kate1 Allen1"), by_name(crm, "Kate3 Allen3")
    contacts.edit(crm, edited, ContactPatch(note="spoke to her"))
    calls.save(crm, CallDraft("u1", Who(called), "price list sent"))
    contacts.edit(crm, old.id, ContactPatch(company="Elsewhere"))
    undone = history.undo(crm, report.import_id)
    assert {(each.entity, each.id, each.why) for each in undone.left} == {
        ("contact", edited, "changed_since"),
        ("contact", called, "in_use"),
        ("contact", old.id, "changed_since"),
    }
    assert len(undone.records) == 28
    assert living(crm) == 3
    assert contacts.get(crm, old.id).company == "Elsewhere"
    sound(crm)


def test_in_again_after_an_undo(crm: Crm) -> None:
    read(crm, people(30))
    history.undo(crm)
    report = read(crm, people(30))
    assert (report.added, report.skipped) == (30, ())
    assert living(crm) == 30
    assert len(history.undo(crm).records) == 30
    assert living(crm) == 0


def test_who_was_deleted_by_hand_after_the_import_stays_deleted(crm: Crm) -> None:
    read(crm, people(10))
    gone = by_name(crm, "Kate1 Allen1")
    contacts.delete(crm, gone)
    report = read(crm, people(10))
    assert (report.added, report.unchanged) == (0, 9)
    assert [row.params for row in report.skipped] == [{"ref": f"contact:{gone}"}]


def test_a_dry_undo_tells_the_same_and_writes_nothing(crm: Crm) -> None:
    report = read(crm, people(25))
    contacts.edit(crm, by_name(crm, "Kate1 Allen1"), ContactPatch(note="x"))
    last = value(crm, "SELECT max(seq) FROM change")
    dry = history.undo(crm, report.import_id, dry_run=True)
    assert value(crm, "SELECT max(seq) FROM change") == last
    wet = history.undo(crm, report.import_id)
    assert (dry.records, dry.left) == (wet.records, wet.left)


def test_a_killed_undo_goes_on_where_it_was(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    report = read(crm, people(45))
    edited = by_name(crm, "Kate41 Allen41")
    contacts.edit(crm, edited, ContactPatch(note="x"))
    with monkeypatch.context() as patch:
        kill_after(patch, 2)
        with pytest.raises(Killed):
            history.undo(crm, report.import_id)
    assert living(crm) == 26
    (left,) = importing.unfinished(crm)
    assert (left.doing, left.action_id) == ("undo", report.import_id)
    with pytest.raises(Conflict) as refused:
        history.redo(crm, report.import_id)
    assert refused.value.code == "undo_unfinished"
    undone = history.undo(crm, report.import_id)
    assert len(undone.records) == 44
    assert [(each.id, each.why) for each in undone.left] == [(edited, "changed_since")]
    assert living(crm) == 1
    assert value(crm, "SELECT count(*) FROM action WHERE verb = 'undo'") == 1
    assert importing.unfinished(crm) == ()
    sound(crm)


def test_a_killed_redo_goes_on_and_nothing_is_undone_before(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = read(crm, people(45))
    after = rows(crm)
    history.undo(crm)
    with monkeypatch.context() as patch:
        kill_after(patch, 2)
        with pytest.raises(Killed):
            history.redo(crm)
    assert living(crm) == 20
    (left,) = importing.unfinished(crm)
    assert left.doing == "redo"
    with pytest.raises(Conflict) as refused:
        history.undo(crm, report.import_id)
    assert refused.value.code == "redo_unfinished"
    assert len(history.redo(crm, report.import_id).records) == 45
    assert rows(crm) == after
    assert value(crm, "SELECT state FROM import_batch") == "done"


def test_an_undo_of_others_work_between_stays_possible(crm: Crm, open_as: OpenCrm) -> None:
    read(crm, people(25))
    reza = open_as("reza")
    mine = contacts.add(reza, NewContact(name="Mine"))
    assert len(history.undo(crm).records) == 25
    assert [record.id for record in history.undo(reza).records] == [mine.id]


def test_the_file_of_an_undone_import_can_still_be_gone_on_with_by_nobody(crm: Crm) -> None:
    report = read(crm, people(5))
    history.undo(crm)
    assert report.batch_id is not None
    with pytest.raises(Conflict):
        importing.go_on(crm, report.batch_id, io.BytesIO(people(5)))


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 500])
@pytest.mark.parametrize("gap", [1, 2, 13, 40])
def test_somebody_whom_two_rows_of_the_file_are_about_goes_too(
    crm: Crm, monkeypatch: pytest.MonkeyPatch, chunk: int, gap: int
) -> None:
    """Wherever the chunks of the undo part what the one row made from what the other one changed."""
    monkeypatch.setattr(engine, "CHUNK_ROWS", chunk)
    lines = [f"Kate {n},Firm,City {n}" for n in range(50)]
    lines.insert(3 + gap, "Kate 3,Firm,Another city")
    lines.append("Kate 3,Firm,A third one")
    report = read(crm, "\n".join(["name,company,City", *lines, ""]).encode())
    assert (report.added, report.updated) == (50, 2)
    before = rows(crm)
    tried = history.undo(crm, dry_run=True)
    assert rows(crm) == before
    done = history.undo(crm)
    assert (tried.left, set(tried.records)) == ((), set(done.records))
    assert done.left == ()
    assert living(crm) == 0
    assert history.redo(crm).left == ()
    assert rows(crm) == before
    assert history.undo(crm).left == ()
    assert living(crm) == 0
