"""Whole lists, page by page: what ``--all`` prints is never held at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

from tuicrm.domain.models import Page

PAGE: Final = 500


def every(
    read: Callable[..., Page], start: int | None, *, way: Literal["before", "after"], mark: str = "id"
) -> Iterator[Any]:
    """All rows ``before`` or ``after`` the one marked ``start`` (None: from the beginning).

    ``read(limit=, before=)`` or ``read(limit=, after=)`` gives a page; ``mark``: what it goes on behind.
    """
    while True:
        page = read(limit=PAGE, **{way: start})
        yield from page.rows
        if not page.more:
            return
        start = getattr(page.rows[-1], mark)
