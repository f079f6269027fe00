"""Today: whom to call next. The queue, the card of the selected person, one-key outcomes.

An outcome key is done to the person who was selected when it was pressed. Keys that follow wait until the call
is saved and the cursor stands on the next row; a row that another session took away stays, marked, until the
cursor leaves it, so that no key meant for one person ever hits the one who moved up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tuicrm.domain.deeds import About
from tuicrm.domain.errors import Invalid, NotFound
from tuicrm.domain.models import ContactRow, Saved, TodayRow
from tuicrm.domain.worklist import Progress
from tuicrm.i18n import Phrase
from tuicrm.tui import keymap
from tuicrm.tui.claimed_rows import free_first, show_holders, with_holders
from tuicrm.tui.rows import Column
from tuicrm.tui.screens import queue_words as words
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.people import PeoplePlace
from tuicrm.tui.screens.person_keys import bindings
from tuicrm.tui.screens.promise_deeds import Promises
from tuicrm.tui.screens.queue_lists import QueueLists
from tuicrm.tui.screens.shared_rows import SharedRows
from tuicrm.tui.screens.strayed import Strayed
from tuicrm.tui.widgets import cells
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.ends import Ends
from tuicrm.tui.widgets.grouped_list import GroupedList
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.safe import Rule
from tuicrm.tui.widgets.split import Split


def row_key(row: TodayRow) -> str:
    """A row's identity; a function, so that ``TodayRow.key`` may stay a property."""
    return row.key


