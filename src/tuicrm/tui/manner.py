"""How this session is served, by the settings ``link`` and ``plain``: what a slow line and a screen reader need.

Both are settled before anything is painted and stay for the session.
"""

from __future__ import annotations

from typing import Final

from tuicrm.settings import Settings

FPS: Final = {"normal": "240", "slow": "15"}
"""Pictures a second at most, as Textual reads them from ``TEXTUAL_FPS`` when it is imported."""


class _Manner:
    slow = False
    plain = False


_manner = _Manner()


def use(settings: Settings) -> None:
    """Serves the session so from now on."""
    _manner.slow = settings.link == "slow"
    _manner.plain = settings.plain == "on"


def slow() -> bool:
    """Whether the line is slow: fewer bytes go before quicker pictures."""
    return _manner.slow


def plain() -> bool:
    """Whether a screen reader reads: words in lines, no signs that only look, nothing that moves by itself."""
    return _manner.plain


def tick_s() -> float:
    """Seconds between two paintings of a clock that counts seconds."""
    return 60.0 if _manner.plain else 10.0 if _manner.slow else 1.0


def rest_s(usual: float) -> float:
    """Seconds of rest after which what follows the cursor, or what is typed, is read and painted."""
    return 0.5 if _manner.slow else usual
