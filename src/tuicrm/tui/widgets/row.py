"""Widgets side by side in the order of reading: in a Persian interface the first one stands at the right."""

from __future__ import annotations

from typing import Final

from textual.containers import Container
from textual.geometry import Size
from textual.layout import ArrangeResult, Layout
from textual.layouts.horizontal import HorizontalLayout
from textual.widget import Widget

from tuicrm.tui import order


class FromTheRight(HorizontalLayout):
    """The first child stands at the right edge, the next one left of it."""

    name = "horizontal"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        placed = super().arrange(parent, children, size, greedy)
        return [
            one._replace(
                region=one.region.reset_offset.translate((size.width - one.region.right, one.region.y))
            )
            for one in placed
        ]


_FROM_THE_RIGHT: Final = FromTheRight()


class Sided(Container):
    """A container whose horizontal layout follows the direction of reading."""

    @property
    def layout(self) -> Layout:
        layout = super().layout
        return _FROM_THE_RIGHT if layout.name == "horizontal" and order.mirrored() else layout


class Row(Sided):
    """Side by side, as high as the styles say."""
