"""What a heading by itself says: exactly by the table, else by its words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tuicrm.domain.fold import fold
from tuicrm.domain.record import record
from tuicrm.exchange import csv_headings as table

_NUMBERED: Final = re.compile(r"(?<=[^\W\d])\d{1,2}\b|\b\d{1,2}\b")
_LONGEST: Final = 6
"""Words of a heading that is looked at by its words; longer ones are questions of a form."""


@record
class Meaning:
    """What a heading says: the target, the label of a number or an address, and whether that is certain."""

    target: str
    label: str = ""
    sure: bool = True


def _folded_table() -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for target, headings in table.HEADINGS.items():
        for heading in headings:
            found.setdefault(bare(fold(heading)), Meaning(target))
    for target, labels in (("phone", table.PHONES), ("email", table.EMAILS)):
        for label, headings in labels.items():
            for heading in headings:
                found.setdefault(bare(fold(heading)), Meaning(target, label))
    return found


def bare(folded: str) -> str:
    """A folded heading without the number of a column that comes several times: ``phone 1 value``, ``email2``."""
    return " ".join(_NUMBERED.sub(" ", folded).split())


_TABLE: Final = _folded_table()
_LABELS: Final = {fold(word): label for word, label in table.LABELS.items()}
_WORDS_OF: Final = tuple(
    (target, frozenset(map(fold, words)))
    for target, words in (("email", table.EMAIL_WORDS), ("phone", table.PHONE_WORDS))
)


def known(folded: str) -> bool:
    """Whether the table has a heading."""
    return bool(folded) and bare(folded) in _TABLE


def meaning(folded: str) -> Meaning | None:
    """What a folded heading says; None: nothing that is known."""
    plain = bare(folded)
    found = _TABLE.get(plain)
    if found is not None:
        return found
    words = plain.split()
    if len(words) > _LONGEST or table.NOT_REACHED_BY.intersection(words) or is_extension(folded):
        return None
    spoken = f" {plain} "
    for target, known_words in _WORDS_OF:
        if any(f" {word} " in spoken for word in known_words):
            return Meaning(target, label_in(plain), sure=False)
    return None


def label_in(plain: str) -> str:
    """The label that the words of a heading give a number: ``Phone (direct)`` -> ``direct``."""
    words = plain.split()
    found = dict.fromkeys(_LABELS[word] for word in words if word in _LABELS)
    places = [label for label in found if label in ("home", "work", "other")]
    kinds = [label for label in found if label not in places]
    if places and kinds in ([], ["mobile"]):
        return kinds[0] if kinds else places[0]
    return " ".join(places + kinds)


@lru_cache(maxsize=1024)
def own_label(text: str) -> str:
    """What a program writes beside a number, as a label of our own: ``* Mobile`` -> ``mobile``; a person's own as
    it is."""
    text = text.strip().removeprefix("*").strip()
    folded = fold(text)
    if folded in _LABELS:
        return _LABELS[folded]
    return text


def is_extension(folded: str) -> bool:
    """Whether a column holds extensions."""
    words = bare(folded).split()
    return 0 < len(words) <= 4 and bool(table.EXTENSION_WORDS.intersection(words))


def without_extension(folded: str) -> str:
    """The heading of the number that an extension belongs to: ``work phone ext`` -> ``work phone``."""
    return " ".join(word for word in folded.split() if word not in table.EXTENSION_WORDS)


def beside(folded: str, others: frozenset[str]) -> str:
    """What a heading is for its company in the list (``prefix``, ``last``, ``first``); ``""``: nothing special."""
    for target, rules in (
        ("prefix", table.PREFIX_BESIDE),
        ("last", table.LAST_BESIDE),
        ("first", table.FIRST_BESIDE),
    ):
        for heading, company in rules.items():
            if fold(heading) == folded and any(fold(other) in others for other in company):
                return target
    return ""
