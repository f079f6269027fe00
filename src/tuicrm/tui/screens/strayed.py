"""A guard of the queue: where the cursor came by itself to somebody who need not be called, no one key logs a call."""

from __future__ import annotations

from tuicrm.domain.models import TodayRow
from tuicrm.i18n import Phrase, t
from tuicrm.tui.claiming import READ_S


class Strayed:
    """The row to which nobody has moved the cursor: of somebody who was called last, or the first of those whom nobody
    calls at this hour, promised or not."""

    def __init__(self) -> None:
        self._key: str | None = None
        self._pushed: str | None = None
        self._told_at: float | None = None

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
        if key != self._pushed:
            self._pushed = None

    def pushed(self, key: str | None, told_at: float | None = None) -> None:
        """A colleague took the row the cursor was on, so that it stands on this one: the next key may be meant for the
        other still. ``told_at``: when the key was pressed that was answered with that, if one was."""
        self._pushed, self._told_at = key, told_at

    def meant_for_another(self, key: str, at: float) -> bool:
        """Whether an outcome's key, pressed ``at`` that moment, is one too many for the row the cursor was pushed to:
        the first that comes, and whatever comes sooner than one reads."""
        if key != self._pushed:
            return False
        if self._told_at is not None and at - self._told_at >= READ_S:
            self._pushed = None
            return False
        self._told_at = at if self._told_at is None else self._told_at
        return True

    def pressed(self, key: str) -> None:
        """A key that logs nothing, as Textual names it. One that names a screen moves no cursor."""
        if not key.isdecimal():
            self._key = self._pushed = None

    def refusal(self, row: TodayRow, name: str, key: str) -> Phrase:
        """Why the outcome's ``key`` must not log a call of that row now, and what does; an empty phrase when it may."""
        if row.key != self._key:
            return Phrase()
        if row.part == "spoken":
            return t(
                "{name} is promised nothing today: an arrow key first, then {key} logs it.",
                name=name,
                key=key,
            )
        return t("Quiet hours for {name}: an arrow key first, then {key} logs it.", name=name, key=key)


def _need_not(before: TodayRow | None, row: TodayRow) -> bool:
    """One key more is more likely a finger too fast than a call. A list is worked by keys, in quiet hours as well once
    one has begun with them."""
    return row.part == "spoken" or (_asleep(row) and (before is None or not _asleep(before)))


def _asleep(row: TodayRow) -> bool:
    """Whether nobody calls there now."""
    return row.quiet_until is not None
