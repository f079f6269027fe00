"""Which rows of a long list are held, which of them stand on the screen, and where the cursor is.

No widget and no painting here, so that the arithmetic of paging can be tested alone. The cursor belongs to
a record: when rows come, go or move, it stays on its record, else on its line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

R = TypeVar("R")

MOST: Final = 1200
"""Rows held at most; those farthest from the cursor go when a page is added."""


class Window(Generic[R]):
    """Some rows of a list. ``key`` names a row; ``height`` is how many lines the screen has for them."""

    def __init__(self, key: Callable[[R], Any]) -> None:
        self.key_of = key
        self.rows: list[R] = []
        self.cursor = 0
        self.top = 0
        self.height = 1
        self.more_after = False
        self.more_before = False
        self.stays_at_start = False
        """A view of the beginning stays there when rows come, while the cursor allows: new rows must be seen."""
        self._at: dict[Any, int] = {}

    @property
    def row(self) -> R | None:
        """The row the cursor is on."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def key(self) -> Any:
        """The key of the row the cursor is on, None without rows."""
        return self.key_of(self.rows[self.cursor]) if self.rows else None

    @property
    def keys(self) -> frozenset[Any]:
        """The keys of all held rows."""
        return frozenset(self._at)

    def index(self, key: Any) -> int | None:
        """Where the row with that key is, None when it is not held."""
        return self._at.get(key)

    def visible(self) -> list[R]:
        """The rows on the screen, from the top."""
        return self.rows[self.top : self.top + self.room()]

    # --- lines of the screen: a subclass may have others between the rows -----------------------------------

    def room(self) -> int:
        """How many rows the screen shows from ``top`` on, when there are enough."""
        return self.height

    def lines(self) -> Sequence[int]:
        """Which row each line of the screen shows; ``~index`` for a heading above that row."""
        return range(self.top, min(self.top + self.height, len(self.rows)))

    def line_of(self, index: int) -> int | None:
        """The line of the screen that shows a row; None when none does."""
        line = index - self.top
        return line if 0 <= line < self.height else None

    def last_top(self) -> int:
        """The top of the view that ends with the last row."""
        return max(0, len(self.rows) - self.height)

    def least_top(self, index: int) -> int:
        """The top of the view that has that row on its last line."""
        return max(0, index - self.height + 1)

    # --- rows come and go -----------------------------------------------------------------------------------

    def replace(self, new: Sequence[R], *, more: bool, keep: bool) -> None:
        """Other rows. ``keep``: the cursor stays on its record, and that on its line of the screen.

        When its record is gone, the next one that is left takes its place.
        """
        followers, line = self.rows[self.cursor :], self.cursor - self.top
        at_start = self.stays_at_start and self.top == 0 and not self.more_before
        self.rows = list(new)
        self._number()
        self.more_after, self.more_before = more, False
        if keep:
            left = (self._at[key] for row in followers if (key := self.key_of(row)) in self._at)
            self.cursor = next(left, self.cursor)
            self.top = 0 if at_start and self.cursor < self.height else self.cursor - line
        else:
            self.cursor = self.top = 0
        self.clamp()

    def patch(self, row: R) -> int | None:
        """Puts a changed row in place of the one with its key; where that is, None when it is not held."""
        index = self._at.get(self.key_of(row))
        if index is not None:
            self.rows[index] = row
        return index

    def remove(self, key: Any) -> bool:
        """Takes a row out; False when it is not held."""
        index = self._at.get(key)
        if index is None:
            return False
        del self.rows[index]
        self._number()
        self.cursor -= index < self.cursor
        self.clamp()
        return True

    def append(self, page: Sequence[R], *, more: bool) -> None:
        """The next page; what is far above the screen goes."""
        self.rows += [row for row in page if self.key_of(row) not in self._at]
        self.more_after = more
        surplus = min(max(0, len(self.rows) - MOST), self.top)
        if surplus:
            del self.rows[:surplus]
            self.cursor, self.top, self.more_before = self.cursor - surplus, self.top - surplus, True
        self._number()

    def prepend(self, page: Sequence[R], *, more: bool) -> None:
        """The page before; what is far below the screen goes."""
        new = [row for row in page if self.key_of(row) not in self._at]
        self.rows[:0] = new
        self.cursor, self.top, self.more_before = self.cursor + len(new), self.top + len(new), more
        last = max(MOST, self.top + self.height)
        if len(self.rows) > last:
            del self.rows[last:]
            self.more_after = True
        self._number()

    def _number(self) -> None:
        self._at = {self.key_of(row): index for index, row in enumerate(self.rows)}

    # --- the cursor moves -----------------------------------------------------------------------------------

    def move(self, index: int) -> bool:
        """The cursor to a held row; True when the view had to move.

        One step past the edge moves the view by half a screen: line by line would repaint all at every key.
        """
        old, self.cursor = self.cursor, index
        self.cursor = max(0, min(index, len(self.rows) - 1))
        if self.top <= self.cursor < self.top + self.room():
            return False
        ahead = self.height // 2 if abs(self.cursor - old) == 1 else 0
        self.top = self.cursor - self.height + 1 + ahead if self.cursor > old else self.cursor - ahead
        self.clamp()
        return True

    def page(self, way: int) -> None:
        """A screen down (1) or up (-1); the cursor keeps its line, but for the ends of the list."""
        step = way * max(1, self.room() - 1)
        at_end = self.top >= self.last_top() if way > 0 else self.top == 0
        self.cursor += step * 2 if at_end else step
        self.top += step
        self.clamp()

    def scroll(self, lines: int) -> bool:
        """Moves the view; the cursor comes along only at its edge. False when it is at an end already."""
        top = max(0, min(self.top + lines, self.last_top()))
        if top == self.top:
            return False
        self.top = top
        self.cursor = max(top, min(self.cursor, top + self.room() - 1))
        return True

    def resize(self, height: int) -> None:
        """The screen has room for ``height`` lines now."""
        self.height = max(1, height)
        self.clamp()

    def clamp(self) -> None:
        """The cursor on a row, its line on the screen, and no empty line below the last row for nothing."""
        self.cursor = max(0, min(self.cursor, len(self.rows) - 1))
        self.top = max(0, min(self.top, self.last_top()))
        self.top = max(self.least_top(self.cursor), min(self.top, self.cursor))


