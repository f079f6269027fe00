"""A terminal's bytes into the running app: through Textual's own parser, as its driver hands them over."""

from __future__ import annotations

from tests.keyboards import Protocol, sent
from tests.tui.desk import Desk
from textual._xterm_parser import XTermParser
from textual.app import App

from tuicrm.settings import KeyboardLayout


def receive(app: App[None], parser: XTermParser, data: str) -> None:
    """What the app gets when the terminal sends ``data``."""
    driver = app._driver
    assert driver is not None
    for event in parser.feed(data):
        driver.process_message(event)


class Terminal:
    """A terminal with a keyboard layout, at a desk."""

    def __init__(self, one: Desk, layout: KeyboardLayout = "fa", protocol: Protocol = "legacy") -> None:
        self.one, self.layout, self.protocol = one, layout, protocol
        self._parser = XTermParser()

    async def keys(self, us_keys: str, *, modifier: str = "") -> None:
        """Presses the keys that print ``us_keys`` on a US keyboard, each with ``ctrl`` or ``alt`` if given."""
        for us_key in us_keys:
            await self.data(sent(us_key, self.layout, self.protocol, modifier=modifier))

    async def enter(self) -> None:
        await self.data("\r" if self.protocol == "legacy" else "\x1b[13u")

    async def data(self, data: str) -> None:
        """Sends ``data`` and waits until it was dealt with, at a person's speed."""
        receive(self.one.app, self._parser, data)
        await self.one.pilot.pause(0.04)
        await self.one.rest()
