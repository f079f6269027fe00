"""Adding and editing a contact: six lines and a note. Only a name or a number is required.

Lists are written with commas, ``office: 021 8877 6655`` names a number, free fields are ``key=value`` with
semicolons between; Persian commas and semicolons are as good.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import Contact, ContactPatch, EmailAddress, NewContact, PhoneNumber
from tuicrm.i18n import Phrase, figures, language, t, word
from tuicrm.tui import keymap, text
from tuicrm.tui.dialogs.form import FieldSpec, Form, note_spec
from tuicrm.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from tuicrm.services.duplicates import Likely

_NEXT_FIELD: Final = re.compile(r"\s*[;؛]\s*(?=[^;؛=]+=)")
_SEMICOLON: Final = {"en": "; ", "fa": "؛ "}
WORTH: Final = 3
"""Letters that a name alone must have to be kept as a draft."""
_LABELLED: Final = re.compile(r"\s*([^:,]*[^\W\d][^:,]*):\s*(.+)", re.DOTALL)


class ContactForm(Form[Contact]):
    """Dismissed with the contact as saved, or None. Without ``contact`` it adds; ``start`` fills it in."""

    def __init__(self, contact: Contact | None = None, *, start: NewContact | None = None) -> None:
        super().__init__()
        self._contact = contact
        self._given = start
        self._known: int | None = None
        """Who seems to be the same person as the one that is being written down."""
        self._seen = contact.updated_at if contact else None
        """What of the contact was seen; None once another's change was told and shall be overwritten."""

    def heading(self) -> Content:
        if self._contact is None:
            return text.phrase(t("A new contact"), style="here")
        named = t("Edit {name}", name=self._contact.name or t("a contact"))
        return text.phrase(named, style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (
            FieldSpec("name", t("Name"), t("a name or a number is enough")),
            FieldSpec("company", t("Company")),
            FieldSpec("phones", t("Phones"), t("such as 0912 345 6789, office: 021 8877 6655")),
            FieldSpec("emails", t("E-mails")),
            FieldSpec("tags", t("Tags"), t("such as vip, north")),
            FieldSpec("fields", t("Fields"), t("such as floor=3; born=1 May")),
            note_spec(),
        )

    def values(self) -> Mapping[str, str]:
        return texts_of(self._contact or self._given)

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
            return await bridge.write(contacts.edit, self._contact.id, patch(changed, self._seen))
        except Conflict:
            # told now: whoever saves again means it
            self._seen = None
            raise

    async def typed(self, values: Mapping[str, str]) -> None:
        from tuicrm.tui.bridge import duplicates

        new = new_contact(values)
        named = new.name or new.phones or new.emails
        but = self._contact.id if self._contact else None
        found = await self.crm_app.bridge.read(duplicates.likely, new, but=but) if named else []
        self._known = found[0].row.id if found else None
        said = doubles_said(found)
        if found:
            cap = keymap.cap(keymap.key("form.known"))
            said = t("{said} {key} opens the card.", said=said, key=cap)
        self.say(text.phrase(said, style="warn"))
        self.query_one(Footer).keys_changed()

    def hidden_keys(self) -> Sequence[str]:
        return () if self._known is not None else ("form.known",)

    def action_known(self) -> None:
        """Leaves the form, its draft kept, and opens the card of who seems to be meant."""
        known = self._known
        if known is None:
            return
        from tuicrm.tui.screens.open_card import OpenCard

        self.action_leave()
        self.crm_app.call_later(self.crm_app.open_view, OpenCard(known))


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


# --- between texts and records ------------------------------------------------------------------------------


def texts_of(contact: Contact | NewContact | None) -> dict[str, str]:
    """The fields' texts for a contact."""
    if contact is None:
        return {}
    return {
        "name": contact.name,
        "company": contact.company,
        "phones": t(", ").join(_labelled(phone.label, phone.raw) for phone in contact.phones),
        "emails": t(", ").join(_labelled(email.label, email.address) for email in contact.emails),
        "tags": t(", ").join(contact.tags),
        "fields": _SEMICOLON.get(language(), "; ").join(
            f"{key}={value}" for key, value in contact.fields.items()
        ),
        "note": contact.note,
    }


def _labelled(label: str, value: str) -> str:
    return f"{label}: {value}" if label else value


def new_contact(values: Mapping[str, str]) -> NewContact:
    """The contact that the texts make."""
    return NewContact(
        name=values["name"],
        company=values["company"],
        phones=phones(values["phones"]),
        emails=emails(values["emails"]),
        tags=tags(values["tags"]),
        fields=fields(values["fields"]),
        note=values["note"],
    )


def patch(changed: Mapping[str, str], seen: datetime | None = None) -> ContactPatch:
    """What the changed texts change; a field that was left alone stays as anybody has made it meanwhile.

    ``seen``: as in ``ContactPatch``.
    """
    return ContactPatch(
        name=changed.get("name"),
        company=changed.get("company"),
        phones=phones(changed["phones"]) if "phones" in changed else None,
        emails=emails(changed["emails"]) if "emails" in changed else None,
        tags=tags(changed["tags"]) if "tags" in changed else None,
        fields=fields(changed["fields"]) if "fields" in changed else None,
        note=changed.get("note"),
        seen=seen,
    )


def phones(written: str) -> tuple[PhoneNumber, ...]:
    """``0912 345 6789, office: 021 8877`` as numbers with labels."""
    return tuple(PhoneNumber(value, label=label) for label, value in _items(written))


def emails(written: str) -> tuple[EmailAddress, ...]:
    """E-mail addresses with labels."""
    return tuple(EmailAddress(value, label) for label, value in _items(written))


def _items(written: str) -> list[tuple[str, str]]:
    """(label, value) of each part between commas, Persian ones too."""
    found = []
    for part in re.split("[,،]", written):
        match = _LABELLED.fullmatch(part)
        label, value = (match[1].strip(), match[2].strip()) if match else ("", part.strip())
        if value:
            found.append((label, value))
    return found


def tags(written: str) -> tuple[str, ...]:
    """Tags between commas; a sign before them is left out."""
    parts = (part.strip().lstrip("#").strip() for part in re.split("[,،]", written))
    return tuple(dict.fromkeys(part for part in parts if part))


def fields(written: str) -> dict[str, str]:
    """``floor=3; born=1 May`` as keys and values. What has no ``=`` is a key without a value."""
    found: dict[str, str] = {}
    for part in _NEXT_FIELD.split(written):
        key, _, value = part.partition("=")
        if key.strip():
            found[key.strip()] = value.strip().rstrip(";؛").strip()
    return found
