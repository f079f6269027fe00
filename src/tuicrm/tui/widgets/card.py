"""The card of one contact: a pane beside or beneath a list, or a view of its own.

Painted line by line, so that another person's card costs only the lines that differ. A low pane shows the
card in brief; from ``FULL_FROM`` lines on it shows everything and scrolls. While it has the focus one thing on it is
lit, and Enter opens that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from tuicrm.domain.models import Card
from tuicrm.i18n import Phrase, nt
from tuicrm.tui import keymap, manner, text
from tuicrm.tui.order import mirrored
from tuicrm.tui.widgets import card_brief, card_lines
from tuicrm.tui.widgets.card_cursor import CardCursor
from tuicrm.tui.widgets.card_facts import Opens
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.record_list import RIGHT

FULL_FROM: Final = 14
"""Lines from which the whole card is shown, to be scrolled, and not only what helps most."""
NOTHING: Final = Phrase("")
MARGIN: Final = 1
"""Empty cells at the left of each line."""
WHEEL: Final = 3


def _more(below: int) -> Content:
    """``↓ 12``, in words for a screen reader."""
    if manner.plain():
        return text.phrase(nt("{n} line more", "{n} lines more", below), style="dim")
    return text.number(f"↓ {below}", style="dim")


def _told_more(last: Content, below: int, width: int, *, kept: bool) -> Content:
    """The last line with how many there are below; without room for both it is below as well, unless ``kept``."""
    more = _more(below)
    if not kept and last.cell_length + 2 + more.cell_length > width:
        last, more = text.blank(0), _more(below + 1)
    return text.beside(last, more, width)


def _plain_rule(width: int, *, shown: bool) -> Content:
    """The line above what has no title; nothing above nothing."""
    return text.show("─" * width, style="dim") if shown else text.blank(width)


def _begins(width: int, y: int, cells: int) -> Region:
    """The first ``cells`` of a line of ``width``, at the side where lines begin.

    One more, for Textual cuts off the mark that closes an isolate when it stands right at the edge.
    """
    cells = min(cells + 1, width)
    return Region(width - cells if mirrored() else 0, y, cells, 1)


class CardPane(Widget, can_focus=True):
    """Shows a ``Card``, its title in a rule on the first line. ``always_full``: never in brief."""

    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("card")
    ALLOW_SELECT = False

    class Opened(Message):
        """Enter, or a second click, on something of the card."""

        def __init__(self, opens: Opens) -> None:
            super().__init__()
            self.opens = opens

    def __init__(
        self, *, always_full: bool = False, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._always_full = always_full
        self._card: Card | None = None
        self._scene: Scene | None = None
        self._title: Content = text.blank(0)
        self._empty: Content = text.blank(0)
        self._lines: list[Content] = []
        self._cursor = CardCursor()
        self._sought: tuple[str, ...] = ()
        self._top = 0
        self._strips: list[Strip] = []
        self._widths: list[int] = []
        self._ruled = False

    # --- what it shows --------------------------------------------------------------------------------------

    @property
    def card(self) -> Card | None:
        """The card shown now."""
        return self._card

    @property
    def is_full(self) -> bool:
        """Whether the whole card is shown."""
        return self._always_full or self.size.height - 1 >= FULL_FROM

    @property
    def shown(self) -> Sequence[str]:
        """The lines on the screen as plain text, the title's rule first."""
        return [line.plain for line in self._visible()]

    def show_card(self, card: Card | None, scene: Scene, *, empty: Phrase = NOTHING) -> None:
        """Shows a card, or none with the sentence ``empty`` (from ``i18n``). Another person starts at the top."""
        old, new = self._card, card
        if (old and old.contact.id) != (new and new.contact.id):
            self._top = 0
            self._cursor.put_out()
        self._card, self._scene = card, scene
        self._empty = text.phrase(empty, style="dim")
        self._title = card_lines.title(card.contact, scene) if card else text.blank(0)
        self._lay_out()

    def show_lines(self, title: Content, lines: Sequence[Content], *, keep: bool = False) -> None:
        """Shows lines that are no contact's card, from the first on; ``keep``: they stay scrolled."""
        self._card = self._scene = None
        self._title, self._lines, self._top = title, list(lines), self._top if keep else 0
        self._cursor.begin(())
        self._paint()

    def seek(self, sought: Sequence[str]) -> None:
        """Shows only what of the timeline has all these folded words."""
        if self._sought != tuple(sought):
            self._sought, self._top = tuple(sought), 0
            self._cursor.put_out()
            self._lay_out()

    @property
    def lit(self) -> Opens | None:
        """What Enter opens now."""
        return self._cursor.opens

    def _lay_out(self) -> None:
        card, scene, width = self._card, self._scene, self.size.width - 2 * MARGIN
        self.can_focus = self.is_full
        if width <= 0:
            return
        if card is None or scene is None:
            self._lines = [self._empty] if self._empty.plain else self._lines if scene is None else []
            self._cursor.begin(())
        elif self.is_full:
            whole = card_lines.whole(card, scene, width, self._sought)
            self._lines = [line.content for line in whole]
            self._cursor.begin([line.opens for line in whole])
        else:
            self._lines = card_brief.brief(card, scene, width, self.size.height - 1)
        self._paint()

    def _visible(self) -> list[Content]:
        room = max(0, self.size.height - 1)
        self._top = max(0, min(self._top, len(self._lines) - room))
        body = self._lines[self._top : self._top + room]
        width = self.size.width
        title = text.rule(self._title, width) if self._title.plain else _plain_rule(width, shown=bool(body))
        below = len(self._lines) - self._top - len(body)
        if below and body and self.is_full:
            kept = self._is_lit(self._top + len(body) - 1)
            body[-1] = _told_more(body[-1], below, max(1, width - 2 * MARGIN), kept=kept)
        return [title, *(self._with_margin(at, line) for at, line in enumerate(body, self._top))]

    def _with_margin(self, at: int, line: Content) -> Content:
        """The line behind the margin, in which the bar of what is lit stands."""
        if not self._is_lit(at):
            return text.join((text.blank(MARGIN), line))
        return text.join((text.show("▌", style="accent"), line.stylize("bold")))

    def _is_lit(self, at: int) -> bool:
        return self.has_focus and at in self._cursor.lines

    def _paint(self) -> None:
        """Makes the strips anew and repaints the lines that differ, as far as either has text."""
        if not self.is_attached or not self.size:
            return
        before, widths = self._strips, self._widths
        lines = self._visible()
        self._strips = [self._strip(line) for line in lines]
        self._widths = [min(line.cell_length, self.size.width) for line in lines]
        # behind the title the rule is the same for everybody who has one
        self._widths[0] = min(self._title.cell_length + 3, self.size.width)
        ruled, was_ruled = bool(lines[0].plain.strip()), self._ruled
        self._ruled = ruled
        if not before:
            self.refresh()
            return
        regions = [
            _begins(self.size.width, y, max(*widths[y : y + 1], *self._widths[y : y + 1], 1))
            for y in range(max(len(before), len(self._strips)))
            if before[y : y + 1] != self._strips[y : y + 1]
        ]
        if ruled != was_ruled:
            regions.append(Region(0, 0, self.size.width, 1))
        if regions:
            self.refresh(*regions)

    def _strip(self, line: Content) -> Strip:
        width = self.size.width
        strips = Visual.to_strips(self, text.cut(line, width), width, 1, self.visual_style, pad=True)
        return strips[0] if strips else Strip.blank(width, self.rich_style)

    def render_line(self, y: int) -> Strip:
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.rich_style)

    def on_resize(self) -> None:
        self._strips = []
        self._lay_out()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips = []
        if self.is_attached and self.size:
            self._paint()

    # --- scrolling ------------------------------------------------------------------------------------------

    def scroll_lines(self, lines: int) -> bool:
        """Moves the view by so many lines; False when it is at that end already."""
        old = self._top
        self._top += lines
        self._paint()
        return self._top != old

    @property
    def _page(self) -> int:
        return max(1, self.size.height - 2)

    def action_down(self) -> None:
        self._go(1)

    def action_up(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        """To the next thing that opens, as far as it is in view or near; else a line on."""
        ahead = self._cursor.ahead(step, self._top)
        room = max(1, self.size.height - 1)
        if ahead is None or not self._top - room <= ahead < self._top + 2 * room:
            self.scroll_lines(step)
            return
        self._light(ahead)

    def _light(self, at: int) -> None:
        """Lights the thing of that line, and brings it into view."""
        thing = self._cursor.light(at)
        room = max(1, self.size.height - 1)
        self._top = min(max(self._top, thing.stop - room), thing.start)
        self._paint()

    def _light_in_view(self) -> None:
        """After a jump: the first thing that is in view."""
        if self._cursor.come_into(range(self._top, self._top + self.size.height - 1)):
            self._paint()

    def action_page_down(self) -> None:
        self.scroll_lines(self._page)
        self._light_in_view()

    def action_page_up(self) -> None:
        self.scroll_lines(-self._page)
        self._light_in_view()

    def action_first(self) -> None:
        self.scroll_lines(-len(self._lines))
        self._light_in_view()

    def action_last(self) -> None:
        self.scroll_lines(len(self._lines))
        self._light_in_view()

    def action_open(self) -> None:
        if (lit := self.lit) is not None:
            self.post_message(self.Opened(lit))
        else:
            self._go(1)

    def on_focus(self) -> None:
        self._paint()

    def on_blur(self) -> None:
        self._paint()

    def on_click(self, event: events.Click) -> None:
        """Lights what was clicked; a second click opens it. The right button is the place's, for its menu."""
        if event.button == RIGHT:
            return
        at = self._top + event.y - 1
        if event.y < 1 or self._cursor.opens_at(at) is None or not self.is_full:
            return
        event.stop()
        again = self._is_lit(at)
        self.focus()
        self._light(at)
        if again or event.chain > 1:
            self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-WHEEL)
