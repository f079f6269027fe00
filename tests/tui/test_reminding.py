"""Reminders while one works: a line that comes by itself, takes nothing, and says which key goes there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.patience import a_while
from tests.shown_in import shown_in
from tests.tui.apps import opener, running, settings_in
from tests.tui.bars import hands, telephoned
from tests.tui.desk import LEILA, NADIA, PARS, REZA, Desk, desk
from tests.tui.desk import fill as fill_desk
from tests.tui.stillness import settled

from tuicrm.domain.clock import FrozenClock, SystemClock
from tuicrm.services import promises
from tuicrm.services.context import Crm
from tuicrm.tui import reminding

ZONE: dict[str, Any] = {"zone": "Asia/Tehran", "region": "IR"}


class WalkingClock(SystemClock):
    """A clock that walks on from a moment, and can be put forward or back."""

    def __init__(self, start: str) -> None:
        self._off = datetime.fromisoformat(start).astimezone(UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._off

    def put(self, seconds: float) -> None:
        self._off += timedelta(seconds=seconds)


def fill(crm: Crm) -> None:
    """The desk of 09:31; Reza is to be called at ten."""
    frozen = FrozenClock(datetime.fromisoformat("2026-11-22T09:31:00+03:30"))
    crm.clock, crm.database.clock = frozen, frozen
    fill_desk(crm)


@pytest.fixture(autouse=True)
def short_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is looked at five times a second, for nobody waits a minute here."""
    monkeypatch.setattr(reminding, "LONGEST_S", 0.2)


@asynccontextmanager
async def walking(
    folder: Path, at: str = "09:59:00", **more: Any
) -> AsyncIterator[tuple[Desk, WalkingClock]]:
    """The desk while the time goes on by itself."""
    clock = WalkingClock(f"2026-11-22T{at}+03:30")
    async with running(folder, clock=clock, fill=fill, **(ZONE | more)) as (app, pilot):
        one = Desk(app, pilot)
        await one.rest()
        yield one, clock
        await one.rest()


async def until(one: Desk, words: str) -> None:
    """Waits until the message line says that."""
    for _ in a_while():
        if words in one.message:
            return
        await one.pilot.pause(0.02)
    raise AssertionError(f"never said: {words!r}\n{one.screen}")


def other(folder: Path) -> Crm:
    """The same agent at another terminal."""
    clock = FrozenClock(datetime.fromisoformat("2026-11-22T09:59:59+03:30"))
    return opener(settings_in(folder, **ZONE), clock)()


async def test_a_line_comes_by_itself_and_takes_neither_focus_nor_cursor(tmp_path: Path) -> None:
    async with walking(tmp_path) as (one, clock):
        focus, cursor = one.app.focused, one.cursor_line
        assert "due" not in one.lines[0]
        clock.put(60)
        await until(one, "Now: Reza Ahmadi, boiler E1")
        assert "0 go there" in one.message
        assert "1 due" in one.lines[0]
        assert one.app.focused is focus
        assert one.cursor_line.split()[1:3] == cursor.split()[1:3]


async def test_an_alarm_that_rang_before_one_looked_is_told_once_and_at_the_promised_time(
    tmp_path: Path,
) -> None:
    def fill_late(crm: Crm) -> None:
        fill(crm)
        promises.add(crm, NADIA, "10:05", "offer", alarm="30m")

    clock = WalkingClock("2026-11-22T09:55:00+03:30")
    async with running(tmp_path, clock=clock, fill=fill_late, **ZONE) as (app, pilot):
        one = Desk(app, pilot)
        await until(one, "10:05: Nadia")
        await one.press("0")
        assert "1 due" not in one.lines[0]
        assert app.reminding is not None
        await app.reminding.look()
        assert "1 due" not in one.lines[0]
        clock.put(600)
        await until(one, "2 follow-ups are due: Reza Ahmadi")
        await one.rest()


async def test_the_key_goes_to_that_row_from_anywhere(tmp_path: Path) -> None:
    async with walking(tmp_path) as (one, clock):
        await one.press("2", "enter")
        clock.put(60)
        await until(one, "Reza Ahmadi")
        await one.press("0")
        assert one.app.shell.current == "today"
        assert "Reza Ahmadi" in one.cursor_line
        assert "due" not in one.lines[0].replace("due today", "")
        await one.press("0")
        assert "No reminder is waiting" in one.message


async def test_nothing_covers_what_is_being_typed_and_the_key_works_there_too(tmp_path: Path) -> None:
    async with walking(tmp_path) as (one, clock):
        await one.press("l")
        await one.type("price 10")
        clock.put(60)
        for _ in a_while():
            if "1 due" in one.lines[0]:
                break
            await one.pilot.pause(0.02)
        assert "1 due" in one.lines[0]
        assert "Reza" not in one.screen.partition("Log a call")[2]
        await one.type("0 pumps")
        assert "price 100 pumps" in one.screen
        await one.press("alt+0")
        assert one.app.shell.current == "today"


