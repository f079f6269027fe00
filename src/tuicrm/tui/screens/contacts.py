"""Contacts: who is this? A search line, the list by name, the card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from tuicrm.domain.fold import words as folded_words
from tuicrm.domain.models import Contact, ContactRow, Page
from tuicrm.domain.phone import digits, looks_like_number
from tuicrm.i18n import nt, t
from tuicrm.tui import keymap, text
from tuicrm.tui.rows import Column
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.people import PeoplePlace
from tuicrm.tui.screens.person_keys import EditsPeople, bindings
from tuicrm.tui.widgets import cells
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.headings import Headings
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.row import Row
from tuicrm.tui.widgets.safe import Words
from tuicrm.tui.widgets.search_line import SearchLine
from tuicrm.tui.widgets.split import Split

LOOKING_DIGITS = 3


def row_key(row: ContactRow) -> int:
    return row.id


def sought_words(query: str) -> tuple[str, ...]:
    """What to mark in the rows: the folded words, and the digits of a number typed with spaces."""
    found = tuple(folded_words(query))
    return (*found, digits(query)) if looks_like_number(query, least=LOOKING_DIGITS) else found


class ContactsPlace(PeoplePlace, EditsPeople):
    """The second place."""

    scope = "contacts"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("record.search"), *keymap.bindings("contacts")]
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact", "call", "followup", "ticket", "process"})

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchLine(t("name, company, number, tag; in any order"), leave=self.to_list)
        self._found = Words(id="found")
        self.list: RecordList[ContactRow] = RecordList((), row_key, self._page, id="contacts")
        self.list.window.stays_at_start = True
        self.card = CardPane(classes="card-side")
        self._headings = Headings()
        self.split = Split(Vertical(self._headings, self.list, classes="list-side"), self.card)
        self._near = False

    def compose(self) -> ComposeResult:
        yield Row(
            Words(text.phrase(t("Search"), style="dim"), classes="ask"),
            self.search,
            self._found,
            classes="search-row",
        )
        yield self.split

    def first_focus(self) -> RecordList[ContactRow]:
        return self.list

    async def person(self) -> ContactRow | None:
        return self.list.row

    def person_id(self) -> int | None:
        row = self.list.row
        return row.id if row else None

    @property
    def query_text(self) -> str:
        """What is searched now; ``""`` for the whole list."""
        return self.search.value.strip()

    # --- reading --------------------------------------------------------------------------------------------

    async def load(self) -> None:
        """The first time the first page; later the rows around the cursor, which stays on its record."""
        if self.query_text or self.list.row is None:
            await self.list.reload()
        else:
            await self._around(self.list.row.id)
        self.want_card()

    async def _page(self, row: ContactRow | None, backward: bool) -> Page:
        query = self.query_text
        if query:
            scene, found = await self.bridge.read(reads.found, query)
            self._near = any(one.near for one in found)
            self._say_found(len(found))
            self.look(scene)
            return Page(tuple(found), False)
        scene, page = await self.bridge.read(reads.people, row.id if row else None, backward)
        self._near = False
        self._found.set(text.blank(0), layout=True)
        self.look(scene)
        return page

    async def _around(self, contact_id: int) -> None:
        before, row, after = await self.bridge.read(reads.people_around, contact_id)
        if self.query_text or self.list.key != contact_id:
            return
        held = (row,) if row is not None else ()
        self.list.set_rows([*before.rows, *held, *after.rows], more=after.more, more_before=before.more)
        if row is None and after.rows:
            self.list.move_to(after.rows[0].id)

    def columns(self, scene: Scene) -> Sequence[Column]:
        return cells.contact_columns(scene, sought_words(self.query_text), near=self._near)

    def columns_key(self) -> object:
        return self.query_text, self._near

    def look(self, scene: Scene) -> None:
        super().look(scene)
        self._headings.set_columns(self.columns(scene))
        nobody = t("Nobody has that. Esc empties the search, a adds somebody.")
        self.list.set_empty(nobody if self.query_text else t("No contacts yet. a adds the first one."))

    def _say_found(self, count: int) -> None:
        if count >= reads.FOUND:
            found = t("the first {n}", n=count)
        elif self._near:
            found = nt("{n} near", "{n} near", count)
        else:
            found = nt("{n} found", "{n} found", count)
        self._found.set(text.phrase(found, style="dim"), layout=True)

    async def go_to(self, contact_id: int) -> None:
        """The cursor to that contact, wherever in the list it is."""
        self.search.set_text("")
        before, row, after = await self.bridge.read(reads.people_around, contact_id)
        held = (row,) if row is not None else ()
        self.list.set_rows([*before.rows, *held, *after.rows], more=after.more, more_before=before.more)
        self.list.move_to(contact_id)

    async def taken_back(self, contact_id: int) -> None:
        """The cursor to the contact, if the list as it is searched has it."""
        await self.load()
        self.list.move_to(contact_id)

    async def added(self, contact: Contact) -> None:
        await self.go_to(contact.id)

    # --- the search line ------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.work(self.list.reload(keep=False), group="load", exclusive=True)

    def to_list(self) -> None:
        """Out of the search line, into the list; at once, so that the next key finds it there."""
        self.screen.set_focus(self.list)

    async def action_search(self) -> None:
        self.screen.set_focus(self.search)

    def search_anew(self) -> None:
        """The search was asked for from elsewhere: the old one is over."""
        self.search.set_text("")
        self.screen.set_focus(self.search)

    def hidden_keys(self) -> Iterable[str]:
        if self.list.row is not None:
            return ()
        return ("list.open", *(f"record.{verb}" for verb in ("dial", "copy", "edit", "merge", "delete")))

    def action_next_page(self) -> None:
        self.list.action_page_down()

    def action_last_page(self) -> None:
        self.list.action_page_up()
