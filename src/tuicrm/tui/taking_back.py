"""Taking an action back, or doing it again, from wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuicrm.tui import undone
from tuicrm.tui.bridge import history

if TYPE_CHECKING:
    from tuicrm.domain.deeds import About, Turn
    from tuicrm.tui.app import CrmApp


async def turn(app: CrmApp, verb: Turn, action_id: int | None = None) -> About | None:
    """Turns the action, by default the agent's latest, shows what changed and tells it; gives whom it was about.

    None for an import of so many records that nobody is to wait for it: it runs beside all else and tells of itself.
    Raises ``NotFound`` and ``Conflict`` as ``history.undo`` does.
    """
    slow = await app.bridge.read(history.slow_one, verb, action_id)
    if slow is not None:
        from tuicrm.tui.importing import turning

        turning.begin(app, verb, slow)
        return None
    done = await app.bridge.write(history.undo if verb == "undo" else history.redo, action_id)
    await app.listener.look()
    about: About = await app.bridge.read(history.about, done)
    app.say(undone.words(done, verb, about))
    # a running call whose save was taken back runs on, and the next key may open its bar: not beside the keys
    await app.bar.phone.records_changed(frozenset((record.entity, record.id) for record in done.records))
    return about
