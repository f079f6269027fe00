"""A guard of the queue: where the cursor came by itself to somebody who need not be called, no one key logs a call."""

from __future__ import annotations

from tuicrm.domain.models import TodayRow
from tuicrm.i18n import Phrase, t


class Strayed:
    """The row to which nobody has moved the cursor: of somebody who was called last, or the first of those of a list
    whom nobody calls at this hour."""

    def __init__(self) -> None:
        self._key: str | None = None

    def note(self, before: TodayRow | None, row: TodayRow | None, *, sent: bool) -> None:
        """The list was read anew: the cursor, on ``before`` until then (None: nowhere), stands on ``row`` now.

        ``sent``: it was sent there, as after an outcome.
        """
        if not sent and row is not None and before is not None and before.key == row.key:
            return
        self._key = row.key if row is not None and _need_not(before, row) else None

    def moved_to(self, key: str | None) -> None:
        """The cursor stands on the row with that key."""
        if key != self._key:
            self._key = None

    def pressed(self, key: str) -> None:
        """A key that logs nothing, as Textual names it. One that names a screen moves no cursor."""
        if not key.isdecimal():
            self._key = None

    def refusal(self, row: TodayRow, name: str) -> Phrase:
        """Why one key must not log a call of that row now; an empty phrase when it may."""
        if row.key != self._key:
            return Phrase()
        if row.part == "spoken":
            return t("{name} is promised nothing today: move to the row first, then its key logs.", name=name)
        return t("It is quiet hours for {name}: move to the row first, then its key logs.", name=name)


def _need_not(before: TodayRow | None, row: TodayRow) -> bool:
    """One key more is more likely a finger too fast than a call. A list is worked by keys, in quiet hours as well once
    one has begun with them."""
    return row.part == "spoken" or (_asleep(row) and (before is None or not _asleep(before)))


def _asleep(row: TodayRow) -> bool:
    """Whether nobody promised a call, and nobody calls there now."""
    return row.follow_up is None and row.quiet_until is not None
