"""The text field: Persian can be typed, nothing pasted does harm, nothing blinks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tuicrm.tui.widgets.line_input import LineInput


class FieldApp(App[None]):
    CSS_PATH = "../../src/tuicrm/tui/tuicrm.tcss"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        names = ("crm-dim", "crm-cursor", "crm-cursor-text", "crm-cursor-blurred", "crm-bar")
        return dict.fromkeys(names, "#808080")

    def compose(self) -> ComposeResult:
        yield LineInput()


@asynccontextmanager
async def field() -> AsyncIterator[tuple[LineInput, Pilot[None]]]:
    app = FieldApp()
    async with app.run_test(size=(40, 5)) as pilot:
        found = app.query_one(LineInput)
        found.focus()
        await pilot.pause()
        yield found, pilot


async def test_the_half_space_and_the_joiner_can_be_typed() -> None:
    async with field() as (line, pilot):
        await pilot.press("م", "ی", "zero_width_non_joiner", "ر", "و", "م")
        assert line.value == "می\u200cروم"
        line.post_message(events.Key("\u200d", "\u200d"))
        await pilot.pause()
        assert line.value == "می\u200cروم\u200d"


async def test_a_paste_is_one_tidy_line() -> None:
    async with field() as (line, pilot):
        line.post_message(events.Paste("\x1b[31mPars\x00 Co\r\nsecond\u202e line\n"))
        await pilot.pause()
        assert "\x1b" not in line.value
        assert "\x00" not in line.value
        assert "\u202e" not in line.value
        assert "\n" not in line.value
        assert line.value.endswith("line")


async def test_a_paste_goes_over_what_is_selected() -> None:
    async with field() as (line, pilot):
        line.set_text("old name")
        await pilot.press("shift+home")
        line.post_message(events.Paste("new"))
        await pilot.pause()
        assert line.value == "new"


async def test_a_huge_paste_is_cut_to_the_longest_line() -> None:
    async with field() as (line, pilot):
        line.post_message(events.Paste("x" * 1_000_000))
        await pilot.pause()
        assert len(line.value) == line.max_length


async def test_markup_in_a_line_is_text() -> None:
    async with field() as (line, pilot):
        line.set_text("[/] [@click=app.quit]x[/]")
        await pilot.pause()
        strip = pilot.app.screen._compositor.render_strips()[0]
        assert "[/] [@click=app.quit]x[/]" in "".join(segment.text for segment in strip)


async def test_the_cursor_does_not_blink_and_stands_at_the_end() -> None:
    async with field() as (line, pilot):
        line.set_text("abc")
        await pilot.pause()
        assert not line.cursor_blink
        assert line.cursor_position == 3
        await pilot.press("d")
        assert line.value == "abcd"
