"""Writing a user's settings file: one key at a time, all that the user wrote around it stays as it is."""

from __future__ import annotations

import os
from pathlib import Path

import tomlkit
from tomlkit.exceptions import ParseError

from tuicrm.domain.errors import Invalid, Unavailable
from tuicrm.paths import private_folder
from tuicrm.whole_file import in_place


def put(file: Path, name: str, value: str) -> None:
    """Sets ``name`` to the text ``value``; a new key stands behind the others.

    Raises ``Invalid`` (``settings_not_toml``, ``settings_unreadable``), ``Unavailable`` (``settings_unwritable``).
    """
    kept = _read(file)
    kept[name] = value
    _write(file, tomlkit.dumps(kept))


def take_out(file: Path, name: str) -> bool:
    """Removes ``name``; False when it is not there. Raises as ``put``."""
    kept = _read(file)
    if name not in kept:
        return False
    del kept[name]
    _write(file, tomlkit.dumps(kept))
    return True


def _read(file: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(file.read_bytes().decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return tomlkit.document()
    except OSError as error:
        raise Invalid("settings_unreadable", file=str(file), reason=error.strerror or "") from None
    except (ParseError, UnicodeDecodeError) as error:
        raise Invalid("settings_not_toml", file=str(file), reason=str(error)) from None


def _write(file: Path, text: str) -> None:
    """Puts the whole text in place of the file at once. One that is a link stays one."""
    real = Path(os.path.realpath(file))
    try:
        private_folder(real.parent)
        # TUICRM_CONFIG=/dev/null says "no settings" and is refused
        with in_place(real) as out:
            out.write(text)
    except OSError as error:
        raise Unavailable("settings_unwritable", file=str(file), reason=error.strerror or "") from None
