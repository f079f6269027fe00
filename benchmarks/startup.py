"""Whole commands, from exec to exit, beside the bare interpreter and an empty Typer program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from benchmarks.places import TUICRM, environment, interleaved, opened
from tuicrm.services import demo

ROUNDS = 15

_EMPTY_TYPER = """
import typer
app = typer.Typer(add_completion=False)

@app.callback()
def main() -> None: ...

@app.command()
def empty() -> None: ...

app(["empty"])
"""


def figures(folder: Path, *, long: bool = False) -> Iterator[Figure]:
    """Start-up of ``--version``, ``log``, ``find`` and a command that goes through Typer."""
    environ = environment(folder)
    crm = opened(Path(environ["TUICRM_DB"]))
    demo.fill(crm)
    crm.close()
    took = interleaved(
        {
            "pass": [sys.executable, "-c", "pass"],
            "typer": [sys.executable, "-c", _EMPTY_TYPER],
            "version": [*TUICRM, "--version"],
            "log": [*TUICRM, "log", "contact:12", "price list sent /2d"],
            "find": [*TUICRM, "find", "kar"],
            "other": [*TUICRM, "contact", "show", "contact:12", "--json"],
        },
        environ,
        ROUNDS * (3 if long else 1),
    )
    middle = {name: median(values) for name, values in took.items()}
    bare = middle["pass"]
    yield Figure("tuicrm --version", middle["version"], "ms", bare, 1.7, relative=True, note="python -c pass")
    yield Figure("tuicrm log, durable", middle["log"], "ms", bare, 6, relative=True, note="python -c pass")
    yield Figure("tuicrm find", middle["find"], "ms", bare, 6, relative=True, note="python -c pass")
    note = "an empty Typer command"
    yield Figure("tuicrm contact show", middle["other"], "ms", middle["typer"], 1.5, relative=True, note=note)
