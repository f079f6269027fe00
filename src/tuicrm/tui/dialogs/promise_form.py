"""A follow-up by hand: when, why, by whom. The moment is said back as a date while one types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tuicrm.domain.errors import FieldProblem, Invalid, NotAllowed
from tuicrm.domain.models import FollowUp
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, sentence, t
from tuicrm.tui import keymap, text
from tuicrm.tui.dialogs import repeat_field
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.dialogs.later import both_words
from tuicrm.tui.screens import reads
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import called

if TYPE_CHECKING:
    from tuicrm.services.recurring import Preview
    from tuicrm.tui.screens.base import Place


@record
class Promised:
    """What was written. ``said``: the moment as a date; ``repeats``: that it does, and how."""

    when: str
    reason: str
    assignee: str
    said: Phrase
    alarm: str = ""
    every: str = ""
    repeats: Phrase = Phrase()


class PromiseForm(Form[Promised]):
    """Dismissed with what was written, checked, or None. ``edits``: the follow-up that is changed; ``contact``: id
    and name of whom a new one is for. Of one for several people no draft is kept."""

    def __init__(
        self, who: Phrase, *, edits: FollowUp | None = None, contact: tuple[int, str] | None = None
    ) -> None:
        super().__init__()
        self._contact = contact
        self._who = who
        self._edits = edits
        self._told = ("", "")
        """Of which moment and repetition it was said that they do not go together."""

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
            FieldSpec("alarm", t("Alarm"), t("before its time: 15m, 2h; empty: when it is due")),
            repeat_field.spec(),
        )

    def values(self) -> Mapping[str, str]:
        if self._edits is None:
            return {}
        it = self._edits
        texts = {"reason": it.reason, "assignee": it.assignee, "alarm": alarm_text(it)}
        return {**texts, repeat_field.NAME: repeat_field.typed(it)}

    def draft_key(self) -> str:
        if self._edits is not None:
            return f"form:followup/{self._edits.id}"
        return f"form:followup/of/{self._contact[0]}" if self._contact is not None else ""

    def draft_name(self) -> str:
        if self._edits is not None:
            return called(self._edits.contact, "")
        return self._contact[1] if self._contact is not None else ""

    async def begun(self) -> None:
        self.crm_app.work(self._know(), owner=self, group="known")

    async def _know(self) -> None:
        self.offer("assignee", await self.crm_app.bridge.read(reads.handles))
        if self._edits is not None:
            await self.typed(self.texts())

    async def typed(self, values: Mapping[str, str]) -> None:
        try:
            moment = await self._moment(values)
            repeated = await self._repeated(values)
        except Invalid as refused:
            self.say(text.phrase(sentence(refused), style="dim"))
            return
        said = repeated if not moment else moment if not repeated else sentences(moment, repeated)
        self.say(text.phrase(said, style="strong"))

    async def _moment(self, values: Mapping[str, str]) -> Phrase:
        if values["when"].strip():
            return await self._said(values["when"])
        if self._edits is None:
            return Phrase()
        crm = await self.crm_app.bridge.crm()
        due = both_words(moments.due_in(self._edits, crm.zone), crm)
        return t("Promised for {when}; another moment moves it.", when=due)

    async def _repeated(self, values: Mapping[str, str]) -> Phrase:
        found = await self._preview(values)
        if found is None:
            return Phrase()
        if self._edits is not None or values["when"].strip():
            return repeat_field.said_back(found)
        crm = await self.crm_app.bridge.crm()
        return sentences(both_words(found.first, crm), repeat_field.said_back(found))

    async def _preview(self, values: Mapping[str, str]) -> Preview | None:
        stands = None if self._edits is None else self._edits.due
        bridge = self.crm_app.bridge
        return await repeat_field.preview(bridge, values[repeat_field.NAME], values["when"], stands)

    async def _said(self, when: str, *, brief: bool = False) -> Phrase:
        """``brief``: in one calendar, for a line in which more has to stand."""
        from tuicrm.tui.bridge import promises

        due = await self.crm_app.bridge.read(promises.read_when, when)
        crm = await self.crm_app.bridge.crm()
        return moments.full_words(due, crm.now().date()) if brief else both_words(due, crm)

    async def submit(self, values: Mapping[str, str]) -> Promised:
        from tuicrm.tui.bridge import promises

        found = await self._preview(values)
        self._ask_whether_apart(found, values)
        if not values["when"].strip() and (self._edits is not None or found is not None):
            begins = found.first if found is not None and self._edits is None else None
            today = (await self.crm_app.bridge.crm()).now().date()
            said = moments.full_words(begins, today) if begins else Phrase()
        else:
            said = await self._said(values["when"], brief=self._edits is None)
        # all are checked here, where the cursor can go to the field
        await self.crm_app.bridge.read(
            promises.checked, values["reason"], values["assignee"], values["alarm"]
        )
        return Promised(
            values["when"],
            values["reason"],
            values["assignee"],
            said,
            values["alarm"],
            values[repeat_field.NAME],
            repeat_field.rule_said(found) if found is not None else Phrase(),
        )

    def _ask_whether_apart(self, found: Preview | None, values: Mapping[str, str]) -> None:
        """Raises ``Invalid`` once where the first date typed is none of those that it repeats on."""
        typed = (values["when"].strip(), values[repeat_field.NAME].strip())
        if found is None or not found.apart or not typed[0] or typed == self._told:
            return
        self._told = typed
        day, more = repeat_field.days(found)
        problem = FieldProblem("when", typed[0], "recurrence_apart")
        key = keymap.named("form.save")
        raise Invalid("recurrence_apart", fields=(problem,), day=day, more=more, key=key)


def sentences(first: Phrase, second: Phrase) -> Phrase:
    """Two things that are said of what is typed."""
    if first.endswith("."):
        return t("{said} {more}", said=first, more=second)
    return t("{said} · {more}", said=first, more=second)


def alarm_text(it: FollowUp) -> str:
    """A follow-up's alarm as it is typed."""
    return "" if it.alarm_minutes is None else f"{it.alarm_minutes}m"


