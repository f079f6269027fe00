"""Telephone numbers: kept as typed, understood where that is certain, found by their last digits.

``phonenumbers`` is imported inside the two functions that need it: it costs 50 ms, more than a whole
``tuicrm log`` may take. Iranian mobiles, whose numbering is plain, do without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tuicrm.domain.models import PhoneNumber

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber as Parsed

SAVING_DIGITS: Final = 7
"""So many last digits name somebody when something will be saved; fewer name nobody."""
LOOKING_DIGITS: Final = 3
"""So many are enough to look for somebody."""
_SIGNS: Final = frozenset("+()-. /\u00a0")
_MOBILE_SIGNS: Final = frozenset("0123456789+()- ")
_EXTENSION: Final = "داخلی"
# Patterns are text here: compiled at the first number that needs them, they cost a log line nothing.
_EXTENSIONS: Final = (
    # a word for an extension, or the comma that makes a telephone wait, and its digits
    rf"(?i)(?:(?<![^\W\d_])(?:{_EXTENSION}|extension|extn?|int|x|#)|[,;](?=\s*[0-9]{{1,5}}$))[\s.:=]*([0-9]{{1,7}})"
)
_RUNS: Final = r"[0-9+()\-./\s]*[0-9][0-9+()\-./\s]*"
_VANITY: Final = r"[0-9+()\-. ]+[A-Z]{3,}"
_FLIPPED: Final = r"\(?([0-9]{7}|[0-9]{8})\)?[\s-]+\(?(09[0-9]{2}|0[1-8][0-9])\)?"
"""A subscriber's number with its code behind it, as one that was typed right to left is copied."""
_MARKED: Final = r"\s*[/،,;|\n]\s*|\s+-\s+|\s+و\s+"
_BETWEEN: Final = (
    # the signs that people put between two numbers; a blank before a new beginning; a word between them
    _MARKED,
    rf"{_MARKED}|(?<=\d)\s+(?=[+0۰٠])",
    rf"(?i){_MARKED}|(?<=\d)\s+(?!{_EXTENSION}|ext|int|x)(?=[^\W\d_])",
)
_UP_TO: Final = r"\s*(?:-|/|الی|تا|to)\s*[0-9]{1,2}\s*$"
_WHOLE_DIGITS: Final = 10
_DASHES: Final = "−_ـ٫"
"""Further signs that stand between the groups of a number: minus, underscore, tatweel, the decimal sign."""


def digits(text: str) -> str:
    """The decimal digits of any script in ``text``, as ASCII."""
    if text.isascii():
        return text if text.isdigit() else "".join([char for char in text if char.isdigit()])
    return "".join([str(int(char)) for char in text if char.isdecimal()])


def _plain(text: str) -> str:
    """ASCII digits, no format characters, plain dashes, blanks and plus: what a number is read from."""
    if text.isascii():
        return text.replace("_", "-")
    # Imported here: a number typed with ASCII digits, the usual case, does without the module.
    from unicodedata import category, normalize

    kept = []
    for char in normalize("NFKC", text):
        kind = category(char)
        if char.isdecimal():
            kept.append(str(int(char)))
        elif char in "يى":
            kept.append("ی")
        elif kind != "Cf":
            kept.append("-" if kind == "Pd" or char in _DASHES else " " if kind == "Zs" else char)
    return "".join(kept)


def looks_like_number(text: str, least: int = SAVING_DIGITS) -> bool:
    """True when the text is nothing but a number: ``least`` digits or more, ``+ ( ) - . /`` and blanks."""
    number = _plain(text)
    return len(digits(number)) >= least and all(char.isdigit() or char in _SIGNS for char in number)


# --- reading ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def parse_phone(raw: str, region: str) -> PhoneNumber:
    """The number as typed, with E.164 form and extension when it is valid for ``region`` or its own prefix.

    Never guesses an area code and never fails: what is not valid keeps its ``raw`` alone.
    """
    raw = raw.strip()
    text = _plain(raw)
    mobile = _iranian_mobile(text, region)
    if mobile is not None:
        return PhoneNumber(raw, mobile)
    if not any(char.isdigit() for char in text):
        return PhoneNumber(raw)
    return _parsed(raw, text, region)


def numbers_in(raw: str, region: str) -> tuple[str, ...]:
    """``0912 345 6789 - 021 8877 6655`` as the numbers that it holds, each as typed; else the text as it is.

    Parted only when every part is a valid number by itself, and the whole is none.
    """
    if parse_phone(raw, region).valid:
        return (raw,)
    for between in _BETWEEN:
        parts = tuple(part.strip() for part in re.split(between, raw) if part.strip())
        if len(parts) > 1 and all(parse_phone(part, region).valid for part in parts):
            return parts
    return (raw,)


