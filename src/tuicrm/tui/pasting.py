"""Parts what is pasted from what is typed, before Textual's parser sees either.

That parser takes an escape code within a paste for keys: a coloured text from another window lost its words, saved a
call and ran on as commands. Here everything between the marks of a paste is its text, without the codes of its colours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

START: Final = "\x1b[200~"
END: Final = "\x1b[201~"
CODES: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])?|\x00")
"""Colours and other orders to a terminal, as ECMA-48 writes them."""
LONGEST: Final = 1_000_000
"""Letters of one paste that are kept; no field takes as many."""
SILENCE_S: Final = 10.0
"""A paste of which nothing more came for so many seconds has lost its end mark."""


class Pastes:
    """What the terminal sends, piece by piece, in; text and whether it was pasted, out.

    A mark may come in two pieces: its beginning is kept back until ``idle`` says that nothing follows.
    """

    def __init__(self) -> None:
        self._held = ""
        self._pasted: list[str] | None = None
        self._room = 0

    @property
    def waits(self) -> bool:
        """Whether the beginning of a mark is kept back."""
        return bool(self._held) and self._pasted is None

    @property
    def open(self) -> bool:
        """Whether a paste has begun and not ended."""
        return self._pasted is not None

    def feed(self, text: str, *, more: bool = False) -> Iterator[tuple[str, bool]]:
        """Takes the next piece. ``more``: others follow for sure, so that even an Escape at its end may begin a mark.

        Yields the typed parts as they are, and each paste whole, once it has ended.
        """
        text = self._held + text
        self._held = ""
        while text:
            mark = START if self._pasted is None else END
            before, found, rest = text.partition(mark)
            if not found:
                before = self._without_beginning(text, mark, least=1 if more or self.open else 2)
            if self._pasted is None:
                if before:
                    yield before, False
                if found:
                    self._pasted, self._room = [], LONGEST
            else:
                self._keep(before)
                if found:
                    yield self._whole(), True
            if not found:
                return
            text = rest

    def idle(self) -> Iterator[tuple[str, bool]]:
        """Nothing follows for now: what was kept back was typed."""
        if self.waits:
            held, self._held = self._held, ""
            yield held, False

    def _without_beginning(self, text: str, mark: str, least: int) -> str:
        for length in range(len(mark) - 1, least - 1, -1):
            if text.endswith(mark[:length]):
                self._held = text[-length:]
                return text[:-length]
        return text

    def _keep(self, text: str) -> None:
        if self._pasted is not None and self._room > 0:
            self._pasted.append(text[: self._room])
            self._room -= len(text)

    def _whole(self) -> str:
        text = "".join(self._pasted or ())
        self._pasted = None
        return CODES.sub("", text)
