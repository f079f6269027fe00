"""Rows of the queue that a colleague deals with meanwhile: where the cursor goes, and which key counts there.

No key that was meant for one person may log or dial another: a row that is lost is told, with who called, and the first
outcome's key on the row that the cursor came to by itself logs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from tuicrm.domain.models import TodayRow
from tuicrm.i18n import Phrase
from tuicrm.tui.claimed_rows import free_first
from tuicrm.tui.claiming import READ_S
from tuicrm.tui.screens import reads, taken
from tuicrm.tui.screens.outcome_keys import OutcomeKeys
from tuicrm.tui.screens.strayed import Strayed
from tuicrm.tui.widgets.record_list import RecordList


class SharedRows(OutcomeKeys):
    """A place with the queue. ``_strayed`` guards the rows to which nobody moved the cursor."""

    list: RecordList[TodayRow]
    _strayed: Strayed
    _lost: TodayRow | None = None
    _told_of: tuple[str, float] | None = None
    """The row of whom it was said that a colleague has called them, when dialling was asked for, and when that was."""

    def behind_the_lost(self, rows: Sequence[TodayRow]) -> str | None:
        """Where the cursor goes when a colleague has called whom it was on: several work one list, so that such a row
        does not stay as one's own promise does. None where nothing was lost."""
        held = self.list.row
        if held is None or held.part != "list" or not rows or not _called(held, rows):
            return None
        to = free_first(rows[min(self.list.window.cursor, len(rows) - 1) :])[0].key
        # what one logs oneself is heard of like anybody's, perhaps before the cursor has gone on
        self._lost = held if held.key not in (to, self.logs) else None
        return to

    async def tell_of_the_lost(self) -> None:
        """The list was read anew: says who called whom the cursor was on, and who is next."""
        lost, self._lost = self._lost, None
        row = self.list.row
        if lost is None or row is None:
            return
        self._strayed.pushed(row.key)
        me = (await self.bridge.crm()).me
        last = await self.bridge.read(reads.called_since, lost.contact)
        if last is not None and last.agent == me:
            self._strayed.pushed(None)
        elif last is not None and self.crm_app.place is self:
            said = taken.called(self.name_of(lost.contact), last, self.scene)
            self.say(taken.then_next(said, self.name_of(row.contact)), "warn")

    def not_yet(self, row: TodayRow) -> Phrase:
        name, key = self.name_of(row.contact), self.crm_app.typed.key_name
        if self._strayed.meant_for_another(row.key, self._pressed_at):
            return taken.came_by_itself(name, key)
        return self._strayed.refusal(row, name, key)

    def other_key(self, key: str) -> None:
        self._strayed.pressed(key)

    @property
    def _pressed_at(self) -> float:
        key = self.crm_app.typed.key
        return key.time if key is not None else 0.0

    async def called_by_another(self, row: TodayRow) -> None:
        await super().called_by_another(row)
        if self.list.key != row.key:
            self._strayed.pushed(self.list.key, self._pressed_at)

    async def action_dial(self) -> None:
        """Whom a colleague has called since the row was read is dialled only by the key that comes after saying so."""
        row, at = self.list.row, self._pressed_at
        told_of, self._told_of = self._told_of, None
        again = (
            told_of is not None and row is not None and told_of[0] == row.key and at - told_of[1] >= READ_S
        )
        if row is None or again or self._telephone():
            await super().action_dial()
            return
        last = await self.bridge.read(reads.called_since, row.contact)
        if last is None or last.agent == (await self.bridge.crm()).me:
            await super().action_dial()
            return
        self._told_of = (row.key, at)
        self.say(taken.dials(taken.called(self.name_of(row.contact), last, self.scene)), "warn")


def _called(held: TodayRow, rows: Sequence[TodayRow]) -> bool:
    """Whether they are not on the list any more, or stand at its end since a call: in vain, and nothing is promised."""
    now = next((row.contact for row in rows if row.key == held.key), None)
    if now is None:
        return True
    last, before = now.last_call_at, held.contact.last_call_at
    return last is not None and (before is None or last > before)
