"""The lines of a vCard file, put together again.

How a value was parted says nothing but the file: RFC 2425 to 6350 fold with one blank, version 2.1 folds where a
blank was, quoted-printable breaks softly, some programs do two of these at once, and some write a picture's lines
or a note's without any sign. All lines are found by their places in the file's bytes, each looked at once or
twice; a picture's are passed over without being copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tuicrm.exchange.vcard_source import (
    BASE64_LINES,
    FOLDED_LINES,
    Source,
    folded_head,
    head_at,
    loose_head_at,
)

BINARY: Final = frozenset(
    ("PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-EVOLUTION-X509", "THUMBNAIL")
)
"""Properties whose value is a picture, a sound or a certificate: only its beginning is kept."""
_PROSE: Final = frozenset(("NOTE", "LABEL", "COMMENT"))
"""Values that some programs write over several lines without a sign."""
_FENCES: Final = ("BEGIN", "END")
"""Lines that are whole once they say of what: an indented line behind one begins a card, or its first property."""
_MANY_LINES: Final = _PROSE | {"AGENT"}

_SIMPLE: Final = re.compile(
    rb"(?:([A-Za-z0-9_\-]++)\.)?+([A-Za-z][A-Za-z0-9_\-]*+)((?:;[^\":;\r\n]*+)*+):([^\r\n\\]*+(?:\\[^\r\n][^\r\n\\]*+)*+)"
    rb"\r?+\n(?![ \t\r\n])"
)
"""A property whole on one line, which does not end with a backslash, before a line that is not blank: most are."""
_QUOTED: Final = re.compile(rb"QUOTED-PRINTABLE|ENCODING\s*+=\s*+\"?(?:QP?|QUOTED)\"?\s*+(?=;|\Z)")
_BASE64: Final = re.compile(rb"BASE64|ENCODING\s*+=\s*+\"?B\"?\s*+(?=;|\Z)")
_BASE64_LINE: Final = re.compile(rb"[A-Za-z0-9+/=]++[ \t]*+\Z")
_LONG_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=]{40,}+\Z")
_BLANK: Final = re.compile(rb"[ \t]*+\Z")
_USUAL: Final = re.compile(
    rb"(?:FN|N|TEL|EMAIL|ADR|ORG|TITLE|URL|BDAY|NOTE|PHOTO|UID|REV|CATEGORIES|X-[A-Z0-9\-]++)[;:]"
)
_ESCAPED: Final = re.compile(rb"=[0-9A-Fa-f]{2}")
_FENCE: Final = re.compile(rb"[ \t]*+(?:BEGIN|END)[ \t]*+:[ \t]*+VCARD[ \t]*+\Z", re.IGNORECASE)
_BOM: Final = b"\xef\xbb\xbf"
_SAMPLE: Final = 60
"""Bytes that are kept of what is not read."""
REPEATED: Final = 200
"""Parameters of fewer bytes come again and again, and are looked at once."""
_WIDE: Final = 72
"""A line of so many bytes was cut for its width; a shorter one ends where its writer chose."""


@dataclass(slots=True, eq=False)
class Line:
    """One property as it stands in the file. ``number``: its first line, from 1.

    ``name`` is upper case, ``""`` for a line that is no property; ``params`` as written, from the first ``;``.
    ``value``: the bytes after the colon, put together, still encoded and escaped; for what is in ``BINARY``, and
    for what is no property, only how it begins. ``old``: the card said that it is of version 2.1. ``way``: how the
    value is written: ``quoted``, ``base64``, ``passed`` (a picture or the like), or ``plain``.

    No ``record``: a file of contacts has ten for each, and a frozen one takes five times as long to make.
    """

    number: int
    name: str
    group: str = ""
    params: bytes = b""
    value: bytes = b""
    old: bool = False
    way: str = "plain"


def _head(name: bytes, params: bytes) -> tuple[str, str]:
    """A property's name in capitals, and the way its value is written."""
    called = name.decode().upper().rstrip()
    return called, _way(called, params.upper())


