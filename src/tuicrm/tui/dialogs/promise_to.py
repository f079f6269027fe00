"""A follow-up for somebody who is looked for by name or number: the form of a promise with one line more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.models import ContactRow
from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.dialogs import repeat_field
from tuicrm.tui.dialogs.form import FieldSpec
from tuicrm.tui.dialogs.promise_form import Promised, PromiseForm, make
from tuicrm.tui.widgets.cells import phone_words

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.tui.screens.person_keys import PersonKeys

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


class PromiseToForm(PromiseForm):
    """As ``PromiseForm``; ``whom`` and ``name`` say who was found, once it is dismissed."""

    def __init__(self) -> None:
        super().__init__(t("somebody"))
        self.whom, self.name_found = 0, ""

    def heading(self) -> Content:
        return text.phrase(t("A follow-up"), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("whom", t("With"), t("a name or a number")), *super().specs())

    async def typed(self, values: Mapping[str, str]) -> None:
        if any(values[name].strip() for name in ("when", repeat_field.NAME)) or not values["whom"].strip():
            await super().typed(values)
            return
        rows, region = await self.crm_app.bridge.read(found, values["whom"])
        shown = [text.show(row.name or phone_words(row.phone, region)) for row in rows[:OFFERED]]
        if not shown:
            self.say(text.phrase(t("Nobody fits."), style="dim"))
            return
        more = [text.show(text.ELLIPSIS, style="dim")] if len(rows) > OFFERED else []
        self.say(text.join([*shown, *more], t(", ")))

    async def submit(self, values: Mapping[str, str]) -> Promised:
        self.whom, self.name_found = await self.crm_app.bridge.read(taken, values["whom"])
        return await super().submit(values)


async def promise_to(place: PersonKeys) -> None:
    """Asks for whom and what, and makes the follow-up."""
    form = PromiseToForm()

    def written(it: Promised | None) -> None:
        if it is not None:
            place.work(make(place, form.whom, form.name_found, it))

    await place.app.push_screen(form, written)
