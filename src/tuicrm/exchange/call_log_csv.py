"""Lists of calls as plain tables: our own export, the layout of CDR-Stats, and what telephones and providers write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from tuicrm.domain.fold import fold
from tuicrm.domain.models import Direction
from tuicrm.domain.safe import tidy
from tuicrm.exchange import call_log_values as values
from tuicrm.exchange.call_log_legs import Leg
from tuicrm.exchange.call_log_table import Row, key, rows
from tuicrm.exchange.call_log_ways import Ways
from tuicrm.exchange.csv_guard import unguarded
from tuicrm.exchange.csv_shape import layout
from tuicrm.exchange.incoming import IncomingCall
from tuicrm.exchange.refused import Refused

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "started": (
        *("started_at", "start", "start_time", "started", "starting_date", "start_stamp", "start_date"),
        *("calldate", "call_date", "datetime", "date_time", "timestamp", "call_start", "when", "date"),
        *("تاریخ و ساعت", "زمان تماس", "تاریخ تماس", "تاریخ", "datum", "beginn"),
    ),
    "clock": ("time", "call_time", "ساعت", "زمان", "uhrzeit"),
    "number": (
        *("number", "phone", "phone_number", "contact_number", "remote_number", "msisdn", "telephone", "tel"),
        *("شماره", "تلفن", "شماره تلفن", "شماره تماس", "rufnummer", "nummer"),
    ),
    "caller": (
        *("caller_id_number", "caller_number", "caller", "src", "source", "from", "from_number"),
        *("calling_number", "caller_id"),
    ),
    "called": (
        *("destination_number", "called_number", "destination", "dst", "callee", "callee_number", "to"),
        "to_number",
    ),
    "name": (*("contact", "contact_name", "name", "caller_id_name", "caller_name", "who", "مخاطب", "نام"),),
    "direction": ("direction", "call_direction", "call_type", "type", "جهت", "نوع تماس", "richtung"),
    "outcome": (
        *("outcome", "disposition", "call_status", "status", "result", "hangup_cause", "نتیجه", "وضعیت"),
    ),
    "duration": (
        *("duration_s", "duration", "call_duration", "duration_seconds", "duration_sec", "length"),
        *("duration_in_seconds", "duration_in_secs", "duration_secs", "مدت", "مدت تماس", "dauer"),
    ),
    "talk": ("talk_s", "billsec", "talk_time", "talk", "مدت مکالمه", "gesprächsdauer"),
    "ring": ("ring_s", "ring_time", "ring", "waitsec", "wait"),
    "note": ("note", "notes", "comment", "comments", "remark", "یادداشت", "توضیحات", "notiz"),
    "agent": ("agent", "user", "extension", "operator", "کارشناس", "داخلی"),
    "id": (
        "source_call_id",
        "call_id",
        "callid",
        "uniqueid",
        "unique_id",
        "uuid",
        "uid",
        "cdr_id",
        "call_uuid",
    ),
    "deleted": ("deleted_at",),
    # of our own export
    **{name: (name,) for name in ("channel", "topic", "tags", "score")},
}
_FIELDS: Final = {key(name): field for field, names in _NAMES.items() for name in names}
NAMES: Final = frozenset(_FIELDS)
_INTO: Final = ("in", "inbound", "incoming", "received", "i", "missed", "ورودی", "دریافتی", "eingehend")
_OUT_OF: Final = (
    "out",
    "outbound",
    "outgoing",
    "dialed",
    "dialled",
    "placed",
    "o",
    "خروجی",
    "ausgehend",
)
_OUTCOMES: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(
        ("answered", "answer", "connected", "completed", "ok", "success"), ("connected", "connected")
    ),
    **dict.fromkeys(("normal clearing", "normal_clearing"), ("", "")),
    **dict.fromkeys(("no answer", "noanswer", "unanswered", "cancelled", "cancel"), ("missed", "no_answer")),
    **dict.fromkeys(("missed", "abandoned", "not answered", "از دست رفته"), ("missed", "no_answer")),
    **dict.fromkeys(("busy", "user busy"), ("missed", "busy")),
    **dict.fromkeys(("originator cancel", "rejected", "declined"), ("missed", "no_answer")),
    "voicemail": ("voicemail", "voicemail"),
}
"""What lists say -> outcome of a call that came in, and of one that went out; ``""``: as its talk tells."""
_FAILED: Final = ("failed", "congestion", "error", "invalid", "chanunavail")


def legs(text: str, zone: ZoneInfo) -> Iterator[Leg]:
    """Every row as a call."""
    ways = Ways(_directions(text))
    for row in rows(text, NAMES):
        try:
            yield _leg(row, zone, ways)
        except Refused as why:
            yield Leg(values.left_out(row.line, why), "")


def unused(text: str) -> tuple[str, ...]:
    """The headings of columns that hold something a call has no place for."""
    found = layout(text)
    if found is None or not found.header_line:
        return ()
    return tuple(
        heading
        for place, heading in enumerate(found.headings)
        if key(heading) not in NAMES and any(place < len(row) and row[place].strip() for row in found.first)
    )


def _directions(text: str) -> Iterator[tuple[str, str, str]]:
    """What every row says of the way: its word, the caller, the called number."""
    for row in rows(text, NAMES):
        it = _fields(row.named)
        yield it.get("direction", ""), it.get("caller", ""), it.get("called", "")


def _leg(row: Row, zone: ZoneInfo, ways: Ways) -> Leg:
    if row.problem is not None:
        raise row.problem
    if not row.named:
        raise Refused("call_no_header")
    it = _fields(row.named)
    if it.get("deleted"):
        raise Refused("import_deleted", skipped=True)
    started = _started(it, zone)
    said, spoken = _way(it)
    meant = ways.of(it.get("direction", ""))
    way, number, inside = _sides(it, said, meant)
    taken = way == meant and not inside and ways.first(it["direction"])
    talk, duration = values.seconds(it.get("talk", "")), values.seconds(it.get("duration", ""))
    outcome = _outcome(it.get("outcome", "") or spoken, way, talk if talk is not None else duration)
    name = values.text(it.get("name"))
    missed = outcome in ("missed", "no_answer", "busy")
    known = values.text(it.get("id"))
    call = IncomingCall(
        line=row.line,
        number=number,
        direction=way,
        outcome=outcome,
        started_at=started,
        duration_s=duration,
        talk_s=0 if missed and talk is None else talk,
        ring_s=values.seconds(it.get("ring", "")),
        note=tidy(it.get("note", ""), multiline=True),
        agent=values.text(it.get("agent")).lower() or inside,
        name=name,
        source="csv",
        source_call_id=known or values.digest(started.isoformat(), way, number, name, it.get("agent", "")),
        remark=f"call_taken_{meant}" if taken else "",
        params={"text": it["direction"]} if taken else {},
        channel=values.text(it.get("channel")),
        topic=values.text(it.get("topic")),
        tags=tuple(filter(None, map(values.text, it.get("tags", "").split(";")))),
        score=values.score(it.get("score", "")),
    )
    return Leg(call, f"id {known}" if known else "")


def _fields(named: Mapping[str, str]) -> dict[str, str]:
    """Cells by what they are; of several columns for one thing the one that comes first in ``_NAMES``."""
    found: dict[str, str] = {}
    rank: dict[str, int] = {}
    for heading, cell in named.items():
        field = _FIELDS.get(heading)
        if field is None or not cell:
            continue
        place = _RANKS[heading]
        cell = unguarded(cell)
        if field not in found or place < rank[field]:
            found[field], rank[field] = cell, place
    return found


_RANKS: Final = {key(name): place for names in _NAMES.values() for place, name in enumerate(names)}


def _started(it: Mapping[str, str], zone: ZoneInfo) -> datetime:
    day, clock = it.get("started", ""), it.get("clock", "")
    return values.moment(f"{day} {clock}" if day and clock and ":" not in day else day or clock, zone)


def _way(it: Mapping[str, str]) -> tuple[Direction | None, str]:
    """The direction that is said, and what the same word says of the outcome (``Missed``)."""
    word = fold(it.get("direction", ""))
    first = word.split(" ")[0] if word else ""
    spoken = word if word in _OUTCOMES else ""
    if word in _SAID:
        return _SAID[word], spoken
    return _SAID.get(first), spoken


_SAID: Final[Mapping[str, Direction]] = {
    **{fold(word): "in" for word in _INTO},
    **{fold(word): "out" for word in _OUT_OF},
}


def _sides(
    it: Mapping[str, str], said: Direction | None, meant: Direction | None
) -> tuple[Direction, str, str]:
    """Which way, the number outside, the extension. A list that has one number needs the direction.

    ``said``: in a word, which is believed. ``meant``: by a number, where the two telephones do not tell.
    """
    if it.get("caller") or it.get("called"):
        caller, called = values.number(it.get("caller", "")), values.number(it.get("called", ""))
        if said is None:
            return values.sides(caller, called, meant)
        inside = called if said == "in" else caller
        return said, caller if said == "in" else called, inside if values.internal(inside) else ""
    number = values.number(it.get("number", ""))
    said = said or meant
    if said is None:
        raise Refused("call_direction", skipped=True, caller=number or it.get("name", "")[:60], called="")
    return said, number, ""


def _outcome(said: str, way: Direction, talk: int | None) -> str:
    word = fold(said)
    if word in _FAILED:
        raise Refused("call_failed", skipped=True, text=said[:60])
    found = _OUTCOMES.get(word)
    if found is None and said:
        # a code of the company's own process, or a label of it: whoever takes it in knows
        return values.text(said)
    if found and (outcome := found[way == "out"]):
        return outcome
    if talk is None:
        return ""
    return "connected" if talk else "missed" if way == "in" else "no_answer"
