"""What a terminal shows that is too small to work in."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.geometry import Size
from textual.strip import Strip

from tuicrm.i18n import t
from tuicrm.tui import text


def notice(app: App[None], size: Size, least: Size) -> list[Strip]:
    """A sentence with both sizes, in lines of ``size``."""
    wide, high = f"{least.width}x{least.height}", f"{size.width}x{size.height}"
    said = t("Too small: {size}. tuicrm needs {least}; nothing is lost.", size=high, least=wide)
    style = app.screen.rich_style
    lines = [line.plain for line in text.phrases(said, max(1, size.width))]
    strips = []
    for y in range(size.height):
        strip = Strip([Segment(lines[y] if y < len(lines) else "", style)])
        strip = strip.adjust_cell_length(size.width, style)
        for one in app.get_line_filters():
            strip = strip.apply_filter(one, Color.parse("black"))
        strips.append(strip)
    return strips