_known_head: Final = lru_cache(maxsize=256)(_head)


def _head_of(name: bytes, params: bytes) -> tuple[str, str]:
    return _known_head(name, params) if len(name) + len(params) < REPEATED else _head(name, params)


def _way(name: str, params: bytes) -> str:
    # a phonetic name stands under the name of sounds
    if name in BINARY and b"X-IRMC-N" not in params:
        return "passed"
    if not params:
        return "plain"
    return "quoted" if _QUOTED.search(params) else "base64" if _BASE64.search(params) else "plain"


def lines(data: bytes) -> Iterator[Line]:
    """Every property of a file in UTF-8 or an encoding that has ASCII in it; empty lines and comments left out."""
    source = Source(data)
    old = False
    while not source.done:
        simple = _SIMPLE.match(data, source.start)
        if simple and (line := _simple(simple, source.number, old)):
            source.pass_to(simple.end())
        elif (line := _next(source, old)) is None:
            continue
        if line.name == "VERSION":
            old = line.value.strip() == b"2.1"
        elif line.name == "BEGIN":
            old = False
        yield line


# --- one property -------------------------------------------------------------------------------------------


def _next(source: Source, old: bool) -> Line | None:
    """The next property or line that is none; None for an empty line or a comment."""
    data, start, end, number = source.data, source.start, source.end, source.number
    if data.startswith(_BOM, start, end):
        start += len(_BOM)
    head = head_at(data, start, end)
    if head is None and _empty(source, start):
        return None
    source.step()
    width = end - start
    if head is None and source.indented and (found := folded_head(source, start, end)):
        head, width = found
    head = head or loose_head_at(data, start, end)
    if head is None:
        source.skip(FOLDED_LINES)
        return Line(number, "", value=data[start : min(end, start + _SAMPLE)], old=old)
    params = head[3]
    name, way = _head_of(head[2], params)
    first = head.string[head.end() : head.endpos] if way != "passed" else _beginning(head)
    whole = not source.indented or (name in _FENCES and first.strip().upper() == b"VCARD")
    if way == "plain" and name not in _MANY_LINES and whole and not first.endswith(b"\\"):
        value = first
    else:
        value = _value(source, first, Line(number, name, "", params, b"", old, way), width)
    return Line(number, name, (head[1] or b"").decode().lower(), params, value, old, way)


def _simple(found: re.Match[bytes], number: int, old: bool) -> Line | None:
    """A property that stands on one line; None when it may be another thing after all."""
    group, bare, params = found.group(1, 2, 3)
    name, way = _head_of(bare, params)
    if way != "plain" or name == "AGENT":
        return None
    # only now: a picture is not copied
    value = found[4]
    if value.startswith(b"//") or (
        name in _PROSE and not head_at(found.string, found.end(), found.end() + _SAMPLE)
    ):
        return None
    return Line(number, name, group.decode().lower() if group else "", params, value, old)


def _empty(source: Source, start: int) -> bool:
    """Passes over empty lines or a comment, if it stands there."""
    if source.data.startswith(b"#", start):
        source.step()
    elif start == source.start and source.skip_blank():
        pass
    elif _BLANK.match(source.data, start, source.end):
        source.step()
    else:
        return False
    return True


def _beginning(head: re.Match[bytes]) -> bytes:
    return head.string[head.end() : min(head.endpos, head.end() + _SAMPLE)]


def _passed(source: Source, beginning: bytes, line: Line) -> bytes:
    """Passes over a picture; gives how it begins, nothing when there is none."""
    start = source.start
    params = line.params.upper()
    address = b"VALUE=UR" in params or (b":" in beginning and not beginning.lstrip().startswith(b"data:"))
    plain = address and not _BASE64.search(params)
    source.skip(FOLDED_LINES if plain else BASE64_LINES)
    return beginning.strip() or source.data[start : min(source.start, start + _SAMPLE)].strip()


