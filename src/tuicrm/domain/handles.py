"""What an agent may be called for short, as in ``@sara``."""

from __future__ import annotations


def fits(handle: str) -> bool:
    """Whether it is a letter, then letters, digits, dots, dashes and ``_``."""
    return handle[:1].isalpha() and all(map(_sign, handle))


def fitted(name: str) -> str:
    """The name of a user of this machine as a handle: ``CORP\\sara`` is ``corp-sara``, ``_apt`` is ``apt``."""
    signs = "".join(each if _sign(each) else "-" for each in name.lower())
    first = next((place for place, each in enumerate(signs) if each.isalpha()), len(signs))
    return signs[first:] or "agent"


def _sign(char: str) -> bool:
    return char.isalnum() or char in "._-"
