"""A field in which somebody is looked for by name or number: who fits while one types, and who is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.models import ContactRow
from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.widgets.cells import phone_words

if TYPE_CHECKING:
    from tuicrm.services.context import Crm

OFFERED: Final = 4
"""People who are named while one types."""


def found(crm: Crm, typed: str) -> tuple[list[ContactRow], str]:
    """Who fits, best first, and the country in whose form numbers are shown."""
    from tuicrm.services import find

    return find.find(crm, typed, limit=OFFERED + 1, near=False), crm.region()


def taken(crm: Crm, typed: str) -> tuple[int, str]:
    """The one person that is meant, and what to call them. Raises ``Invalid`` (``whom``), ``Ambiguous``."""
    from tuicrm.services import contacts, find

    who = find.who(crm, typed).contact_id if typed.strip() else None
    if who is None:
        problem = FieldProblem("whom", typed, "promise_whom")
        raise Invalid("promise_whom", fields=(problem,))
    row = contacts.row(crm, who)
    return who, (row.name or phone_words(row.phone, crm.region())) if row is not None else ""


def fitting(rows: Sequence[ContactRow], region: str) -> Content:
    """The names of the first that fit, and whether there are more."""
    if not rows:
        return text.phrase(t("Nobody fits."), style="dim")
    shown = [text.show(row.name or phone_words(row.phone, region)) for row in rows[:OFFERED]]
    more = [text.show(text.ELLIPSIS, style="dim")] if len(rows) > OFFERED else []
    return text.join([*shown, *more], t(", "))
