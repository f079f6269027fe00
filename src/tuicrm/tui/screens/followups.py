"""Follow-ups: what is promised? Day by day, the person of the selected one beside or beneath the list.

The search line holds the whole filter, as in Calls: ``p`` and ``[ ]`` write into it, so that what is shown is always
what stands there. It begins with one's own; what is open is shown unless it asks for a state.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tuicrm.domain.filters import sought
from tuicrm.domain.fold import words as folded_words
from tuicrm.domain.models import ContactRow, FollowUp, Page, Saved, TodayRow
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.claimed_rows import show_holders, with_holders
from tuicrm.tui.rows import Column
from tuicrm.tui.screens import agenda_reads, reads
from tuicrm.tui.screens.agenda_days import AgendaDays
from tuicrm.tui.screens.agenda_views import AgendaFilter, nothing
from tuicrm.tui.screens.base import Changed
from tuicrm.tui.screens.filter_words import is_mine, mine
from tuicrm.tui.screens.marking import Marks
from tuicrm.tui.screens.outcome_keys import OutcomeKeys
from tuicrm.tui.screens.people import PeoplePlace
from tuicrm.tui.screens.person_keys import bindings
from tuicrm.tui.screens.promise_deeds import PromiseDeeds, Promises
from tuicrm.tui.widgets import agenda_cells
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.grouped_list import GroupedList
from tuicrm.tui.widgets.search_row import SearchRow
from tuicrm.tui.widgets.split import Split

if TYPE_CHECKING:
    from tuicrm.domain.deeds import About
    from tuicrm.services.agenda import Totals


def row_key(row: FollowUp) -> int:
    return row.id


class FollowUpsPlace(OutcomeKeys, PromiseDeeds, Marks, AgendaFilter, PeoplePlace):
    """The fourth place."""

    scope = "followups"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("record.search", "record.delete"),
        *keymap.bindings("followups"),
    ]
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact", "call", "followup", "ticket", "process"})
    list: GroupedList[FollowUp]

    def __init__(self) -> None:
        super().__init__()
        self.searching = SearchRow(
            "followups", t("words, or agent: due: state: …"), leave=self.to_list, changed=self.search_changed
        )
        self.list = GroupedList(
            row_key, self._page, group_of=self._day, heading=self._heading, id="followups"
        )
        self.list.window.stays_at_start = True
        self.card = CardPane(classes="card-side")
        self.split = Split(Vertical(self.list, classes="list-side"), self.card)
        self._days = AgendaDays()
        self._totals: Totals | None = None
        self._one_reading = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield self.searching
        yield self.split

    def on_mount(self) -> None:
        self.searching.begin_with(mine("followups"))

    def first_focus(self) -> GroupedList[FollowUp]:
        return self.list

    # --- who and what is selected -----------------------------------------------------------------------------

    def promise(self) -> FollowUp | None:
        return self.list.row

    def person_id(self) -> int | None:
        row = self.list.row
        return row.contact.id if row else None

    async def person(self) -> ContactRow | None:
        row = self.list.row
        return await self.bridge.read(reads.person, row.contact.id) if row else None

    def selected_record(self) -> tuple[str, int] | None:
        return ("followup", self.list.row.id) if self.list.row else None

    # --- reading --------------------------------------------------------------------------------------------

    async def load(self) -> None:
        await self._reload()
        self.count()
        self.want_card()

    async def on_changed(self, changed: Changed) -> None:
        del changed
        await self.load()

    async def _reload(self, to: int | None = None) -> None:
        """Reads what is held again where it stands. ``to``: the row the cursor goes to.

        One reading after the other: a change that is heard of meanwhile must not undo where the cursor went.
        """
        async with self._one_reading:
            row, window = self.list.row, self.list.window
            if row is None or (window.top == 0 and not window.more_before):
                await self.list.reload()
            else:
                part = await self.bridge.read(agenda_reads.around, row, self.searching.text)
                self._take(part)
                rows = with_holders(self.crm_app, part.page.rows)
                self.list.set_rows(rows, more=part.page.more, more_before=part.before)
            if to is not None:
                self.list.move_to(to)

    async def _page(self, row: FollowUp | None, backward: bool) -> Page:
        part = await self.bridge.read(agenda_reads.part, row, backward, self.searching.text)
        self._take(part)
        return Page(tuple(with_holders(self.crm_app, part.page.rows)), part.page.more)

    def claimed(self, others: Mapping[int, str]) -> None:
        show_holders(self.list, others)

    def _take(self, part: agenda_reads.Part) -> None:
        if self._days.take(part):
            # rows of a day came or went: so says the line above those that stay as they are
            self.list.refresh()
        self.look(part.scene)

    def _day(self, row: FollowUp) -> date:
        assert self.scene is not None, "rows come with their scene"
        return agenda_cells.day_of(row, self.scene)

    def _heading(self, row: FollowUp) -> Phrase:
        assert self.scene is not None, "rows come with their scene"
        return self._days.heading(row, self.scene)

    def columns(self, scene: Scene) -> Sequence[Column]:
        looked_for = tuple(
            folded_words(sought(self.searching.text, "followups", ("reason", "name", "contact")))
        )
        own = is_mine(self.searching.text, "followups")
        return agenda_cells.agenda_columns(scene, looked_for, everybody=not own, closed=self._days.closed_too)

    def columns_key(self) -> object:
        return self.searching.text, self._days.closed_too

    def look(self, scene: Scene) -> None:
        super().look(scene)
        self.list.set_empty(nothing(self.searching.text))

    async def tell_totals(self, filter_text: str) -> None:
        self._totals = await self.bridge.read(agenda_reads.totals, filter_text)
        self.marks_changed()

    def marks_changed(self) -> None:
        """The numbers beside the search line begin with how many are marked."""
        if (found := self._totals) is not None:
            numbers = (found.follow_ups, found.overdue, found.today, found.waiting)
            said = agenda_cells.totals_words(*numbers, more=found.more, marked=self.marked_words())
            self.searching.tell(said)

    # --- the search line ------------------------------------------------------------------------------------

    def shown_day(self) -> date:
        assert self.scene is not None, "keys come after the first page"
        return self._day(self.list.row) if self.list.row else self.scene.today

    async def search_changed(self) -> None:
        self._days.forget()
        await self.list.reload(keep=False)
        self.count()

    # --- marks ----------------------------------------------------------------------------------------------

    def marked_name(self, row: FollowUp) -> str:
        return self.promise_name(row)

    def marked_promises(self) -> Sequence[int]:
        return tuple(self.marks)

    def marked_count(self) -> int:
        return len(self.marks)

    async def ids_between(self, first: FollowUp, last: FollowUp) -> Sequence[int]:
        from tuicrm.tui.bridge import agenda

        found: list[int] = await self.bridge.read(agenda.ids, self.searching.text, between=(first, last))
        return found

    async def ids_listed(self) -> Sequence[int]:
        from tuicrm.tui.bridge import agenda

        found: list[int] = await self.bridge.read(agenda.ids, self.searching.text)
        return found

    def before_leaving(self) -> bool:
        return self.unmark()

    async def promises_done(self, chosen: Promises) -> None:
        """What was marked has been dealt with."""
        if chosen.one is None:
            self.unmark()

    # --- outcomes, and other keys ---------------------------------------------------------------------------

    def target(self) -> TodayRow | None:
        row = self.list.row
        if row is None or row.state != "open":
            return None
        # its person is read when it is needed; the outcome is logged by the id
        who = ContactRow(row.contact.id, row.contact.name, "", "", None, 0, None)
        return TodayRow(who, row, None, None)

    def next_key(self, row: TodayRow) -> int | None:
        rows = self.list.rows
        at = next((at for at, one in enumerate(rows) if row.follow_up and one.id == row.follow_up.id), 0)
        after = rows[at + 1 : at + 2] or rows[max(0, at - 1) : at]
        return after[0].id if after else None

    async def go_on(self, to: Any) -> None:
        await self._reload(to)
        self.count()

    async def open_bar(self, row: TodayRow) -> None:
        person = await self.person()
        if person is not None and row.follow_up is not None:
            await self.crm_app.bar.open_for(person, follow_up_id=row.follow_up.id)

    async def action_log(self) -> None:
        """The log bar, the call answering the selected follow-up."""
        row = self.target()
        if row is None:
            await super().action_log()
        else:
            await self.open_bar(row)

    async def logged(self, saved: Saved) -> None:
        """A call was saved in the bar: the cursor goes on when it was the selected one's."""
        row = self.target()
        mine = row is not None and saved.call.contact is not None and saved.call.contact.id == row.contact.id
        await self.go_on(self.next_key(row) if row is not None and mine else None)

    async def taken_back(self, about: About) -> None:
        """The cursor goes where the promise stands again."""
        if about.contact_id is None:
            return
        await self._reload()
        again = next((row.id for row in self.list.rows if row.contact.id == about.contact_id), None)
        if again is not None:
            self.list.move_to(again)

    async def action_add(self) -> None:
        """A form for what is promised, and to whom."""
        from tuicrm.tui.dialogs.promise_to import promise_to

        await promise_to(self)

    def relabel(self, id: str) -> Phrase | None:
        row = self.list.row
        closed = row is not None and row.state != "open"
        own = {
            "record.add": t("add a follow-up"),
            "record.edit": t("move, edit"),
            "record.delete": t("cancel"),
            "promise.done": t("open again") if closed else t("done"),
        }
        return own.get(id) or super().relabel(id)

    def hidden_keys(self) -> Iterable[str]:
        row = self.list.row
        if row is None and not self.marks:
            work = ("work.follow_up", "work.ticket", "record.edit", "record.delete", "marks.mark")
            return ("list.open", "record.copy", "promise.snooze", "promise.done", "promise.hand", *work)
        if row is not None and row.state != "open" and not self.marks:
            return ("promise.snooze", "promise.hand", "record.edit", "record.delete")
        return ()

    def urgent_keys(self) -> Sequence[str]:
        """What is done to follow-ups stands first; a caller who waits before it."""
        deeds = ("promise.done", "promise.snooze") if self.list.row is not None else ()
        more = ("record.edit", "promise.hand", "record.delete") if self.marks else ()
        return (*super().urgent_keys(), *deeds, *more)
