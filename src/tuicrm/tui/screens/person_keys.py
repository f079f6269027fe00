"""The keys that do something with one person, wherever one is selected or open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from textual.binding import BindingType

from tuicrm.domain.models import Contact, ContactRow
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap
from tuicrm.tui.screens.base import Place
from tuicrm.tui.widgets.cells import Scene, main_number, phone_words

Person = ContactRow | Contact


def bindings(*ids: str) -> list[BindingType]:
    """Those bindings of the area ``record`` that a place has."""
    return [binding for binding in keymap.bindings("record") if getattr(binding, "id", "") in ids]


class PersonKeys(Place):
    """A place in which a person may be selected: log, dial, copy the number, add somebody."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("record.log", "record.dial", "record.copy", "record.add"),
        *keymap.bindings("work"),
    ]
    scene: Scene | None = None

    async def person(self) -> Person | None:
        """The person selected now; read first where the place lists something else than people."""
        raise NotImplementedError

    def sought(self) -> str:
        """The name or number that was looked for here in vain: whom a call or a new contact is about."""
        return ""

    def shown_number(self, person: Person) -> str:
        """The main number as people here write it."""
        return phone_words(main_number(person), self.scene.region if self.scene else "")

    def name_of(self, person: Person) -> str:
        """The name, else the number."""
        return person.name or self.shown_number(person)

    # --- what the keys do -----------------------------------------------------------------------------------

    async def action_log(self) -> None:
        """The log bar on the selected person; without one it asks who."""
        person = await self.person()
        if person is None:
            await self.crm_app.bar.open_finder(self.sought())
        else:
            await self.crm_app.bar.open_for(person)

    async def action_dial(self) -> None:
        """Dials, takes the ringing call or hangs up the running one."""
        await self.crm_app.bar.call_key(await self.person())

    async def action_copy(self) -> None:
        person = await self.person()
        if person is None or not main_number(person):
            self.say(t("There is no number to copy."), "warn")
            return
        from tuicrm.tui import copying

        await copying.copy(self, main_number(person), t("Copied {number}.", number=self.shown_number(person)))

    async def action_add(self) -> None:
        """A form for somebody new."""
        from tuicrm.tui.bar.who import Finder
        from tuicrm.tui.dialogs.contact_form import ContactForm

        new = Finder(self.scene.region if self.scene else "", text=self.sought()).new
        await self.app.push_screen(ContactForm(start=new.contact if new else None), self._added)

    async def action_follow_up(self) -> None:
        """A form for what is promised to the selected person."""
        person = await self.person()
        if person is not None:
            from tuicrm.tui.dialogs.promise_form import promise

            await promise(self, person.id, self.name_of(person))

    async def action_ticket(self) -> None:
        """A form for a ticket of the selected person."""
        person = await self.person()
        if person is not None:
            from tuicrm.tui.dialogs.ticket_form import open_ticket

            await open_ticket(self, person.id, self.name_of(person))

    def _added(self, contact: Contact | None) -> None:
        if contact is not None:
            self.work(self._after_adding(contact))

    async def _after_adding(self, contact: Contact) -> None:
        self.say(t("Added {name}.", name=self.name_of(contact)), undo=True)
        await self.crm_app.listener.look()
        await self.added(contact)

    async def added(self, contact: Contact) -> None:
        """Somebody was added here: a list puts the cursor there."""

    # --- the telephone --------------------------------------------------------------------------------------

    def _telephone(self) -> Literal["", "rings", "talk", "wrap-up"]:
        """What ``d`` and ``l`` are about now, whatever row the cursor is on."""
        state = self.crm_app.bar.state
        live = state.live.live if state.live is not None else None
        if live is not None:
            return "talk" if live.running else "wrap-up"
        return "rings" if state.ringing else ""

    def urgent_keys(self) -> Sequence[str]:
        """A caller waits, or a talk is not written down yet: its key stands first."""
        urgent = {
            "rings": ("record.dial",),
            "talk": ("record.dial", "record.log"),
            "wrap-up": ("record.log",),
        }
        return urgent.get(self._telephone(), ())

    def relabel(self, id: str) -> Phrase | None:
        """``d`` and ``l`` say what they do now."""
        words = {
            ("record.dial", "rings"): t("take it"),
            ("record.dial", "talk"): t("hang up"),
            ("record.dial", "wrap-up"): t("to the call"),
            ("record.log", "talk"): t("to the call"),
            ("record.log", "wrap-up"): t("wrap up"),
        }
        return words.get((id, self._telephone()))


