"""What the lines of a vCard say: parameters, encodings, escapes. Nothing here fails: what cannot be decoded stays
readable as far as it goes."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from tuicrm.exchange import charsets
from tuicrm.exchange.vcard_lines import REPEATED, Line

_PARAMETER: Final = re.compile(r';((?:"[^"]*+"|[^";]|")*+)')
_COMMA: Final = re.compile(r'"([^"]*+)"|([^",]++)|"')
_ENCODINGS: Final = frozenset(("BASE64", "B", "QUOTED-PRINTABLE", "8BIT", "7BIT", "BINARY"))
_CARET: Final[Mapping[str, str]] = {"^n": "\n", "^N": "\n", "^^": "^", "^'": '"'}
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_NEWLINES: Final = re.compile(r"\r\n?")
_DRIVE: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\")
_TEXT_CODEC: Final = re.compile(
    r"ascii|utf-(?:8|16|32).*|iso8859-\d+|iso2022_.*|cp\d+|shift_jis.*|euc_.*|gb.*|big5.*|koi8.*|mac-.*|hz|johab|tis-620"
)
"""The encodings a file may name; others of Python's are no encodings of text, or take their time."""
_IN_ASCII: Final = ("utf-16", "utf16", "utf-32", "iso-2022", "hz")
"""Encodings that write other letters with the bytes of ASCII."""
_MOST_PARTS: Final = 64
"""Parts of a name or an address; they have five and seven."""
_SOFT_ERRORS: Final = 4
"""One broken character in so many that are whole, and the text is in that encoding all the same."""
_SAMPLE: Final = 65_536
_CHUNK: Final = 200
_SIGN: Final = re.compile(rb"[:;\r\n]")
_NO_PARAMETERS: Final[Mapping[str, str]] = {}
_SAMPLED: Final = re.compile(
    rb"[\x80-\xff][^\r\n]{0,199}+|(?:=[89A-Fa-f][0-9A-Fa-f])(?:=[0-9A-Fa-f]{2}|[ -<>-~])*+"
)


@dataclass(slots=True, eq=False)
class Property:
    """One property to be read: its ``text`` decoded but still escaped, its ``types`` in small letters.

    ``params``: name in capitals -> its value as written (of several of one name the last). ``binary``: a picture or the
    like; ``text`` is then empty. No ``record``, as a ``Line``.
    """

    line: int
    name: str
    group: str
    text: str
    types: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=lambda: _NO_PARAMETERS)
    old: bool = False
    binary: bool = False

    def unescaped(self) -> str:
        """The whole value, lines as ``\\n``, without what stands around it."""
        return unescaped(self.text, old=self.old).strip()

    def line_text(self) -> str:
        """The whole value on one line."""
        text = self.text
        return " ".join((unescaped(text, old=self.old) if "\\" in text else text).split())

    def parts(self, sign: str) -> list[str]:
        """The value's parts between unescaped ``sign``, each on one line; empty ones too."""
        return [" ".join(unescaped(part, old=self.old).split()) for part in split(self.text, sign)]

    def lists(self, *, lines: bool = False) -> list[list[str]]:
        """The parts between ``;``, each a list between ``,`` (which version 2.1 does not have). ``lines``: parts may
        have several."""
        if not lines and "," not in self.text and "\\" not in self.text:
            # nearly all: a part is one text, or none
            return [[" ".join(part.split())] if part else [] for part in self.text.split(";")[:_MOST_PARTS]]
        found = []
        for part in split(self.text, ";")[:_MOST_PARTS]:
            texts = [unescaped(text, old=self.old) for text in self._listed(part)]
            found.append([_trimmed(text) if lines else " ".join(text.split()) for text in texts])
        return found

    def _listed(self, part: str) -> list[str]:
        if not part:
            return []
        return [part] if self.old else split(part, ",")


class Decoding:
    """How text of a file is decoded that does not say how: as ``encoding`` when somebody has said that, else as UTF-8,
    else as the whole file looks."""

    def __init__(self, data: bytes, encoding: str = "") -> None:
        self._data = data
        # one of several bytes for a letter was made UTF-8 before
        self._said = "" if encoding.startswith("utf-") else encoding

    @cached_property
    def _guess(self) -> str:
        found, size = [], 0
        for match in _SAMPLED.finditer(self._data):
            chunk = binascii.a2b_qp(match[0]) if match[0].startswith(b"=") else match[0]
            if not _is_utf8(chunk):
                # with what stands before: a letter between Latin letters is one of theirs
                before = self._data[max(0, match.start() - _CHUNK) : match.start()]
                found.append(_SIGN.split(before)[-1] + chunk)
                size += len(found[-1])
            if size > _SAMPLE:
                break
        return charsets.guess(b"\n".join(found))

    def text(self, data: bytes, declared: str) -> str:
        """``data`` in the encoding that is ``declared`` (``""``: none), if it is; else as the file looks."""
        if data.isascii() and not (declared and declared.lower().startswith(_IN_ASCII)):
            return data.decode("ascii")
        for encoding in (_codec(declared), self._said or "utf-8"):
            if encoding is not None and (text := _decoded(data, encoding)) is not None:
                return text
        return data.decode(self._said or self._guess, "replace")

    def property(self, line: Line) -> Property:
        """A line read."""
        value = line.value
        if not line.params and line.way == "plain":
            plain = b"\r" not in value and value.isascii()
            text = value.decode("ascii") if plain else self._plain(value, "")
            return Property(line.number, line.name, line.group, text, (), _NO_PARAMETERS, line.old)
        read = _known_parameters if len(line.params) < REPEATED else _parameters
        params, types = read(line.params.decode("utf-8", "replace"), old=line.old)
        text, binary = self._value(line, params.get("CHARSET", ""))
        return Property(line.number, line.name, line.group, text, types, params, line.old, binary)

    def _value(self, line: Line, charset: str) -> tuple[str, bool]:
        """The text, and whether there is something that is none."""
        data = line.value
        if line.way == "passed":
            return "", bool(data)
        if line.way == "base64":
            text = _from_base64(data, _codec(charset) or "utf-8")
            return text or "", text is None
        if line.way == "quoted":
            data = binascii.a2b_qp(data)
        return self._plain(data, charset), False

    def _plain(self, data: bytes, charset: str) -> str:
        text = self.text(data, charset)
        return _NEWLINES.sub("\n", text) if "\r" in text else text


