"""The program speaking one language in one calendar and one kind of digits, for as long as a test needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tuicrm import i18n


@contextmanager
def shown_in(
    language: str = "fa", calendar: str = "auto", digits: str = "auto", *, isolate: bool = False
) -> Iterator[None]:
    """Speaks so; English, by the language, afterwards. ``isolate``: as on a screen."""
    i18n.use(language, isolate=isolate)
    i18n.show_in(calendar, digits)
    try:
        yield
    finally:
        i18n.use("en")
        i18n.show_in()
