"""What stands on Today. Given on by ``domain.models``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from tuicrm.domain.record import record

if TYPE_CHECKING:
    from tuicrm.domain.models import CallTicket, ContactRow, FollowUp

QueuePart = Literal["overdue", "now", "later", "list", "owed", "spoken", "exhausted"]
"""Why somebody stands in the queue, in the order in which it is worked; ``exhausted`` is a list of its own."""


@record
class TodayRow:
    """A line of Today: a promise (``follow_up`` set), or somebody of a worklist, owed a call or last spoken to (None).

    ``quiet_until``: nobody calls there before then. ``claimed_by``: who has this person open now, ``""`` for nobody.
    """

    contact: ContactRow
    follow_up: FollowUp | None
    last_outcome: str | None
    ticket: CallTicket | None
    part: QueuePart = "spoken"
    quiet_until: datetime | None = None
    claimed_by: str = ""
    attempts: int = 0
    """Calls in this round of the worklist."""
    owed_days: int | None = None
    """In touch every so many days, of somebody who is owed a call; overdue by ``late_days``."""
    late_days: int = 0

    @property
    def key(self) -> str:
        """Stable identity of the row, whatever its place."""
        return f"followup:{self.follow_up.id}" if self.follow_up else f"contact:{self.contact.id}"


@record
class TodayCounts:
    """``exhausted``: promises whose last attempt was in vain, of the agent; of all agents for a supervisor."""

    overdue: int
    due_today: int
    open_tickets: int
    calls_today: int
    exhausted: int = 0
