"""Which key does what in the bar. The keys come from the one table; their actions are methods here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from textual import events

from tuicrm.domain.keyboard import textual_key_to_us
from tuicrm.domain.record import replace
from tuicrm.i18n import t
from tuicrm.tui import keymap
from tuicrm.tui.bar.session import Session
from tuicrm.tui.bar.who import Step
from tuicrm.tui.keymap import FooterKey

if TYPE_CHECKING:
    from tuicrm.tui.bar.bar import LogBar

Area = Literal["barwho", "barline"]


class BarKeys:
    """Sends a key to what it does now. A question that stands takes the key first."""

    def __init__(self, bar: LogBar) -> None:
        self._bar = bar
        self._key = ""

    async def press(self, session: Session, event: events.Key) -> bool:
        """True when the key was used; False lets it into the text."""
        if session.ask is not None and await self._answer(session, event):
            return True
        area: Area = "barwho" if session.phase == "who" else "barline"
        self._key = event.key
        action = _actions(area).get(event.key)
        if action is not None:
            name, step = action
            return bool(await getattr(self, f"_{area}_{name}")(session, *([step] if step else [])))
        if session.phase == "line" and event.key == "space" and self._bar.writing.space(session):
            self._bar.edited(self._bar.field.value)
            return True
        return False

    # --- questions ----------------------------------------------------------------------------------------

    async def _answer(self, session: Session, event: events.Key) -> bool:
        letter = self._letter(event)
        if session.ask == "due":
            return await self._bar.writing.answer_due(session, letter)
        ask, session.ask = session.ask, None
        if ask == "name":
            return await self._answer_name(session, letter)
        return await self._answer_drop(session, letter)

    def _letter(self, event: events.Key) -> str:
        """The key by its place on the keyboard: a Persian layout answers as well."""
        return textual_key_to_us(event.key, self._bar.crm_app.settings.keyboard) or event.key

    async def _answer_name(self, session: Session, letter: str) -> bool:
        bar = self._bar
        if letter == "y":
            row = session.finder.new
            if row is not None:
                await bar.people.new(session, row.contact)
        elif letter == "n":
            await bar.people.nobody(session, session.finder.text)
        bar.paint()
        return letter in ("y", "n", "escape", "enter", "tab")

    async def _answer_drop(self, session: Session, letter: str) -> bool:
        if letter == "y":
            await self._bar.door.phone.throw_away(session)
        else:
            self._bar.leave(session)
        return True

    # --- who ----------------------------------------------------------------------------------------------

    async def _barwho_take(self, session: Session) -> bool:
        await self._bar.people.take(session, tab=self._key == "tab")
        return True

    async def _barwho_choose(self, session: Session, step: Step) -> bool:
        await self._bar.people.choose(session, step)
        return True

    async def _barwho_new_contact(self, session: Session) -> bool:
        await self._bar.people.new_contact(session)
        return True

    async def _barwho_hang_up(self, session: Session) -> bool:
        return await self._barline_hang_up(session)

    async def _barwho_leave(self, session: Session) -> bool:
        return await self._barline_keep(session)

    # --- the line -----------------------------------------------------------------------------------------

    async def _barline_save(self, session: Session) -> bool:
        await self._bar.writing.enter(session)
        return True

    async def _barline_complete(self, session: Session) -> bool:
        self._bar.writing.complete(session)
        return True

    async def _barline_ghost(self, session: Session) -> bool:
        return self._bar.writing.take_ghost(session)

    async def _barline_earlier(self, session: Session, step: Step) -> bool:
        self._bar.writing.earlier(session, step)
        return True

    async def _barline_clear_left(self, session: Session) -> bool:
        """On the empty line: asks Who again. Elsewhere it deletes, as ever."""
        bar = self._bar
        if bar.field.value:
            return False
        bar.keeper.forget(session.uid)
        session.back_to_who()
        bar.show(session)
        return True

    async def _barline_hang_up(self, session: Session) -> bool:
        if session.live is None or not session.live.running:
            self._bar.notice(t("No call is running."), "warn")
            self._bar.paint()
        else:
            await self._bar.door.phone.hang_up()
        return True

    async def _barline_to_contact(self, session: Session) -> bool:
        """A note that is nothing but a number and a name becomes whom the call is with."""
        bar = self._bar
        who = session.line
        session.back_to_who()
        session.line = ""
        session.finder.type("")
        bar.show(session)
        bar.field.put(who)
        bar.edited(who)
        await bar.people.new_contact(session)
        return True

    async def _barline_keep(self, session: Session) -> bool:
        if asks_to_leave(session):
            session.ask = "drop"
            self._bar.paint()
        else:
            self._bar.leave(session)
        return True


def who_keys(session: Session, hidden: set[str]) -> list[FooterKey]:
    """What the footer shows while Who is asked: Tab only where it takes somebody, or means that nobody is named;
    the arrows only where there are people."""
    finder = session.finder
    if not finder.rows:
        hidden = hidden | {"barwho.up"}
    if finder.takes:
        return keymap.footer_keys("barwho", hidden)
    shown = keymap.footer_keys("barwho", hidden | {"barwho.take"})
    if finder.text.strip() or session.dial:
        return shown
    tab = keymap.key("barwho.take")
    return [FooterKey(keymap.cap(tab), t("no name"), tab.rank), *shown]


def asks_to_leave(session: Session) -> bool:
    """Whether leaving the bar asks first: the talk is over, and nothing is written of it."""
    return session.live is not None and not session.live.running and not session.line.strip()


def leaving_keys(session: Session, shown: list[FooterKey]) -> list[FooterKey]:
    """The footer's keys; the one that leaves says so where it asks first."""
    if not asks_to_leave(session) or session.ask is not None:
        return shown
    leaves = keymap.cap(keymap.key("barwho.leave" if session.phase == "who" else "barline.keep"))
    said = t("leave unlogged?")
    return [replace(one, label=said) if one.key == leaves else one for one in shown]


_ACTION = re.compile(r"(\w+)(?:\((-?1)\))?$")


def _actions(area: Area) -> dict[str, tuple[str, Step | None]]:
    """Key to (action, step) of an area, as the user moved them."""
    found: dict[str, tuple[str, Step | None]] = {}
    for row in keymap.of_scope(area):
        match = _ACTION.match(row.action)
        if row.area == area and match is not None:
            step = cast(Step, int(match[2])) if match[2] else None
            found.update((key, (match[1], step)) for key in keymap.keys_of(row))
    return found
