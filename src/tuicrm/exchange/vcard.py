"""vCard in: versions 2.1, 3.0 and 4.0 as programs and telephones write them.

A library would do if one read what they write: vobject, the nearest, gives up on six of fifteen real exports, with
the whole file. Here a broken card, or line, costs itself alone.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.exchange.incoming import Incoming
from tuicrm.exchange.vcard_card import Card
from tuicrm.exchange.vcard_contact import incoming, summary
from tuicrm.exchange.vcard_lines import Line, lines
from tuicrm.exchange.vcard_values import Decoding, unescaped

_BEGIN: Final = re.compile(rb"BEGIN[ \t]*+:[ \t]*+VCARD", re.IGNORECASE)
_SOMETHING: Final = re.compile(rb"[^\s\0\xef\xbb\xbf\xfe\xff]")
_WIDE: Final = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16
    (rb"\xff\xfe\0\0|(?:\s\0{3})*+B\0{3}E\0{3}G\0{3}I\0{3}N\0{3}", "utf-32-le"),
    (rb"\0\0\xfe\xff|(?:\0{3}\s)*+\0{3}B\0{3}E\0{3}G\0{3}I\0{3}N", "utf-32-be"),
    (rb"\xff\xfe|(?:\s\0)*+B\0E\0G\0I\0N\0", "utf-16-le"),
    (rb"\xfe\xff|(?:\0\s)*+\0B\0E\0G\0I\0N", "utf-16-be"),
)
"""How files begin that have several bytes for each letter, with a mark or without."""
_CARD: Final = b"VCARD"
_FENCES: Final = ("BEGIN", "END")
_MOST: Final = 5_000
"""Properties of one card; real ones have a few dozen. More are a broken file, and would fill the memory."""
_QUOTE: Final = 40


def read(data: bytes, name: str, region: str, encoding: str = "") -> Iterator[Incoming]:
    """The cards of a file, each with the line it begins on, and every line that is no vCard, refused.

    ``name``: the file, for refusals. ``region``: where numbers without a country are from (``IR``). ``encoding``: that
    of values which do not say theirs, by Python's name, ``""``: as they look. Raises
    ``Invalid`` (``file_empty``, ``vcard_none``) before the first card when there is none.
    """
    if not _SOMETHING.search(data):
        raise Invalid("file_empty", file=name)
    data = _utf8(data)
    begins = _BEGIN.search(data)
    if not begins:
        raise Invalid("vcard_none", file=name)
    return _Reader(_outdented(data, begins.start()), region, encoding).records()


def _outdented(data: bytes, begins: int) -> bytes:
    """A file without the blanks that every line of it begins with, as the first card does at the place ``begins``."""
    before = data[max(data.rfind(b"\n", 0, begins), data.rfind(b"\r", 0, begins)) + 1 : begins]
    if not before or before.strip(b" \t"):
        return data
    less = re.compile(rb"(?:\A|[\r\n])(?!" + before + rb")[ \t]*+[^\s]")
    return data if less.search(data) else re.sub(rb"(?:\A|(?<=[\r\n]))" + before, b"", data)


def _utf8(data: bytes) -> bytes:
    """UTF-16 and UTF-32 as UTF-8; anything else as it is."""
    for form, encoding in _WIDE:
        if re.match(form, data, re.IGNORECASE):
            return codecs.decode(data, encoding, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    return data


class _Open:
    """A card whose end has not come yet. ``inner``: the card of its agent, once that has begun."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.lines: list[Line] = []
        self.bad: list[Line] = []
        self.agents: list[list[Line]] = []
        self.inner: list[Line] | None = None
        self.depth = 0
        self.many = 0

    def add(self, line: Line) -> None:
        """A property, or a line that is none. Past ``_MOST`` they are counted only."""
        self.many += 1
        if self.many > _MOST:
            return
        if self.inner is not None:
            if self.depth == 1:
                self.inner.append(line)
        else:
            (self.lines if line.name else self.bad).append(line)

    def awaits_agent(self) -> bool:
        """Whether a card that begins now is the agent's of this one."""
        last = (self.lines if self.inner is None else self.inner)[-1:] if self.many <= _MOST else []
        return bool(
            last and last[0].name == "AGENT" and last[0].value.strip().upper() in (b"", b"BEGIN:VCARD")
        )

    def open_agent(self) -> None:
        self.depth += 1
        if self.inner is None:
            self.inner = []

    def close_agent(self) -> None:
        self.depth -= 1
        if not self.depth and self.inner is not None:
            self.agents.append(self.inner)
            self.inner = None


