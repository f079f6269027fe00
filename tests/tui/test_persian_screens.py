"""Every screen in Persian, as a terminal is sent it: pictures in ``snapshots/``, and what must hold in each of them.

How the pictures are made anew stands in ``pictures.py``.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final
from unicodedata import category, normalize

import pytest
from rich.cells import cell_len
from tests.tui import persian_imports as imports
from tests.tui import pictures
from tests.tui.desk import Desk
from tests.tui.persian import BEFORE, PEOPLE, fill, people, persian_desk
from tests.tui.pictures import Picture
from textual import events
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.widgets import Input

from tuicrm.domain.bidi import mirror, visual
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.terminals import Mode
from tuicrm.i18n import t
from tuicrm.line_order import LRI, MARKS, PDI, RLI
from tuicrm.services import telephone
from tuicrm.services.context import Crm
from tuicrm.tui import modes
from tuicrm.tui.dialogs.picker import Option, Picker

SMALL, WIDE = (80, 24), (140, 40)


class Typed(str):
    """Text for a field; other steps are keys."""

    __slots__ = ()


Step = str | Callable[[Desk], Awaitable[object]]


@dataclass(frozen=True)
class Scene:
    """A screen: its name, the way there from Today, and the numbers of telephones that it must show.

    ``logical``: it is looked at in logical mode too. ``fill``: what the database holds.
    """

    name: str
    steps: tuple[Step, ...] = ()
    phones: tuple[str, ...] = ()
    logical: bool = False
    fill: Callable[[Crm], Any] | None = fill


async def ask_of_five(one: Desk) -> None:
    """A picker; none of the screens that are built opens one."""
    options = [
        Option(1, "ق", "قیمت و پیش‌فاکتور", t("{n} found", n=3)),
        Option(2, "f", "خرابی (E1 تا E9)"),
        Option(3, "3", "delivery date"),
    ]
    await one.app.push_screen(Picker(t("search"), options))
    await one.rest()


async def ring(one: Desk, *, answered: bool = False) -> None:
    """Reza is on the telephone."""
    states: Sequence[telephone.Event] = ("ring", "answer") if answered else ("ring",)
    for state in states:
        telephone.event(one.crm, state, call_id="c1", number="09350002345", agent="sara", source="pbx")
        await one.app.bar.phone.heard()
        await one.rest()


async def later(one: Desk) -> None:
    """Five minutes later: what is listed by its age keeps its order."""
    assert isinstance(one.app.clock, FrozenClock)
    one.app.clock.advance(300)


async def which_reads(one: Desk) -> None:
    await modes.ask(one.app)
    await one.rest()


LINE: Final = Typed("لیست قیمت P40 (۳ عدد) رفت، «فوری» /پنجشنبه ۱۰ /th #شمال")
FIELDS: Final = (
    Typed("نازنین می‌رعمادی (مدیر)"),
    Typed("شرکت ABC (سهامی عام)"),
    Typed("۰۹۱۲ ۵۵۵ ۶۶۷۷، دفتر: 021 8877 6655"),
    Typed("nazanin@abc.example"),
    Typed("vip، شمال"),
    Typed("طبقه=۳; born=1 May"),
)
TO_LEILA: Final[tuple[Step, ...]] = ("2", "slash", Typed("لیلا"), "enter")
SCENES: Final = (
    Scene("today", phones=("۰۹۱۲ ۱۲۳ ۴۵۶۷", "۰۹۳۶ ۱۱۱ ۲۲۳۳"), logical=True),
    Scene("outcome", ("n",)),
    Scene("contacts", ("2",), ("۰۹۱۲ ۱۲۳ ۴۵۶۷", "+۴۴ ۲۰ ۷۹۴۶ ۰۹۹۱", "۰۲۱ ۴۴۵۵ ۶۶۷۷"), logical=True),
    Scene("search", ("2", "slash", Typed("کریمی پمپ")), ("۰۹۱۲ ۱۲۳ ۴۵۶۷",)),
    Scene("search-number", ("2", "slash", Typed("۴۵۶۷")), ("۰۹۱۲ ۱۲۳ ۴۵۶۷",)),
    Scene("search-empty", ("2", "slash", Typed("هیچ‌کس"))),
    Scene("calls", ("3",)),
    Scene("calls-empty", ("3",), fill=people),
    Scene("followups", ("4",)),
    Scene("tickets", ("5",)),
    Scene("kpis", ("6",)),
    Scene("card", (*TO_LEILA, "enter"), ("۰۹۱۲ ۱۲۳ ۴۵۶۷", "۰۲۱ ۸۸۷۷ ۶۶۵۵"), logical=True),
    Scene("bar-who", ("l", "backspace", Typed("کری")), ("۰۹۱۲ ۱۲۳ ۴۵۶۷",), logical=True),
    Scene("bar-line", ("l", LINE, *["right"] * 9), logical=True),
    Scene("bar-sign", ("l", "slash")),
    Scene("bar-saved", ("l", LINE, "enter")),
    Scene("bar-stopped", ("l", Typed("فردا زنگ می‌زند /zz"), "enter")),
    Scene("bar-refused", ("l", Typed("درست شد، ممنون /x12"), "enter")),
    Scene("ringing", (ring,)),
    Scene("running", (partial(ring, answered=True), Typed("قیمت خواست"))),
    Scene("help", ("question_mark",), logical=True),
    Scene("help-search", ("question_mark", "slash", Typed("مخاطب"))),
    Scene("palette", ("ctrl+p", Typed("ثب"))),
    Scene("menu", ("full_stop",), logical=True),
    Scene("history", ("full_stop", "h"), logical=True),
    Scene("form", ("2", "a", *(step for text in FIELDS for step in (text, "tab")), "shift+tab")),
    Scene("form-edit", (*TO_LEILA, "e"), logical=True),
    Scene("form-refused", ("2", "a", "ctrl+s")),
    Scene("call-form", ("3", "e", Typed("/v =4 یادداشت (تازه)"))),
    Scene("picker", (ask_of_five,)),
    Scene(
        "drafts",
        ("l", Typed("قیمت P40 را"), "escape", later, "down", "l", Typed("بعداً"), "escape", "full_stop", "D"),
    ),
    Scene("confirm", (*TO_LEILA, "delete"), ("۰۹۱۲ ۱۲۳ ۴۵۶۷",), logical=True),
    Scene("first-run", fill=None),
    Scene("import-path", ("i", Typed("people.csv")), fill=None),
    Scene("import-rows", (imports.look_at_people,), ("۰۹۱۲ ۵۵۵ ۶۶۷۷",), logical=True),
    Scene("import-columns", (imports.look_at_people, "tab", "tab")),
    Scene("import-holds", (imports.look_at_people, "tab", "tab", "down", "enter")),
    Scene("import-report", (imports.import_with_refusals,)),
    Scene("import-leftover", (imports.ask_about_a_killed_one,)),
    Scene("doubles", (imports.review,), ("۰۹۱۲ ۱۲۳ ۴۵۶۷",), logical=True, fill=imports.with_a_double),
    Scene("doubles-merge", (imports.review, "enter"), fill=imports.with_a_double),
    Scene("which-reads", (which_reads,)),
)
LOOKS: Final[Sequence[tuple[Scene, Mode, tuple[int, int]]]] = [
    (scene, mode, size)
    for scene in SCENES
    for mode in ("visual", "logical")
    for size in (SMALL, WIDE)
    if mode == "visual" or scene.logical
]


def name_of(scene: Scene, mode: Mode, size: tuple[int, int]) -> str:
    return f"{scene.name}.{mode}.{size[0]}x{size[1]}"


async def go(one: Desk, steps: Sequence[Step]) -> None:
    for step in steps:
        if callable(step):
            await step(one)
        elif isinstance(step, Typed):
            for place, char in enumerate(step):
                event = events.Key(_character_to_key(char), char)
                event.time = 100.0 + place / 1000
                one.app.post_message(event)
            await one.rest()
        else:
            await one.press(step)


# what is wider says nothing more of a terminal that orders by itself: that is for the long run
@pytest.mark.parametrize(
    ("scene", "mode", "size"),
    [
        pytest.param(
            *look,
            id=name_of(*look),
            marks=[pytest.mark.long] if look[1:] == ("logical", WIDE) and not pictures.WRITING else [],
        )
        for look in LOOKS
    ],
)
async def test_a_persian_screen(tmp_path: Path, scene: Scene, mode: Mode, size: tuple[int, int]) -> None:
    async with persian_desk(tmp_path, mode=mode, size=size, fill=scene.fill) as one:
        await go(one, scene.steps)
        picture = Picture(one.app)
        pictures.compare(name_of(scene, mode, size), picture)
        fills_the_screen(picture, size)
        if mode == "visual":
            has_nothing_to_be_reordered(picture, scene)
            shows_numbers(picture, scene)
            if isinstance(one.app.focused, Input):
                has_its_caret_on_the_right_letter(picture, one.app.focused)
        else:
            has_whole_isolates(picture)
            is_read_as_in_visual_mode(picture, pictures.kept_lines(name_of(scene, "visual", size)))


def test_every_picture_is_looked_at() -> None:
    assert pictures.stale(name_of(*look) for look in LOOKS) == []


# --- what must hold -----------------------------------------------------------------------------------------


def fills_the_screen(picture: Picture, size: tuple[int, int]) -> None:
    """Every line is as wide as the screen, to the cell."""
    assert [cell_len(line) for line in picture.lines] == [size[0]] * size[1]


def has_nothing_to_be_reordered(picture: Picture, scene: Scene) -> None:
    """No mark is sent, and every letter in the form that it has beside its neighbours.

    The question which line reads right shows a line in the other mode: that is what it is about.
    """
    lines = [line for line in picture.lines if scene.name != "which-reads" or RLI not in line]
    for line in lines:
        assert MARKS.isdisjoint(line), line
        bare = [char for char in line if "\u0600" <= char <= "\u06ff" and category(char) == "Lo"]
        assert not bare, (bare, line)


def has_whole_isolates(picture: Picture) -> None:
    """What is opened in a line is closed in it, and nothing else."""
    for line in picture.lines:
        depth = 0
        for char in line:
            depth += (char in (LRI, RLI)) - (char == PDI)
            assert depth >= 0, line
        assert depth == 0, line


def is_read_as_in_visual_mode(picture: Picture, visual_lines: Sequence[str]) -> None:
    """A terminal that follows Unicode, and takes every line for a left-to-right one, shows the same letters."""
    for line, wanted in zip(picture.lines, visual_lines, strict=True):
        ordered = "".join(char for char in visual(line, "ltr")[0] if char not in MARKS)
        assert _letters(ordered) == _letters(wanted), line


def _letters(line: str) -> str:
    """Letters as one types them, without marks over them."""
    return "".join(char for char in normalize("NFKC", line) if category(char) != "Mn")


_DIGITS: Final = re.compile(r"[0-9]+")
WRITTEN: Final = " ".join(
    [
        *(line for *_, line in BEFORE),
        *(str(one) for one in PEOPLE),
        *FIELDS,
        LINE,
        "/zz /x12 /v =4 E1 E9",
        "0912 345 6789, 021 8877 6655",
    ]
)
"""What people have typed, and in the last line what a hint says that they may type: its digits stay."""
KEYS_AND_TOKENS: Final = frozenset({"help", "help-search", "bar-sign", "palette", "picker", "which-reads"})
"""Where keys and what can be typed are listed, in the digits of the key caps."""


def shows_numbers(picture: Picture, scene: Scene) -> None:
    """Numbers of telephones stand in their own order, and what the program counts is in Persian digits."""
    screen = "\n".join(picture.lines)
    for phone in scene.phones:
        assert phone in screen, phone
    for phone in ("۰۹۱۲ ۱۲۳ ۴۵۶۷", "۰۲۱ ۸۸۷۷ ۶۶۵۵", "۰۹۳۶ ۱۱۱ ۲۲۳۳"):
        assert phone[::-1] not in screen
        assert " ".join(phone.split()[::-1]) not in screen
    if scene.name not in KEYS_AND_TOKENS:
        # the first line has the keys of the places
        for line in picture.lines[1:]:
            strange = [digits for digits in _DIGITS.findall(line) if digits not in WRITTEN]
            assert not strange, (strange, line)


def has_its_caret_on_the_right_letter(picture: Picture, field: Input) -> None:
    """The cell where the terminal has its cursor shows the letter that the next one goes before."""
    assert picture.caret is not None
    shown = picture.cell(picture.caret)
    if field.cursor_position < len(field.value):
        letter = field.value[field.cursor_position]
        assert shown[:1] in (normalize("NFKC", letter), mirror(letter)), (shown, letter)
    elif not field.value:
        assert shown.strip(), "it stands on the hint's first letter"
    else:
        assert shown == " ", "it stands behind the last letter"
    assert has_cursor(field, picture.caret), "and it is painted there"


def has_cursor(field: Input, at: Offset) -> bool:
    """Whether the cell is painted as the cursor."""
    style = field.get_component_rich_style("input--cursor")
    x = 0
    for segment in field.app.screen._compositor.render_strips()[at.y]:
        for char in segment.text:
            if x == at.x and cell_len(char):
                worn = segment.style
                return worn is not None and (worn.bgcolor, worn.reverse) == (style.bgcolor, style.reverse)
            x += cell_len(char)
    return False
