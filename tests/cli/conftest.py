"""A shell with an empty company, and one where Leila is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Nobody is known yet, and Sara has not written anything."""
    return Shell(tmp_path, monkeypatch)


@pytest.fixture
def leila(shell: Shell) -> Shell:
    """Leila Karimi is contact:1."""
    return shell.after(
        ("contact", "add", "Leila Karimi", "--phone", "09121234567", "--company", "Pars Pump Co")
    )
