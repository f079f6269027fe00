"""What a file is, by what stands in it; its name says nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.domain.fold import fold
from tuicrm.domain.record import record
from tuicrm.exchange import charsets, foreign, own_lists, read_twice
from tuicrm.exchange.csv_shape import Layout, layout

_START: Final = 65_536
"""Characters that are looked at."""
_ANDROID: Final = re.compile(r"(?:(?:<!--(?s:.*?)-->|<[?!][^>]*>)\s*)*<calls\b", re.IGNORECASE)
_FIRST: Final = (
    ("vcard", re.compile(r"(?:[\w-]+\.)?BEGIN\s*:\s*VCARD\b", re.IGNORECASE)),
    ("ics", re.compile(r"BEGIN\s*:\s*(?:VCALENDAR|VTODO|VEVENT)\b", re.IGNORECASE)),
    ("json", re.compile(r'\[\s*(?:[{\]]|$)|\{\s*(?:["}]|$)')),
    ("calls-android", _ANDROID),
)
"""How the formats begin."""
_LATER: Final = (
    ("vcard", re.compile(r"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)),
    ("ics", re.compile(r"^[ \t]*BEGIN[ \t]*:[ \t]*VCALENDAR[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)),
)
"""The same after lines that do not belong there."""
_FREESWITCH_JSON: Final = re.compile(r'"(?:core-uuid|callflow|hangup_cause|start_u?epoch|start_stamp)"\s*:')

_ASTERISK_COLUMNS: Final = frozenset(
    ("calldate", "clid", "src", "dst", "disposition", "dcontext", "billsec", "lastapp")
)
_ASTERISK_CELLS: Final = frozenset(("ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"))
_ASTERISK_WIDTH: Final = 14
_FREESWITCH_COLUMNS: Final = frozenset(
    ("start stamp", "answer stamp", "end stamp", "hangup cause", "bleg uuid")
)
_FREESWITCH_CELLS: Final = frozenset(
    (
        *(
            "NORMAL_CLEARING",
            "ORIGINATOR_CANCEL",
            "USER_BUSY",
            "NO_ANSWER",
            "NO_USER_RESPONSE",
            "CALL_REJECTED",
        ),
        *(
            "UNALLOCATED_NUMBER",
            "ALLOTTED_TIMEOUT",
            "NORMAL_TEMPORARY_FAILURE",
            "LOSE_RACE",
            "ATTENDED_TRANSFER",
        ),
        *("RECOVERY_ON_TIMER_EXPIRE", "USER_NOT_REGISTERED", "SUBSCRIBER_ABSENT", "NO_ROUTE_DESTINATION"),
        *("NORMAL_UNSPECIFIED", "MEDIA_TIMEOUT", "DESTINATION_OUT_OF_ORDER", "BLIND_TRANSFER", "PICKED_OFF"),
    )
)
_FREESWITCH_WIDTH: Final = 8
_FEWEST: Final = 3

_CALL_TIMES: Final = frozenset(
    (
        *(
            "started at",
            "start",
            "start time",
            "started",
            "starting date",
            "date",
            "time",
            "datetime",
            "date time",
        ),
        *(
            "call date",
            "calldate",
            "call time",
            "timestamp",
            "start stamp",
            "start date",
            "when",
            "call start",
        ),
        *map(
            fold,
            (
                "تاریخ",
                "زمان",
                "ساعت",
                "تاریخ تماس",
                "زمان تماس",
                "تاریخ و ساعت",
                "datum",
                "beginn",
                "uhrzeit",
            ),
        ),
    )
)
_CALL_NUMBERS: Final = frozenset(
    (
        *(
            "number",
            "phone",
            "phone number",
            "caller",
            "callee",
            "from",
            "to",
            "caller id",
            "caller id number",
        ),
        *("destination number", "destination", "src", "dst", "source", "contact", "name", "calling number"),
        *("called number", "caller number", "remote number", "msisdn", "telephone", "tel", "who"),
        *map(fold, ("شماره", "تلفن", "شماره تلفن", "شماره تماس", "مخاطب", "نام", "rufnummer", "nummer")),
    )
)
_CALL_ONLY: Final = frozenset(
    (
        *(
            "duration",
            "duration s",
            "duration seconds",
            "duration sec",
            "billsec",
            "talk s",
            "talk time",
            "direction",
        ),
        *(
            "call type",
            "call duration",
            "call direction",
            "disposition",
            "ring s",
            "hangup cause",
            "call status",
        ),
        *("duration in seconds", "duration in secs", "length"),
        *map(
            fold, ("مدت", "مدت تماس", "مدت مکالمه", "جهت", "نوع تماس", "dauer", "gesprächsdauer", "richtung")
        ),
    )
)
"""Columns that only a list of calls has."""


@record
class Recognised:
    """A file: ``vcard``, ``csv``, ``json``, ``ics``, ``calls-asterisk``, ``calls-freeswitch``, ``calls-android`` or
    ``calls-csv``, its encoding by Python's name, its text, and how many characters of it could not be decoded."""

    format: str
    encoding: str
    text: str
    damaged: int = 0


