"""What grows past a size one can keep in mind wants to be two things, each with a name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import tuicrm

SOURCE = Path(tuicrm.__file__).parent
MODULE, CLASS, FUNCTION = 400, 250, 60
"""Lines at most."""
GENERATED = {"migrations/versions/0001_first_schema.py"}


def _larger(file: Path) -> Iterator[str]:
    """What of a module is too large, with its lines."""
    source = file.read_text(encoding="utf-8")
    place = file.relative_to(SOURCE).as_posix()
    if (lines := source.count("\n")) > MODULE:
        yield f"{place}: {lines}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            most = CLASS
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            most = FUNCTION
        else:
            continue
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > most:
            yield f"{place}: {node.name}: {lines}"


def test_no_module_class_or_function_is_larger_than_one_can_keep_in_mind() -> None:
    files = {file.relative_to(SOURCE).as_posix(): file for file in sorted(SOURCE.rglob("*.py"))}
    assert files.keys() >= GENERATED
    assert [each for place, file in files.items() if place not in GENERATED for each in _larger(file)] == []
