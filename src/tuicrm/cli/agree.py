"""One question that wants yes or no."""

from __future__ import annotations

import sys
from typing import Final

from tuicrm.cli import say
from tuicrm.domain.fold import plain
from tuicrm.domain.keyboard import to_us
from tuicrm.i18n import Phrase, t

YES: Final = frozenset({"y", "yes"})


def agreed(question: Phrase) -> bool:
    """Asks until the answer is one; an empty line, or the end of the input, is no.

    Yes and no may be said in English and in the user's language, by a letter or whole; a letter that was typed under a
    Persian layout counts by its key.
    """
    yes, no = plain(t("yes")), plain(t("no"))
    while True:
        say.line(t("{question} {yes}/{no}", question=question, yes=t("yes"), no=t("no")))
        say.flush()
        line = sys.stdin.readline()
        said = plain(line.strip())
        if said in YES | {yes, yes[:1]} or to_us(said) in YES:
            return True
        if said in {"", "n", no, no[:1]} or to_us(said) == "n":
            return False
