"""The lesson in the demo: what is to be done, one thing after the other, and when it is done. Pure.

A step looks at what came of it (in the database, or on the screen), never at keys: there is more than one way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from tuicrm.domain.models import Call
from tuicrm.domain.record import record

Lesson = Literal["", "offered", "begun"]
"""Of the database one opens: no demo, a demo, one that begins with the lesson."""


@record
class Seen:
    """What has happened since the lesson began.

    ``calls``: the learner's, oldest first. ``tried``: ids of those in which nobody was spoken to. ``undone``: something
    was taken back last. ``looks``: notes are searched now. ``helped``: help is open now.
    """

    calls: tuple[Call, ...] = ()
    tried: frozenset[int] = frozenset()
    undone: bool = False
    looks: bool = False
    helped: bool = False

    @property
    def spoken(self) -> tuple[Call, ...]:
        """The calls with a note in which somebody was spoken to."""
        return tuple(call for call in self.calls if call.note and call.id not in self.tried)


@record
class Step:
    """One thing to do. ``done`` says whether it is."""

    id: str
    done: Callable[[Seen], bool]


STEPS: Final = (
    Step("tried", lambda seen: bool(seen.tried)),
    Step("promised", lambda seen: any(call.follow_up is not None for call in seen.spoken)),
    Step("ticket", lambda seen: any(call.ticket is not None for call in seen.spoken)),
    Step("find", lambda seen: seen.looks),
    Step("undo", lambda seen: seen.undone),
    Step("help", lambda seen: seen.helped),
)
"""In the order in which they are shown; after the last comes the end."""


def place(at: int, seen: Seen) -> int:
    """Where the lesson stands now: at the step ``at``, or at the next when it is done. ``len(STEPS)`` is the end."""
    return at + 1 if at < len(STEPS) and STEPS[at].done(seen) else at


DAY: Final = 5
CLOCK: Final = 3
INITIALS: Final = 2
DITTO: Final = 2
ARROW: Final = 1
OUTCOME: Final = 2
MOMENT: Final = 3


def paper(calls: tuple[Call, ...], tried: frozenset[int]) -> int:
    """Characters that a hurried agent writes of these calls on a sheet: the day and initials once, ditto marks after;
    the time without its colon, the surname, an arrow for the direction, the note, letters for an outcome, a weekday
    or hour for what comes next. Blanks are not counted. As the sheet of the keystroke benchmark."""
    count = DAY + INITIALS - DITTO if calls else 0
    for call in calls:
        surname = call.contact.name.split()[-1:] if call.contact else []
        count += DITTO + CLOCK + ARROW + sum(map(len, surname)) + len("".join(call.note.split()))
        count += OUTCOME if call.id in tried else 0
        if call.follow_up is not None:
            count += MOMENT + (2 if call.follow_up.due.at is not None else 0)
        count += OUTCOME if call.ticket is not None else 0
    return count
