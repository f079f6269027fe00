"""The first days of a service company at the prompt: what is asked before there is anything, and what is answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.shell import Shell

LISTS = [
    ("contact", "list"),
    ("contact", "duplicates"),
    ("find", "nobody"),
    ("call", "list"),
    ("followup", "list"),
    ("followup", "due"),
    ("ticket", "list"),
]


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_an_empty_list_is_said_to_be_empty_where_no_program_reads(
    shell: Shell, words: tuple[str, ...]
) -> None:
    told = shell.ok(*words)
    assert told.out == ""
    assert told.err.endswith("found.\n")
    assert shell.ok(*words, "--json").err == ""


def test_a_file_is_looked_at_before_there_is_a_database(shell: Shell, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,phone\nرضا شریفی,09121234567\n", encoding="utf-8")
    shell.set(TUICRM_DB=str(tmp_path / "new" / "crm.db"))
    assert "1 would be added" in shell.ok("import", str(people), "--dry-run").out
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("words", [*LISTS, ("history",), ("export", "contacts")], ids=" ".join)
def test_the_example_of_a_filter_works_where_it_is_shown(
    shell: Shell, words: tuple[str, ...], language: str
) -> None:
    shell.set(TUICRM_LANG=language)
    shown = " ".join(shell.ok(*words[: 1 if words[0] == "find" else 2], "--help").out.split())
    (example,) = re.findall(r"--where TEXT .*?(?:such as|مانند): (.+?) --", shown)
    filled = re.sub("[\u2066-\u2069]", "", example).strip().removesuffix(".")
    assert shell(*words, "--where", filled).code == 0


def test_a_missing_reason_names_the_help_of_its_own_command(shell: Shell) -> None:
    refused = shell("followup", "cancel", "9")
    assert refused.code == 2
    assert "reason" in refused.err
    assert "tuicrm followup cancel --help" in refused.err
