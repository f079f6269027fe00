"""``tuicrm followup sheet``: the day on paper, as plain text of 80 columns or as a page to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tuicrm.cli import say, shapes
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import Usage
from tuicrm.i18n import nt, t

if TYPE_CHECKING:
    from tuicrm.domain.daysheet import DaySheet
    from tuicrm.services.context import Crm


def sheet(
    day: Annotated[
        str, typer.Option("--day", metavar="DAY", help=t("Which day: tomorrow, thu, 2026-11-28; else today."))
    ] = "",
    agent: Annotated[str, typer.Option("--agent", help=t("Whose follow-ups; else yours."))] = "",
    html: Annotated[
        str,
        typer.Option(
            "--html",
            metavar="FILE",
            help=t("A page of A4 leaves to print, into a file; - is standard output."),
        ),
    ] = "",
) -> None:
    """Print the day's calls for a day without power.

    Who, numbers, why, last words, room to write.

    What was written on paper is typed in afterwards, a line for each call.

    \b
    tuicrm followup sheet | lp
    tuicrm followup sheet --day tomorrow --html calls.html
    tuicrm log followup:12 "/n -1d9.40"          no answer, yesterday at 9:40
    """
    # imported here: the other commands of the group do without it
    from tuicrm.cli import sheet_lines
    from tuicrm.services import daysheet

    if html == "-" and current().json:
        raise Usage("option_not_with", option="--json", other="--html -")
    with opened() as crm:
        found = daysheet.read(crm, daysheet.day_of(crm, day), agent)
        if html:
            _write(html, found)
        elif current().json:
            say.data(_shape(crm, found))
        else:
            for line in sheet_lines.lines(found):
                say.paper(line, sheet_lines.WIDTH)


def _write(file: str, found: DaySheet) -> None:
    # imported here: printing as text does without it
    from tuicrm.services import daysheet
    from tuicrm.sheet import page

    if file == "-":
        with say.data_stream() as stream:
            stream.writelines(page.page(found))
        return
    daysheet.save(Path(file), page.page(found))
    if current().json:
        say.data({"path": file, "rows": len(found.rows)})
    else:
        say.line(nt("{n} person is in {file}.", "{n} people are in {file}.", len(found.rows), file=file))


def _shape(crm: Crm, it: DaySheet) -> shapes.Shape:
    return {
        "day": it.on.isoformat(),
        "agent": it.agent,
        "left_out": it.left_out,
        "rows": [
            {
                "ref": row.ref,
                "part": row.part,
                "contact": shapes.contact(row.contact, crm.zone),
                "follow_ups": [shapes.followup(each, crm.zone) for each in row.follow_ups],
                "last_call": row.last and shapes.call(row.last, crm.zone),
                "words": row.words.note if row.words else "",
            }
            for row in it.rows
        ],
    }
