"""Which encoding a file is in that does not say: by its mark, its zero bytes, as UTF-8, else by what its bytes spell.

Own scoring, not a library: names and addresses in a list are too short for those, which know texts.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.exchange.charset_scores import CANDIDATES, PRIOR, score

_MARKS: Final = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY: Final = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    *(b"\x1f\x8b", b"SQLite format 3\0", b"\x7fELF", b"7z\xbc\xaf", b"Rar!", b"BZh9", b"\xfd7zXZ"),
)
"""How spreadsheets, archives, pictures and the like begin."""
_SAMPLE: Final = 65_536
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL: Final = 0.05
"""Share of control characters above which a file is no text."""
_FEWEST_ZEROS: Final = 0.02
_ONE_SIDED: Final = 0.8
"""Share of the zero bytes on one side; some letters have one on the other."""
_FULL: Final = 0.95

_HIGH: Final = re.compile(rb"[\x80-\xff]")
_BETWEEN_CELLS: Final = re.compile(rb'[,;\t\r\n":]')
"""Not ``|``, which can be the second byte of a Japanese letter."""
_CELL: Final = 200
_CELLS: Final = 800
_UTF8: Final = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MOSTLY: Final = 0.9
"""Share of the bytes beyond ASCII that are UTF-8 from which a file is UTF-8 with something broken in it."""


def decode(data: bytes, name: str = "-") -> tuple[str, str]:
    """A file's text without its mark, and its encoding by Python's name.

    What cannot be decoded becomes U+FFFD. ``name``: the file, for ``Invalid("file_binary")``, raised when it is
    plainly no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff"), encoding
    wide = _wide(data[:_SAMPLE])
    if not wide and _is_binary(data):
        raise Invalid("file_binary", file=name)
    encoding = wide or guess(data)
    return data.decode(encoding, "replace"), encoding


def guess(data: bytes) -> str:
    """Python's name of the likely encoding of text without a mark: ``utf-8``, else one of ``CANDIDATES``."""
    if data.isascii():
        return "iso2022_jp" if b"\x1b$B" in data or b"\x1b$@" in data else "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        cells = _cells(data)
        return "utf-8" if _mostly_utf8(cells) else _likeliest(cells)
    return "utf-8"


def _likeliest(cells: list[bytes]) -> str:
    sample = b"\n".join(cells)
    scores = {encoding: score(sample, encoding) + PRIOR.get(encoding, 0.0) for encoding in CANDIDATES}
    return max(CANDIDATES, key=lambda encoding: scores[encoding])


def _mostly_utf8(cells: list[bytes]) -> bool:
    beyond = fitting = 0
    for cell in cells:
        beyond += len(_HIGH.findall(cell))
        fitting += sum(map(len, _UTF8.findall(cell)))
    return fitting >= _MOSTLY * beyond


def _cells(data: bytes) -> list[bytes]:
    """The first cells with something beyond ASCII, each once, cut where it would be too long."""
    found: dict[bytes, None] = {}
    at = 0
    while len(found) < _CELLS and (high := _HIGH.search(data, at)):
        window = data[max(at, high.start() - _CELL) : high.start()]
        before = list(_BETWEEN_CELLS.finditer(window))
        start = high.start() - len(window) + (before[-1].end() if before else 0)
        after = _BETWEEN_CELLS.search(data, high.end(), high.end() + _CELL)
        end = after.start() if after else min(len(data), high.end() + _CELL)
        found[data[start:end]] = None
        at = end
    return list(found)


def _wide(sample: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, by where its zero bytes stand; ``""`` when it is neither."""
    zeros = sample.count(0)
    if zeros < max(1, _FEWEST_ZEROS * len(sample)):
        return ""
    at = [sample[place::4].count(0) for place in range(4)]
    quarter = len(sample) // 4
    if quarter and min(at[2:]) >= _FULL * quarter and at[0] < quarter:
        return "utf-32-le"
    if quarter and min(at[:2]) >= _FULL * quarter and at[3] < quarter:
        return "utf-32-be"
    even, odd = at[0] + at[2], at[1] + at[3]
    if odd >= _ONE_SIDED * zeros and _is_text(sample, "utf-16-le"):
        return "utf-16-le"
    if even >= _ONE_SIDED * zeros and _is_text(sample, "utf-16-be"):
        return "utf-16-be"
    return ""


def _is_text(sample: bytes, encoding: str) -> bool:
    """Whether there are hardly any control characters and nothing that is no character."""
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    if 2 * text.count("\n") < sample.count(b"\n"):
        # a stray zero byte: its lines end in one byte
        return False
    odd = sum(char == "\ufffd" or (char < " " and char not in "\t\r\n") for char in text)
    return odd <= _MOST_CONTROL * len(text)


def _is_binary(data: bytes) -> bool:
    if data.startswith(_BINARY):
        return True
    sample = data[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > max(1, _MOST_CONTROL * len(sample))
