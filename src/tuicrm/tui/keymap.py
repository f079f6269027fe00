"""Every key of the program, in one table.

The bindings of the app, the places, the lists, the bar and the dialogs are made from it, as are the footer,
the help screen and ``docs/keys.md``; so none of them can be out of date. An ``id`` (``area.verb``) is
stable: a user's ``keys.toml`` names it to move a key.

An *area* is what one widget class binds; a *scope* is the areas whose keys act together. Textual drops
clashing bindings without a word, so a user's keymap is checked per scope before Textual sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from textual.binding import Binding, BindingType

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, t
from tuicrm.settings import read_toml
from tuicrm.tui import linesheet
from tuicrm.tui.keytable import AREA_TITLES, KEYS, OUTCOME_LETTERS, SCOPES, Key

__all__ = [
    "KEYS",
    "OUTCOME_LETTERS",
    "SCOPES",
    "FooterKey",
    "Key",
    "bindings",
    "cheat_sheet",
    "check",
    "display",
    "footer_keys",
    "key",
    "keys_of",
    "label",
    "load",
    "moved",
    "of_scope",
    "use",
]

_BY_ID: Final[Mapping[str, Key]] = {row.id: row for row in KEYS}

_NAMES: Final[Mapping[str, str]] = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "backspace": "Backspace",
    "delete": "Delete",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "question_mark": "?",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
"""Keys whose own name is not what stands on the key cap. ``Enter`` and the like are not translated."""

RESERVED: Final = frozenset(
    [f"ctrl+{letter}" for letter in "acdekuvwxbhijm"] + ["f1", "f6", "f7", "f10", "f11"]
)
"""Taken by text fields, tmux or terminals: a user's keymap may not use them either."""


@record
class FooterKey:
    """One key of the footer: what stands on the cap, what it does now, how much it matters (0 most)."""

    key: str
    label: Phrase
    rank: int


class _Moved:
    """The user's own keys: id to keys. Empty unless a keymap file was read and found good."""

    keys: Mapping[str, str] = {}


_moved = _Moved()


def key(id: str) -> Key:
    """The row of an id. Raises ``KeyError``: an unknown id in our own code is a slip."""
    return _BY_ID[id]


def keys_of(row: Key) -> tuple[str, ...]:
    """The keys of a row as Textual names them, as moved by the user."""
    return tuple(part.strip() for part in _moved.keys.get(row.id, row.keys).split(","))


def bindings(*areas: str) -> list[BindingType]:
    """The Textual bindings of a widget class that owns ``areas``."""
    return [
        Binding(row.keys, row.action, row.label, id=row.id, show=False, priority=row.priority)
        for row in KEYS
        if row.area in areas
    ]


def of_scope(scope: str) -> list[Key]:
    """All rows whose keys act in ``scope``, most important first."""
    areas = SCOPES[scope]
    return sorted((row for row in KEYS if row.area in areas), key=lambda row: row.rank)


def label(row: Key) -> Phrase:
    """What the key does, in the user's language."""
    return t(row.label)


def display(name: str) -> str:
    """A key as it stands on the key cap: ``ctrl+p`` is ``Ctrl+P``, ``upper_u`` and ``U`` are ``U``."""
    if name in _NAMES:
        return _NAMES[name]
    if name.startswith("upper_"):
        return name[-1].upper()
    *modifiers, last = name.split("+")
    shown = _NAMES.get(last, last.upper() if modifiers and len(last) == 1 else last)
    if not modifiers and len(last) > 2 and last.startswith("f") and not last[1:].isdigit():
        return shown
    return "+".join([*(part.capitalize() for part in modifiers), shown])


def footer_keys(scope: str, hidden: Iterable[str] = ()) -> list[FooterKey]:
    """The keys of a scope for the footer, most important first; rows of rank 90 and above stay out."""
    out = set(hidden)
    return [
        FooterKey(row.cap or display(keys_of(row)[0]), label(row), row.rank)
        for row in of_scope(scope)
        if row.rank < 90 and row.id not in out
    ]


# --- a user's own keys --------------------------------------------------------------------------------------


