"""List and card: side by side from 110 columns, below each other from 20 rows, else the list alone."""

from __future__ import annotations

from tuicrm.tui.widgets.row import Sided


class Split(Sided):
    """Two children: one with the class ``list-side``, one with ``card-side``; the stylesheet does it."""

    @property
    def has_card(self) -> bool:
        """Whether there is room for the card now; without it ``Enter`` opens one."""
        return any(child.display and child.has_class("card-side") for child in self.children)
