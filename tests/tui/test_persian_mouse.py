"""The mouse in the mirrored layout: a click means what stands under it, in both modes."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest
from rich.cells import cell_len
from tests.tui.apps import screen_lines
from tests.tui.desk import Desk
from tests.tui.persian import REZA, persian_desk
from tests.tui.pictures import cells
from textual.geometry import Offset

from tuicrm.domain.bidi import mirror
from tuicrm.domain.fold import has_rtl
from tuicrm.domain.terminals import Mode
from tuicrm.line_order import MARKS, PDI, RLI, ordered
from tuicrm.tui import text
from tuicrm.tui.bar.line import BarInput
from tuicrm.tui.dialogs.form_fields import FormField
from tuicrm.tui.screens.help import Help
from tuicrm.tui.screens.open_card import OpenCard
from tuicrm.tui.screens.palette import Palette, PaletteLine
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.record_list import RecordList

MODES: tuple[Mode, ...] = ("visual", "logical")
WIDE = (140, 40)


def place_of(one: Desk, said: str, *, last: bool = False) -> Offset:
    """A cell in the middle of where ``said`` stands on the screen: the first line that has it, or the last."""
    sought = said
    if text.mode() == "visual" and has_rtl(said):
        sought = ordered(f"{RLI}{said}{PDI}", "visual", "rtl")[0]
    lines = ["".join(char for char in line if char not in MARKS) for line in screen_lines(one.app)]
    sought = "".join(char for char in sought if char not in MARKS)
    found = [(y, line.index(sought)) for y, line in enumerate(lines) if sought in line]
    assert found, f"{said} is not on the screen:\n" + "\n".join(lines)
    y, at = found[-1 if last else 0]
    return Offset(cell_len(lines[y][:at]) + cell_len(sought) // 2, y)


async def click(one: Desk, at: Offset) -> None:
    await one.pilot.click(offset=at)
    await one.rest()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("size", [(80, 24), WIDE])
async def test_a_click_on_a_place_opens_it(tmp_path: Path, mode: Mode, size: tuple[int, int]) -> None:
    async with persian_desk(tmp_path, mode=mode, size=size) as one:
        for name, title in (
            ("contacts", "مخاطبان"),
            ("kpis", "شاخص‌ها"),
            ("calls", "تماس‌ها"),
            ("today", "امروز"),
        ):
            await click(one, place_of(one, title))
            assert one.app.shell.current == name


@pytest.mark.parametrize("mode", MODES)
async def test_a_click_beside_the_places_opens_none(tmp_path: Path, mode: Mode) -> None:
    async with persian_desk(tmp_path, mode=mode) as one:
        await click(one, Offset(3, 0))
        assert one.app.shell.current == "today", "the clock stands there"


@pytest.mark.parametrize("mode", MODES)
async def test_a_click_on_all_at_the_left_end_of_the_footer_opens_help(tmp_path: Path, mode: Mode) -> None:
    async with persian_desk(tmp_path, mode=mode) as one:
        at = place_of(one, "همه", last=True)
        assert at.x < 8
        await click(one, at)
        assert isinstance(one.app.screen, Help)


@pytest.mark.parametrize("mode", MODES)
async def test_a_click_on_a_row_selects_it_and_a_double_click_opens_it(tmp_path: Path, mode: Mode) -> None:
    async with persian_desk(tmp_path, mode=mode) as one:
        await one.press("2")
        at = place_of(one, "رضا احمدی")
        await click(one, at)
        place = one.app.place
        assert place is not None
        assert place.query_one(RecordList).key == REZA
        assert one.app.place is place
        await one.pilot.click(offset=at, times=2)
        await one.rest()
        assert isinstance(one.app.place, OpenCard)
        assert one.app.place.contact is not None
        assert one.app.place.contact.id == REZA


@pytest.mark.parametrize("mode", MODES)
async def test_the_card_takes_the_clicks_of_the_left_side_when_wide(tmp_path: Path, mode: Mode) -> None:
    async with persian_desk(tmp_path, mode=mode, size=WIDE) as one:
        card = one.widget(CardPane)
        assert card.region.x == 0
        queue = one.widget(RecordList)
        for at, expected in ((Offset(10, 20), card), (Offset(130, 6), queue)):
            await click(one, at)
            assert one.app.focused is expected


@pytest.mark.parametrize("mode", MODES)
async def test_a_click_takes_the_person_found_for_a_call(tmp_path: Path, mode: Mode) -> None:
    async with persian_desk(tmp_path, mode=mode) as one:
        await one.press("l", "backspace")
        await one.type("اح")
        await click(one, place_of(one, "رضا احمدی", last=True))
        session = one.app.bar.state.session
        assert session is not None
        assert session.phase == "line"
        assert session.name == "رضا احمدی"


async def test_a_click_sets_the_caret_before_the_letter_under_it(tmp_path: Path) -> None:
    async with persian_desk(tmp_path) as one:
        await one.press("l")
        field = one.app.query_one(BarInput)
        await one.type("قیمت P40 را (۳ عدد) خواست")
        for letter in ("ق", "4", "۳", "(", "خ", "ت"):
            await click(one, Offset(column_of(one, field, letter), field.region.y))
            assert field.value[field.cursor_position] == letter
            await one.press("x")
            assert field.value[field.cursor_position - 1 :][:2] == f"x{letter}"
            await one.press("backspace")


def column_of(one: Desk, field: LineInput, letter: str) -> int:
    """The column of a letter in the text that is being typed: its first one, for what is read from the right."""
    shown = [normalize("NFKC", cell[:1]) for cell in cells(screen_lines(one.app)[field.region.y])]
    wanted = (letter, mirror(letter)) if letter == "(" else (letter,)
    return max(x for x in range(field.region.x, field.region.right) if shown[x] in wanted)


@pytest.mark.parametrize("mode", MODES)
async def test_a_click_goes_into_the_field_beside_its_label(tmp_path: Path, mode: Mode) -> None:
    async with persian_desk(tmp_path, mode=mode) as one:
        await one.press("2", "a")
        for label, name in (("برچسب‌ها", "tags"), ("شرکت", "company"), ("نام", "name")):
            y = place_of(one, label, last=True).y
            await click(one, Offset(40, y))
            assert isinstance(one.app.focused, FormField)
            assert one.app.focused.spec.name == name
            await one.type("ل")
            assert one.app.focused.value == "ل"


@pytest.mark.parametrize("mode", MODES)
async def test_a_click_on_a_command_of_the_palette_does_it(tmp_path: Path, mode: Mode) -> None:
    async with persian_desk(tmp_path, mode=mode) as one:
        await one.press("ctrl+p")
        assert isinstance(one.app.screen, Palette)
        assert isinstance(one.app.focused, PaletteLine)
        await one.type("راهن")
        at = place_of(one, "راهنما", last=True)
        for _ in range(2):
            if isinstance(one.app.screen, Palette):
                await click(one, at)
        assert isinstance(one.app.screen, Help)


async def test_a_double_click_takes_the_word_under_it(tmp_path: Path) -> None:
    async with persian_desk(tmp_path) as one:
        await one.press("2", "slash")
        await one.type("لیلا می‌رود")
        field = one.app.focused
        assert isinstance(field, LineInput)
        at = column_of(one, field, "ر")
        await one.pilot.click(offset=Offset(at, field.region.y), times=2)
        await one.rest()
        assert field.selected_text == "می‌رود"
