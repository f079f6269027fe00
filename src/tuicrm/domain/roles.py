"""What each colour of a theme is for, and what stands in for one that a theme leaves out.

A theme needs to say nothing: the rest is made from its ground, its text and its accent, and pushed towards white
or black until it can be read. ``docs/themes.md`` lists the roles; a test holds it to this table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, cast, get_args

from tuicrm.domain.errors import Invalid
from tuicrm.domain.record import record

Kind = Literal["dark", "light", "ansi"]
"""Light letters on dark, dark ones on light, or the terminal's own colours."""
Colours = dict[str, str]
"""By role: ``#rrggbb``, or ``bright-red`` in a theme of the kind ``ansi``."""

KINDS: Final[tuple[str, ...]] = get_args(Kind)
READABLE: Final = 4.5
"""Contrast of running text, WCAG 2.1, success criterion 1.4.3."""


@record
class Role:
    """``about``: for the page about themes."""

    name: str
    about: str


ROLES: Final = (
    Role("ground", "what everything stands on"),
    Role("text", "names, notes, all that is read first"),
    Role("dim", "quiet text: labels, rules, hints, what is over"),
    Role("accent", "keys, the cursor's bar, the screen one is on"),
    Role("warn", "to be watched: a promise that is late, a draft that waits, a hot ticket"),
    Role("bad", "wrong or forbidden: do not call, not saved"),
    Role("good", "well: a running call, something saved"),
    Role("raised", "what the log bar and dialogs stand on"),
    Role("cursor", "the line the cursor is on"),
    Role("cursor-text", "the text of that line"),
    Role("cursor-far", "the same line while the keys go elsewhere"),
    Role("caret", "the cell where one types"),
    Role("caret-text", "the letter in that cell"),
    Role("selection", "what is selected in a text field"),
    Role("selection-text", "the text of it"),
)
NAMES: Final = tuple(role.name for role in ROLES)

ANSI_NAMES: Final = (
    "default",
    *("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"),
    *("bright-black", "bright-red", "bright-green", "bright-yellow"),
    *("bright-blue", "bright-magenta", "bright-cyan", "bright-white"),
)
"""What a theme of the kind ``ansi`` may name."""
_RGB: Final = re.compile("#[0-9a-fA-F]{6}")

_DARK: Final[Mapping[str, str]] = {
    **{"ground": "#262626", "text": "#d0d0d0", "accent": "#5fd7af"},
    **{"warn": "#d7af5f", "bad": "#ff8787", "good": "#87d787"},
}
_LIGHT: Final[Mapping[str, str]] = {
    **{"ground": "#fafafa", "text": "#262626", "accent": "#005f5f"},
    **{"warn": "#704f00", "bad": "#af0000", "good": "#005f00"},
}
_ANSI: Final[Mapping[str, str]] = {
    **dict.fromkeys(NAMES, "default"),
    **{"dim": "bright-black", "accent": "cyan", "warn": "yellow", "bad": "red", "good": "green"},
    **{"selection": "blue", "selection-text": "white"},
}


def checked(table: Mapping[str, Any], file: str) -> tuple[Kind, Colours]:
    """What a theme file says. Raises ``Invalid`` (``theme_...``) naming ``file`` and the key that is refused."""
    for key in sorted(table.keys() - {"kind", "colors"}):
        raise Invalid("theme_key", file=file, key=key, choices=("kind", "colors"))
    kind = table.get("kind", "dark")
    if kind not in KINDS:
        raise Invalid("theme_kind", file=file, value=str(kind), choices=KINDS)
    colours = table.get("colors", {})
    if not isinstance(colours, Mapping):
        raise Invalid("theme_section", file=file, section="colors")
    for name, value in colours.items():
        if name not in NAMES:
            raise Invalid("theme_key", file=file, key=f"colors.{name}", choices=NAMES)
        _check_colour(kind, value, f"colors.{name}", file)
    return cast(Kind, kind), dict(colours)


def _check_colour(kind: str, value: object, key: str, file: str) -> None:
    if kind == "ansi":
        if value not in ANSI_NAMES:
            raise Invalid("theme_color_ansi", file=file, key=key, value=str(value), choices=ANSI_NAMES)
    elif not (isinstance(value, str) and _RGB.fullmatch(value)):
        raise Invalid("theme_color", file=file, key=key, value=str(value))


def complete(kind: Kind, given: Mapping[str, str]) -> Colours:
    """All roles: those that were given as they are, the others made from them."""
    if kind == "ansi":
        return {**_ANSI, **given}
    found = {name: (_DARK if kind == "dark" else _LIGHT)[name] for name in ("ground", "text")} | dict(given)
    for name, make in _MADE.items():
        if name not in found:
            found[name] = make(found, kind)
    return found


# --- made from the others -----------------------------------------------------------------------------------

_Make = Callable[[Colours, Kind], str]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1 of two colours ``#rrggbb``, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(one: str, other: str, share: float) -> str:
    """``one`` with that share of ``other`` in it."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _readable(colour: str, grounds: Iterable[str]) -> str:
    """The colour, or as much lighter or darker as it must be to be read on all grounds."""
    on = tuple(grounds)
    ends = sorted(("#ffffff", "#000000"), key=lambda end: -min(contrast(end, ground) for ground in on))
    for share in range(21):
        made = _mixed(colour, ends[0], share / 20)
        if all(contrast(made, ground) >= READABLE for ground in on):
            return made
    return ends[0]


def _tone(name: str) -> _Make:
    """A colour with a meaning: the usual one, if need be pushed until it can be read."""

    def make(found: Colours, kind: Kind) -> str:
        usual = (_DARK if kind == "dark" else _LIGHT)[name]
        grounds = ("ground", "raised", "cursor", "cursor-far")
        return _readable(usual, [found[ground] for ground in grounds if ground in found])

    return make


def _dim(found: Colours, kind: Kind) -> str:
    del kind
    grounds = (found["ground"], found["raised"], found["cursor-far"])
    return _readable(_mixed(found["text"], found["ground"], 0.3), grounds)


_MADE: Final[Mapping[str, _Make]] = {
    "raised": lambda found, _: _mixed(found["ground"], found["text"], 0.06),
    "cursor-far": lambda found, _: found["raised"],
    "accent": _tone("accent"),
    "cursor": lambda found, _: _mixed(found["ground"], found["accent"], 0.12),
    "cursor-text": lambda found, _: _readable(found["text"], [found["cursor"]]),
    "dim": _dim,
    "warn": _tone("warn"),
    "bad": _tone("bad"),
    "good": _tone("good"),
    "caret": lambda found, _: found["accent"],
    "caret-text": lambda found, _: _readable(found["ground"], [found["caret"]]),
    "selection": lambda found, _: _mixed(found["ground"], found["accent"], 0.3),
    "selection-text": lambda found, _: _readable(found["text"], [found["selection"]]),
}
"""In the order in which they are made: each needs only what stands before it."""
