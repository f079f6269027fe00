"""Reminders while one works: a line that takes neither focus nor keys, a mark in the header, at will the bell.

One timer waits for the next due moment, which is read anew after every change. It never sleeps longer than a minute
and then only compares two moments in memory: a laptop that slept, or a clock that was set, is noticed without asking
the database. What rang while nobody could see it is one line with a number.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from tuicrm import ringing
from tuicrm.domain.reminder import Reminder
from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.screens.base import Changed
from tuicrm.tui.screens.places import HOME

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

LONGEST_S: Final = 60.0
"""Seconds after which the clock is looked at, whatever is due when."""
SOON_S: Final = 1.0
"""Seconds between a change and the look at what is due now: several changes are one look."""
SECONDS: Final = 30.0
"""How long the line stays; the mark in the header stays until one goes there or the follow-up is settled."""
_KEPT: Final = timedelta(days=2)
_TOUCH: Final = frozenset({"followup", "contact", "call"})


class Reminding:
    """One per app. ``begin`` when the database is open."""

    def __init__(self, app: CrmApp) -> None:
        self._app = app
        self._since: datetime | None = None
        self._next_at: datetime | None = None
        self._rang: set[tuple[int, datetime]] = set()
        self._late: set[tuple[int, datetime]] = set()
        """Promised times of those whose alarm was told late: they ring again then."""
        self._standing: tuple[Reminder, ...] = ()
        self._unsaid: tuple[Reminder, ...] = ()
        self._timer: Timer | None = None
        self._soon: Timer | None = None
        self._one_look = asyncio.Lock()

    async def begin(self) -> None:
        """From now on; what fell due before stands in the queue, which is in front."""
        self._since = self._app.clock.now()
        self._app.changed.subscribe(self._app, self._changed)
        self._app.app_resume_signal.subscribe(self._app, lambda _: self._look_soon())
        self._app.shell.message.when_quiet = self._say_unsaid
        await self.look()

    def _changed(self, changed: Changed) -> None:
        if any(entity in _TOUCH for entity, _ in changed):
            self._look_soon()

    def _look_soon(self) -> None:
        if self._soon is None:
            self._soon = self._app.set_timer(SOON_S, self._begin_look)

    def _begin_look(self) -> None:
        self._soon = None
        self._app.work(self.look(), group="reminders")

    # --- looking --------------------------------------------------------------------------------------------

    async def look(self) -> None:
        """Reads what has rung since the last look and what still waits, and when the next one will."""
        from tuicrm.tui.bridge import reminders

        async with self._one_look:
            assert self._since is not None, "set before the first look"
            before = frozenset(one.key for one in self._standing)
            since, late = self._since, frozenset(self._late)
            found = await self._app.bridge.read(reminders.look, since, before, late)
            self._since, self._next_at = found.until, found.next_at
            new = tuple(one for one in found.rung if one.key not in self._rang)
            self._rang = {key for key in self._rang if key[1] > found.until - _KEPT}
            self._rang.update(one.key for one in new)
            told_late = (one.follow_up for one in new if one.at <= since and one.follow_up.due.at is not None)
            self._late = {key for key in self._late if key[1] > since}
            self._late.update((it.id, it.due_key) for it in told_late if it.due_key > since)
            still = {one.key for one in self._standing} & {one.key for one in found.standing}
            self._stand((*(one for one in found.standing if one.key in still), *new))
            self._unsaid = (*(one for one in self._unsaid if one.key in still), *new)
        if new:
            self._app.ring("due")
            # what was put off is back in the queue, what was to come is late: nobody wrote that anywhere
            self._app.publish(("followup", one.follow_up.id) for one in new)
        self._say_unsaid()
        self._wait()

    def _stand(self, standing: tuple[Reminder, ...]) -> None:
        self._standing = standing
        self._app.shell.header.set_due(len({one.follow_up.id for one in standing}))

    def _wait(self) -> None:
        """Until the next due moment, or a minute. A clock that stands still (``TUICRM_NOW``) needs no waiting."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._app.clock.frozen:
            return
        wait = LONGEST_S
        if self._next_at is not None:
            wait = min(wait, (self._next_at - self._app.clock.now()).total_seconds())
        self._timer = self._app.set_timer(max(0.01, wait), self._awake)

    def _awake(self) -> None:
        now = self._app.clock.now()
        set_back = self._since is not None and now < self._since
        if set_back or (self._next_at is not None and now >= self._next_at):
            self._begin_look()
        else:
            self._say_unsaid()
            self._wait()

    # --- telling --------------------------------------------------------------------------------------------

    def _say_unsaid(self) -> None:
        """Tells what nobody was told yet, in one line; not over what was just said, nor while somebody types."""
        message = self._app.shell.message
        if not self._unsaid or message.busy or self._typing:
            return
        once = tuple({one.follow_up.id: one for one in self._unsaid}.values())
        self._unsaid = ()
        words = text.phrase(ringing.all_said(once, self._app.now()), style="warn")
        message.say(words, tail=message.key("place.reminder", t("go there")), seconds=SECONDS)

    @property
    def _typing(self) -> bool:
        app = self._app
        return app.in_text or app.screen is not app.shell or app.bar_host.has_class("-open")

    # --- going there ----------------------------------------------------------------------------------------

    async def go(self) -> None:
        """Today, the cursor on the oldest that rang; on the next one when that key is pressed again."""
        app = self._app
        if not self._standing:
            app.say(t("No reminder is waiting."))
            return
        first = self._standing[0].follow_up
        self._stand(tuple(one for one in self._standing if one.follow_up.id != first.id))
        self._unsaid = tuple(one for one in self._unsaid if one.follow_up.id != first.id)
        app.shell.message.hush()
        elsewhere = app.shell.current != HOME
        await app.action_go(HOME)
        if elsewhere:
            # the key of the place one is in closes what lies over its list
            await app.shell.go(HOME)
        await self._stand_on(first.id, first.contact.id)

    async def _stand_on(self, follow_up_id: int, contact_id: int) -> None:
        from tuicrm.tui.screens.open_card import OpenCard
        from tuicrm.tui.screens.today import TodayPlace

        place = self._app.place
        assert isinstance(place, TodayPlace), "it is in front now"
        await place.load()
        if not place.list.move_to(f"followup:{follow_up_id}"):
            # somebody else's hours, or a queue that is longer than what is held: the person is a card away
            await self._app.open_view(OpenCard(contact_id))
