"""A made-up terminal: what it says when it is asked, and how text looks on it in each mode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.segment import Segment
from textual.color import Color

from tests.tui.ptys import Terminal, terminal
from tuicrm.domain.terminals import Mode
from tuicrm.tui.order import line_filter
from tuicrm.tui.text import fitted

FENCE = b"\x1b[?62;c"
QUESTION = b"\x1b[8$p"
PROGRAM_ORDERS, TERMINAL_ORDERS = b"\x1b[8l", b"\x1b[8h"
ISOLATES = [mark.encode() for mark in "\u2066\u2067\u2068\u2069\u200e\u200f"]


class Saying:
    """Answers the questions of the start with ``words``, once. ``asked``: how often it was asked."""

    def __init__(self, words: bytes) -> None:
        self.words = words
        self.asked = 0
        self._before = b""

    def __call__(self, piece: bytes) -> bytes:
        # a question may come in two pieces
        heard = self._before + piece
        self._before = heard[-len(QUESTION) + 1 :]
        if QUESTION not in heard:
            return b""
        self.asked += 1
        return self.words


def mode8(setting: int) -> bytes:
    """The answer that says who reorders."""
    return f"\x1b[8;{setting}$y".encode()


def named(version: str) -> bytes:
    """The answer that says the terminal's name."""
    return f"\x1bP>|{version}\x1b\\".encode()


def look(text: str, mode: Mode) -> str:
    """A piece of data as it goes to the terminal in a mode."""
    ready = line_filter(mode, "ltr").apply([Segment(fitted(text))], Color(0, 0, 0))
    return "".join(segment.text for segment in ready)


PATIENT = """
from tuicrm.services.terminal import query
ask = query.ask
query.ask = lambda keyboard, screen, _: ask(keyboard, screen, 60.0)
"""
"""Run first, it makes the program wait for the terminal's whole answer: on a busy machine it would be a late one."""


@contextmanager
def persian(folder: Path, saying: Saying, **environ: str) -> Iterator[Terminal]:
    """tuicrm in Persian in that terminal. It keeps what it learns in ``folder``."""
    own = {"TUICRM_LANG": "fa", "XDG_STATE_HOME": str(folder / "state"), **environ}
    before = PATIENT if FENCE in saying.words else ""
    with terminal(folder / "crm.db", before=before, answer=saying, environ=own) as program:
        yield program
