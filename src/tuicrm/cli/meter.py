"""How far an import is: one line on standard error that is written over, when that is a terminal."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from tuicrm.cli import say
from tuicrm.i18n import Phrase, nt, t

if TYPE_CHECKING:
    from tuicrm.services.importing import Progress

EVERY_S: Final = 0.2
_CELLS: Final = 20
_MINUTE_S: Final = 60


class Meter:
    """Give ``tell`` to the import. Nothing is shown unless ``show`` and standard error is a terminal.

    ``Ctrl+C`` in the middle is told with how to take back what is in.
    """

    def __init__(self, *, show: bool) -> None:
        self._show = show and say.on_error_terminal()
        self._next = 0.0
        self._last: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del error, trace
        if self._show:
            say.meter(None)
        it = self._last
        if kind is KeyboardInterrupt and it is not None and it.added + it.updated:
            many = it.added + it.updated
            say.warn(
                nt(
                    "Stopped; {n} contact is in. tuicrm undo takes it back.",
                    "Stopped; {n} contacts are in. tuicrm undo takes them back.",
                    many,
                )
            )

    def tell(self, it: Progress) -> None:
        """After every chunk."""
        self._last = it
        now = time.monotonic()
        if self._show and now >= self._next:
            self._next = now + EVERY_S
            say.meter(line(it))


def line(it: Progress) -> Phrase:
    """``█████░░░░░ 50%  1200 rows, about 20 seconds left``."""
    share = min(1.0, it.done_bytes / it.total_bytes) if it.total_bytes else 0.0
    full = round(share * _CELLS)
    bar = "█" * full + "░" * (_CELLS - full)
    rows = nt("{n} row", "{n} rows", it.read)
    left = _left(it.seconds_left)
    told = t("{bar} {percent}%  {rows}", bar=bar, percent=int(share * 100), rows=rows)
    return t("{told}, {left}", told=told, left=left) if left else told


def _left(seconds: float | None) -> Phrase | None:
    if seconds is None:
        return None
    if seconds < _MINUTE_S:
        return nt("about {n} second left", "about {n} seconds left", max(1, round(seconds)))
    return nt("about {n} minute left", "about {n} minutes left", round(seconds / _MINUTE_S))
