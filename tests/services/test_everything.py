"""A whole company out and in again: nothing is lost, nothing is new, and what was done can still be taken back."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tests.prepared import put_company
from tests.storage.records import SARA, state
from tests.storage.test_undo_any_history import ACTIONS, EVERYTHING, Step, act, turn
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import CallDraft, NewContact, PhoneNumber, Who
from tuicrm.services import calls, contacts, everything, find, history, transfer
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings
from tuicrm.storage import changes, whole

NOW = datetime.fromisoformat("2026-11-22T09:30:00+03:30")


@contextmanager
def company() -> Iterator[Crm]:
    """A new, empty company in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="tuicrm-test-"))
    settings = Settings(database=str(folder / "crm.db"), agent="sara", zone="Asia/Tehran")
    clock = FrozenClock(NOW)
    put_company(settings, via="cli", clock=clock)
    crm = open_crm(settings, via="cli", clock=clock)
    try:
        yield crm
    finally:
        crm.close()
        shutil.rmtree(folder)


@pytest.fixture
def filled() -> Iterator[Crm]:
    """Leila with a call, a ticket and a follow-up; George, who is deleted; an import."""
    with company() as crm:
        contacts.add(
            crm, NewContact(name="Leila Karimi", phones=(PhoneNumber("0912 000 4567"),), tags=("ویژه",))
        )
        contacts.add(crm, NewContact(name="George Webb", fields={"City": "لندن"}))
        calls.save(crm, CallDraft("u1", Who(1), 'boiler "dead" /th /2d #warranty'))
        transfer.import_file(crm, io.BytesIO(b"name,note\nNadia,=x\n"))
        contacts.delete(crm, 2)
        yield crm


@pytest.fixture
def other() -> Iterator[Crm]:
    with company() as crm:
        yield crm


def written(crm: Crm) -> str:
    stream = io.StringIO(newline="")
    transfer.export(crm, "all", "json", stream)
    return stream.getvalue()


def bring(crm: Crm, text: str, **options: Any) -> transfer.ImportReport:
    return transfer.import_file(crm, io.BytesIO(text.encode()), **options)


@given(actions=ACTIONS)
@EVERYTHING
def test_any_history_is_the_same_after_export_and_import(actions: list[list[Step]]) -> None:
    with company() as crm, company() as new:
        for place, steps in enumerate(actions):
            act(crm.database, SARA, steps)
            if place % 3 == 1:
                turn(crm.database, SARA, changes.latest_action, changes.undo)
        text = written(crm)
        # a history of which nothing stayed is an empty company
        everything.restore(new, text, "x")
        assert written(new) == text
        assert state(new.database) == state(crm.database)
        for one in (crm, new):
            turn(one.database, SARA, changes.latest_action, changes.undo)
        assert state(new.database) == state(crm.database)


def test_what_was_done_there_is_taken_back_here(filled: Crm, other: Crm) -> None:
    report = bring(other, written(filled))
    assert (report.import_id, report.added) == (None, json_rows(written(filled)))
    assert history.undo(other).verb == "contact.delete"
    assert [row.name for row in contacts.page(other).rows] == ["George Webb", "Leila Karimi", "Nadia"]
    assert history.undo(other).verb == "import"
    assert [row.name for row in contacts.page(other).rows] == ["George Webb", "Leila Karimi"]


def json_rows(text: str) -> int:
    return sum(len(rows) for rows in json.loads(text)["tables"].values())


def test_people_are_found_by_everything_that_finds_them(filled: Crm, other: Crm) -> None:
    bring(other, written(filled))
    for text in ("leila", "lkar", "4567", "ویژه", "leilakarimi"):
        assert [row.id for row in find.find(other, text)] == [row.id for row in find.find(filled, text)], text
    assert [row.name for row in find.near_names(other, "lelia")] == ["Leila Karimi"]
    with other.database.transaction(SARA, "check") as tx:
        for index in ("contact_fts", "call_fts"):
            tx.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


