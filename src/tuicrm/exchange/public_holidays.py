"""The public holidays of a country, from the package ``holidays`` (the extra ``tuicrm[holidays]``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tuicrm.domain.errors import Invalid, Unavailable


def public_holidays(country: str, years: Sequence[int], language: str) -> list[tuple[date, str]]:
    """(day, name) of all of these Gregorian years, by day.

    ``country``: ``IR``, or with a part of it ``DE-BY``. ``language``: of the names, ``fa``; where there are none in it,
    English ones. Raises ``Unavailable("holidays_missing")`` without the package, ``Invalid("holidays_no_country")``.
    """
    try:
        # Imported here: 180 ms, and not everybody has it.
        from holidays import country_holidays
    except ImportError:
        raise Unavailable("holidays_missing") from None
    code, _, part = country.upper().partition("-")
    try:
        known = country_holidays(code, subdiv=part or None).supported_languages
        spoken = _spoken(known, language)
        found = country_holidays(code, subdiv=part or None, years=years, language=spoken)
    except NotImplementedError:
        raise Invalid("holidays_no_country", country=country) from None
    return sorted((day, " ".join(name.split())) for day, name in found.items())


def _spoken(known: Sequence[str], language: str) -> str | None:
    """The first that the country's holidays have names in: the wanted language, English; None: its own."""
    for wanted in (language, "en"):
        for one in known:
            if wanted and one.partition("_")[0].casefold() == wanted.casefold():
                return one
    return None
