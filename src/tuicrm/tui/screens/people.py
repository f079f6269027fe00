"""What the places that list people or calls share: the selected person, the card beside the list, the minute.

The cursor belongs to a record; everything a key does is done to the person who was selected when it was
pressed, whatever moves meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from textual.timer import Timer

from tuicrm.i18n import t
from tuicrm.tui import manner
from tuicrm.tui.rows import Column
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.base import Changed
from tuicrm.tui.screens.person_keys import PersonKeys
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.split import Split

RUSH_S: Final = 0.12
"""Cursor moves closer than this are on their way somewhere: their cards are not read and painted."""


class PeoplePlace(PersonKeys):
    """A place with a list and a card. A subclass sets ``list``, ``card`` and ``split``, and says who is selected."""

    list: RecordList[Any]
    card: CardPane
    split: Split

    _moved_at: float = 0.0
    _rush = False
    _wanted = False
    _reading = False
    _looked: object = None
    _tick: Timer | None = None

    # --- for subclasses -------------------------------------------------------------------------------------

    def person_id(self) -> int | None:
        """Whose card belongs beside the list."""
        raise NotImplementedError

    def columns(self, scene: Scene) -> Sequence[Column]:
        """The list's columns in that scene."""
        raise NotImplementedError

    def columns_key(self) -> object:
        """What the columns depend on beside the scene."""
        return None

    def look(self, scene: Scene) -> None:
        """Rows are shown in this scene from now on. Within a minute the same words come out: nothing is painted."""
        self.scene = scene
        minute = scene.now.replace(second=0, microsecond=0)
        key = (minute, scene.zone, scene.process.version, scene.region, self.columns_key())
        if key != self._looked:
            self._looked = key
            self.list.set_columns(self.columns(scene))
            self.keys_changed()

    # --- the search ---------------------------------------------------------------------------------------

    async def action_search(self) -> None:
        """The search of the contacts, empty; the very next key is text in it."""
        place = await self.crm_app.shell.people()
        place.search_anew()

    # --- the minute -----------------------------------------------------------------------------------------

    def enter(self) -> None:
        super().enter()
        if self._tick is None:
            self._next_minute()

    def leave(self) -> None:
        super().leave()
        if self._tick is not None:
            self._tick.stop()
            self._tick = None

    def _next_minute(self) -> None:
        """Words such as "late 31m" change on whole minutes; nothing is painted between them."""
        if manner.plain():
            # a screen reader would read out what changes by itself
            return
        now = self.crm_app.now()
        self._tick = self.set_timer(60.1 - now.second - now.microsecond / 1e6, self._minute)

    def _minute(self) -> None:
        self._next_minute()
        self.work(self.load(), group="load", exclusive=True)
        self.want_card()

    # --- the card -------------------------------------------------------------------------------------------

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        event.stop()
        now = asyncio.get_running_loop().time()
        self._rush, self._moved_at = manner.slow() or now - self._moved_at < RUSH_S, now
        self.selected()
        self.want_card()
        self.keys_changed()

    def selected(self) -> None:
        """The cursor came to another record."""

    def want_card(self) -> None:
        """Shows the selected person's card where there is room for one.

        One reading at a time: what is wanted meanwhile is read after it, so an old card never covers a newer.
        """
        self._wanted = self.split.has_card
        if self._wanted and not self.list.rows:
            # nothing to be read beside an empty list, and nothing to wait for
            self._wanted = False
            self.work(self.load_card(), group="card")
        elif self._wanted and not self._reading:
            self._reading = True
            self.work(self._read_cards(), group="card")

    async def _read_cards(self) -> None:
        try:
            while self._wanted:
                await self._at_rest()
                self._wanted = False
                await self.load_card()
        finally:
            self._reading = False

    async def _at_rest(self) -> None:
        """Waits while the cursor is on its way: a key held down shows the card where it stops."""
        loop = asyncio.get_running_loop()
        while self._rush and (left := self._moved_at + manner.rest_s(RUSH_S) - loop.time()) > 0:
            await asyncio.sleep(left)

    async def load_card(self) -> None:
        """Reads and shows the selected person's card."""
        person = self.person_id()
        if person is None:
            if self.scene is not None:
                self.card.show_card(None, self.scene)
            return
        scene, card = await self.bridge.read(reads.card, person)
        if self.person_id() == person:
            self.card.show_card(card, scene, empty=t("This contact is not there any more."))

    def on_resize(self) -> None:
        self.call_after_refresh(self.want_card)

    async def on_changed(self, changed: Changed) -> None:
        await super().on_changed(changed)
        self.want_card()

    async def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        event.stop()
        await self.open_card()

    async def open_card(self) -> None:
        """Opens the selected person's card over the place."""
        person = self.person_id()
        if person is not None:
            from tuicrm.tui.screens.open_card import OpenCard

            await self.crm_app.open_view(OpenCard(person, self))

    def beside(self, step: int) -> int | None:
        """Moves the cursor by ``step`` and gives who is there; None at the end of the list."""
        before = self.list.key
        self.list.move(self.list.window.cursor + step)
        return None if self.list.key == before else self.person_id()

    async def on_card_pane_opened(self, event: CardPane.Opened) -> None:
        """Enter on a line of the card beside the list."""
        event.stop()
        if self.card.card is not None:
            from tuicrm.tui.screens.card_deeds import open_line

            await open_line(self, self.card.card, event.opens)
