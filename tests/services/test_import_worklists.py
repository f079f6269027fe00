"""People of a file put on a worklist by name: in its order, each once, gone and back with the import."""

from __future__ import annotations

import pytest

from tests.services.people_files import ask, people, read, value
from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import contacts, history, importing, saved_filters, worklist_members, worklists
from tuicrm.services.context import Crm
from tuicrm.services.importing import StopImport, engine

FAIR = "fair 2026"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of ten rows."""
    monkeypatch.setattr(engine, "CHUNK_ROWS", 10)


def on(crm: Crm, name: str = FAIR) -> list[str]:
    """The names of who is on a list, in its order."""
    page = worklists.page(crm, name, limit=1000)
    return [row.contact.name for row in page.rows]


def hand_made(crm: Crm, name: str, number: str) -> int:
    return contacts.add(crm, NewContact(name=name, phones=(PhoneNumber(number),))).id


def test_known_people_join_and_new_ones_are_added_in_the_order_of_the_file(crm: Crm) -> None:
    hand_made(crm, "Kate25 Allen25", "0912 000 0025")
    report = read(crm, people(35), worklist=FAIR)
    assert (report.added, report.updated, report.joined, report.worklist) == (34, 1, 35, FAIR)
    wanted = [f"Kate{n % 97} Allen{n}" if n % 2 else f"رضا{n % 89} کریمی{n}" for n in range(35)]
    assert on(crm) == wanted
    brought = ask(crm, "SELECT DISTINCT import_id FROM worklist_member")
    assert [tuple(row) for row in brought] == [(report.batch_id,)]


def test_the_same_file_again_adds_nobody_twice(crm: Crm) -> None:
    read(crm, people(20), worklist=FAIR)
    again = read(crm, people(20), worklist=FAIR)
    assert (again.added, again.joined, again.import_id) == (0, 0, None)
    assert len(on(crm)) == 20


def test_who_is_in_the_file_twice_is_on_the_list_once(crm: Crm) -> None:
    file = b"name,phone\nKate Allen,09120000001\nLeila,09120000002\nkate allen,0912 000 0001\n"
    dry = read(crm, file, worklist=FAIR, dry_run=True)
    done = read(crm, file, worklist=FAIR)
    assert (dry.joined, done.joined) == (2, 2)
    assert on(crm) == ["Kate Allen", "Leila"]


def test_people_who_are_all_known_come_to_a_list_by_an_import_that_can_be_undone(crm: Crm) -> None:
    read(crm, people(15))
    report = read(crm, people(15), worklist=FAIR)
    assert (report.added, report.unchanged, report.joined) == (0, 15, 15)
    assert report.import_id is not None
    history.undo(crm)
    assert contacts.count(crm) == 15
    assert [each.it.name for each in worklists.lists(crm)] == [saved_filters.owed_list().name]


def test_undo_takes_people_and_list_back_and_redo_brings_both(crm: Crm) -> None:
    hand_made(crm, "Kate1 Allen1", "0912 000 0001")
    read(crm, people(35), worklist=FAIR)
    before = on(crm)
    undone = history.undo(crm)
    assert undone.left == ()
    assert contacts.count(crm) == 1
    assert value(crm, "SELECT count(*) FROM worklist_member WHERE deleted_at IS NULL") == 0
    assert value(crm, "SELECT count(*) FROM saved_filter WHERE deleted_at IS NULL") == 0
    assert history.redo(crm).left == ()
    assert on(crm) == before


def test_a_list_with_somebody_else_on_it_stays_when_the_import_is_undone(crm: Crm) -> None:
    other = hand_made(crm, "Somebody Else", "0912 111 1111")
    action = read(crm, people(5), worklist=FAIR).import_id
    worklist_members.put(crm, [other], FAIR)
    undone = history.undo(crm, action)
    assert [each.entity for each in undone.left] == ["saved_filter"]
    assert on(crm) == ["Somebody Else"]


def test_who_was_put_there_by_hand_since_is_not_there_twice_after_a_redo(crm: Crm) -> None:
    known = hand_made(crm, "Kate1 Allen1", "0912 000 0001")
    worklist_members.put(crm, [hand_made(crm, "First", "0912 222 2222")], FAIR)
    action = read(crm, people(5), worklist=FAIR).import_id
    undone = history.undo(crm, action)
    worklist_members.put(crm, [known], FAIR)
    again = history.redo(crm, undone.action_id)
    assert [(each.entity, each.why) for each in again.left] == [("member", "place_taken")]
    assert sorted(on(crm)).count("Kate1 Allen1") == 1


def test_a_dry_run_puts_nobody_on_a_list_and_makes_none(crm: Crm) -> None:
    report = read(crm, people(12), worklist=FAIR, dry_run=True)
    assert (report.joined, report.import_id) == (12, None)
    assert value(crm, "SELECT count(*) FROM saved_filter") == 0


def test_one_that_was_cut_off_goes_on_with_its_list(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.Run._end
    monkeypatch.setattr(engine.Run, "_end", lambda *_: None)

    def die(progress: importing.Progress) -> None:
        if progress.read >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(crm, people(35), worklist=FAIR, progress=die)
    monkeypatch.setattr(engine.Run, "_end", real)
    for sign in crm.database.path.parent.glob(f"{crm.database.path.name}.import-*"):
        sign.unlink()
    assert len(on(crm)) == 10
    report = read(crm, people(35), worklist=FAIR)
    assert report.begun_at == 10
    assert len(on(crm)) == 35
    assert value(crm, "SELECT count(*) FROM import_batch") == 1


def test_one_that_is_stopped_keeps_on_the_list_who_is_in(crm: Crm) -> None:
    def stop(_: importing.Progress) -> None:
        raise StopImport

    report = read(crm, people(35), worklist=FAIR, progress=stop)
    assert (report.stopped, report.joined, len(on(crm))) == (True, 10, 10)


@pytest.mark.parametrize(
    ("name", "code"), [('a "b"', "filter_name"), ("x" * 200, "filter_name"), ("owed", "worklist_built_in")]
)
def test_a_name_that_is_none_is_refused_before_anything_is_read(crm: Crm, name: str, code: str) -> None:
    with pytest.raises((Invalid, Conflict)) as refused:
        read(crm, people(5), worklist=name)
    assert refused.value.code == code
    assert contacts.count(crm) == 0


def test_nobody_is_put_on_a_filter(crm: Crm) -> None:
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    with pytest.raises(Conflict) as refused:
        read(crm, people(5), worklist="VIPS")
    assert refused.value.code == "worklist_filter"


def test_a_list_of_calls_is_no_list_of_people(crm: Crm) -> None:
    calls = b"date,number,duration,direction\n2026-11-20 10:00,09120000001,60,out\n"
    with pytest.raises(Invalid) as refused:
        read(crm, calls, worklist=FAIR)
    assert refused.value.code == "import_worklist"


def test_somebody_deleted_is_not_put_on_a_list(crm: Crm) -> None:
    gone = hand_made(crm, "Kate1 Allen1", "0912 000 0001")
    contacts.delete(crm, gone)
    report = read(crm, people(3), worklist=FAIR)
    assert (len(report.skipped), report.joined) == (1, 2)
