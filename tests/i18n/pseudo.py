"""A made-up language that only tests speak: each text stands in ⟦ ⟧ and its letters have accents.

What is on a screen in plain Latin letters then did not pass through ``t``, unless it is data. The data of these
tests is Persian, so that whatever is left must be a name of a key, a token, a handle: something to be typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tuicrm import i18n, settings_table
from tuicrm.domain.process import default_text
from tuicrm.domain.record import replace

CODE = "qps"
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀćđéƒğĥíĵķłɱñóƥɋŕšţúṽŵẋýžÁɃĆĐÉƑĞĤÍĴĶŁⱮÑÓƤɊŔŠŢÚṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)


def accented(text: str) -> str:
    """A text in the made-up language; placeholders stay, and what has no letters, as a comma between things."""
    if not re.search("[a-zA-Z]", re.sub(r"\{\w*\}", "", text)):
        return text
    parts = re.split(r"(\{\w*\})", text)
    return f"⟦{''.join(part if part.startswith('{') else part.translate(_ACCENTS) for part in parts)}⟧"


class Pseudo:
    """A catalogue that knows every text."""

    def gettext(self, text: str) -> str:
        return accented(text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return accented(one if n == 1 else many)


@contextmanager
def spoken(*, isolate: bool = True) -> Iterator[None]:
    """Speaks the made-up language, also in what asks for its language anew."""
    languages, catalogue, choices = i18n.LANGUAGES, i18n._catalogue, settings_table.BY_NAME
    i18n.LANGUAGES = (*languages, CODE)  # type: ignore[assignment]
    i18n._catalogue = lambda code: Pseudo() if code == CODE else catalogue(code)
    language = replace(choices["language"], choices=i18n.LANGUAGES)
    settings_table.BY_NAME = {**choices, "language": language}  # type: ignore[misc]
    i18n.use(CODE, isolate=isolate)
    try:
        yield
    finally:
        i18n.LANGUAGES, i18n._catalogue = languages, catalogue
        settings_table.BY_NAME = choices  # type: ignore[misc]
        i18n.use("en")


def plain_words(lines: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Words in plain Latin letters that are not known, each with a line it stands in; tokens (``/sms``) are typed."""
    found: dict[str, str] = {}
    for line in lines:
        for word, cut in re.findall(r"(?<![^\W_])(?<![/.@#_])([A-Za-z][A-Za-z'_-]+)(…?)(?![^\W_])", line):
            if word not in known and not (cut and any(one.startswith(word) for one in known)):
                found.setdefault(word, line.strip())
    return found


def process_text() -> str:
    """The shipped process file with its Persian labels in both languages: they are data too."""
    text = default_text()
    return re.sub(r'^label = ".*"\nlabel_fa = "(.*)"$', r'label = "\1"\nlabel_fa = "\1"', text, flags=re.M)
