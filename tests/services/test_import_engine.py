"""The engine of imports: the same rows as by hand, in chunks that others slip between, one record of the batch."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.people_files import ask, people, read, rows, sound, value
from tuicrm.domain.errors import Conflict, Invalid, NotFound, Unavailable
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.record import replace
from tuicrm.services import contacts, importing
from tuicrm.services.context import Crm, open_crm
from tuicrm.services.importing import Progress, StopImport, engine
from tuicrm.storage import bulk
from tuicrm.storage.batches import AtWork

OpenCrm = Callable[..., Crm]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of ten rows."""
    monkeypatch.setattr(engine, "CHUNK_ROWS", 10)


@pytest.fixture
def other(tmp_path: Path, crm: Crm) -> Crm:
    """A second, empty company."""
    return open_crm(replace(crm.settings, database=str(tmp_path / "other.db")), via="cli", clock=crm.clock)


# --- the same as by hand ------------------------------------------------------------------------------------


def test_an_imported_contact_leaves_the_same_rows_as_one_added_by_hand(crm: Crm, other: Crm) -> None:
    by_hand = [
        NewContact(
            name="لیلا کریمی‌نژاد",
            company="پارس پمپ",
            phones=(PhoneNumber("0912 000 4567", label="mobile"), PhoneNumber("021-0000")),
            emails=(EmailAddress("leila@example.com"),),
            tags=("vip", "ویژه"),
            fields={"City": "تهران"},
            note="two\nlines",
        ),
        NewContact(name="Kate O'Allen", phones=(PhoneNumber("+44 20 7946 0123"),)),
        NewContact(phones=(PhoneNumber("0912 000 0002"),)),
    ]
    for new in by_hand:
        contacts.add(crm, new)
    text = (
        "name,company,mobile,phone,email,tags,City,note\n"
        'لیلا کریمی‌نژاد,پارس پمپ,0912 000 4567,021-0000,leila@example.com,"vip, ویژه",تهران,"two\nlines"\n'
        "Kate O'Allen,,,+44 20 7946 0123,,,,\n,,,0912 000 0002,,,,\n"
    )
    assert read(other, text.encode()).added == 3
    assert rows(other) == rows(crm)
    logged = "SELECT p.payload FROM change c JOIN change_payload p USING (seq) WHERE c.entity = 'contact' ORDER BY seq"
    mine, theirs = ([_without_salt(row[0]) for row in ask(each, logged)] for each in (crm, other))
    assert theirs == mine
    sound(other)


def _without_salt(payload: str) -> str:
    return payload[: payload.index(',"salt":')]


@pytest.mark.usefixtures("small")
def test_all_rows_of_one_import_are_one_action_of_whole_chunks(crm: Crm) -> None:
    report = read(crm, people(57))
    assert (report.read, report.added) == (57, 57)
    assert ask(crm, "SELECT id, verb, via FROM action WHERE verb = 'import'") == [
        (report.import_id, "import", "import")
    ]
    assert value(crm, "SELECT count(*) FROM change WHERE action_id = :id", id=report.import_id) == 57
    sound(crm)


@pytest.mark.usefixtures("small")
def test_the_batch_is_on_record(crm: Crm, tmp_path: Path) -> None:
    from hashlib import sha256

    file = tmp_path / "people.csv"
    file.write_bytes(people(25))
    report = importing.import_file(crm, file, region="GB")
    (batch,) = ask(
        crm,
        "SELECT id, action_id, agent, file, sha256, size, format, encoding, region, state, rows_done, added,"
        " ended_at IS NOT NULL FROM import_batch",
    )
    digest = sha256(file.read_bytes()).hexdigest()
    expected = (str(file), digest, file.stat().st_size, "csv", "utf-8", "GB", "done", 25, 25, 1)
    assert batch == (report.batch_id, report.import_id, "sara", *expected)
    assert importing.unfinished(crm) == ()
    assert [each.name for each in tmp_path.glob("*.import-*")] == []


def test_reading_it_again_adds_nothing_and_leaves_no_batch(crm: Crm) -> None:
    data = people(150)
    read(crm, data)
    again = read(crm, data)
    assert (again.added, again.updated, again.unchanged, again.import_id) == (0, 0, 150, None)
    assert value(crm, "SELECT count(*) FROM import_batch") == 1


