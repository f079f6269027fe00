"""Contacts: who is this? A search line, the list in the order one likes, the card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tuicrm.domain.deeds import About
from tuicrm.domain.filters import has_words, sought
from tuicrm.domain.fold import words as folded_words
from tuicrm.domain.models import Contact, ContactRow, Page
from tuicrm.domain.people_order import BY_NAME, KEEPS_PERSON, MOST_AT_ONCE, ORDERS, By, Key, Order
from tuicrm.domain.phone import LOOKING_DIGITS, digits, looks_like_number
from tuicrm.i18n import Phrase, language, nt, t
from tuicrm.tui import keymap, text
from tuicrm.tui.claimed_rows import show_holders, with_holders
from tuicrm.tui.rows import Column
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.marking import MarksPeople
from tuicrm.tui.screens.people import PeoplePlace
from tuicrm.tui.screens.person_keys import bindings
from tuicrm.tui.screens.saved_filters import HasFilters
from tuicrm.tui.widgets import cells
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.headings import Headings
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.search_row import SearchRow
from tuicrm.tui.widgets.split import Split

OWED: Final = ("owed:yes", "نوبت:بله")
"""The filter of those to whom a call is owed, and in Persian."""
SORTED_BY: Final[dict[str, By]] = {"name": "name", "company": "company", "last": "last", "next": "next"}
"""Columns whose heading sorts the list, and by what."""


def row_key(row: ContactRow) -> int:
    return row.id


def sought_words(query: str) -> tuple[str, ...]:
    """What to mark in the rows: the folded words, and the digits of a number typed with spaces."""
    query = sought(query, "contacts", ("name", "company", "phone"))
    found = tuple(folded_words(query))
    return (*found, digits(query)) if looks_like_number(query, least=LOOKING_DIGITS) else found


def order_words(order: Order) -> Phrase:
    """In which order the list stands."""
    words = {
        ("name", False): t("by name"),
        ("name", True): t("by name, backwards"),
        ("last", False): t("called longest ago first"),
        ("last", True): t("called last first"),
        ("new", False): t("newest first"),
        ("new", True): t("oldest first"),
        ("next", False): t("next follow-up first"),
        ("company", False): t("by company"),
    }
    return words[order.by, order.reverse]


class ContactsPlace(MarksPeople, HasFilters, PeoplePlace):
    """The second place."""

    scope = "contacts"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("record.search"), *keymap.bindings("contacts")]
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact", "call", "followup", "ticket", "process"})

    def __init__(self) -> None:
        super().__init__()
        hint = t("name, company, number, tag; in any order")
        self.searching = SearchRow("contacts", hint, leave=self.to_list, changed=self.search_changed)
        self.list: RecordList[ContactRow] = RecordList((), row_key, self._page, id="contacts")
        self.list.window.stays_at_start = True
        self.card = CardPane(classes="card-side")
        self._headings = Headings()
        self.split = Split(Vertical(self._headings, self.list, classes="list-side"), self.card)
        self._near = False
        self._found_many: int | None = None
        self.order = BY_NAME
        """The order of the list, for this session."""

    def compose(self) -> ComposeResult:
        yield self.searching
        yield self.split

    def first_focus(self) -> RecordList[ContactRow]:
        return self.list

    async def person(self) -> ContactRow | None:
        return self.list.row

    def person_id(self) -> int | None:
        row = self.list.row
        return row.id if row else None

    def sought(self) -> str:
        return "" if self.list.row else sought(self.query_text, "contacts", ("name", "phone"))

    @property
    def query_text(self) -> str:
        """What is searched now by words, keys beside them; ``""`` for a list in its order."""
        return self.searching.text if has_words(self.searching.text, "contacts") else ""

    @property
    def filter_text(self) -> str:
        """The keys alone that narrow the list, which stands in its order; ``""`` for all."""
        return "" if self.query_text else self.searching.text

    # --- reading --------------------------------------------------------------------------------------------

    async def load(self) -> None:
        """The first time the first page; later the rows around the cursor.

        In an order that a call or a promise changes, the cursor keeps its place and not its person: who was called
        has gone elsewhere, and the next one is called now.
        """
        row = self.list.row
        if self.query_text or row is None:
            await self.list.reload()
        else:
            await self._around(row.id if self.order.by in KEEPS_PERSON or not row.key else row.key)
        self.want_card()

    async def _page(self, row: ContactRow | None, backward: bool) -> Page:
        query = self.query_text
        if query:
            scene, found = await self.bridge.read(reads.found, query)
            self._near = any(one.near for one in found)
            self._found_many = len(found)
            self.look(scene)
            self._say_found()
            return Page(tuple(with_holders(self.crm_app, found)), False)
        scene, page = await self.bridge.read(
            reads.people, row.key if row else None, backward, self.order, self.filter_text
        )
        self._near = False
        # a filter that fits on one page is counted by the way; counting further would cost as much as finding
        whole = bool(self.filter_text) and row is None and not page.more
        self._found_many = len(page.rows) if whole else None
        self.look(scene)
        self._say_found()
        return Page(tuple(with_holders(self.crm_app, page.rows)), page.more)

    def _show_around(self, before: Page, after: Page) -> None:
        rows = with_holders(self.crm_app, (*before.rows, *after.rows))
        self.list.set_rows(rows, more=after.more, more_before=before.more)

    def claimed(self, others: Mapping[int, str]) -> None:
        show_holders(self.list, others)

    async def _around(self, place: int | Key) -> None:
        key, order, filter_text = self.list.key, self.order, self.filter_text
        before, after = await self.bridge.read(reads.people_around, place, order, filter_text)
        if self.query_text or self.list.key != key or (self.order, self.filter_text) != (order, filter_text):
            return
        self._show_around(before, after)
        if self.list.find(key) is None and after.rows:
            self.list.move_to(after.rows[0].id)

    def columns(self, scene: Scene) -> Sequence[Column]:
        by_last = self.order.by == "last"
        return cells.contact_columns(
            scene, sought_words(self.searching.text), near=self._near, by_last=by_last
        )

    def columns_key(self) -> object:
        return self.searching.text, self._near, self.order

    def look(self, scene: Scene) -> None:
        super().look(scene)
        self._headings.set_columns(self.columns(scene))
        sorts = not self.query_text and self.order != BY_NAME
        self._headings.set_sorted(self.order.by if sorts else "", falling=self.order.reverse)
        nobody = t(
            "Nobody has that. {empty} empties the search, {add} adds somebody.",
            empty=keymap.named("search.leave"),
            add=keymap.named("record.add"),
        )
        self.list.set_empty(
            nobody
            if self.searching.text
            else t("No contacts yet. {key} adds the first one.", key=keymap.named("record.add"))
        )

    def _say_found(self) -> None:
        """How many were found, or in which order the list stands; and how many are marked."""
        many, said = self._found_many, Phrase()
        if many is not None and many >= reads.FOUND:
            said = t("the first {n}", n=many)
        elif many is not None and self._near:
            said = nt("{n} near", "{n} near", many)
        elif many is not None:
            said = nt("{n} found", "{n} found", many)
        elif self.order != BY_NAME:
            said = order_words(self.order)
        marked = text.phrase(self.marked_words(), style="accent")
        parts = [part for part in (marked, text.phrase(said, style="dim")) if part.plain]
        self.searching.tell(text.join(parts, " · "))

    # --- the order ------------------------------------------------------------------------------------------

    async def action_sort(self) -> None:
        """Picks the order; the one that it stands in turns round."""
        from tuicrm.tui.dialogs.picker import Option, Picker

        orders = [self.order.turned() if by == self.order.by else Order(by) for by in ORDERS]
        options = [Option(order, "", order_words(order)) for order in dict.fromkeys(orders)]

        def picked(order: Order | None) -> None:
            if order is not None:
                self.work(self.sort(order), group="load", exclusive=True)

        await self.app.push_screen(Picker(t("Sort the contacts"), options), picked)

    async def sort(self, order: Order) -> None:
        """Puts the list into another order, from its beginning."""
        self.order = order
        if self.query_text:
            self.searching.clear()
        await self.list.reload(keep=False)
        self.say(t("Sorted: {order}.", order=order_words(order)))

    def on_headings_clicked(self, event: Headings.Clicked) -> None:
        event.stop()
        by = SORTED_BY.get(event.name)
        if by is not None:
            order = self.order.turned() if by == self.order.by else Order(by)
            self.work(self.sort(order), group="load", exclusive=True)

    # --- marks ----------------------------------------------------------------------------------------------

    async def ids_between(self, first: ContactRow, last: ContactRow) -> Sequence[int]:
        places = [self.list.window.index(row.id) for row in (first, last)]
        if self.query_text or not (first.key and last.key) or len(first.key) != len(last.key):
            start, end = sorted(place or 0 for place in places)
            return [row.id for row in self.list.rows[start : end + 1]]
        return await self.bridge.read(
            reads.marked_between, first.key, last.key, self.order, MOST_AT_ONCE + 1, self.filter_text
        )

    async def ids_listed(self) -> Sequence[int]:
        if self.query_text:
            return [row.id for row in self.list.rows]
        return await self.bridge.read(reads.everybody, MOST_AT_ONCE + 1, self.filter_text)

    def marks_changed(self) -> None:
        self._say_found()

    def before_leaving(self) -> bool:
        return self.unmark()

    # --- somebody in particular -----------------------------------------------------------------------------

    async def go_to(self, contact_id: int) -> None:
        """The cursor to that contact, wherever in the list it is."""
        self.searching.clear()
        before, after = await self.bridge.read(reads.people_around, contact_id, self.order)
        self._near, self._found_many = False, None
        self._say_found()
        self._show_around(before, after)
        self.list.move_to(contact_id)

    async def taken_back(self, about: About) -> None:
        """The cursor to the contact, if the list as it is searched has it."""
        if about.contact_id is not None:
            await self.load()
            self.list.move_to(about.contact_id)

    async def added(self, contact: Contact) -> None:
        await self.go_to(contact.id)

    # --- the search line ------------------------------------------------------------------------------------

    async def search_changed(self) -> None:
        await self.list.reload(keep=False)

    def action_owed(self) -> None:
        """Those to whom a call is owed to keep in touch."""
        self.searching.put(OWED[language() == "fa"])
        self.screen.set_focus(self.first_focus())

    def search_anew(self) -> None:
        """The search was asked for from elsewhere: the old one is over."""
        self.searching.put("")
        self.screen.set_focus(self.searching.line)

    def hidden_keys(self) -> Iterable[str]:
        if self.list.row is not None:
            return ()
        verbs = ("dial", "copy", "edit", "merge", "delete", "tags")
        own = ("list.open", "marks.mark", "contacts.sort", "person.owner", "work.follow_up", "work.ticket")
        return (*own, *(f"record.{verb}" for verb in verbs))

    def action_next_page(self) -> None:
        self.list.action_page_down()

    def action_last_page(self) -> None:
        self.list.action_page_up()
