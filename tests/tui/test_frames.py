"""When pictures are painted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from textual.message_pump import MessagePump

from tuicrm.tui import frames
from tuicrm.tui.frames import Frames

FRAME_S = 0.010
PAINTING_S = 0.004


class Clock:
    """Seconds that pass only while somebody sleeps, or paints."""

    def __init__(self) -> None:
        self.now = 100.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class Painter(Frames):
    """Writes down when it began each picture."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(MessagePump(), FRAME_S, pause=True)
        self.clock = clock
        self.began: list[float] = []

    async def _tick(self, *, next_timer: float, count: int) -> None:
        del next_timer, count
        self.began.append(round(self.clock.now - 100.0, 6))
        self.pause()
        self.clock.now += PAINTING_S

    async def wanted(self, after_s: float = 0.0) -> None:
        """Something is to be painted so much later."""
        self.clock.now += after_s
        self.resume()
        for _ in range(6):
            await asyncio.sleep(0)


@pytest.fixture
async def painter(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Painter]:
    clock = Clock()
    monkeypatch.setattr(frames, "get_time", lambda: clock.now)
    monkeypatch.setattr(frames, "sleep", clock.sleep)
    painter = Painter(clock)
    painter._start()
    yield painter
    painter.stop()


async def test_what_comes_after_a_rest_is_painted_at_once(painter: Painter) -> None:
    await painter.wanted()
    await painter.wanted(after_s=0.0333)
    assert painter.began == [0.0, 0.0373]


async def test_what_follows_closely_waits_for_the_rest_of_one_frame_and_no_longer(painter: Painter) -> None:
    await painter.wanted()
    await painter.wanted(after_s=0.0005)
    await painter.wanted(after_s=0.0005)
    assert painter.began == [0.0, 0.010, 0.020]


async def test_what_a_new_layout_painted_meanwhile_is_not_painted_again(
    painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def laid_out_meanwhile(seconds: float) -> None:
        painter.pause()
        await painter.clock.sleep(seconds)

    await painter.wanted()
    with monkeypatch.context() as context:
        context.setattr(frames, "sleep", laid_out_meanwhile)
        await painter.wanted(after_s=0.0005)
    assert painter.began == [0.0]
    await painter.wanted(after_s=0.050)
    assert painter.began == [0.0, 0.060]
