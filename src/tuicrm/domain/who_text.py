"""Reading what is typed in Who: name words, a number, a company, or a reference."""

from __future__ import annotations

from typing import Final

from tuicrm.domain.models import PhoneNumber
from tuicrm.domain.phone import SAVING_DIGITS, digits, parse_phone
from tuicrm.domain.record import record
from tuicrm.domain.safe import tidy

NAME_WORDS_MOST: Final = 4
"""More words than this are asked about: "is this a name?"."""

_COMMAS: Final = ",،"
_REFERENCE: Final = "contact:"
_ID_DIGITS_MOST: Final = 18


@record
class WhoText:
    """What is typed in Who, apart: the words as typed, the number, the company, the name they make."""

    words: tuple[str, ...] = ()
    number: PhoneNumber | None = None
    company: str = ""
    name: str = ""
    contact_ref: int | None = None

    @property
    def doubtful(self) -> bool:
        """True when it is long for a name, and should be asked about before a contact is made of it."""
        return len(self.words) > NAME_WORDS_MOST


def parse_who(text: str, region: str) -> WhoText:
    """Words are the name (typed in lower case: capitalised), seven or more digits the number, glued or not,
    what follows a comma the company; ``contact:12`` alone is a reference. Never fails.
    """
    text = tidy(text)
    reference = _reference(text)
    if reference is not None:
        return WhoText(contact_ref=reference)
    start, end = _number_span(text, region)
    number = parse_phone(text[start:end], region) if end else None
    rest = f"{text[:start]} {text[end:]}" if end else text
    cut = min((place for place in map(rest.find, _COMMAS) if place >= 0), default=len(rest))
    name_words = tuple(rest[:cut].split())
    company = " ".join(rest[cut + 1 :].split()).strip(f"{_COMMAS} ")
    return WhoText(name_words, number, capitalised(company), capitalised(" ".join(name_words)))


def _reference(text: str) -> int | None:
    if text[: len(_REFERENCE)].lower() != _REFERENCE:
        return None
    number = text[len(_REFERENCE) :]
    return int(number) if number.isdecimal() and len(number) <= _ID_DIGITS_MOST else None


def only_who(text: str, region: str) -> WhoText | None:
    """The contact that a note is when it holds a number, at most four words, and nothing else; or None."""
    who = parse_who(text, region)
    if who.number is None or who.doubtful:
        return None
    named = all(char.isalpha() or char in " -'’\u200c." for char in f"{who.name}{who.company}")
    return who if named else None


def capitalised(text: str) -> str:
    """Typed without any capital: each word with one (``leila o'neil`` -> ``Leila O'Neil``); else as typed."""
    if text != text.lower():
        return text
    made = []
    for index, char in enumerate(text):
        before = text[index - 1 : index]
        first = (
            not before or before.isspace() or before in "-.(&/" or (before in "'’" and _surname(text, index))
        )
        made.append(char.title() if first else char)
    return "".join(made)


def _surname(text: str, index: int) -> bool:
    """True after the apostrophe of O'Neil and D'Arcy, not after that of the genitive."""
    return text[index - 3 : index - 2].strip() == "" and len(text[index:].split(" ")[0]) > 1


# --- the number inside --------------------------------------------------------------------------------------

_NUMBER_SIGNS: Final = " ()-.\u00a0\u200c‑–−ـ_٫"
_EXTENSIONS: Final = ("ext.", "ext", "x", "#", "داخلی")


def _number_span(text: str, region: str) -> tuple[int, int]:
    """Start and end of the number with its extension; ``(0, 0)`` when there is none.

    A short number before it (``unit 5 0912 345 6789``) stays a word when the rest alone is valid.
    """
    for start, end in _digit_runs(text):
        if len(digits(text[start:end])) < SAVING_DIGITS:
            continue
        for begin in _group_starts(text, start, end):
            if len(digits(text[begin:end])) >= SAVING_DIGITS and parse_phone(text[begin:end], region).valid:
                start = begin
                break
        return start, _extension_end(text, end)
    return 0, 0


def _digit_runs(text: str) -> list[tuple[int, int]]:
    """Spans of digits with the signs that may stand between them, ``+`` and ``(`` before them included."""
    runs: list[tuple[int, int]] = []
    start = end = -1
    for index, char in enumerate([*text, "\n"]):
        if char.isdecimal():
            start = index if start < 0 else start
            end = index + 1
        elif char == "+" or char not in _NUMBER_SIGNS:
            if end > 0:
                runs.append((start, _with_closing(text, start, end)))
                start = -1
            begins = index if start < 0 else start
            start, end = (begins if char == "+" else -1), -1
        elif char == "(" and start < 0:
            start = index
    return runs


def _with_closing(text: str, start: int, end: int) -> int:
    """The end of a number with the bracket that closes it, or the plus that right-to-left typing leaves behind."""
    run, behind = text[start:end], text[end : end + 1]
    if behind == ")" and run.count("(") > run.count(")"):
        return end + 1
    return end + 1 if behind == "+" and "+" not in run and not text[end + 1 : end + 2].isdecimal() else end


def _group_starts(text: str, start: int, end: int) -> list[int]:
    """The start of the run and of each group of it behind a blank, first to last."""
    return [start, *(i for i in range(start + 1, end) if text[i - 1].isspace() and not text[i].isspace())]


def _extension_end(text: str, end: int) -> int:
    """The end of an extension (``ext 12``, ``داخلی ۱۲``) that follows at ``end``, else ``end``."""
    rest = text[end:].lower()
    blank = len(rest) - len(rest.lstrip())
    for word in _EXTENSIONS:
        if not rest.startswith(word, blank):
            continue
        behind = rest[blank + len(word) :].lstrip(" :")
        number = len(behind) - len(behind.lstrip("0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"))
        if 0 < number <= 7:
            return len(text) - len(behind) + number
    return end
