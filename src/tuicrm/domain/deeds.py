"""What the change log tells, action by action: one deed is one thing that one person did. Pure records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from tuicrm.domain.models import Change, Due
from tuicrm.domain.record import record

Turn = Literal["undo", "redo"]
"""What can be done about an action that is over."""
Named = Mapping[tuple[str, int], str]
"""What to call a record: (entity, id) to a person's name or number, a ticket's subject."""


@record
class Deed:
    """One action, as far as it touched what was asked about.

    ``what``: the verb of the action that an undo took back, or a redo did again; ``""`` for any other.
    ``undoes``: the action that was taken back or done again, ``undone_by``: the one that took this one back.
    ``changes``: at most some of its changes, oldest first. ``records``: how many it touched in all, by entity.
    ``turns``: what can be done about it now: ``undo``, ``redo``, or ``""``.
    """

    id: int
    at: datetime
    agent: str
    via: str
    verb: str
    what: str
    undoes: int | None
    undone_by: int | None
    changes: tuple[Change, ...]
    records: Mapping[str, int]
    turns: str = ""

    @property
    def count(self) -> int:
        """How many records it touched."""
        return sum(self.records.values())


@record
class History:
    """Some deeds, newest first; whether there are older ones; and what to call the records they name."""

    deeds: tuple[Deed, ...]
    more: bool
    names: Named


@record
class About:
    """Whom an action was about. ``name``: the first of those people, else the number, ``""`` for nobody; ``people``:
    how many they are; ``contact_id``: of one alone; ``due``: the moment of the one follow-up that it was about;
    ``call_id``: the one call among what it was done to."""

    name: str = ""
    people: int = 0
    contact_id: int | None = None
    due: Due | None = None
    call_id: int | None = None
