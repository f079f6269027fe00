"""``tuicrm worklist report``: what came of everybody on a worklist since its round began."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, Final

import typer

from tuicrm import shown
from tuicrm.cli import say, tell
from tuicrm.cli.options import Output
from tuicrm.cli.session import current, opened
from tuicrm.cli.worklists import Name, app
from tuicrm.domain.errors import Usage
from tuicrm.i18n import figures, language, nt, t
from tuicrm.number_words import phone_words
from tuicrm.services import worklist_report
from tuicrm.services.context import Crm
from tuicrm.services.worklist_report import ReportRow, Summary

SHOWN: Final = 50
"""People that are listed on a terminal; a file has all of them."""


@app.command("report")
def report(
    name: Name,
    csv: Annotated[bool, typer.Option("--csv", help=t("As a table for a spreadsheet."))] = False,
    output: Output = "",
    raw: Annotated[
        bool, typer.Option("--raw", help=t("CSV for programs: rows alone, no mark, no guarded formulas."))
    ] = False,
) -> None:
    """Show what came of a worklist, by outcome and by person.

    Counted is the last call of each person since the round began; rates are of those who were called.

    \b
    tuicrm worklist report "fair 2026"
    tuicrm worklist report "fair 2026" --csv -o fair.csv
    """
    form = "csv" if csv or raw or (output and not current().json) else "json"
    into_file = output not in ("", "-")
    if form == "csv" and current().json and not into_file:
        raise Usage("option_not_with", option="--json", other="--raw" if raw else "--csv")
    with opened() as crm:
        if into_file:
            rows = worklist_report.save(crm, name, form, Path(output), raw=raw)
            if current().json:
                say.data({"path": output, "rows": rows})
            else:
                say.line(nt("{n} person is in {file}.", "{n} people are in {file}.", rows, file=output))
        elif form == "csv":
            with say.data_stream() as stream:
                worklist_report.write(crm, name, "csv", stream, raw=raw)
        else:
            with worklist_report.report(crm, name) as (summary, people):
                if current().json:
                    say.data(worklist_report.shape(crm, summary, people))
                else:
                    _tell(crm, summary, people)


def _tell(crm: Crm, it: Summary, people: Iterator[ReportRow]) -> None:
    since = shown.moment(it.since, crm.zone)
    called = {"called": it.called, "name": it.name, "since": since}
    say.line(
        nt(
            "{name}: {n} person, {called} called since {since}.",
            "{name}: {n} people, {called} called since {since}.",
            it.people,
            **called,
        )
    )
    process = crm.process()
    say.table(
        [
            (process.outcome(code).label(language()), figures(str(n)), t("{n} %", n=round(it.rate(code), 1)))
            for code, n in it.outcomes.items()
        ],
        indent="  ",
    )
    say.line()
    rows = [_row(crm, row) for row in islice(people, SHOWN)]
    if rows:
        say.table([_headings(), *rows])
    if (more := it.people - SHOWN) > 0:
        say.warn(nt("{n} more is in the file of -o.", "{n} more are in the file of -o.", more))


def _headings() -> tuple[str, ...]:
    named = (t("contact"), t("name"), t("number"), t("attempts"), t("outcome"), t("when"), t("agent"))
    return (*named, t("next follow-up"), t("note"))


def _row(crm: Crm, row: ReportRow) -> tell.Row:
    outcome = crm.process().outcome(row.outcome).label(language()) if row.outcome else t("not called")
    who, attempts = row.contact, figures(str(row.attempts)) if row.attempts else ""
    at = tell.moment(row.at, crm.zone)
    called = (attempts, outcome, at, row.agent, tell.due(row.follow_up), row.note)
    return f"contact:{who.id}", who.name, phone_words(who.phone, crm.settings.region), *called
