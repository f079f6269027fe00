"""What a file gives: one row after the other, as contacts to be or as refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuicrm.domain.models import NewContact
from tuicrm.domain.record import made, record


@record
class Incoming:
    """One row. ``line``: its line in a CSV file, its place (from 1) in a JSON array.

    ``contact`` is None for a row with a ``code``: ``refused`` when the row is wrong, else skipped on purpose. ``kept``:
    columns whose text did not fit where it belongs and went to a free field, or that have no other place.
    ``owner``, ``do_not_call``: None when the file does not say.
    """

    line: int
    contact: NewContact | None = None
    owner: str | None = None
    do_not_call: bool | None = None
    kept: tuple[str, ...] = ()
    photo: bool = False
    code: str = ""
    params: Mapping[str, Any] = made(default_factory=dict)
    refused: bool = False


def looks_like_address(text: str) -> bool:
    """Whether a text can be an e-mail address: one ``@`` with something on both sides, no blank."""
    name, at, domain = text.rpartition("@")
    return bool(at and name and domain) and not any(char.isspace() for char in text)


def has_digit(text: str) -> bool:
    """Whether a text can be a number."""
    return any(char.isdecimal() for char in text)
