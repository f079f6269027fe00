"""The people of the demo: 400 contacts, half of them with Persian names, with numbers that nobody can have."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any, Final

from tuicrm.domain.models import PhoneNumber
from tuicrm.domain.phone import parse_phone, reversed_digits
from tuicrm.services import demo_data as data

PEOPLE: Final = 400
_LATIN_EVERY: Final = 7
"""Every so many of the Persian people are written in Latin letters, as offices do."""
_PERSIAN_DIGITS: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class Person:
    """One contact to be made. ``persian``: notes about them are in Persian. ``weight``: how often they call."""

    __slots__ = (
        "company",
        "created",
        "do_not_call",
        "emails",
        "id",
        "index",
        "name",
        "owner",
        "persian",
        "phones",
        "weight",
    )

    def __init__(self, index: int, name: str, company: str, *, persian: bool) -> None:
        self.index = index
        self.id = 0
        self.name = name
        self.company = company
        self.persian = persian
        self.phones: list[PhoneNumber] = []
        self.emails: list[str] = []
        self.owner = ""
        self.weight = 0.0
        self.do_not_call = False
        self.created: datetime | None = None

    @property
    def number(self) -> str:
        """The number that calls with them carry; ``""`` without one."""
        return (self.phones[0].e164 or self.phones[0].raw) if self.phones else ""


def pick(rng: Random, weights: dict[str, int]) -> str:
    """A key, as often as its weight."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def phrase(rng: Random, lists: tuple[tuple[str, ...], tuple[str, ...]], person: Person) -> str:
    """One of the phrases (English, Persian) in the person's language, its number filled in."""
    text = rng.choice(lists[1 if person.persian else 0])
    number = str(rng.randrange(2, 10))
    return text.format(n=number.translate(_PERSIAN_DIGITS) if person.persian else number)


def people(rng: Random, region: str) -> list[Person]:
    """Everybody, without owner and weight. ``region``: whose numbers are written the national way."""
    made = []
    used: set[str] = set()
    for index in range(PEOPLE):
        person = _persian(rng, index, used) if index % 2 else _english(rng, index, used)
        person.phones = _phones(rng, index, region, iranian=bool(index % 2))
        made.append(person)
    return made


def columns(rng: Random, person: Person) -> dict[str, Any]:
    """The person as the values of a contact's record."""
    tags = data.PERSIAN_TAGS if person.persian and rng.random() < 0.5 else data.TAGS
    city = "شهر" if person.persian else "City"
    cities = data.PERSIAN_CITIES if person.persian else data.ENGLISH_CITIES
    return {
        "id": person.id,
        "name": person.name,
        "company": person.company,
        "note": "",
        "fields": {city: rng.choice(cities)} if rng.random() < 0.4 else {},
        "phones": [
            {"raw": p.raw, "e164": p.e164, "ext": p.ext, "label": p.label, "reversed": reversed_digits(p)}
            for p in person.phones
        ],
        "emails": [{"address": address, "label": ""} for address in person.emails],
        "tags": rng.sample(tags, rng.choice((1, 1, 2))) if rng.random() < 0.35 else [],
        "do_not_call": person.do_not_call,
        "owner": person.owner,
        "created_at": person.created,
    }


def _persian(rng: Random, index: int, used: set[str]) -> Person:
    first, last = _fresh_pair(rng, data.PERSIAN_FIRST, data.PERSIAN_LAST, used)
    latin = index % (2 * _LATIN_EVERY) == 1
    company, domain = rng.choice(data.PERSIAN_COMPANIES) if rng.random() < 0.5 else ("", "")
    if latin and company:
        company = domain.capitalize()
    script = 1 if latin else 0
    person = Person(index, f"{first[script]} {last[script]}", company, persian=not latin)
    if rng.random() < 0.4:
        person.emails.append(f"{first[1].lower()}.{last[1].lower()}@{_host(domain, 'org')}")
    return person


def _english(rng: Random, index: int, used: set[str]) -> Person:
    pairs = (
        tuple((name, name) for name in data.ENGLISH_FIRST),
        tuple((name, name) for name in data.ENGLISH_LAST),
    )
    first, last = _fresh_pair(rng, *pairs, used)
    company, domain = rng.choice(data.ENGLISH_COMPANIES) if rng.random() < 0.5 else ("", "")
    person = Person(index, f"{first[0]} {last[0]}", company, persian=False)
    if rng.random() < 0.5:
        local = f"{first[0]}.{last[0]}".lower()
        person.emails.append(
            "".join(ch for ch in local if ch.isalnum() or ch == ".") + "@" + _host(domain, "com")
        )
    return person


def _host(domain: str, top: str) -> str:
    """``example.com``, or a firm's part of it: names that are kept for examples for ever (RFC 2606)."""
    return f"{domain}.example.{top}" if domain else f"example.{top}"


def _fresh_pair(
    rng: Random, firsts: tuple[tuple[str, str], ...], lasts: tuple[tuple[str, str], ...], used: set[str]
) -> tuple[tuple[str, str], tuple[str, str]]:
    """A first and a last name. Namesakes stay rare but there: one try in ten takes what comes."""
    while True:
        first, last = rng.choice(firsts), rng.choice(lasts)
        if (first[0] + last[0]) not in used or rng.random() < 0.1:
            used.add(first[0] + last[0])
            return first, last


# --- numbers ------------------------------------------------------------------------------------------------
#
# British and American ones come from the ranges that their regulators keep for plays and films. Iran keeps none, so
# those have a block of zeros that a reader sees at once.


def _phones(rng: Random, index: int, region: str, *, iranian: bool) -> list[PhoneNumber]:
    if index % 50 == 24:
        return []
    first = _iranian(index, mobile=index % 4 != 1) if iranian else _english_number(index)
    written = [_written(first, region)]
    if rng.random() < 0.2:
        second = _iranian(index + 5000, mobile=False) if iranian else _english_number(index + 1000)
        written.append(_written(second, region))
    read = [parse_phone(raw, region) for raw in written]
    labels = ("mobile", "office") if len(read) > 1 else ("",)
    return [PhoneNumber(p.raw, p.e164, p.ext, label) for p, label in zip(read, labels, strict=True)]


def _iranian(index: int, *, mobile: bool) -> tuple[str, str, str]:
    """(country code, region, national number)."""
    return ("98", "IR", f"0912 000 {index:04d}" if mobile else f"021 0000 {index:04d}")


def _english_number(index: int) -> tuple[str, str, str]:
    kind, number = index % 8, index // 2
    if kind == 0:
        return ("44", "GB", f"0161 496 0{number % 1000:03d}")
    if kind == 2:
        return ("1", "US", f"({(202, 312, 415)[number % 3]}) 555-01{number % 100:02d}")
    if kind == 4 and index % 40 == 4:
        return ("44", "GB", f"07700 900{number % 1000:03d}")
    return ("44", "GB", f"020 7946 0{number % 1000:03d}")


def _written(number: tuple[str, str, str], region: str) -> str:
    """As people of that region write it: the national way at home, else with the country's code."""
    code, own, national = number
    return national if own == region else f"+{code} {national.removeprefix('0')}"
