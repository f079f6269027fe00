"""What the user may set, from options, the environment and one TOML file; in that order of strength.

Read once at start-up into a frozen ``Settings``. A file that is not there costs one ``stat``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from tuicrm.domain.errors import Invalid
from tuicrm.domain.record import record
from tuicrm.paths import database_file, settings_file

BidiMode = Literal["auto", "visual", "logical", "plain"]
KeyboardLayout = Literal["fa", "ar"]
CalendarChoice = Literal["auto", "gregorian", "jalali"]
DigitsChoice = Literal["auto", "latin", "persian"]

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "bidi": ("auto", "visual", "logical", "plain"),
    "calendar": ("auto", "gregorian", "jalali"),
    "digits": ("auto", "latin", "persian"),
    "keyboard": ("fa", "ar"),
    "language": ("en", "fa"),
}
_VARIABLES: Final[Mapping[str, str]] = {
    "database": "TUICRM_DB",
    "agent": "TUICRM_AGENT",
    "language": "TUICRM_LANG",
    "theme": "TUICRM_THEME",
    "bidi": "TUICRM_BIDI",
    "keyboard": "TUICRM_KEYBOARD",
    "calendar": "TUICRM_CALENDAR",
    "digits": "TUICRM_DIGITS",
    "region": "TUICRM_REGION",
    "zone": "TUICRM_ZONE",
}


@record
class Settings:
    """Everything a user can set.

    ``database``: a path or a URL. ``agent``: a handle, ``""`` = the system user.
    ``language``: ``en``, ``fa``, ``""`` = by the locale.
    ``calendar`` and ``digits``: how dates and numbers are shown to people; ``auto`` = by the language.
    What is typed is understood in both, data for programs (JSON, CSV) is always Gregorian and Latin.
    ``region``: ISO country of numbers without one, ``""`` = the process file's.
    ``zone``: an IANA name, ``""`` = ``TZ`` or the system's. ``file``: where they would be kept.
    """

    database: str
    agent: str = ""
    language: str = ""
    theme: str = ""
    bidi: BidiMode = "auto"
    keyboard: KeyboardLayout = "fa"
    calendar: CalendarChoice = "auto"
    digits: DigitsChoice = "auto"
    region: str = ""
    zone: str = ""
    file: Path = Path("settings.toml")

    @property
    def database_path(self) -> Path | None:
        """The file of an SQLite database (``sqlite:///PATH`` is one too); None for the URL of a server."""
        scheme, separator, rest = self.database.partition("://")
        if not separator:
            return Path(self.database)
        return Path(rest.removeprefix("/")) if scheme == "sqlite" else None


_KEYS: Final = tuple(name for name in Settings.__match_args__ if name != "file")


def load(
    environ: Mapping[str, str] = os.environ,
    *,
    database: str | None = None,
    agent: str | None = None,
    file: Path | None = None,
) -> Settings:
    """The settings in force. ``database`` and ``agent`` are the options ``--db`` and ``--as``.

    Raises ``Invalid`` (``settings_...``) naming the file and the key, or the variable, that is refused.
    """
    file = file or settings_file(environ)
    values: dict[str, Any] = {"database": str(database_file(environ))}
    values.update(_from_file(file))
    for key, variable in _VARIABLES.items():
        if text := environ.get(variable, ""):
            values[key] = _checked(key, text, variable)
    for key, option in (("database", database), ("agent", agent)):
        if option:
            values[key] = option
    if not str(values["database"]).partition("://")[1]:
        values["database"] = os.path.expanduser(values["database"])
    return Settings(**values, file=file)


def read_toml(file: Path) -> dict[str, Any]:
    """A TOML file of the user's; empty when there is none.

    Raises ``Invalid`` (``settings_unreadable``, ``settings_not_toml``) naming the file.
    """
    try:
        raw = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise Invalid("settings_unreadable", file=str(file), reason=error.strerror or "") from None
    # tomllib costs 13 ms; who has no such file does not pay it
    import tomllib

    try:
        return tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid("settings_not_toml", file=str(file), reason=str(error)) from None


def _from_file(file: Path) -> dict[str, Any]:
    """The keys of a settings file, checked; empty when there is none."""
    table = read_toml(file)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise Invalid("settings_key_unknown", file=str(file), key=key, choices=_KEYS)
        if not isinstance(value, str):
            raise Invalid("settings_not_text", file=str(file), key=key)
        values[key] = _checked(key, value, str(file))
    return values


def _checked(key: str, value: str, where: str) -> str:
    """The value, when it is one of those the key allows."""
    choices = _CHOICES.get(key)
    if choices and value not in choices:
        raise Invalid("settings_value", file=where, key=key, value=value, choices=choices)
    if key == "region":
        value = value.upper()
        if not (len(value) == 2 and value.isascii() and value.isalpha()):
            raise Invalid("settings_region", file=where, key=key, value=value)
    if key == "zone" and value:
        _zone_exists(value, where)
    return value


def _zone_exists(name: str, where: str) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("settings_zone", file=where, key="zone", value=name) from None


def system_zone(environ: Mapping[str, str] = os.environ) -> str | None:
    """The IANA name of the machine's zone: ``TZ``, else where ``/etc/localtime`` points, else None."""
    named = environ.get("TZ", "").removeprefix(":")
    if not named:
        try:
            named = os.readlink("/etc/localtime")
        except OSError:
            return None
    return named.rpartition("zoneinfo/")[2] or None
