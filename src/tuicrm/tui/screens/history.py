"""What was done, newest first: to one record, or by oneself. Taken back, or done again, from here.

Each line is one action in words; beneath or beside it stands all that it changed, before and after. ``/`` opens a
search line that takes the filter language of ``tuicrm history --where``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from tuicrm import told
from tuicrm.domain.deeds import Deed, History
from tuicrm.domain.models import Page
from tuicrm.domain.record import replace
from tuicrm.i18n import t, word
from tuicrm.tui import keymap, rows, text
from tuicrm.tui.rows import Cell, Column, data, words
from tuicrm.tui.screens.base import Changed
from tuicrm.tui.screens.deed_turning import TurnsDeed
from tuicrm.tui.screens.person_keys import bindings
from tuicrm.tui.screens.saved_filters import HasSearch
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.safe import Rule
from tuicrm.tui.widgets.search_row import SearchRow
from tuicrm.tui.widgets.split import Split

if TYPE_CHECKING:
    from tuicrm.services.context import Crm

PAGE: Final = 100
Ref = tuple[str, int]


def read(
    crm: Crm, ref: Ref | None, before: int | None, backward: bool, filter_text: str
) -> tuple[told.Seen, History]:
    """A page of the record's history, or of what oneself did, as far as it fits, and what its words need."""
    from tuicrm.services import filtering, history

    where = filtering.where(crm, "history", filter_text)
    if ref is None:
        found = history.of_agent(crm, limit=PAGE, before=before, backward=backward, where=where)
    else:
        found = history.of_record(crm, ref, limit=PAGE, before=before, backward=backward, where=where)
    return told.Seen(crm.process(), crm.zone, crm.now(), crm.region(), found.names), found


def row_key(row: Deed) -> int:
    return row.id


class HistoryPlace(TurnsDeed, HasSearch):
    """The history of ``ref`` under the name ``whose``; of what oneself did without them."""

    scope = "history"
    BINDINGS: ClassVar[list[BindingType]] = bindings("record.search")
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset(
        {"contact", "call", "followup", "ticket", "ticket_event"}
    )

    def __init__(self, ref: Ref | None = None, whose: str = "") -> None:
        super().__init__()
        self._ref = ref
        self._whose = whose
        self._seen: told.Seen | None = None
        self._names: dict[Ref, str] = {}
        self.searching = SearchRow(
            "history",
            t("words, or verb: entity: day: …") if ref is None else t("words, or agent: verb: day: …"),
            leave=self.to_list,
            changed=self._search_changed,
        )
        self.searching.display = False
        self.list: RecordList[Deed] = RecordList((), row_key, self._page, id="history")
        self.list.window.stays_at_start = True
        self.card = CardPane(classes="card-side")
        self.split = Split(Vertical(Rule(self._heading()), self.list, classes="list-side"), self.card)

    def compose(self) -> ComposeResult:
        yield self.searching
        yield self.split

    def _heading(self) -> Content:
        if self._ref is None:
            return text.phrase(t("What I did"), style="here")
        said = text.phrase(t("History"), style="here")
        return text.join((said, text.show(self._whose)), " · ") if self._whose else said

    def first_focus(self) -> RecordList[Deed]:
        return self.list

    # --- reading --------------------------------------------------------------------------------------------

    async def load(self) -> None:
        if self.list.row is None or self.list.window.top == 0:
            await self.list.reload()
        self._show()

    async def on_changed(self, changed: Changed) -> None:
        del changed
        await self.load()

    async def _page(self, row: Deed | None, backward: bool) -> Page:
        edge = row.id if row is not None else None
        seen, found = await self.bridge.read(read, self._ref, edge, backward, self.searching.text)
        # names of pages read before are wanted as long as their rows are held
        self._names |= found.names
        self._seen = replace(seen, names=self._names)
        self.list.set_columns(self._columns(self._seen))
        self.list.set_empty(
            t("Nothing fits. {key} shows everything again.", key=keymap.named("place.back"))
            if self.searching.text
            else t("Nothing has been done yet.")
        )
        return Page(found.deeds, found.more)

    def _columns(self, seen: told.Seen) -> Sequence[Column]:
        who = (
            []
            if self._ref is None
            else [Column("who", lambda deed: data(deed.agent, "dim"), 6, rank=1, wants=8)]
        )
        return (
            Column("when", partial(_when, seen=seen), moments.stamp_width()),
            *who,
            Column("what", partial(_what, seen=seen, about=self._ref), 20, grow=1),
        )

    # --- the search line ------------------------------------------------------------------------------------

    async def action_search(self) -> None:
        self.searching.display = True
        await super().action_search()

    def to_list(self) -> None:
        """Out of the search line; an empty one goes."""
        self.searching.display = bool(self.searching.line.value)
        super().to_list()

    def before_leaving(self) -> bool:
        """``q`` and ``Esc`` end the search first."""
        if not self.searching.line.value:
            return False
        self.searching.put("")
        self.to_list()
        return True

    async def _search_changed(self) -> None:
        await self.list.reload(keep=False)
        self._show()

    # --- the action in full ---------------------------------------------------------------------------------

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        event.stop()
        self._show()
        self.keys_changed()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        deed, seen = self.list.row, self._seen
        if deed is None or seen is None:
            self.card.show_lines(text.blank(0), ())
            return
        self.card.show_lines(
            title(deed, seen), whole(deed, seen, self._ref, max(20, self.card.size.width - 2))
        )

    async def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        event.stop()
        if self.list.row is not None and self._seen is not None:
            await self.crm_app.open_view(DeedView(self.list.row, self._seen, self._ref))

    # --- taking back ----------------------------------------------------------------------------------------

    @property
    def turned(self) -> tuple[Deed, told.Seen] | None:
        return None if self.list.row is None or self._seen is None else (self.list.row, self._seen)

    def hidden_keys(self) -> Iterable[str]:
        return ("list.open", *super().hidden_keys()) if self.list.row is None else super().hidden_keys()

    def show_later(self, action: int) -> bool:
        return self.list.move_to(action)


