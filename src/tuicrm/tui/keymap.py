"""Every key of the program, in one table.

The bindings of the app, the places, the lists, the bar and the dialogs are made from it, as are the footer,
the help screen and ``docs/keys.md``; so none of them can be out of date. An ``id`` (``area.verb``) is
stable: a user's ``keys.toml`` names it to move a key.

An *area* is what one widget class binds; a *scope* is the areas whose keys act together. Textual drops
clashing bindings without a word, so a user's keymap is checked per scope before Textual sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuicrm import paths
from tuicrm.domain.errors import CrmError, FieldProblem, Invalid
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, language, t
from tuicrm.settings import read_toml
from tuicrm.tui import keynames, manner
from tuicrm.tui.keynames import exists, prints, split
from tuicrm.tui.keytable import KEYS, OUTCOME_LETTERS, SCOPES, Key

if TYPE_CHECKING:
    from textual.binding import BindingType

__all__ = [
    "KEYS",
    "OUTCOME_LETTERS",
    "SCOPES",
    "FooterKey",
    "Key",
    "begin",
    "bindings",
    "both",
    "cap",
    "check",
    "clashes",
    "display",
    "footer_keys",
    "key",
    "keys_of",
    "label",
    "load",
    "moved",
    "named",
    "of_scope",
    "preset",
    "presets",
    "shipped_keys",
    "split",
    "use",
]

_BY_ID: Final[Mapping[str, Key]] = {row.id: row for row in KEYS}

_ARROWS: Final = str.maketrans({"↑": "Up ", "↓": "Down ", "←": "Left ", "→": "Right "})

RESERVED: Final = frozenset([*(f"ctrl+{letter}" for letter in "bchijm"), "f1", "f10", "f11"])
"""Taken by tmux or terminals, or the same as Tab, Enter or Backspace there: nobody may use them."""

IN_TEXT: Final = frozenset([*(f"ctrl+{letter}" for letter in "adekuvwx"), "f6", "f7"])
"""Taken by text fields: not for what acts while one has the focus."""

NEEDED: Final = frozenset(["app.palette", "app.quit"])
"""What nobody is to be without: the way out, and the way to all that has no key."""

TEXT_AREAS: Final = frozenset({"path", "search", "barwho", "barline", "form", "picker"})
"""Areas that act while a text field has the focus: letters and signs are text there."""


@record
class FooterKey:
    """One key of the footer: what stands on the cap, what it does now, how much it matters (0 most).

    ``press``: Textual's name of the key, where the cap is not that; a click presses it.
    """

    key: str
    label: Phrase
    rank: int
    press: str = ""


class _Moved:
    """The user's own keys: id to keys. Empty unless a keymap file was read and found good."""

    keys: Mapping[str, str] = {}


_moved = _Moved()


def key(id: str) -> Key:
    """The row of an id. Raises ``KeyError``: an unknown id in our own code is a slip."""
    return _BY_ID[id]


def keys_of(row: Key) -> tuple[str, ...]:
    """The keys of a row as Textual names them, as moved by the user; none when they were taken away."""
    return split(_moved.keys.get(row.id, row.keys))


def shipped_keys(row: Key) -> tuple[str, ...]:
    """The keys of a row before anybody moved them."""
    return split(row.keys)


def cap(row: Key) -> str:
    """What stands for a row's keys where there is room for one; ``""`` when it has none."""
    if row.cap and row.id not in _moved.keys:
        return _worded(row.cap)
    return next(map(display, keys_of(row)), "")


def display(key: str) -> str:
    """A key as it stands on the key cap; where a screen reader reads, arrows by their names."""
    return _worded(keynames.display(key))


def both(key: str, layout: str) -> str:
    """A key as it stands on the key cap; in Persian with the letter that stands there too: ``c / ز``."""
    shown = display(key)
    if language() != "fa" or len(shown) != 1:
        return shown
    # imported here: who speaks English needs no second keyboard
    from tuicrm.domain.keyboard import cap as there

    other = there(shown, layout)
    return f"{shown} / {other}" if other else shown


def _worded(cap: str) -> str:
    return cap.translate(_ARROWS).strip() if manner.plain() else cap


def named(id: str) -> str:
    """The key of an id for a sentence that says to press it; one that was taken away is found in all commands."""
    return cap(_BY_ID[id]) or cap(_BY_ID["app.palette"])


