"""What keys write into a search line, in the reader's words: ``agent:me`` is ``کارشناس:من``. Both are read."""

from __future__ import annotations

from datetime import date
from typing import Final

from tuicrm import i18n, shown
from tuicrm.domain.errors import Invalid
from tuicrm.domain.filter_values import IN_PERSIAN
from tuicrm.domain.filters import parse, said, with_term

_OWN: Final = {"me": "من", "nextweek": "هفتهٔ آینده"}


def written(filter_text: str, what: str, key: str, value: str) -> str:
    """``with_term`` of values that are codes (``done,cancelled``, ``..today``), as one would type them oneself."""
    if i18n.language() != "fa":
        return with_term(filter_text, what, key, value)
    values = ",".join("..".join(map(_in_persian, each.split(".."))) for each in value.split(","))
    return with_term(filter_text, what, key, values, persian=True)


def written_days(filter_text: str, what: str, key: str, first: date, last: date) -> str:
    """The same for a day or days, as dates are written here."""
    if i18n.language() == "fa":
        ends = [str(shown.numeric_day(on)) for on in (first, last)]
    else:
        ends = [first.isoformat(), last.isoformat()]
    return with_term(
        filter_text, what, key, ends[0] if first == last else "..".join(ends), persian=i18n.language() == "fa"
    )


def mine(what: str) -> str:
    """What is one's own."""
    return written("", what, "agent", "me")


def is_mine(filter_text: str, what: str) -> bool:
    """Whether a filter shows one's own alone, in whichever words."""
    try:
        terms = parse(filter_text, what)
    except Invalid:
        return False
    own = (["me"], [_OWN["me"]])
    return any(
        term.key == "agent" and not term.negated and [each.text for each in term.values] in own
        for term in terms
    )


def _in_persian(code: str) -> str:
    """A code in the word for it; what has none, as it is."""
    if not code:
        return ""
    word = _OWN.get(code) or IN_PERSIAN.get(code) or str(i18n.word(code))
    return said("", word.translate(_BARE)).removeprefix(":")


_BARE: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
