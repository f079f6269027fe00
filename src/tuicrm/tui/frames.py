"""When the next picture is painted: at once, unless the last one began less than a frame ago.

Textual's own timer goes by a fixed beat and leaves out the next beat of one that came late, so that the rows that a
key finds wait one and a half frames behind the letter: 12 ms of the 27 that a key took. Here a picture waits for what
is left of one frame, as the terminal needs it, and no longer.
"""

from __future__ import annotations

from textual._time import get_time, sleep
from textual.message_pump import MessagePump
from textual.screen import UPDATE_PERIOD
from textual.timer import Timer


class Frames(Timer):
    """Paused until something is to be painted, like Textual's; paints by ``callback``, which pauses it."""

    async def _run(self) -> None:
        began = 0.0
        while True:
            await self._active.wait()
            if (left := began + self._interval - get_time()) > 0:
                await sleep(left)
                # a new layout may have painted it meanwhile
                await self._active.wait()
            began = get_time()
            await self._tick(next_timer=began, count=1)


class Framed(MessagePump):
    """Of a screen, beside Textual's own class: its pictures are painted by these frames."""

    _frames: Frames | None = None

    @property
    def _update_timer(self) -> Timer:
        if self._frames is None:
            paint = self._on_timer_update  # type: ignore[attr-defined]
            self._frames = Frames(self, UPDATE_PERIOD, name="frames", callback=paint, repeat=None, pause=True)
            self._frames._start()
            self._timers.add(self._frames)
        return self._frames
