"""Options that several commands share, and the reading of their values."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tuicrm.domain.errors import Invalid, NotFound, Unavailable, Usage
from tuicrm.i18n import t
from tuicrm.whole_file import in_place

if TYPE_CHECKING:
    from tuicrm.services.context import Crm


def whole_number(text: str | int) -> int:
    """A whole number in the digits of any script. ``ValueError`` for anything else, and for zero."""
    if isinstance(text, str) and not text.isdecimal():
        raise ValueError(text)
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


Limit = Annotated[
    int, typer.Option("--limit", metavar="N", parser=whole_number, help=t("Show at most so many."))
]
After = Annotated[
    str | None, typer.Option("--after", metavar="ID", help=t("Go on behind the record with this id."))
]
All = Annotated[bool, typer.Option("--all", help=t("Show everything."))]
Output = Annotated[
    str,
    typer.Option("-o", metavar="FILE", help=t("Into a file for you alone; - is standard output.")),
]
From = Annotated[str | None, typer.Option("--from", metavar="DAY", help=t("From this day or moment on."))]
To = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help=t("Up to this day, or before this moment."))
]


def complete_where(ctx: typer.Context, incomplete: str) -> list[str]:
    """Filters for the shell's Tab."""
    # imported here: only a shell that completes needs it
    from tuicrm.cli.completing import where

    return where(ctx, incomplete)


def complete_name(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of saved filters for the shell's Tab."""
    from tuicrm.cli.completing import names

    return names(ctx, incomplete)


def _where(help_: str) -> Any:
    """The option with an example of the list that the command reads: a key of another one is refused there."""
    return typer.Option("--where", metavar="TEXT", help=help_, autocompletion=complete_where)


Where = Annotated[str | None, _where(t('Only what fits, such as: tag:vip from:monday -company:"Pars Pump".'))]
WhereContacts = Annotated[
    str | None, _where(t('Only who fits, such as: tag:vip owner:me -company:"Pars Pump".'))
]
WhereFollowUps = Annotated[str | None, _where(t('Only what fits, such as: due:week -company:"Pars Pump".'))]
WhereTickets = Annotated[str | None, _where(t('Only what fits, such as: status:open -company:"Pars Pump".'))]
WhereHistory = Annotated[str | None, _where(t("Only what fits, such as: agent:me from:monday."))]
WhereAny = Annotated[str | None, _where(t('Only what fits, such as: -company:"Pars Pump".'))]


def record_id(text: str, entity: str) -> int:
    """The id of ``call:12`` or ``12``. Raises ``NotFound`` for anything else."""
    kind, separator, number = text.strip().rpartition(":")
    if (separator and kind != entity) or not number.isdecimal():
        raise NotFound("ref_bad", ref=text, entity=entity)
    return int(number)


def after_id(text: str | None) -> int | None:
    """The value of ``--after``: a number, with or without its kind."""
    if text is None:
        return None
    number = text.rpartition(":")[2]
    if not number.isdecimal():
        raise Usage("option_number", option="--after", value=text)
    return int(number)


def contact_id(crm: Crm, text: str) -> int:
    """The contact of a reference (``contact:12``, ``12``), or the only one that the words or digits fit.

    A merged one leads to its heir.
    """
    from tuicrm.services import contacts

    return contacts.heir(crm, named_contact(crm, text))


def named_contact(crm: Crm, text: str) -> int:
    """As ``contact_id``, but the very contact that is named, merged or not."""
    plain = text.strip()
    # ids are short and have no leading zero, numbers of telephones are neither
    if plain.isdecimal() and len(plain) < 10 and int(plain[0]):
        return int(plain)
    if plain.startswith("contact:"):
        return record_id(plain, "contact")
    from tuicrm.services import find

    found = find.who(crm, text).contact_id
    if found is None:
        raise NotFound("no_contact", ref=text)
    return found


def text_argument(text: str) -> str:
    """The text itself, or standard input when it is ``-``."""
    return sys.stdin.read() if text == "-" else text


def file_text(name: str) -> str:
    """The text of a file, or of standard input for ``-``. Raises ``NotFound`` and ``Invalid``."""
    try:
        if name == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        with open(name, encoding="utf-8-sig") as file:
            return file.read()
    except OSError as error:
        raise NotFound("file_unreadable", file=name, reason=error.strerror or "") from None
    except UnicodeDecodeError:
        raise Invalid("file_not_utf8", file=name) from None


def write_file(name: str, text: str) -> None:
    """Puts a text in place of a file at once, its mode as it was. Raises ``Unavailable("file_unwritable")``."""
    real = Path(os.path.realpath(name))
    try:
        with in_place(real, real.stat().st_mode & 0o7777 if real.exists() else 0o644) as file:
            file.write(text)
    except OSError as error:
        raise Unavailable("file_unwritable", file=name, reason=error.strerror or "") from None


def pairs(texts: list[str] | None) -> dict[str, str]:
    """``K=V`` as a mapping. Raises ``Usage`` for one without a name or ``=``."""
    found = {}
    for text in texts or ():
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise Usage("pair_bad", text=text)
        found[key.strip()] = value
    return found
