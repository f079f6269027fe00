"""A theme file as Textual has it, and which one is used where.

Only the theme in use is read at start; the others when somebody wants to choose. One that cannot be used is
reported and never in the way: the default takes its place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from textual.theme import Theme

from tuicrm.domain.colours import Colours
from tuicrm.domain.errors import Invalid
from tuicrm.domain.record import record
from tuicrm.services import themes
from tuicrm.services.themes import Palette

_STYLES: Final = {
    "dim": "crm-dim",
    "raised": "crm-bar",
    "cursor": "crm-cursor",
    "cursor-text": "crm-cursor-text",
    "cursor-far": "crm-cursor-blurred",
    "caret": "input-cursor-background",
    "caret-text": "input-cursor-foreground",
    "selection": "input-selection-background",
    "selection-text": "input-selection-foreground",
    # made of Textual's eleven colours these would be a shade off: #d6af5f for #d7af5f, which has a number
    "warn": "warning",
    "bad": "error",
    "good": "success",
}
"""The names that the stylesheet has for roles, beside those of Textual's eleven colours."""


@record
class Chosen:
    """The theme to begin with; ``trouble``: why it is not the one that was asked for."""

    theme: Theme
    trouble: Invalid | None = None


def begin(name: str, own: Path | None, colours: Colours) -> Chosen:
    """The theme for a start: the one of that name, the default when it cannot be used, the plain one where the
    terminal has too few colours."""
    try:
        return Chosen(theme_of(fitting(themes.load(name or themes.DEFAULT, own), colours)))
    except Invalid as error:
        return Chosen(theme_of(fitting(themes.shipped(themes.DEFAULT), colours)), error)


def few(colours: Colours) -> bool:
    """Whether there are too few colours for any but the terminal's own."""
    return colours in ("none", "16")


def fitting(palette: Palette, colours: Colours) -> Palette:
    """The theme, or the plain one when the terminal has too few colours for it."""
    return themes.shipped(themes.PLAIN) if few(colours) and palette.kind != "ansi" else palette


def theme_of(palette: Palette) -> Theme:
    """As Textual has it."""
    ansi = palette.kind == "ansi"
    colours = {role: _colour(value) if ansi else value for role, value in palette.colours.items()}
    variables = {style: colours[role] for role, style in _STYLES.items()}
    if ansi:
        # a caret of a colour could be that of the ground; reversed it is seen on any
        variables["input-cursor-text-style"] = "reverse"
        # Textual's own styles name these, and its generator forgets them
        variables["ansi-background"] = variables["ansi-foreground"] = "ansi_default"
    return Theme(
        name=palette.name,
        dark=palette.kind != "light",
        ansi=ansi,
        primary=colours["accent"],
        accent=colours["accent"],
        foreground=colours["text"],
        background=colours["ground"],
        surface=colours["ground"],
        panel=colours["raised"],
        boost="ansi_default" if ansi else None,
        warning=colours["warn"],
        error=colours["bad"],
        success=colours["good"],
        variables=variables,
    )


def _colour(name: str) -> str:
    """One of the terminal's own colours by Textual's name."""
    return f"ansi_{name.replace('-', '_')}"
