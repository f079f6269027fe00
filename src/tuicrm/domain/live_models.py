"""What is live and no record yet: drafts, and calls as the telephone tells them. Given on by ``domain.models``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from tuicrm.domain.record import record

if TYPE_CHECKING:
    from tuicrm.domain.models import ContactRow

PhoneCallState = Literal["ringing", "talking", "ended", "missed"]


@record
class BarDraft:
    """What is typed but not saved, as the live file keeps it. One per agent and contact or live call."""

    uid: str
    agent: str
    key: str
    """``contact:12``, ``phone:SOURCE/ID`` or ``who`` (nobody chosen yet)."""
    who_text: str
    contact_id: int | None
    line: str
    facts: Mapping[str, Any]
    saved_at: datetime


@record
class Claim:
    """An agent has a contact open: ``person_id`` itself, or somebody who counts as the same. ``since``: UTC.

    ``beat_s``: when it was renewed last, in monotonic seconds of the machine.
    """

    contact_id: int
    person_id: int
    agent: str
    session_id: str
    since: datetime
    beat_s: float


@record
class PhoneCall:
    """A call as the telephone tells it. ``matches``: everybody who has that number."""

    source: str
    call_id: str
    state: PhoneCallState
    number: str
    agent: str | None
    line: str
    rang_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    matches: tuple[ContactRow, ...] = ()

    @property
    def contact(self) -> ContactRow | None:
        """The one contact with that number, or None when there is none or there are several."""
        return self.matches[0] if len(self.matches) == 1 else None
