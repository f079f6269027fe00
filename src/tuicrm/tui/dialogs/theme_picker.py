"""Choosing a theme: the arrows show each at once on the screen behind, Enter keeps it, Esc brings the old one back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

from tuicrm import i18n
from tuicrm.domain.errors import CrmError, Invalid
from tuicrm.i18n import Phrase, t
from tuicrm.services import themes
from tuicrm.tui import text
from tuicrm.tui.dialogs.picker import Option, Picker
from tuicrm.tui.themes import few
from tuicrm.tui.widgets.safe import Words

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

_ABOUT: Final[Mapping[str, Callable[[], Phrase]]] = {
    "ansi": lambda: t("the terminal's own colours"),
    "colour-blind": lambda: t("blue, yellow, orange on dark"),
    "colour-blind-light": lambda: t("blue, ochre, maroon on white"),
    "contrast-dark": lambda: t("strongest contrast, on black"),
    "contrast-light": lambda: t("strongest contrast, on white"),
    "dark": lambda: t("calm, light on dark"),
    "isfahan": lambda: t("tiles at night: blue, turquoise, saffron"),
    "ledger": lambda: t("warm paper, blue-black ink, red pencil"),
    "light": lambda: t("dark on light, for bright rooms"),
}


async def choose(app: CrmApp) -> None:
    """Lets the user choose; what is chosen is written to the settings."""

    async def keep(name: str | None) -> None:
        if name is not None:
            await _save(app, name)

    await app.push_screen(ThemePicker(app), keep)


async def _save(app: CrmApp, name: str) -> None:
    import asyncio
    import os

    from tuicrm.settings import save

    try:
        await asyncio.to_thread(save, app.settings.file, "theme", name)
    except CrmError as error:
        app.say(i18n.sentence(error), "bad")
        return
    if os.environ.get("TUICRM_THEME"):
        app.say(t("Kept; but at the next start the variable {name} decides.", name="TUICRM_THEME"), "warn")
    else:
        app.say(t("The theme is {name} from now on.", name=name))
    # the list of settings names it
    app.shown_anew()


class ThemePicker(Picker[str]):
    """Dismissed with the name of the theme that was taken, or None when the old one is back."""

    short_names = True

    def __init__(self, app: CrmApp) -> None:
        own = themes.own_folder(app.settings)
        found = themes.files(own)
        options = [
            Option(name, "", name, t("your own") if file.parent == own else _about(name))
            for name, file in sorted(found.items())
        ]
        super().__init__(t("Theme"), options)
        self._before = app.theme
        self.begin_at(next((at for at, one in enumerate(options) if one.value == app.theme), 0))
        self._shown = app.theme
        self._note = Words(id="theme-note")
        self._note.display = False

    def rows(self) -> Iterable[Widget]:
        yield from super().rows()
        yield self._note

    def heading(self) -> Content:
        said = text.phrase(t("Theme"), style="here")
        if few(self.crm_app.colours):
            why = t("this terminal shows too few colours for any but ansi")
            said = text.join((said, text.phrase(why, style="warn")), " · ")
        return said

    def lit(self, value: str | None) -> None:
        if value is None or value == self._shown:
            return
        self._shown = value
        try:
            self.crm_app.use_theme(value)
        except Invalid as error:
            self._note.set(text.phrase(i18n.sentence(error), style="bad"), layout=True)
            self._note.display = True
        else:
            self._note.set(text.blank(0))
            self._note.display = False

    def action_take(self) -> None:
        if not self._note.content.plain:
            super().action_take()

    def action_leave(self) -> None:
        if self.crm_app.theme != self._before:
            self.crm_app.theme = self._before
        super().action_leave()


def _about(name: str) -> Phrase:
    about = _ABOUT.get(name)
    return about() if about is not None else Phrase()
