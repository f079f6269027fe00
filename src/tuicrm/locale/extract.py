"""Finds every English text that a person may read, in the source itself.

Most stand as literals in ``t(...)`` and ``nt(...)``. Some are kept as data and passed to ``t`` later: the sentences
of refusals, the tables of keys and of the log line, the places, the docstrings that are a command's help.
``TABLES`` names those; a ``t`` of anything else that is no literal is an error, for nobody would translate it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Final

from tuicrm.locale.po import Entry

SOURCE: Final = Path(__file__).parents[1]

Text = tuple[str, str]
"""A text, and its plural or ``""``."""


class NotLiteral(Exception):
    """A text is passed to ``t`` that is no literal and in no table."""


def entries() -> list[Entry]:
    """Every text once, without translations, in the order of the files that say it.

    Raises ``NotLiteral``.
    """
    places: dict[Text, list[str]] = {}
    for place, text in sorted(_all(), key=lambda found: found[0]):
        known = places.setdefault(text, [])
        if place not in known:
            known.append(place)
    return [Entry(text, many, places=tuple(known)) for (text, many), known in places.items()]


def _all() -> Iterator[tuple[str, Text]]:
    for file in sorted(SOURCE.rglob("*.py")):
        place = str(file.relative_to(SOURCE))
        for text in literals(file.read_text(encoding="utf-8"), place):
            yield place, text
    for place, texts in TABLES.items():
        yield from ((place, (text, "")) for text in texts() if text)


# --- literals -----------------------------------------------------------------------------------------------


def literals(source: str, place: str) -> Iterator[Text]:
    """The texts of the calls of ``t`` and ``nt`` in a module. Raises ``NotLiteral``."""
    for node in ast.walk(ast.parse(source)):
        name = _called(node.func) if isinstance(node, ast.Call) else ""
        if not isinstance(node, ast.Call) or name not in ("t", "nt") or not node.args:
            continue
        if name == "nt":
            ones, manys = (list(_constants(arg, place)) for arg in node.args[:2])
            yield from zip(ones, manys, strict=True)
        elif (place, ast.unparse(node.args[0])) not in LATER:
            yield from ((text, "") for text in _constants(node.args[0], place))


def _called(func: ast.expr) -> str:
    """``t`` for ``t`` and for ``i18n.t``."""
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "i18n":
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _constants(arg: ast.expr, place: str) -> Iterator[str]:
    if isinstance(arg, ast.Constant) and isinstance(arg.value, str):
        yield arg.value
    elif isinstance(arg, ast.IfExp):
        yield from _constants(arg.body, place)
        yield from _constants(arg.orelse, place)
    else:
        raise NotLiteral(f"{place}:{arg.lineno}: {ast.unparse(arg)}")


# --- texts kept as data -------------------------------------------------------------------------------------


def _messages(subject: str) -> Iterable[str]:
    sentences: Mapping[str, str] = getattr(import_module(f"tuicrm.messages.{subject}"), subject.upper())
    return sentences.values()


def _words() -> Iterable[str]:
    from tuicrm.words import SYSTEM, WORDS

    return [*WORDS.values(), *SYSTEM.values()]


def _labels() -> Iterable[str]:
    from tuicrm.labels import FIELDS, LABELS

    return [*LABELS.values(), *FIELDS.values()]


def _settings() -> Iterable[str]:
    from tuicrm.settings_table import SETTINGS

    return [text for row in SETTINGS for text in (row.name, row.help, row.form, row.without, *row.choices)]


def _keys() -> Iterable[str]:
    from tuicrm.tui.keytable import AREA_TITLES, KEYS

    return [*(key.label for key in KEYS), *AREA_TITLES.values()]


def _line() -> Iterable[str]:
    from tuicrm.tui.linesheet import RULE, TITLE, TOKENS

    return [TITLE, RULE, *(means for _, means in TOKENS)]


def _places() -> Iterable[str]:
    from tuicrm.tui.screens.places import PLACES

    return [text for info in PLACES for text in (info.title, info.coming)]


def _helps() -> Iterable[str]:
    from tuicrm.cli.app import callbacks

    return [cleandoc(callback.__doc__ or "") for callback in callbacks()]


TABLES: Final[Mapping[str, Callable[[], Iterable[str]]]] = {
    **{
        f"messages/{subject}.py": partial(_messages, subject)
        for subject in ("company", "files", "line", "machine", "records")
    },
    "words.py": _words,
    "labels.py": _labels,
    "settings_table.py": _settings,
    "tui/keytable.py": _keys,
    "tui/linesheet.py": _line,
    "tui/screens/places.py": _places,
    "cli/app.py": _helps,
}
LATER: Final = frozenset(
    {
        ("i18n.py", "template"),
        ("i18n.py", "called"),
        ("labels.py", "said"),
        ("cli/app.py", "cleandoc(command.callback.__doc__ or '')"),
        ("settings_words.py", "row.form"),
        ("settings_words.py", "row.help"),
        ("settings_words.py", "row.name"),
        ("settings_words.py", "row.without"),
        ("settings_words.py", "value"),
        ("tui/keylist.py", "AREA_TITLES[row.area]"),
        ("tui/keymap.py", "row.label"),
        ("tui/screens/help.py", "linesheet.TITLE"),
        ("tui/screens/help.py", "linesheet.RULE"),
        ("tui/screens/help.py", "keytable.AREA_TITLES[area]"),
        ("tui/screens/help.py", "title"),
        ("tui/screens/help.py", "means"),
        ("tui/screens/not_built.py", "self._info.coming"),
        ("tui/screens/which_reads.py", "self._advice"),
        ("tui/widgets/header.py", "title"),
    }
)
"""Where texts of the tables are passed to ``t``."""
