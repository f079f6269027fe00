"""A ticket by hand: subject, kind, priority, what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tuicrm.domain.models import Ticket
from tuicrm.i18n import Phrase, language, t
from tuicrm.tui import text
from tuicrm.tui.dialogs.form import FieldSpec, Form, note_spec

if TYPE_CHECKING:
    from tuicrm.domain.process import Process
    from tuicrm.tui.screens.person_keys import PersonKeys


class TicketForm(Form[Ticket]):
    """Dismissed with the ticket, or None."""

    def __init__(self, contact_id: int, name: str, process: Process) -> None:
        super().__init__()
        self._contact_id = contact_id
        self._whose = name
        self._process = process

    def heading(self) -> Content:
        return text.phrase(t("A ticket for {name}", name=self._whose), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        # imported here: only who opens a ticket needs it
        from tuicrm.tui.bridge import tickets

        priorities = tuple(
            (one.code, t("{name}", name=one.label(language()))) for one in self._process.priorities
        )
        kinds = tuple(
            (kind, t("{name}", name=tickets.kind_label(self._process, kind, language())))
            for kind in tickets.kinds(self._process)
        )
        found = [FieldSpec("subject", t("Subject"), t("what is broken or wanted"))]
        if kinds:
            found.append(FieldSpec("kind", t("Kind"), choices=(("", t("no kind")), *kinds)))
        if priorities:
            found.append(FieldSpec("priority", t("Priority"), choices=priorities))
        return (*found, note_spec())

    def values(self) -> Mapping[str, str]:
        return {"priority": self._process.defaults.priority}

    def draft_key(self) -> str:
        return f"form:ticket/{self._contact_id}"

    def draft_name(self) -> str:
        subject = self.texts().get("subject", "")
        return subject or self._whose

    async def submit(self, values: Mapping[str, str]) -> Ticket:
        from tuicrm.tui.bridge import tickets

        made: Ticket = await self.crm_app.bridge.write(
            tickets.new,
            self._contact_id,
            values["subject"],
            kind=values.get("kind", ""),
            priority=values.get("priority", ""),
            note=values["note"],
        )
        return made


async def open_ticket(place: PersonKeys, contact_id: int, name: str) -> None:
    """Asks for a ticket of one person, and opens it."""
    crm = await place.bridge.crm()

    def opened(it: Ticket | None) -> None:
        if it is not None:
            said: Phrase = t("Ticket #{id} for {name}: {subject}", id=it.id, name=name, subject=it.subject)
            place.say(said, undo=True)
            place.work(place.crm_app.listener.look())

    await place.app.push_screen(TicketForm(contact_id, name, crm.process()), opened)
