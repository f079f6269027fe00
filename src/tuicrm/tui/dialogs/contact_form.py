"""Adding and editing a contact. Only a name or a number is required.

Numbers, addresses and free fields have a line each, and a comma (in fields a semicolon) begins the next one; ``office:
021 8877 6655 ext 12`` names a number, ``floor=3`` is a field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.models import Contact, NewContact
from tuicrm.i18n import Phrase, figures, sentence, t, word
from tuicrm.tui import keymap, text
from tuicrm.tui.dialogs.contact_texts import (
    COMMAS,
    DO_NOT_CALL,
    SEMICOLONS,
    new_contact,
    patch,
    phones,
    texts_of,
)
from tuicrm.tui.dialogs.form import Form
from tuicrm.tui.dialogs.form_fields import FieldSpec, FormField, note_spec
from tuicrm.tui.screens import reads
from tuicrm.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from tuicrm.services.duplicates import Likely

WORTH: Final = 3
"""Letters that a name alone must have to be kept as a draft."""


class ContactForm(Form[Contact]):
    """Dismissed with the contact as saved, or None. Without ``contact`` it adds; ``start`` fills it in.

    ``private``: one's own note on the contact. ``field``: where the cursor is at first; with ``+`` before it where
    something is to be added.
    """

    def __init__(
        self,
        contact: Contact | None = None,
        *,
        start: NewContact | None = None,
        private: str = "",
        field: str = "",
    ) -> None:
        super().__init__()
        self._private = private
        self._first = field
        self._contact = contact
        self._given = start
        self._known_id: int | None = None
        """Who seems to be the same person as the one that is being written down."""
        self._seen = contact.updated_at if contact else None
        """What of the contact was seen; None once another's change was told and shall be overwritten."""

    def heading(self) -> Content:
        if self._contact is None:
            return text.phrase(t("A new contact"), style="here")
        named = t("Edit {name}", name=self._contact.name or t("a contact"))
        return text.phrase(named, style="here")

    def specs(self) -> Sequence[FieldSpec]:
        crm = self.crm_app.bridge.opened
        if crm is None or crm.region() == "IR":
            another = t("such as 0912 345 6789 or office: 021 8877 6655")
        else:
            another = t("such as 07700 900123 or office: 020 7946 0123")
        return (
            FieldSpec("name", t("Name"), t("a name or a number is enough")),
            FieldSpec("company", t("Company")),
            FieldSpec("phones", t("Phones"), another, several=COMMAS),
            FieldSpec("emails", t("E-mails"), several=COMMAS),
            FieldSpec("tags", t("Tags"), t("such as vip, north")),
            FieldSpec("fields", t("Fields"), t("such as floor=3; born=1 May"), several=SEMICOLONS),
            FieldSpec("owner", t("Owner"), t("whose contact it is")),
            FieldSpec("cadence", t("In touch"), t("every: 90 d, 6 weeks, 3 months")),
            FieldSpec(
                "do_not_call",
                t("Calls"),
                choices=(("", t("may be called")), (DO_NOT_CALL, t("do not call"))),
            ),
            FieldSpec("private_note", t("For you"), t("a note that nobody else sees"), note=True),
            note_spec(),
        )

    def values(self) -> Mapping[str, str]:
        return texts_of(self._contact or self._given, self._private)

    def first_field(self) -> int:
        names = [field.spec.name for field in self._fields]
        wanted = self._first.lstrip("+")
        return names.index(wanted) if wanted in names else 0

    async def begun(self) -> None:
        lines = self.lines.of(self._first.removeprefix("+"))
        if self._first.startswith("+") and lines and isinstance(last := lines[-1], FormField) and last.value:
            if last.spec.several:
                last.cursor_position = len(last.value)
                await self.next_line(last)
            elif last.spec.name == "tags":
                last.set_text(t("{tags}, ", tags=last.value))
        self.crm_app.work(self._know(), owner=self, group="known")

    async def _know(self) -> None:
        """What may be completed: the tags in use, who works here."""
        from tuicrm.tui.bridge import contacts

        self.offer("tags", await self.crm_app.bridge.read(contacts.tags))
        self.offer("owner", await self.crm_app.bridge.read(reads.handles))

    def draft_key(self) -> str:
        return f"form:contact/{self._contact.id}" if self._contact else "form:contact"

    def worth_keeping(self, changed: Mapping[str, str]) -> bool:
        """A letter or two of a name are a slip of the finger, no draft."""
        slip = self._contact is None and set(changed) == {"name"} and len(changed["name"].strip()) < WORTH
        return super().worth_keeping(changed) and not slip

    def facts(self) -> dict[str, Any]:
        return {"seen": self._seen.isoformat()} if self._seen else {}

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        """What others changed since the draft was typed is a conflict too."""
        if self._contact is not None and "seen" in facts:
            self._seen = datetime.fromisoformat(facts["seen"])

    async def submit(self, values: Mapping[str, str]) -> Contact:
        from tuicrm.tui.bridge import contacts

        bridge = self.crm_app.bridge
        if self._contact is None:
            return await bridge.write(contacts.add, new_contact(values))
        changed = self.changed()
        if not changed:
            return self._contact
        try:
            return await bridge.write(
                contacts.edit, self._contact.id, patch(changed, self._contact, self._seen)
            )
        except Conflict:
            # told now: whoever saves again means it
            self._seen = None
            raise

    async def typed(self, values: Mapping[str, str]) -> None:
        from tuicrm.tui.bridge import contacts, duplicates

        # a span of time half written is no reason not to look who it may be
        new = new_contact({**values, "cadence": ""})
        named = new.name or new.phones or new.emails
        but = self._contact.id if self._contact else None
        bridge = self.crm_app.bridge
        found = await bridge.read(duplicates.likely, new, but=but) if named else []
        odd = await bridge.read(contacts.odd_numbers, phones(values["phones"]))
        self._known_id = found[0].row.id if found else None
        said = doubles_said(found)
        if found:
            cap = keymap.cap(keymap.key("form.known"))
            said = t("{said} {key} opens the card.", said=said, key=cap)
        elif odd:
            said = odd_said(odd[0])
        self.say(text.phrase(said, style="warn"))
        self.query_one(Footer).keys_changed()

    def hidden_keys(self) -> Sequence[str]:
        return () if self._known_id is not None else ("form.known",)

    def action_known(self) -> None:
        """Leaves the form, its draft kept, and opens the card of who seems to be meant."""
        known = self._known_id
        if known is None:
            return
        from tuicrm.tui.screens.open_card import OpenCard

        self.action_leave()
        self.crm_app.call_later(self.crm_app.open_view, OpenCard(known))


def odd_said(typed: str) -> Phrase:
    """What becomes of a number that is none of any country: words alone are refused at the end, so they are now."""
    if not any(map(str.isdigit, typed)):
        return sentence(Invalid("phone_no_digits", text=typed))
    return t("{number} is no valid number; it is kept as it is.", number=figures(typed))


def doubles_said(found: Sequence[Likely]) -> Phrase:
    """Who may be the same person, and why; an empty phrase when nobody is."""
    if not found:
        return Phrase()
    row = found[0].row
    named = t(", ").join(part for part in (row.name or figures(row.phone), row.company) if part)
    why = tuple(word(f"same {reason}") for reason in found[0].why)
    said = t("Perhaps known already: {who} ({why}).", who=named, why=why)
    if len(found) > 1:
        said = t("{said} And {n} more.", said=said, n=len(found) - 1)
    return said
