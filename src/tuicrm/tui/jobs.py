"""To the shell and back: ``Ctrl+Z``, ``fg``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuicrm.i18n import t
from tuicrm.tui.driver import CrmDriver

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp


async def suspend(app: CrmApp, stop: Callable[[], None]) -> None:
    """Stops the program by ``stop``, unless nobody could call it back or others would be held up by it."""
    driver = app._driver
    if isinstance(driver, CrmDriver) and not driver.has_shell:
        app.say(t("There is no shell to go to: tuicrm was started without one."), "warn")
    elif app.importing is not None:
        app.say(t("Not while a file is imported: stopped in the middle it would hold everybody up."), "warn")
    else:
        async with app.bridge.at_rest():
            stop()
