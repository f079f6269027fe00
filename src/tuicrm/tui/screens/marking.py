"""Marks in a list: ``Space`` one, ``-`` all from the last mark to here, ``*`` all that are listed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from tuicrm.domain.models import ContactRow
from tuicrm.domain.people_order import MOST_AT_ONCE
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap
from tuicrm.tui.screens.base import Place
from tuicrm.tui.screens.people_deeds import Chosen, PeopleDeeds
from tuicrm.tui.widgets.record_list import RecordList


class Marks(Place):
    """A place whose list can be marked. A subclass says which records a range and all of them are."""

    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("marks")
    list: RecordList[Any]

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[int, str] = {}
        """The ids of those that are marked; the name where it is known."""
        self._anchor: Any = None

    # --- for subclasses -------------------------------------------------------------------------------------

    def mark_of(self, row: Any) -> int:
        """The id under which a row is marked."""
        found: int = row.id
        return found

    def marked_name(self, row: Any) -> str:
        """What to call a marked row."""
        raise NotImplementedError

    def shown_marks(self) -> Collection[Any]:
        """The keys of the rows that are shown as marked."""
        return self.marks

    async def ids_between(self, first: Any, last: Any) -> Sequence[int]:
        """What stands from one row to another, as the list is now."""
        raise NotImplementedError

    async def ids_listed(self) -> Sequence[int]:
        """All that is in the list as it is now."""
        raise NotImplementedError

    def marks_changed(self) -> None:
        """Others are marked than before."""

    # --- what is marked -------------------------------------------------------------------------------------

    def marked_words(self) -> Phrase:
        """``12 marked``; an empty phrase for none."""
        return nt("{n} marked", "{n} marked", len(self.marks)) if self.marks else Phrase()

    def marked_count(self) -> int:
        return len(self.marks)

    def unmark(self) -> bool:
        """Takes all marks away; False when there were none."""
        had = bool(self.marks)
        self.marks.clear()
        self._anchor = None
        self._show_marks()
        return had

    # --- keys and mouse -------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Marks the row, or takes its mark away, and goes on to the next."""
        row = self.list.row
        if row is not None:
            self._toggle(row)
            self.list.action_down()

    def action_mark_on(self, step: int) -> None:
        """Marks the row and the next one that way."""
        if (row := self.list.row) is None:
            return
        self._put(row)
        self.list.move(self.list.window.cursor + step)
        if (row := self.list.row) is not None:
            self._put(row)
        self._show_marks()

    async def action_mark_to(self) -> None:
        if (row := self.list.row) is not None:
            await self._mark_to(row)

    async def _mark_to(self, row: Any) -> None:
        if self._anchor is None:
            self._toggle(row)
            return
        self._mark_many(await self.ids_between(self._anchor, row))
        self._anchor = row

    async def action_mark_all(self) -> None:
        """Marks everybody listed; a second time takes all marks away."""
        ids = await self.ids_listed()
        if ids and self.marks.keys() >= set(ids):
            self.unmark()
        else:
            self._mark_many(ids)

    async def on_record_list_marked(self, event: RecordList.Marked) -> None:
        event.stop()
        if event.through:
            await self._mark_to(event.row)
        else:
            self._toggle(event.row)

    def _mark_many(self, ids: Sequence[int]) -> None:
        room = MOST_AT_ONCE - len(self.marks)
        new = [each for each in ids if each not in self.marks]
        self.marks.update((each, self._known_name(each)) for each in new[: max(0, room)])
        if len(new) > room:
            self.say(t("{most} at once are the most; narrow the list first.", most=MOST_AT_ONCE), "warn")
        self._show_marks()

    def _known_name(self, record_id: int) -> str:
        row = next((row for row in self.list.rows if self.mark_of(row) == record_id), None)
        return self.marked_name(row) if row is not None else ""

    def _toggle(self, row: Any) -> None:
        if self.marks.pop(self.mark_of(row), None) is None:
            self._put(row)
        self._show_marks()

    def _put(self, row: Any) -> None:
        self.marks[self.mark_of(row)] = self.marked_name(row)
        self._anchor = row

    def _show_marks(self) -> None:
        self.list.marks = self.shown_marks()
        self.list.refresh()
        self.marks_changed()
        self.keys_changed()


class MarksPeople(Marks, PeopleDeeds):
    """A place whose list of people can be marked."""

    list: RecordList[ContactRow]

    def marked_name(self, row: ContactRow) -> str:
        return self.name_of(row)

    async def chosen(self) -> Chosen | None:
        if not self.marks:
            return await super().chosen()
        ids = tuple(self.marks)
        return Chosen(ids, self.marks[ids[0]] if len(ids) == 1 else "")

    def deed_done(self, chosen: Chosen) -> None:
        """Marks stay, for the next deed."""
        del chosen
        self._show_marks()

    def gone(self, chosen: Chosen) -> None:
        for contact_id in chosen.ids:
            self.marks.pop(contact_id, None)

    def urgent_keys(self) -> Sequence[str]:
        """What is done to those who are marked stands first; a caller who waits before it."""
        deeds = ("person.owner", "record.tags", "work.follow_up", "record.delete") if self.marks else ()
        return (*super().urgent_keys(), *deeds)