def _is_utf8(chunk: bytes) -> bool:
    try:
        # the last character of a chunk that reached its size may be cut
        codecs.utf_8_decode(chunk, "strict", len(chunk) < _CHUNK)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text; also with a few broken characters in UTF-8, which nothing else looks like. None: it is not in that
    encoding."""
    try:
        return data.decode(encoding)
    except UnicodeError:
        if encoding != "utf-8":
            return None
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    whole = sum(not char.isascii() for char in text) - broken
    return text if broken * _SOFT_ERRORS <= whole else None


@lru_cache(maxsize=64)
def _codec(name: str) -> str | None:
    """Python's name of an encoding of text; None when it is not known."""
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return found if _TEXT_CODEC.fullmatch(found) else None


def _from_base64(data: bytes, encoding: str) -> str | None:
    """Text that was in base64; None for anything else."""
    try:
        text = binascii.a2b_base64(data).decode(encoding)
    except (binascii.Error, UnicodeError):
        return None
    return None if "\0" in text else _NEWLINES.sub("\n", text)


# --- parameters ---------------------------------------------------------------------------------------------


def _parameters(text: str, *, old: bool) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """``;TYPE=home,work;PREF=1`` or, of version 2.1, ``;HOME;WORK`` as parameters and types."""
    params: dict[str, str] = {}
    types: list[str] = []
    for match in _PARAMETER.finditer(text):
        name, equals, value = match[1].partition("=")
        name = name.strip().upper()
        if "(" in name or (not equals and name not in _ENCODINGS):
            types += _type(match[1], old=old)
        elif not equals:
            params["ENCODING"] = name
        elif name == "TYPE":
            types += [found for part in _listed(value) for found in _type(part, old=old)]
        else:
            params[name] = ",".join(_listed(value))
    if not old:
        params = {name: re.sub(r"\^[nN^']", lambda found: _CARET[found[0]], v) for name, v in params.items()}
    return params, tuple(dict.fromkeys(kind for kind in types if kind))


_known_parameters = lru_cache(maxsize=256)(_parameters)


def _listed(value: str) -> list[str]:
    """The values of a parameter, quoted or not; a quoted list of types is a list too."""
    return [quoted or plain.strip() for quoted, plain in _COMMA.findall(value) if quoted or plain.strip()]


def _type(text: str, *, old: bool) -> Iterable[str]:
    """The types of one value. ``X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D8=A8)`` is a phone's own."""
    if old and "(" in text:
        label = text[text.index("(") + 1 :].rstrip(") ").rpartition(",")[2]
        data = binascii.a2b_qp(label.encode("utf-8", "replace"))
        return [data.decode("utf-8", "replace").lower()]
    return [part.strip().removeprefix("TYPE=").removeprefix("type=").lower() for part in text.split(",")]


# --- escapes ------------------------------------------------------------------------------------------------


def unescaped(text: str, *, old: bool = False) -> str:
    """``\\n \\, \\; \\\\`` (and ``\\:``, ``\\"``, which some programs escape) as what they stand for.

    Version 2.1 has no ``\\n``, but programs write it; what looks like a path of Windows is left alone there.
    """
    if "\\" not in text:
        return text
    path = old and _DRIVE.search(text) is not None

    def sign(found: re.Match[str]) -> str:
        if found[1] in "nN":
            return found[0] if path else "\n"
        return found[1] if found[1] in '\\;,:"' and not (path and found[1] == "\\") else found[0]

    return _ESCAPE.sub(sign, text)


def split(text: str, sign: str) -> list[str]:
    """The parts of a text between unescaped ``sign``, still escaped."""
    if "\\" not in text:
        return text.split(sign)
    parts, start = [], 0
    for found in re.finditer(rf"\\.|{re.escape(sign)}", text, re.DOTALL):
        if found[0] == sign:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _trimmed(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
