"""Changing a setting from the screens: it is written to the file, and acts at once where it can."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from tuicrm import i18n, settings, settings_words
from tuicrm.domain.record import replace
from tuicrm.i18n import Phrase, t
from tuicrm.settings import Origin
from tuicrm.settings_table import known

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp


async def origins(app: CrmApp) -> dict[str, Origin]:
    """Where the value of each setting comes from now: what the file and the environment say.

    Options were read before the screens: a value that nothing else explains comes from one. Raises ``Invalid``.
    """
    found = await asyncio.to_thread(settings.origins, os.environ, file=app.settings.file)
    for name, option in (("database", "--db"), ("agent", "--as")):
        used = getattr(app.settings, name)
        if found[name].value != used and found[name].source != "file":
            found[name] = Origin(used, "option", option)
    return found


async def keep(app: CrmApp, name: str, value: str) -> Phrase:
    """Writes a value and lets it act; gives what is to be said. Raises ``Invalid`` and ``Unavailable``."""
    kept = await asyncio.to_thread(settings.save, app.settings.file, name, value)
    return await _changed(app, name, kept)


async def take_out(app: CrmApp, name: str) -> Phrase:
    """Takes a value out of the file; what holds without it acts. Raises as ``keep``."""
    if not await asyncio.to_thread(settings.unset, app.settings.file, name):
        return t("{key} is not in the settings file.", key=settings_words.label(known(name)))
    return await _changed(app, name, settings_words.without(known(name)))


async def _changed(app: CrmApp, name: str, kept: str) -> Phrase:
    row = known(name)
    found = (await origins(app))[name]
    if (stronger := settings_words.stronger(row, found)) is not None:
        return stronger
    key, value = settings_words.label(row), settings_words.spoken(row, kept)
    if not row.at_once:
        return t("{key} is {value} from the next start on.", key=key, value=value)
    _act(app, name, found.value)
    return t("{key} is {value} now.", key=key, value=value)


def _act(app: CrmApp, name: str, value: str) -> None:
    """Lets a value act in the running program."""
    app.settings = replace(app.settings, **{name: value})
    if (crm := app.bridge.opened) is not None:
        crm.settings = replace(crm.settings, **{name: value})
    if name == "theme":
        app.use_theme(value or "dark")
    elif name == "calendar_file" and app.calendar is not None:
        app.calendar.soon()
    elif name in ("calendar", "digits"):
        i18n.show_in(app.settings.calendar, app.settings.digits)
        app.shown_anew()
