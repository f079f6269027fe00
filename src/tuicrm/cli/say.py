"""The only place that prints. Everything a person stored is cleaned here, and set right on a screen.

Human text goes out by ``line``, ``table`` and ``warn``; data by ``data`` and ``stream`` (JSON: UTF-8, one
object or one array, a newline at the end). ``ClosedPipe`` is raised when nobody reads any more.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Final, TextIO, cast

from tuicrm.domain.errors import Unavailable
from tuicrm.i18n import Phrase

_LRI, _RLI, _PDI, _LRM = "\u2066", "\u2067", "\u2069", "\u200e"
# controls that json leaves alone but a terminal may obey; inside a JSON string the escape means the same
_RISKY: Final = {
    code: f"\\u{code:04x}"
    for code in (
        *range(0x7F, 0xA0),
        0x61C,
        0x200E,
        0x200F,
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
    )
}


class ClosedPipe(Exception):
    """The reader of standard output has gone."""


def refused(error: OSError) -> Unavailable:
    """The refusal for a disk that is full and the like. Nothing more goes to standard output."""
    hush()
    return Unavailable("output_unwritable", reason=error.strerror or "")


class _Screen:
    """Whether bidi isolates are wanted: only on a terminal, and not for a screen reader.

    ``visual``: the letters are put in order here. Only when the settings say so: most terminals that reorder do it
    for a line that a command prints as well, and what is copied from there is logical text.
    """

    isolate = False
    visual = False
    plain = False


_screen = _Screen()


def start(*, plain: bool, visual: bool = False) -> bool:
    """Looks at where output goes, once; gives whether it is a screen that wants isolates (not ``plain``).

    ``visual``: it is one that reorders nothing.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    _screen.isolate = sys.stdout.isatty() and not plain
    _screen.visual = _screen.isolate and visual
    _screen.plain = plain
    return _screen.isolate


def hush() -> None:
    """Points standard output at nothing, so that the interpreter's last flush stays silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def flush() -> None:
    """Hands everything over. Raises ``ClosedPipe``, and ``Unavailable("output_unwritable")`` when a disk is full."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise ClosedPipe from None
    except OSError as error:
        raise refused(error) from None


def _write(stream: IO[str], text: str) -> None:
    try:
        stream.write(text)
    except BrokenPipeError:
        raise ClosedPipe from None
    except OSError as error:
        raise refused(error) from None


def line(text: Phrase | None = None) -> None:
    """One finished sentence or line on standard output; an empty line without one."""
    _write(sys.stdout, f"{isolated(text or '')}\n")


def warn(text: Phrase) -> None:
    """One sentence on standard error; the exit code does not change."""
    flush()
    try:
        sys.stderr.write(f"{isolated(text)}\n")
        sys.stderr.flush()
    except OSError:
        pass  # nobody listens


def on_error_terminal() -> bool:
    """Whether standard error is a terminal that a line can be written over on; for a screen reader none is."""
    return not _screen.plain and sys.stderr.isatty() and os.environ.get("TERM", "") != "dumb"


def meter(text: Phrase | None) -> None:
    """A line on standard error over the last one, cut at the width of the terminal; None takes it away."""
    try:
        # some terminals do not tell their width
        columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        shown = isolated(_cropped(text, max(1, columns - 1))) if text else ""
        sys.stderr.write(f"\r\x1b[K{shown}")
        sys.stderr.flush()
    except OSError:
        pass  # nobody looks


def isolated(text: str) -> str:
    """A line as the screen wants it; one whose own words are Persian as a paragraph that runs right to left."""
    if not _screen.isolate or text.isascii():
        return text
    from tuicrm.domain.fold import first_strong

    ready = f"{_RLI}{text}{_PDI}{_LRM}" if first_strong(_outside(text)) == "rtl" else text
    if not _screen.visual:
        return ready
    # 25 ms, for those alone whose terminal needs it
    from tuicrm.line_order import ordered

    return ordered(ready, "visual", "ltr")[0]


def paper(text: Phrase, width: int) -> None:
    """A line of a page of so many cells. On a screen one of a Persian page stands at the right, whatever it begins
    with; in a file it is as it is read."""
    from tuicrm.i18n import language

    if _screen.isolate and language() == "fa":
        blanks = " " * (width - cells(text))
        text = Phrase(f"{_RLI}{text}{blanks}{_PDI}{_LRM}")
    line(text)


def balanced(pieces: Sequence[str]) -> list[str]:
    """The lines that a text was cut into, each with all its isolates closed and those it stands in opened."""
    whole: list[str] = []
    stands_in = ""
    for piece in pieces:
        begun = stands_in
        for sign in piece:
            if sign in (_LRI, _RLI):
                stands_in += sign
            elif sign == _PDI:
                stands_in = stands_in[:-1]
        whole.append(f"{begun}{piece}{_PDI * len(stands_in)}")
    return whole


