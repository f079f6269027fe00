"""The letters that log an outcome with one key, where a list says whom to call.

An outcome is logged for who was selected when its key was pressed. Keys that follow wait until the call is saved and
the cursor stands on the next row. They are not bindings: the process file says which there are.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence
from typing import Any, Final

from textual import events

from tuicrm import i18n
from tuicrm.domain.errors import CrmError
from tuicrm.domain.models import Saved, TodayRow
from tuicrm.domain.process import CONNECTED, Outcome
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.bar.said import saved_words
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.screens import reads, taken
from tuicrm.tui.screens.person_keys import PersonKeys
from tuicrm.tui.typed import ALONE_S

FIRST_OUTCOMES: Final = 4
"""So many outcome keys stand first in the footer; the rest come after dialling and logging."""


SETTLED: Final = ("called_since", "follow_up_settled")
"""Refusals that say that a colleague has called the person already."""


class OutcomeKeys(PersonKeys):
    """A subclass says who is selected, and where the cursor goes on to."""

    _refused_row: str | None = None
    """The row on which an outcome was refused last, because somebody else has the person."""
    logs: str | None = None
    """The row whose outcome is being logged."""

    # --- for subclasses -------------------------------------------------------------------------------------

    def target(self) -> TodayRow | None:
        """Who is selected, with the promise that the call answers."""
        raise NotImplementedError

    def is_gone(self, row: TodayRow) -> bool:
        """Whether somebody else took that row away meanwhile."""
        del row
        return False

    def next_key(self, row: TodayRow) -> Any:
        """The key of the row that the cursor goes on to."""
        raise NotImplementedError

    async def go_on(self, to: Any) -> None:
        """Reads the list again, and puts the cursor on the row with that key."""
        raise NotImplementedError

    def not_yet(self, row: TodayRow) -> Phrase:
        """Why one key must not log a call of that row now; an empty phrase when it may."""
        del row
        return Phrase()

    async def called_by_another(self, row: TodayRow) -> None:
        """The row is not to be called any more, and nothing was logged: says why; the cursor goes on to the next."""
        last = await self.bridge.read(reads.called_since, row.contact)
        here = self.target()
        if here is not None and here.key == row.key:
            # else the news came before, and the cursor has gone on already
            await self.go_on(self.next_key(row))
        me = (await self.bridge.crm()).me
        said = taken.nothing_logged(self.name_of(row.contact), last, me, self.scene)
        after = self.target()
        if after is not None and after.key != row.key:
            said = taken.then_next(said, self.name_of(after.contact))
        self.say(said, "warn")

    def other_key(self, key: str) -> None:
        """A key that is no outcome was pressed."""
        del key

    async def open_bar(self, row: TodayRow) -> None:
        """The log bar on the selected person, the call answering the row's follow-up."""
        follow_up = row.follow_up.id if row.follow_up else None
        await self.crm_app.bar.open_for(row.contact, follow_up_id=follow_up)

    # --- footer and help ------------------------------------------------------------------------------------

    def outcomes(self) -> Sequence[Outcome]:
        """The outcomes of the process file that one key logs."""
        return [one for one in self.scene.process.outcomes if one.bare] if self.scene else []

    def extra_keys(self) -> Sequence[FooterKey]:
        if self.target() is None or self.marked_count():
            return ()
        return [
            FooterKey(one.key, t("{outcome}", outcome=label), at if at < FIRST_OUTCOMES else 20 + at)
            for at, (one, label) in enumerate(self._outcome_labels())
        ]

    def own_keys(self) -> Sequence[FooterKey]:
        """What each outcome's key does, for help."""
        return [
            FooterKey(
                one.key,
                t("{outcome}: opens the line for the note", outcome=label)
                if one.code == CONNECTED
                else t("{outcome}: logged at once, no bar", outcome=label),
                0,
            )
            for one, label in self._outcome_labels()
        ]

    def _outcome_labels(self) -> Sequence[tuple[Outcome, str]]:
        return [(one, one.label(i18n.language())) for one in self.outcomes()]

    # --- keys -----------------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        outcome = next((one for one in self.outcomes() if one.key == event.key), None)
        if outcome is None:
            self.other_key(event.key)
            return
        event.stop()
        event.prevent_default()
        row = self.target()
        if row is None:
            self.say(t("Nobody is selected."), "warn")
        elif self.marked_count():
            key = keymap.named("place.back")
            self.say(
                t("An outcome is for one person, and rows are marked. {key} unmarks them.", key=key), "warn"
            )
        elif self._is_live(row):
            await self.crm_app.bar.open_live()
            self.say(t("This call is live: its outcome goes into its own line."), "warn")
        elif outcome.code == CONNECTED:
            await self.open_bar(row)
        else:
            await self._log(row, outcome, event.time)

    def _is_live(self, row: TodayRow) -> bool:
        """Whether the row's person is on the telephone: their call is logged once, with its times."""
        live = self.crm_app.bar.state.live
        if live is None:
            return False
        known = live.who.contact_id if live.who is not None else live.contact.id if live.contact else None
        return known == row.contact.id

    async def _log(self, row: TodayRow, outcome: Outcome, pressed: float) -> None:
        """Logs the outcome for ``row``. Later keys wait until this returns."""
        await asyncio.sleep(ALONE_S)
        if not self.crm_app.typed.alone(pressed):
            self.say(t("Ignored: keys that come this fast are a paste, not outcomes."), "warn")
            return
        if self.is_gone(row):
            await self.called_by_another(row)
            return
        if refused := self.not_yet(row):
            self.say(refused, "warn")
            return
        self.logs = row.key
        try:
            await self._log_now(row, outcome)
        finally:
            self.logs = None

    async def _log_now(self, row: TodayRow, outcome: Outcome) -> None:
        to, refused_row, self._refused_row = self.next_key(row), self._refused_row, None
        from tuicrm.tui.bridge import today

        try:
            saved: Saved = await self.bridge.write(today.quick, row, outcome.key, uuid.uuid4().hex)
        except CrmError as error:
            await self._not_logged(error, row, to, again=refused_row == row.key)
            return
        assert self.scene is not None, "outcomes are read from it"
        self.say(saved_words(saved, self.scene, self.app.size.width), undo=True)
        await self.go_on(to)

    async def _not_logged(self, error: CrmError, row: TodayRow, to: Any, *, again: bool) -> None:
        """Says why; goes on where a colleague has called the person, or has them and the key was pressed ``again``."""
        if error.code in SETTLED:
            await self.called_by_another(row)
        elif not self.crm_app.bar.claiming.refused(error, row.contact.id):
            self.say(self._refused(error, row), "bad")
        elif again and to != row.key:
            await self.go_on(to)
        else:
            self._refused_row = row.key

    def _refused(self, error: CrmError, row: TodayRow) -> Phrase:
        """Why nothing was logged. Here no second Enter says "all the same": the log line has that."""
        if error.code != "do_not_call":
            return i18n.sentence(error)
        return t(
            "{name} asked not to be called: nothing was logged. {key} opens the log line, which asks first.",
            name=self.name_of(row.contact),
            key=keymap.named("record.log"),
        )
