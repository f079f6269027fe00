"""From the first picture to a program that is all there: what begins when, once the database is open.

The first rows come before all else; what nobody waits for follows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuicrm import i18n
from tuicrm.domain.errors import CrmError
from tuicrm.i18n import t
from tuicrm.tui import bridge, keymap, text

if TYPE_CHECKING:
    from tuicrm.domain.lesson import Lesson
    from tuicrm.tui.app import CrmApp


async def open_up(app: CrmApp, lesson: Lesson) -> None:
    """Opens the database and begins everything; without one the program ends, and says why."""
    try:
        crm = await app.bridge.crm()
    except CrmError as error:
        app.exit(return_code=error.exit_code, message=text.phrase(i18n.sentence(error)).plain)
        return
    await app.listener.begin()
    app.shell.header.refresh()
    await app.shell.loaded()
    # the first rows are on the screen: now what can wait
    await app.listener.listen(crm)
    await app.bar.start()
    await _keep_watch(app)
    await _ask_leftover(app)
    if lesson == "begun":
        await app.action_lesson()
    elif lesson:
        cap = keymap.cap(keymap.key("app.lesson"))
        app.say(t("A demo: try everything. {key} teaches it in five minutes.", key=cap))
    await _be_there(app)


async def _be_there(app: CrmApp) -> None:
    """Writes down that the agent is there: last, as nobody waits for it."""
    from tuicrm.tui.attendance import Attendance

    app.attendance = Attendance(app)
    await app.attendance.begin()


async def _keep_watch(app: CrmApp) -> None:
    """Begins what looks on for as long as the program is open: what falls due, and the calendar file."""
    from tuicrm.tui.calendar_keeper import CalendarKeeper
    from tuicrm.tui.reminding import Reminding

    app.reminding = Reminding(app)
    await app.reminding.begin()
    app.calendar = CalendarKeeper(app)
    app.calendar.begin()


async def _ask_leftover(app: CrmApp) -> None:
    """Asks about imports that were killed."""
    found = await app.bridge.read(bridge.interrupted.unfinished)
    if found:
        from tuicrm.tui.dialogs.leftover import ask

        await ask(app, found)
