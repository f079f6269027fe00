"""``import`` and ``export``: data in and out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from tuicrm.cli import say
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import NotFound, Usage
from tuicrm.i18n import t


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help=t("A file; - reads standard input."))],
    format_: Annotated[str | None, typer.Option("--format", help=t("json or csv; else by the file."))] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="C=F", help=t("Column C is the field F; may be repeated.")),
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", help=t("The country of numbers without one."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("Check everything; write nothing."))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=t("Write nothing when a row is refused."))] = False,
) -> None:
    """Read contacts from a file: our own JSON, or CSV with a header line.

    \b
    tuicrm import people.csv --dry-run
    tuicrm import people.csv --map "Full name=name" --map Mobile=phone
    """
