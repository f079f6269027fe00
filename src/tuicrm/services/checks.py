"""What the doctor finds: one thing each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuicrm.domain.record import made, record
from tuicrm.i18n import Phrase, sentence


@record
class Check:
    """One thing looked at. ``name`` and ``code`` are stable; ``value``: what was found.

    ``ok`` is False when something should be done; ``code``, filled by ``params``, says what, or else explains
    what was found. ``damaged``: records may be wrong.
    """

    name: str
    ok: bool
    value: str
    code: str = ""
    params: Mapping[str, Any] = made(default_factory=dict)
    damaged: bool = False

    @property
    def advice(self) -> Phrase:
        """The advice or explanation as a sentence in the user's language; ``""`` without one."""
        return sentence(self) if self.code else Phrase()


def judged(name: str, ok: bool, value: str, code: str, **params: Any) -> Check:
    """A check; ``code`` and its parameters say what to do when it is not ``ok``."""
    return Check(name, True, value) if ok else Check(name, False, value, code, params)


def in_bytes(size: int) -> str:
    """``4.2 MB``."""
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
