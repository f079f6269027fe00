"""For screen readers: what the cursor is on, said in words in a line of its own.

That lines go out without signs that only look is done by ``order.Undecorated``; what a sign means beside that is said
by the widget that shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.geometry import Offset
from textual.widget import Widget

from tuicrm.i18n import Phrase, t
from tuicrm.tui import rows, text
from tuicrm.tui.rows import Column
from tuicrm.tui.widgets.safe import Words


class Spoken(Words):
    """The line that says what the cursor is on. In each dialog one, and one in the shell."""


def say_row(
    widget: Widget,
    columns: Sequence[Column],
    shown: Sequence[Any],
    at: int,
    line: int | None = None,
    *,
    ends: tuple[bool, bool] = (True, True),
) -> None:
    """Says the row at ``at`` of those that are shown: its cells in their order, which of how many it is.

    ``line``: where it stands in the widget that has the focus, counted from its first one. The terminal's cursor is put
    at its beginning, for screen readers follow that. ``ends``: whether the first and the last of all are among
    ``shown``; of a longer list only what is known is said.
    """
    cells = [cell for column in columns if (cell := column.cell(shown[at])).text]
    which = text.phrase(_which(at, len(shown), ends))
    said = text.join((*map(rows.said, cells), *([which] if which.plain else [])), t(", "))
    for spoken in widget.screen.query(Spoken):
        spoken.set(text.join((text.blank(1), said)))
    region = widget.content_region
    if line is not None and widget.has_focus and region:
        widget.app.cursor_position = Offset(region.x, region.y + max(0, line))


def _which(at: int, shown: int, ends: tuple[bool, bool]) -> Phrase:
    """``3 of 12``, ``3 of more than 100``, ``the last``, ``the last but 4``; nothing in the midst of a long list."""
    if all(ends):
        return t("{n} of {all}", n=at + 1, all=shown)
    if ends[0]:
        return t("{n} of more than {all}", n=at + 1, all=shown)
    if not ends[1]:
        return Phrase()
    behind = shown - 1 - at
    return t("the last but {n}", n=behind) if behind else t("the last")
