"""The terminal changes its size, at any moment: nothing that was typed or chosen is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.shown_in import shown_in
from tests.tui.desk import Desk, desk
from tests.tui.tour import fill
from textual.widgets import Input, TextArea

from tuicrm.tui.widgets.record_list import RecordList

SIZES = ((40, 10), (300, 100), (30, 5), (80, 24), (110, 30), (39, 24), (160, 48), (12, 3), (1, 1), (80, 24))


async def bar_line(one: Desk) -> None:
    await one.press("2", "j", "l")
    await one.type("price list sent, wants 3")
    await one.press("left", "left")


async def bar_who(one: Desk) -> None:
    await one.press("2", "j", "l", "backspace")
    await one.type("pars")


async def bar_suggestions(one: Desk) -> None:
    await one.press("2", "j", "l")
    await one.type("sent /t")


async def search(one: Desk) -> None:
    await one.press("2", "slash")
    await one.type("karimi")
    await one.press("shift+left", "shift+left")


async def form(one: Desk) -> None:
    await one.press("2", "a")
    await one.type("Anna Bell")
    await one.press("tab")


async def note_of_a_form(one: Desk) -> None:
    await one.press("2", "e")
    for _ in range(20):
        if isinstance(one.app.focused, TextArea):
            break
        await one.press("tab")
    assert isinstance(one.app.focused, TextArea)
    await one.type("mornings, and a rather long remark about when not to ring")


async def palette(one: Desk) -> None:
    await one.press("ctrl+p")
    await one.type("the")


async def themes(one: Desk) -> None:
    await one.press("ctrl+p")
    await one.type("choose a theme")
    await one.press("enter")
    await one.type("li")


async def help_search(one: Desk) -> None:
    await one.press("question_mark", "slash")
    await one.type("log")


MODES: tuple[Callable[[Desk], Awaitable[None]], ...] = (
    *(bar_line, bar_who, bar_suggestions, search, form),
    *(note_of_a_form, palette, themes, help_search),
)


def typed(one: Desk) -> tuple[object, ...]:
    """Where the keys go, what stands there, and where the cursor and the selection are."""
    field = one.app.focused
    assert isinstance(field, (Input, TextArea))
    text = field.value if isinstance(field, Input) else field.text
    return type(one.app.screen), field, text, field.selection


async def resize(one: Desk, size: tuple[int, int]) -> None:
    await one.pilot.resize_terminal(*size)
    await one.rest()


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.__name__)
async def test_what_is_being_typed_survives_every_size(
    tmp_path: Path, mode: Callable[[Desk], Awaitable[None]]
) -> None:
    async with desk(tmp_path, fill=fill) as one:
        await mode(one)
        before, shown = typed(one), one.lines
        for size in SIZES:
            await resize(one, size)
            assert typed(one) == before, size
            assert len(one.lines) == size[1]
            assert all(len(line) <= size[0] for line in one.lines), size
        assert one.lines == shown, "back at its size the screen is as it was"
        await one.type("z")
        assert typed(one) != before, "and typing goes on"


@pytest.mark.parametrize("place", ["1", "2", "3"])
async def test_the_cursor_stays_on_its_record(tmp_path: Path, place: str) -> None:
    async with desk(tmp_path, fill=fill) as one:
        await one.press(place, "j")
        at = one.app.place
        assert at is not None
        found = at.query_one(RecordList)
        key, focused = found.key, one.app.focused
        for size in SIZES:
            await resize(one, size)
            assert (found.key, one.app.focused) == (key, focused), size
        assert one.cursor_line


@pytest.mark.parametrize("size", [(39, 24), (80, 9), (20, 4)])
@pytest.mark.parametrize("language", ["en", "fa"])
async def test_a_terminal_that_is_too_small_says_so(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    with shown_in(language, isolate=True):
        await _too_small(tmp_path, size, language)


async def _too_small(folder: Path, size: tuple[int, int], language: str) -> None:
    async with desk(folder, fill=fill, language=language) as one:
        for keys in ((), ("2", "a")):
            await one.press(*keys)
            await resize(one, size)
            said = " ".join(" ".join(one.lines).split())
            if language == "en":
                assert said == f"Too small: {size[0]}x{size[1]}. tuicrm needs 40x10; nothing is lost."
            assert said
            assert "Today" not in said
            assert "امروز" not in said
            await resize(one, (80, 24))
            assert len(one.lines[0]) > 60


async def test_a_picker_on_a_low_screen_keeps_its_keys_in_view(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as one:
        await themes(one)
        await one.press(*["backspace"] * 2, *["down"] * 6)
        for size in ((40, 10), (80, 24), (60, 12)):
            await resize(one, size)
            assert "Enter take" in one.footer, size
            assert one.cursor_line, "the lit line is in view"


@pytest.mark.parametrize("size", [(40, 10), (300, 100)])
async def test_a_call_is_logged_at_the_smallest_and_the_largest_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with desk(tmp_path, fill=fill) as one:
        await resize(one, size)
        await one.press("2", "j", "l")
        await one.type("spoke about the seal")
        assert "spoke about the seal" in one.screen, "one sees what one types"
        await one.press("enter")
        assert [call.note for call in one.calls()] == ["spoke about the seal"]
