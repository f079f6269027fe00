"""Whom the rows of a file have been about so far: a bit for each, for a file may name a million."""

from __future__ import annotations

from collections.abc import Iterable


class Met:
    """A set of ids, none below 0."""

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self._bits = bytearray()
        self.add(ids)

    def add(self, ids: Iterable[int]) -> None:
        for each in ids:
            byte = each >> 3
            if byte >= len(self._bits):
                self._bits.extend(bytes(max(4096, byte + 1 - len(self._bits))))
            self._bits[byte] |= 1 << (each & 7)

    def __contains__(self, one: int) -> bool:
        byte = one >> 3
        return byte < len(self._bits) and bool(self._bits[byte] >> (one & 7) & 1)
