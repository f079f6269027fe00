"""How people are addressed (``Ms``, ``Herr``): no part of a name, for with it somebody would be another person than
without, and stand under M."""

from __future__ import annotations

import re
from typing import Final

from tuicrm.domain.fold import fold

_ADDRESSED: Final = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "mx", "sir", "madam", "herr", "frau", "m", "mme", "mlle", "monsieur"),
        *(
            "madame",
            "sr",
            "sra",
            "آقا",
            "آقای",
            "خانم",
            "اقا",
            "اقای",
            "سرکار خانم",
            "جناب آقای",
            "جناب اقای",
        ),
    )
)
"""How people are spoken to, folded; an academic title is part of the name."""


EASTERN: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
"""A letter of a language in which the family name comes first."""


def is_one(text: str) -> bool:
    """Whether it is how somebody is addressed, and nothing else."""
    return fold(text) in _ADDRESSED


def without(whole: str, prefix: str) -> str:
    """A name without what stands before it; one of which nothing would be left stays."""
    return whole.removeprefix(prefix).strip() or whole
