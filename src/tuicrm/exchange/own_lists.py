"""Lists that we write and do not read back: what they are, so that nobody's promises come in as people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

_MARKS: Final = (
    ("own_calls", frozenset(("action_id", "direction", "outcome", "started_at", "wrap_s"))),
    ("own_follow_ups", frozenset(("reason", "due_on", "first_due_on", "attempts_max"))),
    ("own_tickets", frozenset(("subject", "kind", "priority", "category", "reopened"))),
)
"""The refusal of each, which says what comes back, and columns that together only it has."""


def refusal(columns: Collection[str]) -> str:
    """The code for a list with these headings, or of records with these keys; ``""`` for any other."""
    return next((code for code, marks in _MARKS if marks.issubset(columns)), "")
