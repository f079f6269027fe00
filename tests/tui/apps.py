"""The app on a database of its own, for tests that press keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.prepared import put_filled
from tests.tui.stillness import settled
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from tuicrm.domain.clock import Clock, SystemClock
from tuicrm.domain.colours import Colours
from tuicrm.domain.lesson import Lesson
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings
from tuicrm.tui.app import CrmApp
from tuicrm.tui.widgets.message_line import MessageLine

# what was said is still there when a test on a busy machine looks
MessageLine.SECONDS = 600.0

_Rules = LRUCache[tuple[Any, ...], Any]
_PARSED: LRUCache[frozenset[tuple[str, str]], _Rules] = LRUCache(16)
"""The rules of each theme, which every app parses anew: here one is parsed for all apps of a process."""
_MADE, _SET = Stylesheet.__init__, Stylesheet.set_variables


def _parsed(variables: dict[str, str] | None) -> _Rules:
    key = frozenset((variables or {}).items())
    if key not in _PARSED:
        _PARSED[key] = LRUCache(1024)
    return _PARSED[key]


def _made(stylesheet: Stylesheet, *, variables: dict[str, str] | None = None) -> None:
    _MADE(stylesheet, variables=variables)
    stylesheet._parse_cache = _parsed(variables)


def _set(stylesheet: Stylesheet, variables: dict[str, str]) -> None:
    # Textual empties what was used for the theme before
    stylesheet._parse_cache = LRUCache(1)
    _SET(stylesheet, variables)
    stylesheet._parse_cache = _parsed(variables)


Stylesheet.__init__ = _made  # type: ignore[assignment, method-assign]
Stylesheet.set_variables = _set  # type: ignore[assignment, method-assign]


def settings_in(folder: Path, **more: Any) -> Settings:
    """Settings whose database and files are in ``folder``; the agent is sara unless ``more`` says otherwise."""
    own = {"database": str(folder / "crm.db"), "agent": "sara", "file": folder / "settings.toml"}
    return Settings(**{**own, **more})


def opener(settings: Settings, clock: Clock) -> Callable[[], Crm]:
    """What opens the database of ``settings``."""
    return lambda: open_crm(settings, via="tui", clock=clock)


@asynccontextmanager
async def running(
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    clock: Clock | None = None,
    fill: Callable[[Crm], object] | None = None,
    colours: Colours = "full",
    lesson: Lesson = "",
    same: bool = False,
    **more: Any,
) -> AsyncIterator[tuple[CrmApp, Pilot[None]]]:
    """The app with its database open. ``fill`` writes into it before; ``colours``: how many the terminal has.
    ``lesson``: as of a demo. ``same``: what ``fill`` writes depends on the settings and the clock alone."""
    settings = settings_in(folder, **more)
    clock = clock or SystemClock()
    if fill is not None:
        put_filled(settings, fill, clock=clock, same=same)
    app = CrmApp(opener(settings, clock), settings, clock=clock, colours=colours, lesson=lesson)
    async with app.run_test(size=size) as pilot:
        await app.bridge.crm()
        await settled(pilot)
        yield app, pilot


def screen_lines(app: CrmApp) -> list[str]:
    """What stands on the screen, line by line."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
