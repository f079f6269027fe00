"""``TUICRM_WEATHER=SEED``: a slow disk, a busy processor and timers that ring at any moment, for tests that press keys.

What a busy machine does once in ten thousand tests happens here in each: a test that took a pause for an answer
fails, and so does a program in which two things that wait for each other may come in either order.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from textual.message_pump import MessagePump

from tuicrm.tui.bridge import Bridge

SLOW_S = (0.0, 0.0, 0.0, 0.002, 0.01, 0.05, 0.2)
"""Before and after each job of a thread: how long it takes, in seconds; one of these."""
STALLS = 0.02
"""The share of messages before which the whole loop stands still."""
LONGEST_STALL_S = 0.15
SOON = ("FormDraft._write_now", "Keeper.flush_soon")
"""Timers that write down what is typed: they may ring between any two keys."""


def blow(seed: str) -> None:
    """Changes the weather for this process."""
    dice = random.Random(seed)
    run, dispatch, set_timer = Bridge._run, MessagePump._dispatch_message, MessagePump.set_timer

    async def slow_run(self: Bridge, pool: Any, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        def slowly(*args: Any, **kwargs: Any) -> Any:
            time.sleep(dice.choice(SLOW_S))
            try:
                return fn(*args, **kwargs)
            finally:
                time.sleep(dice.choice(SLOW_S))

        return await run(self, pool, slowly, args, kwargs)

    async def stalled(self: MessagePump, message: Any) -> None:
        if dice.random() < STALLS:
            time.sleep(dice.random() * LONGEST_STALL_S)
        await dispatch(self, message)

    def early(self: MessagePump, delay: float, callback: Any = None, **more: Any) -> Any:
        if getattr(callback, "__qualname__", "") in SOON:
            delay *= dice.random()
        return set_timer(self, delay, callback, **more)

    Bridge._run = slow_run  # type: ignore[method-assign]
    MessagePump._dispatch_message = stalled  # type: ignore[method-assign]
    MessagePump.set_timer = early  # type: ignore[method-assign]