def test_ids_that_were_given_are_not_given_again(filled: Crm, other: Crm) -> None:
    document = json.loads(written(filled))
    document["last_ids"]["contact"] = 40
    bring(other, json.dumps(document))
    contacts.add(other, NewContact(name="New"))
    assert max(row.id for row in contacts.page(other).rows) == 41


def test_every_table_is_in_the_document_or_made_anew(filled: Crm) -> None:
    with filled.database.reader() as conn:
        tables = {row["name"] for row in conn.all("SELECT name FROM sqlite_master WHERE type = 'table'")}
    kept = {name for name in tables if not name.startswith(("sqlite_", "contact_fts", "call_fts"))}
    assert kept - set(whole.TABLES) == {"spelling", "alembic_version"}


def test_the_document_may_be_laid_out_otherwise(filled: Crm, other: Crm) -> None:
    document = json.loads(written(filled))
    tables = document.pop("tables")
    turned = {
        "tuicrm": 1,
        "more": [1],
        "tables": dict(reversed(tables.items())),
        "last_ids": document["last_ids"],
    }
    bring(other, json.dumps(turned, indent=4))
    assert written(other) == written(filled)


def test_a_dry_run_checks_everything_and_writes_nothing(filled: Crm, other: Crm) -> None:
    before = written(other)
    assert bring(other, written(filled), dry_run=True).added > 10
    assert written(other) == before
    with pytest.raises(Invalid):
        bring(other, written(filled).replace('"name": "Nadia"', '"nom": "Nadia"'), dry_run=True)


def test_into_a_company_with_data_only_the_contacts_go(filled: Crm, other: Crm) -> None:
    contacts.add(other, NewContact(name="Here before"))
    with pytest.raises(Invalid) as refused:
        bring(other, written(filled))
    assert refused.value.code == "everything_not_empty"
    report = bring(other, written(filled), format="json")
    assert (report.added, [row.code for row in report.skipped]) == (2, ["import_deleted"])
    assert [row.phone for row in contacts.page(other).rows] == ["", "+989120004567", ""]
    history.undo(other)
    assert len(contacts.page(other).rows) == 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"tuicrm": 1', '"tuicrm": 2', "everything_newer"),
        ('"tuicrm": 1', '"tuicrm": "1"', "json_bad"),
        ('"note": "=x"', '"note": ["=x"]', "everything_row"),
        ('"note": "=x"', '"note": null', "everything_broken"),
        ('"note": "=x"', '"notes": "=x"', "everything_row"),
        ('"note": "=x"', '"note": "\\ud800"', "everything_broken"),
        ('"contact_id": 1', '"contact_id": 99', "everything_broken"),
        ('"contact_id": 1', '"contact_id": 99999999999999999999', "everything_broken"),
        ('"compiled": "{', '"compiled": "[{', "everything_broken"),
        ('"tables"', '"tabels"', "json_bad"),
        ("\n]", "\n", "json_bad"),
        ("}}\n", "", "json_bad"),
    ],
)
def test_what_is_wrong_in_it_leaves_the_database_empty(
    filled: Crm, other: Crm, old: str, new: str, code: str
) -> None:
    text = written(filled)
    assert old in text
    with pytest.raises(Invalid) as refused:
        bring(other, text.replace(old, new))
    assert refused.value.code == code
    assert everything.is_empty(other)
    bring(other, text)


def test_the_file_cut_anywhere_is_refused(filled: Crm, other: Crm) -> None:
    text = written(filled)
    for place in range(20, len(text) - 3, 97):
        with pytest.raises(Invalid):
            bring(other, text[:place])
    assert everything.is_empty(other)


def test_everything_takes_no_filter_and_one_format(filled: Crm) -> None:
    for options, code in (({"where": "x"}, "export_all_where"), ({"form": "csv"}, "export_format")):
        with pytest.raises(Invalid) as refused:
            transfer.export(
                filled, "all", options.get("form", "json"), io.StringIO(), where=options.get("where", "")
            )
        assert refused.value.code == code
