"""Text whose UTF-8 some program took for Windows-1252 and saved as UTF-8 again: ``MÃ¼ller`` for ``Müller``.

Put right only when all letters beyond ASCII that Windows-1252 has are so: one ``é`` among them, and nothing is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

TWICE: Final = "utf-8 in cp1252"
"""What the encoding of such a file is called."""
_LEADS: Final = "ÃÂÄÅÎÏÐÑØÙÚÛâ"
"""What the first bytes of usual letters and signs look like; without any of them nothing was read twice."""
_SURE: Final = "ÃÂâ"
_USUAL: Final = (
    (0xA0, 0x17F),
    (0x370, 0x4FF),
    (0x600, 0x6FF),
    (0x2000, 0x206F),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
)
"""Latin, Greek, Cyrillic, Arabic letters, and the signs between words, by their first and last code points."""
_MANY: Final = 4


def mended(text: str) -> str:
    """The text as it was meant, or the very same."""
    if text.isascii() or not any(lead in text for lead in _LEADS):
        return text
    runs = re.compile(f"[{re.escape(''.join(_bytes()))}]+")
    if not _is_twice(match[0] for match in runs.finditer(text)):
        return text
    return runs.sub(lambda match: _once(match[0]) or match[0], text)


def _is_twice(runs: Iterator[str]) -> bool:
    """Whether each can be put right, and they are more than a capital before a quotation mark."""
    found = 0
    for run in runs:
        if _once(run) is None:
            return False
        found += _MANY if run[0] in _SURE else len(run)
    return found >= _MANY


@cache
def _bytes() -> dict[str, int]:
    """The characters that a byte beyond ASCII became, with it; five bytes are nothing in Windows-1252 and stay."""
    return {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)} | {
        chr(byte): byte for byte in range(0x80, 0xA0)
    }


def _once(run: str) -> str | None:
    """What such characters were; None where they were nothing else."""
    try:
        was = bytes(map(_bytes().__getitem__, run)).decode("utf-8")
    except UnicodeDecodeError:
        return None
    usual = all(any(first <= ord(char) <= last for first, last in _USUAL) for char in was)
    return was if usual else None
