"""Themes: what a file may say, what one sees, that all of it can be read, and that nothing hangs on colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from tests.shown_in import shown_in
from tests.tui.apps import running, screen_lines
from tests.tui.desk import Desk, desk
from tests.tui.stillness import settled
from tests.tui.tour import WALKS, walked

from tuicrm.domain.roles import NAMES, ROLES
from tuicrm.services import themes

SHIPPED = sorted(themes.files(None))
TRUE_COLOUR = [name for name in SHIPPED if themes.shipped(name).kind != "ansi"]
"""How ``ansi`` looks, and whether it can be read, is set in the terminal: there is nothing to be measured here."""

NEEDED = 4.5
"""WCAG 2.1, success criterion 1.4.3, level AA: running text."""

CODED = {name: f"#{16 * at:02x}{240 - 12 * at:02x}{64 + 8 * at:02x}" for at, name in enumerate(NAMES)}
"""A colour for each role that no other one has, so that a cell of the screen tells its roles."""


def role_of(colour: str) -> str | None:
    """The role of a colour in a cell; Textual rounds a part by one now and then."""
    for name, coded in CODED.items():
        if all(abs(int(colour[at : at + 2], 16) - int(coded[at : at + 2], 16)) <= 2 for at in (1, 3, 5)):
            return name
    return None


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def in_256(colour: str) -> str:
    """What is sent to a terminal of 256 colours."""
    return RichColor.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


def pieces(one: Desk) -> Iterator[Segment]:
    """All that is to be read on the screen, styles and all."""
    for strip in one.app.screen._compositor.render_strips():
        yield from (piece for piece in strip if piece.text.strip())


def colours_of(piece: Segment) -> tuple[str, str]:
    """Letters and ground of a piece, ``#rrggbb``."""
    style = piece.style
    assert style is not None, piece
    assert style.color is not None, piece
    assert style.bgcolor is not None, piece
    assert not style.dim, f"as dark as the terminal likes: {piece}"
    pair = style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex
    return (pair[1], pair[0]) if style.reverse else pair


# --- shipped and own ----------------------------------------------------------------------------------------


def test_themes_for_all_eyes_and_terminals_are_shipped() -> None:
    wanted = {"ansi", "dark", "light", "contrast-dark", "contrast-light", "colour-blind"}
    assert wanted <= set(SHIPPED)
    assert len(SHIPPED) >= len(wanted) + 2, "two with character"


@pytest.mark.parametrize("name", TRUE_COLOUR)
def test_a_shipped_theme_leaves_nothing_to_be_made_at_the_start(name: str) -> None:
    said = (themes.files(None)[name]).read_text()
    assert all(f"\n{role} = " in said for role in NAMES)


@pytest.mark.parametrize("name", SHIPPED)
async def test_the_program_opens_in_every_theme(tmp_path: Path, name: str) -> None:
    async with running(tmp_path, theme=name) as (app, _):
        assert app.theme == name
        assert "1 Today" in screen_lines(app)[0]
        assert app.native_ansi_color is (name == "ansi")


def test_the_page_tells_every_role() -> None:
    page = Path("docs/themes.md").read_text(encoding="utf-8")
    assert all(f"| `{role.name}` | {role.about} |" in page for role in ROLES)
    assert all(f"`{name}`" in page for name in SHIPPED)


async def test_a_theme_of_one_s_own_wins_over_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "dark.toml").write_text('[colors]\nground = "#000080"\n')
    async with running(tmp_path, theme="dark") as (app, _):
        assert app.theme_trouble is None
        assert app.get_css_variables()["background"].lower() == "#000080"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("what?", "themes/mine.toml"),
        ('[colors]\ndim = "grey"', "colors.dim"),
        ('[colors]\npink = "#ff00ff"', "colors.pink"),
        ('kind = "pink"', "kind"),
        (None, "mine"),
    ],
)
async def test_a_theme_that_cannot_be_used_is_told_and_the_default_is_shown(
    tmp_path: Path, written: str | None, said: str
) -> None:
    if written is not None:
        (tmp_path / "themes").mkdir()
        (tmp_path / "themes" / "mine.toml").write_text(written)
    async with running(tmp_path, theme="mine") as (app, _):
        assert app.theme == "dark"
        assert app.theme_trouble is not None
        assert said in str(app.theme_trouble)


