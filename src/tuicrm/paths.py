"""Where tuicrm keeps its files: the XDG base folders, by hand.

``platformdirs`` would give the same answers for 15 ms of import. Nothing is created here but by
``private_folder``, and that only when something is about to be written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

NAME = "tuicrm"
_PACKAGE = Path(__file__).parent


def _base(environ: Mapping[str, str], variable: str, fallback: str) -> Path:
    """The folder a variable names, or the one under the home; a relative value is ignored, as XDG asks."""
    value = environ.get(variable, "")
    if value.startswith("/"):
        return Path(value) / NAME
    home = environ.get("HOME", "") or os.path.expanduser("~")
    return Path(home) / fallback / NAME


def settings_file(environ: Mapping[str, str] = os.environ) -> Path:
    """``TUICRM_CONFIG``, else ``settings.toml`` in the configuration folder. It need not exist."""
    named = environ.get("TUICRM_CONFIG", "")
    return Path(named) if named else _base(environ, "XDG_CONFIG_HOME", ".config") / "settings.toml"


def keymap_file(settings: Path) -> Path:
    """The user's own keys, beside the file of the settings. It need not exist."""
    return settings.with_name("keys.toml")


def database_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The database when neither an option nor ``TUICRM_DB`` names one."""
    return _base(environ, "XDG_DATA_HOME", ".local/share") / "tuicrm.db"


def state_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Logs, prompt history and the like: worth keeping, not worth backing up."""
    return _base(environ, "XDG_STATE_HOME", ".local/state")


def log_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the trace of an unexpected error goes."""
    return state_folder(environ) / "tuicrm.log"


def _shipped(name: str) -> Path:
    """A top-level folder of the source that the wheel carries inside the package."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


def themes_folder() -> Path:
    """The shipped themes: in the package when it came as a wheel, else beside ``src``."""
    return _shipped("themes")


def keymaps_folder() -> Path:
    """The shipped keymaps beside the default one, ``NAME.toml``."""
    return _PACKAGE / "keymaps"


def locale_folder() -> Path:
    """The message catalogues, ``LANGUAGE/LC_MESSAGES/tuicrm.mo``."""
    return _PACKAGE / "locale"


def private_folder(folder: Path) -> Path:
    """Makes a folder that only its owner may enter, with its parents; gives it back."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
