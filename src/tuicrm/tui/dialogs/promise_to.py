"""A follow-up for somebody who is looked for by name or number: the form of a promise with one line more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.dialogs import repeat_field
from tuicrm.tui.dialogs.form import FieldSpec
from tuicrm.tui.dialogs.promise_form import Promised, PromiseForm, make
from tuicrm.tui.dialogs.whom import fitting, found, taken

if TYPE_CHECKING:
    from tuicrm.tui.screens.person_keys import PersonKeys


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
        self.say(fitting(*await self.crm_app.bridge.read(found, values["whom"])))

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