class _Reader:
    """One file on its way."""

    def __init__(self, data: bytes, region: str, encoding: str) -> None:
        self._data = data
        self._region = region
        self._decoding = Decoding(data, encoding)
        self._card: _Open | None = None
        self._outside = 0
        """The first of the lines that stand outside of any card; 0: there are none."""

    def records(self) -> Iterator[Incoming]:
        for line in lines(self._data):
            if line.name not in _FENCES or line.value.strip().upper() != _CARD:
                self._inside(line)
            elif line.name == "BEGIN":
                yield from self._begin(line.number)
            else:
                yield from self._end(line.number)
        yield from self._unfinished()

    def _inside(self, line: Line) -> None:
        if self._card is None:
            self._outside = self._outside or line.number
            return
        self._card.add(line)
        if line.name == "AGENT" and self._card.awaits_agent() and line.value.strip():
            # the card begins on the agent's own line
            self._card.open_agent()

    def _begin(self, number: int) -> Iterator[Incoming]:
        if self._card is not None and self._card.awaits_agent():
            self._card.open_agent()
            return
        yield from self._unfinished()
        self._card = _Open(number)

    def _end(self, number: int) -> Iterator[Incoming]:
        card = self._card
        if card is None:
            yield Incoming(self._outside or number, code="vcard_no_begin", refused=True)
            self._outside = 0
        elif card.depth:
            card.close_agent()
        else:
            self._card = None
            yield from self._whole(card)

    def _unfinished(self) -> Iterator[Incoming]:
        """What stands before the beginning of a card, or the file's end, and is none."""
        if self._card is not None:
            yield Incoming(self._card.line, code="vcard_no_end", refused=True)
        elif self._outside:
            yield Incoming(self._outside, code="vcard_outside", refused=True)
        self._card, self._outside = None, 0

    def _whole(self, card: _Open) -> Iterator[Incoming]:
        if card.many > _MOST:
            yield Incoming(card.line, code="vcard_too_long", params={"n": _MOST}, refused=True)
            return
        agents = [self._agent(found) for found in card.agents]
        kept = []
        for line in card.lines:
            if line.name == "AGENT" and _BEGIN.match(line.value.strip()):
                if b"\n" in line.value or b"\\n" in line.value.lower():
                    agents.append(self._agent(self._parted(line)))
            else:
                kept.append(line)
        found = self._card_of(kept)
        for agent in agents:
            found.keep("agent", agent)
        yield incoming(found, card.line, self._region)
        for line in card.bad:
            text = self._decoding.text(line.value, "").strip()
            yield Incoming(line.number, code="vcard_line", params={"text": text[:_QUOTE]}, refused=True)

    def _card_of(self, found: list[Line]) -> Card:
        return Card([self._decoding.property(line) for line in found])

    def _agent(self, found: list[Line]) -> str:
        return summary(
            self._card_of([line for line in found if line.name not in ("", "AGENT", "BEGIN", "END")])
        )

    def _parted(self, line: Line) -> list[Line]:
        """The lines of a card that is the value of one line, with ``\\n`` between them."""
        text = unescaped(self._decoding.text(line.value, ""), old=line.old)
        return list(lines(text.encode("utf-8", "replace")))[:_MOST]
