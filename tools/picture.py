"""``python -m tools.picture``: the README's pictures, drawn from the demo as it runs.

The app runs on a made-up office at a moment that stands still, keys are pressed, and the cells of the screen are
written down as SVG: text stays text, so the files are small and a change of the program shows as a change of lines.
A test draws them anew and compares.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
NOW: Final = datetime.fromisoformat("2026-11-22T09:31:00+03:30")
ZONE: Final = "Asia/Tehran"
SIZE: Final = (92, 26)
CELL: Final = (8.4, 18)
"""Width and height of a cell, in units of the picture."""
KEYS: Final = ("down", "down", "l")
LINES: Final = {
    "en": "price list sent, wants 3 /thu 10 /th",
    "fa": "لیست قیمت فرستاده شد، ۳ عدد می‌خواهد /thu 10 /th",
}
FONTS: Final = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"

LETTER: Final = "[\u0590-\u05ff\u0620-\u065f\u0670-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
PIECE: Final = re.compile(
    rf"(?P<turned>{LETTER}+(?: {LETTER}+)*)|(?:(?!{LETTER})\S)+(?: (?:(?!{LETTER})\S)+)*"
)
"""What is drawn as one text: words with one space between. The cells have their order already, and viewers turn
right-to-left letters again: those are handed over turned, in pieces of nothing else."""

Run = tuple[int, int, str, Style]
"""Cells that look alike: column, width in cells, text, style."""


def file_of(language: str) -> Path:
    """Where the picture in that language is kept."""
    return FOLDER / f"today-{language}.svg"


async def draw(language: str) -> str:
    """The picture of Today in one language, a call being written down over it; the process speaks it from then on."""
    from tuicrm import i18n
    from tuicrm.tui import text

    i18n.use(language, isolate=True)
    text.use("visual")
    with tempfile.TemporaryDirectory() as folder:
        return svg(await _screen(Path(folder), language))


async def _screen(folder: Path, language: str) -> list[list[Segment]]:
    from tuicrm.domain.clock import FrozenClock
    from tuicrm.services.context import open_crm
    from tuicrm.services.demo import fill
    from tuicrm.settings import Settings
    from tuicrm.tui.app import CrmApp

    clock = FrozenClock(NOW)
    settings = Settings(
        database=str(folder / "demo.db"), agent="lena", zone=ZONE, region="IR", file=folder / "settings.toml"
    )
    crm = open_crm(settings, via="tui", clock=clock)
    fill(crm)
    crm.close()
    app = CrmApp(lambda: open_crm(settings, via="tui", clock=clock), settings, clock=clock)
    async with app.run_test(size=SIZE) as pilot:
        await app.bridge.crm()
        await app.workers.wait_for_complete()
        for key in (*KEYS, *LINES[language]):
            await pilot.press("space" if key == " " else key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        return [list(strip) for strip in app.screen._compositor.render_strips()]


# --- cells to SVG -------------------------------------------------------------------------------------------


def svg(lines: Sequence[Sequence[Segment]]) -> str:
    """The cells as SVG 1.1: a rectangle where the ground differs, texts without gaps where something stands."""
    wide, high = SIZE[0] * CELL[0], SIZE[1] * CELL[1]
    ground = _colour(lines[0][0].style, "bgcolor", "#000000")
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}"'
        f' font-family="{FONTS}" font-size="14">',
        f'<rect width="{wide:g}" height="{high:g}" rx="6" fill="{ground}"/>',
    ]
    for row, line in enumerate(lines):
        for run in _runs(line):
            out.extend(_drawn(row, run, ground))
    return "\n".join([*out, "</svg>", ""])


def _runs(line: Sequence[Segment]) -> Iterator[Run]:
    """The line in runs of one look."""
    column = 0
    start, said, look = 0, "", Style.null()
    for segment in line:
        style = segment.style or Style.null()
        if _look(style) != _look(look) and said:
            yield start, column - start, said, look
            start, said = column, ""
        look, said = style, said + segment.text
        column += cell_len(segment.text)
    if said:
        yield start, column - start, said, look


def _look(style: Style) -> tuple[object, ...]:
    return (
        style.color,
        style.bgcolor,
        bool(style.bold),
        bool(style.underline),
        bool(style.reverse),
        bool(style.dim),
    )


def _drawn(row: int, run: Run, ground: str) -> Iterator[str]:
    column, width, said, style = run
    front, back = _colour(style, "color", "#d0d0d0"), _colour(style, "bgcolor", ground)
    if style.reverse:
        front, back = back, front
    y = row * CELL[1]
    if back != ground:
        x, wide = column * CELL[0], width * CELL[0]
        yield f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{CELL[1]:g}" fill="{back}"/>'
    weight = ' font-weight="bold"' if style.bold else ""
    for piece in PIECE.finditer(said):
        text = piece[0]
        x = (column + cell_len(said[: piece.start()])) * CELL[0]
        yield (
            f'<text x="{x:g}" y="{y + CELL[1] * 0.75:g}" textLength="{cell_len(text) * CELL[0]:g}"'
            f' fill="{front}"{weight}>{escape(text[::-1] if piece["turned"] else text)}</text>'
        )


def _colour(style: Style | None, name: str, default: str) -> str:
    """A colour of a style as ``#rrggbb``."""
    colour = getattr(style, name, None)
    return default if colour is None or colour.is_default else colour.get_truecolor().hex


def main() -> int:
    """Draws all; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.picture", description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of the pictures")
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    for language in LINES:
        file = folder / file_of(language).name
        file.write_text(asyncio.run(draw(language)), encoding="utf-8")
        print(f"{file.name}  {file.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
