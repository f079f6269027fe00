"""A dialog lies over the bottom of the screen, like the log bar; what is above stays as it is and readable.

Nothing is dimmed: repainting the whole screen would cost 100 kB over SSH. Each closes by a letter or Enter as
well as by Esc, which plain terminals deliver a tenth of a second late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.filter import LineFilter
from textual.screen import ModalScreen
from textual.widget import Widget

from tuicrm.tui import keymap, manner
from tuicrm.tui.compositor import TellingCompositor
from tuicrm.tui.frames import Framed
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.order import Ordered
from tuicrm.tui.widgets.footer import Footer
from tuicrm.tui.widgets.safe import Rule

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

R = TypeVar("R")


class Dialog(Framed, ModalScreen[R], inherit_bindings=False):
    """A subclass sets ``scope`` and ``BINDINGS``, and yields its widgets from ``rows``.

    ``title`` (a method) stands in the rule above. The result of ``dismiss`` goes to who pushed it.
    """

    scope: str = ""
    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = TellingCompositor()

    def heading(self) -> Content:
        """What stands in the rule at the top."""
        raise NotImplementedError

    def rows(self) -> Iterable[Widget]:
        """The dialog's own widgets, from top to bottom."""
        raise NotImplementedError

    def live_keys(self) -> Sequence[FooterKey]:
        """What the footer shows while the dialog is open."""
        return keymap.footer_keys(self.scope)

    @property
    def crm_app(self) -> CrmApp:
        """The app, with its type."""
        return cast("CrmApp", self.app)

    def get_line_filters(self) -> Sequence[LineFilter]:
        # its own lines are those of the screen beneath, which are in order already
        return [one for one in super().get_line_filters() if not isinstance(one, Ordered)]

    def compose(self) -> ComposeResult:
        yield DialogBox(Rule(self.heading()), *self.rows(), *spoken_line(), Footer())

    def action_leave(self) -> None:
        self.dismiss(None)


def spoken_line() -> Iterable[Widget]:
    """The line that says what the cursor is on, for screen readers."""
    if not manner.plain():
        return ()
    from tuicrm.tui.plain import Spoken

    return (Spoken(classes="spoken"),)


class DialogBox(Widget):
    """The part of the screen a dialog covers: full width, as high as it needs."""
