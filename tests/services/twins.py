"""What a whole made-up file is, and what must come of it."""

from __future__ import annotations

from tuicrm.domain.record import made, record


@record
class Person:
    """What must be known of a contact. ``phones``, ``emails``: with their labels behind a space, if they have any."""

    name: str
    company: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    fields: dict[str, str] = made(default_factory=dict)
    note: str = ""


@record
class Twin:
    """A file. ``told``: code and line of every row that is left out. ``photos``: pictures that are left out."""

    data: bytes
    people: tuple[Person, ...]
    told: tuple[tuple[str, int], ...] = ()
    photos: int = 0


def file(*lines: str, end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    return end.join([*lines, ""]).encode(encoding)
