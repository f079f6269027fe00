"""Links in what people wrote: addresses of pages and of mail. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_PAGE: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"'«»\x00-\x1f\x7f-\x9f]+", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_AFTER: Final = ".,;:!?)]}>…،؛؟"
"""Signs that end the sentence around a link, and are no part of it."""


def found(texts: Iterable[str]) -> list[str]:
    """The links of some texts in their order, each once, as ``https://``, ``http://`` or ``mailto:``."""
    links: dict[str, None] = {}
    for text in texts:
        rest = text
        for match in _PAGE.finditer(text):
            page = _trimmed(match.group())
            rest = rest.replace(page, " ")
            links[page if "://" in page else f"https://{page}"] = None
        for match in _MAIL.finditer(rest):
            links[f"mailto:{_trimmed(match.group())}"] = None
    return list(links)


def _trimmed(link: str) -> str:
    """Without what stands behind it; a bracket that it opens itself is its own."""
    while link and link[-1] in _AFTER and not (link[-1] == ")" and link.count("(") >= link.count(")")):
        link = link[:-1]
    return link


def shown(link: str) -> str:
    """A link as people read it: an address of mail without its scheme."""
    return link.removeprefix("mailto:")
