"""A moment said in several words: ``/2 days``, ``/next monday 10``, ``/سه شنبه ساعت ۱۰``, ``/۱۵ آذر``.

Tokens are single words; people write moments as they say them. At the end of a line a ``/`` and the words behind it
are one token when ``when`` understands all of them as one moment. One sign more keeps them as text, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tuicrm.domain.logline_names import Refused, Sense, refusal
from tuicrm.domain.tokens import LineContext
from tuicrm.domain.when import WhenRefused, parse_when

SIGN: Final = "/"
MOST_WORDS: Final = 6
LONGEST: Final = 60
"""Letters of a moment: longer texts are none, and reading them at every key would cost."""
_NOT_ONE: Final = frozenset({"when_unknown", "when_empty"})


def moment_before(
    texts: Sequence[str], first: int, end: int, ctx: LineContext
) -> tuple[int, int, Sense | Refused] | None:
    """The moment in several words that ends before index ``end``: the index of its first word, how many signs stand
    before it (more than one: it is text, and loses one), and what it says. None: there is none."""
    for at in range(end - 2, max(first, end - MOST_WORDS) - 1, -1):
        text = texts[at]
        if text.startswith(SIGN):
            bare = text.lstrip(SIGN)
            said = _said(" ".join([bare, *texts[at + 1 : end]]), ctx) if bare[:1].isalnum() else None
            return None if said is None else (at, len(text) - len(bare), said)
    return None


def _said(words: str, ctx: LineContext) -> Sense | Refused | None:
    if len(words) > LONGEST:
        return None
    try:
        due = parse_when(words, ctx.now, ctx.when)
    except WhenRefused as problem:
        return None if problem.code in _NOT_ONE else refusal(problem)
    return Sense("due", due, f"{due.on} {due.at:%H:%M}" if due.at is not None else f"{due.on}")
