"""What the user may set, from options, the environment and one TOML file; in that order of strength.

Read once at start-up into a frozen ``Settings``. A file that is not there costs one ``stat``. What there is to set
stands in ``settings_table``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tuicrm.domain.errors import Invalid
from tuicrm.domain.record import record
from tuicrm.paths import database_file, settings_file, themes_folder
from tuicrm.settings_table import (
    SETTINGS,
    BellChoice,
    CalendarChoice,
    DigitsChoice,
    KeyboardLayout,
    KeysChoice,
    LinkChoice,
    OnOff,
    Setting,
    checked,
    known,
)

if TYPE_CHECKING:
    # the bidirectional facts are needed where text is drawn, not where settings are read
    from tuicrm.domain.terminals import BidiMode

__all__ = [
    "CalendarChoice",
    "DigitsChoice",
    "KeyboardLayout",
    "Origin",
    "Settings",
    "choices",
    "load",
    "origins",
    "read_toml",
    "save",
    "system_zone",
    "unset",
]

Source = Literal["option", "variable", "file", "default"]


@record
class Settings:
    """Everything a user can set.

    ``database``: a path or a URL. ``agent``: a handle, ``""`` = the system user.
    ``language``: ``en``, ``fa``, ``""`` = by the locale.
    ``calendar`` and ``digits``: how dates and numbers are shown to people; ``auto`` = by the language.
    What is typed is understood in both, data for programs (JSON, CSV) is always Gregorian and Latin.
    ``dialler``: a command template (``domain.commands``), ``""`` = dialled by hand. ``clipboard``: ``osc52``, ``off``
    or a command.
    ``region``: ISO country of numbers without one, ``""`` = the process file's.
    ``zone``: an IANA name, ``""`` = ``TZ`` or the system's. ``file``: where they would be kept.
    """

    database: str
    agent: str = ""
    language: str = ""
    theme: str = ""
    calendar: CalendarChoice = "auto"
    digits: DigitsChoice = "auto"
    keys: KeysChoice = "default"
    keyboard: KeyboardLayout = "fa"
    link: LinkChoice = "normal"
    plain: OnOff = "off"
    dialler: str = ""
    clipboard: str = "osc52"
    bell: BellChoice = "off"
    calendar_file: str = ""
    bidi: BidiMode = "auto"
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

    @property
    def missing_database(self) -> Path | None:
        """The file of a database that somebody named (an option, a variable, the settings) and that does not exist.

        None for the default one: that may be made without a word. A name may be a slip of the fingers.
        """
        path = self.database_path
        return None if path is None or path == database_file() or path.exists() else path


@record
class Origin:
    """A value in force and where it comes from. ``named``: the option, the variable, or the file."""

    value: str
    source: Source = "default"
    named: str = ""


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
    found = origins(environ, database=database, agent=agent, file=file)
    values: dict[str, Any] = {name: one.value for name, one in found.items()}
    if values["plain"] == "on" and values["bidi"] == "auto":
        # a screen reader wants text in the order in which it was written
        values["bidi"] = "plain"
    return Settings(**values, file=file)


def origins(
    environ: Mapping[str, str] = os.environ,
    *,
    database: str | None = None,
    agent: str | None = None,
    file: Path | None = None,
) -> dict[str, Origin]:
    """The value of every setting with its source, in the order of the table. Raises as ``load`` does."""
    file = file or settings_file(environ)
    kept = {name: checked(name, value, str(file)) for name, value in read_toml(file).items()}
    options = {"--db": database, "--as": agent}
    found = {}
    for row in SETTINGS:
        default = str(database_file(environ)) if row.name == "database" else row.default
        if option := options.get(row.option):
            one = Origin(checked(row.name, option, row.option), "option", row.option)
        elif text := environ.get(row.variable, ""):
            one = Origin(checked(row.name, text, row.variable), "variable", row.variable)
        elif row.name in kept:
            one = Origin(kept[row.name], "file", str(file))
        else:
            one = Origin(default)
        if row.name == "database" and not one.value.partition("://")[1]:
            one = Origin(os.path.expanduser(one.value), one.source, one.named)
        found[row.name] = one
    return found


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
    try:
        text = raw.decode("utf-8-sig")
        if (simple := _simple(text)) is not None:
            return simple
        # 13 ms, a fifth of logging a call: not for a file of a few plain lines
        import tomllib

        return tomllib.loads(text)
    except ValueError as error:
        # of which UnicodeDecodeError and TOMLDecodeError are kinds
        raise Invalid("settings_not_toml", file=str(file), reason=str(error)) from None


def _simple(text: str) -> dict[str, Any] | None:
    """A file that has nothing but comments and lines ``key = "text"``, as TOML reads it; None for any other."""
    found: dict[str, Any] = {}
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.strip(" \t")
        if not line.isprintable():
            return None
        if not line or line.startswith("#"):
            continue
        key, _, value = line.partition("=")
        key, value = key.strip(" "), value.strip(" ")
        if not (key.isascii() and key.isidentifier()) or key in found:
            return None
        if len(value) < 2 or value[0] != '"' or value[-1] != '"' or '"' in value[1:-1] or "\\" in value:
            return None
        found[key] = value[1:-1]
    return found


# --- writing ------------------------------------------------------------------------------------------------


def save(file: Path, name: str, value: str) -> str:
    """Writes one setting into a settings file, which keeps its comments and its order; gives what is kept.

    The file is replaced as a whole (0600), or not at all. Raises ``Invalid`` (``setting_...``, ``settings_...``)
    and ``Unavailable`` (``settings_unwritable``).
    """
    # tomlkit costs 24 ms, and few starts write
    from tuicrm.settings_file import put

    kept = checked(name, value)
    if known(name).kind == "theme" and kept not in (names := choices(known(name), file)):
        raise Invalid("theme_unknown", name=kept, choices=names)
    put(file, name, kept)
    return kept


def choices(row: Setting, file: Path) -> tuple[str, ...]:
    """The values that have names: those of the table; the themes, shipped and beside ``file``."""
    if row.kind != "theme":
        return row.choices
    folders = (themes_folder(), file.with_name("themes"))
    return tuple(sorted({one.stem for folder in folders if folder.is_dir() for one in folder.glob("*.toml")}))


def unset(file: Path, name: str) -> bool:
    """Takes one setting out of a settings file; False when it was not in it. Raises as ``save`` does."""
    from tuicrm.settings_file import take_out

    return take_out(file, name)


def system_zone(environ: Mapping[str, str] = os.environ) -> str | None:
    """The IANA name of the machine's zone: ``TZ``, else where ``/etc/localtime`` points, else None."""
    named = environ.get("TZ", "").removeprefix(":")
    if not named:
        try:
            named = os.readlink("/etc/localtime")
        except OSError:
            return None
    return named.rpartition("zoneinfo/")[2] or None