async def promise(place: Place, contact_id: int, name: str) -> None:
    """Asks for a follow-up of one person, and makes it; who asked not to be called is refused before one types."""
    from tuicrm.tui.bridge import contacts

    row = await place.bridge.read(contacts.row, contact_id)
    if row is not None and row.do_not_call:
        place.say(sentence(NotAllowed("promise_unwanted", name=name)), "warn")
        return

    def written(it: Promised | None) -> None:
        if it is not None:
            place.work(make(place, contact_id, name, it))

    form = PromiseForm(t("{name}", name=name), contact=(contact_id, name))
    await place.app.push_screen(form, written)


async def go_on(place: Place, draft_key: str) -> None:
    """Opens the form that a draft was typed into. Raises ``NotFound`` when its follow-up or contact is gone."""
    from tuicrm.tui.bridge import contacts, promises

    _, of, number = draft_key.rpartition("/of/")
    if not of:
        await change(place, await place.bridge.read(promises.get, int(draft_key.rpartition("/")[2])))
        return
    whom = await place.bridge.read(contacts.get, int(number))
    await promise(place, whom.id, whom.name)


async def make(place: Place, contact_id: int, name: str, it: Promised) -> None:
    """Makes what was written, and tells."""
    from tuicrm.tui.bridge import promises

    more = {"assignee": it.assignee, "alarm": it.alarm, "every": it.every}
    await place.bridge.write(promises.add, contact_id, it.when, it.reason, **more)
    said = t("{name}: follow-up {when}.", name=name, when=it.said)
    place.say(sentences(said, it.repeats) if it.repeats else said, undo=True)
    await place.crm_app.listener.look()


async def change(
    place: Place, follow_up: FollowUp, *, moved: Callable[[], Awaitable[None]] | None = None
) -> None:
    """Asks what is different of a follow-up, and changes it. ``moved``: what follows when it is kept at another
    moment, or by somebody else."""

    def written(it: Promised | None) -> None:
        if it is not None:
            place.work(_change(place, follow_up, it, moved))

    name = called(follow_up.contact, "")
    await place.app.push_screen(PromiseForm(t("{name}", name=name), edits=follow_up), written)


async def _change(
    place: Place, old: FollowUp, it: Promised, moved: Callable[[], Awaitable[None]] | None
) -> None:
    from tuicrm.tui.bridge import promises

    await place.bridge.write(
        promises.edit,
        old.id,
        when=it.when if it.when.strip() else None,
        reason=it.reason if it.reason != old.reason else None,
        agent=it.assignee if it.assignee != old.assignee else None,
        alarm=it.alarm if it.alarm != alarm_text(old) else None,
        every=it.every if it.every != repeat_field.typed(old) else None,
        seen=old,
    )
    await place.crm_app.listener.look()
    if moved is not None:
        await moved()
    if it.when.strip():
        said = t("{who}: {what}.", who=called(old.contact, ""), what=t("promised for {when}", when=it.said))
    else:
        said = t("The follow-up of {name} is changed.", name=called(old.contact, ""))
    place.say(said, undo=True)