def _value(source: Source, first: bytes, line: Line, width: int) -> bytes:
    if line.way == "passed":
        return _passed(source, first, line)
    if line.way == "quoted":
        return _quoted(source, first, width)
    if line.way == "base64":
        return _encoded(source, first)
    if line.name == "AGENT" and _FENCE.match(first):
        return _inner_card(source, first)
    return _plain(source, first, line, width)


def _plain(source: Source, first: bytes, line: Line, width: int) -> bytes:
    """A value that is folded, or goes on with a ``\\`` at the end of its line, or is prose of several lines."""
    # one buffer: a list of pieces takes forty bytes for each empty line
    text, last = bytearray(first), first
    while not source.done:
        raw = source.data[source.start : source.end] if source.indented else b""
        if raw:
            last = _unfolded(raw, last, line.old and width < _WIDE)
            text += last
        elif _goes_on(source, last):
            last = source.data[source.start : source.end]
            text[-1:] = b"\\n" + last
        elif line.name in _PROSE and (empty := _prose(source)) is not None:
            last = source.data[source.start : source.end]
            text += b"\\n" * (empty + 1) + last
        else:
            break
        width = source.end - source.start
        source.step()
    return bytes(text)


def _unfolded(raw: bytes, before: bytes, chosen: bool) -> bytes:
    """The rest of a folded value: one blank belongs to the fold. Where the fold's place was ``chosen``, as version
    2.1 has it, the blanks belong to the text, and are one."""
    if not chosen:
        return raw[1:]
    return raw.lstrip() if before.endswith((b" ", b"\t")) else b" " + raw.lstrip()


def _goes_on(source: Source, piece: bytes) -> bool:
    """Whether a line ends with a ``\\`` that stands for the line's end, and no property follows."""
    hanging = len(piece) - len(piece.rstrip(b"\\"))
    return hanging % 2 == 1 and not source.blank and not source.begins_property


def _prose(source: Source) -> int | None:
    """How many empty lines stand before a line that is nothing but text, which is then the next; None: there is
    no such line."""
    mark, empty = source.mark(), source.skip_blank()
    comment = source.data.startswith(b"#", source.start)
    binary = _LONG_BASE64.match(source.data, source.start, source.end)
    if source.done or comment or binary or source.begins_property:
        source.back(mark)
        return None
    return empty


def _encoded(source: Source, first: bytes) -> bytes:
    """Text in base64, its lines indented or not."""
    pieces = [first.strip()]
    while not source.done and (source.indented or _BASE64_LINE.match(source.data, source.start, source.end)):
        pieces.append(source.data[source.start : source.end].strip())
        source.step()
    return b"".join(pieces)


def _inner_card(source: Source, first: bytes) -> bytes:
    """A whole card, each of its lines indented."""
    pieces = [first]
    while not source.done and source.indented:
        pieces.append(source.data[source.start : source.end].strip())
        source.step()
    return b"\n".join(pieces)


def _quoted(source: Source, first: bytes, width: int) -> bytes:
    """A quoted-printable value: softly broken, folded, or both."""
    pieces, breaks = [first], [(False, 0)]
    while not source.done:
        soft = _softly_broken(pieces[-1]) and not _is_left_over(source, pieces[-1], width)
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


def _is_left_over(source: Source, piece: bytes, width: int) -> bool:
    """Whether the ``=`` at the end of a line breaks nothing: the line is short, and a usual property follows."""
    ends_line = piece.rstrip().upper().endswith((b"=0A=", b"=0D="))
    return width < _WIDE and not ends_line and bool(_USUAL.match(source.data, source.start, source.end))


def _softly_broken(piece: bytes) -> bool:
    return piece.rstrip(b" \t").endswith(b"=")


def _is_fold(before: bytes, soft: bool, width: int, both: bool) -> bool:
    """Whether the blank that a line begins with was put there by the fold. After a soft break it is text, unless
    every line has one and nothing of the language would be lost."""
    if not soft:
        return True
    return both and (width >= _WIDE or before[-1:].isspace() or bool(_ESCAPED.fullmatch(before[-3:])))
