"""An import, or its undo, that rests between two chunks until something has happened: no race against it."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tuicrm.services.importing import engine, turning

LONGEST_S = 60.0


class Breath:
    """Stands for the moment in which others get the lock. ``over``: whether it is; asked in the import's thread."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.over: Callable[[], object] = lambda: True
        clock = SimpleNamespace(sleep=self._sleep, monotonic=time.monotonic)
        for module in (engine, turning):
            monkeypatch.setattr(module, "time", clock)

    def hold(self) -> None:
        """From now on it lasts."""
        self.over = lambda: False

    def let_go(self) -> None:
        """From now on it is over at once."""
        self.over = lambda: True

    def _sleep(self, _: float) -> None:
        ends = time.monotonic() + LONGEST_S
        while not self.over() and time.monotonic() < ends:
            time.sleep(0.005)
