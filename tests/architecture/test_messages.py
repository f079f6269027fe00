"""Every refusal has a sentence, every sentence a refusal, and placeholders fit what they are filled with."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from tuicrm.domain import errors
from tuicrm.messages import MESSAGES, company, files, line, machine, records

# one process reads the source once for all of them
pytestmark = pytest.mark.xdist_group("sentences")
SOURCE = Path(errors.__file__).parents[1]
_ERRORS = {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.CrmError) and thing is not errors.CrmError
}


@cache
def _calls() -> Sequence[tuple[Path, ast.Call, str]]:
    """Every call by a plain name in the package: the file, the call, the name."""
    return list(_walked())


def _walked() -> Iterator[tuple[Path, ast.Call, str]]:
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield file, node, node.func.id
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "wrong"
            ):
                yield file, node, "Problem"


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


_BEARERS = {
    "WhenRefused",
    "Refused",
    "refused",
    "_soft",
    "Problem",
    "FieldProblem",
    "FileProblem",
    "Bad",
    "Incoming",
}
"""What else carries a code, as one of its arguments."""
_CODE = re.compile(r"[a-z]+(_[a-z]+)+")


def _raised() -> dict[str, str]:
    """The codes that refusals are made with, each with a place."""
    found = {}
    for file, call, name in _calls():
        if name not in _ERRORS | _BEARERS:
            continue
        for arg in [*call.args[:3], *(keyword.value for keyword in call.keywords if keyword.arg == "code")]:
            code = _text(arg)
            if code and _CODE.fullmatch(code):
                found[code] = f"{file.relative_to(SOURCE)}:{call.lineno}"
    return found


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_refusal_has_a_sentence() -> None:
    missing = {code: where for code, where in _raised().items() if code not in MESSAGES}
    assert not missing


def test_every_code_stands_under_one_subject_sorted() -> None:
    subjects = [company.COMPANY, files.FILES, line.LINE, machine.MACHINE, records.RECORDS]
    assert [list(subject) for subject in subjects] == [sorted(subject) for subject in subjects]
    assert sum(map(len, subjects)) == len(MESSAGES)


def test_every_code_is_used_somewhere() -> None:
    source = "\n".join(
        file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py") if file.parent.name != "messages"
    )
    assert [
        code for code in MESSAGES if f'"{code}"' not in source and f"{code.split('_')[0]}_" not in source
    ] == []


def test_placeholders_of_a_sentence_are_the_values_it_is_given() -> None:
    wrong = []
    for file, call, name in _calls():
        if name not in ("t", "nt") or any(keyword.arg is None for keyword in call.keywords):
            continue
        templates = [text for arg in call.args[: 1 if name == "t" else 2] if (text := _text(arg)) is not None]
        given = {keyword.arg for keyword in call.keywords} | ({"n"} if name == "nt" else set())
        for template in templates:
            unfilled = _placeholders(template) - given
            unused = given - _placeholders(template) if name == "t" else set()
            if unfilled or unused:
                wrong.append(f"{file.relative_to(SOURCE)}:{call.lineno} {unfilled or unused}")
    assert not wrong


def test_only_one_module_of_the_shell_writes_to_its_output() -> None:
    allowed = {"cli/say.py", "__main__.py", "tui/keysheet.py", "locale/__main__.py"}
    # the other end of a pipe, which no person reads
    allowed.add("services/importing/beside.py")
    sources = {file: file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py")}
    writers = [
        str(file.relative_to(SOURCE))
        for file, source in sources.items()
        if "stdout" in source or "stderr" in source
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in ("write", "writelines", "buffer")
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in ("stdout", "stderr")
    ]
    assert not [file for file in writers if file not in allowed]
