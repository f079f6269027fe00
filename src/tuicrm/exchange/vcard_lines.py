"""The lines of a vCard file, put together again.

How a value was parted says nothing but the file: RFC 2425 to 6350 fold with one blank, version 2.1 folds where a
blank was, quoted-printable breaks softly, some programs do two of these at once, and some write a picture's lines
or a note's without any sign. All lines are found by their places in the file's bytes, each looked at once or
twice; a picture's are passed over without being copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tuicrm.domain.record import record

BINARY: Final = frozenset(
    ("PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-EVOLUTION-X509", "THUMBNAIL")
)
"""Properties whose value is a picture, a sound or a certificate: only its beginning is kept."""
_PROSE: Final = frozenset(("NOTE", "LABEL", "COMMENT"))
"""Values that some programs write over several lines without a sign."""

_NAME: Final = rb"[ \t]*+(?:([A-Za-z0-9_\-]++)\.)?+([A-Za-z][A-Za-z0-9_\-]*+)[ \t]*+"
_HEAD: Final = re.compile(_NAME + rb'((?:;(?:"[^"]*+"|[^":;])*+)*+)[ \t]*+:')
_LOOSE_HEAD: Final = re.compile(_NAME + rb"((?:;[^:;]*+)*+):")
"""For parameters with a quotation mark that is nothing but that."""
_QUOTED: Final = re.compile(rb"QUOTED-PRINTABLE|ENCODING\s*+=\s*+\"?(?:QP?|QUOTED)\"?\s*+(?=;|\Z)")
_BASE64: Final = re.compile(rb"BASE64|ENCODING\s*+=\s*+\"?B\"?\s*+(?=;|\Z)")
_END: Final = rb"(?:\r\r?+\n|\n|\r|\Z)"
_FOLDED_LINES: Final = re.compile(rb"(?:[ \t][^\r\n]*+" + _END + rb")*+")
_BASE64_LINES: Final = re.compile(
    # indented lines, lines of nothing but base64, and empty lines between those
    rb"(?:[ \t][^\r\n]*+" + _END + rb"|[A-Za-z0-9+/=]++[ \t]*+" + _END + rb"|"
    rb"(?:\r\r?+\n|\n|\r)(?=[ \t]?[A-Za-z0-9+/=]{20,}+[ \t]*+" + _END + rb"))*+"
)
_NAMED: Final = re.compile(_NAME + rb";")
_HEAD_SIGN: Final = re.compile(rb'[":]')
_BASE64_LINE: Final = re.compile(rb"[A-Za-z0-9+/=]++[ \t]*+\Z")
_LONG_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=]{40,}+\Z")
_BLANK: Final = re.compile(rb"[ \t]*+\Z")
_ESCAPED: Final = re.compile(rb"=[0-9A-Fa-f]{2}")
_FENCE: Final = re.compile(rb"[ \t]*+(?:BEGIN|END)[ \t]*+:[ \t]*+VCARD[ \t]*+\Z", re.IGNORECASE)
_BOM: Final = b"\xef\xbb\xbf"
_SAMPLE: Final = 60
"""Bytes that are kept of what is not read."""
_WIDE: Final = 72
"""A line of so many bytes was cut for its width; a shorter one ends where its writer chose."""
_HEAD_BYTES: Final = 8_000
"""Bytes over which the names before a colon may be folded."""


@record
class Line:
    """One property as it stands in the file. ``number``: its first line, from 1.

    ``name`` is upper case, ``""`` for a line that is no property; ``params`` as written, from the first ``;``.
    ``value``: the bytes after the colon, put together, still encoded and escaped; for what is in ``BINARY``, and
    for what is no property, only how it begins. ``old``: the card said that it is of version 2.1.
    """

    number: int
    name: str
    group: str = ""
    params: bytes = b""
    value: bytes = b""
    old: bool = False

    @property
    def passed_over(self) -> bool:
        """Whether it is a picture or the like. A phonetic name stands under the name of sounds."""
        return self.name in BINARY and b"X-IRMC-N" not in self.params.upper()

    @property
    def quoted(self) -> bool:
        return bool(_QUOTED.search(self.params.upper()))

    @property
    def base64(self) -> bool:
        return bool(_BASE64.search(self.params.upper()))


def lines(data: bytes) -> Iterator[Line]:
    """Every property of a file in UTF-8 or an encoding that has ASCII in it; empty lines and comments left out."""
    source = _Source(data)
    old = False
    while not source.done:
        line = _next(source, old)
        if line is None:
            continue
        if line.name == "VERSION":
            old = line.value.strip() == b"2.1"
        elif line.name == "BEGIN":
            old = False
        yield line


class _Source:
    """The lines of the file by their places. The one at ``start`` to ``end`` is the next to be taken."""

    __slots__ = ("_cr", "_following", "_lf", "data", "end", "number", "start")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.number = 1
        self._cr = self._lf = -1
        self._go(0)

    @property
    def done(self) -> bool:
        return self.start >= len(self.data)

    @property
    def indented(self) -> bool:
        return self.data[self.start : self.start + 1] in (b" ", b"\t")

    @property
    def blank(self) -> bool:
        return bool(_BLANK.match(self.data, self.start, self.end))

    @property
    def begins_property(self) -> bool:
        """Whether a property begins; of one with long parameters the colon may stand on a later line."""
        if _head(self.data, self.start, self.end):
            return True
        folded = self.data[self._following : self._following + 1] in (b" ", b"\t")
        return folded and bool(_NAMED.match(self.data, self.start, self.end))

    def step(self) -> None:
        """On to the next line."""
        self.number += 1
        self._go(self._following)

    def jump(self, place: int) -> None:
        """On to a place behind, at which a line begins."""
        passed = (self.start, place)
        count = self.data.count
        # CR CR LF, which some programs write, is one end of a line
        ends = count(b"\n", *passed) + count(b"\r", *passed) - count(b"\r\n", *passed)
        self.number += ends - count(b"\r\r\n", *passed)
        self._go(place)

    def mark(self) -> tuple[int, int, int, int]:
        """Where it stands, for ``back``."""
        return self.number, self.start, self._cr, self._lf

    def back(self, mark: tuple[int, int, int, int]) -> None:
        self.number, start, self._cr, self._lf = mark
        self._go(start)

    def _go(self, place: int) -> None:
        data, size = self.data, len(self.data)
        if self._cr < place:
            self._cr = data.find(b"\r", place) if place < size else size
            self._cr = size if self._cr < 0 else self._cr
        if self._lf < place:
            self._lf = data.find(b"\n", place) if place < size else size
            self._lf = size if self._lf < 0 else self._lf
        self.start, self.end = place, min(self._cr, self._lf)
        self._following = self.end + 1
        if self._cr < self._lf:
            behind = data[self.end + 1 : self.end + 3]
            self._following += 1 if behind[:1] == b"\n" else 2 if behind == b"\r\n" else 0


# --- one property -------------------------------------------------------------------------------------------


def _next(source: _Source, old: bool) -> Line | None:
    """The next property or line that is none; None for an empty line or a comment."""
    data, start, end, number = source.data, source.start, source.end, source.number
    if data.startswith(_BOM, start, end):
        start += len(_BOM)
    if _BLANK.match(data, start, end) or data.startswith(b"#", start):
        source.step()
        return None
    source.step()
    width = end - start
    head = _head(data, start, end)
    if head is None and not source.done and source.indented and (found := _folded_head(source, start, end)):
        head, width = found
    head = head or _bare(_LOOSE_HEAD.match(data, start, end))
    if head is None:
        source.jump(_end_of(_FOLDED_LINES, source))
        return Line(number, "", value=data[start : min(end, start + _SAMPLE)], old=old)
    group, name, params = (part or b"" for part in head.groups())
    line = Line(number, name.decode().upper(), group.decode().lower(), params, old=old)
    first = head.string[head.end() : head.endpos] if not line.passed_over else _beginning(head)
    value = _passed(source, first, line) if line.passed_over else _value(source, first, line, width)
    return Line(number, line.name, line.group, params, value, old)


def _beginning(head: re.Match[bytes]) -> bytes:
    return head.string[head.end() : min(head.endpos, head.end() + _SAMPLE)]


def _head(data: bytes, start: int, end: int) -> re.Match[bytes] | None:
    """The names before a property's colon; None for a line that is none."""
    return _bare(_HEAD.match(data, start, end))


