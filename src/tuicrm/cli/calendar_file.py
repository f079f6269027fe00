"""``tuicrm followup calendar FILE``: one's follow-ups as a calendar, for a phone or another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tuicrm.cli import say
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import Usage
from tuicrm.i18n import Phrase, nt, t
from tuicrm.services import calendar_file


def calendar(
    file: Annotated[str, typer.Argument(metavar="FILE", help=t("Where to; - for standard output."))],
    agent: Annotated[str, typer.Option("--agent", help=t("Whose follow-ups; else yours."))] = "",
    todo: Annotated[bool, typer.Option("--todo", help=t("As tasks instead of events."))] = False,
) -> None:
    """Write follow-ups as a calendar with alarms.

    An .ics file that phones, Thunderbird and Google read. To have it kept up to date, name it in the settings:
    tuicrm config set calendar_file ~/calls.ics
    """
    if file == "-" and current().json:
        raise Usage("option_not_with", option="--json", other="-")
    with opened() as crm:
        if file == "-":
            told, _ = calendar_file.text(crm, agent, todo=todo)
            with say.data_stream() as stream:
                stream.write(told)
            return
        many = calendar_file.write(crm, Path(file), agent, todo=todo)
    if current().json:
        say.data({"path": file, "rows": many})
    else:
        said: Phrase = nt("{n} follow-up is in {path}.", "{n} follow-ups are in {path}.", many, path=file)
        say.line(said)
