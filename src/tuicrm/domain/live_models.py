"""What is live and no record yet: drafts, and calls as the telephone tells them. Given on by ``domain.models``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from tuicrm.domain.record import record

if TYPE_CHECKING:
    from tuicrm.domain.models import ContactRow

PhoneCallState = Literal["ringing", "talking", "ended", "missed"]
CallName = tuple[str, str]
"""A telephone's name for a call: source, call id."""
BY_HAND: Final = "tuicrm"
"""The source of calls dialled by hand here, without a telephone system."""
FORGOTTEN_AFTER: Final = timedelta(hours=12)
"""A call nobody has heard of for so long is over, whatever its last event said."""


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
    def name(self) -> CallName:
        return (self.source, self.call_id)

    @property
    def by_hand(self) -> bool:
        """Whether it was dialled here, without a telephone that tells how it goes."""
        return self.source == BY_HAND

    def over(self, now: datetime) -> bool:
        """Whether the talk has ended: the telephone said so, or has not been heard of for too long."""
        if self.state == "talking":
            return self.answered_at is None or now - self.answered_at > FORGOTTEN_AFTER
        return self.state == "ended"

    @property
    def contact(self) -> ContactRow | None:
        """The one contact with that number, or None when there is none or there are several."""
        return self.matches[0] if len(self.matches) == 1 else None