def _iranian_mobile(text: str, region: str) -> str | None:
    """E.164 of a mobile of the blocks 90, 91, 92 and 93, which are dense; None: ask phonenumbers."""
    number = text.strip()
    if not _MOBILE_SIGNS.issuperset(number) or number.rfind("+") > 0:
        return None
    bare = digits(number)
    if number.startswith("+98") or bare.startswith("00989"):
        bare = bare.removeprefix("00")[2:]
    elif region != "IR" or number.startswith("+"):
        return None
    bare = bare.removeprefix("0")
    dense = bare[:3] <= "905" or "910" <= bare[:3] <= "919" or "920" <= bare[:3] <= "923" or bare[1:2] == "3"
    return f"+98{bare}" if len(bare) == 10 and bare[0] == "9" and dense else None


def _parsed(raw: str, text: str, region: str) -> PhoneNumber:
    extensions = re.findall(_EXTENSIONS, text)
    if len(extensions) > 1:
        return PhoneNumber(raw)
    for number in _candidates(re.sub(_EXTENSIONS, " ", text), region):
        e164 = _valid(number, region)
        if e164 is not None:
            return PhoneNumber(raw, e164, "".join(extensions))
    return PhoneNumber(raw)


def _candidates(text: str, region: str) -> Iterator[str]:
    """The number in a text, without the words round it, in the ways that it may be written.

    Nothing when digits stand in several places: those are several numbers, or none.
    """
    runs = re.findall(_RUNS, text)
    if len(runs) != 1:
        return
    run = runs[0].strip(" ./-()") if runs[0].count("(") != runs[0].count(")") else runs[0].strip(" ./-")
    if run.endswith("+") and run.count("+") == 1:
        # typed right to left, the plus is left behind the number
        run = run[:-1].strip()
        yield f"+{run}"
    yield run
    flipped = re.fullmatch(_FLIPPED, run) if region == "IR" else None
    if flipped is not None and (len(flipped[1]) == 7) == flipped[2].startswith("09"):
        yield flipped[2] + flipped[1]
    if re.fullmatch(_VANITY, text.strip()):
        yield text


def _valid(text: str, region: str) -> str | None:
    """E.164 of a number that is valid for the region or its own prefix; None: it is not."""
    # Imported here: it costs 50 ms, and Iranian mobiles, the usual case, do without it.
    from phonenumbers import is_valid_number

    number = _read(text, region)
    return None if number is None or not is_valid_number(number) else _international(number)


def _complete(text: str, region: str) -> str | None:
    """As E.164 would be, of a number in a block that nobody has yet (``07700 900123``) but that is as long as one
    and written whole, with its trunk zero or its country; None: a part of one, or none."""
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    number = _read(text, region)
    if number is None or is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    found = _international(number)
    national = len(found) - len(f"+{number.country_code}")
    return (
        found if national > SAVING_DIGITS and (text[:1] in ("+", "0") or national >= _WHOLE_DIGITS) else None
    )


def _read(text: str, region: str) -> Parsed | None:
    import phonenumbers

    known = region if region in phonenumbers.SUPPORTED_REGIONS else None
    try:
        return phonenumbers.parse(text, known)
    except phonenumbers.NumberParseException:
        return None


def _international(number: Parsed) -> str:
    import phonenumbers

    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


# --- finding ------------------------------------------------------------------------------------------------


def reversed_digits(phone: PhoneNumber, region: str = "") -> str:
    """The digits backwards, for suffix search by an index: of the E.164 form, else of what was typed.

    With ``region`` (of numbers without their country) a number that is not valid but complete has the digits of its
    international form, so that both ways of writing it meet.
    """
    e164 = phone.e164 or _as_if_valid(phone.raw, region)
    if e164:
        return e164[:0:-1]
    text = _without_extension(_plain(phone.raw))
    first = re.sub(_UP_TO, "", text)
    return digits(first if len(digits(first)) >= _WHOLE_DIGITS else text)[::-1]


@lru_cache(maxsize=256)
def _as_if_valid(raw: str, region: str) -> str | None:
    text = re.sub(_EXTENSIONS, " ", _plain(raw.strip())) if region else ""
    if len(digits(text)) <= SAVING_DIGITS or not looks_like_number(text):
        return None
    return _complete(text.strip(), region)


def suffix_query(text: str) -> str:
    """Typed digits as a prefix of ``reversed_digits``: ``0912 345 6789`` -> ``9876543219``.

    Trunk and international zeros are removed while ``SAVING_DIGITS`` or more remain, also the one of ``+98 0912``,
    so that a short ending may begin with a zero.
    """
    number = _without_extension(_plain(text)).replace("(0)", "")
    found = digits(number)
    for prefix in ("980", "00980"):
        if found.startswith(prefix) and len(found) == len(prefix) + 10:
            found = found[len(prefix) :]
    while found.startswith("0") and len(found) > SAVING_DIGITS:
        found = found[1:]
    return found[::-1]


def same_ending(one: str, other: str) -> bool:
    """Whether one number is the end of the other: it is dialled with its country and told of without it, or with it."""
    first, second = sorted((suffix_query(one), suffix_query(other)), key=len)
    return len(first) >= SAVING_DIGITS and second.startswith(first)


def _without_extension(text: str) -> str:
    """What stands before an extension's word, if that has digits; else the text."""
    lowered = text.lower()
    for word in (_EXTENSION, "ext", "x", "#"):
        place = lowered.find(word)
        if place > 0 and digits(text[:place]):
            return text[:place]
    return text


