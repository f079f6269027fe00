"""Catalogues as files: a ``.po`` is read and written, a ``.mo`` compiled. As much of the format as is used here.

An entry is ``text`` with its translations, one, or with ``many`` one for each form of the plural; ``note`` is the
translator's remark, ``places`` the source files that say it. Entries without a translation stay out of the ``.mo``.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterable, Iterator, Sequence

from tuicrm.domain.record import record

_MAGIC = 0x950412DE
_SIGNS = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\b": "\\b", "\t": "\\t"}
_LINE = re.compile(r'(?:(msgid_plural|msgid|msgstr(?:\[\d+\])?) )?"(.*)"')


@record
class Entry:
    """One English text and what is said for it. ``fuzzy``: a tool guessed it, nobody has looked."""

    text: str
    many: str = ""
    told: tuple[str, ...] = ()
    note: str = ""
    places: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def translated(self) -> bool:
        return bool(self.told) and all(self.told)


# --- reading ------------------------------------------------------------------------------------------------


def read(content: str) -> list[Entry]:
    """The entries of a ``.po`` file in its order, the header (``text`` is ``""``) first.

    Raises ``ValueError`` for a line that is none of the format.
    """
    blocks = re.split(r"\n{2,}", content.strip())
    return [_entry(block.split("\n")) for block in blocks if not block.startswith("#~")]


def _entry(lines: Iterable[str]) -> Entry:
    values: dict[str, str] = {}
    notes: list[str] = []
    places: list[str] = []
    fuzzy, field = False, ""
    for line in lines:
        if line.startswith("#:"):
            places += line[2:].split()
        elif line.startswith("#,"):
            fuzzy = "fuzzy" in line
        elif line.startswith("#"):
            notes.append(line[1:].strip())
        else:
            found = _LINE.fullmatch(line)
            if found is None:
                raise ValueError(line)
            field = found[1] or field
            values[field] = values.get(field, "") + ast.literal_eval(f'"{found[2]}"')
    told = tuple(value for name, value in sorted(values.items()) if name.startswith("msgstr"))
    return Entry(
        values["msgid"], values.get("msgid_plural", ""), told, "\n".join(notes), tuple(places), fuzzy
    )


# --- writing ------------------------------------------------------------------------------------------------


def write(entries: Sequence[Entry]) -> str:
    """The entries as a ``.po`` file."""
    return "\n".join("\n".join([*_lines(entry), ""]) for entry in entries)


def _lines(entry: Entry) -> Iterator[str]:
    yield from (f"# {line}".rstrip() for line in entry.note.split("\n") if entry.note)
    if entry.places:
        yield f"#: {' '.join(entry.places)}"
    if entry.fuzzy:
        yield "#, fuzzy"
    yield from _quoted("msgid", entry.text)
    if entry.many:
        yield from _quoted("msgid_plural", entry.many)
    for index, told in enumerate(entry.told or ("",)):
        yield from _quoted(f"msgstr[{index}]" if entry.many else "msgstr", told)


def _quoted(field: str, text: str) -> Iterator[str]:
    """One line, or for a text of several lines an empty one and each of them."""
    parts = ["".join(_SIGNS.get(char, char) for char in part) for part in text.splitlines(keepends=True)]
    if len(parts) > 1:
        parts.insert(0, "")
    yield f'{field} "{parts[0] if parts else ""}"'
    yield from (f'"{part}"' for part in parts[1:])


# --- compiling ----------------------------------------------------------------------------------------------


def compiled(entries: Sequence[Entry]) -> bytes:
    """The entries as gettext reads them: two tables of (length, offset), sorted by text, then the texts."""
    pairs = sorted(
        (_bytes(entry.text, *([entry.many] if entry.many else [])), _bytes(*entry.told))
        for entry in entries
        if entry.translated and not entry.fuzzy
    )
    head = 7 * 4
    texts = [text for text, _ in pairs] + [told for _, told in pairs]
    place = head + 8 * len(texts)
    table = b""
    for text in texts:
        table += struct.pack("<II", len(text), place)
        place += len(text) + 1
    start = struct.pack("<7I", _MAGIC, 0, len(pairs), head, head + 8 * len(pairs), 0, place)
    return start + table + b"".join(text + b"\0" for text in texts)


def _bytes(*forms: str) -> bytes:
    return "\0".join(forms).encode()
