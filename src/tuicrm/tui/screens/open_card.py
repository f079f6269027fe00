"""An open card: everything about one person, over the place it was opened from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult

from tuicrm.domain.models import Contact
from tuicrm.i18n import t
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.person_keys import EditsPeople
from tuicrm.tui.widgets.card import CardPane


class OpenCard(EditsPeople):
    """The card of the contact with that id; ``q`` closes it."""

    scope = "card"
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact", "call", "followup", "ticket", "process"})

    def __init__(self, contact_id: int) -> None:
        super().__init__()
        self._contact_id = contact_id
        self.card = CardPane(always_full=True, id="open-card")

    def compose(self) -> ComposeResult:
        yield self.card

    @property
    def contact(self) -> Contact | None:
        """The contact shown, None when it is gone or not read yet."""
        return self.card.card.contact if self.card.card else None

    async def person(self) -> Contact | None:
        return self.contact

    async def load(self) -> None:
        """Reads the card anew; it stays scrolled where it was."""
        scene, card = await self.bridge.read(reads.card, self._contact_id)
        self.scene = scene
        self.card.show_card(card, scene, empty=t("This contact is not there any more."))
        self.keys_changed()

    async def deleted(self) -> None:
        self.close_soon()

    def hidden_keys(self) -> Iterable[str]:
        if self.contact is not None:
            return ("record.add",)
        return tuple(f"record.{verb}" for verb in ("log", "dial", "copy", "add", "edit", "merge", "delete"))
