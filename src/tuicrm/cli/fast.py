"""The verbs that must answer at once, without Typer: ``log``, ``find`` and ``followup due``.

They call the same services as everything else; only reading the words is done by hand. Typer lists them in
its help and, asked for it, prints theirs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from tuicrm.cli import say
from tuicrm.cli.args import list_args, log_args
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import Conflict, Invalid, NotFound, Usage
from tuicrm.domain.models import CallDraft, Left, Who
from tuicrm.i18n import Phrase, t

if TYPE_CHECKING:
    from tuicrm.cli.args import ListArgs
    from tuicrm.domain.models import ContactRow, Saved
    from tuicrm.services.context import Crm

Command = Callable[[Sequence[str]], int]
EVERYTHING = 1_000_000
"""More contacts than a search gives."""


def verb(args: Sequence[str]) -> tuple[Command, Sequence[str]] | None:
    """The quick command the words ask for and its arguments; None when Typer is to read them."""
    before = args[: args.index("--")] if "--" in args else args
    if "--help" in before:
        return None
    for words, command in _VERBS.items():
        if tuple(args[: len(words)]) == words:
            return command, args[len(words) :]
    return None


# --- log ----------------------------------------------------------------------------------------------------


def log(args: Sequence[str]) -> int:
    """``log WHO [LINE...]``: saves one call and says what that did."""
    given = log_args(args)
    asked = given.line is None and given.file is None and sys.stdin.isatty()
    line = given.line if given.line is not None or asked else _read_line(given.file)
    with opened(begins=True) as crm:
        who, promise = _meant(crm, given.who, new=given.new)
        if line is None:
            from tuicrm.cli.prompt import ask

            return tell(crm, ask(crm, who, promise=promise, really=given.really))
        draft = CallDraft(new_uid(), who, line, follow_up_id=promise, soft_ok=given.really)
        return tell(crm, save(crm, draft))


def _meant(crm: Crm, text: str, *, new: bool) -> tuple[Who, int | None]:
    """Whom a call is with, and the promise it answers when that is what was named: ``followup:12``.

    Raises as ``find.who``, and ``NotFound`` and ``Conflict("follow_up_closed")`` for a promise.
    """
    kind, _, number = text.strip().partition(":")
    if kind == "followup" and number.isdecimal():
        from tuicrm.services import promises

        it = promises.get(crm, int(number))
        if it.state != "open":
            raise Conflict("follow_up_closed", ref=f"followup:{it.id}")
        return Who(contact_id=it.contact.id), it.id
    from tuicrm.services import find

    return find.who(crm, text, new=new), None


def save(crm: Crm, draft: CallDraft) -> Saved:
    """Saves one line for somebody already found. Raises ``Invalid`` for an empty one as ``calls.save`` does others."""
    from tuicrm.services import calls

    if not draft.line.strip():
        # an empty pipe is a slip, not a call that went well
        raise Invalid("line_empty")
    return calls.save(crm, draft)


def new_uid() -> str:
    """A fresh id for a record to be; the uuid module would cost 3 ms for the same."""
    return os.urandom(16).hex()


def _read_line(file: str | None) -> str:
    """The one line of a file, or of standard input (``-``, or no file)."""
    name = "-" if file is None else file
    if name == "-":
        content = sys.stdin.read()
    else:
        try:
            with open(name, encoding="utf-8-sig", errors="replace") as opened_file:
                content = opened_file.read()
        except OSError as error:
            raise NotFound("file_unreadable", file=name, reason=error.strerror or "") from None
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) > 1:
        raise Usage("log_several_lines", n=len(lines))
    return lines[0] if lines else ""


def tell(crm: Crm, saved: Saved) -> int:
    """Prints what was saved: the call as JSON, or a sentence for each thing the line did."""
    if current().json:
        from tuicrm.cli import shapes

        say.data(shapes.call(saved.call, crm.zone))
        if saved.left != Left():
            from tuicrm.cli import left

            for sentence in left.said(saved.left):
                say.warn(sentence)
        return 0
    from tuicrm.cli import tell as words

    for sentence in words.saved(saved, crm.process(), crm.now(), crm.region()):
        say.line(sentence)
    return 0


# --- find ---------------------------------------------------------------------------------------------------


def find(args: Sequence[str]) -> int:
    """``find QUERY...``: contacts by words, joined words or digits; ``--near`` forgives one slip."""
    given = list_args(args, flags=("--near",), valued=("--where",))
    query = " ".join([*given.words, *filter(None, [given.values.get("--where")])])
    if not query.strip():
        raise Usage("find_needs_query")
    limit, after, near = given.limit(), given.after(), "--near" in given.flags
    with opened() as crm:
        rows = _found(crm, query, EVERYTHING if limit is None or after is not None else limit + 1, near=near)
        if after is not None:
            ids = [row.id for row in rows]
            rows = rows[ids.index(after) + 1 :] if after in ids else []
        more = limit is not None and len(rows) > limit
        show_contacts(crm, rows[:limit], near=near)
        if more:
            say.warn(more_rows(rows[limit - 1].id if limit else None))
    return 0


def _found(crm: Crm, query: str, limit: int, *, near: bool) -> list[ContactRow]:
    """Who fits, exact ones first; with ``near`` also who is one slip away, behind them and marked."""
    from tuicrm.services import find as finder

    rows = finder.filtered(crm, query, limit=limit, near=False)
    if near and len(rows) < limit:
        known = {row.id for row in rows}
        rows += [row for row in finder.near_names(crm, query, limit=limit) if row.id not in known]
    return rows[:limit]


def show_contacts(crm: Crm, rows: Iterable[ContactRow], *, near: bool = False) -> None:
    """Contacts as JSON records or as a table."""
    if current().json:
        from tuicrm.cli import shapes
        from tuicrm.services import contacts

        def shape(row: ContactRow) -> shapes.Shape:
            whole = shapes.contact(contacts.get(crm, row.id), crm.zone)
            return whole | {"near": row.near} if near else whole

        say.stream(shape(row) for row in rows)
        return
    from tuicrm.cli import tell as words

    say.listed([words.contact_row(row, crm) for row in rows], t("Nobody found."))


def more_rows(last: int | None) -> Phrase:
    """That a list was cut, and how to see the rest."""
    if last is None:
        return t("There is more; --all shows everything.")
    return t("There is more: --after {last} goes on, --all shows everything.", last=str(last))


# --- follow-ups that are due --------------------------------------------------------------------------------


def followup_due(args: Sequence[str]) -> int:
    """``followup due``: what is promised for today and before, by due moment."""
    valued = ("--agent", "--from", "--to", "--state", "--where", "--within")
    given = list_args(args, flags=("--notify",), valued=valued)
    if given.words:
        raise Usage("argument_unknown", text=given.words[0])
    if "--notify" in given.flags or "--within" in given.values:
        return _notify(given)
    from tuicrm.cli import followups

    return followups.show_due(given.values, given.limit(), given.after())


def _notify(given: ListArgs) -> int:
    """``--notify``: only ``--agent`` and ``--within`` go with it."""
    others = [*(name for name in given.values if name not in ("--agent", "--within")), *given.flags]
    if "--notify" not in others:
        raise Usage("option_only_with", option="--within", other="--notify")
    others.remove("--notify")
    if others:
        raise Usage("option_not_with", option=others[0], other="--notify")
    from tuicrm.cli import notify

    return notify.tell(given.values)


_VERBS: dict[tuple[str, ...], Command] = {
    ("log",): log,
    ("find",): find,
    ("followup", "due"): followup_due,
}
