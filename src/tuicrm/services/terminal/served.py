"""How this terminal is served: the facts gathered, the mode chosen, what was learnt remembered."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tuicrm.domain.record import record, replace
from tuicrm.domain.terminals import NEVER_ASKED, Answer, BidiMode, Choice, Facts, choose, key, one_of_many
from tuicrm.services.terminal import known
from tuicrm.services.terminal.known import Known
from tuicrm.settings import Settings

if TYPE_CHECKING:
    from tuicrm.services.terminal.query import Sieve

_KEYBOARD, _SCREEN = 0, 1
"""File descriptors of the terminal."""

log = logging.getLogger("tuicrm")


@record
class Served:
    """The facts and what was chosen from them.

    ``sieve``: the terminal was asked and its answers may still come. ``typed``: keys that came with them.
    ``asks``: only the user can tell which order reads right.
    """

    facts: Facts
    choice: Choice
    sieve: Sieve | None = None
    typed: bytes = b""
    asks: bool = False


def serve(settings: Settings, language: str, environ: Mapping[str, str] = os.environ) -> Served:
    """The mode for the screens. Only in Persian is a terminal asked, once; else what is known must do."""
    fresh = language == "fa" and settings.bidi == "auto" and _askable(environ)
    if fresh and (one_of_many(environ) or known.find(key(environ)) is None):
        served = _asked(settings, environ)
    else:
        served = _known(settings, environ)
    return replace(served, asks=language == "fa" and not served.choice.sure)


def look(settings: Settings, environ: Mapping[str, str] = os.environ) -> Served:
    """What ``serve`` would choose, for a report: the terminal is asked when there is one, and given time."""
    if settings.bidi == "auto" and _askable(environ):
        return _asked(settings, environ, wait_s=1.0)
    return _known(settings, environ)


def told(served: Served, sieve: Sieve) -> Served:
    """After late answers: what they change. They are remembered for the next start."""
    return _learnt(served.facts.setting, served.facts.environ, sieve)


def answered(served: Served, answer: Answer) -> Served:
    """After the user's answer, which is remembered for this terminal. Until the screens are left it stands above
    a setting."""
    facts = replace(served.facts, setting="auto", answer=answer)
    known.keep(Known(key(facts.environ, facts.name), facts.name, facts.mode8, answer))
    return Served(facts, choose(facts))


def _askable(environ: Mapping[str, str]) -> bool:
    """Whether there is a terminal, and one that can be asked: Terminal.app would print the question."""
    if environ.get("TERM", "") in NEVER_ASKED or environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return False
    return os.isatty(_KEYBOARD) and os.isatty(_SCREEN)


def _asked(settings: Settings, environ: Mapping[str, str], *, wait_s: float | None = None) -> Served:
    # not for those who read another language, or whose terminal is known
    from tuicrm.services.terminal import query

    try:
        sieve, typed = query.ask(_KEYBOARD, _SCREEN, wait_s or query.WAIT_S)
    except OSError as error:
        log.warning("the terminal could not be asked: %s", error.strerror)
        return _known(settings, environ)
    served = _learnt(settings.bidi, environ, sieve)
    return Served(served.facts, served.choice, None if sieve.complete else sieve, typed)


def _learnt(setting: BidiMode, environ: Mapping[str, str], sieve: Sieve) -> Served:
    """What the terminal said, with what its user answered earlier; remembered when it said all."""
    at = key(environ, sieve.name)
    before = known.find(at)
    now = Known(at, sieve.name, sieve.mode8, before.answer if before else "")
    if sieve.complete and now != before:
        known.keep(now)
    return _chosen(setting, now, environ)


def _known(settings: Settings, environ: Mapping[str, str]) -> Served:
    """By what earlier starts have learnt, and by the environment."""
    return _chosen(settings.bidi, known.find(key(environ)) or Known(key(environ)), environ)


def _chosen(setting: BidiMode, seen: Known, environ: Mapping[str, str]) -> Served:
    facts = Facts(setting, seen.answer, seen.mode8, seen.name, environ)
    return Served(facts, choose(facts))
