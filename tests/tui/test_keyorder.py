"""Keys act one after the other, in the order typed, whatever each of them waits for."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from tuicrm.tui.keyorder import KeyDone, KeyOrder


class Slow(Input):
    """A field whose Enter waits, as a save does, and then removes itself."""

    gate: asyncio.Event

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.gate.wait()
            self.app.query_one(Below).focus()
            if self.id == "gone":
                await self.remove()


class Below(Static, can_focus=True):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("j", "down"), Binding("n", "outcome")]

    def __init__(self) -> None:
        super().__init__("below")
        self.acted: list[str] = []

    def action_down(self) -> None:
        self.acted.append("j")

    def action_outcome(self) -> None:
        self.acted.append("n")


class Ordered(App[None]):
    def __init__(self, field_id: str = "stays") -> None:
        super().__init__()
        self.keys = KeyOrder(self)
        self.field_id = field_id

    def compose(self) -> ComposeResult:
        yield Below()
        yield Slow(id=self.field_id)

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
        elif self.keys.admit(event):
            await super().on_event(event)
            self.keys.follow(event)

    def on_key_done(self, event: KeyDone) -> None:
        self.keys.done(event)


def burst(app: Ordered, text: str) -> None:
    """Keys that arrive in one read of the terminal."""
    for char in text:
        key = {"<": "backspace", "\n": "enter"}.get(char, char)
        app.post_message(events.Key(key, None if key != char else char))


async def settled(app: Ordered) -> None:
    for _ in range(400):
        await asyncio.sleep(0.005)
        if not app.keys.busy and not app.keys.waiting:
            return
    raise AssertionError("keys are stuck")


async def test_backspace_in_a_burst_deletes_what_stood_before_it() -> None:
    app = Ordered()
    async with app.run_test():
        app.query_one(Slow).focus()
        burst(app, "ab<c<d")
        await settled(app)
        assert app.query_one(Slow).value == "ad"


async def test_keys_after_a_waiting_enter_act_below_once_it_is_done() -> None:
    app = Ordered()
    async with app.run_test() as pilot:
        field = app.query_one(Slow)
        field.gate = asyncio.Event()
        field.focus()
        burst(app, "hi\njnj")
        await pilot.pause(0.02)
        assert field.value == "hi"
        assert app.query_one(Below).acted == []
        assert app.keys.waiting == 3
        field.gate.set()
        await settled(app)
        assert app.query_one(Below).acted == ["j", "n", "j"]
        assert field.value == "hi"


async def test_keys_that_wait_can_be_dropped() -> None:
    app = Ordered()
    async with app.run_test() as pilot:
        field = app.query_one(Slow)
        field.gate = asyncio.Event()
        field.focus()
        burst(app, "\njnj")
        await pilot.pause(0.02)
        assert app.keys.drop() == 3
        field.gate.set()
        await settled(app)
        assert app.query_one(Below).acted == []


async def test_a_widget_removed_by_its_own_key_does_not_stop_the_keys_behind_it() -> None:
    app = Ordered("gone")
    async with app.run_test() as pilot:
        field = app.query_one(Slow)
        field.gate = asyncio.Event()
        field.focus()
        burst(app, "\njn")
        await pilot.pause(0.02)
        field.gate.set()
        await settled(app)
        assert app.query_one(Below).acted == ["j", "n"]


async def test_a_paste_keeps_its_place_among_the_keys() -> None:
    app = Ordered()
    async with app.run_test():
        app.query_one(Slow).focus()
        burst(app, "ab<")
        app.post_message(events.Paste("XY"))
        burst(app, "z")
        await settled(app)
        assert app.query_one(Slow).value == "aXYz"
