"""Who is meant: judging rows against what was typed, and seeing doubles. What is typed in Who is read in
``who_text``, what fits is marked in ``marking``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, Protocol

from tuicrm.domain.fold import fold, glued, one_slip, one_spelling, unified, words
from tuicrm.domain.marking import joined_parts, joins, match_spans
from tuicrm.domain.models import EmailAddress, PhoneNumber
from tuicrm.domain.phone import SAVING_DIGITS, reversed_digits
from tuicrm.domain.who_text import WhoText, capitalised, only_who, parse_who

__all__ = [
    "Person",
    "Reason",
    "WhoText",
    "begin_words",
    "capitalised",
    "double_reason",
    "has_words",
    "is_exact",
    "joined_parts",
    "joins",
    "match_spans",
    "near",
    "only_who",
    "parse_who",
    "rank",
    "same_number",
]


def is_exact(name: str, company: str, query: str) -> bool:
    """True when the query is the name, the company, or both, whole; words in any order, glued or parted."""
    asked = unified(query)
    if not asked:
        return False
    return asked in (unified(name), unified(company)) or _word_set(query) in (
        _word_set(name),
        _word_set(f"{name} {company}"),
    )


def has_words(name: str, company: str, query: str) -> bool:
    """True when each asked word is a whole word of the name or company, in any order."""
    asked = set(one_spelling(words(query)))
    return bool(asked) and asked <= set(one_spelling(words(f"{name} {company}")))


def spelled_together(name: str, company: str, query: str) -> bool:
    """True when the query is some neighbouring words of the name or company, joined or parted otherwise:
    ``علیرضا`` of ``علی‌رضا کریمی``, whole words and nothing else."""
    asked = unified(query)
    return bool(asked) and any(asked in _runs(one_spelling(words(text))) for text in (name, company))


def _runs(parts: Sequence[str]) -> set[str]:
    """Every run of neighbouring words, written together."""
    return {
        "".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)
    }


def _word_set(text: str) -> list[str]:
    return sorted(one_spelling(words(text)))


RANK_EXACT: Final = 0
RANK_NEAR: Final = 5


def rank(name: str, company: str, query: str) -> int:
    """How well a row fits, 0 the best: 0 exact; 1 whole words; 2 the name begins so; 3 beginnings of words;
    4 joined (``prsh``) or inside; 5 only with a slip, or not at all.
    """
    if is_exact(name, company, query):
        return RANK_EXACT
    asked, have = words(query), words(f"{name} {company}")
    if asked and set(asked) <= set(have):
        return 1
    if fold(name).startswith(fold(query)) or glued(name).startswith(glued(query)):
        return 2
    if asked and begin_words(asked, have):
        return 3
    joined = glued(query)
    return 4 if joined and (joined in glued(f"{name}{company}") or joins(joined, have)) else RANK_NEAR


def begin_words(asked: Sequence[str], have: Sequence[str]) -> bool:
    """True when every asked word begins a word of its own among ``have``, in any order (both folded)."""
    left = sorted(have, key=len)
    for word in sorted(asked, key=len, reverse=True):
        found = next((index for index, other in enumerate(left) if other.startswith(word)), None)
        if found is None:
            return False
        del left[found]
    return True


def near(name: str, company: str, query: str) -> bool:
    """True when each asked word begins a word of the row, at most one of them with one slip (4+ letters)."""
    have = words(f"{name} {company}")
    slips = 0
    for word in words(query):
        if any(other.startswith(word) for other in have):
            continue
        slips += 1
        if len(word) < 4 or not any(_near_beginning(word, other) for other in have):
            return False
    return slips <= 1


def _near_beginning(word: str, other: str) -> bool:
    size = len(word)
    return any(one_slip(word, other[:length]) for length in (size, size - 1, size + 1))


# --- doubles ------------------------------------------------------------------------------------------------

Reason = Literal["number", "email", "name"]


class Person(Protocol):
    """What a new contact and a stored one have in common."""

    @property
    def name(self) -> str: ...
    @property
    def company(self) -> str: ...
    @property
    def phones(self) -> tuple[PhoneNumber, ...]: ...
    @property
    def emails(self) -> tuple[EmailAddress, ...]: ...


def double_reason(new: Person, old: Person) -> Reason | None:
    """Why the two may be one: the same number, the same e-mail, or the same name and company; else None.

    "Likely", never certain: several people share a number, and folding lets a few distinct names meet.
    """
    if any(same_number(a, b) for a in new.phones for b in old.phones):
        return "number"
    addresses = {email.address.strip().casefold() for email in new.emails} - {""}
    if any(email.address.strip().casefold() in addresses for email in old.emails):
        return "email"
    named = unified(new.name)
    same = (named, unified(new.company)) == (unified(old.name), unified(old.company))
    return "name" if named and same else None


def same_number(a: PhoneNumber, b: PhoneNumber) -> bool:
    """The same number whole, or by seven or more last digits where one is not valid; the same extension."""
    if a.ext != b.ext:
        return False
    if a.e164 is not None and b.e164 is not None:
        return a.e164 == b.e164
    left, right = reversed_digits(a).rstrip("0"), reversed_digits(b).rstrip("0")
    shorter = min(len(left), len(right))
    return shorter >= SAVING_DIGITS and left[:shorter] == right[:shorter]
