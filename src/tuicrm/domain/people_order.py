"""In which order a list of people stands. Pure: names of orders, no SQL."""

from __future__ import annotations

from typing import Final, Literal

from tuicrm.domain.record import record

By = Literal["name", "company", "last", "new", "next"]
ORDERS: Final[tuple[By, ...]] = ("name", "last", "new", "next", "company")
"""``name`` by folded name; ``last`` by the last call, who was never called or longest ago first; ``new`` by when they
were made, the newest first; ``next`` by the first open follow-up, who has none last; ``company`` by folded company."""
TURNS_ROUND: Final[frozenset[By]] = frozenset(("name", "last", "new"))
"""Orders that also stand the other way round. In the other two those who have nothing would come first."""
KEEPS_PERSON: Final[frozenset[By]] = frozenset(("name", "company", "new"))
"""Orders in which the cursor follows a person whose place changed. In the others the change is that the person was
dealt with, and the cursor goes on to the next."""

MOST_AT_ONCE: Final = 100_000
"""People that one deed is done to, and that may be marked for it."""

Key = tuple[str | int, ...]
"""The place of a contact in an order: what it is sorted by, its id last."""


@record
class Order:
    """``reverse``: the other way round than ``ORDERS`` says."""

    by: By = "name"
    reverse: bool = False

    def turned(self) -> Order:
        """The other way round, where that is of use; else by name again."""
        return Order(self.by, not self.reverse) if self.by in TURNS_ROUND else BY_NAME


BY_NAME: Final = Order()
