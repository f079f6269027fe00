"""``tuicrm process ...``: the company's own outcomes, topics and rules."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from tuicrm import i18n
from tuicrm.cli import say
from tuicrm.cli.agree import agreed
from tuicrm.cli.options import file_text, write_file
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import Unavailable, Usage
from tuicrm.domain.process import FileProblem, Process
from tuicrm.i18n import Phrase, nt, sentence, t
from tuicrm.services import process as service

app = typer.Typer(help=t("Show, check and change the company's process file."), no_args_is_help=True)
REFUSED = 5

File = Annotated[str, typer.Argument(metavar="FILE", help=t("A process file; - reads standard input."))]


@app.command("show")
def show(
    version: Annotated[
        int | None, typer.Option("--version", metavar="N", help=t("An older version."))
    ] = None,
) -> None:
    """Show the process file in force, comments too.

    \b
    tuicrm process show > process.toml
    tuicrm process check process.toml
    tuicrm process apply process.toml
    """
    with opened() as crm:
        stored, process = service.show(crm, version)
        if current().json:
            say.data({"version": stored.version, "text": stored.text, **_parts(process)})
        else:
            say.text(service.marked(stored.text, stored.version))


def _parts(process: Process) -> dict[str, Any]:
    """The parts of a process as JSON values."""
    import json

    from tuicrm.domain.process import to_json

    compiled: dict[str, Any] = json.loads(to_json(process))
    compiled.pop("version", None)
    return compiled


@app.command("check")
def check(file: File) -> None:
    """Check a process file; nothing is changed. Exit code 5 when something is wrong."""
    problems = service.check(file_text(file))
    if current().json:
        told = [{"line": each.line, "message": _said(each)} for each in problems]
        say.data({"ok": not problems, "problems": told})
    elif problems:
        for each in problems:
            say.line(
                t("Line {line}: {message}", line=each.line, message=_said(each)) if each.line else _said(each)
            )
    else:
        say.line(t("The file can be applied."))
    if problems:
        raise typer.Exit(REFUSED)


def _said(problem: FileProblem) -> Phrase:
    return sentence(problem)


@app.command("apply")
def apply(
    file: File,
    version: Annotated[
        int | None,
        typer.Option(
            "--version", metavar="N", help=t("The version it was made from; else that of its first line.")
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=t("Do not ask."))] = False,
) -> None:
    """Put a process file in force, after showing what changes.

    Refused when somebody applied another version since "process show" wrote the file: its first line tells.
    """
    whole = file_text(file)
    made_from, text = service.parted(whole)
    with opened(begins=True) as crm:
        wanted = service.difference(crm, whole)
        based_on = None
        if wanted.diff:
            based_on = service.basis(crm, version or made_from, None if yes else wanted.version)
            if not current().json:
                say.text(wanted.diff + "\n")
        if not yes:
            _agreed(wanted.diff, file)
        done = service.apply(crm, text, based_on=based_on)
        if made_from not in (None, done.version):
            _renumber(file, done.version)
        if current().json:
            say.data({"version": done.version, "diff": done.diff, "moved": done.moved})
        elif done.diff:
            say.line(t("Version {version} is in force.", version=done.version))
            if done.moved:
                say.line(
                    nt(
                        "{n} follow-up is due at another hour.",
                        "{n} follow-ups are due at another hour.",
                        done.moved,
                    )
                )
        else:
            say.line(t("Nothing differs; version {version} stays in force.", version=done.version))


def _renumber(file: str, version: int) -> None:
    """The file is a copy of the new version now: its first line says so, for the next change of it."""
    if not os.path.isfile(file):
        return
    try:
        # line ends and mark as they are
        with open(file, encoding="utf-8", newline="") as old:
            text = old.read()
        write_file(file, service.marked(text, version))
    except (OSError, Unavailable) as error:
        reason = error.params["reason"] if isinstance(error, Unavailable) else error.strerror
        say.warn(t("The first line of {file} could not be renewed: {reason}", file=file, reason=reason or ""))


@app.command("holidays")
def holidays(
    country: Annotated[
        str, typer.Argument(metavar="COUNTRY", help=t("Two letters; a part of it behind a dash: DE-BY."))
    ],
    years: Annotated[
        str, typer.Argument(metavar="YEARS", help=t("2026, 2026-2027 or 1405; else this year and the next."))
    ] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help=t("The language of the names, such as en."))
    ] = "",
    into: Annotated[
        str, typer.Option("--into", metavar="FILE", help=t("A process file to write them into."))
    ] = "",
) -> None:
    """Print a country's public holidays for a process file.

    As its lines, or written into one.

    \b
    tuicrm process holidays IR 1405-1406
    tuicrm process show > process.toml
    tuicrm process holidays DE-BY 2026-2027 --into process.toml
    tuicrm process apply process.toml
    """
    # imported here: no other command needs it
    from tuicrm.services import public_holidays as public

    found = public.public_holidays(country, years, language or i18n.language(), current().clock.now())
    if into:
        text, new = public.into(file_text(into), found, i18n.calendar())
        if new:
            write_file(into, text)
        _told_into(into, new, len(found))
    elif current().json:
        say.data([{"on": one.on.isoformat(), "name": one.name} for one in found])
    else:
        say.text("\n".join([public.SECTION, *public.as_lines(found, i18n.calendar())]) + "\n")


def _told_into(file: str, new: int, found: int) -> None:
    if current().json:
        say.data({"file": file, "added": new, "there_already": found - new})
        return
    say.line(nt("{n} holiday is new in the file.", "{n} holidays are new in the file.", new))
    if found > new:
        say.line(nt("{n} was there already.", "{n} were there already.", found - new))
    if new:
        say.line(t("In force they are with: tuicrm process apply {file}", file=file))


def _agreed(diff: str, file: str) -> None:
    """Asks, the difference having been shown. Raises ``Usage`` when nobody can answer."""
    if file == "-" or not sys.stdin.isatty() or current().json:
        raise Usage("apply_needs_yes")
    changed = sum(1 for line in diff.splitlines()[2:] if line[:1] in "+-")
    say.line(nt("{n} line differs.", "{n} lines differ.", changed))
    if not agreed(t("Put it in force?")):
        raise typer.Exit(0)