# --- showing ------------------------------------------------------------------------------------------------


def display(phone: PhoneNumber, region: str) -> str:
    """The number as people of ``region`` write it, Latin digits: national form for their own country, else
    international. What is not valid is shown as typed. An extension follows ``#``.
    """
    if phone.e164 is None:
        return phone.raw
    shown = _formatted(phone.e164, region)
    return f"{shown} #{phone.ext}" if phone.ext else shown


def display_text(number: str, region: str) -> str:
    """As ``display``, of a number as a row holds it: E.164, or as typed, which may begin with ``+`` too."""
    given = PhoneNumber(number, number) if number[1:].isdecimal() else parse_phone(number, region)
    return display(given, region) if number.startswith("+") else number


@lru_cache(maxsize=4096)
def _formatted(e164: str, region: str) -> str:
    if e164.startswith("+98") and len(e164) == 13:
        return _iranian(e164[3:], national=region == "IR")
    import phonenumbers

    try:
        number: Parsed = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        # typed so, and no number of any country
        return e164
    own = phonenumbers.country_code_for_region(region) == number.country_code
    forms = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(number, forms.NATIONAL if own else forms.INTERNATIONAL))


def _iranian(number: str, *, national: bool) -> str:
    """Ten digits as phonenumbers would format them; lists of Iranian numbers need not wait for its import."""
    cuts = (3, 6) if number.startswith("9") else (2, 6)
    parts = f"{number[: cuts[0]]} {number[cuts[0] : cuts[1]]} {number[cuts[1] :]}"
    return f"0{parts}" if national else f"+98 {parts}"


# --- where we are -------------------------------------------------------------------------------------------

_COMMON_ZONES: Final[dict[str, str]] = {
    "Africa/Cairo": "EG",
    "America/Chicago": "US",
    "America/Los_Angeles": "US",
    "America/New_York": "US",
    "America/Sao_Paulo": "BR",
    "America/Toronto": "CA",
    "Asia/Baghdad": "IQ",
    "Asia/Dubai": "AE",
    "Asia/Istanbul": "TR",
    "Asia/Kabul": "AF",
    "Asia/Karachi": "PK",
    "Asia/Kolkata": "IN",
    "Asia/Tehran": "IR",
    "Australia/Sydney": "AU",
    "Europe/Amsterdam": "NL",
    "Europe/Berlin": "DE",
    "Europe/Istanbul": "TR",
    "Europe/London": "GB",
    "Europe/Madrid": "ES",
    "Europe/Paris": "FR",
    "Europe/Rome": "IT",
    "Europe/Stockholm": "SE",
    "Europe/Vienna": "AT",
    "Europe/Zurich": "CH",
    "GB": "GB",
    "Iran": "IR",
    "Turkey": "TR",
}
"""For machines without ``zone.tab``, and names that it leaves out."""


def region_of_zone(zone_name: str) -> str | None:
    """The country (``IR``) of a time zone (``Asia/Tehran``); None when it has none, as ``UTC``."""
    return _COMMON_ZONES.get(zone_name) or _zone_table().get(zone_name)


def region_of_number(e164: str) -> str:
    """The country of a number (``+4930…`` -> ``DE``); ``""`` when it is not known."""
    if e164.startswith("+98"):
        return "IR"
    import phonenumbers

    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(e164, None)) or ""
    except phonenumbers.NumberParseException:
        return ""


@lru_cache(maxsize=64)
def zones_of_region(region: str) -> tuple[str, ...]:
    """The time zones of a country; empty when none is known."""
    found = {zone for zone, country in _zone_table().items() if country == region}
    return tuple(sorted(found or {zone for zone, country in _COMMON_ZONES.items() if country == region}))


@lru_cache(maxsize=1)
def _zone_table() -> dict[str, str]:
    """Zone name -> country, from the system's ``zone.tab``, else that of the package tzdata; else empty."""
    # Imported here: only a new database and a number of another country ask for it.
    from pathlib import Path
    from zoneinfo import TZPATH

    for folder in TZPATH:
        try:
            return _zones_of((Path(folder) / "zone.tab").read_text(encoding="utf-8"))
        except OSError:
            continue
    # a tenth of a megabyte that a system with zones of its own need not load
    from importlib import resources

    try:
        return _zones_of(
            resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
        )
    except (ModuleNotFoundError, OSError):
        return {}


def _zones_of(table: str) -> dict[str, str]:
    """``IR<tab>+3540+05126<tab>Asia/Tehran`` lines as zone -> country."""
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {row[2]: row[0] for row in rows if len(row) >= 3}


def country_code(region: str) -> int:
    """The calling code of a region (``IR`` -> 98), 0 for one that has none."""
    if region == "IR":
        return 98
    from phonenumbers import country_code_for_region

    return int(country_code_for_region(region))


def calling_codes() -> dict[str, int]:
    """Country -> calling code: ``IR`` -> 98."""
    from phonenumbers import SUPPORTED_REGIONS, country_code_for_region

    return {region: country_code_for_region(region) for region in sorted(SUPPORTED_REGIONS)}
