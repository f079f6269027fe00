"""The user's language: every sentence a person reads passes through ``t`` or ``nt``.

The English text is the key; placeholders are named (``t("{name} called", name=...)``). Values come from
people and files, so each is cleaned of controls, and on a screen set in bidi isolates where the sentence
or the value runs right to left: the Unicode rules alone would turn ``۰۲۱-۸۸۷۷`` round after a Persian word.

How this person reads numbers and dates is kept here too (``show_in``). Numbers among the values are written in
those digits, dates in that calendar; text is left as it is, for it may be a name, a command or a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from tuicrm.domain.errors import CrmError

if TYPE_CHECKING:
    from tuicrm.domain.calendars import Calendar

LANGUAGES = ("en", "fa")
_PERSIAN_FIGURES = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", 2 * "۰۱۲۳۴۵۶۷۸۹")
_LATIN_FIGURES = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", 2 * "0123456789")
_LRI, _RLI, _PDI = "\u2066", "\u2067", "\u2069"
_NO_MARKS = {ord(mark): None for mark in (_LRI, _RLI, _PDI)}


class Refusal(Protocol):
    """Anything that names its sentence by a code: errors, refused fields, problems of a line."""

    @property
    def code(self) -> str: ...

    @property
    def params(self) -> Mapping[str, Any]: ...


class Phrase(str):
    """A finished sentence. As the value of another one it is neither cleaned nor isolated again."""

    __slots__ = ()


class _Speech:
    """The language in use by this process."""

    language = "en"
    isolate = False
    catalogue: Any = None
    calendar = "auto"
    digits = "auto"

    @property
    def persian(self) -> bool:
        """Whether numbers are written in Persian digits."""
        return self.digits == "persian" or (self.digits == "auto" and self.language == "fa")


_speech = _Speech()


def choose(wanted: str | None, environ: Mapping[str, str]) -> str:
    """The language for ``wanted`` (a setting or ``TUICRM_LANG``), else for the locale, else ``en``."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    for candidate in (wanted or "", locale):
        code = candidate.replace("-", "_").partition("_")[0].partition(".")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def use(language: str, *, isolate: bool = False) -> None:
    """Speaks ``language`` from now on. ``isolate``: sentences are meant for a screen, not for a pipe."""
    _speech.language = language if language in LANGUAGES else "en"
    _speech.isolate = isolate
    _speech.catalogue = None if _speech.language == "en" else _catalogue(_speech.language)


@contextmanager
def in_english() -> Iterator[None]:
    """Speaks English for a moment; for what is found by its English words as well."""
    catalogue, _speech.catalogue = _speech.catalogue, None
    try:
        yield
    finally:
        _speech.catalogue = catalogue


def language() -> str:
    """The language in use: ``en`` or ``fa``."""
    return _speech.language


def spoken() -> str:
    """The language that sentences come in right now: the one in use, but English while ``in_english`` or without a
    catalogue. For who keeps what ``t`` gave."""
    return _speech.language if _speech.catalogue else "en"


def show_in(calendar: str = "auto", digits: str = "auto") -> None:
    """Shows dates and numbers so from now on, as the settings of these names say; ``auto``: by the language."""
    _speech.calendar, _speech.digits = calendar, digits


def calendar() -> Calendar:
    """The calendar that dates are shown in."""
    jalali = _speech.calendar == "jalali" or (_speech.calendar == "auto" and _speech.language == "fa")
    return "jalali" if jalali else "gregorian"


def two_calendars(region: str) -> bool:
    """Whether a day is told in both calendars: in Persian, beside Jalali days, and in Iran and Afghanistan unless the
    Gregorian calendar was chosen."""
    if _speech.language == "fa" or calendar() == "jalali":
        return True
    return _speech.calendar == "auto" and region in ("IR", "AF")


def figures(text: str) -> str:
    """``text`` with its digits, Latin, Persian or Arabic, as this person reads them; as many characters as before.

    For what we count and format: times, numbers of telephones, attempts. Never for names, notes, commands, keys.
    """
    if _speech.persian:
        return text.translate(_PERSIAN_FIGURES)
    return text if text.isascii() else text.translate(_LATIN_FIGURES)


def _catalogue(code: str) -> Any:
    """The compiled catalogue of a language, or None when there is none yet."""
    # only for those who read another language
    from tuicrm.catalogue import Catalogue
    from tuicrm.paths import locale_folder

    try:
        return Catalogue((locale_folder() / code / "LC_MESSAGES" / "tuicrm.mo").read_bytes())
    except (OSError, ValueError):
        return None


def t(text: str, /, **values: object) -> Phrase:
    """``text`` in the user's language, its placeholders filled with cleaned values."""
    catalogue = _speech.catalogue
    return _filled(text, _marked(catalogue.gettext(text)) if catalogue else text, values)


def nt(one: str, many: str, n: int, /, **values: object) -> Phrase:
    """``one`` or ``many`` by the language's rule for ``n``; ``{n}`` is the number itself."""
    english = one if n == 1 else many
    catalogue = _speech.catalogue
    told = _marked(catalogue.ngettext(one, many, n)) if catalogue else english
    return _filled(english, told, {"n": n, **values})


def _marked(template: str) -> str:
    """A translation; where no isolates are wanted without those it has round what is to be typed."""
    return template if _speech.isolate else template.translate(_NO_MARKS)


