"""The views that other programs read, and ``docs/data.md``, which says what is in them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import CallDraft, EmailAddress, NewContact, PhoneNumber, Who
from tuicrm.services import calls, contacts, saved_filters
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings
from tuicrm.storage.views import VIEWS

PAGE = Path(__file__).parents[2] / "docs" / "data.md"


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[Crm]:
    settings = Settings(database=str(tmp_path / "crm.db"), agent="sara", zone="Asia/Tehran")
    clock = FrozenClock(datetime.fromisoformat("2026-11-22T09:30:00+03:30"))
    found = open_crm(settings, via="cli", clock=clock)
    for name in ("Leila Karimi", "George Webb"):
        made = contacts.add(
            found,
            NewContact(
                name=name,
                phones=(PhoneNumber("0912 000 4567"),),
                emails=(EmailAddress("a@example.com"),),
                tags=("vip",),
                fields={"City": "Shiraz"},
            ),
        )
        contact = getattr(made, "contact", made)
        calls.save(found, CallDraft(f"u{contact.id}", Who(contact.id), "boiler dead /th /2d #warranty"))
    yield found
    found.close()


def read(crm: Crm, sql: str) -> list[tuple[object, ...]]:
    """What another program gets, which may only read."""
    raw = sqlite3.connect(f"{crm.database.path.as_uri()}?mode=ro", uri=True)
    try:
        return raw.execute(sql).fetchall()
    finally:
        raw.close()


def columns(crm: Crm) -> dict[str, set[str]]:
    """Every table and view with its columns."""
    names = read(
        crm, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
    )
    return {
        str(name): {str(row[1]) for row in read(crm, f"PRAGMA table_info('{name}')")}
        for (name,) in names
        if not str(name).startswith(("contact_fts", "call_fts"))
    }


def test_the_page_names_every_table_view_and_column_and_no_other(crm: Crm) -> None:
    sections = dict(
        re.findall(r"^### `(\w+)`\n(.*?)(?=^#|\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    )
    schema = columns(crm)
    assert sections.keys() == schema.keys()
    for name, found in schema.items():
        missing = found - set(re.findall(r"`(\w+)`", sections[name]))
        assert not missing, (name, missing)


def test_every_view_answers_while_the_program_runs(crm: Crm) -> None:
    saved_filters.save(crm, "contacts", "pumps", "tag:vip")
    with crm.database.transaction(crm.actor, "worklist.add") as tx:
        tx.insert("member", {"saved_filter_id": 1, "contact_id": 1, "agent": "sara"})
        tx.execute("UPDATE contact SET touch_key = '2026-01-01T00:00:00.000000Z' WHERE id = 2")
    empty = {name for name in VIEWS if not read(crm, f"SELECT * FROM {name}")}
    assert empty == {"v_sessions", "v_imports"}


def test_the_examples_of_the_page_work(crm: Crm) -> None:
    for sql in re.findall(r'tuicrm\.db "(SELECT.*?)"', PAGE.read_text(encoding="utf-8"), re.S):
        read(crm, sql)


def test_moments_are_utc_and_outcomes_are_codes(crm: Crm) -> None:
    found = read(crm, "SELECT contact_name, started_at, outcome FROM v_calls ORDER BY call_id LIMIT 1")
    assert found == [("Leila Karimi", "2026-11-22T06:00:00.000000Z", "connected")]
    assert read(crm, "SELECT datetime(started_at) FROM v_calls LIMIT 1") == [("2026-11-22 06:00:00",)]


def test_who_is_deleted_is_in_no_view_but_the_log(crm: Crm) -> None:
    contacts.delete(crm, 1)
    people = ("v_contacts", "v_phones", "v_contact_tags", "v_contact_fields", "v_followups")
    assert {
        view: len(read(crm, f"SELECT * FROM {view} WHERE contact_id = 1")) for view in people
    } == dict.fromkeys(people, 0)
    assert read(crm, "SELECT contact_id, contact_name FROM v_calls ORDER BY call_id") == [
        (1, None),
        (2, "George Webb"),
    ]
    calls.delete(crm, 2)
    assert read(crm, "SELECT count(*) FROM v_calls WHERE call_id = 2") == [(0,)]
    assert read(crm, "SELECT count(*) FROM v_call_tags WHERE call_id = 2") == [(0,)]
    assert read(crm, "SELECT count(*) > 2 FROM v_changes") == [(1,)]


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_a_view_takes_no_writes(crm: Crm, view: str) -> None:
    raw = sqlite3.connect(crm.database.path)
    with pytest.raises(sqlite3.OperationalError):
        raw.execute(f"DELETE FROM {view}")
    raw.close()
