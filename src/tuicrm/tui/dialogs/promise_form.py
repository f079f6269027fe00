"""A follow-up by hand: when, why, by whom. The moment is said back as a date while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import FollowUp
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, sentence, t
from tuicrm.tui import text
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.screens import reads
from tuicrm.tui.widgets import moments

if TYPE_CHECKING:
    from tuicrm.tui.screens.person_keys import PersonKeys


@record
class Promised:
    """What was written. ``said``: the moment as a date."""

    when: str
    reason: str
    assignee: str
    said: Phrase


class PromiseForm(Form[Promised]):
    """Dismissed with what was written, checked, or None. ``edits``: the follow-up that is changed."""

    def __init__(self, who: Phrase, *, edits: FollowUp | None = None) -> None:
        super().__init__()
        self._who = who
        self._edits = edits

    def heading(self) -> Content:
        heading = (
            t("The follow-up of {who}", who=self._who)
            if self._edits
            else t("Follow-up: {who}", who=self._who)
        )
        return text.phrase(heading, style="here")

    def specs(self) -> Sequence[FieldSpec]:
        when = t("such as tomorrow 10, thu, 2 weeks") if self._edits is None else t("empty: stays as it is")
        return (
            FieldSpec("when", t("When"), when),
            FieldSpec("reason", t("What for"), t("such as price of the pump")),
            FieldSpec("assignee", t("Who"), t("empty: you")),
        )

    def values(self) -> Mapping[str, str]:
        if self._edits is None:
            return {}
        return {"reason": self._edits.reason, "assignee": self._edits.assignee}

    async def begun(self) -> None:
        self.crm_app.work(self._know(), owner=self, group="known")

    async def _know(self) -> None:
        self.offer("assignee", await self.crm_app.bridge.read(reads.handles))
        if self._edits is not None:
            await self.typed(self.texts())

    async def typed(self, values: Mapping[str, str]) -> None:
        said = Phrase()
        if values["when"].strip():
            try:
                said = await self._said(values["when"])
            except Invalid as refused:
                self.say(text.phrase(sentence(refused), style="dim"))
                return
        elif self._edits is not None:
            crm = await self.crm_app.bridge.crm()
            due = moments.full_words(self._edits.due, crm.now().date())
            said = t("It is due {when}.", when=due)
        self.say(text.phrase(said, style="strong"))

    async def _said(self, when: str) -> Phrase:
        from tuicrm.tui.bridge import promises

        due = await self.crm_app.bridge.read(promises.read_when, when)
        crm = await self.crm_app.bridge.crm()
        return moments.full_words(due, crm.now().date())

    async def submit(self, values: Mapping[str, str]) -> Promised:
        from tuicrm.tui.bridge import promises

        keeps = self._edits is not None and not values["when"].strip()
        said = Phrase() if keeps else await self._said(values["when"])
        # both are checked here, where the cursor can go to the field
        await self.crm_app.bridge.read(promises.checked, values["reason"], values["assignee"])
        return Promised(values["when"], values["reason"], values["assignee"], said)


async def promise(place: PersonKeys, contact_id: int, name: str) -> None:
    """Asks for a follow-up of one person, and makes it."""

    def written(it: Promised | None) -> None:
        if it is not None:
            place.work(_make(place, contact_id, name, it))

    await place.app.push_screen(PromiseForm(t("{name}", name=name)), written)


async def _make(place: PersonKeys, contact_id: int, name: str, it: Promised) -> None:
    from tuicrm.tui.bridge import promises

    await place.bridge.write(promises.add, contact_id, it.when, it.reason, assignee=it.assignee)
    place.say(t("{name}: follow-up {when}.", name=name, when=it.said), undo=True)
    await place.crm_app.listener.look()


async def change(place: PersonKeys, follow_up: FollowUp) -> None:
    """Asks what is different of a follow-up, and changes it."""

    def written(it: Promised | None) -> None:
        if it is not None:
            place.work(_change(place, follow_up, it))

    name = follow_up.contact.name
    await place.app.push_screen(PromiseForm(t("{name}", name=name), edits=follow_up), written)


async def _change(place: PersonKeys, old: FollowUp, it: Promised) -> None:
    from tuicrm.tui.bridge import promises

    await place.bridge.write(
        promises.edit,
        old.id,
        when=it.when if it.when.strip() else None,
        reason=it.reason if it.reason != old.reason else None,
        agent=it.assignee if it.assignee != old.assignee else None,
    )
    place.say(t("The follow-up of {name} is changed.", name=old.contact.name), undo=True)
    await place.crm_app.listener.look()
