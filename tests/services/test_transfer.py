"""Contacts in and out of files: nothing twice, nothing lost, one undo."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.filed import everybody, read_csv
from tuicrm.domain.errors import Invalid, NotFound
from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import contacts, duplicates, history, transfer
from tuicrm.services.context import Crm
from tuicrm.services.importing import engine

OpenCrm = Callable[..., Crm]


@pytest.fixture
def other(tmp_path: Path, crm: Crm) -> Crm:
    """A second, empty company."""
    from tuicrm.domain.record import replace
    from tuicrm.services.context import open_crm

    return open_crm(replace(crm.settings, database=str(tmp_path / "other.db")), via="cli", clock=crm.clock)


# --- CSV in -------------------------------------------------------------------------------------------------


def test_columns_are_known_by_their_headings_in_either_language(crm: Crm) -> None:
    read_csv(
        crm,
        "Full Name;Company;Mobile Phone;E-mail;Tags;Shoe size\nKate Allen;Acme;020 7946 0123;k@example.com;a, b;38\n",
    )
    read_csv(crm, "نام و نام خانوادگی,شرکت,تلفن همراه,ایمیل\nرضا احمدی,پارس,۰۹۱۲ ۰۰۰ ۰۰۰۱,r@example.com\n")
    kate, reza = everybody(crm)
    assert (kate.name, kate.company, kate.tags, kate.fields) == (
        "Kate Allen",
        "Acme",
        ("a", "b"),
        {"Shoe size": "38"},
    )
    assert kate.phones[0].label == "mobile"
    assert (reza.name, reza.company, reza.phones[0].e164) == ("رضا احمدی", "پارس", "+989120000001")


def test_first_and_last_name_make_one_name_and_several_numbers_several_numbers(crm: Crm) -> None:
    read_csv(
        crm, "First Name,Last Name,Phone 1,Phone 2\nKate,Allen,0912 000 0001; 0912 000 0002,0912 000 0003\n"
    )
    (kate,) = everybody(crm)
    assert kate.name == "Kate Allen"
    assert [phone.raw for phone in kate.phones] == ["0912 000 0001", "0912 000 0002", "0912 000 0003"]


def test_a_mapping_beats_the_heading(crm: Crm) -> None:
    read_csv(
        crm,
        "Who,Ring,Name\nKate,0912 000 0001,nick\n",
        mapping={"who": "name", "Ring": "phone", "Name": "field"},
    )
    (kate,) = everybody(crm)
    assert (kate.name, kate.phones[0].raw, kate.fields) == ("Kate", "0912 000 0001", {"Name": "nick"})


@pytest.mark.parametrize(
    ("mapping", "code"), [({"Nope": "name"}, "map_column"), ({"A": "nope"}, "map_target")]
)
def test_a_wrong_mapping_is_refused(crm: Crm, mapping: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_csv(crm, "A,B\n1,2\n", mapping=mapping)
    assert refused.value.code == code


def test_a_file_without_a_name_or_number_column_is_refused(crm: Crm) -> None:
    with pytest.raises(Invalid) as refused:
        read_csv(crm, "Colour,Size\nred,2\n")
    assert refused.value.code == "csv_no_name"


def test_what_does_not_fit_its_column_is_kept_as_a_field(crm: Crm) -> None:
    report = read_csv(crm, "name,phone,email\nKate,ask Bob,not given\n")
    (kate,) = everybody(crm)
    assert kate.fields == {"phone": "ask Bob", "email": "not given"}
    assert report.kept_as_field == {"phone": 1, "email": 1}


def test_refused_rows_are_named_by_their_line_and_the_others_come_in(crm: Crm) -> None:
    report = read_csv(crm, 'name,phone\n"Kate\nAllen",1234567\n,\n,,\n,0912 000 0001\nBob,"open\n')
    assert report.added == 2
    assert [(row.line, row.code) for row in report.refused] == [(7, "csv_quote")]
    report = read_csv(crm, "name,note\n,No name\nKate,Acme\n")
    assert [(row.line, row.code) for row in report.refused] == [(2, "contact_empty")]


def test_strict_writes_nothing_when_a_row_is_refused(crm: Crm) -> None:
    with pytest.raises(Invalid) as refused:
        read_csv(crm, "name,note\nKate,Acme\n,No name\n", strict=True)
    assert refused.value.code == "import_refused"
    assert [field.token for field in refused.value.fields] == ["3"]
    assert contacts.count(crm) == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"name\n", "import_nothing"),
        (b"name,note\n,x\n", "import_nothing"),
        (b"PK\x03\x04\x14\0", "file_archive"),
    ],
)
def test_a_file_without_a_usable_row_is_refused(crm: Crm, data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        transfer.import_file(crm, io.BytesIO(data), format="csv")
    assert refused.value.code == code


def test_utf16_and_byte_order_marks_are_read(crm: Crm) -> None:
    report = transfer.import_file(crm, io.BytesIO("name\nلیلا\n".encode("utf-16")), format="csv")
    assert report.encoding == "utf-16"
    read_csv(crm, "\ufeffname\nرضا\n")
    assert {contact.name for contact in everybody(crm)} == {"لیلا", "رضا"}


def test_a_file_that_is_not_there_is_not_found(crm: Crm, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        transfer.import_file(crm, tmp_path / "nowhere.csv")


def test_the_format_follows_the_name_or_the_content(crm: Crm, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name\nKate\n")
    assert transfer.import_file(crm, file).format == "csv"
    assert transfer.import_file(crm, io.BytesIO(b' [{"name": "Omid"}]')).format == "json"
    with pytest.raises(Invalid) as refused:
        transfer.import_file(crm, file, format="xls")
    assert refused.value.code == "import_format"


# --- known or new -------------------------------------------------------------------------------------------


def test_the_same_file_twice_adds_nothing(crm: Crm) -> None:
    text = "name,company,phone,email,tags,note,City\nKate,Acme,0912 000 0001,k@example.com,vip,hello,York\n"
    text += ",,0912 000 0002,,,,\nBob,,,,,,\n"
    assert read_csv(crm, text).added == 3
    again = read_csv(crm, text)
    assert (again.read, again.added, again.updated, again.unchanged) == (3, 0, 0, 3)
    assert again.import_id is None


def test_a_known_contact_gets_what_is_new_and_loses_nothing(crm: Crm) -> None:
    contacts.add(
        crm, NewContact(name="کریمی‌نژاد", phones=(PhoneNumber("0912 000 0001"),), tags=("vip",), note="old")
    )
    report = read_csv(
        crm, "name,company,phone,email,tags,note\nکریمی نژاد,Acme,+98 912 000 0001,k@example.com,north,new\n"
    )
    assert (report.added, report.updated) == (0, 1)
    (known,) = everybody(crm)
    assert (known.name, known.company, known.tags, known.note) == (
        "کریمی‌نژاد",
        "Acme",
        ("vip", "north"),
        "old\nnew",
    )
    assert [phone.raw for phone in known.phones] == ["0912 000 0001"]
    assert [email.address for email in known.emails] == ["k@example.com"]


def test_namesakes_with_other_numbers_or_companies_stay_apart(crm: Crm) -> None:
    text = "name,company,phone\nAli,Acme,0912 000 0001\nAli,Acme,0912 000 0002\nAli,Other,0912 000 0001\n"
    report = read_csv(crm, text)
    assert report.added == 3
    assert [(double.why, double.b) for double in report.duplicates] == [("number", everybody(crm)[0].id)]


def test_the_report_and_the_list_of_duplicates_name_the_same_pairs_for_the_same_reason(crm: Crm) -> None:
    text = (
        "name,phone\nSmith John,021 8877 6655\nJohn Smith,8877 6655 ext 3\nMary Bell,+98 21 8877 6655\n"
        "Smith J,88776655\nOther One,8877 6655\n"
    )
    report = read_csv(crm, text)
    listed = {(it.a, it.b): it.why for it in duplicates.duplicates(crm)}
    told = {(min(it.a, it.b), max(it.a, it.b)): it.why for it in report.duplicates}
    assert told
    for pair, why in told.items():
        assert why in listed[pair]


def test_a_row_about_a_deleted_contact_is_left_out_and_told(crm: Crm) -> None:
    gone = contacts.add(crm, NewContact(name="Kate"))
    contacts.delete(crm, gone.id)
    report = read_csv(crm, "name,company\nKate,Acme\n")
    assert (report.added, report.updated) == (0, 0)
    assert [(row.line, row.code, row.params) for row in report.skipped] == [
        (2, "import_was_deleted", {"ref": f"contact:{gone.id}"})
    ]
    assert contacts.get(crm, gone.id).company == ""


# --- one action ---------------------------------------------------------------------------------------------


def test_one_undo_takes_a_batch_of_many_parts_back(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK_ROWS", 3)
    contacts.add(crm, NewContact(name="Kate", phones=(PhoneNumber("0912 000 0001"),)))
    report = read_csv(
        crm, "name,company,phone\nKate,Acme,0912 000 0001\n" + "".join(f"P{n},,\n" for n in range(10))
    )
    assert (report.added, report.updated) == (10, 1)
    assert history.undo(crm).action_id
    (kate,) = everybody(crm)
    assert kate.company == ""
    with crm.database.reader() as conn:
        assert conn.value("SELECT count(DISTINCT action_id) FROM change WHERE verb = 'import'") == 1
        assert conn.value("SELECT id FROM action WHERE verb = 'import'") == report.import_id
        assert conn.value("SELECT via FROM action WHERE verb = 'import'") == "import"


def test_a_dry_run_tells_the_same_and_writes_nothing(crm: Crm) -> None:
    contacts.add(crm, NewContact(name="Kate", phones=(PhoneNumber("0912 000 0001"),)))
    text = "name,company,phone,email\nKate,Acme,0912 000 0001,\nBob,,,\nBob,,,\nEve,,,bad\n,x,,\n"
    dry = read_csv(crm, text, dry_run=True)
    assert [contact.name for contact in everybody(crm)] == ["Kate"]
    wet = read_csv(crm, text)
    assert dry.dry_run
    assert dry.import_id is None
    for name in ("read", "added", "updated", "unchanged", "refused", "kept_as_field"):
        assert getattr(dry, name) == getattr(wet, name), name
