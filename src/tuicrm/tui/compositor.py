"""Textual's compositor, telling every widget of its size, and the person of one too small to work in.

Textual compares a new layout with the last one to find whom to send ``Show`` and ``Resize``. When somebody asks for
a widget's size between its mounting and that layout, the last one is made anew with the widget in it: no difference
is found, and nobody tells the widget. A list then believes that it has one line, and repaints no other.

Textual also renders every widget between the first and the last thing that changed. A search line at the top and the
footer at the bottom are then the whole screen, at every key; here only lines in which something changed are rendered,
and of what holds others only what is seen between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate, ReflowResult
from textual._context import active_app
from textual.geometry import Region, Size
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.strip import Strip

LEAST: Final = Size(40, 10)
"""Columns and rows that are needed; with fewer a sentence says so, and all waits behind it as it was."""


class TellingCompositor(Compositor):
    """Remembers itself what it has told."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[Widget, Size] = {}
        self._spots: tuple[Region, ...] = ()
        """What changed, while a part of the screen is rendered."""

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        hidden, shown, resized = super().reflow(parent, size)
        now = {widget: geometry.region.size for widget, geometry in self._full_map.items()}
        shown |= now.keys() - self._told.keys()
        resized |= {widget for widget, size in now.items() if self._told.get(widget, size) != size}
        self._told = now
        return ReflowResult(hidden, shown, resized)

    # --- a part of the screen -------------------------------------------------------------------------------

    def render_partial_update(self) -> ChopsUpdate | None:
        self._spots = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._spots = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not self._spots:
            yield from super()._get_renders(crop)
            return
        left = list(self._spots)
        # those in front come first
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            touched = [seen.intersection(spot) for spot in left if seen.overlaps(spot)]
            if touched:
                left = [rest for spot in left for rest in without(spot, seen)]
                top = min(part.y for part in touched)
                lines = Region(seen.x, top, seen.width, max(part.bottom for part in touched) - top)
                yield region, lines, widget.render_lines(lines.translate(-region.offset))

    # --- too small ------------------------------------------------------------------------------------------

    @property
    def too_small(self) -> bool:
        """Whether there is no room to work in; keys still act, and what is typed is typed."""
        return self.size.width < LEAST.width or self.size.height < LEAST.height

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> Any:
        if not self.too_small:
            return super().render_update(full, screen_stack, simplify)
        self._dirty_regions.clear()
        return LayoutUpdate([[strip] for strip in self._notice(self.size)], self.size.region)

    def render_strips(self, size: Size | None = None) -> list[Strip]:
        return self._notice(size or self.size) if self.too_small else super().render_strips(size)

    def _notice(self, size: Size) -> list[Strip]:
        """The sentence, on as many lines as it needs, as far as there is room."""
        # hardly ever
        from tuicrm.tui.small import notice

        return notice(active_app.get(), size, LEAST)

    def clear(self) -> None:
        super().clear()
        self._told.clear()


def without(region: Region, taken: Region) -> list[Region]:
    """What is left of a region where another one lies over it: up to four parts round that."""
    both = region.intersection(taken)
    if not both:
        return [region]
    parts = (
        Region(region.x, region.y, region.width, both.y - region.y),
        Region(region.x, both.bottom, region.width, region.bottom - both.bottom),
        Region(region.x, both.y, both.x - region.x, both.height),
        Region(both.right, both.y, region.right - both.right, both.height),
    )
    return [part for part in parts if part]