def test_rows_of_one_person_within_a_slice_become_one_contact(crm: Crm) -> None:
    lines = [f"Kate Allen,0912{n:07d},kate@example.com\n" for n in range(5)]
    report = read(crm, ("name,phone,email\n" + "".join(lines)).encode())
    assert (report.added, report.updated) == (1, 4)
    (kate,) = contacts.page(crm).rows
    assert len(contacts.get(crm, kate.id).phones) == 5
    sound(crm)


def test_one_name_a_thousand_times_stays_linear_and_apart(crm: Crm) -> None:
    text = "name,phone\n" + "".join(f"Unknown,0912{n:07d}\n" for n in range(300))
    assert read(crm, text.encode()).added == 300
    assert read(crm, text.encode()).unchanged == 300


# --- deleted and merged -------------------------------------------------------------------------------------


def test_a_row_about_a_merged_contact_goes_to_the_heir_and_is_told(crm: Crm) -> None:
    heir = contacts.add(crm, NewContact(name="Katharine Allen"))
    gone = contacts.add(crm, NewContact(name="Kate Allen", phones=(PhoneNumber("0912 000 0001"),)))
    with crm.database.transaction(crm.actor, "contact.merge") as tx:
        tx.update("contact", gone.id, {"merged_into": heir.id})
    report = read(crm, b"name,phone,tags\nKate Allen,0912 000 0001,vip\n")
    assert (report.added, report.updated, report.skipped) == (0, 1, ())
    assert [(row.code, row.params) for row in report.led_on] == [
        ("import_to_heir", {"ref": f"contact:{gone.id}", "heir": f"contact:{heir.id}"})
    ]
    assert contacts.get(crm, heir.id).tags == ("vip",)


def test_a_living_namesake_goes_before_a_deleted_one(crm: Crm) -> None:
    gone = contacts.add(crm, NewContact(name="Kate"))
    contacts.delete(crm, gone.id)
    there = contacts.add(crm, NewContact(name="Kate"))
    report = read(crm, b"name,company\nKate,Acme\n")
    assert (report.updated, report.skipped) == (1, ())
    assert contacts.get(crm, there.id).company == "Acme"


# --- dry --------------------------------------------------------------------------------------------------------

VARIED = {
    "people": people(130),
    "doubles": b"name,phone\nKate,0912 000 0001\nKate,0912 000 0001\nKate,0912 000 0002\nBob,\nBob,\n,0912 000 0009\n",
    "refused": b"name,email,phone\nEve,bad,\n,,\n,x@,\nAli,,0912 000 0001\n",
    "known": "name,company,phone\nلیلا,پارس,0912 000 1111\nGone,,\nKate,Acme,\nMerged,,\n".encode(),
    "json": b'[{"name": "A", "tags": ["x"]}, {"name": ["x"]}, {"name": "A", "phones": ["0912 000 0003"]}]',
    "vcard": b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kate Allen\r\nTEL:0912 000 0001\r\nEND:VCARD\r\n",
}


@pytest.mark.parametrize("name", VARIED)
def test_a_dry_run_tells_what_the_real_one_then_does(crm: Crm, name: str) -> None:
    contacts.add(crm, NewContact(name="لیلا", phones=(PhoneNumber("0912 000 1111"),)))
    contacts.delete(crm, contacts.add(crm, NewContact(name="Gone")).id)
    heir = contacts.add(crm, NewContact(name="Heir"))
    merged = contacts.add(crm, NewContact(name="Merged"))
    with crm.database.transaction(crm.actor, "contact.merge") as tx:
        tx.update("contact", merged.id, {"merged_into": heir.id})
    before = value(crm, "SELECT max(seq) FROM change")
    dry = read(crm, VARIED[name], dry_run=True)
    assert value(crm, "SELECT max(seq) FROM change") == before
    wet = read(crm, VARIED[name])
    assert dry.dry_run
    assert (dry.import_id, dry.batch_id) == (None, None)
    for field in ("read", "added", "updated", "unchanged", "skipped", "refused", "led_on", "kept_as_field"):
        assert getattr(dry, field) == getattr(wet, field), field
    assert wet.read == wet.added + wet.updated + wet.unchanged + len(wet.skipped) + len(wet.refused)


