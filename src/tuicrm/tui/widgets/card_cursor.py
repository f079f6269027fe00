"""Which thing of a card is lit. A thing may take several lines, and many lines open nothing."""

from __future__ import annotations

from collections.abc import Sequence

from tuicrm.tui.widgets.card_facts import Opens

_NONE = -1


class CardCursor:
    """Goes over the lines of a card from thing to thing; lines count from 0."""

    def __init__(self) -> None:
        self._opens: Sequence[Opens | None] = ()
        self._at = _NONE
        """The first line of what is lit."""

    def begin(self, opens: Sequence[Opens | None]) -> None:
        """Other lines, with what each opens. What is lit stays so where it is still among them."""
        held = self.opens
        self._opens = opens
        self._at = opens.index(held) if held is not None and held in opens else _NONE

    def put_out(self) -> None:
        """Nothing is lit."""
        self._at = _NONE

    @property
    def opens(self) -> Opens | None:
        """What is lit."""
        return self.opens_at(self._at)

    def opens_at(self, line: int) -> Opens | None:
        return self._opens[line] if 0 <= line < len(self._opens) else None

    @property
    def lines(self) -> range:
        """The lines of what is lit."""
        return self._thing(self._at) if self.opens is not None else range(0)

    def light(self, line: int) -> range:
        """Lights the thing to which a line belongs, and gives its lines."""
        thing = self._thing(line)
        self._at = thing.start
        return thing

    def ahead(self, step: int, top: int) -> int | None:
        """The first line of the next thing, of the one before for a negative step. From ``top`` on while nothing is
        lit."""
        starts = [at for at, it in enumerate(self._opens) if it and (at == 0 or self._opens[at - 1] != it)]
        if self.opens is None:
            found = (at for at in starts if at >= top)
        elif step > 0:
            found = (at for at in starts if at > self._at)
        else:
            found = (at for at in reversed(starts) if at < self._at)
        return next(found, None)

    def come_into(self, seen: range) -> bool:
        """Where what is lit begins outside these lines, the first thing in them is lit instead, if there is one; True
        when that was so."""
        if self._at == _NONE or self._at in seen:
            return False
        self._at = next((at for at in seen if self.opens_at(at)), _NONE)
        return True

    def _thing(self, line: int) -> range:
        first = last = line
        while first > 0 and self._opens[first - 1] == self._opens[line]:
            first -= 1
        while last < len(self._opens) and self._opens[last] == self._opens[line]:
            last += 1
        return range(first, last)
