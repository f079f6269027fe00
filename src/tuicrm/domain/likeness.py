"""How like two contacts are: a score from 0 to 100 and the reasons. "Likely", never certain: nothing is merged by it.

Several people share a number, and folding lets a few distinct names meet. Each reason says with some
probability that the two are one; reasons are taken as independent, what speaks against it lowers the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Literal

from tuicrm.domain.fold import one_slip, one_spelling, unified, words
from tuicrm.domain.matching import Person
from tuicrm.domain.phone import reversed_digits
from tuicrm.domain.record import record

Reason = Literal["number", "email", "ending", "name", "swapped", "slip", "initials", "company"]

LEAST: Final = 40
"""The score from which two are told to be likely one. The same number or e-mail always tells so."""
ENDING: Final = 7
"""Digits by which two numbers are the same when one of them is not known whole."""
_WITHOUT_COUNTRY: Final = 9
"""Digits of a number that is whole but for its country."""
SLIP_LETTERS: Final = 4
"""Letters of a word in which one slip is seen: Ali and Eli are two names."""
_GLUED_LETTERS: Final = 8
"""Letters of a whole name in which a slip is seen although its spaces stand elsewhere."""

STRENGTH: Final[dict[Reason, int]] = {
    "email": 65,
    "number": 60,
    "name": 55,
    "ending": 45,
    "swapped": 45,
    "slip": 35,
    "company": 30,
    "initials": 25,
}
"""Per cent by which each reason alone says that two contacts are one."""
_ONE_WORD: Final = 40
"""The strength of a name of a single word: many are called Leila."""
_NAMED: Final = frozenset[str]({"name", "swapped", "slip", "initials"})
_HARD: Final = frozenset[str]({"number", "email"})

_OTHER_NAME: Final = 75
_OTHER_COMPANY: Final = 70
_OTHER_NUMBER: Final = 85
"""Per cent that stay when both have one and they differ."""


_company: Final = lru_cache(maxsize=4096)(unified)
"""What companies are compared by; a company has several contacts."""


@record
class Look:
    """What of a contact is compared. ``words``: of the name, folded, in one spelling; ``name``: these glued.

    ``numbers``: E.164 with extension, or the digits backwards of one that is not valid; ``endings``: their last
    seven digits backwards, with extension.
    """

    words: tuple[str, ...]
    name: str
    company: str
    numbers: frozenset[tuple[str, str]]
    partial: frozenset[tuple[str, str]]
    emails: frozenset[str]

    @property
    def endings(self) -> frozenset[str]:
        """The last seven digits, backwards, of every number that has them."""
        both = self.numbers | self.partial
        return frozenset(digits[:ENDING] for digits, _ in both if len(digits) >= ENDING)


@record
class Likeness:
    """``score`` 0 to 100; ``why``: the reasons, the strongest first."""

    score: int
    why: tuple[Reason, ...]

    @property
    def likely(self) -> bool:
        """Whether the two are to be looked at."""
        return self.score >= LEAST


def look(person: Person) -> Look:
    """What of a contact, new or stored, is compared."""
    named = one_spelling(words(person.name))
    whole: set[tuple[str, str]] = set()
    partial: set[tuple[str, str]] = set()
    for phone in person.phones:
        digits = reversed_digits(phone)
        if phone.e164 is not None:
            whole.add((digits, phone.ext))
        elif len(digits.rstrip("0")) >= ENDING:
            partial.add((digits.rstrip("0"), phone.ext))
    emails = {email.address.strip().casefold() for email in person.emails} - {""}
    return Look(
        named,
        "".join(named),
        _company(person.company),
        frozenset(whole),
        frozenset(partial),
        frozenset(emails),
    )


def likeness(a: Look, b: Look) -> Likeness:
    """How like two contacts are; the same whichever is named first."""
    why: list[Reason] = []
    number = _number_reason(a, b)
    if number:
        why.append(number)
    if a.emails & b.emails:
        why.append("email")
    if number is None and a.endings & b.endings:
        # other area, same subscriber: by itself no reason, but it may carry a slip in the name
        number = "ending"
    named = name_reason(a.words, b.words)
    if named in ("name", "swapped") or (named and (why or number or _same_company(a, b))):
        why.append(named)
        if _same_company(a, b):
            why.append("company")
        if number == "ending" and "ending" not in why:
            why.append("ending")
    why.sort(key=lambda reason: -STRENGTH[reason])
    return Likeness(_score(a, b, why), tuple(why))


def _number_reason(a: Look, b: Look) -> Reason | None:
    """The same number whole, or by seven or more last digits where one is not valid; the same extension."""
    if a.numbers & b.numbers or a.partial & b.partial or _spelt_otherwise(a, b):
        return "number"
    mixed = ((x, y) for one, two in ((a, b), (b, a)) for x in one.partial for y in two.numbers | two.partial)
    return "ending" if any(_same_end(x, y) for x, y in mixed) else None


def _spelt_otherwise(a: Look, b: Look) -> bool:
    """Whether a number that is not valid stands with its country in one, and without it in the other."""
    long = [(x, y) for x in a.partial for y in b.partial if min(len(x[0]), len(y[0])) >= _WITHOUT_COUNTRY]
    return any(_same_end(x, y) for x, y in long)


def _same_end(a: tuple[str, str], b: tuple[str, str]) -> bool:
    left, right = a[0].rstrip("0"), b[0].rstrip("0")
    shorter = min(len(left), len(right))
    return a[1] == b[1] and shorter >= ENDING and left[:shorter] == right[:shorter]


def _same_company(a: Look, b: Look) -> bool:
    return bool(a.company) and a.company == b.company


def name_reason(a: Sequence[str], b: Sequence[str]) -> Reason | None:
    """How two names, as words in one spelling, are alike; None when they are not, or one is missing."""
    if not a or not b:
        return None
    left, right = "".join(a), "".join(b)
    if left == right:
        return "name"
    if len(a) == len(b) and sorted(a) == sorted(b):
        return "swapped"
    if _slipped(a, b, left, right):
        return "slip"
    return "initials" if _initials(a, b) else None


def _slipped(a: Sequence[str], b: Sequence[str], left: str, right: str) -> bool:
    """One slip in one word, or in the whole name when its spaces stand elsewhere; never in digits."""
    if len(a) != len(b):
        return (
            min(len(left), len(right)) >= _GLUED_LETTERS and _no_digits(left, right) and one_slip(left, right)
        )
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) != 1:
        return False
    x, y = differing[0]
    return min(len(x), len(y)) >= SLIP_LETTERS and _no_digits(x, y) and one_slip(x, y)


def _no_digits(*texts: str) -> bool:
    return not any(char.isdigit() for text in texts for char in text)


def _initials(a: Sequence[str], b: Sequence[str]) -> bool:
    """``l karimi`` and ``leila karimi``: each word is the other's or its first letter, and one is a whole word."""
    if len(a) != len(b) or len(a) < 2:
        return False
    whole = 0
    for x, y in zip(a, b, strict=True):
        if x == y:
            whole += len(x) > 1
        elif min(len(x), len(y)) != 1 or x[0] != y[0]:
            return False
    return whole > 0


def _score(a: Look, b: Look, why: Iterable[Reason]) -> int:
    reasons = set(why)
    if not reasons:
        return 0
    doubt = 1.0
    for reason in reasons:
        strength = (
            _ONE_WORD if reason == "name" and min(len(a.words), len(b.words)) == 1 else STRENGTH[reason]
        )
        doubt *= 1 - strength / 100
    score = 100 * (1 - doubt)
    if a.words and b.words and not reasons & _NAMED and not _part_of(a, b):
        score *= _OTHER_NAME / 100
    if a.company and b.company and a.company != b.company:
        score *= _OTHER_COMPANY / 100
    if not reasons & {"number", "ending"} and (a.numbers or a.partial) and (b.numbers or b.partial):
        score *= _OTHER_NUMBER / 100
    return max(round(score), LEAST if reasons & _HARD else 0)


def _part_of(a: Look, b: Look) -> bool:
    """Whether one name is a part of the other: Leila, and Leila Karimi."""
    left, right = set(a.words), set(b.words)
    return left <= right or right <= left
