"""The first line: the six places with the current one, who is on the telephone, drafts, the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tuicrm import shown
from tuicrm.i18n import Phrase, calendar, nt, t
from tuicrm.tui import manner, text
from tuicrm.tui.order import column
from tuicrm.tui.widgets import moments


class Header(Widget):
    """One row. ``places``: name and title of each, in the order of their numbers; ``now`` tells the time."""

    ALLOW_SELECT = False

    class Picked(Message):
        """A place was clicked."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    def __init__(
        self, places: Sequence[tuple[str, str]], now: Callable[[], datetime], *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._places = tuple(places)
        self._now = now
        self._current = ""
        self._live: Content | None = None
        self._drafts = 0
        self._due = 0
        self._ends: list[tuple[int, str]] = []

    def on_mount(self) -> None:
        self._tick()

    def _tick(self) -> None:
        """Repaints on whole minutes only: an idle session sends nothing between."""
        self.refresh()
        if manner.plain():
            # there is no clock: a screen reader would read it out each minute
            return
        now = self._now()
        self.set_timer(60.05 - now.second - now.microsecond / 1e6, self._tick)

    def set_place(self, name: str) -> None:
        """The current place."""
        self._current = name
        self.refresh()

    def set_live(self, live: Content | None) -> None:
        """Who is ringing or talking; None for nobody."""
        self._live = live
        self.refresh()

    def set_drafts(self, count: int) -> None:
        """How many drafts wait elsewhere."""
        if count != self._drafts:
            self._drafts = count
            self.refresh()

    def set_due(self, count: int) -> None:
        """How many follow-ups have rung and still wait."""
        if count != self._due:
            self._due = count
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        for titles, gap, today in self._ways():
            right, left = self._right(today), self._left(titles, gap)
            if left.cell_length + right.cell_length + 1 <= width:
                break
        return text.beside(left, right, width)

    def _ways(self) -> Sequence[tuple[int, int, Phrase | None]]:
        """How many places are named, the gap between them and what is said of the day, the best way first."""
        on, every = self._now().date(), len(self._places)
        weekday = moments.weekday(on)
        # the titles of the places stay longer than the day of the week
        ways = ((every, 2, weekday), (every, 1, weekday), (every, 1, None), (1, 2, weekday), (0, 2, weekday))
        if calendar() != "jalali":
            return ways
        # whoever lives by two calendars is told the day where there is room for it
        whole = moments.full_day(on, on)
        return (every, 2, whole), (every, 1, whole), *ways[:3], (1, 2, whole), *ways[3:]

    def _right(self, today: Phrase | None) -> Content:
        """Who is on the telephone, what has rung, drafts, ``today`` and the time."""
        parts: list[Content] = []
        if self._live is not None:
            parts.append(self._live)
        if self._due:
            parts.append(text.phrase(nt("{n} due", "{n} due", self._due), style="warn"))
        if self._drafts:
            parts.append(text.phrase(nt("{n} draft", "{n} drafts", self._drafts), style="warn"))
        if manner.plain():
            return text.join((text.join(parts, "  "), text.blank(1)))
        clock = text.number(shown.clock(self._now()), style="dim")
        parts.append(text.join((text.phrase(today, style="dim"), clock), " ") if today else clock)
        return text.join((text.join(parts, "  "), text.blank(1)))

    def _left(self, titles: int, gap: int) -> Content:
        """The places, ``gap`` cells between them; ``titles`` 1: only the current one is named, 0: none is."""
        parts: list[Content] = [text.blank(1)]
        self._ends = []
        for number, (name, title) in enumerate(self._places, 1):
            here = name == self._current
            # the key as it stands on the key cap, in whatever digits the rest is
            parts.append(text.show(str(number), base="ltr", style="key" if here else "dim"))
            if titles > 1 or (titles and here):
                named = t("{title} (here)", title=t(title)) if here and manner.plain() else t(title)
                parts += [text.blank(1), text.phrase(named, style="here" if here else "")]
            parts.append(text.blank(gap))
            self._ends.append((sum(part.cell_length for part in parts), name))
        return text.join(parts)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for end, name in self._ends:
            if column(event.x, self.size.width) < end:
                self.post_message(self.Picked(name))
                return
