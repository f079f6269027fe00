"""Worklists as they cross layers: who is next, how far a round has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tuicrm.domain.models import ContactRow
from tuicrm.domain.record import made, record
from tuicrm.domain.saved_filter import SavedFilter

Place = tuple[int | str, ...]
"""Where a page of a worklist ended; to be handed in again for the next page."""


@record
class WorkRow:
    """Somebody of a worklist who is to be called.

    ``attempts``: calls in this round. ``owed_days``: in touch every so many days, of somebody to whom a call is owed
    since ``owed_since``, by ``late_days`` whole days.
    """

    contact: ContactRow
    last_outcome: str | None = None
    attempts: int = 0
    owed_days: int | None = None
    owed_since: datetime | None = None
    late_days: int = 0


@record
class WorkPage:
    """``after``: where it ended; None: nobody comes after."""

    rows: tuple[WorkRow, ...]
    after: Place | None = None


@record
class Progress:
    """How far the round of a worklist has come, in people.

    ``people``: who is on it and may be called, the sum of ``done`` (in this round spoken to, or settled by
    the outcome of a call), ``promised`` (called again by a follow-up that is open), ``exhausted`` (no attempts left)
    and ``left``.
    ``unwanted``: who is on it and asked not to be called. ``outcomes``: people by the outcome of their last call in
    the round, by code. ``since``: when the round began, None for a list without rounds.
    """

    people: int = 0
    done: int = 0
    promised: int = 0
    exhausted: int = 0
    left: int = 0
    unwanted: int = 0
    outcomes: Mapping[str, int] = made(default_factory=dict)
    since: datetime | None = None


@record
class Worklist:
    """A worklist in a list of them; ``people``: how many are on it, None when its filter cannot be read any more."""

    it: SavedFilter
    people: int | None
