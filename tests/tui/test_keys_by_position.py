"""Every key of the table under a Persian and an Arabic layout, from a terminal's bytes to the action that runs.

The bytes go through Textual's own parser into an app that has the program's key handling (``BaseApp``) and, one
after the other, the bindings of each scope.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.keyboards import PROTOCOLS, US, Protocol, prints, sent
from tests.tui.apps import settings_in
from tests.tui.wire import receive
from textual._xterm_parser import XTermParser
from textual.app import ComposeResult
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Static

from tuicrm.settings import KeyboardLayout
from tuicrm.tui import base_app, keymap
from tuicrm.tui.base_app import BaseApp
from tuicrm.tui.keymap import OUTCOME_LETTERS, SCOPES, Key
from tuicrm.tui.widgets.line_input import LineInput

LAYOUTS: tuple[KeyboardLayout, ...] = ("fa", "ar")
TEXT_SCOPES = frozenset({"path", "search", "barwho", "barline", "form", "picker"})
"""Scopes in which a text field has the focus: letters are text there."""


class Screenful(Static, can_focus=True):
    """Where the keys of a scope act, without a text field."""


class Keys(BaseApp):
    """Notes the actions instead of running them."""

    CSS_PATH = str(Path(base_app.__file__).with_name("tuicrm.tcss"))
    BINDINGS = keymap.bindings("app")

    def __init__(self, folder: Path, layout: KeyboardLayout) -> None:
        super().__init__(settings_in(folder, keyboard=layout), None, None)
        self.acted: list[str] = []
        self.parser = XTermParser()
        self.pilot: Pilot[None]

    def compose(self) -> ComposeResult:
        for scope, areas in SCOPES.items():
            field = LineInput(id=scope) if scope in TEXT_SCOPES else Screenful(id=scope)
            for binding in keymap.bindings(*(area for area in areas if area not in ("app", "outcome"))):
                assert isinstance(binding, Binding)
                for one in Binding.make_bindings([binding]):
                    field._bindings.key_to_bindings.setdefault(one.key, []).append(one)
            if "outcome" in areas:
                for letter in OUTCOME_LETTERS:
                    field._bindings.bind(letter, f"outcome('{letter}')")
            yield field

    async def run_action(
        self,
        action: Any,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Where Textual runs the action of a binding."""
        del default_namespace, namespaces
        self.acted.append(str(action))
        return True

    async def send(self, scope: str, data: str) -> None:
        """What the terminal sends, while ``scope`` has the focus; until it was dealt with."""
        self.screen.set_focus(self.query_one(f"#{scope}"))
        receive(self, self.parser, data)
        # the driver hands its messages over between two turns of the loop
        await self.pilot.pause(0.001)
        while self.order.busy or self.order.waiting:
            await self.pilot.pause(0.001)

    def typed_in(self, scope: str) -> str:
        return self.query_one(f"#{scope}", LineInput).value


@asynccontextmanager
async def keys(folder: Path, layout: KeyboardLayout) -> AsyncIterator[Keys]:
    app = Keys(folder, layout)
    async with app.run_test() as pilot:
        app.pilot = pilot
        yield app


def by_us_key(row: Key) -> list[tuple[str, str]]:
    """(modifier, US key) of each key of a row that a layout moves: letters, digits, signs."""
    found = []
    for name in keymap.keys_of(row):
        modifier, _, last = name.rpartition("+")
        char = next((char for char in US if _character_to_key(char) == last), None)
        if char is not None:
            found.append((modifier, char))
    return found


def cases(scope: str) -> list[tuple[str, str, str]]:
    """(modifier, US key, action) of every such key of a scope."""
    rows = [row for row in keymap.of_scope(scope) if not (scope in TEXT_SCOPES and not row.priority)]
    chords = [row for row in keymap.of_scope(scope) if scope in TEXT_SCOPES and not row.priority]
    found = [(modifier, char, row.action) for row in rows for modifier, char in by_us_key(row)]
    found += [(modifier, char, row.action) for row in chords for modifier, char in by_us_key(row) if modifier]
    if "outcome" in SCOPES[scope]:
        found += [("", letter, f"outcome('{letter}')") for letter in OUTCOME_LETTERS]
    return found


def test_the_table_has_keys_of_every_kind() -> None:
    all_cases = [case for scope in SCOPES for case in cases(scope)]
    assert {modifier for modifier, _, _ in all_cases} == {"", "ctrl", "alt"}
    assert {"U", "G", "?", ".", "/", "[", "]", "1", "6"} <= {char for _, char, _ in all_cases}
    assert all(cases(scope) for scope in SCOPES)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("layout", ["fa", pytest.param("ar", marks=pytest.mark.long)])
