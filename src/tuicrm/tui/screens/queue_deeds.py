"""What is done to the rows of the queue: the promise of the selected one, or all that are marked.

Somebody to whom nothing is promised can be called, and not be marked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from textual import events

from tuicrm.domain.models import FollowUp, TodayRow
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.screens.marking import Marks
from tuicrm.tui.screens.promise_deeds import PromiseDeeds
from tuicrm.tui.screens.queue_words import EVERYTHING
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.record_list import RecordList

ABOUT_PROMISES: Final = ("promise.snooze", "promise.done", "promise.hand", "record.edit", "today.cancel")
"""Keys that do nothing to somebody to whom nothing is promised."""


class QueueDeeds(PromiseDeeds, Marks):
    """A place with the queue."""

    list: RecordList[TodayRow]
    shown = EVERYTHING
    """Which list stands below the promises, or in place of them."""
    may_pick = False
    """Nobody stands in the queue, and there are worklists."""

    def hidden_keys(self) -> Iterable[str]:
        row = self.list.row
        hidden = () if row is not None else ("list.open", "record.copy", "marks.mark")
        if self.marks or (row is not None and row.follow_up is not None):
            return hidden
        return (*hidden, *ABOUT_PROMISES)

    def relabel(self, id: str) -> Phrase | None:
        again = id == "promise.done" and self.shown.in_vain
        own = {"record.edit": t("move, edit")}
        return t("open again") if again else own.get(id) or super().relabel(id)

    def urgent_keys(self) -> Sequence[str]:
        """Where nobody waits there is a list to be picked."""
        pick = ("today.list",) if self.may_pick and self.list.row is None else ()
        return (*super().urgent_keys(), *pick)

    # --- promises -------------------------------------------------------------------------------------------

    def promise(self) -> FollowUp | None:
        row = self.list.row
        return row.follow_up if row is not None else None

    def promise_name(self, it: FollowUp) -> str:
        row = self.list.row
        return (
            self.name_of(row.contact) if row is not None and row.follow_up is it else super().promise_name(it)
        )

    def nothing_promised(self) -> Phrase:
        """What there is to do for somebody to whom nothing is promised for today."""
        row = self.list.row
        if row is None:
            return super().nothing_promised()
        due = row.contact.next_follow_up
        if due is None or self.scene is None:
            make = keymap.named("work.follow_up")
            return t(
                "Nothing is promised to {name}. {key} makes a follow-up.",
                name=self.name_of(row.contact),
                key=make,
            )
        return t(
            "{name}: promised for {when}. {key} shows it among the follow-ups.",
            name=self.name_of(row.contact),
            when=moments.due_short(due, self.scene.today),
            key=keymap.named("place.followups"),
        )

    async def on_key(self, event: events.Key) -> None:
        """``Delete`` is what cancels in Follow-ups; a row of the queue is a person, whom it must not seem to delete."""
        if event.key == "delete":
            event.stop()
            if self.promise() is None and not self.marks:
                self.say(self.nothing_promised(), "warn")
            else:
                self.say(t("The menu of {key} cancels the follow-up.", key=keymap.named("place.menu")))

    def marked_promises(self) -> Sequence[int]:
        return tuple(self.marks)

    def mark_of(self, row: TodayRow) -> int:
        return row.follow_up.id if row.follow_up is not None else 0

    def marked_name(self, row: TodayRow) -> str:
        return self.name_of(row.contact)

    def shown_marks(self) -> Collection[str]:
        return {f"followup:{each}" for each in self.marks}

    async def ids_between(self, first: TodayRow, last: TodayRow) -> Sequence[int]:
        places = [self.list.window.index(row.key) or 0 for row in (first, last)]
        return _promised(self.list.rows[min(places) : max(places) + 1])

    async def ids_listed(self) -> Sequence[int]:
        return _promised(self.list.rows)

    def _put(self, row: TodayRow) -> None:
        if row.follow_up is None:
            self.say(t("Only what is promised can be marked here."), "warn")
        else:
            super()._put(row)

    def before_leaving(self) -> bool:
        return self.unmark()


def _promised(rows: Iterable[TodayRow]) -> Sequence[int]:
    return [row.follow_up.id for row in rows if row.follow_up is not None]
