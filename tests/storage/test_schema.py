"""The schema is one thing, however it was made: the definition, the text for new files, the migrations."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from tuicrm import migrations
from tuicrm.migrations import render
from tuicrm.storage import tables
from tuicrm.storage.connection import open_raw
from tuicrm.storage.database import APPLICATION_ID, SCHEMA_VERSION, Database
from tuicrm.storage.entities import CHILD_LISTS, ENTITIES
from tuicrm.storage.schema import revision
from tuicrm.storage.schema_sql import STATEMENTS

SHADOWS = {
    f"{table}_{part}"
    for table in ("contact_fts", "call_fts")
    for part in ("config", "data", "docsize", "idx")
}


def schema_of(path: Path) -> dict[str, str]:
    """Every object of a database file by name, as the one-line text that made it."""
    raw = sqlite3.connect(path)
    found = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    raw.close()
    return {
        name: render.one_line(sql) for name, sql in found if name not in SHADOWS and "sqlite_" not in name
    }


def defined() -> dict[str, str]:
    """The same for the definition in ``tables.py``."""
    return {name_of(sql): sql for sql in render.statements()}


def name_of(sql: str) -> str:
    words = sql.replace("(", " ").split()
    return words[next(i for i, word in enumerate(words) if word in ("TABLE", "INDEX", "TRIGGER", "VIEW")) + 1]


def migrated(path: Path) -> sqlite3.Connection:
    """A file that the migrations have brought from empty to the newest schema; still open."""
    raw = open_raw(path)
    migrations.upgrade(raw, revision(SCHEMA_VERSION), lambda: None)
    return raw


def test_a_new_file_has_the_defined_schema(template_database: Path) -> None:
    assert schema_of(template_database) == defined()


def test_the_migrations_make_the_defined_schema(tmp_path: Path) -> None:
    migrated(tmp_path / "a.db").close()
    assert schema_of(tmp_path / "a.db") == defined()


def test_the_text_for_new_files_is_the_one_that_the_definition_renders() -> None:
    assert render.module_text() == render.TARGET.read_text(encoding="utf-8")
    assert tuple(render.statements()) == STATEMENTS


def test_the_newest_migration_is_the_schema_version_of_the_code(template_database: Path) -> None:
    script = ScriptDirectory.from_config(migrations.config())
    assert script.get_heads() == [revision(SCHEMA_VERSION)]
    raw = sqlite3.connect(template_database)
    assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision(SCHEMA_VERSION),)]
    assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    raw.close()


def test_the_change_log_knows_every_column_of_every_record() -> None:
    derived = {
        "contact": {
            "name_key",
            "company_key",
            "words",
            "glued",
            "last_call_key",
            "next_due_key",
            "spoke_key",
            "touch_key",
            "updated_at",
        },
        "call": {"words"},
    }
    for kind in ENTITIES.values():
        columns = set(tables.metadata.tables[kind.table].columns.keys())
        assert columns - {kind.key} - derived.get(kind.name, set()) == set(kind.columns), kind.name
        assert kind.json | kind.flags <= set(kind.columns)
        assert kind.gone is None or kind.gone[0] in kind.columns


def test_the_change_log_knows_every_column_of_a_contacts_lists() -> None:
    for table, columns in CHILD_LISTS.values():
        known = set(tables.metadata.tables[table].columns.keys())
        assert known - {"id", "contact_id", "position"} == set(columns)


def test_every_reference_to_a_record_is_known_to_undo() -> None:
    # that two contacts are no doubles keeps neither of them in the company, nor does what one noted for oneself, nor
    # that somebody is on a worklist
    children = {table for table, _ in CHILD_LISTS.values()} | {
        "change",
        "change_payload",
        "action",
        "keep_apart",
        "private_note",
    }
    for kind in ENTITIES.values():
        found = set(_references(kind.table, children)) - {("worklist_member", "contact_id")}
        heirs = {(kind.table, "merged_into")}
        assert found - heirs == set(kind.used_by) - heirs, kind.name


def _references(target: str, without: set[str]) -> Iterable[tuple[str, str]]:
    for table in tables.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name == target and table.name not in without:
                yield table.name, key.parent.name


def test_an_older_file_is_backed_up_and_migrated(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    older = sqlite3.connect(path)
    older.execute(f"PRAGMA application_id={APPLICATION_ID}")
    older.execute("PRAGMA journal_mode=WAL")
    older.execute("CREATE TABLE of_long_ago (word TEXT)")
    older.execute("INSERT INTO of_long_ago VALUES ('kept')")
    older.commit()
    Database.open(path).close()
    older.close()

    backups = list(tmp_path.glob("crm.db.v0-*.backup"))
    assert len(backups) == 1
    assert stat.S_IMODE(backups[0].stat().st_mode) == 0o600
    kept = sqlite3.connect(backups[0])
    assert kept.execute("SELECT word FROM of_long_ago").fetchall() == [("kept",)]
    kept.close()
    assert defined().items() <= schema_of(path).items()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    raw = open_raw(tmp_path / "a.db")

    def fail() -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        migrations.upgrade(raw, revision(SCHEMA_VERSION), fail)
    assert raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    raw.close()


def test_a_migration_that_breaks_a_reference_is_not_committed(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    raw = migrated(path)

    def orphan() -> None:
        raw.execute("INSERT INTO phone (contact_id, position, raw) VALUES (404, 0, '1')")

    with pytest.raises(sqlite3.IntegrityError):
        migrations.upgrade(raw, revision(SCHEMA_VERSION), orphan)
    assert raw.execute("SELECT count(*) FROM phone").fetchone()[0] == 0
    raw.close()