async def test_every_key_of_the_table_acts_by_its_place(
    tmp_path: Path, layout: KeyboardLayout, protocol: Protocol
) -> None:
    async with keys(tmp_path, layout) as app:
        wrong = []
        for scope in SCOPES:
            for modifier, char, action in cases(scope):
                app.acted.clear()
                await app.send(scope, sent(char, layout, protocol, modifier=modifier))
                if app.acted != [action]:
                    wrong.append((scope, modifier, char, action, list(app.acted)))
        assert wrong == []


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("layout", LAYOUTS)
async def test_in_a_text_field_letters_and_signs_are_text(
    tmp_path: Path, layout: KeyboardLayout, protocol: Protocol
) -> None:
    # every key of a screen, typed where text is typed; ASCII signs without their text are not the layout's
    written = [char for _, char, _ in cases("today") if char.isalpha()] + list("QAZKL")
    expected = "".join(prints(char, layout) for char in written)
    async with keys(tmp_path, layout) as app:
        for scope in sorted(TEXT_SCOPES):
            app.acted.clear()
            for char in written:
                await app.send(scope, sent(char, layout, protocol))
            assert (app.typed_in(scope), app.acted) == (expected, [])


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_the_half_space_and_persian_signs_are_typed(tmp_path: Path, protocol: Protocol) -> None:
    async with keys(tmp_path, "fa") as app:
        for char in "ldB,h":
            await app.send("barline", sent(char, "fa", protocol))
        for char in "&" if protocol != "kitty without text" else "":
            await app.send("barline", sent(char, "fa", protocol))
        assert app.typed_in("barline").rstrip("،") == "می\u200cوا"
        assert app.typed_in("barline").endswith("،") == (protocol != "kitty without text")


@pytest.mark.parametrize("digits", ["۱۲۳۴۵۶", "١٢٣٤٥٦"])
@pytest.mark.parametrize("layout", LAYOUTS)
async def test_persian_and_arabic_digits_change_screens_alone_and_with_alt(
    tmp_path: Path, layout: KeyboardLayout, digits: str
) -> None:
    names = ("today", "contacts", "calls", "followups", "tickets", "kpis")
    async with keys(tmp_path, layout) as app:
        for digit, name in zip(digits, names, strict=True):
            for data in (digit, f"\x1b[{ord(digit)}u", f"\x1b[{ord(digit)};;{ord(digit)}u"):
                app.acted.clear()
                await app.send("today", data)
                assert app.acted == [f"app.go('{name}')"], data
            for scope, data in (("barline", f"\x1b{digit}"), ("today", f"\x1b[{ord(digit)};3u")):
                app.acted.clear()
                await app.send(scope, data)
                assert app.acted == [f"go('{name}')"], data
        assert app.typed_in("barline") == ""


@pytest.mark.parametrize(
    "data", ["؟", "\x1b[1567u", "\x1b[47;2;1567u", "\x1b[1567;2;1567u", "\x1b[1592;2;1567u"]
)
@pytest.mark.parametrize("layout", LAYOUTS)
async def test_the_persian_question_mark_opens_help(
    tmp_path: Path, layout: KeyboardLayout, data: str
) -> None:
    async with keys(tmp_path, layout) as app:
        await app.send("today", data)
        assert app.acted == ["app.help"]


@pytest.mark.parametrize(
    ("data", "action"),
    [
        ("\x1b[1583;133u", "new_contact"),  # Num Lock on
        ("\x1b[1583;69u", "new_contact"),  # Caps Lock on
        ("\x0e", "new_contact"),
        ("\x1b[1601;5u", "hang_up"),
    ],
)
async def test_locks_do_not_hide_a_chord(tmp_path: Path, data: str, action: str) -> None:
    async with keys(tmp_path, "fa") as app:
        await app.send("barwho", data)
        assert app.acted == [action]


async def test_a_bare_letter_that_stands_for_ctrl_is_a_letter(tmp_path: Path) -> None:
    # Where Persian is the only layout VTE, xterm and alacritty send Ctrl+S as a bare letter: not to be told apart.
    async with keys(tmp_path, "fa") as app:
        await app.send("form", "س")
        assert (app.acted, app.typed_in("form")) == ([], "س")
        await app.send("form", "\x13")
        assert app.acted == ["save"]
