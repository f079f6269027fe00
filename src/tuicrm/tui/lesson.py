"""The demo's lesson from its key: it begins, or goes on by a step, back, or away; after its end it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuicrm.i18n import Phrase, t
from tuicrm.tui.dialogs.picker import Option, Picker
from tuicrm.tui.widgets.lesson import LessonPanel

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

WHERE: Final = "tuicrm demo --learn"


async def begin_or_ask(app: CrmApp, *, demo: bool) -> None:
    """Shows the panel; when it is there already asks what to do with it. Outside the demo it says where it is."""
    if not demo:
        app.say(t("The lesson is in the demo: {command}", command=WHERE))
        return
    panels = app.shell.query(LessonPanel)
    if not panels:
        await app.shell.mount(LessonPanel(), after=app.shell.header)
    elif panels.first().over:
        panels.first().remove()
    elif app.screen is app.shell:
        await _ask(app, panels.first())


async def _ask(app: CrmApp, panel: LessonPanel) -> None:
    def chosen(step: int | None) -> None:
        if step == _LEAVE:
            panel.remove()
        elif step is not None:
            panel.go(panel.step + step)

    ways = (
        Option(1, "", t("skip this step"), _NOTHING),
        Option(-1, "", t("back to the step before"), _NOTHING),
        Option(_LEAVE, "", t("leave the lesson"), _NOTHING),
    )
    await app.push_screen(Picker(t("The lesson"), ways), chosen)


_LEAVE: Final = 0
_NOTHING: Final = Phrase()
