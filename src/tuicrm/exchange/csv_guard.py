"""What keeps a spreadsheet from taking a cell for a formula: put there on the way out, taken off on the way in."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"''*[=+\-@\t\r]")
_INSIDE: Final = re.compile(r"([;\t])('*(?:[=+@]|-(?!\))))")
"""What would begin a cell where a spreadsheet parts them by ``;`` or tabs, inside of quotation marks too: it looks for
those at the beginning of a cell alone. Not ``;-)``."""
_INSIDE_GUARDED: Final = re.compile(r"([;\t])'('*(?:[=+@]|-(?!\))))")


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before ``= + - @`` and the like.

    So too inside, behind what parts cells elsewhere. One more before a text that already looks so, so that
    ``unguarded`` always gives the text back.
    """
    if ";" in text or "\t" in text:
        text = _INSIDE.sub(r"\1'\2", text)
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    text = text[1:] if _GUARDED.match(text) else text
    return _INSIDE_GUARDED.sub(r"\1\2", text) if may_be_guarded(text) else text


def may_be_guarded(cell: str) -> bool:
    """Whether ``unguarded`` can make another text of a cell; quickly told, for there are many."""
    return cell.startswith("'") or ";'" in cell or "\t'" in cell