def load(file: Path) -> dict[str, str]:
    """Reads a keymap file: ``"area.verb" = "key"`` or a list of keys, under ``[keys]`` or at the top.

    A file that is not there is an empty keymap. Raises ``Invalid`` (``keymap_...``).
    """
    table = read_toml(file)
    return dict(_flat(table.get("keys", table)))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterable[tuple[str, str]]:
    """``area.verb`` from quoted ids and from TOML's own dotted keys alike."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            keys = value if isinstance(value, list) else [value]
            yield f"{prefix}{name}", ",".join(str(part) for part in keys)


def check(user: Mapping[str, str]) -> list[FieldProblem]:
    """What is wrong with a user's keymap: unknown ids, reserved keys, and clashes in any scope.

    Each problem names the id, the key and what it clashes with. An empty list means it may be used.
    """
    problems: list[FieldProblem] = []
    for id, keys in user.items():
        if id not in _BY_ID:
            near = get_close_matches(id, _BY_ID, n=1)
            code = "keymap_unknown_near" if near else "keymap_unknown"
            problems.append(FieldProblem(id, keys, code, {"id": id, "near": near[0] if near else ""}))
            continue
        problems += [
            FieldProblem(id, part, "keymap_reserved", {"id": id, "key": display(part)})
            for part in _split(keys)
            if part in RESERVED
        ]
    problems += _clashes({id: keys for id, keys in user.items() if id in _BY_ID})
    return problems


def _clashes(user: Mapping[str, str]) -> list[FieldProblem]:
    found: dict[tuple[str, str, str], FieldProblem] = {}
    for scope, areas in SCOPES.items():
        owner: dict[str, str] = {}
        if "outcome" in areas:
            owner = dict.fromkeys(OUTCOME_LETTERS, "outcome")
        for row in KEYS:
            if row.area not in areas or row.area == "outcome":
                continue
            for part in _split(user.get(row.id, row.keys)):
                other = owner.setdefault(part, row.id)
                if other != row.id:
                    params = {"key": display(part), "id": row.id, "other": other, "scope": scope}
                    found.setdefault(
                        (part, row.id, other), FieldProblem(row.id, part, "keymap_clash", params)
                    )
    return list(found.values())


def _split(keys: str) -> list[str]:
    """Keys by their Textual names: a user may write ``/`` or ``slash``."""
    from textual.keys import _character_to_key

    parts = [part.strip() for part in keys.split(",") if part.strip()]
    return [_character_to_key(part) if len(part) == 1 else part for part in parts]


def moved() -> Mapping[str, str]:
    """The user's keymap in use."""
    return _moved.keys


def use(user: Mapping[str, str]) -> None:
    """Takes a user's keymap into use for footer, help and cheat sheet.

    Raises ``Invalid`` (``keymap_refused``) with one field per problem, and changes nothing then.
    """
    problems = check(user)
    if problems:
        raise Invalid("keymap_refused", fields=problems)
    _moved.keys = {id: ",".join(_split(keys)) for id, keys in user.items()}


# --- the cheat sheet ----------------------------------------------------------------------------------------


def cheat_sheet() -> str:
    """All keys as Markdown, by area; ``docs/keys.md`` is this text."""
    out = ["# Every key", "", "Made from the table in `tuicrm/tui/keytable.py`; a test holds it current.", ""]
    for area, title in AREA_TITLES.items():
        rows = [row for row in KEYS if row.area == area]
        if not rows:
            continue
        out += [f"## {title}", "", "| key | does | id |", "|---|---|---|"]
        out += [f"| {_caps(row)} | {row.label} | `{row.id}` |" for row in rows]
        out.append("")
    out += [f"## {linesheet.TITLE}", "", linesheet.RULE, "", "| typed | means |", "|---|---|"]
    out += [f"| {_typed(tokens)} | {means} |" for tokens, means in linesheet.TOKENS]
    out.append("")
    return "\n".join(out)


def _typed(tokens: str) -> str:
    return " ".join(f"`{token}`" for token in tokens.split("  "))


def _caps(row: Key) -> str:
    names: Sequence[str] = [row.cap] if row.cap else [display(part) for part in row.keys.split(",")]
    return " ".join(f"`{name.replace('|', chr(92) + '|')}`" for name in names)