# --- all can be read ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("walk", "language", "size"),
    [
        *((walk, "en", (80, 24)) for walk in WALKS),
        *((walk, "fa", (80, 24)) for walk in ("places", "dialogs", "importing")),
        *((walk, "en", (140, 40)) for walk in ("places", "cards", "records")),
    ],
)
async def test_every_text_of_every_screen_can_be_read_in_every_theme(
    tmp_path: Path, walk: str, language: str, size: tuple[int, int]
) -> None:
    """Each state is painted in a theme whose colours tell the roles of every cell, and of each pair of roles that
    stands there the contrast is taken in all shipped themes, as true colours and as those of 256."""
    folder = tmp_path / "themes"
    folder.mkdir()
    (folder / "coded.toml").write_text(
        "[colors]\n" + "\n".join(f'{role} = "{colour}"' for role, colour in CODED.items())
    )
    seen: dict[tuple[str, str], str] = {}

    async def look(one: Desk, state: str) -> None:
        if one.app.theme != "coded":
            one.app.use_theme("coded")
            await settled(one.pilot)
        for piece in pieces(one):
            letters, ground = map(role_of, colours_of(piece))
            assert letters, f"{state}: the letters are of no role's colour: {piece}"
            assert ground, f"{state}: the ground is of no role's colour: {piece}"
            seen.setdefault((letters, ground), f"{state}: {piece.text.strip()!r}")

    with shown_in(language, isolate=True):
        await walked(tmp_path, walk, look, size=size, theme="coded", language=language)
    assert ("dim", "ground") in seen
    if walk == "searching":
        assert {
            ("caret-text", "caret"),
            ("selection-text", "selection"),
            ("cursor-text", "cursor"),
        } <= seen.keys()
    for name in TRUE_COLOUR:
        palette = themes.shipped(name).colours
        needed = 7.0 if name.startswith("contrast") else NEEDED
        for (letters, ground), where in seen.items():
            one, other = palette[letters], palette[ground]
            told = f"{name}: {letters} on {ground}, {where}"
            assert contrast(one, other) >= needed, told
            assert contrast(in_256(one), in_256(other)) >= NEEDED, f"{told}, in 256 colours"


@pytest.mark.parametrize("name", TRUE_COLOUR)
async def test_what_is_painted_can_be_read(tmp_path: Path, name: str) -> None:
    """The same once more with nothing between: the colours of the cells themselves."""
    async with desk(tmp_path, theme=name) as one:
        for keys in ("", "2", "l", "/", "escape", "ctrl+p"):
            if keys:
                await one.press("slash" if keys == "/" else keys)
            for piece in pieces(one):
                assert contrast(*colours_of(piece)) >= NEEDED, piece


# --- eyes that see other colours ----------------------------------------------------------------------------

SIMULATED: Mapping[str, tuple[tuple[float, float, float], ...]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
"""Severity 1.0 of Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision
Deficiency, IEEE TVCG 15 (6), 2009; applied to linear RGB."""
APART = 20.0
"""CIE 1976 difference: ten times what is just noticed side by side."""


def lab(colour: str, eyes: str) -> tuple[float, float, float]:
    """CIELAB (D65) of a colour as those eyes see it; of sRGB by IEC 61966-2-1."""
    rgb = linear(colour)
    seen = [
        min(1.0, max(0.0, sum(k * part for k, part in zip(row, rgb, strict=True)))) for row in SIMULATED[eyes]
    ]
    xyz = (
        0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2],
        0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2],
        0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2],
    )
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (value / white for value, white in zip(xyz, (0.95047, 1.0, 1.08883), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, eyes: str) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(lab(one, eyes), lab(other, eyes), strict=True)) ** 0.5)


@pytest.mark.parametrize("eyes", SIMULATED)
@pytest.mark.parametrize("name", [name for name in SHIPPED if name.startswith("colour-blind")])
def test_well_late_and_wrong_are_told_apart_without_red_or_green(name: str, eyes: str) -> None:
    colours = themes.shipped(name).colours
    for one, other in (("good", "warn"), ("good", "bad"), ("warn", "bad")):
        assert difference(colours[one], colours[other], eyes) >= APART, (one, other)


def test_the_measure_finds_a_theme_that_cannot_be_told_apart() -> None:
    assert difference("#5f8700", "#af5f00", "deuteranopia") < APART


# --- no colours ---------------------------------------------------------------------------------------------

WORDS = {
    "today": ("▌", "late 31m", "overdue", "1 Today", "high"),
    "today, an outcome was logged": ("no answer", "undo"),
    "open card": ("do not call", "not a valid number", "Timeline"),
    "search, only near names": ("near",),
    "search, nobody": ("Nobody",),
    "bar, refused": ("means nothing here",),
    "a draft was kept": ("1 draft",),
    "ringing": ("rings",),
    "the running call's bar": ("● running",),
    "wrap-up": ("wrap-up",),
    "do not call, asked": ("asked not to be called", "Enter: no."),
    "form, refused": ("needs a name or a number",),
    "form, perhaps known": ("Perhaps known already",),
    "import, no such file": ("no such file",),
    "confirm": ("y yes", "Enter: no."),
    "first run": ("Nobody is in here yet",),
}
"""What somebody must be able to read where others see a colour."""


