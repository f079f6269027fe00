"""A moment said in several words: ``/2 days``, ``/next monday 10``, ``/سه شنبه ساعت ۱۰``; ``-mon 14:00``, ``-۳۰ آبان``.

Tokens are single words; people write moments as they say them. At the end of a line a ``/`` (a follow-up) or ``-``
(when the call was) and the words behind it are one token when ``when`` understands all of them as one moment. One sign
more keeps them as text, as everywhere.
"""

from __future__ import annotations

from typing import Final

from tuicrm.domain.logline_names import Refused, Sense, refusal
from tuicrm.domain.tokens import LineContext
from tuicrm.domain.when import WhenRefused, local_now, parse_when, past_phrase

SIGNS: Final = "/-"
MOST_WORDS: Final = 12
LONGEST: Final = 60
"""Letters of a moment: longer texts are none, and reading them at every key would cost."""
_NOT_ONE: Final = frozenset({"when_unknown", "when_empty"})


def moment(text: str, ctx: LineContext) -> Sense | Refused | None:
    """What a sign and the words behind it say as one moment; None: they are none."""
    words = " ".join(text[1:].strip("\u200c").split())
    if text[:1] not in SIGNS or not words[:1].isalnum() or len(words) > LONGEST:
        return None
    try:
        return was(words, ctx) if text[0] == "-" else _due(words, ctx)
    except WhenRefused as problem:
        return None if problem.code in _NOT_ONE else refusal(problem)


def speaks_of_time(text: str) -> bool:
    """Whether a text has nothing but numbers and words of days and times: ``دو سه روز دیگه``, ``2 or 3 days``. What
    ``when`` does not understand of it is asked about: nobody writes a note of such words alone."""
    # Imported here: only what is understood by nothing else is looked at.
    from tuicrm.domain.when_vocabulary import only_words_of_time

    return len(text) <= LONGEST and only_words_of_time(text)


def _due(words: str, ctx: LineContext) -> Sense:
    due = parse_when(words, ctx.now, ctx.when)
    return Sense("due", due, f"{due.on} {due.at:%H:%M}" if due.at is not None else f"{due.on}")


def was(words: str, ctx: LineContext) -> Sense:
    """When a call was, to the minute; a day without a time opens one. Raises ``WhenRefused``."""
    found, due = past_phrase(words, ctx.now, ctx.when)
    moment = found.astimezone(ctx.when.zone).replace(second=0, microsecond=0)
    opens = "" if due.at is not None else "past"
    days = (local_now(ctx.now, ctx.when).date() - due.on).days
    return Sense("started", moment, f"{moment:%Y-%m-%d %H:%M}", opens, f"{days}d")
