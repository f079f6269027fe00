"""Whom an event or task is about: addresses, numbers and names that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from tuicrm.domain.fold import with_ascii_digits
from tuicrm.domain.phone import digits
from tuicrm.domain.record import record
from tuicrm.domain.safe import tidy
from tuicrm.exchange.ics_lines import Component, Property
from tuicrm.exchange.incoming import looks_like_address

NUMBER: Final = "X-TUICRM-NUMBER"
"""The property that says which end of a description our own export has put there."""
BETWEEN: Final = ", "
"""Between several numbers or addresses, the likeliest first."""
_LOOKED_AT: Final = 5_000
"""Characters of a text in which numbers and addresses are looked for."""
_MOST: Final = 10
_NUMBER: Final = re.compile(r"(?<![\w/=&?-])\+?\(?\d[\d \u00a0().\-/]{5,20}\d(?!\w)", re.ASCII)
_DATE: Final = re.compile(r"\d{4}[-./]\d\d?[-./]\d\d?.*|\d\d?[-./]\d\d?[-./]\d{4}.*", re.ASCII | re.DOTALL)
_DIGITS: Final = range(7, 16)
_READ: Final = ("LOCATION", "URL", "CONFERENCE", "X-GOOGLE-CONFERENCE", "COMMENT", "CATEGORIES")
"""Properties whose values are for people; they come into the note."""
_NO_PLACE: Final = frozenset(("ATTACH", "GEO", "IMAGE", "PRIORITY", "RELATED-TO", "RESOURCES"))
_WORDS: Final = re.compile(r"[\s,;<>()\"'\[\]|]+")
_CALLING: Final = re.compile(
    r"(?:(?:please\s+)?(?:re)?call(?:\s+back|\s+with)?|phone|ring|follow[- ]?up(?:\s+with)?|meet(?:ing)?(?:\s+with)?"
    r"|تماس\s+با|زنگ\s+به|جلسه\s+با|پیگیری)\s*[:\-–]?\s+",
    re.IGNORECASE,
)


@record
class Who:
    """``name`` as likely as can be told; ``phones`` and ``emails`` joined by ``BETWEEN``."""

    name: str
    phones: str
    emails: str


def who(it: Component) -> tuple[Who, str]:
    """Whom it is about, and the reason: its summary, without the name that our own export puts before it."""
    contact, summary = _line(it.text("CONTACT")), _line(it.text("SUMMARY"))
    attendees, organizer = it.all("ATTENDEE"), it.first("ORGANIZER")
    texts = [it.text(name)[:_LOOKED_AT] for name in ("CONTACT", "LOCATION", "SUMMARY", "DESCRIPTION")]
    own = _address(organizer) if organizer else ""
    emails = [_address(each) for each in attendees]
    emails = (
        [each for each in emails if each.lower() != own.lower()] + list(_addresses(" ".join(texts))) + [own]
    )
    phones = [_tel(each) for each in attendees] + [found for text in texts for found in _numbers(text)]
    names = [contact, *(_line(each.params.get("CN", "")) for each in attendees if _address(each) != own)]
    reason = summary or _line(it.text("DESCRIPTION"))
    if contact and reason.startswith(f"{contact}: "):
        reason = reason[len(contact) + 2 :].strip()
    elif contact and reason == contact:
        reason = ""
    # CONTACT may hold a number alone, CN an address
    names = [name for name in names if any(map(str.isalpha, name)) and not looks_like_address(name)]
    name = names[0] if names else _named(summary)
    return Who(name, _joined(phones), _joined(emails)), reason


def note(it: Component, reason: str) -> str:
    """What is described of it, but for what is said already: the reason, and the number in our own export. Behind it
    what else a person reads of it: where, by what link, comments and categories, a line each."""
    text = tidy(it.text("DESCRIPTION"), multiline=True)
    if number := it.text(NUMBER):
        text = text.removesuffix(number).rstrip("\n")
    lines = [] if not text or _line(text) == reason else [text]
    for name in _READ:
        for each in it.all(name):
            told = tidy(each.text, multiline=True)
            if told and _line(told) != reason and not any(told in line for line in lines):
                lines.append(told)
    return "\n".join(lines)


def left_out(it: Component) -> tuple[str, ...]:
    """The properties that say something and have no place here; programs' own are no matter of anybody's."""
    names = dict.fromkeys(each.name for each in it.properties if each.value.strip())
    return tuple(name for name in names if name in _NO_PLACE)


def _line(text: str) -> str:
    return " ".join(tidy(text, multiline=True).split())[:500]


def _joined(found: list[str]) -> str:
    return BETWEEN.join(list(dict.fromkeys(filter(None, found)))[:_MOST])


def _address(it: Property) -> str:
    """The address of a ``mailto:``."""
    value = unquote(it.value.strip())
    address = value[7:] if value.lower().startswith("mailto:") else it.params.get("EMAIL", value)
    return address.strip() if looks_like_address(address.strip()) and ":" not in address else ""


def _tel(it: Property) -> str:
    value = unquote(it.value.strip())
    return value[4:].split(";")[0] if value.lower().startswith("tel:") else ""


def _addresses(text: str) -> Iterator[str]:
    for word in _WORDS.split(text):
        word = word.removeprefix("mailto:").strip(".:")
        if "@" in word and looks_like_address(word) and "." in word.rpartition("@")[2] and "/" not in word:
            yield word


def _numbers(text: str) -> Iterator[str]:
    """Numbers of 7 to 15 digits that are no dates and stand in no link."""
    for line in with_ascii_digits(text).splitlines():
        plain = " ".join(word for word in line.split() if "://" not in word and "@" not in word)
        for found in _NUMBER.finditer(plain.replace("tel:", " ")):
            if len(digits(found[0])) in _DIGITS and not _DATE.fullmatch(found[0]):
                yield found[0].strip()


def _named(summary: str) -> str:
    """The name in ``Kate Allen: contract`` or ``Call Kate Allen``; else the summary as it is."""
    before, colon, _ = summary.partition(":")
    rest = _CALLING.sub("", summary, count=1) if _CALLING.match(summary) else ""
    if rest:
        return rest.split(":")[0].strip()
    return before.strip() if colon and before.strip() else summary
