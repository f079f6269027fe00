"""A filter under a name."""

from __future__ import annotations

from datetime import datetime

from tuicrm.domain.record import record


@record
class SavedFilter:
    """``what``: the list it is of; ``agent``: whose it is, None for everybody's."""

    id: int
    what: str
    name: str
    text: str
    agent: str | None
    created_at: datetime
