"""What is said of a row of the queue that somebody else has dealt with: who called, and who is next."""

from __future__ import annotations

from typing import Final

from tuicrm.domain.models import Call
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.text import crop
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import Scene

NAME: Final = 20
"""Cells of each of the two names: what has happened stands before who is next, in a line of eighty."""


def called(name: str, last: Call, scene: Scene | None) -> Phrase:
    """``omid called Leila Karimi 1 min ago.``"""
    assert scene is not None, "nobody stands in a list that was not read"
    ago = moments.ago(last.started_at, scene.now, scene.zone)
    return t("{agent} called {name} {ago}.", agent=last.agent, name=crop(name, NAME), ago=ago)


def nothing_logged(name: str, last: Call | None, me: str, scene: Scene | None) -> Phrase:
    """Why an outcome's key logged nothing. ``last``: the call that was held since, if that is the reason."""
    if last is None or last.agent == me:
        return t("{name} has left the queue: nothing was logged.", name=crop(name, NAME))
    return t("{said} Nothing was logged.", said=called(name, last, scene))


def then_next(said: Phrase, name: str) -> Phrase:
    """Who stands under the cursor now."""
    return t("{said} Next: {name}.", said=said, name=crop(name, NAME))


def dials(said: Phrase) -> Phrase:
    """What the key that was pressed will do, pressed once more."""
    return t("{said} {key} again dials.", said=said, key=keymap.named("record.dial"))


def came_by_itself(name: str, key: str) -> Phrase:
    """Why the first outcome's key on a row logs nothing to which the cursor came when a colleague took the other."""
    return t("The cursor came to {name} by itself: {key} again logs it.", name=name, key=key)