def bindings(*areas: str) -> list[BindingType]:
    """The Textual bindings of a widget class that owns ``areas``."""
    # for who prints the keys needs nothing of Textual
    from textual.binding import Binding

    return [
        Binding(
            row.keys or _no_key(row.id), row.action, row.label, id=row.id, show=False, priority=row.priority
        )
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


def _no_key(id: str) -> str:
    """Stands in for a key where there is none: Textual takes no binding without, and no terminal sends this."""
    return f"none-{id}"


def footer_keys(scope: str, hidden: Iterable[str] = ()) -> list[FooterKey]:
    """The keys of a scope for the footer, most important first; rows of rank 90 and above stay out."""
    out = set(hidden)
    return [
        FooterKey(cap(row), label(row), row.rank, keys_of(row)[0])
        for row in of_scope(scope)
        if row.rank < 90 and row.id not in out and keys_of(row)
    ]


# --- a user's own keys --------------------------------------------------------------------------------------


def load(file: Path) -> dict[str, str]:
    """Reads a keymap file: ``"area.verb" = "key"`` or a list of keys, under ``[keys]`` or at the top.

    An empty list, or ``""``, takes the key away. A file that is not there is an empty keymap. Raises ``Invalid``.
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
            # a comma stands between keys, so the key itself goes by its name
            yield f"{prefix}{name}", ",".join("comma" if part == "," else str(part) for part in keys)


def presets() -> tuple[str, ...]:
    """The names of the shipped keymaps, that of the table first."""
    return ("default", *sorted(file.stem for file in paths.keymaps_folder().glob("*.toml")))


def preset(name: str) -> dict[str, str]:
    """What a shipped keymap moves; nothing for the one of the table."""
    return {} if name == "default" else load(paths.keymaps_folder() / f"{name}.toml")


def check(user: Mapping[str, str], base: Mapping[str, str] | None = None) -> list[FieldProblem]:
    """What is wrong with a user's keymap: unknown ids and keys, keys that are taken, clashes of what it moves.

    ``base``: the preset beneath it. Each problem names the id, the key and what it clashes with. An empty list means
    it may be used.
    """
    problems = [problem for id, keys in user.items() for problem in _wrong(id, keys)]
    known = {id: keys for id, keys in {**(base or {}), **user}.items() if id in _BY_ID}
    return problems + [one for one in clashes(known) if known.keys() & {one.field, one.params["other"]}]


def _wrong(id: str, keys: str) -> Iterable[FieldProblem]:
    """What is wrong with one line of a keymap by itself."""
    if id not in _BY_ID:
        # a keymap hardly ever has a mistake
        from difflib import get_close_matches

        near = get_close_matches(id, _BY_ID, n=1)
        code = "keymap_unknown_near" if near else "keymap_unknown"
        yield FieldProblem(id, keys, code, {"id": id, "near": near[0] if near else ""})
        return
    row = _BY_ID[id]
    if id in NEEDED and not split(keys):
        yield FieldProblem(id, keys, "keymap_needed", {"id": id})
    in_text = row.area in TEXT_AREAS or row.priority
    for part in split(keys):
        if not exists(part):
            yield FieldProblem(id, part, "keymap_no_key", {"id": id, "key": part})
        elif part in RESERVED or (in_text and part in IN_TEXT):
            yield FieldProblem(id, part, "keymap_reserved", {"id": id, "key": display(part)})
        elif in_text and prints(part):
            yield FieldProblem(id, part, "keymap_text", {"id": id, "key": display(part)})


def clashes(user: Mapping[str, str]) -> list[FieldProblem]:
    """Keys that would do two things in one scope, with the keys of ``user`` in place of the shipped ones."""
    found: dict[tuple[str, str, str], FieldProblem] = {}
    for scope, areas in SCOPES.items():
        owner: dict[str, str] = {}
        if "outcome" in areas:
            owner = dict.fromkeys(OUTCOME_LETTERS, "outcome")
        for row in KEYS:
            if row.area not in areas or row.area == "outcome":
                continue
            for part in split(user.get(row.id, row.keys)):
                other = owner.setdefault(part, row.id)
                if other != row.id:
                    params = {"key": display(part), "id": row.id, "other": other, "scope": scope}
                    found.setdefault(
                        (part, row.id, other), FieldProblem(row.id, part, "keymap_clash", params)
                    )
    return list(found.values())


def moved() -> Mapping[str, str]:
    """The keymap in use, the user's over the preset's, as Textual takes it."""
    return {id: keys or _no_key(id) for id, keys in _moved.keys.items()}


def use(user: Mapping[str, str], base: Mapping[str, str] | None = None) -> None:
    """Takes a user's keymap into use, over the preset ``base``, for all that acts on keys and names them.

    Raises ``Invalid`` (``keymap_refused``) with one field per problem, and changes nothing then.
    """
    problems = check(user, base)
    if problems:
        raise Invalid("keymap_refused", fields=problems)
    _moved.keys = {id: ",".join(split(keys)) for id, keys in {**(base or {}), **user}.items()}


def begin(file: Path, name: str) -> CrmError | None:
    """Takes the preset ``name`` and the user's keymap into use. Gives why the latter is refused, and left out."""
    base = preset(name)
    try:
        use(load(file), base)
    except CrmError as error:
        use({}, base)
        return error
    return None
