"""A vCard file's physical lines, and where properties begin on them: all by places in the file's bytes."""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = rb"[ \t]*+(?:([A-Za-z0-9_\-]++)\.)?+([Xx]-[A-Za-z0-9_\-/ ]*+|[A-Za-z][A-Za-z0-9_\-]*+)[ \t]*+"
_HEAD: Final = re.compile(_NAME + rb'((?:;(?:"[^"\r\n]*+"|[^":;\r\n])*+)*+)[ \t]*+:')
_LOOSE_HEAD: Final = re.compile(_NAME + rb"((?:;[^:;\r\n]*+)*+):")
"""For parameters with a quotation mark that is nothing but that."""
_NAMED: Final = re.compile(_NAME + rb";")
_HEAD_SIGN: Final = re.compile(rb'[":]')
_HEAD_BYTES: Final = 8_000
"""Bytes over which the names before a colon may be folded."""
_BLANK: Final = re.compile(rb"[ \t]*+\Z")
_BLANK_LINES: Final = re.compile(rb"(?:[ \t]*+(?:\r\r?+\n|\n|\r))++")
_END: Final = rb"(?:\r\r?+\n|\n|\r|\Z)"
FOLDED_LINES: Final = re.compile(rb"(?:[ \t][^\r\n]*+" + _END + rb")*+")
BASE64_LINES: Final = re.compile(
    # indented lines, lines of nothing but base64, and empty lines between those
    rb"(?:[ \t][^\r\n]*+" + _END + rb"|[A-Za-z0-9+/=]++[ \t]*+" + _END + rb"|"
    rb"(?:\r\r?+\n|\n|\r)(?=[ \t]?[A-Za-z0-9+/=]{20,}+[ \t]*+" + _END + rb"))*+"
)


class Source:
    """The lines of the file by their places. The one at ``start`` to ``end`` is the next to be taken."""

    __slots__ = ("_cr", "_end", "_following", "_lf", "data", "number", "start")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.number = 1
        self.start = 0
        self._cr = self._lf = self._end = -1
        self._following = 0

    @property
    def end(self) -> int:
        if self._end < self.start:
            self._find_end()
        return self._end

    @property
    def following(self) -> int:
        """Where the line behind begins."""
        if self._end < self.start:
            self._find_end()
        return self._following

    @property
    def done(self) -> bool:
        return self.start >= len(self.data)

    @property
    def indented(self) -> bool:
        return self.data.startswith((b" ", b"\t"), self.start)

    @property
    def blank(self) -> bool:
        return bool(_BLANK.match(self.data, self.start, self.end))

    @property
    def begins_property(self) -> bool:
        """Whether a property begins; of one with long parameters the colon may stand on a later line."""
        if head_at(self.data, self.start, self.end):
            return True
        folded = self.data.startswith((b" ", b"\t"), self.following)
        return folded and bool(_NAMED.match(self.data, self.start, self.end))

    def skip_blank(self) -> int:
        """On to the next line that is not empty; gives how many were passed."""
        number = self.number
        if found := _BLANK_LINES.match(self.data, self.start):
            self.jump(found.end())
        return self.number - number

    def skip(self, run: re.Pattern[bytes]) -> None:
        """On to the line behind a run of them, such as ``FOLDED_LINES``."""
        if found := run.match(self.data, self.start):
            self.jump(found.end())

    def step(self) -> None:
        """On to the next line."""
        self.number += 1
        self.start = self.following

    def pass_to(self, place: int) -> None:
        """On to the next line, which is known to begin there."""
        self.number += 1
        self.start = place

    def jump(self, place: int) -> None:
        """On to a place behind, at which a line begins."""
        passed = (self.start, place)
        count = self.data.count
        # CR CR LF, which some programs write, is one end of a line
        ends = count(b"\n", *passed) + count(b"\r", *passed) - count(b"\r\n", *passed)
        self.number += ends - count(b"\r\r\n", *passed)
        self.start = place

    def mark(self) -> tuple[int, int, int, int]:
        """Where it stands, for ``back``."""
        return self.number, self.start, self._cr, self._lf

    def back(self, mark: tuple[int, int, int, int]) -> None:
        self.number, self.start, self._cr, self._lf = mark
        self._end = -1

    def _find_end(self) -> None:
        data, size, place = self.data, len(self.data), self.start
        if self._cr < place:
            self._cr = data.find(b"\r", place) if place < size else size
            self._cr = size if self._cr < 0 else self._cr
        if self._lf < place:
            self._lf = data.find(b"\n", place) if place < size else size
            self._lf = size if self._lf < 0 else self._lf
        self._end = min(self._cr, self._lf)
        self._following = self._end + 1
        if self._cr < self._lf:
            behind = data[self._end + 1 : self._end + 3]
            self._following += 1 if behind[:1] == b"\n" else 2 if behind == b"\r\n" else 0


# --- where a property begins ---------------------------------------------------------------------------------


_SCHEMES: Final = frozenset({b"http", b"https", b"ftp", b"ftps", b"file"})


def head_at(data: bytes, start: int, end: int) -> re.Match[bytes] | None:
    """The names before a property's colon; None for a line that is none."""
    return _bare(_HEAD.match(data, start, end))


def loose_head_at(data: bytes, start: int, end: int) -> re.Match[bytes] | None:
    """The same, when a quotation mark has no other to close it."""
    return _bare(_LOOSE_HEAD.match(data, start, end))


def _bare(found: re.Match[bytes] | None) -> re.Match[bytes] | None:
    """None for a web address, which is no property; a note of ``//`` is one."""
    if found and not found[3] and found.string.startswith(b"//", found.end(), found.endpos):
        return None if found[2].lower().strip() in _SCHEMES else found
    return found


def folded_head(source: Source, start: int, end: int) -> tuple[re.Match[bytes], int] | None:
    """The names before a colon that stands, outside of quotation marks, on a later line, and that line's width.

    None, and nothing is taken, when there is no such colon near.
    """
    mark = source.mark()
    text, quoted = bytearray(), False
    piece = source.data[start : min(end, start + _HEAD_BYTES)]
    while len(text) < _HEAD_BYTES:
        text += piece
        for sign in _HEAD_SIGN.finditer(piece):
            if sign[0] == b'"':
                quoted = not quoted
            elif not quoted:
                found = head_at(bytes(text), 0, len(text))
                width = len(piece)
                if found is None:
                    source.back(mark)
                return (found, width) if found else None
        if source.done or not source.indented:
            break
        piece = source.data[source.start + 1 : source.end]
        source.step()
    source.back(mark)
    return None
