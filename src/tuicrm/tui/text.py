"""The one door between data and the screen.

Everything a person typed, imported or is called passes through ``show``; every sentence of ours through
``phrase``. Nothing else may hand text to a widget, a message, a palette hit or a title: Textual would read
``[/]`` as markup and crash, run ``[@click=...]``, and send an escape code on to the terminal.

Three things happen here, in this order, because each needs the one before: cleaning (``domain.safe``),
cropping by terminal cells, and setting the piece in isolates (RLI or LRI, then PDI), so that what stands beside
it does not turn it round. Text stays logical here; ``tui/order.py`` gives a finished line the order that the
terminal needs, in the ``mode`` that is kept here.

In a screen where all is left-to-right no mark is set: most lines then need no second look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal

from rich.cells import cell_len, chop_cells, set_cell_size
from textual.content import Content, Span

from tuicrm import i18n
from tuicrm.domain.fold import first_strong, fold, has_rtl
from tuicrm.domain.safe import clean
from tuicrm.domain.terminals import Mode, Quirk
from tuicrm.i18n import Phrase
from tuicrm.line_order import LRI, PDI, RLI, Base

Role = Literal["", "dim", "strong", "accent", "warn", "bad", "good", "match", "key", "here"]
"""What a piece of text is, not how it looks; themes decide that."""

STYLES: Final[Mapping[str, str]] = {
    "": "",
    "dim": "$crm-dim",
    "strong": "bold",
    "accent": "$accent",
    "warn": "$warning",
    "bad": "bold $error",
    "good": "$success",
    "match": "underline",
    "key": "$accent",
    "here": "bold $accent",
}
_LIT: Final = "bold $crm-cursor-text on $crm-cursor"
"""As the cursor's line in a list."""
"""A role as a Textual style, for content of widgets. Lists take theirs from the stylesheet."""

ELLIPSIS: Final = "…"


class _Screen:
    """How this process's terminal is served: who puts the letters in order."""

    mode: Mode = "visual"
    quirk: Quirk = ""


_screen = _Screen()


def use(mode: Mode, *, quirk: Quirk = "") -> None:
    """Serves the terminal in ``mode`` from now on; ``quirk``: which one it is, if it wants some help."""
    _screen.mode = mode
    _screen.quirk = quirk


def mode() -> Mode:
    """The mode in use."""
    return _screen.mode


def quirk() -> Quirk:
    """Which terminal it is, if it wants some help."""
    return _screen.quirk


def direction(text: str) -> Base:
    """The direction of the first strong letter; without one, digits run left to right and the rest as the
    language in use: right to left, ``0912 123 4567`` would be read from its end."""
    strong = first_strong(text)
    if strong is not None:
        return strong
    rtl = i18n.language() == "fa" and not any(char.isdigit() for char in text)
    return "rtl" if rtl else "ltr"


def cells(text: str) -> int:
    """How many terminal cells ``text`` takes; isolates and half-spaces take none."""
    return len(text) if text.isascii() else cell_len(text)