def recognise(data: bytes, name: str, *, said: bool = False, encoding: str = "") -> Recognised:
    """What a file is. ``name``: the file, for refusals. ``said``: somebody has said what kind of list it is;
    ``encoding``: how it is encoded, by Python's name.

    Raises ``Invalid``: ``file_empty``, ``file_binary``, and for what people take for a list (a spreadsheet, a mail, a
    web page, ...), or that we write and do not read (``own_lists``), the code of a sentence that tells how to make one
    of it.
    """
    if strange := foreign.binary(data):
        raise Invalid(strange, file=name)
    text, encoding = (data.decode(encoding, "replace"), encoding) if encoding else _decoded(data, name)
    text = text.lstrip("\ufeff")
    if not text.strip("\0 \t\r\n\f\v\u00a0"):
        raise Invalid("file_empty", file=name)
    if not said and not _ANDROID.match(text[:_START].lstrip()) and (strange := foreign.text(text)):
        raise Invalid(strange, file=name)
    form = _format(text)
    if form == "csv" and not said and (table := layout(text)) and (own := own_lists.refusal(table.headings)):
        raise Invalid(own, file=name)
    return Recognised(form, encoding, text, damaged(text, data))


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text, and the encoding that it shows."""
    text, encoding = charsets.decode(data, name)
    if encoding.startswith("utf-8") and (once := read_twice.mended(text.lstrip("\ufeff"))) != text.lstrip(
        "\ufeff"
    ):
        return once, read_twice.TWICE
    return text, encoding


def damaged(text: str, data: bytes) -> int:
    """The characters that could not be decoded, without those that the file itself holds as such."""
    many = text.count("\ufffd")
    return max(0, many - data.count("\ufffd".encode())) if many else 0


def calls_form(text: str) -> str | None:
    """Which list of calls a text is (``asterisk``, ``freeswitch``, ``android``, ``csv``); None when it is none."""
    start = text[:_START].lstrip("\ufeff \t\r\n")
    if _ANDROID.match(start):
        return "android"
    if start[:1] in ("{", "["):
        return "freeswitch" if _FREESWITCH_JSON.search(start) else None
    found = layout(text)
    return _calls(found) if found is not None else None


def _format(text: str) -> str:
    start = text[:_START].lstrip()
    for found, pattern in _FIRST:
        if pattern.match(start):
            return "calls-freeswitch" if found == "json" and _FREESWITCH_JSON.search(start) else found
    for found, pattern in _LATER:
        if pattern.search(start):
            return found
    calls = calls_form(text)
    return f"calls-{calls}" if calls else "csv"


def _calls(found: Layout) -> str | None:
    headings = frozenset(map(fold, found.headings))
    if found.header_line and len(headings & _FREESWITCH_COLUMNS) >= 2:
        return "freeswitch"
    if found.header_line and len(headings & _ASTERISK_COLUMNS) >= _FEWEST:
        return "asterisk"
    if headings & _CALL_TIMES and headings & _CALL_NUMBERS and headings & _CALL_ONLY:
        return "csv"
    rows = (found.headings, *found.first)
    if _most(rows, _ASTERISK_CELLS, _ASTERISK_WIDTH):
        return "asterisk"
    return "freeswitch" if _most(rows, _FREESWITCH_CELLS, _FREESWITCH_WIDTH) else None


def _most(rows: Sequence[Sequence[str]], words: frozenset[str], width: int) -> bool:
    """Whether most rows are so wide and have one of the words as a cell."""
    return sum(len(row) >= width and not words.isdisjoint(row) for row in rows) * 2 >= len(rows)
