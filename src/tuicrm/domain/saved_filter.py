"""A filter under a name."""

from __future__ import annotations

from datetime import datetime

from tuicrm.domain.record import record


@record
class SavedFilter:
    """``what``: the list it is of; ``agent``: whose it is, None for everybody's.

    ``members``: who is on it was put there by name, ``text`` is empty. ``round_at``: since when its people are called
    once more; None: since it was made. ``replaced``: the filter that it has just taken the place of.
    """

    id: int
    what: str
    name: str
    text: str
    agent: str | None
    created_at: datetime
    members: bool = False
    round_at: datetime | None = None
    replaced: str = ""

    @property
    def built_in(self) -> bool:
        """Whether it is the worklist of those who are owed a call, which no record holds."""
        return self.id == 0
