"""Contacts out of files and in again: what went out comes back whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.filed import GEORGE, LEILA, everybody, exported, read_csv, whole
from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import CallDraft, EmailAddress, NewContact, PhoneNumber, Who
from tuicrm.exchange import csv_guard
from tuicrm.services import calls, contacts, transfer
from tuicrm.services.context import Crm

OpenCrm = Callable[..., Crm]


@pytest.fixture
def other(tmp_path: Path, crm: Crm) -> Crm:
    """A second, empty company."""
    from tuicrm.domain.record import replace
    from tuicrm.services.context import open_crm

    return open_crm(replace(crm.settings, database=str(tmp_path / "other.db")), via="cli", clock=crm.clock)


# --- out and in again ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "raw"), [("json", False), ("csv", False), ("csv", True)])
def test_contacts_come_back_whole_from_their_own_export(crm: Crm, other: Crm, form: str, raw: bool) -> None:
    contacts.add(crm, LEILA)
    contacts.add(crm, GEORGE)
    text = exported(crm, "contacts", form, raw=raw)
    report = transfer.import_file(other, io.BytesIO(text.encode()), format=form)
    assert (report.added, report.refused) == (2, ())
    before, after = everybody(crm), everybody(other)
    assert [whole(contact) for contact in after] == [whole(contact) for contact in before]
    back = transfer.import_file(crm, io.BytesIO(text.encode()), format=form)
    assert (back.added, back.updated, back.unchanged) == (0, 0, 2)


def test_each_number_of_a_csv_has_its_label_again_and_one_number_may_have_three(crm: Crm, other: Crm) -> None:
    labels = ("work", "", "fax", "=SUM(1)")
    phones = tuple(PhoneNumber("021 8877 6655", "+982188776655", label=label) for label in labels)
    emails = (EmailAddress("a@one.example"), EmailAddress("b@one.example", "home"))
    contacts.add(crm, NewContact("Ann", phones=phones, emails=emails))
    read_csv(other, exported(crm, "contacts", "csv"))
    [ann] = everybody(other)
    assert tuple(phone.label for phone in ann.phones) == labels
    assert ann.emails == emails


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


INSIDE = (
    "a;=1+1",
    "a;'=1+1",
    "=a;=b\t+c",
    ";-1;@x",
    "\t=x",
    "'\t=x",
    ";;=x",
    ";'",
    "a; =1",
    "it is ;-)",
    ";-)",
)


@pytest.mark.parametrize(
    "text", ["", "a", "'", "''", "=", "'=", "''=", "'a", "-1", "'''-", "\tx", "'\tx", *INSIDE]
)
def test_a_guarded_cell_gives_its_text_back(text: str) -> None:
    assert csv_guard.unguarded(csv_guard.guarded(text)) == text


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_spreadsheet_that_parts_cells_by_another_sign_finds_no_formula_either(crm: Crm, sign: str) -> None:
    contacts.add(crm, NewContact(name="a;=1+1", note='x;+1"\ty\t@z', fields={"City": ";-1"}))
    safe = exported(crm, "contacts", "csv")
    for cell in safe.replace("\r\n", sign).split(sign):
        assert not cell.startswith(("=", "+", "-", "@"))


def test_a_smile_in_a_note_is_exported_as_it_is() -> None:
    assert csv_guard.guarded("until then ;-)") == "until then ;-)"


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
