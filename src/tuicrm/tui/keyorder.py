"""Keys act strictly one after the other, whatever each of them waits for.

Textual hands a key to the focused widget and goes on with the next one. A key that is a binding travels up
to the app before its action runs, so of ``a Backspace b`` typed in one burst (a slow line, a paste, a
quick typist) ``b`` is written before ``Backspace`` acts; and a key that opens or closes something sends its
followers to the old place. Here each key waits until the one before it is done: a marker message follows
it along the same queues and reports when it arrives at the app. So keys typed after the ``Enter`` that saves
are kept until the commit has returned, and act on the screen that comes back; or are dropped by ``drop``.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.timer import Timer

LOST_AFTER = 0.05
"""Seconds between looks at whether the widget that had the key is gone, taking the marker with it."""


class KeyDone(Message, bubble=True, verbose=True):
    """Follows a key through the queues it went through."""

    def __init__(self, turn: int) -> None:
        super().__init__()
        self.turn = turn


class KeyOrder:
    """The line in which keys and pastes wait. One per app; all calls come from the app's own message loop."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._waiting: deque[events.Event] = deque()
        self._target: MessagePump | None = None
        self._turn = 0
        self._watch: Timer | None = None

    @property
    def busy(self) -> bool:
        """True while a key is being dealt with."""
        return self._target is not None and not self._lost

    @property
    def waiting(self) -> int:
        """How many keys and pastes are kept."""
        return len(self._waiting)

    @property
    def letter_follows(self) -> bool:
        """Whether the next key that is kept is a letter or sign."""
        following = self._waiting[0] if self._waiting else None
        return isinstance(following, events.Key) and following.is_printable

    def admit(self, event: events.Event) -> bool:
        """Whether a key or paste straight from the terminal may go on now; else it is kept for later."""
        if self._target is None:
            return True
        self._waiting.append(event)
        if self._watch is None:
            self._watch = self._app.set_interval(LOST_AFTER, self._look)
        return False

    def follow(self, event: events.Event) -> None:
        """To be called when an admitted event was forwarded: sends the marker after it."""
        if not event.is_forwarded:
            self._next()
            return
        target: MessagePump = self._app.focused or self._app.screen
        self._turn += 1
        self._target = target
        if not target.post_message(KeyDone(self._turn)):
            self._next()

    def done(self, marker: KeyDone) -> None:
        """The marker came back: the next key may go."""
        if marker.turn == self._turn and self._target is not None:
            self._next()

    def hold(self) -> None:
        """Keeps every key from now on: there is no screen yet that could act on one."""
        self._target = self._app

    def release(self) -> None:
        """The keys kept since ``hold`` may act now."""
        self._next()

    def drop(self) -> int:
        """Forgets the keys that wait; gives how many they were."""
        dropped = len(self._waiting)
        self._waiting.clear()
        return dropped

    def _next(self) -> None:
        self._target = None
        if self._waiting:
            # back through the app's queue: a key that arrived meanwhile is behind those that wait here
            waiting = self._waiting.popleft()
            self._target = self._app
            self._app.call_later(self._resend, waiting)
        elif self._watch is not None:
            self._watch.stop()
            self._watch = None

    async def _resend(self, event: events.Event) -> None:
        self._target = None
        await self._app.on_event(event)

    def _look(self) -> None:
        """Goes on without a marker that was lost."""
        if self._lost:
            self._next()

    @property
    def _lost(self) -> bool:
        """Whether a widget that was removed by its own key took the marker with it."""
        target = self._target
        return (
            target is not None and target is not self._app and not (target.is_running and target.is_attached)
        )
