"""SQL is written in one place: storage, with the migrations of its schema."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import tuicrm

SOURCE = Path(tuicrm.__file__).parent
HOMES = ("storage/", "migrations/")
_STATEMENT = re.compile(
    r"\s*(SELECT|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|CREATE|DROP|ALTER TABLE|PRAGMA|WITH \w+)\s"
)
READERS = {"exchange/call_log_freeswitch.py"}
"""Modules that read statements in files of others."""


def test_no_module_outside_storage_has_a_statement() -> None:
    found = []
    for file in sorted(SOURCE.rglob("*.py")):
        place = file.relative_to(SOURCE).as_posix()
        source = file.read_text(encoding="utf-8")
        if place.startswith(HOMES) or place in READERS or not _STATEMENT.search(source):
            continue
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and _STATEMENT.match(node.value)
            ):
                found.append(f"{place}:{node.lineno}: {node.value.strip()[:60]}")
    assert found == []
