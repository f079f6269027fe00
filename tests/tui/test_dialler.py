"""The dialler of the settings, and what is asked before anybody is dialled."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.tui.bars import LEILA, Hands, add_people, hands

from tuicrm.domain.models import ContactPatch, NewContact, PhoneNumber
from tuicrm.services import contacts
from tuicrm.services.context import Crm
from tuicrm.tui.dialogs.confirm import Confirm


def program(folder: Path, body: str) -> str:
    """A dialler."""
    file = folder / "dialler"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return str(file)


def hostile(crm: Crm) -> None:
    """Leila has a name that a shell would obey."""
    add_people(crm)
    contacts.edit(crm, LEILA, ContactPatch(name="Leila A; touch $HOME/x `id`"))


async def told(hand: Hands, words: str) -> None:
    """Waits until the screen says ``words``."""
    ends = time.monotonic() + 60
    while words not in hand.words and time.monotonic() < ends:
        await hand.rest()
    assert words in hand.words


async def test_the_dialler_gets_the_number_and_the_call_runs(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = program(
        tmp_path, f'echo noise; for word; do echo "<$word>"; done > {out}.part; mv {out}.part {out}'
    )
    async with hands(tmp_path, fill=hostile, dialler=f"{command} {{e164}} '{{name}}' {{contact}}") as hand:
        await hand.press("j", "d")
        ends = time.monotonic() + 60
        while not out.exists() and time.monotonic() < ends:
            await hand.rest()
        assert out.read_text().splitlines() == ["<+989123456789>", "<Leila A; touch $HOME/x `id`>", "<1>"]
        assert "noise" not in hand.screen()
        assert hand.app.bar.state.live is not None


@pytest.mark.parametrize(
    ("body", "why"),
    [("exit 4", "did not do it (exit code 4)"), (None, "cannot be started")],
)
async def test_a_dialler_that_fails_is_told_and_no_call_is_left(
    tmp_path: Path, body: str | None, why: str
) -> None:
    command = program(tmp_path, body) if body is not None else str(tmp_path / "missing")
    async with hands(tmp_path, dialler=f"{command} {{number}}", size=(120, 24)) as hand:
        await hand.press("j", "d")
        await told(hand, why)
        assert "Not dialled" in hand.words
        assert hand.app.bar.state.live is None
        assert not hand.open
        assert hand.calls() == []


async def test_a_number_that_cannot_be_right_is_asked_about_first(tmp_path: Path) -> None:
    def odd(crm: Crm) -> None:
        contacts.add(crm, NewContact("Odd", phones=(PhoneNumber("12345"),)))

    async with hands(tmp_path, fill=odd) as hand:
        await hand.press("d")
        assert isinstance(hand.app.screen, Confirm)
        assert "12345 is not a valid number" in hand.words
        await hand.press("enter")
        assert hand.app.bar.state.live is None
        await hand.press("d", "y")
        live = hand.app.bar.state.live
        assert live is not None
        assert live.live is not None
        assert live.live.number == "12345"


async def test_an_odd_number_of_nobody_is_asked_about_too(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.app.bar.open_finder(dial=True)
        await hand.type("7654321")
        await hand.press("enter")
        assert isinstance(hand.app.screen, Confirm)
        await hand.press("n")
        assert hand.app.bar.state.live is None


async def test_who_asked_not_to_be_called_is_asked_about_and_the_dialler_waits(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def quiet(crm: Crm) -> None:
        add_people(crm)
        contacts.edit(crm, LEILA, ContactPatch(do_not_call=True))

    async with hands(tmp_path, fill=quiet, dialler=f"{program(tmp_path, f'touch {out}')} {{number}}") as hand:
        await hand.press("j", "d")
        assert "asked not to be called" in hand.words
        await hand.press("n")
        assert not out.exists()
        assert hand.app.bar.state.live is None


async def test_a_number_shared_with_somebody_who_asked_not_to_be_called_is_asked_about(
    tmp_path: Path,
) -> None:
    def shared(crm: Crm) -> None:
        add_people(crm)
        other = contacts.add(crm, NewContact("Omid Karimi", phones=(PhoneNumber("+98 912 345 6789"),)))
        contacts.edit(crm, other.id, ContactPatch(do_not_call=True))

    async with hands(tmp_path, fill=shared) as hand:
        await hand.press("j", "d")
        assert "Omid Karimi has the same number and asked not to be called" in hand.words
        await hand.press("n")
        assert hand.app.bar.state.live is None
        await hand.press("d", "y")
        assert "Call with Leila Karimi" in hand.words


@pytest.mark.parametrize(("hour", "asks"), [("09:31", False), ("12:31", True)])
async def test_in_quiet_hours_on_the_clock_of_the_number_dialling_asks(
    tmp_path: Path, hour: str, asks: bool
) -> None:
    def abroad(crm: Crm) -> None:
        add_people(crm)
        contacts.edit(crm, LEILA, ContactPatch(phones=(PhoneNumber("+64 9 307 9000"),)))

    async with hands(tmp_path, fill=abroad, at=f"2026-11-22T{hour}:00+03:30") as hand:
        await hand.press("j", "d")
        # seven in the evening in Auckland, or ten
        if asks:
            assert "Nobody is called there before 22:30" in hand.words
            await hand.press("n")
        assert (hand.app.bar.state.live is None) == asks


async def test_without_a_dialler_the_call_is_dialled_by_hand(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d")
        assert "Call with Leila Karimi" in hand.words