def _filled(english: str, template: str, values: Mapping[str, object]) -> Phrase:
    if _speech.catalogue and not _speech.persian:
        # the catalogue's own sentences are written with Persian digits
        template = template.translate(_LATIN_FIGURES)
    if not values:
        return Phrase(template)
    isolated = _isolated(template) if _speech.isolate else str
    ready = {name: _value(_typed(name, value, english), isolated) for name, value in values.items()}
    try:
        return Phrase(template.format_map(ready))
    except (KeyError, IndexError, ValueError):
        # a translator's slip must not cost the sentence
        return Phrase(english.format_map(ready))


def _typed(name: str, value: object, english: str) -> object:
    """The number of a record (``contact:{id}``) as text: it is typed as it stands, whatever the digits."""
    return str(value) if isinstance(value, int) and f":{{{name}}}" in english else value


def _value(value: object, isolated: Callable[[str], str]) -> str:
    if isinstance(value, Phrase):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        comma = "، " if _speech.language == "fa" else ", "
        return comma.join(_value(part, isolated) for part in value)
    from tuicrm.domain.safe import clean

    return isolated(clean(value if isinstance(value, str) else _written(value)))


def _written(value: object) -> str:
    """A number in the digits, a day in the calendar of this person."""
    if isinstance(value, (int, float)):
        text = figures(str(value))
        return text.replace(".", "٫") if _speech.persian else text
    from datetime import date, datetime

    if isinstance(value, date) and not isinstance(value, datetime):
        from tuicrm.domain.calendars import numeric

        return figures(numeric(value, calendar(), "fa" if _speech.language == "fa" else "en"))
    return str(value)


def _isolated(template: str) -> Callable[[str], str]:
    """Sets a value in isolates: always where sentences run from right to left, else when it has such letters."""
    from tuicrm.domain.fold import has_rtl

    # a template may be nothing but signs and places: what it is filled with must not turn it round
    always = _speech.language == "fa" or has_rtl(template)

    def isolate(text: str) -> str:
        if has_rtl(text):
            from tuicrm.domain.number_runs import kept_whole

            return f"{_RLI}{kept_whole(text)}{_PDI}"
        return f"{_LRI}{text}{_PDI}" if always else text

    return isolate


def sentence(refusal: CrmError | Refusal) -> Phrase:
    """What a refusal says, in one sentence. Choices that its sentence does not name follow as a question."""
    from tuicrm.messages import MESSAGES

    template = MESSAGES.get(refusal.code)
    if template is None:
        return t("That cannot be done ({code}).", code=refusal.code)
    wanted = _placeholders(template)
    # a refused field without a parameter of that name is named by its token, never by a crash
    spare = getattr(refusal, "token", "") or "-"
    choices = refusal.params.get("choices") or getattr(refusal, "choices", ())
    params = {**refusal.params, "choices": choices} if choices else refusal.params
    said = t(template, **{name: _named(refusal.code, name, params.get(name, spare)) for name in wanted})
    if choices and "choices" not in wanted:
        return t("{said} Perhaps {choices}?", said=said, choices=tuple(choices))
    return said


def _placeholders(template: str) -> set[str]:
    import string

    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _named(code: str, name: str, value: object) -> object:
    """A parameter that is a code, or the system's own word for what went wrong, as people call it."""
    if name in ("field", "verb", "why"):
        return word(str(value))
    if name in _KEYS_OF_FILTERS.get(code, ()):
        return _as_keys(value, "" if code in _WITH_VALUE else ":")
    if name == "since" or (name in ("text", "time") and _is_clock(value)):
        return figures(str(value))
    if name == "file" and value == "-":
        return t("standard input")
    return _reason(value) if name == "reason" else value


def _is_clock(value: object) -> bool:
    """Whether a value is nothing but a time or a date in figures, which is read in one's own."""
    return isinstance(value, str) and value[:1].isdecimal() and not value.strip("0123456789۰۱۲۳۴۵۶۷۸۹:-/ ")


_WITH_VALUE = frozenset(("filter_no_value", "filter_no_value_near", "filter_several"))
"""Refusals in which the value follows the key."""
_KEYS_OF_FILTERS = {
    "filter_key": ("key", "choices"),
    "filter_key_near": ("key", "near", "choices"),
    "filter_nothing": ("key",),
    **dict.fromkeys(_WITH_VALUE, ("key",)),
}
"""What is a key of the filter language, by refusal."""


def _as_keys(value: object, end: str) -> object:
    """Keys of filters as they are typed: ``owner:``; to who reads Persian in Persian."""
    from tuicrm.domain.filter_keys import in_persian

    if isinstance(value, tuple):
        return tuple(_as_keys(part, end) for part in value)
    return f"{in_persian(str(value)) if _speech.language == 'fa' else value}{end}"


def word(code: str) -> Phrase:
    """What a code that people get to see is called; one that has no name, as it is."""
    from tuicrm.words import WORDS

    called = WORDS.get(code)
    return t("{word}", word=code) if called is None else t(called)


def _reason(said: object) -> object:
    """What the system or a reader of files says went wrong. They speak English: of the latter the place is kept."""
    import os
    import re

    from tuicrm.words import SYSTEM

    called = next((called for number, called in SYSTEM.items() if os.strerror(number) == said), None)
    if called is not None:
        return t(called)
    place = re.search(r"line (\d+),? column (\d+)", str(said)) if _speech.catalogue else None
    return t("line {line}, column {column}", line=int(place[1]), column=int(place[2])) if place else said
