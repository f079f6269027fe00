"""How the terminal of a running app is served: another mode at once, the question which line reads right."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from tuicrm.domain.terminals import Answer, advice_for, quirk
from tuicrm.i18n import t
from tuicrm.messages import MESSAGES
from tuicrm.services.terminal import served as terminal
from tuicrm.services.terminal.served import Served
from tuicrm.tui import text
from tuicrm.tui.driver import CrmDriver

if TYPE_CHECKING:
    from tuicrm.services.terminal.query import Sieve
    from tuicrm.tui.app import CrmApp


def adopt(app: CrmApp, served: Served) -> None:
    """Serves the terminal so from now on, what is on the screen included."""
    app.served = served
    wanted = quirk(served.facts)
    if (served.choice.mode, wanted) == (text.mode(), text.quirk()):
        return
    text.use(served.choice.mode, quirk=wanted)
    _program_orders(app, text.mode() == "visual")
    for screen in app.screen_stack:
        for widget in screen.walk_children():
            widget.refresh(layout=True)


async def ask(app: CrmApp) -> None:
    """Shows one phrase in both orders and asks which reads right; the answer holds at once and is remembered."""
    from tuicrm.tui.screens.which_reads import WhichReads

    if isinstance(app.screen, WhichReads):
        return
    served = app.served or terminal.serve(app.settings, "en")
    app.served = served
    _program_orders(app, True)
    await app.push_screen(WhichReads(MESSAGES[advice_for(served.facts)]), partial(_answered, app))


async def ask_first(app: CrmApp) -> None:
    """Asks at the start, behind the keys typed so far: they are meant for the screens and are no answers."""
    while app.order.busy:
        await asyncio.sleep(0.02)
    await ask(app)


def late(app: CrmApp, sieve: Sieve) -> None:
    """The terminal has answered after all. Who is still asked need not be, when that decides."""
    from tuicrm.tui.screens.which_reads import WhichReads

    if app.served is None:
        return
    adopt(app, terminal.told(app.served, sieve))
    if app.served.choice.sure and isinstance(app.screen, WhichReads):
        app.screen.dismiss(None)


def _answered(app: CrmApp, answer: Answer | None) -> None:
    if answer and app.served is not None:
        by_setting = app.served.facts.setting != "auto"
        adopt(app, terminal.answered(app.served, answer))
        if by_setting:
            app.say(
                t("So until you quit; at the next start the setting {name} decides.", name="bidi"), "warn"
            )
    _program_orders(app, text.mode() == "visual")


def _program_orders(app: CrmApp, wanted: bool) -> None:
    driver = app._driver
    if isinstance(driver, CrmDriver):
        driver.program_orders(wanted)


def give_back(app: CrmApp) -> None:
    """The terminal may be gone, or may not: has it order again, without waiting for it."""
    driver = app._driver
    if isinstance(driver, CrmDriver):
        driver.line.give_back()
