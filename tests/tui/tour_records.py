"""The part of the walk that leads to what can be done with records: their forms, menus, filters and histories."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.tui.desk import Desk

from tuicrm.i18n import t

Look = Callable[[Desk, str], Awaitable[None]]
"""Called at each state with its name."""


async def steps(one: Desk, look: Look, *states: tuple[tuple[str, ...], str]) -> None:
    """Keys, and the state that they lead to, one after the other."""
    for keys, state in states:
        await one.press(*keys)
        await look(one, state)


async def command(one: Desk, words: str) -> None:
    """One of all commands, by its words."""
    await one.press("ctrl+p")
    await one.type(words)
    await one.press("enter")


async def records(one: Desk, look: Look) -> None:
    await one.press("2", "full_stop")
    await look(one, "menu")
    await one.press("j", "j")
    await look(one, "menu, another line")
    await one.press("h")
    await look(one, "history of a contact")
    await steps(
        one,
        look,
        (("escape", "t"), "form of a ticket"),
        (("escape", "G", "f"), "form of a follow-up"),
        (("escape", "o"), "owner"),
        (("escape", "S"), "sort"),
        (("escape", "number_sign"), "tags"),
        (("escape", "full_stop", "K"), "cadence"),
        (("escape", "full_stop", "P"), "worklist of one"),
        (("escape", "space", "k", "space"), "marked"),
        (("full_stop",), "menu of the marked"),
        (("X",), "export"),
        (("escape", "f"), "form of follow-ups"),
        (("escape", "delete"), "confirm for several"),
        (("escape", "u", "U"), "nothing to redo"),
        (("3", "full_stop", "M"), "whom a call was with"),
    )


async def promising(one: Desk, look: Look) -> None:
    await steps(
        one,
        look,
        (("s",), "remind later"),
        (("o",), "remind later, at a moment"),
        (("escape", "4", "j", "j", "e"), "move"),
        (("escape", "a"), "promise to somebody"),
        (("escape", "p"), "which follow-ups"),
        (("escape", "space", "k", "space", "e"), "move several"),
        (("escape", "1", "p"), "whom to call next"),
        (("escape", "full_stop", "C"), "why it is cancelled"),
    )


async def filtering(one: Desk, look: Look) -> None:
    await one.press("2", "slash")
    await one.type("has:")
    await look(one, "filter, what can stand there")
    await one.type("ticket -")
    await look(one, "filter, half typed")
    await one.press("ctrl+u")
    await one.type("tag:north -has:ticket")
    await look(one, "filter, nobody")
    await one.press("ctrl+u")
    await one.type("tag:north")
    await one.press("enter", "full_stop", "W")
    await look(one, "name of a filter")
    await one.type("north")
    await one.press("ctrl+s", "full_stop", "F")
    await look(one, "saved filters")
    await one.press("ctrl+r")
    await look(one, "another name of a filter")


async def commands(one: Desk, look: Look) -> None:
    for words, name in ((t("day sheet"), "day sheet"), (t("report of a worklist"), "report of a worklist")):
        await command(one, words)
        await look(one, f"command, {name}")
        await one.press("escape")


async def settings(one: Desk, look: Look) -> None:
    await command(one, t("settings"))
    await look(one, "settings")
    await one.press("enter")
    await look(one, "settings, one is changed")
    await one.press("escape", "j", "j", "enter")
    await look(one, "settings, another is changed")


async def histories(one: Desk, look: Look) -> None:
    await one.press("n", "full_stop", "j", "j")
    await look(one, "menu of a follow-up")
    await one.press("E")
    await look(one, "menu, what cannot be done")
    await one.press("q", "g", "full_stop", "h")
    await look(one, "history")
    await one.press("u", "g")
    await look(one, "history, taken back")
    await one.press("enter")
    await look(one, "history, one action")
    await one.press("q", "q", "full_stop", "z")
    await look(one, "what I did")
    await one.press("q", "full_stop", "b")
    await look(one, "bare text")
