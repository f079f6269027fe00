"""Calls: what was said? Every interaction, newest first; the selected one in full beside or beneath the list.

The search line holds the whole filter: ``p`` and ``[ ]`` write the days into it, so that what is shown is always what
stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tuicrm.domain.deeds import About
from tuicrm.domain.filter_values import PERIODS
from tuicrm.domain.filters import sought
from tuicrm.domain.fold import words as folded_words
from tuicrm.domain.models import Call, Page
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.rows import Column
from tuicrm.tui.screens import call_reads
from tuicrm.tui.screens.base import Changed
from tuicrm.tui.screens.by_days import ByDays
from tuicrm.tui.screens.call_keys import CallKeys
from tuicrm.tui.screens.filter_words import written
from tuicrm.tui.screens.people import PeoplePlace
from tuicrm.tui.screens.person_keys import bindings
from tuicrm.tui.widgets import call_cells, call_lines
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.search_row import SearchRow
from tuicrm.tui.widgets.split import Split


def row_key(row: Call) -> int:
    return row.id


def sought_words(filter_text: str) -> tuple[str, ...]:
    """The folded words that are looked for, in the rows to be marked."""
    return tuple(folded_words(sought(filter_text, "calls", ("note", "name", "contact"))))


class CallsPlace(CallKeys, ByDays, PeoplePlace):
    """The third place."""

    scope = "calls"
    DAY = "day"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("record.search"), *keymap.bindings("calls")]
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact", "call", "followup", "ticket", "process"})

    def __init__(self) -> None:
        super().__init__()
        self.searching = SearchRow(
            "calls",
            t("words, or agent: outcome: day: …"),
            leave=self.to_list,
            changed=self.search_changed,
        )
        self.list: RecordList[Call] = RecordList((), row_key, self._page, id="calls")
        self.list.window.stays_at_start = True
        self.card = CardPane(classes="card-side")
        self.split = Split(Vertical(self.list, classes="list-side"), self.card)
        self._outcome = call_cells.OUTCOME

    def compose(self) -> ComposeResult:
        yield self.searching
        yield self.split

    def first_focus(self) -> RecordList[Call]:
        return self.list

    @property
    def call(self) -> Call | None:
        """The selected call."""
        return self.list.row

    def person_id(self) -> int | None:
        call = self.call
        return call.contact.id if call and call.contact else None

    # --- reading --------------------------------------------------------------------------------------------

    async def load(self) -> None:
        if self.list.row is None or self.list.window.top == 0:
            await self.list.reload()
        self.count()
        self.want_card()

    async def taken_back(self, about: About) -> None:
        """The cursor goes to the call that is there again, if it stands among those that were read."""
        if about.call_id is not None:
            await self.load()
            self.list.move_to(about.call_id)

    async def on_changed(self, changed: Changed) -> None:
        """New calls come at the top; those that changed are read again where they stand."""
        for entity, record_id in changed:
            if entity == "call" and self.list.find(record_id) is not None:
                call = await self.bridge.read(call_reads.fits, record_id, self.searching.text)
                if call is None:
                    self.list.take_out(record_id)
                else:
                    self.list.patch(call)
        await self.load()

    async def _page(self, row: Call | None, backward: bool) -> Page:
        before = row.id if row else None
        scene, page = await self.bridge.read(call_reads.calls, before, backward, self.searching.text)
        self._outcome = max(self._outcome, call_cells.outcome_width(page.rows, scene))
        self.look(scene)
        return page

    def columns(self, scene: Scene) -> Sequence[Column]:
        return call_cells.call_columns(scene, sought_words(self.searching.text), self._outcome)

    def columns_key(self) -> object:
        return self.searching.text, self._outcome

    def look(self, scene: Scene) -> None:
        super().look(scene)
        if self.searching.text:
            self.list.set_empty(
                t(
                    "No call fits. {empty} in the search empties it, {days} takes other days.",
                    empty=keymap.named("search.leave"),
                    days=keymap.named("calls.period"),
                )
            )
        else:
            self.list.set_empty(t("No calls yet. {key} logs one.", key=keymap.named("record.log")))

    async def tell_totals(self, filter_text: str) -> None:
        found = await self.bridge.read(call_reads.totals, filter_text)
        said = call_lines.totals(found.calls, found.talked_s, more=found.more)
        self.searching.tell(text.phrase(said, style="dim"))

    # --- the call in full -----------------------------------------------------------------------------------

    async def load_card(self) -> None:
        """The call itself, every fact of it; not the person's card."""
        call, scene = self.call, self.scene
        if scene is None:
            return
        if call is None:
            self.card.show_lines(*call_lines.nothing())
            return
        width = max(20, self.card.size.width - 2)
        self.card.show_lines(call_lines.title(call, scene), call_lines.full(call, scene, width))

    async def open_card(self) -> None:
        """Opens the call itself over the place."""
        if self.call is not None:
            from tuicrm.tui.screens.open_call import OpenCall

            await self.crm_app.open_view(OpenCall(self.call.id, self.searching.text))

    # --- the search line ------------------------------------------------------------------------------------

    async def search_changed(self) -> None:
        await self.list.reload(keep=False)
        self.count()

    # --- days -----------------------------------------------------------------------------------------------

    async def action_period(self) -> None:
        """Which days the list shows."""
        from tuicrm.tui.dialogs.picker import Option, Picker

        options = [Option(value, "", said) for value, said in period_words().items()]
        await self.app.push_screen(Picker(t("Which days?"), options), self._picked)

    def _picked(self, value: str | None) -> None:
        if value is not None:
            self.show(written(self.searching.text, "calls", "day", value))

    def shown_day(self) -> date:
        assert self.scene is not None, "keys come after the first page"
        return self.call.started_at.astimezone(self.scene.zone).date() if self.call else self.scene.today

    # --- keys -----------------------------------------------------------------------------------------------

    def relabel(self, id: str) -> Phrase | None:
        """``a`` logs a call here."""
        return t("log a past call") if id == "record.add" else super().relabel(id)

    def hidden_keys(self) -> Iterable[str]:
        person = ("work.follow_up", "work.ticket")
        if self.call is None:
            return ("list.open", "record.edit", "record.delete", "record.copy", *person)
        return () if self.call.contact else person


def period_words() -> dict[str, Phrase]:
    """The days that ``p`` offers, by how a filter says them; ``""`` for all."""
    words = (t("today"), t("yesterday"), t("this week"), t("last week"), t("this month"), t("last month"))
    return {**dict(zip(PERIODS, words, strict=True)), "": t("all days")}
