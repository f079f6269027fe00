"""How long a test waits for what must come: a limit for what never comes, no measure of speed."""

from __future__ import annotations

import time
from collections.abc import Iterator

PATIENCE_S = 60.0


def a_while(seconds: float = PATIENCE_S) -> Iterator[None]:
    """The turns of a loop that looks for something, until its patience is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield
