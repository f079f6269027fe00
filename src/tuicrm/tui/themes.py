"""Themes are TOML files: the shipped ones, and a user's own in ``themes`` beside the settings, which win.

Only the theme in use is read at start; the others when somebody wants to choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from textual.theme import Theme

from tuicrm.domain.errors import Invalid
from tuicrm.paths import themes_folder

DEFAULT: Final = "dark"
_COLORS: Final = (
    *("primary", "secondary", "accent", "foreground", "background", "surface", "panel", "boost"),
    *("warning", "error", "success"),
)
_NEEDED: Final = ("primary", "accent", "foreground", "background", "warning", "error", "success")


def files(own: Path | None) -> dict[str, Path]:
    """All themes by name. ``own`` is the user's folder; what is there replaces a shipped one."""
    found: dict[str, Path] = {}
    for folder in (themes_folder(), own):
        if folder is not None and folder.is_dir():
            found.update((file.stem, file) for file in sorted(folder.glob("*.toml")))
    return found


def load(name: str, own: Path | None = None) -> Theme:
    """The theme of that name. Raises ``Invalid`` (``theme_...``): there is none, or it is refused."""
    for folder in (own, themes_folder()):
        file = None if folder is None else folder / f"{name}.toml"
        if file is not None and Path(name).name == name and file.is_file():
            return read(file)
    raise Invalid("theme_unknown", name=name, choices=sorted(files(own)))


def read(file: Path) -> Theme:
    """One theme file."""
    # 13 ms, unavoidable here: a theme in TOML is one a user can write
    import tomllib

    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid("settings_not_toml", file=str(file), reason=str(error)) from None
    except OSError as error:
        raise Invalid("settings_unreadable", file=str(file), reason=error.strerror or "") from None
    colors = _texts(file, table, "colors")
    unknown = sorted(colors.keys() - set(_COLORS))
    missing = [name for name in _NEEDED if name not in colors]
    if unknown or missing:
        raise Invalid("theme_colors", file=str(file), unknown=unknown, missing=missing)
    return Theme(
        name=file.stem,
        dark=bool(table.get("dark", True)),
        ansi=bool(table.get("ansi", False)),
        variables=_texts(file, table, "variables"),
        **colors,
    )


def _texts(file: Path, table: Mapping[str, Any], section: str) -> dict[str, Any]:
    values = table.get(section, {})
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise Invalid("theme_section", file=str(file), section=section)
    return dict(values)
