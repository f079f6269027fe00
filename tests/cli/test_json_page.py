"""``docs/json.md`` names the very keys that the commands print."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.shell import Shell
from tuicrm.domain import errors

PAGE: Final = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")


def promised(section: str) -> set[str]:
    """The keys that a section of the page names, without those within brackets."""
    text = PAGE.partition(f"\n### {section}\n")[2].partition("\n#")[0].partition("\n\n")[0]
    return set(re.findall(r"`([a-z_0-9]+)`", re.sub(r"\([^)]*\)", "", text)))


@pytest.fixture
def busy(leila: Shell) -> Shell:
    """Leila has a call with all that one line can set in motion."""
    leila.ok("log", "leila", "-9:05 =3:05 boiler dead, E1 .f /th /tom9 #urgent")
    return leila


def test_records_have_the_keys_of_the_page(busy: Shell) -> None:
    rows: dict[str, Any] = {
        "contact": busy.json("contact", "list")[0],
        "call": busy.json("call", "list")[0],
        "followup": busy.json("followup", "list")[0],
        "ticket": busy.json("ticket", "list")[0],
        "agent": busy.json("agent", "list")[0],
        "change": busy.json("history")[0],
    }
    for section, row in rows.items():
        assert set(row) == promised(section) - {"history"}, section


def test_a_card_has_more(busy: Shell) -> None:
    more = set(busy.json("contact", "show", "leila")) - promised("contact")
    [line] = re.findall(r"`contact show` adds (.*)", PAGE)
    assert more == set(re.findall(r"`([a-z_]+)`", line))


def test_what_commands_tell_has_the_keys_of_the_page(busy: Shell, tmp_path: Path) -> None:
    told = {
        "undo": busy.json("undo", "--list")[0],
        "import": busy.json("import", "-", text="name\nGeorge\n"),
        "doctor": busy.json("doctor"),
        "export": busy.json("export", "contacts", "-o", str(tmp_path / "x.json")),
        "worklist": busy.json("worklist", "list")[0],
        "process": busy.json("process", "check", "-", text=busy.ok("process", "show").out),
    }
    for section, row in told.items():
        assert set(row) <= promised(section), section
        assert promised(section) - set(row) <= {"redo"}, section


def test_every_exit_code_is_on_the_page_with_its_word(shell: Shell) -> None:
    refusals: list[type[errors.CrmError]] = [errors.CrmError, *errors.CrmError.__subclasses__()]
    kinds = {each.exit_code: each.kind for each in refusals}
    assert dict(re.findall(r"^\| (\d) \| `([a-z_]+)` \|", PAGE, re.MULTILINE)) == {
        str(code): kind for code, kind in kinds.items()
    }
    error = shell("contact", "show", "nobody", "--json").error
    said = PAGE.partition('`{"error": ...}`')[2].partition("`code` says")[0]
    assert set(error) == set(re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", said)))


def test_due_at_is_empty_for_a_day_and_never_in_the_view(leila: Shell) -> None:
    leila.ok("followup", "add", "leila", "2026-11-26")
    assert leila.json("followup", "list")[0]["due_at"] is None
    [(due_at,)] = sqlite3.connect(leila.database).execute("SELECT due_at FROM v_followups").fetchall()
    assert due_at.startswith("2026-11-26T")