class TodayPlace(SharedRows, QueueLists, PeoplePlace):
    """The first place."""

    scope = "today"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("record.search"), *keymap.bindings("today")]
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact", "call", "followup", "ticket", "process"})

    def __init__(self) -> None:
        super().__init__()
        self._counts = Ends(id="today-counts")
        self._progress: Progress | None = None
        self._kept: Mapping[str, tuple[int, int]] = words.ALL
        self.list: RecordList[TodayRow] = GroupedList(
            row_key, group_of=self._group, heading=self._heading, id="queue"
        )
        self.list.window.stays_at_start = True
        self.card = CardPane(classes="card-side")
        self.list_title = Rule(words.title(self.shown))
        self.split = Split(Vertical(self.list_title, self.list, classes="list-side"), self.card)
        self._gone: dict[str, TodayRow] = {}
        self._one_reading = asyncio.Lock()
        self._anybody = True
        self._asleep = False
        self._promised = True
        self._strayed = Strayed()
        self._welcomed = False

    def compose(self) -> ComposeResult:
        yield self._counts
        yield self.split

    def about(self) -> Sequence[Phrase]:
        return words.order_lines()

    async def person(self) -> ContactRow | None:
        row = self.list.row
        return row.contact if row else None

    def selected_record(self) -> tuple[str, int] | None:
        row = self.list.row
        return ("followup", row.follow_up.id) if row is not None and row.follow_up is not None else None

    def person_id(self) -> int | None:
        row = self.list.row
        return row.contact.id if row else None

    # --- reading --------------------------------------------------------------------------------------------

    async def taken_back(self, about: About) -> None:
        """The cursor goes where the promise stands again."""
        if about.contact_id is not None:
            await self._load(back=about.contact_id)

    async def load(self) -> None:
        """Reads the queue. The cursor stays on its record; one that is gone stays, marked, under the cursor."""
        await self._load()

    async def _load(self, *, to: str | None = None, back: int | None = None, held: str = "") -> None:
        """``to``: the row the cursor goes to, after an outcome of our own; nothing is kept for its sake then.

        ``back``: the contact whose row it goes to instead, if there is one. ``held``: the row it stays on as long as
        that one is there.

        One reading after the other: a change that is heard of meanwhile must not undo where the cursor went.
        """
        async with self._one_reading:
            day = await self._read()
            if back is not None:
                to = next((row.key for row in day.rows if row.contact.id == back), None)
            if any(row.key == held for row in day.rows):
                to = held
            self._fill(day, to)
        await self.tell_of_the_lost()
        await self._welcome()

    async def _read(self) -> reads.Day:
        """The day; a worklist that is not there any more is told, left and forgotten."""
        await self.recall()
        shown = self.shown
        try:
            return await self.bridge.read(reads.day, shown.worklist, in_vain=shown.in_vain)
        except (Invalid, NotFound) as gone:
            if not shown.worklist:
                raise
            await self.leave_list(gone)
            return await self.bridge.read(reads.day)

    def _heading(self, row: TodayRow) -> Phrase:
        return words.heading(row, self.shown, self._progress, self._kept)

    def _group(self, row: TodayRow) -> str | None:
        return words.group(row, self._kept)

    def _fill(self, day: reads.Day, to: str | None) -> None:
        rows = with_holders(self.crm_app, day.rows)
        before = self.list.row
        to = to or self._same_person(rows) or self.behind_the_lost(rows)
        if to is None:
            self._keep_gone(rows)
        else:
            self._gone.clear()
        self._asleep = any(row.quiet_until is not None for row in rows)
        self._promised = any(row.follow_up is not None for row in rows)
        self.look(day.scene)
        self.list.set_empty(words.empty(self.shown, lists=day.lists))
        if day.lists != self.may_pick:
            self.may_pick = day.lists
            self.keys_changed()
        kept = words.kept_back(day)
        if (day.progress, kept) != (self._progress, self._kept):
            # the lines above the rows say it
            self._progress, self._kept = day.progress, kept
            self.list.refresh()
        self.list.set_rows(rows)
        if to is not None:
            self.list.move_to(to)
        self._strayed.note(before, self.list.row, sent=to is not None)
        self._counts.set_ends(*words.counts_line(day.counts))
        self._anybody = day.anybody

    def _same_person(self, rows: Sequence[TodayRow]) -> str | None:
        """Where somebody without a promise stands now that there is one (an undo brought it back)."""
        held = self.list.row
        if held is None or held.follow_up is not None or any(row.key == held.key for row in rows):
            return None
        return next((row.key for row in rows if row.contact.id == held.contact.id), None)

    def _keep_gone(self, rows: list[TodayRow]) -> None:
        """The selected row stays in its place although it is not in the queue any more."""
        held = self.list.row
        keys = {row.key for row in rows}
        if held is None or held.key in keys:
            self._gone.clear()
            return
        self._gone = {held.key: held}
        rows.insert(min(self.list.window.cursor, len(rows)), held)

    def claimed(self, others: Mapping[int, str]) -> None:
        show_holders(self.list, others)

    def columns(self, scene: Scene) -> Sequence[Column]:
        gone = frozenset(self._gone)
        return cells.today_columns(scene, gone=gone, quiet=self._asleep, promised=self._promised)

    def columns_key(self) -> object:
        return frozenset(self._gone), self._asleep, self._promised

    def selected(self) -> None:
        """The cursor left a row that is gone: now it may go."""
        self._strayed.moved_to(self.list.key)
        for key in [key for key in self._gone if key != self.list.key]:
            del self._gone[key]
            self.list.take_out(key)

    async def _welcome(self) -> None:
        """An empty database is met with what to do first, once."""
        if self._anybody or self._welcomed or not self.is_attached:
            return
        self._welcomed = True
        from tuicrm.tui.screens.first_run import FirstRun

        if self.crm_app.place is self:
            await self.crm_app.open_view(FirstRun())

    # --- outcomes -------------------------------------------------------------------------------------------

    def target(self) -> TodayRow | None:
        return self.list.row

    def is_gone(self, row: TodayRow) -> bool:
        return row.key in self._gone

    async def promises_done(self, chosen: Promises) -> None:
        """The cursor goes on to the next row when it has moved away, or is gone."""
        if chosen.one is None:
            self.unmark()
        row = self.list.row
        mine = row is not None and row.follow_up is not None and row.follow_up.id in chosen.ids
        if row is not None and mine:
            await self._load(to=self.next_key(row), held=row.key)
        else:
            await self._load()

    # --- outcomes: where the cursor goes --------------------------------------------------------------------

    async def go_on(self, to: str) -> None:
        await self._load(to=to)

    def next_key(self, row: TodayRow) -> str:
        """The row below; at the end the one above."""
        rows = self.list.rows
        at = next((index for index, one in enumerate(rows) if one.key == row.key), self.list.window.cursor)
        after = free_first(rows[at + 1 :]) or rows[max(0, at - 1) : at]
        return after[0].key if after else row.key

    async def logged(self, saved: Saved) -> None:
        """A call was saved in the bar: the cursor goes on to the next row when it was the selected one's."""
        row = self.list.row
        to = None
        if row is not None and saved.call.contact is not None and saved.call.contact.id == row.contact.id:
            to = self.next_key(row)
        await self._load(to=to)
