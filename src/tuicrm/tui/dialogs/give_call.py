"""Whom a call was with, after all: somebody is looked for by name or number, as for a follow-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from tuicrm.domain.record import record
from tuicrm.given import given
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import text
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.dialogs.whom import fitting, found, taken

if TYPE_CHECKING:
    from tuicrm.tui.screens.base import Place

NOBODY: Final = "-"


@record
class Whom:
    """``id``: the contact, None for nobody."""

    id: int | None
    name: str


class WhomForm(Form[Whom]):
    """Dismissed with whom it was with. ``named``: whom it is with now, ``""`` for nobody."""

    def __init__(self, named: str) -> None:
        super().__init__()
        self._named = named

    def heading(self) -> Content:
        whom = self._named or t("nobody")
        return text.phrase(t("Whom the call with {name} was with", name=whom), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("whom", t("With"), t("a name or a number; {sign} for nobody", sign=NOBODY)),)

    async def typed(self, values: Mapping[str, str]) -> None:
        sought = values["whom"].strip()
        if not sought or sought == NOBODY:
            self.say(text.blank(0))
            return
        self.say(fitting(*await self.crm_app.bridge.read(found, sought)))

    async def submit(self, values: Mapping[str, str]) -> Whom:
        if values["whom"].strip() == NOBODY:
            return Whom(None, "")
        return Whom(*await self.crm_app.bridge.read(taken, values["whom"]))


async def give_call(place: Place, call_id: int, named: str) -> None:
    """Asks for whom, then whether the other calls of its number go there too where they are nobody's."""
    from tuicrm.tui.bridge import call_contacts
    from tuicrm.tui.dialogs.confirm import Confirm

    async def give(whom: Whom, others: Sequence[int]) -> None:
        done = await place.bridge.write(call_contacts.give, call_id, whom.id, others=others)
        place.say(Phrase(" ".join(given(done))), undo=True)
        await place.crm_app.listener.look()

    async def chosen(whom: Whom | None) -> None:
        if whom is None:
            return
        others = await place.bridge.read(call_contacts.strays, call_id) if whom.id is not None else ()
        if not others:
            await give(whom, ())
            return
        question = nt(
            "{n} more call of this number is without a contact. Is it with {name} too?",
            "{n} more calls of this number are without a contact. Are they with {name} too?",
            len(others),
            name=whom.name,
        )

        def answered(yes: bool | None) -> None:
            if yes is not None:
                place.work(give(whom, others if yes else ()))

        await place.app.push_screen(Confirm(question), answered)

    await place.app.push_screen(WhomForm(named), chosen)
