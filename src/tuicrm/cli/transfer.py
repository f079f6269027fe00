"""``import`` and ``export``: data in and out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from tuicrm.cli import say
from tuicrm.cli.meter import Meter
from tuicrm.cli.options import Output, WhereAny, contact_id, pairs
from tuicrm.cli.session import current, opened, opened_to_look
from tuicrm.domain.errors import Usage
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, nt, sentence, t, word
from tuicrm.labels import field_words
from tuicrm.services import transfer
from tuicrm.uneven import uneven, was_read_twice

SHOWN = 20
"""Refused rows and likely doubles that are listed; ``--json`` has all of them."""
Region = Annotated[str | None, typer.Option("--region", help=t("The country of numbers without one."))]


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help=t("A file; - reads standard input."))],
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(transfer.FORMATS), help=t("Else by the file itself.")),
    ] = None,
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help=t("Such as cp1256; else by the file itself."))
    ] = "",
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="C=F", help=t("Column C, a heading or a number, holds F.")),
    ] = None,
    region: Region = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="WHO", help=t("Whose tasks are that name nobody."))
    ] = None,
    worklist: Annotated[
        str, typer.Option("--worklist", metavar="NAME", help=t("Put everybody in it on this worklist."))
    ] = "",
    shared: Annotated[
        bool, typer.Option("--shared", help=t("A new worklist is for everybody, not for you alone."))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("Check everything; write nothing."))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=t("Write nothing when a row is refused."))] = False,
) -> None:
    """Read a file: contacts (vCard, CSV, JSON), calls, calendars.

    What kind of file it is, how it is encoded and what each column of a table holds is found out.
    Reading the same file again adds nothing; undo takes a whole import back.
    Calls are those of Asterisk, FreeSWITCH, Android's SMS Backup & Restore, or a table of your own.
    F is name, first, last, company, phone, email, tag, note, owner, do_not_call, ext, field, field:NAME or skip;
    turned is a whole name such as "White, Wei".

    \b
    tuicrm import people.vcf
    tuicrm import people.csv --dry-run
    tuicrm import people.csv --map "Full name=name" --map 3=phone
    tuicrm import fair.csv --worklist "fair 2026"
    """
    if shared and not worklist:
        raise Usage("option_only_with", option="--shared", other="--worklist")
    open_ = opened_to_look("import") if dry_run else opened("import", begins=True)
    with open_ as crm, Meter(show=not current().json) as meter:
        done = transfer.import_file(
            crm,
            sys.stdin.buffer if file == "-" else Path(file),
            format=format_,
            encoding=encoding,
            mapping=pairs(mapping),
            region=region.upper() if region else None,
            contact=contact_id(crm, contact) if contact else None,
            worklist=worklist,
            shared=shared,
            dry_run=dry_run,
            strict=strict,
            progress=meter.tell,
        )
    _show(done)


def _show(done: transfer.ImportReport) -> None:
    """What came of it, as data with the sentences beside it on standard error, or as sentences."""
    if not current().json:
        _tell(done)
        return
    say.data(_report(done))
    for told in _beside(done):
        say.warn(told)


@record
class _Reason:
    """A row that was left out, as something that has a sentence."""

    code: str
    params: dict[str, Any]


def _reasons(rows: tuple[transfer.RowReason, ...]) -> list[dict[str, Any]]:
    return [{"line": row.line, "reason": _why(row)} for row in rows]


def _why(row: transfer.RowReason) -> Phrase:
    return sentence(_Reason(row.code, dict(row.params)))


def _report(it: transfer.ImportReport) -> dict[str, Any]:
    return {
        "import_id": it.import_id,
        "file": it.file,
        "format": it.format,
        "encoding": it.encoding,
        "read": it.read,
        "added": it.added,
        "updated": it.updated,
        "unchanged": it.unchanged,
        "skipped": _reasons(it.skipped),
        "refused": _reasons(it.refused),
        "kept_as_field": dict(it.kept_as_field),
        "photos_skipped": it.photos_skipped,
        "duplicates": [{"a": each.a, "b": each.b, "why": each.why} for each in it.duplicates],
        "worklist": it.worklist or None,
        "joined": it.joined,
        "dry_run": it.dry_run,
    }


def _tell(it: transfer.ImportReport) -> None:
    counts = {"added": it.added, "updated": it.updated, "unchanged": it.unchanged}
    if it.dry_run:
        summary = nt(
            "{n} row: {added} would be added, {updated} changed, {unchanged} are there.",
            "{n} rows: {added} would be added, {updated} changed, {unchanged} are there.",
            it.read,
            **counts,
        )
    else:
        summary = nt(
            "{n} row: {added} added, {updated} changed, {unchanged} were there.",
            "{n} rows: {added} added, {updated} changed, {unchanged} were there.",
            it.read,
            **counts,
        )
    say.line(summary)
    if it.worklist:
        say.line(_joined(it))
    if it.photos_skipped:
        say.line(nt("{n} photo is left out.", "{n} photos are left out.", it.photos_skipped))
    if it.kept_as_field:
        say.line(t("Kept as fields of your own: {names}.", names=tuple(map(field_words, it.kept_as_field))))
    for told in _beside(it):
        say.line(told)
    _tell_left_out(it)
    for each in it.duplicates[:SHOWN]:
        a, b = f"contact:{each.a}", f"contact:{each.b}"
        say.line(t("{a} and {b}: {why}.", a=a, b=b, why=word(f"same {each.why}")))
    if it.import_id is not None:
        say.line(t("tuicrm undo {id} takes it back.", id=str(it.import_id)))


def _tell_left_out(it: transfer.ImportReport) -> None:
    left_out = sorted([*it.refused, *it.skipped], key=lambda row: row.line)
    for row in left_out[:SHOWN]:
        say.line(t("Line {line} left out: {reason}", line=row.line, reason=_why(row)))
    if any(row.code == "follow_up_nobody" for row in left_out):
        say.line(t("With --contact WHO tasks that name nobody are that contact's."))
    if len(left_out) > SHOWN:
        more = len(left_out) - SHOWN
        say.line(nt("{n} more row was left out.", "{n} more rows were left out.", more))


def _joined(it: transfer.ImportReport) -> Phrase:
    """How many come to the worklist."""
    if it.dry_run:
        return nt(
            "{n} person would come to the worklist {name}.",
            "{n} people would come to the worklist {name}.",
            it.joined,
            name=it.worklist,
        )
    return nt(
        "{n} person came to the worklist {name}.",
        "{n} people came to the worklist {name}.",
        it.joined,
        name=it.worklist,
    )


def _beside(it: transfer.ImportReport) -> Iterator[Phrase]:
    """What is to be told beside the figures and the rows that were left out; ``--json`` has no place for it."""
    if it.begun_at:
        yield nt("{n} row was in before.", "{n} rows were in before.", it.begun_at)
    if it.damaged:
        yield nt("{n} character cannot be read.", "{n} characters cannot be read.", it.damaged)
    if it.alone:
        yield nt("{n} call is without a contact.", "{n} calls are without a contact.", it.alone)
    if mended := was_read_twice(it.encoding):
        yield mended
    yield from uneven(it)
    told = sorted([*it.led_on, *it.remarks], key=lambda row: row.line)
    for row in told[:SHOWN]:
        yield t("Line {line}: {reason}", line=row.line, reason=_why(row))
    if more := len(told[SHOWN:]):
        yield nt(
            "There is something to be told of {n} more row.",
            "There is something to be told of {n} more rows.",
            more,
        )


def export(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help=t("contacts, calls, followups, tickets or all."))
    ],
    format_: Annotated[
        str, typer.Option("--format", metavar="json|csv|vcard|ics", help=t("The form of the data."))
    ] = "json",
    output: Output = "-",
    where: WhereAny = None,
    raw: Annotated[
        bool, typer.Option("--raw", help=t("CSV for programs: no mark, no guarded formulas."))
    ] = False,
) -> None:
    """Write a list, or everything, as a file.

    \b
    tuicrm export contacts --format csv -o contacts.csv
    tuicrm export contacts --format vcard --where tag:vip -o vip.vcf
    tuicrm export all -o company.json            import puts it into an empty database
    """
    if output == "-" and format_ != "json" and current().json:
        raise Usage("option_not_with", option="--json", other=f"--format {format_}")
    with opened() as crm:
        if output == "-":
            with say.data_stream() as stream:
                transfer.export(crm, what, format_, stream, raw=raw, where=where or "")
            return
        rows = transfer.export_to(crm, what, format_, Path(output), raw=raw, where=where or "")
    if current().json:
        say.data({"path": output, "rows": rows})
    else:
        say.line(nt("{n} record is in {path}.", "{n} records are in {path}.", rows, path=output))
