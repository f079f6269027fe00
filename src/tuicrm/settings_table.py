"""Every setting, in one table: what may be set, how it is checked, what it is for.

The loading of settings, ``tuicrm config``, the settings screen and the table in ``docs/settings.md`` come from it. A
new setting is a row here and a field of ``settings.Settings`` with the same default; then
``python -m tuicrm.settings_sheet`` writes the page anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from tuicrm.domain.errors import Invalid
from tuicrm.domain.handles import fits
from tuicrm.domain.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["text", "choice", "open", "theme", "region", "zone", "command", "path", "handle"]
"""``path``: a file, from the root or the home folder on. ``handle``: an agent's, with or without its ``@``.
``command``: a program and its arguments, beside the ``choices``. ``open``: any text beside the choices. ``theme``: a
file's name."""

KeyboardLayout = Literal["fa", "ar"]
CalendarChoice = Literal["auto", "gregorian", "jalali"]
DigitsChoice = Literal["auto", "latin", "persian"]
KeysChoice = Literal["default", "vim", "function"]
LinkChoice = Literal["normal", "slow"]
BellChoice = Literal["off", "due", "all"]
OnOff = Literal["off", "on"]

ON_OFF: Final = ("off", "on")
_YES: Final = frozenset(("1", "true", "yes", "on"))
_NO: Final = frozenset(("0", "false", "no", "off"))


@record
class Setting:
    """One thing a user can set. ``help``, ``form`` and ``without`` are English, translated where they are shown.

    ``variable``: the environment variable that is stronger than the file; ``option``: the one stronger still.
    ``form``: what a value looks like, where there are no ``choices``. ``without``: what holds when it is not set, where
    ``default`` does not say it. ``at_once``: it acts in an open program as soon as it is set there, else at the next
    start.
    """

    name: str
    variable: str
    help: str
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    default: str = ""
    form: str = ""
    without: str = ""
    option: str = ""
    at_once: bool = False


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        "database",
        "TUICRM_DB",
        "Where the contacts, calls and all else are kept.",
        form="a path or a URL",
        without="in your data folder",
        option="--db",
    ),
    Setting(
        "agent",
        "TUICRM_AGENT",
        "Who you are: your name stands on all you do.",
        "handle",
        form="your short name",
        without="the system user",
        option="--as",
    ),
    Setting(
        "language",
        "TUICRM_LANG",
        "The language of screens and messages.",
        "choice",
        ("en", "fa"),
        without="by the locale",
    ),
    Setting("theme", "TUICRM_THEME", "The colours.", "theme", without="dark", at_once=True),
    Setting(
        "calendar",
        "TUICRM_CALENDAR",
        "The calendar that dates are shown in.",
        "choice",
        ("auto", "gregorian", "jalali"),
        "auto",
        without="by the language",
        at_once=True,
    ),
    Setting(
        "digits",
        "TUICRM_DIGITS",
        "The digits that numbers are shown in.",
        "choice",
        ("auto", "latin", "persian"),
        "auto",
        without="by the language",
        at_once=True,
    ),
    Setting(
        "keys",
        "TUICRM_KEYS",
        "Which keys do what; your own keys.toml is stronger.",
        "choice",
        ("default", "vim", "function"),
        "default",
    ),
    Setting(
        "keyboard",
        "TUICRM_KEYBOARD",
        "Which letters stand on the keys, when they are not Latin.",
        "choice",
        ("fa", "ar"),
        "fa",
        at_once=True,
    ),
    Setting(
        "link",
        "TUICRM_LINK",
        "How fast the line to the terminal is; slow sends less.",
        "choice",
        ("normal", "slow"),
        "normal",
    ),
    Setting(
        "plain",
        "TUICRM_PLAIN",
        "Words instead of lines, bars and marks, for screen readers.",
        "choice",
        ON_OFF,
        "off",
    ),
    Setting(
        "dialler",
        "TUICRM_DIALLER",
        "The command that dials a number for you.",
        "command",
        form="such as linphonecsh dial {number}",
        without="you dial by hand",
        at_once=True,
    ),
    Setting(
        "clipboard",
        "TUICRM_CLIPBOARD",
        "What copies: the terminal (osc52), nothing, or a command that reads the text.",
        "command",
        ("osc52", "off"),
        "osc52",
        form="or a command, such as wl-copy",
        at_once=True,
    ),
    Setting(
        "bell",
        "TUICRM_BELL",
        "When the terminal's bell rings: never, when a follow-up is due, or when the telephone rings as well.",
        "choice",
        ("off", "due", "all"),
        "off",
        at_once=True,
    ),
    Setting(
        "calendar_file",
        "TUICRM_CALENDAR_FILE",
        "A calendar of your follow-ups, kept up to date for a phone or another program.",
        "path",
        form="such as ~/public/calls.ics",
        without="none is written",
        at_once=True,
    ),
    Setting(
        "bidi",
        "TUICRM_BIDI",
        "Who puts right-to-left text in order, tuicrm or the terminal.",
        "choice",
        ("auto", "visual", "logical", "plain"),
        "auto",
    ),
    Setting(
        "region",
        "TUICRM_REGION",
        "The country of numbers that are written without one.",
        "region",
        form="a country, such as IR or GB",
        without="the process file's",
    ),
    Setting(
        "zone",
        "TUICRM_ZONE",
        "Your time zone.",
        "zone",
        form="such as Asia/Tehran or Europe/London",
        without="TZ, else the system's",
    ),
)

