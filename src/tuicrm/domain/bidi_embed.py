"""Embeddings, overrides and isolates of the bidirectional algorithm: rules P2-P3 and X1-X10.

Works on the string of class letters of ``bidi_classes``. Characters that rule X9 removes are in no span.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

_DEEPEST: Final = 125
_DIRECTING: Final = re.compile("[eEvV^lrfpP]")
_ISOLATING: Final = re.compile("[lrfpP]")
_DECIDING: Final = re.compile("[LRAlrfP]")
_level_of: Final = attrgetter("level")


class Span(NamedTuple):
    """Neighbours of one level, ``start`` to ``end`` in the paragraph, and their classes after overrides."""

    start: int
    end: int
    level: int
    classes: str


@dataclass(slots=True)
class Run:
    """One isolating run sequence: neighbouring text of one level, with the isolates inside it left out."""

    spans: list[Span]
    before: int
    """The level that what stands before it has, or its own if that is higher; its oddness is a direction."""
    after: int

    @property
    def level(self) -> int:
        return self.spans[0].level


def pairs(classes: str) -> dict[int, int]:
    """Isolate initiator -> its PDI, by place (BD9). Initiators without one are not in it."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for match in _ISOLATING.finditer(classes):
        if match[0] == "p":
            if waiting:
                found[waiting.pop()] = match.start()
        elif match[0] == "P":
            waiting.clear()
        else:
            waiting.append(match.start())
    return found


def first_strong(classes: str, closing: Mapping[int, int], start: int = 0, end: int | None = None) -> int:
    """0 or 1, the level that the first letter outside of isolates asks for (P2, P3); 0 without one."""
    at, end = start, len(classes) if end is None else end
    while match := _DECIDING.search(classes, at, end):
        if match[0] not in "lrf":
            return int(match[0] in "RA")
        at = closing.get(match.start(), end)
    return 0


class _State(NamedTuple):
    level: int
    override: str
    """``L``, ``R`` or nothing."""
    isolate: bool


class _Embedding:
    """Rules X1-X8: walks over the controls, keeps the text between them as spans."""

    def __init__(self, classes: str, base: int, closing: Mapping[int, int]) -> None:
        self.spans: list[Span] = []
        self._classes = classes
        self._closing = closing
        self._stack = [_State(base, "", False)]
        self._lost_isolates = 0
        self._lost_embeddings = 0
        self._isolates = 0

    def walk(self) -> list[Span]:
        at = 0
        for match in _DIRECTING.finditer(self._classes):
            here = match.start()
            self._keep(at, here)
            at = here + 1
            self._meet(match[0], here)
        self._keep(at, len(self._classes))
        return self.spans

    def _meet(self, control: str, here: int) -> None:
        if control in "eEvV":
            self._embed(control)
        elif control in "lrf":
            self._isolate(control, here)
        elif control == "^":
            self._end_embedding()
        elif control == "p":
            self._end_isolate()
            self._keep(here, here + 1)
        else:
            # X8: the end of a paragraph ends everything and is at the level of the paragraph.
            del self._stack[1:]
            self._lost_isolates = self._lost_embeddings = self._isolates = 0
            self._keep(here, here + 1)

    def _keep(self, start: int, end: int) -> None:
        if start < end:
            level, override, _isolate = self._stack[-1]
            text = override * (end - start) if override else self._classes[start:end]
            self.spans.append(Span(start, end, level, text))

    def _push(self, *, right: bool, override: str, isolate: bool) -> bool:
        """Opens the next odd (``right``) or even level; False when that is too deep or something was too deep."""
        level = self._stack[-1].level
        deeper = (level + 1) | 1 if right else (level + 2) & ~1
        if deeper > _DEEPEST or self._lost_isolates or self._lost_embeddings:
            return False
        self._stack.append(_State(deeper, override, isolate))
        return True

    def _embed(self, control: str) -> None:
        override = {"v": "L", "V": "R"}.get(control, "")
        pushed = self._push(right=control in "EV", override=override, isolate=False)
        if not pushed and not self._lost_isolates:
            self._lost_embeddings += 1

    def _isolate(self, control: str, here: int) -> None:
        self._keep(here, here + 1)
        right = control == "r"
        if control == "f":
            right = first_strong(self._classes, self._closing, here + 1, self._closing.get(here)) == 1
        if self._push(right=right, override="", isolate=True):
            self._isolates += 1
        else:
            self._lost_isolates += 1

    def _end_isolate(self) -> None:
        if self._lost_isolates:
            self._lost_isolates -= 1
        elif self._isolates:
            self._lost_embeddings = 0
            while not self._stack.pop().isolate:
                pass
            self._isolates -= 1

    def _end_embedding(self) -> None:
        if self._lost_isolates:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif len(self._stack) > 1 and not self._stack[-1].isolate:
            self._stack.pop()


def runs(classes: str, base: int, closing: Mapping[int, int]) -> list[Run]:
    """The isolating run sequences of a paragraph at level ``base`` (X10), in the order of their beginnings."""
    groups = [list(spans) for _level, spans in groupby(_Embedding(classes, base, closing).walk(), _level_of)]
    found: list[Run] = []
    waiting: dict[int, Run] = {}
    for index, spans in enumerate(groups):
        level = spans[0].level
        run = waiting.pop(spans[0].start, None)
        if run is None:
            run = Run(spans, max(level, groups[index - 1][0].level if index else base), level)
            found.append(run)
        else:
            run.spans += spans
        last = spans[-1].end - 1
        opens = classes[last] in "lrf"
        if opens and last in closing:
            waiting[closing[last]] = run
        else:
            at_end = opens or index + 1 == len(groups)
            run.after = max(level, base if at_end else groups[index + 1][0].level)
    return found
