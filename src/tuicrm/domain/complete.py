"""What can be typed next in the log line: after a sign, by Tab, as ghost text, as an abbreviation."""

from __future__ import annotations

from collections.abc import Sequence

from tuicrm.domain.process import Process
from tuicrm.domain.record import record
from tuicrm.domain.tokens import LineContext


@record
class Suggestion:
    """One thing that may stand at the cursor."""

    text: str
    """The token as typed, short: ``/n``, ``.q``."""
    insert: str
    """The whole line after taking it."""
    label: str
    """What it means, in the language asked for; ``""`` where only the face can name it (see ``kind``)."""
    kind: str = ""
    cursor: int = 0
    """Where the cursor stands in ``insert``."""


def suggestions(text: str, cursor: int, ctx: LineContext, lang: str = "en") -> list[Suggestion]:
    """What the word at ``cursor`` could become."""
    raise NotImplementedError


def ghost(text: str, ctx: LineContext, earlier_notes: Sequence[str]) -> str:
    """The dim text after the cursor at the end of ``text``, or ``""``."""
    raise NotImplementedError


def expand_abbreviation(text: str, process: Process) -> str:
    """``text`` up to the cursor, without the space just typed, its last word expanded if it is one."""
    raise NotImplementedError
