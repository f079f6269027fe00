"""What ``undo`` tells: names instead of ids, counts where they are many, and that a list goes on."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell


def many(shell: Shell, n: int) -> str:
    """Imports so many people; the number of that action."""
    rows = "".join(f"Person {number:03},+98912000{number:04}\n" for number in range(n))
    shell.ok("import", "-", text=f"name,phone\n{rows}")
    return str(shell.json("undo", "--list")[0]["action_id"])


@pytest.fixture
def busy(shell: Shell) -> Shell:
    """Sixty actions."""
    for number in range(60):
        shell.ok("contact", "add", f"Person {number}")
    return shell


def test_the_list_says_that_it_goes_on(busy: Shell) -> None:
    short = busy.ok("undo", "--list")
    assert len(short.out.splitlines()) == 50
    assert short.err == "There is more; --all shows everything.\n"
    assert len(busy.ok("undo", "--list", "--limit", "3").out.splitlines()) == 3
    whole = busy.ok("undo", "--list", "--all")
    assert (len(whole.out.splitlines()), whole.err) == (60, "")
    assert whole.out.startswith(short.out.splitlines()[0])
    data = busy.ok("undo", "--list", "--limit", "2", "--json")
    assert (len(data.data), "--all" in data.err) == (2, True)
    assert len(busy.json("undo", "--list", "--all")) == 60


@pytest.mark.parametrize("option", [("--all",), ("--limit", "3")])
def test_what_belongs_to_the_list_is_refused_without_it(busy: Shell, option: tuple[str, ...]) -> None:
    refused = busy("undo", *option)
    assert (refused.code, refused.err) == (2, f"{option[0]} goes only with --list.\n")
    assert len(busy.json("contact", "list", "--all")) == 60


def test_many_records_are_counted_and_the_left_ones_named_in_order(shell: Shell) -> None:
    action = many(shell, 40)
    for number in range(20, 0, -1):
        shell.ok("contact", "edit", f"contact:{number}", "--company", "Pars")
    first, second, *left = shell.ok("undo", action, "--dry-run").out.splitlines()
    assert first.startswith("Would take back import: ")
    assert first.endswith(" (20 contacts)")
    assert second == "Left as they are: 20 contacts (it was changed since)"
    assert left[0] == "Left as it is: Person 000, contact:1 (it was changed since)"
    assert left[11].startswith("Left as it is: Person 011, contact:12 ")
    assert left[12:] == ["and 8 more; --json names all"]
    assert len(shell.json("undo", action, "--dry-run")["left"]) == 20


def test_few_are_named_without_a_count(shell: Shell) -> None:
    action = many(shell, 3)
    shell.ok("contact", "edit", "contact:2", "--company", "Pars")
    _, *left = shell.ok("undo", action).out.splitlines()
    assert [line.partition(" (")[0] for line in left] == ["Left as it is: Person 001, contact:2"]


def test_agents_and_worklists_are_called_by_their_names(shell: Shell) -> None:
    shell.ok("agent", "add", "reza", "--name", "Reza Ahmadi", "--role", "supervisor")
    shell.ok("agent", "edit", "reza", "--role", "agent")
    assert shell.ok("history", "--limit", "1").out.rstrip().endswith("Reza Ahmadi: role: supervisor → agent")
    shell.ok("agent", "off", "reza")
    assert shell.ok("history", "--limit", "1").out.rstrip().endswith("Reza Ahmadi: switched off")
    assert "Reza Ahmadi (agent:" in shell.ok("undo").out
    shell.ok("worklist", "save", "fair", "--where", "reza")
    shell.ok("worklist", "delete", "fair")
    assert shell.ok("history", "--limit", "1").out.rstrip().endswith("fair: deleted")
    assert "fair (saved_filter:" in shell.ok("undo").out
