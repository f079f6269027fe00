"""The screens. ``run`` is the way in; Textual is imported only there, after its switches are set."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuicrm.domain.clock import Clock
    from tuicrm.domain.lesson import Lesson
    from tuicrm.services.context import Crm
    from tuicrm.settings import Settings

_OWN_FPS = os.environ.get("TEXTUAL_FPS")
os.environ.setdefault("TEXTUAL_FPS", "240")
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
_TYPES = (
    *("Coroutine", "Final", "Literal", "ParamSpec", "Protocol", "Self"),
    *("TypeAlias", "TypeGuard", "TypedDict", "get_args", "runtime_checkable"),
)
_PALETTE = ("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "SimpleProvider")
"""Names of ``typing`` that Textual imports from elsewhere for the sake of older Pythons."""
_SYSTEMS = {"none": "standard", "16": "standard", "256": "256", "full": "truecolor"}
# Textual reads all three once, when it is imported; the rows that a key finds come 3 ms after its letter is painted


def run(
    settings: Settings,
    *,
    open_crm: Callable[[], Crm] | None = None,
    clock: Clock | None = None,
    lesson: Lesson = "",
) -> int:
    """Opens the screens and returns the exit code when they are closed.

    ``open_crm`` opens the database (in a thread, after the first paint); by default the one of ``settings``.
    ``lesson``: of a demo, whether it is only offered or begins at once.
    """
    # importing makes 100,000 objects that live as long as the program: no use in looking through them
    import gc

    gc.disable()
    _asyncio_without_tls()
    _textual_alone()
    from tuicrm.domain.colours import colours
    from tuicrm.tui import manner

    manner.use(settings)
    os.environ["TEXTUAL_FPS"] = _OWN_FPS or manner.FPS[settings.link]
    # by Textual alone a vt100 would get sixteen million
    shown = colours(os.environ)
    # a colour by its number in the table is half as long
    system = "256" if manner.slow() and shown == "full" else _SYSTEMS[shown]
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", system)
    from tuicrm.tui.start import start

    return start(settings, open_crm, clock, lesson)


def _asyncio_without_tls() -> None:
    """Imports asyncio without OpenSSL, which costs each session 7 ms and 1 MB and is used by no screen.

    Whoever needs TLS imports ``ssl`` as ever; only asyncio's own connections have none.
    """
    import sys

    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    from tuicrm.later import later

    later("asyncio.sslproto")
    # of other programs' output, and of errors
    later("locale")
    later("traceback", "extract_stack")
    later("tokenize")
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


def _textual_alone() -> None:
    """Has what Textual and others load and no screen uses wait for its first use: less to do at the start, and 4 MB
    less in each session."""
    import typing
    from _pickle import dumps, loads
    from _random import Random

    from tuicrm.later import later

    # where downloads are put, and what they are
    later("platformdirs", "user_downloads_path")
    later("mimetypes")
    # what a wrong style was meant to be
    later("difflib", "get_close_matches")
    # archives
    later("bz2")
    later("lzma")
    # Textual's own palette and lists of options; an app that tests itself; a table of colours; trees of widgets;
    # what is shown of a stylesheet that is wrong
    later("textual.command", *_PALETTE, Provider=object)
    later("textual.widgets._option_list", "DuplicateID", "OptionDoesNotExist", "OptionListContent")
    later("textual.pilot", "Pilot")
    later("rich.table", "Table")
    later("rich.tree", "Tree")
    later("rich.panel", "Panel")
    # numbers of links and of notifications
    later("pickle", dumps=dumps, loads=loads)
    later("random", getrandbits=Random().getrandbits)
    later("uuid", "uuid4")
    # what Textual takes from it Python has itself
    later("typing_extensions", **{name: getattr(typing, name) for name in _TYPES})
    # what finds numbers in texts, and follows one as it is typed
    later("phonenumbers.asyoutypeformatter", "AsYouTypeFormatter")
    later("phonenumbers.phonenumbermatcher", "Leniency", "PhoneNumberMatch", "PhoneNumberMatcher")
    # names of types, for others to import
    later("textual.widgets._directory_tree", "DirEntry")
    later("textual.widgets._placeholder", "PlaceholderVariant")
    later("textual.widgets._select", "NoSelection", "SelectType")