BY_NAME: Final = {row.name: row for row in SETTINGS}


def known(name: str) -> Setting:
    """The row of a setting. Raises ``Invalid`` (``setting_key_unknown``)."""
    if name not in BY_NAME:
        raise Invalid("setting_key_unknown", key=name, choices=tuple(BY_NAME))
    return BY_NAME[name]


def checked(name: str, value: object, where: str = "") -> str:
    """``value`` as it is kept, when the setting allows it. ``where``: the file or variable it comes from.

    Raises ``Invalid``: ``setting_...``, or with a ``where`` ``settings_...``, which names it.
    """

    def refused(code: str, **params: Any) -> Invalid:
        if where:
            return Invalid(code.replace("setting_", "settings_"), file=where, key=name, **params)
        return Invalid(code, key=name, **params)

    row = BY_NAME.get(name)
    if row is None:
        raise refused("setting_key_unknown", choices=tuple(BY_NAME))
    if isinstance(value, bool) and row.choices == ON_OFF:
        value = ON_OFF[value]
    if not isinstance(value, str):
        raise refused("setting_not_text")
    value = _switch(value) if row.choices == ON_OFF else value.upper() if row.kind == "region" else value
    if row.kind == "choice" and value not in row.choices:
        raise refused("setting_value", value=value, choices=row.choices)
    if row.kind == "command" and value and value not in row.choices:
        _be_command(row, value, refused, started=not where)
    if row.kind == "region" and not _is_region(value):
        raise refused("setting_region", value=value)
    value = value.removeprefix("@") if row.kind == "handle" else value
    if row.kind in _NAMED and value and not _NAMED[row.kind](value):
        raise refused(f"setting_{row.kind}", value=value)
    return value


def _is_region(value: str) -> bool:
    # imported here: most leave it to the process file
    from tuicrm.domain.regions import REGIONS

    return value in REGIONS


def _switch(value: str) -> str:
    """``on`` or ``off`` for the words people use for them; any other text as it is."""
    folded = value.strip().lower()
    return "on" if folded in _YES else "off" if folded in _NO else value


def _be_command(row: Setting, value: str, refused: Callable[..., Invalid], *, started: bool) -> None:
    """Raises ``Invalid`` (``setting_command``); for what is set now (``started``) also where there is no such program
    (``setting_program``): a file may be older than the program, or another machine's."""
    from tuicrm.domain import commands

    try:
        program, *_ = commands.words(value, commands.DIALLER if row.name == "dialler" else ())
    except ValueError:
        raise refused("setting_command", value=value) from None
    if not started:
        return
    import shutil

    if shutil.which(program) is None:
        raise refused("setting_program", program=program)


def _is_path(value: str) -> bool:
    return value.startswith(("/", "~/"))


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


_NAMED: Final = {"handle": fits, "path": _is_path, "zone": _is_zone}
"""What names something: whether it does, by kind."""
