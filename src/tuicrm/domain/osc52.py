"""How a text is handed to the terminal's clipboard (OSC 52), also from within tmux and GNU screen. Pure.

tmux takes the sequence itself only with ``set-clipboard on``, and hands a wrapped one on only with
``allow-passthrough on``; both are sent, one of them is ignored. screen hands on what is wrapped, in parts, because it
keeps no more than 256 bytes of a string in old versions.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Mapping
from typing import Final

PART: Final = 200
"""Bytes of a wrapped part for screen."""
MOST: Final = 74_994
"""Bytes of text at most: terminals cut or drop a sequence of more than 100,000."""


def sequence(text: str, environ: Mapping[str, str]) -> str:
    """What to write to the terminal, its wrapping chosen by the environment; ``""`` for a text that is too long."""
    data = text.encode()
    if len(data) > MOST:
        return ""
    plain = f"\x1b]52;c;{b2a_base64(data, newline=False).decode()}\a"
    term = environ.get("TERM", "")
    if term.startswith("tmux"):
        return plain + _tmux(plain)
    if environ.get("STY") or (term.startswith("screen") and not environ.get("TMUX")):
        # an old tmux on a machine farther up calls itself so too: it takes the first and leaves the other, while
        # screen would print the beginning of what is meant for tmux
        return plain + _screen(plain)
    return plain + _tmux(plain) if environ.get("TMUX") else plain


def _tmux(plain: str) -> str:
    doubled = plain.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"


def _screen(plain: str) -> str:
    parts = (plain[at : at + PART] for at in range(0, len(plain), PART))
    return "".join(f"\x1bP{part}\x1b\\" for part in parts)
