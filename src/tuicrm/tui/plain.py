"""For screen readers: what the cursor is on, said in words in a line of its own.

That lines go out without signs that only look is done by ``order.Undecorated``; what a sign means beside that is said
by the widget that shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.geometry import Offset
from textual.widget import Widget

from tuicrm.i18n import t
from tuicrm.tui import rows, text
from tuicrm.tui.rows import Column
from tuicrm.tui.widgets.safe import Words


class Spoken(Words):
    """The line that says what the cursor is on. In each dialog one, and one in the shell."""


def say_row(
    widget: Widget, columns: Sequence[Column], shown: Sequence[Any], at: int, line: int | None = None
) -> None:
    """Says the row at ``at`` of those that are shown: its cells in their order, which of how many it is.

    ``line``: where it stands in the widget that has the focus, counted from its first one. The terminal's cursor is put
    at its beginning, for screen readers follow that.
    """
    cells = [cell for column in columns if (cell := column.cell(shown[at])).text]
    which = text.phrase(t("{n} of {all}", n=at + 1, all=len(shown)))
    said = text.join((*map(rows.said, cells), which), t(", "))
    for spoken in widget.screen.query(Spoken):
        spoken.set(text.join((text.blank(1), said)))
    region = widget.content_region
    if line is not None and widget.has_focus and region:
        widget.app.cursor_position = Offset(region.x, region.y + max(0, line))