@pytest.mark.parametrize("walk", WALKS)
async def test_all_is_said_without_colour(tmp_path: Path, walk: str) -> None:
    looked: set[str] = set()

    async def look(one: Desk, state: str) -> None:
        looked.add(state)
        for piece in pieces(one):
            style = piece.style
            assert style is None or style.color is None or style.color.is_default, (state, piece)
            assert style is None or style.bgcolor is None or style.bgcolor.is_default, (state, piece)
        for words in WORDS.get(state, ()):
            assert words in one.screen, f"{state}: {words!r} is not on\n{one.screen}"

    await walked(tmp_path, walk, look, colours="none")
    assert looked


def test_no_state_that_needs_words_was_missed() -> None:
    source = Path(__file__).with_name("tour.py").read_text(encoding="utf-8")
    assert [state for state in WORDS if f'"{state}"' not in source and "bar, " not in state] == []


async def test_caret_and_selection_are_seen_without_colour(tmp_path: Path) -> None:
    async with desk(tmp_path, colours="none") as one:
        await one.press("2", "slash")
        await one.type("karimi")
        await one.press("shift+left", "shift+left")
        line = [
            piece for piece in pieces(one) if piece.style is not None and piece.text in ("m", "i", "k", "kar")
        ]
        carets = [piece.text for piece in line if piece.style is not None and piece.style.reverse]
        selected = [piece.text for piece in line if piece.style is not None and piece.style.underline]
        assert carets == ["m"]
        assert "i" in selected or "mi" in selected


@pytest.mark.parametrize(
    ("colours", "shown"), [("none", "ansi"), ("16", "ansi"), ("256", "light"), ("full", "light")]
)
async def test_a_terminal_of_few_colours_gets_its_own(tmp_path: Path, colours: str, shown: str) -> None:
    async with running(tmp_path, theme="light", colours=colours) as (app, _):  # type: ignore[arg-type]
        assert app.theme == shown
        assert app.no_color is (colours == "none")
        assert app.theme_trouble is None


# --- choosing -----------------------------------------------------------------------------------------------


async def picker(one: Desk) -> None:
    await one.press("ctrl+p")
    await one.type("choose a theme")
    await one.press("enter")


def ground(one: Desk) -> str:
    """The ground of the first line of the screen behind the dialog."""
    first = next(iter(one.app.screen._compositor.render_strips()))
    piece = next(piece for piece in first if piece.text.strip())
    return colours_of(piece)[1]


async def test_the_arrows_show_a_theme_at_once_and_enter_keeps_it(tmp_path: Path) -> None:
    async with desk(tmp_path, theme="dark") as one:
        await picker(one)
        before = ground(one)
        await one.press("down")
        assert one.app.theme == "isfahan"
        assert ground(one) != before
        await one.press("enter")
        assert one.app.theme == "isfahan"
        assert (tmp_path / "settings.toml").read_text() == 'theme = "isfahan"\n'
        assert "isfahan" in one.message


async def test_the_list_of_themes_leaves_no_empty_line(tmp_path: Path) -> None:
    async with desk(tmp_path, theme="dark") as one:
        await picker(one)
        assert "type to narrow the list" in one.lines[-2]


async def test_all_themes_are_seen_at_once_and_so_are_all_choices_of_follow_ups(tmp_path: Path) -> None:
    """Nothing in a picker says that more lines are hidden."""
    async with desk(tmp_path) as one:
        await picker(one)
        assert [name for name in SHIPPED if f"  {name} " not in one.screen] == []
        await one.press("escape", "4", "p")
        assert "all that are open" in one.screen
        assert "done and cancelled" in one.screen


async def test_escape_brings_the_old_theme_back_and_writes_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, theme="dark") as one:
        await picker(one)
        await one.type("light")
        await one.press("down")
        assert one.app.theme != "dark"
        await one.press("escape")
        assert one.app.theme == "dark"
        assert not (tmp_path / "settings.toml").exists()


async def test_a_broken_theme_says_why_and_cannot_be_taken(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "mine.toml").write_text('[colors]\ndim = "grey"\n')
    async with desk(tmp_path, theme="dark") as one:
        await picker(one)
        await one.type("mine")
        assert "colors.dim is grey. Write a colour as #rrggbb." in one.screen
        await one.press("enter")
        assert not (tmp_path / "settings.toml").exists()
        await one.press("escape")
        assert one.app.theme == "dark"
