"""The one screen all stands on: header, the place in front, message line, footer, and the bar's layer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen

from tuicrm.tui import manner
from tuicrm.tui.compositor import TellingCompositor
from tuicrm.tui.frames import Framed
from tuicrm.tui.screens import places
from tuicrm.tui.screens.base import Place
from tuicrm.tui.screens.dialog import spoken_line
from tuicrm.tui.widgets.footer import Footer
from tuicrm.tui.widgets.header import Header
from tuicrm.tui.widgets.message_line import MessageLine
from tuicrm.tui.widgets.safe import Words

if TYPE_CHECKING:
    from tuicrm.tui.screens.contacts import ContactsPlace


class Body(Container):
    """Holds the places that were opened and the views over them; only one is shown."""


class BarHost(Container):
    """Where the log bar is mounted at first use: a layer over the bottom of the place, above the footer."""


class Shell(Framed, Screen[None], inherit_bindings=False):
    """Places are made when first opened and kept; each has a stack of views over it."""

    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - the base class takes lists
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""

    def __init__(self, now: Callable[[], datetime], first: str = places.HOME) -> None:
        super().__init__()
        self._compositor = TellingCompositor()
        self.header = Header([(info.name, info.title) for info in places.PLACES], now, id="header")
        self.progress = Words(id="progress")
        """How far an import is that goes on meanwhile."""
        self.message = MessageLine(id="message")
        self.footer = Footer(id="footer")
        self.bar_host = BarHost(id="bar-host")
        self._body = Body(id="body")
        self._first = first
        self._stacks: dict[str, list[Place]] = {}
        self._trail: list[str] = []
        self._loaded = asyncio.Event()
        self.current = ""
        if manner.plain():
            # one thing after the other: a card is opened, none stands beside or beneath a list
            self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow")]
            self.VERTICAL_BREAKPOINTS = [(0, "-short")]
            # what is said of the cursor stays in sight beneath the bar
            self.add_class("-plain")

    def compose(self) -> ComposeResult:
        yield self.header
        yield self._body
        yield self.progress
        yield from spoken_line()
        yield self.message
        yield self.footer
        yield self.bar_host

    def on_mount(self) -> None:
        self.watch(self, "focused", self._mind_focus, init=False)
        self.progress.display = False
        self.header.set_place(self._first)

    async def begin(self) -> None:
        """Opens the first place, after the first paint."""
        await self.go(self._first)

    @property
    def front(self) -> Place | None:
        """The place or view in front."""
        stack = self._stacks.get(self.current)
        return stack[-1] if stack else None

    async def people(self) -> ContactsPlace:
        """Shows Contacts itself: what lies over it is closed."""
        await self.go("contacts")
        await self._to_list()
        return cast("ContactsPlace", self.front)

    async def go(self, name: str) -> None:
        """Shows a place, making it when it is opened first. ``back`` leads to the one before.

        The key of the place one is in leads back to its list, whatever was opened over it.
        """
        if name == self.current:
            await self._to_list()
        left, front = self.current, self.front
        if self.current and name != self.current:
            self._trail = [*(step for step in self._trail if step not in (self.current, name)), self.current]
        await self._show(name)
        if name != left and front is not None and front.finished():
            self._stacks[left].remove(front)
            await front.remove()

    async def _to_list(self) -> None:
        """Closes all that was opened over the place in front."""
        while await self.close_view():
            pass

    async def _show(self, name: str) -> None:
        old = self.front
        self.current = name
        self.header.set_place(name)
        stack = self._stacks.setdefault(name, [])
        if not stack:
            stack.append(places.make(name))
            await self._body.mount(stack[0])
        if name == places.HOME:
            self._trail.clear()
        self._turn(old, stack[-1])

    async def open_view(self, view: Place) -> None:
        """Lays a view over the place in front; ``close_view`` takes it away."""
        old = self.front
        self._stacks[self.current].append(view)
        await self._body.mount(view)
        self._turn(old, view)

    async def close_view(self) -> bool:
        """Takes the view in front away; False when there is only the place."""
        stack = self._stacks[self.current]
        if len(stack) < 2:
            return False
        old = stack.pop()
        self._turn(old, stack[-1])
        await old.remove()
        return True

    async def back(self) -> bool:
        """Closes the view in front, else shows the last place; False when there is none."""
        if await self.close_view():
            return True
        if self.current == places.HOME:
            return False
        await self._show(self._trail.pop() if self._trail else places.HOME)
        return True

    def _turn(self, old: Place | None, new: Place) -> None:
        """One goes behind, the other to the front."""
        if old is not None and old is not new:
            old.leave()
            old.display = False
        new.display = True
        new.enter()
        if old is not new:
            new.crm_app.turned()
        new.work(self._load(new), group="load", exclusive=True)
        self.footer.keys_changed()

    async def _load(self, place: Place) -> None:
        try:
            await place.load()
        finally:
            self._loaded.set()

    async def loaded(self) -> None:
        """Waits until the first place has its rows, or failed to get them."""
        await self._loaded.wait()

    def _mind_focus(self) -> None:
        """Keys need somebody who has the focus: when its holder is gone, the place in front takes it."""
        if self.focused is None and self.app.app_focus and self.front is not None:
            self.call_after_refresh(self._refocus)

    def _refocus(self) -> None:
        if self.focused is None and self.front is not None:
            self.front.enter()
