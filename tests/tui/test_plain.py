"""For screen readers: no sign that only looks, one thing after the other, and what the cursor is on in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.desk import Desk, desk
from tests.tui.ptys import terminal

from tuicrm.services import importing
from tuicrm.services.context import Crm
from tuicrm.settings import Settings, load
from tuicrm.tui import keymap, manner
from tuicrm.tui.plain import Spoken

SIGNS = re.compile(r"[\u2190-\u21ff\u2300-\u23ff\u2500-\u25ff\u2600-\u28ff·›‹•]")
MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

STATES = {
    "today": (),
    "contacts": ("2",),
    "a search": ("2", "slash", "l"),
    "calls": ("3",),
    "a card": ("enter",),
    "follow-ups": ("4",),
    "the bar": ("l",),
    "somebody is found": ("2", "escape", "escape", "tab", "l"),
    "a form": ("a",),
    "help": ("question_mark",),
    "all commands": ("ctrl+p",),
}


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    manner.use(Settings("crm.db"))


def spoken(one: Desk) -> str:
    """What the line for screen readers says, on the screen in front."""
    return one.app.screen.query_one(Spoken).content.plain.strip()


@pytest.mark.parametrize("state", STATES)
async def test_no_screen_has_a_sign_that_only_looks(tmp_path: Path, state: str) -> None:
    async with desk(tmp_path, size=(120, 40), plain="on", bidi="plain") as one:
        await one.press(*STATES[state])
        found = {sign for line in one.lines for sign in SIGNS.findall(line)}
        assert found == set(), one.screen


async def test_the_same_screens_have_them_otherwise(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(120, 40)) as one:
        assert {"─", "▌", "·"} <= set(one.screen)


async def test_what_the_cursor_is_on_is_said_in_words(tmp_path: Path) -> None:
    async with desk(tmp_path, plain="on") as one:
        assert "Leila Karimi" in spoken(one)
        assert spoken(one).endswith("1 of 4")
        await one.press("down")
        assert "Pars Trading" in spoken(one)
        assert "late" in spoken(one)
        assert spoken(one) in one.screen
        assert one.cursor_line == "", "there is no bar"
        assert any(line.startswith("> ") and "Pars Trading" in line for line in one.lines)


async def test_the_terminals_own_cursor_stands_where_the_reader_should_be(tmp_path: Path) -> None:
    async with desk(tmp_path, plain="on") as one:
        await one.press("down")
        line = one.lines[one.app.cursor_position.y]
        assert "Pars Trading" in line
        await one.press("2", "slash")
        assert "Search" in one.lines[one.app.cursor_position.y]


async def test_all_commands_say_which_one_is_lit(tmp_path: Path) -> None:
    async with desk(tmp_path, plain="on") as one:
        await one.press("ctrl+p")
        await one.type("settings")
        assert spoken(one) == "settings, 1 of 1"
        assert spoken(one) in one.screen


async def test_the_bar_says_who_is_lit_while_one_types(tmp_path: Path) -> None:
    async with desk(tmp_path, plain="on") as one:
        await one.press("l", "backspace")
        await one.type("re")
        assert "Reza Ahmadi" in spoken(one)
        await one.press("down")
        assert "new contact" in spoken(one)
        assert spoken(one) in one.screen, "beneath the bar"
        assert one.app.focused is not None
        assert one.app.cursor_position.y == one.app.focused.region.y, "the cursor stays in the text"


async def test_nothing_stands_beside_a_list_and_nothing_moves_by_itself(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(160, 48), plain="on") as one:
        assert "0912 123 4567" not in one.screen, "no card beside the list"
        assert "09:31" not in one.lines[0], "no clock"
        assert "Today (here)" in one.lines[0]
        await one.press("enter")
        assert "0912 123 4567" in one.screen, "Enter opens it"


async def test_a_message_stays_until_something_else_happens(tmp_path: Path) -> None:
    async with desk(tmp_path, plain="on") as one:
        await one.press("n")
        assert "Leila Karimi: no answer" in one.message
        assert one.app.shell.message._gone is None
        assert "Pars Trading" in spoken(one), "and the next one is said"
        await one.press("u")
        assert "Leila Karimi: no answer" not in one.message


async def test_arrows_are_named_on_the_caps(tmp_path: Path) -> None:
    async with desk(tmp_path, plain="on") as one:
        await one.press("l", "x")
        assert "Up Down" in one.footer
        assert keymap.display("down") == "Down"
    async with desk(tmp_path / "other", fill=None) as one:
        assert keymap.display("down") == "↓"


def test_plain_leaves_the_text_in_the_order_in_which_it_was_written(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "TUICRM_PLAIN": "1"}
    assert load(environ).bidi == "plain"
    assert load({**environ, "TUICRM_BIDI": "visual"}).bidi == "visual"


def test_the_program_sends_a_visible_cursor_and_no_marks(tmp_path: Path) -> None:
    own = {"TUICRM_PLAIN": "on", "TUICRM_LANG": "fa", "TUICRM_CONFIG": str(tmp_path / "none.toml")}
    with terminal(tmp_path / "crm.db", environ=own) as program:
        program.wait_for("باز کردن نسخهٔ نمایشی")
        program.send("2")
        program.send("aعلی ۱۲")
        program.wait_for("علی")
        told = program.sent.decode()
    assert told.rindex("\x1b[?25h") > told.rindex("\x1b[?25l")
    assert not MARKS.findall(told)
    assert not SIGNS.findall(told)
    assert "علی" in told


async def test_of_a_list_that_is_not_read_whole_only_what_is_known_is_said(tmp_path: Path) -> None:
    def many(crm: Crm) -> None:
        file = tmp_path / "people.csv"
        file.write_text("name\n" + "".join(f"Person {n:03}\n" for n in range(230)))
        assert importing.import_file(crm, file).added == 230

    async with desk(tmp_path, plain="on", fill=many) as one:
        await one.press("2")
        assert spoken(one).endswith("1 of more than 100")
        await one.press("G")
        assert spoken(one).endswith(", the last")
        await one.press("k")
        assert spoken(one).endswith(", the last but 1")