class EditsPeople(PersonKeys):
    """Where a person may also be edited, merged with another and deleted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("record.edit", "record.delete", "record.merge")

    async def action_edit(self) -> None:
        """A form with what is known of the person."""
        person = await self.person()
        if person is None:
            return
        await self.edit(person.id)

    async def edit(self, contact_id: int, field: str = "") -> None:
        """The form of a contact, the cursor in ``field`` when there is such a one."""
        from tuicrm.tui.dialogs.contact_form import ContactForm
        from tuicrm.tui.screens import reads

        whole, private = await self.bridge.read(reads.editable, contact_id)
        await self.app.push_screen(ContactForm(whole, private=private, field=field), self._edited)

    def _edited(self, contact: Contact | None) -> None:
        if contact is not None:
            self.work(self._tell_edited(contact))

    async def _tell_edited(self, contact: Contact) -> None:
        said = t("Saved {name}.", name=self.name_of(contact))
        if contact.do_not_call and (left := await self.still_promised((contact.id,))):
            said = t("{said} {more}", said=said, more=left)
        self.say(said, undo=True)
        await self.crm_app.listener.look()

    async def still_promised(self, contact_ids: Sequence[int]) -> Phrase:
        """What is said of people who must not be called any more, if anything is promised to them: it stays."""
        from tuicrm.tui.bridge import promises_bulk

        left = len(await self.bridge.read(promises_bulk.open_of, contact_ids))
        if not left:
            return Phrase()
        if len(contact_ids) > 1:
            return nt(
                "{n} follow-up stays, {key} shows it.",
                "{n} follow-ups stay, {key} shows them.",
                left,
                key=keymap.named("place.followups"),
            )
        return nt(
            "{n} follow-up stays, {key} T cancels it.",
            "{n} follow-ups stay, {key} T cancels them.",
            left,
            key=keymap.named("place.menu"),
        )

    async def action_merge(self) -> None:
        """Asks with whom of those who are like the person, then shows the two."""
        person = await self.person()
        if person is not None:
            from tuicrm.tui.screens.doubles import merge_with

            self.work(merge_with(self.crm_app, person.id, self.name_of(person)))

    async def action_delete(self) -> None:
        """Asks, then takes the person out of every list."""
        person = await self.person()
        if person is None:
            return
        from tuicrm.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.work(self._delete(person))

        question = t("Delete {name}? Calls stay, and u brings the contact back.", name=self.name_of(person))
        await self.app.push_screen(Confirm(await self.with_promises(question, (person.id,))), answered)

    async def with_promises(self, question: Phrase, contact_ids: Sequence[int]) -> Phrase:
        """The question whether to delete people, and how much that is promised to them goes too."""
        from tuicrm.tui.bridge import promises_bulk

        left = len(await self.bridge.read(promises_bulk.open_of, contact_ids))
        if not left:
            return question
        more = nt("{n} open follow-up goes too.", "{n} open follow-ups go too.", left)
        return t("{said} {more}", said=question, more=more)

    async def _delete(self, person: Person) -> None:
        from tuicrm.tui.bridge import contacts

        await self.bridge.write(contacts.delete, person.id)
        self.say(t("Deleted {name}.", name=self.name_of(person)), undo=True)
        await self.crm_app.listener.look()
        await self.deleted()

    async def deleted(self) -> None:
        """The person is gone: an open card closes."""
