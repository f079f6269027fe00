"""When an app has come to rest: nothing is about to run in its loop, no thread works for it, no timer rings soon.

Textual's own pilot looks at the processor time that went by. On a busy machine a process gets none, which looks
like rest while everything is still to be done; so what is asked here is the event loop itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import textual.app
import textual.pilot
from tests.patience import a_while
from textual import _wait
from textual.pilot import Pilot
from textual.worker import WorkerFailed

from tuicrm.tui.bridge import Bridge
from tuicrm.tui.typed import ALONE_S

NEAR_S = 0.05
"""A timer that rings within so many seconds belongs to what is being done: a repaint, a key that may be a paste."""
LOOKS = 3
"""So often in a row nothing is to be seen."""
HELD_S = 1.0
"""After so long a thread is no longer waited for: the test itself may hold it."""
APART_S = 1.2 * ALONE_S
"""Nobody presses two keys faster than that; letters that come faster are a paste."""

_working: set[object] = set()
"""What threads do in this process, and who waits for it."""
_pressed_at = 0.0


async def apart() -> None:
    """To be called before a key is pressed: until it cannot be taken for one of several that were pasted."""
    global _pressed_at
    await asyncio.sleep(max(0.0, _pressed_at + APART_S - time.monotonic()))
    _pressed_at = time.monotonic()


async def until_still(longest: float = HELD_S) -> None:
    """Until nothing moves any more, or ``longest`` seconds are over."""
    loop: Any = asyncio.get_running_loop()
    until = time.monotonic() + longest
    looks = 0
    while looks < LOOKS and time.monotonic() <= until:
        rings = [timer.when() for timer in loop._scheduled if not timer.cancelled()]
        near = [ring - loop.time() for ring in rings if ring < loop.time() + NEAR_S]
        looks = 0 if loop._ready or _working or near else looks + 1
        await asyncio.sleep(0.001 if _working else max([0.0, *near]))


async def settled(pilot: Pilot[Any]) -> None:
    """Until also no worker runs, and all is painted."""
    for _ in a_while():
        running = [worker for worker in pilot.app.workers if not worker.is_finished]
        if running:
            ends = await asyncio.gather(*(worker.wait() for worker in running), return_exceptions=True)
            for failed in (end for end in ends if isinstance(end, WorkerFailed)):
                raise failed
        await until_still()
        if not pilot.app.is_running:
            return
        screen = pilot.app.screen
        if all(worker.is_finished for worker in pilot.app.workers) and not _unpainted(screen):
            return
        screen._on_timer_update()


def _unpainted(screen: Any) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


# --- who works, who presses ---------------------------------------------------------------------------------

_submit, _press = ThreadPoolExecutor.submit, Pilot.press


def _submitted(self: ThreadPoolExecutor, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
    job = _submit(self, fn, *args, **more)
    _working.add(job)
    job.add_done_callback(_working.discard)
    return job


def _waited_for(work: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Coroutine[Any, Any, Any]]:
    """The same, and counted until the one who waits goes on, which is later than the end of the thread's work."""

    async def run(*args: Any, **more: Any) -> Any:
        waits = object()
        _working.add(waits)
        try:
            return await work(*args, **more)
        finally:
            _working.discard(waits)

    return run


async def _idle(min_sleep: float = 0.0, max_sleep: float = HELD_S) -> None:
    await asyncio.sleep(min_sleep)
    await until_still(max_sleep)


async def _pressed(self: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await apart()
        await _press(self, key)


ThreadPoolExecutor.submit = _submitted  # type: ignore[assignment, method-assign]
Bridge._run = _waited_for(Bridge._run)  # type: ignore[method-assign]
Bridge.aside = _waited_for(Bridge.aside)  # type: ignore[method-assign]
Pilot.press = _pressed  # type: ignore[method-assign]
for module in (_wait, textual.app, textual.pilot):
    module.wait_for_idle = _idle  # type: ignore[attr-defined]
