"""Unicode's data files: their lines without comments, and code points as they write them."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category

from tests.requirements import require_unicode


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a file of the Unicode database, stripped."""
    for line in require_unicode(name).read_text(encoding="utf-8").splitlines():
        data = line.partition("#")[0].strip()
        if data:
            yield [field.strip() for field in data.split(";")]


def text(code_points: str) -> str:
    """``0041 0042`` as text."""
    return "".join(chr(int(code, 16)) for code in code_points.split())


def span(code_points: str) -> range:
    """``0041..0043`` or ``0041`` as the code points it means."""
    first, _, last = code_points.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def known(chars: str) -> bool:
    """True when this Python's Unicode, which may be older than the files, has all of the characters."""
    return all(category(char) != "Cn" for char in chars)
