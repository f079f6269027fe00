"""Public holidays of a country as lines of the process file, and into one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from tuicrm.domain import process as rules
from tuicrm.domain.calendars import Calendar, from_jalali, make_date, parts
from tuicrm.domain.errors import Invalid
from tuicrm.domain.fold import with_ascii_digits
from tuicrm.domain.record import record
from tuicrm.domain.worktime import holiday

SECTION: Final = "[calendar.holidays]"
YEARS_MOST: Final = 10
_YEARS: Final = {"gregorian": range(1900, 2200), "jalali": range(1300, 1578)}


@record
class PublicHoliday:
    on: date
    name: str


def public_holidays(country: str, years: str, language: str, now: datetime) -> list[PublicHoliday]:
    """Those of ``years``: ``2026``, ``2026-2027``, Jalali ``1405``; ``""`` is this year and the next.

    Raises ``Invalid`` (``holidays_years``, ``holidays_no_country``) and ``Unavailable("holidays_missing")``.
    """
    first, last = _span(years) if years.strip() else (date(now.year, 1, 1), date(now.year + 1, 12, 31))
    # Imported here: only this command needs it.
    from tuicrm.exchange.public_holidays import public_holidays as known

    found = known(country.strip(), range(first.year, last.year + 1), language)
    return [PublicHoliday(day, name) for day, name in found if first <= day <= last]


def _span(text: str) -> tuple[date, date]:
    """The first and last day of the years that a text names."""
    found = re.fullmatch(r"(\d{4})(?:\s*-\s*(\d{4}))?", with_ascii_digits(text.strip()))
    if found is None:
        raise Invalid("holidays_years", text=text, most=YEARS_MOST)
    begin, end = int(found[1]), int(found[2] or found[1])
    calendar: Calendar = "jalali" if end in _YEARS["jalali"] else "gregorian"
    if not 0 <= end - begin < YEARS_MOST or begin not in _YEARS[calendar] or end not in _YEARS[calendar]:
        raise Invalid("holidays_years", text=text, most=YEARS_MOST)
    if calendar == "gregorian":
        return date(begin, 1, 1), date(end, 12, 31)
    return make_date(begin, 1, 1), date.fromordinal(from_jalali(end + 1, 1, 1).toordinal() - 1)


def as_lines(found: Sequence[PublicHoliday], calendar: Calendar) -> list[str]:
    """Lines of ``[calendar.holidays]``, their days in the calendar that people read: ``2026-12-25 = "Christmas"``."""
    lines = []
    for one in found:
        year, month, day = parts(one.on, calendar)
        lines.append(f"{year:04}-{month:02}-{day:02} = {json.dumps(one.name, ensure_ascii=False)}")
    return lines


def into(text: str, found: Sequence[PublicHoliday], calendar: Calendar) -> tuple[str, int]:
    """A process file with those that it has not yet, all else as it was; and how many they are.

    Raises ``Invalid``: ``process_bad`` for a file that is wrong, ``holidays_no_place`` where they have no section.
    """
    known = rules.load(text).calendar
    new = [one for one in found if holiday(one.on, known) is None]
    lines = text.splitlines()
    place = _place(lines)
    if place is None:
        lines += ["", SECTION]
        place = len(lines)
    lines[place:place] = as_lines(new, calendar)
    whole = "\n".join(lines) + "\n"
    if new and rules.check(whole):
        raise Invalid("holidays_no_place", section=SECTION)
    return (whole, len(new)) if new else (text, 0)


def _place(lines: Sequence[str]) -> int | None:
    """The line behind the last holiday of the file, or behind the header of their section; None: it has none."""
    header = next((at for at, line in enumerate(lines) if line.split("#")[0].strip() == SECTION), None)
    if header is None:
        return None
    last = header
    for at in range(header + 1, len(lines)):
        if lines[at].lstrip().startswith("["):
            break
        if "=" in lines[at] and not lines[at].lstrip().startswith("#"):
            last = at
    return last + 1