def test_a_preview_shows_the_first_rows_as_they_would_come_in(crm: Crm) -> None:
    contacts.add(crm, NewContact(name="Bob", company="Acme"))
    text = "Who,company,Ring\n Kate ,Acme,0912 000 0001\nBob,Acme,\nBob,,\n,,\n" + "".join(
        f"P{n},,\n" for n in range(30)
    )
    seen = importing.preview(crm, io.BytesIO(text.encode()), mapping={"Who": "name", "Ring": "phone"})
    assert (seen.report.added, seen.report.unchanged, seen.report.format) == (31, 2, "csv")
    assert len(seen.rows) == 20
    first = seen.rows[0]
    assert first.contact is not None
    assert (first.line, first.fate, first.contact.name, first.contact.phones[0].e164) == (
        2,
        "added",
        "Kate",
        "+989120000001",
    )
    assert seen.rows[1].fate == "unchanged"
    assert [(each.heading, each.target) for each in seen.columns] == [
        ("Who", "name"),
        ("company", "company"),
        ("Ring", "phone"),
    ]
    assert contacts.count(crm) == 1


UNEVEN = (
    "name,company,phone,,\n"
    + "Kate,Acme,0912 000 0001,,\n"
    + "Bob,Acme\n"
    + ",,,x@\n"
    + "Eve,Acme,0912 000 0002,more\n" * 7
)


