"""Theme files: the shipped ones, and a user's own in ``themes`` beside the settings, which win."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.domain.record import record
from tuicrm.domain.roles import Colours, Kind, checked, complete
from tuicrm.paths import themes_folder
from tuicrm.settings import Settings

DEFAULT: Final = "dark"
PLAIN: Final = "ansi"
"""For terminals of sixteen colours: their own, for nobody knows what those look like."""


@record
class Palette:
    """A theme file that was read: every role has its colour."""

    name: str
    kind: Kind
    colours: Colours


def own_folder(settings: Settings) -> Path:
    """The folder of the user's own themes. It need not exist."""
    return settings.file.with_name("themes")


def files(own: Path | None) -> dict[str, Path]:
    """All themes by name. ``own`` is the user's folder; what is there replaces a shipped one."""
    found: dict[str, Path] = {}
    for folder in (themes_folder(), own):
        if folder is not None and folder.is_dir():
            found.update((file.stem, file) for file in sorted(folder.glob("*.toml")))
    return found


def load(name: str, own: Path | None = None) -> Palette:
    """The theme of that name. Raises ``Invalid`` (``theme_...``): there is none, or it is refused."""
    for folder in (own, themes_folder()):
        file = None if folder is None else folder / f"{name}.toml"
        if file is not None and Path(name).name == name and file.is_file():
            return read(file)
    raise Invalid("theme_unknown", name=name, choices=sorted(files(own)))


def shipped(name: str) -> Palette:
    """One of our own, whatever the user has of that name."""
    return read(themes_folder() / f"{name}.toml")


def read(file: Path) -> Palette:
    """One theme file. Raises ``Invalid`` naming the file, and the key where it is one."""
    # 13 ms, unavoidable here: a theme in TOML is one a user can write
    import tomllib

    # a whole path would leave no room for the reason in one line of the screen
    said = f"{file.parent.name}/{file.name}"
    if file.exists() and not (file.is_file() or file.is_dir()):
        # a named pipe would be waited for
        raise Invalid("settings_unreadable", file=said, reason=os.strerror(errno.ENOTSUP))
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid("settings_not_toml", file=said, reason=str(error)) from None
    except OSError as error:
        raise Invalid("settings_unreadable", file=said, reason=error.strerror or "") from None
    kind, given = checked(table, said)
    return Palette(file.stem, kind, complete(kind, given))


def troubles(settings: Settings) -> list[Invalid]:
    """Why themes of the user's own, or the one that is set, cannot be used."""
    own = own_folder(settings)
    found: list[Invalid] = []
    for file in sorted(own.glob("*.toml")) if own.is_dir() else ():
        try:
            read(file)
        except Invalid as error:
            found.append(error)
    if settings.theme and settings.theme not in files(own):
        found.append(Invalid("theme_unknown", name=settings.theme, choices=sorted(files(own))))
    return found