def _bare(found: re.Match[bytes] | None) -> re.Match[bytes] | None:
    """None for a web address, which is no property."""
    if found and not found[3] and found.string.startswith(b"//", found.end(), found.endpos):
        return None
    return found


def _folded_head(source: _Source, start: int, end: int) -> tuple[re.Match[bytes], int] | None:
    """The names before a colon that stands, outside of quotation marks, on a later line, and that line's width.

    None, and nothing is taken, when there is no such colon near.
    """
    text, piece, quoted, mark = (
        bytearray(),
        source.data[start : min(end, start + _HEAD_BYTES)],
        False,
        source.mark(),
    )
    while len(text) < _HEAD_BYTES:
        text += piece
        for sign in _HEAD_SIGN.finditer(piece):
            if sign[0] == b'"':
                quoted = not quoted
            elif not quoted:
                found = _head(bytes(text), 0, len(text))
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


def _end_of(run: re.Pattern[bytes], source: _Source) -> int:
    found = run.match(source.data, source.start)
    return found.end() if found else source.start


def _passed(source: _Source, beginning: bytes, line: Line) -> bytes:
    """Passes over a picture; gives how it begins, nothing when there is none."""
    start = source.start
    plain = not line.base64 and (b"VALUE=UR" in line.params.upper() or b":" in beginning)
    source.jump(_end_of(_FOLDED_LINES if plain else _BASE64_LINES, source))
    return beginning.strip() or source.data[start : min(source.start, start + _SAMPLE)].strip()


