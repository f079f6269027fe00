"""An open card: everything about one person, over the place it was opened from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from tuicrm.domain.fold import words as folded_words
from tuicrm.domain.models import Contact
from tuicrm.domain.record import replace
from tuicrm.i18n import t
from tuicrm.tui import keymap, text
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.people_deeds import PeopleDeeds
from tuicrm.tui.screens.person_keys import bindings
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.row import Row
from tuicrm.tui.widgets.safe import Words
from tuicrm.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from tuicrm.tui.screens.people import PeoplePlace

SEARCHED = 1000
"""Calls of a person that a search in the timeline looks through."""
SEARCH_RANK = 62
"""Where the key that searches the timeline stands in the footer."""


class OpenCard(PeopleDeeds):
    """The card of the contact with that id; ``q`` closes it. ``among``: the list through which ``[`` and ``]`` go."""

    scope = "card"
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("opencard"), *bindings("record.search")]
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset(
        {"contact", "call", "followup", "ticket", "private_note", "process"}
    )

    def __init__(self, contact_id: int, among: PeoplePlace | None = None) -> None:
        super().__init__()
        self._contact_id = contact_id
        self._among = among
        self.card = CardPane(always_full=True, id="open-card")
        self.search = SearchLine(t("in the timeline: words of notes, outcomes, topics"), leave=self._to_card)
        self._row = Row(
            Words(text.phrase(t("Search"), style="dim"), classes="ask"), self.search, classes="search-row"
        )
        self._row.display = False

    def compose(self) -> ComposeResult:
        yield self._row
        yield self.card

    def first_focus(self) -> CardPane:
        return self.card

    @property
    def contact(self) -> Contact | None:
        """The contact shown, None when it is gone or not read yet."""
        return self.card.card.contact if self.card.card else None

    async def person(self) -> Contact | None:
        return self.contact

    async def load(self) -> None:
        """Reads the card anew; it stays scrolled where it was."""
        person = self._contact_id
        calls = SEARCHED if self.search.value.strip() else None
        scene, card = await self.bridge.read(reads.card, person, calls)
        if person != self._contact_id:
            return
        self.scene = scene
        self.card.show_card(card, scene, empty=t("This contact is not there any more."))
        self.keys_changed()

    async def deleted(self) -> None:
        self.close_soon()

    def hidden_keys(self) -> Iterable[str]:
        hidden = [] if self._among is not None else ["opencard.next", "opencard.last"]
        if self.contact is None:
            verbs = ("log", "dial", "copy", "add", "edit", "merge", "delete", "tags", "search")
            hidden += ["card.open", "person.owner", "work.follow_up", "work.ticket"]
            hidden += [f"record.{verb}" for verb in verbs]
        return hidden

    def live_keys(self) -> Sequence[FooterKey]:
        """The timeline is searched seldom: its key gives way to the one that goes back."""
        seldom = keymap.keys_of(keymap.key("record.search"))[:1]
        return [replace(one, rank=SEARCH_RANK) if one.press in seldom else one for one in super().live_keys()]

    # --- lines ----------------------------------------------------------------------------------------------

    async def on_card_pane_opened(self, event: CardPane.Opened) -> None:
        event.stop()
        if self.card.card is not None:
            from tuicrm.tui.screens.card_deeds import open_line

            await open_line(self, self.card.card, event.opens)

    async def action_add(self) -> None:
        """Picks what is to be added, and opens the form there."""
        contact = self.contact
        if contact is None:
            return
        from tuicrm.tui.dialogs.picker import Option, Picker

        options = [
            Option("phones", "", t("a number")),
            Option("emails", "", t("an e-mail address")),
            Option("tags", "", t("tags")),
            Option("fields", "", t("a field of your own")),
            Option("note", "", t("a note")),
            Option("private_note", "", t("a note for yourself")),
            Option("cadence", "", t("how often to keep in touch")),
        ]

        def picked(field: str | None) -> None:
            if field is not None:
                self.work(self.edit(contact.id, f"+{field}"))

        await self.app.push_screen(Picker(t("Add what?"), options), picked)

    # --- the next one ---------------------------------------------------------------------------------------

    async def action_go(self, step: int) -> None:
        """The card of the next person, or the one before, in the list it was opened from."""
        if self._among is None:
            return
        beside = self._among.beside(step)
        if beside is None:
            self.say(t("That was the last one.") if step > 0 else t("That was the first one."))
            return
        self._contact_id = beside
        self._leave_search()
        await self.load()

    # --- the search in the timeline -------------------------------------------------------------------------

    async def action_search(self) -> None:
        self._row.display = True
        self.screen.set_focus(self.search)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.work(self._sought(), group="load", exclusive=True)

    async def _sought(self) -> None:
        self.card.seek(folded_words(self.search.value))
        await self.load()

    def _to_card(self) -> None:
        """Out of the search line; an empty one goes."""
        self._row.display = bool(self.search.value)
        self.screen.set_focus(self.card)

    def _leave_search(self) -> None:
        self.search.set_text("")
        self.card.seek(())
        self._to_card()

    def before_leaving(self) -> bool:
        """``q`` and ``Esc`` end the search first."""
        if not self.search.value:
            return False
        self._leave_search()
        return True