class Grouped(Window[R]):
    """Rows of one group stand together, under a line that names the group. The first line of the screen always names
    the group of the row below it. Rows of the group None have no such line."""

    def __init__(self, key: Callable[[R], Any], group_of: Callable[[R], Any]) -> None:
        super().__init__(key)
        self.group_of = group_of

    def room(self) -> int:
        return sum(index >= 0 for index in self.lines()) or 1

    def lines(self) -> Sequence[int]:
        found: list[int] = []
        for index in range(self.top, len(self.rows)):
            # a list of one line has no room for a heading
            heads = self.height > 1 and self._headed(index) and (index == self.top or self._begins(index))
            if len(found) + heads >= self.height:
                break
            found += (~index, index) if heads else (index,)
        return found

    def line_of(self, index: int) -> int | None:
        lines = self.lines()
        return lines.index(index) if index in lines else None

    def last_top(self) -> int:
        return self.least_top(len(self.rows) - 1)

    def least_top(self, index: int) -> int:
        top, below = max(0, index), 0
        while top > 0:
            # what stands under the next row up: this one, with its heading if its group begins here
            below += 1 + (self._headed(top) and self._begins(top))
            if self._headed(top - 1) + 1 + below > self.height:
                break
            top -= 1
        return top

    def _headed(self, index: int) -> bool:
        return self.group_of(self.rows[index]) is not None

    def _begins(self, index: int) -> bool:
        """Whether a row is of another group than the one before."""
        return index == 0 or self.group_of(self.rows[index]) != self.group_of(self.rows[index - 1])
