"""``tuicrm import`` and ``export``."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.shell import Shell

CSV = "Full name,Mobile,Firma\nGeorge Webb,020 7946 0018,Webb Ltd\nلیلا کریمی,۰۹۱۲۱۲۳۴۵۶۷,\n"


def test_csv_with_a_header_is_read_once(shell: Shell) -> None:
    report = shell.json("import", "-", "--map", "Firma=company", text=CSV)
    assert (report["added"], report["refused"]) == (2, [])
    again = shell.json("import", "-", "--map", "Firma=company", text=CSV)
    assert (again["added"], again["unchanged"], again["import_id"]) == (0, 2, None)
    assert [row["name"] for row in shell.json("find", "webb")] == ["George Webb"]
    assert [row["name"] for row in shell.json("find", "09121234567")] == ["لیلا کریمی"]


def test_one_undo_takes_an_import_back(shell: Shell) -> None:
    shell.ok("import", "-", text=CSV)
    shell.ok("undo")
    assert shell.json("contact", "list") == []


def test_a_dry_run_writes_nothing(shell: Shell) -> None:
    assert shell.json("import", "-", "--dry-run", text=CSV)["added"] == 2
    assert shell.json("contact", "list") == []


def test_refused_rows_are_named_by_their_line(shell: Shell) -> None:
    text = "name,email,note\nLeila,leila@example.com,\n,,\n,,nobody\n"
    report = shell.json("import", "-", text=text)
    assert (report["added"], [row["line"] for row in report["refused"]]) == (1, [4])
    assert "{" not in report["refused"][0]["reason"]
    strict = shell("import", "-", "--strict", "--json", text=text.replace("Leila", "Nadia"))
    assert (strict.code, strict.error["code"]) == (5, "invalid")
    assert len(shell.json("contact", "list")) == 1


def test_an_export_is_read_back_whole(leila: Shell, tmp_path: Path) -> None:
    leila.ok("contact", "edit", "1", "--tag", "vip", "--field", "city=Shiraz", "--note", "two\nlines")
    before = leila.json("contact", "show", "1")
    for form in ("json", "csv"):
        file = tmp_path / f"contacts.{form}"
        assert leila.json("export", "contacts", "--format", form, "-o", str(file)) == {
            "path": str(file),
            "rows": 1,
        }
        leila.set(TUICRM_DB=str(tmp_path / f"{form}.db"))
        assert leila.json("import", str(file))["added"] == 1
        after = leila.json("contact", "show", "1")
        for key in ("name", "company", "tags", "fields", "note"):
            assert after[key] == before[key], (form, key)
        assert [phone["e164"] for phone in after["phones"]] == ["+989121234567"]
        leila.set(TUICRM_DB=str(leila.database))


def test_an_exported_file_is_for_its_owner_alone(leila: Shell, tmp_path: Path) -> None:
    file = tmp_path / "contacts.json"
    file.write_text("[]")
    file.chmod(0o644)
    leila.ok("export", "contacts", "-o", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("what", ["contacts", "calls", "followups", "tickets"])
def test_every_list_is_exported(leila: Shell, what: str) -> None:
    leila.ok("log", "leila", "boiler dead /th /2d")
    rows = json.loads(leila.ok("export", what).out)
    assert len(rows) == 1
    table = leila.ok("export", what, "--format", "csv", "--raw").out.splitlines()
    assert (len(table), table[0].startswith("id,")) == (2, True)


def test_no_cell_is_a_formula(leila: Shell) -> None:
    leila.ok("contact", "edit", "1", "--company", "=cmd()")
    guarded = leila.ok("export", "contacts", "--format", "csv").out
    assert (",=cmd()" in guarded, ",'=cmd()" in guarded) == (False, True)
    assert ",=cmd()" in leila.ok("export", "contacts", "--format", "csv", "--raw").out


@pytest.mark.parametrize("text", ["", "nonsense", '{"a": 1}', "colour,size\nred,2\n"])
def test_a_file_without_contacts_is_refused(shell: Shell, text: str) -> None:
    done = shell("import", "-", "--json", text=text)
    assert (done.code, done.error["code"]) == (5, "invalid")


def test_csv_in_another_encoding_is_read_and_what_is_no_text_refused(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"name\nJos\xe9\n")
    assert shell.json("import", str(file))["encoding"] == "cp1252"
    assert [row["name"] for row in shell.json("contact", "list")] == ["José"]
    file.write_bytes(b"PK\x03\x04\x14\0")
    assert shell("import", str(file)).code == 5