def crop(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, ending in ``…`` when something was left out."""
    if cells(text) <= width:
        return text
    if width <= 1:
        return ELLIPSIS[:width]
    kept = set_cell_size(text, width - 1)
    return kept.rstrip() + ELLIPSIS


@lru_cache(maxsize=8192)
def _fitted(text: str, width: int | None, base: Base | None, language: str) -> str:
    """``fitted`` for one language; cached, because the rows of a list come back at every key."""
    ready = text if text.isascii() and text.isprintable() else clean(text)
    if width is not None:
        ready = crop(ready, width)
    if not ready or (language != "fa" and not has_rtl(ready)):
        return ready
    side = base or direction(ready)
    if has_rtl(ready) and any(map(str.isdecimal, ready)):
        # few texts have both, and none before the first paint
        from tuicrm.domain.number_runs import kept_whole

        ready = kept_whole(ready)
    return isolated(ready, side)


def isolated(ready: str, base: Base) -> str:
    """``ready`` as a piece of its own, in a direction of its own."""
    return f"{RLI if base == 'rtl' else LRI}{ready}{PDI}"


def fitted(text: str, *, width: int | None = None, base: Base | None = None) -> str:
    """Data as a plain string ready for the screen: cleaned, cropped to ``width`` cells, isolated."""
    return _fitted(text, width, base, i18n.language())


def show(text: str, *, width: int | None = None, base: Base | None = None, style: Role = "") -> Content:
    """Data for a widget: cleaned, at most ``width`` cells wide, isolated; ``base`` forces a direction."""
    return Content.styled(fitted(text, width=width, base=base), STYLES[style])


def number(text: str, *, width: int | None = None, style: Role = "") -> Content:
    """A phone number, date, time, amount or ticket number, in the person's digits; keys keep theirs.

    Always left to right, but for a date with words in it (a ``Phrase``): that runs as its words do.
    """
    if isinstance(text, Phrase) and style != "key":
        return phrase(text, width=width, style=style)
    return show(text if style == "key" else i18n.figures(text), width=width, base="ltr", style=style)


def sentence(words: Phrase, *, width: int | None = None) -> str:
    """A finished sentence as a plain string: its values were cleaned and isolated by ``i18n.t``."""
    ready: str = words
    if width is not None and cells(ready) > width:
        ready = _closed(crop(ready, width))
    if not ready or (i18n.language() != "fa" and not has_rtl(ready)):
        return ready
    base = _runs(ready)
    # in a line that runs as the sentence does, its words need no fence
    return ready if base == "ltr" and i18n.language() != "fa" else isolated(ready, base)


def _closed(cropped: str) -> str:
    """Closes the isolates that cropping left open; one left open would turn the rest of the line."""
    return cropped + PDI * (cropped.count(LRI) + cropped.count(RLI) - cropped.count(PDI))


def _runs(words: str) -> Base:
    """The direction of a sentence of ours: one that begins with the name of a key is Persian all the same."""
    own = _outside(words)
    return "rtl" if i18n.language() == "fa" and has_rtl(own) else direction(own)


def _outside(text: str) -> str:
    """What stands outside the isolates of a sentence: its own words decide its direction."""
    return re.sub(f"[{LRI}{RLI}][^{PDI}]*{PDI}", "", text)


def phrase(words: Phrase, *, width: int | None = None, style: Role = "") -> Content:
    """A sentence of ours for a widget: what ``i18n.t``, ``nt`` or ``sentence`` gave, and nothing else."""
    return Content.styled(sentence(words, width=width), STYLES[style])


def blank(width: int) -> Content:
    """``width`` spaces."""
    return Content(" " * max(0, width))


def join(parts: Iterable[Content], gap: str = "") -> Content:
    """Pieces side by side; ``gap`` is our own punctuation (``" · "``), never data."""
    return Content(gap).join(list(parts))


def lit(content: Content) -> Content:
    """A chosen line in a text, set off as the cursor's line is in a list; one style for all of it."""
    return Content.styled(content.plain, _LIT)


def beside(left: Content, right: Content, width: int) -> Content:
    """``left`` at the left edge and ``right`` at the right one of a line ``width`` cells wide.

    When both do not fit, the left one is cut: what stands right is short and always the same place.
    """
    room = width - right.cell_length
    if room <= 0:
        return right.truncate(width)
    if left.cell_length > room - 1:
        left = cut(left, room - 1)
    return left + Content(" " * (room - left.cell_length)) + right


def cut(content: Content, width: int) -> Content:
    """Content in at most ``width`` cells, with ``…``, its isolates closed again."""
    if content.cell_length <= width:
        return content
    kept = content.truncate(max(0, width), ellipsis=True)
    return kept + Content(_closed(kept.plain)[len(kept.plain) :])


def rule(title: Content, width: int) -> Content:
    """A thin line with a title near its left end: ``─ Queue ─────``."""
    head = join((Content.styled("─ ", STYLES["dim"]), cut(title, width - 4), Content(" ")))
    return head + Content.styled("─" * max(0, width - head.cell_length), STYLES["dim"])


# --- longer text --------------------------------------------------------------------------------------------


def paragraph(text: str, width: int, *, style: Role = "", lines: int | None = None) -> list[Content]:
    """Data on as many lines of ``width`` cells as it needs, at most ``lines``.

    Each line that was written runs in the direction of its own first letter. Wrapping what was already
    reordered would put the end of a Persian sentence on its first line.
    """
    wrapped = [
        (line, direction(source))
        for source in clean(text, multiline=True).split("\n")
        for line in _wrapped(source, max(1, width))
    ]
    if lines is not None and len(wrapped) > lines:
        wrapped = wrapped[:lines]
        line, side = wrapped[-1]
        wrapped[-1] = crop(f"{line} {ELLIPSIS}", width), side
    return [show(line, base=side, style=style) for line, side in wrapped]


def phrases(words: Phrase, width: int, *, style: Role = "") -> list[Content]:
    """A sentence of ours on as many lines of ``width`` cells as it needs, its isolates whole on each of them."""
    base = _runs(words)
    shown: list[Content] = []
    opened = ""
    for line in _wrapped(words, max(1, width)):
        ready = opened + line
        opened = _open_isolates(ready)
        ready += PDI * len(opened)
        # where all is left-to-right no mark is set
        plain = base == "ltr" and i18n.language() != "fa" and not has_rtl(ready)
        shown.append(Content.styled(ready if plain else isolated(ready, base), STYLES[style]))
    return shown


def _open_isolates(text: str) -> str:
    """The isolates that are opened in a text and not closed, outermost first."""
    opened = ""
    for mark in re.findall(f"[{LRI}{RLI}{PDI}]", text):
        opened = opened[:-1] if mark == PDI else opened + mark
    return opened


def _wrapped(source: str, width: int) -> list[str]:
    """One line that was written, on as many as it needs."""
    lines: list[str] = []
    line = ""
    for word in source.split():
        candidate = f"{line} {word}" if line else word
        if cells(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *whole, line = chop_cells(word, width) or [""]
        lines.extend(whole)
    return [*lines, line]


# --- matches ------------------------------------------------------------------------------------------------


def matches(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Which parts of ``text`` (from, to) begin with one of the searched ``words`` (already folded)."""
    if not words:
        return ()
    found: list[tuple[int, int]] = []
    for word in re.finditer(r"[^\s\-_.,;:@/()]+", text):
        folded = fold(word.group())
        hit = max((len(sought) for sought in words if sought and folded.startswith(sought)), default=0)
        if hit:
            found.append(
                (word.start(), word.start() + _raw_length(word.group(), hit, fold_length=len(folded)))
            )
    return tuple(found)


def _raw_length(word: str, hit: int, *, fold_length: int) -> int:
    """How many characters of ``word`` make the first ``hit`` folded ones; whole words end exactly."""
    return len(word) if hit >= fold_length else min(len(word), hit)


def marked(
    text: str, spans: Sequence[tuple[int, int]], *, width: int | None = None, style: Role = ""
) -> Content:
    """``show`` with the found parts set off.

    Spans count in ``text``; what cropping cut off is not set off.
    """
    content = show(text, width=width, style=style)
    found = places(content.plain, spans)
    return content.add_spans([Span(start, end, STYLES["match"]) for start, end in found])


def places(ready: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the parts of a text that ``spans`` name stand in ``ready``: the same, cropped and with its isolates."""
    at = [place for place, char in enumerate(ready) if char not in (LRI, RLI, PDI)]
    return [(at[start], at[min(end, len(at)) - 1] + 1) for start, end in spans if start < len(at)]
