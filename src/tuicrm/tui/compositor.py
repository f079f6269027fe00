"""Textual's compositor, telling every widget of its size.

Textual compares a new layout with the last one to find whom to send ``Show`` and ``Resize``. When somebody asks for
a widget's size between its mounting and that layout, the last one is made anew with the widget in it: no difference
is found, and nobody tells the widget. A list then believes that it has one line, and repaints no other.
"""

from __future__ import annotations

from textual._compositor import Compositor, ReflowResult
from textual.geometry import Size
from textual.widget import Widget


class TellingCompositor(Compositor):
    """Remembers itself what it has told."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[Widget, Size] = {}

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        hidden, shown, resized = super().reflow(parent, size)
        now = {widget: geometry.region.size for widget, geometry in self._full_map.items()}
        shown |= now.keys() - self._told.keys()
        resized |= {widget for widget, size in now.items() if self._told.get(widget, size) != size}
        self._told = now
        return ReflowResult(hidden, shown, resized)

    def clear(self) -> None:
        super().clear()
        self._told.clear()