class DeedView(TurnsDeed):
    """One action, every line of it; it is taken back, or done again, as in the list."""

    scope = "plain"
    RELOADS_ON = HistoryPlace.RELOADS_ON

    def __init__(self, deed: Deed, seen: told.Seen, about: Ref | None) -> None:
        super().__init__()
        self._deed, self._seen, self._about = deed, seen, about
        self.card = CardPane(always_full=True)

    def compose(self) -> ComposeResult:
        yield self.card

    @property
    def turned(self) -> tuple[Deed, told.Seen] | None:
        return self._deed, self._seen

    def hidden_keys(self) -> Iterable[str]:
        return ("card.open", *super().hidden_keys())

    async def load(self) -> None:
        """Reads the action anew: by now it may be taken back."""
        seen, found = await self.bridge.read(read, self._about, self._deed.id + 1, False, "")
        if found.deeds and found.deeds[0].id == self._deed.id:
            self._deed, self._seen = found.deeds[0], seen
        self._show()
        self.keys_changed()

    def _show(self) -> None:
        width = max(20, self.size.width - 2)
        self.card.show_lines(title(self._deed, self._seen), whole(self._deed, self._seen, self._about, width))

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)


# --- words ------------------------------------------------------------------------------------------------------


def _when(deed: Deed, seen: told.Seen) -> Cell:
    return rows.number(moments.stamp_short(deed.at, seen.now, seen.zone), "dim")


def _what(deed: Deed, seen: told.Seen, about: Ref | None) -> Cell:
    said = told.headline(deed, seen, about)
    if deed.undone_by is not None:
        return words(t("(taken back) {what}", what=said), "dim")
    return words(said, "dim" if deed.undoes is not None else "")


def title(deed: Deed, seen: told.Seen) -> Content:
    """``call logged · Fri 20 Nov 10:12 · sara``."""
    parts = [
        text.phrase(word(deed.verb), style="strong"),
        text.number(moments.stamp(deed.at, seen.now, seen.zone)),
        text.show(deed.agent),
    ]
    return text.join(parts, " · ")


def whole(deed: Deed, seen: told.Seen, about: Ref | None, width: int) -> list[Content]:
    """Every line of an action, wrapped to ``width`` cells."""
    out: list[Content] = []
    if deed.undoes is not None:
        out += text.phrases(told.headline(deed, seen), width)
    for line in told.lines(deed, seen, about):
        out += text.phrases(line, width)
    became = told.standing(deed)
    if became:
        out += text.phrases(became, width, style="warn")
    how = told.via(deed.via)
    tail = [how] if how else []
    tail.append(t("action {id}", id=deed.id))
    return [*out, text.join((text.phrase(one, style="dim") for one in tail), " · ")]
