"""Why one record of a file is left out, on its way from where that shows to where it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """A record that cannot be read (``skipped`` False), or is left out on purpose."""

    def __init__(self, code: str, *, skipped: bool = False, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, Any] = params
        self.skipped = skipped
