"""A compiled catalogue (GNU ``.mo``), looked up where it lies: a sentence is made when it is first said.

The standard library makes all 2,300 when it is opened, 10 ms of each command and half a megabyte of each session; a
day's work says a few hundred of them.
"""

from __future__ import annotations

_MAGIC = b"\xde\x12\x04\x95"


class Catalogue:
    """The sentences of ``data``, a whole file as ``locale/po.py`` compiles it. Raises ``ValueError`` for another.

    Its plural is that of Persian: the second form from two on.
    """

    def __init__(self, data: bytes) -> None:
        if data[:4] != _MAGIC:
            raise ValueError("no catalogue")
        self._data = data
        self._count, self._texts, self._translations = (self._number(at) for at in (8, 12, 16))
        self._said: dict[str, tuple[str, ...]] = {}

    def gettext(self, text: str) -> str:
        """The translation, or ``text`` where there is none."""
        told = self._told(text)
        return told[0] if told else text

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The translation's form for ``n``, or that of the English texts."""
        told = self._told(f"{one}\0{many}")
        if not told:
            return one if n == 1 else many
        return told[-1 if n > 1 else 0]

    def _told(self, text: str) -> tuple[str, ...]:
        """All forms of a translation, none where there is none. A text that has two forms stands there with both: it
        may stand there alone as well, and say something else."""
        told = self._said.get(text)
        if told is None:
            told = self._said[text] = self._found(text.encode())
        return told

    def _found(self, text: bytes) -> tuple[str, ...]:
        # the English texts are in the order of their bytes
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._piece(self._texts, middle) < text:
                low = middle + 1
            else:
                high = middle
        if low == self._count or self._piece(self._texts, low) != text:
            return ()
        return tuple(self._piece(self._translations, low).decode().split("\0"))

    def _piece(self, table: int, index: int) -> bytes:
        length, start = self._number(table + 8 * index), self._number(table + 8 * index + 4)
        return self._data[start : start + length]

    def _number(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 4], "little")