def _value(source: _Source, first: bytes, line: Line, width: int) -> bytes:
    if line.quoted:
        return _quoted(source, first, width)
    if line.base64:
        return _encoded(source, first)
    if line.name == "AGENT" and _FENCE.match(first):
        return _inner_card(source, first)
    return _plain(source, first, line, width)


def _plain(source: _Source, first: bytes, line: Line, width: int) -> bytes:
    """A value that is folded, or goes on with a ``\\`` at the end of its line, or is prose of several lines."""
    pieces = [first]
    while not source.done:
        raw = source.data[source.start : source.end] if source.indented else b""
        if raw:
            pieces.append(_unfolded(raw, pieces[-1], line.old and width < _WIDE))
        elif _goes_on(source, pieces[-1]):
            pieces[-1] = pieces[-1][:-1]
            pieces += (b"\\n", source.data[source.start : source.end])
        elif line.name in _PROSE and (empty := _prose(source)) is not None:
            pieces += (b"\\n" * (empty + 1), source.data[source.start : source.end])
        else:
            break
        width = source.end - source.start
        source.step()
    return b"".join(pieces)


def _unfolded(raw: bytes, before: bytes, chosen: bool) -> bytes:
    """The rest of a folded value: one blank belongs to the fold. Where the fold's place was ``chosen``, as version
    2.1 has it, the blanks belong to the text, and are one."""
    if not chosen:
        return raw[1:]
    return raw.lstrip() if before.endswith((b" ", b"\t")) else b" " + raw.lstrip()


def _goes_on(source: _Source, piece: bytes) -> bool:
    """Whether a line ends with a ``\\`` that stands for the line's end, and no property follows."""
    hanging = len(piece) - len(piece.rstrip(b"\\"))
    return hanging % 2 == 1 and not source.blank and not source.begins_property


def _prose(source: _Source) -> int | None:
    """How many empty lines stand before a line that is nothing but text, which is then the next; None: there is
    no such line."""
    mark, empty = source.mark(), 0
    while not source.done and source.blank:
        source.step()
        empty += 1
    comment = source.data.startswith(b"#", source.start)
    binary = _LONG_BASE64.match(source.data, source.start, source.end)
    if source.done or comment or binary or source.begins_property:
        source.back(mark)
        return None
    return empty


def _encoded(source: _Source, first: bytes) -> bytes:
    """Text in base64, its lines indented or not."""
    pieces = [first.strip()]
    while not source.done and (source.indented or _BASE64_LINE.match(source.data, source.start, source.end)):
        pieces.append(source.data[source.start : source.end].strip())
        source.step()
    return b"".join(pieces)


def _inner_card(source: _Source, first: bytes) -> bytes:
    """A whole card, each of its lines indented."""
    pieces = [first]
    while not source.done and source.indented:
        pieces.append(source.data[source.start : source.end].strip())
        source.step()
    return b"\n".join(pieces)


def _quoted(source: _Source, first: bytes, width: int) -> bytes:
    """A quoted-printable value: softly broken, folded, or both."""
    pieces, breaks = [first], [(False, 0)]
    while not source.done:
        soft = _softly_broken(pieces[-1])
        place = (source.data, source.start, source.end)
        if _FENCE.match(*place) or not (soft or source.indented or _ESCAPED.match(*place)):
            break
        breaks.append((soft, width))
        pieces.append(source.data[source.start : source.end])
        width = source.end - source.start
        source.step()
    both = all(not piece.strip(b"= \t") or piece[:1] in (b" ", b"\t") for piece in pieces[1:])
    text = b""
    parts = []
    for piece, (soft, before) in zip(pieces, breaks, strict=True):
        if before and piece[:1] in (b" ", b"\t") and _is_fold(text, soft, before, both):
            piece = piece[1:]
        text = piece.rstrip(b" \t")[:-1] if _softly_broken(piece) else piece
        parts.append(text)
    return b"".join(parts)


def _softly_broken(piece: bytes) -> bool:
    return piece.rstrip(b" \t").endswith(b"=")


def _is_fold(before: bytes, soft: bool, width: int, both: bool) -> bool:
    """Whether the blank that a line begins with was put there by the fold. After a soft break it is text, unless
    every line has one and nothing of the language would be lost."""
    if not soft:
        return True
    return both and (width >= _WIDE or before[-1:].isspace() or bool(_ESCAPED.fullmatch(before[-3:])))