async def test_what_rang_while_one_typed_is_said_when_the_call_is_saved(tmp_path: Path) -> None:
    async with walking(tmp_path) as (one, clock):
        await one.press("g", "l")
        await one.type("all well")
        clock.put(60)
        for _ in a_while():
            if "1 due" in one.lines[0]:
                break
            await one.pilot.pause(0.02)
        await one.press("enter")
        assert "all well" in one.message or "Leila" in one.message, "what was saved is said first"
        one.app.shell.message.hush()
        assert "Reza Ahmadi" in one.message


async def test_a_laptop_that_slept_tells_all_in_one_line(tmp_path: Path) -> None:
    def more(crm: Crm) -> None:
        fill(crm)
        for contact, when in ((LEILA, "11:00"), (NADIA, "12:00"), (PARS, "12:30")):
            promises.add(crm, contact, when, "again")

    clock = WalkingClock("2026-11-22T09:40:00+03:30")
    async with running(tmp_path, clock=clock, fill=more, **ZONE) as (app, pilot):
        one = Desk(app, pilot)
        await one.rest()
        clock.put(3 * 3600)
        await until(one, "4 follow-ups are due: Reza Ahmadi, Leila Karimi, 2 more")
        assert "4 due" in one.lines[0]
        for name in ("Reza Ahmadi", "Leila Karimi", "Nadia Rostami"):
            await one.press("0")
            assert name in one.cursor_line
        assert "1 due" in one.lines[0]


async def test_a_clock_put_back_rings_nothing_twice_and_loses_nothing(tmp_path: Path) -> None:
    async with walking(tmp_path) as (one, clock):
        clock.put(60)
        await until(one, "Reza Ahmadi")
        one.app.shell.message.hush()
        crm = other(tmp_path)
        promises.add(crm, NADIA, "2026-11-22 10:02", "later")
        crm.close()
        clock.put(-3600)
        await one.pilot.pause(0.5)
        await settled(one.pilot)
        clock.put(3600 + 125)
        await until(one, "Nadia Rostami")
        assert "Reza" not in one.message


async def test_what_another_session_settles_does_not_ring_and_its_mark_goes(tmp_path: Path) -> None:
    async with walking(tmp_path) as (one, clock):
        clock.put(60)
        await until(one, "Reza Ahmadi")
        crm = other(tmp_path)
        promises.done(crm, one.follow_up(REZA).id)  # type: ignore[union-attr]
        crm.close()
        for _ in a_while():
            if "1 due" not in one.lines[0]:
                break
            await one.pilot.pause(0.02)
        assert "1 due" not in one.lines[0]


async def test_a_promise_made_meanwhile_by_another_session_rings(tmp_path: Path) -> None:
    async with walking(tmp_path, "10:30:00") as (one, clock):
        assert one.message == ""
        crm = other(tmp_path)
        promises.add(crm, NADIA, "2026-11-22 10:31", "just promised")
        crm.close()
        await one.pilot.pause(0.3)
        clock.put(60)
        await until(one, "Nadia Rostami, just promised")


async def test_a_message_just_said_has_its_time_first(tmp_path: Path) -> None:
    async with walking(tmp_path) as (one, clock):
        await one.press("v")
        assert "u undo" in one.message
        clock.put(60)
        for _ in a_while():
            if "1 due" in one.lines[0]:
                break
            await one.pilot.pause(0.02)
        assert "u undo" in one.message
        one.app.shell.message.hush()
        assert "Reza Ahmadi" in one.message


async def test_a_clock_that_stands_still_wakes_nobody(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        assert one.app.reminding is not None
        assert one.app.reminding._timer is None


@pytest.mark.parametrize(("bell", "rings"), [("off", []), ("due", [1]), ("all", [1])])
async def test_the_bell_rings_when_the_settings_want_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bell: str, rings: list[int]
) -> None:
    async with walking(tmp_path, bell=bell) as (one, clock):
        heard: list[int] = []
        monkeypatch.setattr(type(one.app), "bell", lambda _: heard.append(1))
        clock.put(60)
        await until(one, "Reza Ahmadi")
        assert heard == rings


@pytest.mark.parametrize(("bell", "rings"), [("off", []), ("due", []), ("all", [1])])
async def test_a_ringing_telephone_rings_the_bell_once_and_only_for_who_wants_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bell: str, rings: list[int]
) -> None:
    heard: list[int] = []
    async with hands(tmp_path, bell=bell) as hand:
        monkeypatch.setattr(type(hand.app), "bell", lambda _: heard.append(1))
        await telephoned(hand, "ring", "09123456789")
        await telephoned(hand, "answer", "09123456789")
        await telephoned(hand, "hangup", "09123456789")
    assert heard == rings


async def test_in_persian_the_line_is_persian(tmp_path: Path) -> None:
    with shown_in("fa", isolate=True):
        async with walking(tmp_path) as (one, clock):
            clock.put(60)
            await until(one, "Reza Ahmadi")
            assert "اکنون" in one.message
            assert "یادآوری" in one.app.shell.header.render().plain