@pytest.mark.parametrize("ahead", [False, True])
def test_rows_longer_or_shorter_than_the_headings_are_told_with_the_lines_of_the_first(
    crm: Crm, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    if ahead:
        monkeypatch.setattr("tuicrm.services.importing.ahead.LEAST_BYTES", 0)
    for report in (
        importing.preview(crm, io.BytesIO(UNEVEN.encode())).report,
        read(crm, UNEVEN.encode()),
    ):
        # one of them is left out for having nothing
        assert (report.longer.many, report.longer.first) == (8, (4, 5, 6, 7, 8))
        assert (report.shorter.many, report.shorter.first) == (1, (3,))
    assert read(crm, people(20)).longer.many == 0


# --- strict -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_strict_writes_nothing_when_the_last_of_many_rows_is_refused(crm: Crm) -> None:
    data = people(40) + b"Bad,,,,,,,\xff\n,,,x@,,\n"
    with pytest.raises(Invalid) as refused:
        read(crm, data, strict=True)
    assert refused.value.code == "import_refused"
    assert contacts.count(crm) == 0
    assert value(crm, "SELECT count(*) FROM import_batch") == 0


# --- mappings -----------------------------------------------------------------------------------------------


def test_a_mapping_is_remembered_by_its_header_and_another_one_beats_it(crm: Crm) -> None:
    data = b"Who,Ring,Extra\nKate,0912 000 0001,blue\n"
    read(crm, data, mapping={"Who": "name", "Ring": "phone", "Extra": "tag"})
    later = b"Who,Ring,Extra\nBob,0912 000 0002,red\n"
    seen = importing.preview(crm, io.BytesIO(later))
    assert seen.remembered == {"Who": "name", "Ring": "phone", "Extra": "tag"}
    read(crm, later)
    (bob,) = [contacts.get(crm, row.id) for row in contacts.page(crm).rows if row.name == "Bob"]
    assert (bob.tags, bob.phones[0].e164) == (("red",), "+989120000002")
    read(crm, b"Who,Ring,Extra\nEve,,green\n", mapping={"Extra": "note"})
    (eve,) = [contacts.get(crm, row.id) for row in contacts.page(crm).rows if row.name == "Eve"]
    assert (eve.note, eve.tags) == ("green", ())
    assert importing.preview(crm, io.BytesIO(later)).remembered["Extra"] == "note"


@pytest.mark.parametrize("column", ["Extra", "3"])
def test_a_mapping_is_remembered_for_the_same_columns_in_another_order(crm: Crm, column: str) -> None:
    """Said by its number the third column is meant, not whatever stands third the next time."""
    read(crm, b"name,phone,Extra\nKate,0912 000 0001,blue\n", mapping={column: "tag"})
    moved = b"EXTRA,name,phone\nred,Bob,0912 000 0002\n"
    assert importing.preview(crm, io.BytesIO(moved)).remembered == {"Extra": "tag"}
    read(crm, moved)
    (bob,) = [contacts.get(crm, row.id) for row in contacts.page(crm).rows if row.name == "Bob"]
    assert (bob.tags, bob.fields) == (("red",), {})
    read(crm, moved.replace(b"Bob", b"Eve"), mapping={"1": "note"})
    (eve,) = [contacts.get(crm, row.id) for row in contacts.page(crm).rows if row.name == "Eve"]
    assert (eve.note, eve.tags) == ("red", ())
    assert importing.preview(crm, io.BytesIO(b"phone,name,extra\n1,a,b\n")).remembered == {"EXTRA": "note"}


def test_one_of_two_columns_of_one_heading_is_remembered_by_its_number_in_that_order_only(crm: Crm) -> None:
    header = b"name,Extra,Extra\n"
    read(crm, header + b"Kate,blue,one\n", mapping={"3": "tag"})
    assert importing.preview(crm, io.BytesIO(header + b"Bob,red,two\n")).remembered == {"3": "tag"}
    assert importing.preview(crm, io.BytesIO(b"Extra,Extra,name\nred,two,Bob\n")).remembered == {}


# --- progress and stopping ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_progress_is_told_after_every_chunk(crm: Crm) -> None:
    told: list[Progress] = []
    data = people(35)
    read(crm, data, progress=told.append)
    assert [each.added for each in told] == [10, 20, 30, 35]
    assert told[-1].done_bytes == told[-1].total_bytes == len(data)
    assert [each.done_bytes for each in told] == sorted(each.done_bytes for each in told)


@pytest.mark.usefixtures("small")
def test_an_import_that_is_stopped_stays_as_far_as_it_came_and_can_be_taken_back(crm: Crm) -> None:
    def stop(progress: Progress) -> None:
        if progress.added >= 20:
            raise StopImport

    report = read(crm, people(100), progress=stop)
    assert (report.stopped, report.added) == (True, 20)
    assert value(crm, "SELECT state FROM import_batch") == "stopped"
    assert importing.unfinished(crm) == ()
    assert report.batch_id is not None
    assert len(importing.take_back(crm, report.batch_id).records) == 20
    assert contacts.count(crm) == 0


# --- a disk that is full ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_a_full_disk_leaves_whole_chunks_and_it_goes_on_later(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, real, calls = people(45), bulk.put_contacts, [0]

    def full(*args: Any) -> None:
        calls[0] += 1
        if calls[0] == 3:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = 13
            raise error
        real(*args)

    monkeypatch.setattr(bulk, "put_contacts", full)
    with pytest.raises(Unavailable) as refused:
        read(crm, data)
    assert refused.value.code == "disk_full"
    assert contacts.count(crm) == 20
    sound(crm)
    (left,) = importing.unfinished(crm)
    assert (left.rows_done, left.doing) == (20, "import")
    report = importing.go_on(crm, left.batch_id, io.BytesIO(data))
    assert (report.begun_at, report.read, report.added) == (20, 25, 25)
    assert value(crm, "SELECT count(DISTINCT action_id) FROM change WHERE verb = 'import'") == 1
    assert ask(crm, "SELECT state, rows_done, added FROM import_batch") == [("done", 45, 45)]
    assert importing.unfinished(crm) == ()


def test_going_on_wants_the_same_file_and_an_interrupted_import(crm: Crm) -> None:
    report = read(crm, people(3))
    assert report.batch_id is not None
    for batch, data, code in ((report.batch_id, people(3), "import_over"), (99, people(3), "no_import")):
        with pytest.raises((Conflict, NotFound)) as refused:
            importing.go_on(crm, batch, io.BytesIO(data))
        assert refused.value.code == code
    with crm.database.transaction(crm.actor, "x") as tx:
        tx.execute("UPDATE import_batch SET state = 'running'")
    with pytest.raises(Conflict) as other_file:
        importing.go_on(crm, report.batch_id, io.BytesIO(people(4)))
    assert other_file.value.code == "import_other_file"
    importing.leave(crm, report.batch_id)
    assert importing.unfinished(crm) == ()


def test_an_import_at_work_is_neither_unfinished_nor_taken_back_by_another(
    crm: Crm, open_as: OpenCrm
) -> None:
    report = read(crm, people(3))
    assert report.batch_id is not None
    with crm.database.transaction(crm.actor, "x") as tx:
        tx.execute("UPDATE import_batch SET state = 'running'")
    sign = AtWork(crm.database.path, report.batch_id)
    assert sign.take()
    second = open_as()
    assert importing.unfinished(second) == ()
    with pytest.raises(Conflict) as refused:
        importing.take_back(second, report.batch_id)
    assert refused.value.code == "import_running"
    sign.down()
    assert len(importing.unfinished(second)) == 1
