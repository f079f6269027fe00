"""``doctor`` and ``demo``: is all well, and what does it look like."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tuicrm.cli import say
from tuicrm.cli.session import current, on_terminal, open_screens, opened
from tuicrm.domain.errors import Invalid, Unavailable
from tuicrm.i18n import t, word
from tuicrm.services.checks import Check
from tuicrm.services.context import Crm
from tuicrm.settings import Settings

DAMAGED = 5


def doctor(
    full: Annotated[bool, typer.Option("--full", help=t("Every entry of every index too: slow."))] = False,
    search: Annotated[
        bool, typer.Option("--repair-search", help=t("Make the search anew first; no record changes."))
    ] = False,
    schema: Annotated[
        bool, typer.Option("--repair-schema", help=t("Make lost indexes, triggers and views anew first."))
    ] = False,
) -> None:
    """Check the database, its files, this computer."""
    checks = _checks(full=full, search=search, schema=schema)
    if (refused := current().settings_refused) is not None:
        told = Check("settings", False, str(current().settings.file), refused.code, refused.params)
        checks = [told if check.name == "settings" else check for check in checks]
    damaged = any(check.damaged for check in checks)
    if current().json:
        shapes = [{"name": c.name, "ok": c.ok, "value": c.value, "advice": c.advice} for c in checks]
        # advice is no alarm: a monitor asks for this and for the exit code
        say.data({"ok": not damaged, "checks": shapes})
    else:
        say.table([(t("ok") if c.ok else t("look"), _called(c.name), word(c.value)) for c in checks])
        # not in the table, which is cut at the edge of the screen
        for check in checks:
            if check.advice:
                say.line(t("{name}: {advice}", name=_called(check.name), advice=check.advice))
    if damaged:
        raise typer.Exit(DAMAGED)


def _checks(*, full: bool, search: bool, schema: bool) -> list[Check]:
    """What was found, after what was to be repaired. A database that cannot be read is one of the checks."""
    import sqlite3

    from tuicrm.services import doctor as service

    settings = current().settings
    if (
        current().settings_refused is not None
        and settings.missing_database is None
        and not _is_there(settings)
    ):
        # the file that cannot be read may name another: none is made
        return service.checks_without(settings, None)
    try:
        with opened() as crm:
            if schema:
                _repair_schema(crm)
            if search:
                _repair_search(crm)
            return service.checks(crm, full=full)
    except Unavailable as refused:
        if refused.code in ("database_damaged", "not_a_database"):
            return service.checks_without(settings, refused)
        raise
    except (sqlite3.Error, ValueError, LookupError, TypeError):
        # what the file says of itself can no longer be read
        why = Invalid("database_damaged", path=str(settings.database_path))
        return service.checks_without(settings, why)


def _is_there(settings: Settings) -> bool:
    return settings.database_path is not None and settings.database_path.exists()


def _repair_schema(crm: Crm) -> None:
    from tuicrm.services.schema_repair import repair

    made = repair(crm)
    if not current().json:
        say.line(
            t("Made anew: {names}", names=", ".join(made)) if made else t("Nothing of the schema is missing.")
        )


def _repair_search(crm: Crm) -> None:
    from tuicrm.services.search_repair import repair

    done = repair(crm)
    if not current().json:
        words = t("{n} contacts and {m} calls had other words.", n=done.contacts, m=done.calls)
        say.line(t("The search is made anew. {words}", words=words))


def _called(name: str) -> str:
    """What a check is called; those of one file are named by the file."""
    kind, _, file = name.partition(" ")
    return t("mode of {file}", file=file) if kind == "mode" and "." in file else word(name)


def demo(
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="PATH", help=t("Keep the demo's database there."))
    ] = None,
    learn: Annotated[bool, typer.Option("--learn", help=t("With a lesson of five minutes."))] = False,
) -> int:
    """Look around with made-up data.

    Four hundred people with their calls, follow-ups and tickets; gone at the end unless kept.

    \b
    tuicrm demo --learn
    tuicrm demo --keep demo.db
    """
    session = current()

    from tuicrm.services.demo import open_demo

    if keep is not None and not on_terminal():
        open_demo(session.settings, session.clock, keep).close()
        if session.json:
            say.data({"path": str(keep)})
        else:
            say.line(t("The demo is in {path}.", path=keep))
        return 0
    return open_screens(
        lambda: open_demo(session.settings, session.clock, keep), "begun" if learn else "offered"
    )
