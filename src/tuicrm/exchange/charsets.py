"""Which encoding a file is in that does not say: UTF-8, else what its bytes look like."""

from __future__ import annotations

import re
from typing import Final

_RUN: Final = re.compile(rb"[\x80-\xff]+")
_MOST: Final = 0.6
_NEARLY_ALL: Final = 0.85
_LONG: Final = 1.8
"""Letters beyond ASCII that stand together: whole words in Arabic script, one by one in Western languages."""


def guess(data: bytes) -> str:
    """Python's name of the likely encoding: ``utf-8``, ``cp932`` (Shift_JIS), ``cp1256`` or ``cp1252``."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        runs = _RUN.findall(data)
        together = sum(map(len, runs)) / len(runs)
        if together >= _LONG and _share(data, "cp1256", ("\u0621", "\u06ff")) >= _NEARLY_ALL:
            return "cp1256"
        japanese = _share(data, "cp932", ("\u3040", "\u30ff"), ("\u4e00", "\u9fff"))
        return "cp932" if japanese >= _MOST else "cp1252"
    return "utf-8"


def _share(data: bytes, encoding: str, *scripts: tuple[str, str]) -> float:
    """How much of what is beyond ASCII is in these scripts; 0 when the bytes are not in that encoding."""
    try:
        beyond = [char for char in data.decode(encoding) if not char.isascii()]
    except UnicodeDecodeError:
        return 0.0
    fitting = sum(any(first <= char <= last for first, last in scripts) for char in beyond)
    return fitting / len(beyond) if beyond else 0.0
