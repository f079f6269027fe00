"""Options that several commands share, and the reading of their values."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from tuicrm.domain.errors import Invalid, NotFound, Usage
from tuicrm.i18n import t

if TYPE_CHECKING:
    from tuicrm.services.context import Crm

Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help=t("Show at most so many."))]
After = Annotated[
    str | None, typer.Option("--after", metavar="ID", help=t("Go on behind the record with this id."))
]
All = Annotated[bool, typer.Option("--all", help=t("Show everything."))]
From = Annotated[str | None, typer.Option("--from", metavar="DAY", help=t("From this day or moment on."))]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help=t("Up to this day, or before this moment."))]


def record_id(text: str, entity: str) -> int:
    """The id of ``call:12`` or ``12``. Raises ``NotFound`` for anything else."""
    kind, separator, number = text.strip().rpartition(":")
    if (separator and kind != entity) or not (number.isascii() and number.isdigit()):
        raise NotFound("ref_bad", ref=text, entity=entity)
    return int(number)


def after_id(text: str | None) -> int | None:
    """The value of ``--after``: a number, with or without its kind."""
    if text is None:
        return None
    number = text.rpartition(":")[2]
    if not (number.isascii() and number.isdigit()):
        raise Usage("option_number", option="--after", value=text)
    return int(number)


def contact_id(crm: Crm, text: str) -> int:
    """The contact of a reference (``contact:12``, ``12``), or the only one that the words or digits fit."""
    plain = text.strip()
    # ids are short and have no leading zero, numbers of telephones are neither
    if plain.isascii() and plain.isdigit() and len(plain) < 10 and not plain.startswith("0"):
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


def moment(crm: Crm, text: str, *, end: bool = False) -> datetime:
    """The instant that an option names, aware, in the agent's zone.

    An ISO date or moment, ``today``, ``yesterday``, or any phrase of a follow-up. A day without a time is its
    first moment; with ``end`` the first one after it. Raises ``Invalid``.
    """
    now = crm.now()
    near = {"now": now, "today": now.date(), "yesterday": now.date() - timedelta(days=1)}
    found: date = near.get(text.strip().lower()) or _iso(text.strip()) or _phrase(crm, text)
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=crm.zone)
    return datetime.combine(found + timedelta(days=1) if end else found, time(), crm.zone)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _phrase(crm: Crm, text: str) -> date:
    from tuicrm.domain.when import WhenRefused, parse_when

    try:
        due = parse_when(text, crm.now(), crm.when())
    except WhenRefused as refused:
        raise Invalid(refused.code, **refused.params) from None
    return datetime.combine(due.on, due.at, crm.zone) if due.at else due.on