def _outside(text: str) -> str:
    """What stands outside the isolates of a sentence."""
    import re

    return re.sub(f"[{_LRI}{_RLI}][^{_PDI}]*{_PDI}", "", text)


def text(content: str) -> None:
    """Data of its own form (CSV, TOML), as it is; on a terminal without anything that would be obeyed."""
    if sys.stdout.isatty():
        from tuicrm.domain.safe import clean

        content = "\n".join(clean(part) for part in content.split("\n"))
    _utf8()
    _write(sys.stdout, content)


class _Checked(io.TextIOBase):
    """Standard output for a writer of its own form: cleaned on a terminal, silent when the reader has gone."""

    def writable(self) -> bool:
        return True

    def write(self, content: str) -> int:
        text(content)
        return len(content)


@contextmanager
def data_stream() -> Iterator[TextIO]:
    """A stream that ends up on standard output, for data written piece by piece."""
    yield cast(TextIO, _Checked())


def to_json(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON text, in one line unless ``indent`` is given, with nothing a terminal would obey."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=indent).translate(_RISKY)


def data(value: Any) -> None:
    """One JSON object or array on standard output."""
    _utf8()
    _write(sys.stdout, to_json(value) + "\n")


def stream(values: Iterable[Any]) -> None:
    """A JSON array, written as its values come; one value a line."""
    _utf8()
    separator = "["
    for value in values:
        _write(sys.stdout, f"{separator}{to_json(value)}")
        separator = ",\n"
    _write(sys.stdout, "]\n" if separator != "[" else "[]\n")


def error_data(value: Any) -> None:
    """One JSON object on standard error."""
    reconfigure = getattr(sys.stderr, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")
    try:
        sys.stderr.write(to_json(value) + "\n")
        sys.stderr.flush()
    except OSError:
        pass


def _utf8() -> None:
    """Data is UTF-8 whatever the locale says."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None and sys.stdout.encoding.lower() != "utf-8":
        reconfigure(encoding="utf-8")


# --- tables -------------------------------------------------------------------------------------------------


def cells(content: str) -> int:
    """How many terminal cells a cleaned text takes."""
    if content.isascii():
        return len(content)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(ch) in ("Mn", "Me", "Cf") else 2 if east_asian_width(ch) in "WF" else 1
        for ch in content
    )


def _cropped(content: str, width: int) -> str:
    """The beginning that fits into ``width`` cells, an ellipsis at its end when something is left out."""
    if cells(content) <= width:
        return content
    while content and cells(content) > width - 1:
        content = content[:-1]
    return balanced([f"{content}…"])[0]


def _isolated(parts: list[str]) -> list[str]:
    """Each cell as a paragraph of its own where one is Persian: it would turn its neighbours round."""
    if not _screen.isolate or all(part.isascii() for part in parts):
        return parts
    from tuicrm.domain.fold import has_rtl

    rtl = [has_rtl(part) for part in parts]
    if not any(rtl):
        return parts
    return [f"{_RLI if turned else _LRI}{part}{_PDI}{_LRM}" for part, turned in zip(parts, rtl, strict=True)]


def listed(rows: Sequence[Sequence[object]], nothing: Phrase) -> None:
    """A list as a table; where it is empty that is said on standard error, so that nobody waits for more."""
    table(rows)
    if not rows:
        warn(nothing)


def table(rows: Sequence[Sequence[object]], *, indent: str = "", error: bool = False) -> None:
    """Rows in aligned columns; empty columns are left out. On a terminal they are cropped to its width.

    ``error``: on standard error, as candidates of a refusal are.
    """
    from tuicrm.domain.safe import clean

    # a sentence of ours was cleaned when it was made, and the isolates in it are ours
    texts = [
        [value if isinstance(value, Phrase) else clean("" if value is None else str(value)) for value in row]
        for row in rows
    ]
    if not texts:
        return
    widths = [max(cells(row[column]) for row in texts) for column in range(len(texts[0]))]
    shown = [column for column, width in enumerate(widths) if width]
    out = sys.stderr if error else sys.stdout
    columns = os.get_terminal_size(out.fileno()).columns if out.isatty() else 0
    room = columns - len(indent) if columns else None
    for row in texts:
        shown_row = _row([row[column] for column in shown], [widths[column] for column in shown], room)
        (warn if error else line)(Phrase(indent + shown_row))


def _row(texts: list[str], widths: list[int], room: int | None) -> str:
    """One line of a table: cells padded to their widths, cropped at the end of the room."""
    parts: list[str] = []
    padding: list[str] = []
    for content, width in zip(texts, widths, strict=True):
        if room is not None and room < 4:
            break
        if room is not None:
            content = _cropped(content, room)
            room -= width + 2
        parts.append(content)
        padding.append(" " * (width - cells(content)))
    padding[-1:] = [""]
    isolated = _isolated(parts)
    return "  ".join(part + space for part, space in zip(isolated, padding, strict=True)).rstrip()
