"""Contacts in and out of files: nothing twice, nothing lost, one undo."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tuicrm.domain.errors import Invalid, NotFound
from tuicrm.domain.models import CallDraft, Contact, EmailAddress, NewContact, PhoneNumber, Who
from tuicrm.exchange import csv_guard
from tuicrm.services import calls, contacts, history, transfer
from tuicrm.services.context import Crm
from tuicrm.services.importing import engine

OpenCrm = Callable[..., Crm]

LEILA = NewContact(
    name="لیلا کریمی",
    company="پارس پمپ",
    phones=(PhoneNumber("0912 000 4567", label="mobile"), PhoneNumber("021-0000", label="odd")),
    emails=(EmailAddress("leila@example.com", "work"),),
    tags=("vip", "ویژه"),
    fields={"City": "تهران", "name": "a field named like a column"},
    note="two lines\n=of note",
    cadence_days=90,
)
GEORGE = NewContact(name="=HYPERLINK(1)", company="Acme, [eu]", phones=(PhoneNumber("+44 20 7946 0123"),))


def read_csv(crm: Crm, text: str, **options: object) -> transfer.ImportReport:
    return transfer.import_file(crm, io.BytesIO(text.encode()), format="csv", **options)  # type: ignore[arg-type]


def everybody(crm: Crm) -> list[Contact]:
    return [contacts.get(crm, row.id) for row in contacts.page(crm).rows]


def whole(contact: Contact) -> tuple[object, ...]:
    """What must survive a round trip."""
    return (
        contact.name,
        contact.company,
        contact.phones,
        contact.emails,
        contact.tags,
        dict(contact.fields),
        contact.note,
        contact.do_not_call,
        contact.owner,
        contact.cadence_days,
    )


def exported(crm: Crm, what: str, form: str, *, raw: bool = False) -> str:
    stream = io.StringIO(newline="")
    transfer.export(crm, what, form, stream, raw=raw)
    return stream.getvalue()


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


# --- out and in again ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "raw"), [("json", False), ("csv", False), ("csv", True)])
def test_contacts_come_back_whole_from_their_own_export(crm: Crm, other: Crm, form: str, raw: bool) -> None:
    contacts.add(crm, LEILA)
    contacts.add(crm, GEORGE)
    text = exported(crm, "contacts", form, raw=raw)
    report = transfer.import_file(other, io.BytesIO(text.encode()), format=form)
    assert (report.added, report.refused) == (2, ())
    before, after = everybody(crm), everybody(other)
    if form == "csv":
        assert [phone.raw for phone in after[1].phones] == [phone.raw for phone in before[1].phones]
        assert (after[1].fields, after[1].note, after[1].tags) == (
            before[1].fields,
            before[1].note,
            before[1].tags,
        )
        assert whole(after[0]) == whole(before[0])
    else:
        assert [whole(contact) for contact in after] == [whole(contact) for contact in before]
    back = transfer.import_file(crm, io.BytesIO(text.encode()), format=form)
    assert (back.added, back.updated, back.unchanged) == (0, 0, 2)


@pytest.mark.parametrize(
    ("cell", "days", "kept"),
    [
        ("90", 90, ""),
        ("6 weeks", 42, ""),
        ("هر ۳ ماه", 90, ""),
        ("-", None, ""),
        ("when it rains", None, "when it rains"),
    ],
)
def test_how_often_one_keeps_in_touch_is_read_from_a_column(
    crm: Crm, cell: str, days: int | None, kept: str
) -> None:
    read_csv(crm, f"Name,Phone,Keep in touch\nKate Allen,020 7946 0123,{cell}\n")
    [kate] = everybody(crm)
    assert (kate.cadence_days, kate.fields.get("Keep in touch", "")) == (days, kept)
    # what a file says later counts; what it does not say stays
    read_csv(crm, "Name,Phone,Keep in touch\nKate Allen,020 7946 0123,\n")
    assert everybody(crm)[0].cadence_days == days
    read_csv(crm, "Name,Phone,Keep in touch\nKate Allen,020 7946 0123,monthly\n")
    assert everybody(crm)[0].cadence_days == 30


def test_spreadsheets_find_no_formula_and_programs_find_the_text(crm: Crm) -> None:
    for name in ("=1+1", "+1 202 555 0101", "-2", "@x", "'=quoted", "plain"):
        contacts.add(crm, NewContact(name=name))
    safe, raw = exported(crm, "contacts", "csv"), exported(crm, "contacts", "csv", raw=True)
    assert safe.startswith("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(safe.lstrip("\ufeff"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert {row["name"] for row in csv.DictReader(io.StringIO(raw))} >= {"=1+1", "-2", "'=quoted"}


@pytest.mark.parametrize("text", ["", "a", "'", "''", "=", "'=", "''=", "'a", "-1", "'''-", "\tx", "'\tx"])
def test_a_guarded_cell_gives_its_text_back(text: str) -> None:
    assert csv_guard.unguarded(csv_guard.guarded(text)) == text


def test_calls_follow_ups_and_tickets_are_exported_as_the_shell_prints_them(crm: Crm) -> None:
    leila = contacts.add(crm, LEILA)
    calls.save(crm, CallDraft("u1", Who(leila.id), "boiler dead, E1 /th /2d"))
    for what, key, expected in (
        ("calls", "note", "boiler dead, E1"),
        ("followups", "due_on", "2026-11-24"),
        ("tickets", "priority", "high"),
    ):
        (row,) = json.loads(exported(crm, what, "json"))
        assert row[key] == expected
        assert row["contact"] == {"id": leila.id, "name": "لیلا کریمی"}
        (cells,) = csv.DictReader(io.StringIO(exported(crm, what, "csv", raw=True)))
        assert cells[key] == expected
        assert cells["contact"] == "لیلا کریمی"
        assert cells["contact_id"] == str(leila.id)


def test_an_empty_company_exports_an_empty_list(crm: Crm) -> None:
    assert exported(crm, "contacts", "json") == "[]\n"
    assert exported(crm, "calls", "csv", raw=True).count("\n") == 1


def test_long_lists_are_exported_whole(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    from tuicrm.services import exporting

    monkeypatch.setattr(exporting, "PAGE", 4)
    read_csv(crm, "name\n" + "".join(f"P{n % 7}{n}\n" for n in range(25)))
    found = [row["name"] for row in json.loads(exported(crm, "contacts", "json"))]
    assert len(found) == len(set(found)) == 25


def test_an_export_into_a_file_leaves_nothing_half_written(crm: Crm, tmp_path: Path) -> None:
    contacts.add(crm, LEILA)
    target = tmp_path / "people.json"
    assert transfer.export_to(crm, "contacts", "json", target) == 1
    with pytest.raises(Invalid):
        transfer.export_to(crm, "contacts", "xml", target)
    assert len(json.loads(target.read_text())) == 1
    assert [file.name for file in tmp_path.glob("*people*")] == ["people.json"]


@pytest.mark.parametrize(
    ("what", "form", "code"), [("cats", "json", "export_kind"), ("calls", "ics", "export_format")]
)
def test_an_unknown_kind_or_format_is_refused(crm: Crm, what: str, form: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        exported(crm, what, form)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "json_bad"),
        ('[{"outcome": "busy"}]', "json_not_contacts"),
        ("[1]", "json_not_contacts"),
        ("[]", "import_nothing"),
    ],
)
def test_json_that_is_no_list_of_contacts_is_refused(crm: Crm, text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        transfer.import_file(crm, io.BytesIO(text.encode()), format="json")
    assert refused.value.code == code


def test_a_json_record_of_another_shape_is_refused_and_a_deleted_one_skipped(crm: Crm) -> None:
    rows = [
        {"name": "A"},
        {"name": ["x"]},
        {"name": "B", "deleted_at": "2026-01-01T00:00:00Z"},
        {"name": "C", "phones": [5]},
    ]
    report = transfer.import_file(crm, io.BytesIO(json.dumps(rows).encode()), format="json")
    assert [(row.line, row.code) for row in report.refused] == [(2, "import_row_shape")]
    assert [row.line for row in report.skipped] == [3]
    assert report.added == 2
