"""A moment said in several words: ``/2 days``, ``/next monday 10``, ``/سه شنبه ساعت ۱۰``, ``/۱۵ آذر``.

Tokens are single words; people write moments as they say them. At the end of a line a ``/`` and the words behind it
are one token when ``when`` understands all of them as one moment. One sign more keeps them as text, as everywhere.
"""

from __future__ import annotations

from typing import Final

from tuicrm.domain.logline_names import Refused, Sense, refusal
from tuicrm.domain.tokens import LineContext
from tuicrm.domain.when import WhenRefused, parse_when

SIGN: Final = "/"
MOST_WORDS: Final = 6
LONGEST: Final = 60
"""Letters of a moment: longer texts are none, and reading them at every key would cost."""
_NOT_ONE: Final = frozenset({"when_unknown", "when_empty"})


def moment(text: str, ctx: LineContext) -> Sense | Refused | None:
    """What a ``/`` and the words behind it say as one moment; None: they are none."""
    words = " ".join(text[1:].split())
    if text[:1] != SIGN or not words[:1].isalnum() or len(words) > LONGEST:
        return None
    try:
        due = parse_when(words, ctx.now, ctx.when)
    except WhenRefused as problem:
        return None if problem.code in _NOT_ONE else refusal(problem)
    return Sense("due", due, f"{due.on} {due.at:%H:%M}" if due.at is not None else f"{due.on}")
