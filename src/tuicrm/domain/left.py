"""What a call leaves as it was, and why: so that it can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuicrm.domain.record import record

if TYPE_CHECKING:
    from tuicrm.domain.models import FollowUp


@record
class Left:
    """Promises that stay as they are, by id, and a retry that is not made."""

    several: tuple[int, ...] = ()
    """Due, but several are and none was named."""
    later_today: tuple[int, ...] = ()
    """Promised for a time later today, and not named."""
    written: tuple[int, ...] = ()
    """Due, but somebody was only written to."""
    promised: FollowUp | None = None
    """After a try in vain: they are promised something before the retry, so none is made."""
    in_vain: FollowUp | None = None
    """After a try in vain: the last allowed attempts were, so none is made again by itself."""

    @property
    def open_question(self) -> tuple[int, ...]:
        """Those of which a person can say that the call answers one."""
        return self.several or self.later_today
