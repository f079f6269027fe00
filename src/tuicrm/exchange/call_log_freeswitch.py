"""FreeSWITCH's call detail records: ``mod_cdr_csv`` in its usual templates, and ``mod_json_cdr``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from tuicrm.domain.models import Direction
from tuicrm.exchange import call_log_values as values
from tuicrm.exchange.call_log_legs import Leg
from tuicrm.exchange.call_log_table import Row, rows
from tuicrm.exchange.incoming import IncomingCall
from tuicrm.exchange.refused import Refused

_USUAL: Final = (
    *("caller_id_name", "caller_id_number", "destination_number", "context", "start_stamp", "answer_stamp"),
    *("end_stamp", "duration", "billsec", "hangup_cause", "uuid", "bleg_uuid", "accountcode"),
)
"""The templates ``example``, ``sql`` and those that add codecs behind."""
_LIKE_ASTERISK: Final = (
    *("accountcode", "caller_id_number", "destination_number", "context", "caller_id", "channel_name"),
    *("bridge_channel", "last_app", "last_arg", "start_stamp", "answer_stamp", "end_stamp", "duration"),
    *("billsec", "hangup_cause", "amaflags", "uuid", "userfield"),
)
"""The template ``asterisk``."""
NAMES: Final = frozenset((*_USUAL, *_LIKE_ASTERISK, "direction"))
_CAUSE: Final = re.compile(r"[A-Z][A-Z_]{3,}")
_LEAST: Final = 11
_BUSY: Final = frozenset(("USER_BUSY",))
_UNANSWERED: Final = frozenset(
    (
        *("NORMAL_CLEARING", "NO_ANSWER", "NO_USER_RESPONSE", "ORIGINATOR_CANCEL", "ALLOTTED_TIMEOUT"),
        *("CALL_REJECTED", "LOSE_RACE", "PICKED_OFF", "ATTENDED_TRANSFER", "BLIND_TRANSFER", "NONE", ""),
    )
)
_AWAY: Final = frozenset(("USER_NOT_REGISTERED", "SUBSCRIBER_ABSENT", "DESTINATION_OUT_OF_ORDER"))
"""Nobody of ours was there: a call that came in was missed all the same."""
_INTO: Final = re.compile(r"public|inbound|incoming|from[-_](?:pstn|trunk)|(?:^|[-_])in(?:$|[-_])")
_OUT_OF: Final = re.compile(r"outbound|outgoing|internal|default|local|(?:^|[-_])out(?:$|[-_])")
_DECODER: Final = json.JSONDecoder()
_PART: Final = 16_384
_MARGIN: Final = 64
"""Characters at the end of a part that a word or an escape may need."""
_OBJECT: Final = re.compile(r"(?:^|(?<=[\n\r]))[ \t]*\{")


def legs(text: str, zone: ZoneInfo) -> Iterator[Leg]:
    """Every line, or every object, as a leg of a call."""
    seen: dict[str, str] = {}
    for line, cells in _objects(text) if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else _rows(text):
        try:
            yield _leg(line, cells, zone, seen)
        except Refused as why:
            yield Leg(values.left_out(line, why), "" if isinstance(cells, Refused) else _key(cells, seen))


# --- rows ---------------------------------------------------------------------------------------------------


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str] | Refused]]:
    for row in rows(text, NAMES):
        try:
            yield row.line, _cells(row)
        except Refused as why:
            yield row.line, why


def _cells(row: Row) -> Mapping[str, str]:
    if row.problem is not None:
        raise row.problem
    if row.named:
        return row.named
    # the template sql writes whole statements
    cells = [cell.strip().strip("\"'") for cell in row.cells]
    if cells and (sql := re.match(r"INSERT INTO \w+ VALUES ?\(\"?'?", cells[0], re.IGNORECASE)):
        cells[0] = cells[0][sql.end() :]
    if len(cells) < _LEAST:
        raise Refused("call_row_short", n=len(cells), least=_LEAST)
    names: Sequence[str] = _USUAL
    place = _LIKE_ASTERISK.index("hangup_cause")
    if len(cells) > place and _CAUSE.fullmatch(cells[place]) and not _CAUSE.fullmatch(cells[9]):
        names = _LIKE_ASTERISK
    return dict(zip(names, cells, strict=False))


# --- JSON ---------------------------------------------------------------------------------------------------


def _objects(text: str) -> Iterator[tuple[int, Mapping[str, str] | Refused]]:
    """Objects one behind the other, in an array or not. Behind a broken one it goes on at the next that begins on
    a line of its own."""
    place, line, counted = 0, 1, 0
    between = re.compile(r"[\s,\[\]\ufeff]*+")
    while (found := between.match(text, place)) and found.end() < len(text):
        place = found.end()
        line += text.count("\n", counted, place)
        counted = place
        try:
            value, end = _decoded(text, place)
        except json.JSONDecodeError as error:
            yield line, Refused("call_json", reason=error.msg)
            end = _after(text, place, place + error.pos)
        except RecursionError:
            yield line, Refused("call_json", reason="too deep")
            return
        else:
            yield line, _named(value) if isinstance(value, dict) else Refused("call_json", reason="no object")
        place = max(end, place + 1)


def _decoded(text: str, place: int) -> tuple[Any, int]:
    """The value at a place and where it ends. Raises ``JSONDecodeError`` with its place from there on.

    Only as much of the text is given to the decoder as is needed: it counts all lines before an error.
    """
    size = _PART
    while True:
        part = text[place : place + size]
        try:
            value, end = _DECODER.raw_decode(part)
        except json.JSONDecodeError as error:
            # broken well before the end of the part; else there may be more of it
            if len(part) < size or (error.pos < size - _MARGIN and not error.msg.startswith("Unterminated")):
                raise
            size *= 4
        else:
            return value, place + end


def _after(text: str, begun: int, broken: int) -> int:
    """Where the next object begins: the last that does so before what is broken, else the first behind it."""
    start = max(text.rfind("\n{", begun + 1, broken + 2), text.rfind("\n  {", begun + 1, broken + 4))
    if start > begun:
        return start + 1
    found = _OBJECT.search(text, max(broken, begun + 1))
    return found.end() - 1 if found else len(text)


def _named(it: Mapping[str, Any]) -> Mapping[str, str]:
    """The fields of an object as cells: its variables, or itself, and the first caller's profile."""
    variables = it.get("variables")
    named = {
        str(key).lower(): value for key, value in _plain(variables if isinstance(variables, dict) else it)
    }
    flow = it.get("callflow")
    first = flow[0] if isinstance(flow, list) and flow else flow
    profile = first.get("caller_profile") if isinstance(first, dict) else None
    if isinstance(profile, dict):
        named |= {key: value for key, value in _plain(profile) if value and not named.get(key)}
    return named


def _plain(it: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    for key, value in it.items():
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            yield str(key), unquote(value) if isinstance(value, str) and "%" in value else str(value)


# --- a call -------------------------------------------------------------------------------------------------


def _key(cells: Mapping[str, str], seen: dict[str, str]) -> str:
    """One name for both legs of a call: the first of them that is written."""
    own = cells.get("uuid") or cells.get("call_uuid") or ""
    others = [
        cells.get(name, "") for name in ("bleg_uuid", "originating_leg_uuid", "bridge_uuid", "signal_bond")
    ]
    known = next((seen[each] for each in (own, *others) if each and each in seen), own)
    for each in (own, *others):
        if each:
            seen.setdefault(each, known)
    return known


def _leg(line: int, cells: Mapping[str, str] | Refused, zone: ZoneInfo, seen: dict[str, str]) -> Leg:
    if isinstance(cells, Refused):
        raise cells
    # the epoch has no zone to be wrong about
    started = values.moment(cells.get("start_epoch") or cells.get("start_stamp") or "", zone)
    duration, talk = values.seconds(cells.get("duration", "")), values.seconds(cells.get("billsec", ""))
    caller = values.number(cells.get("caller_id_number") or cells.get("sip_from_user") or "")
    called = values.number(cells.get("destination_number") or cells.get("sip_to_user") or "")
    way, outside, inside = values.sides(caller, called, _hint(cells))
    outcome = _outcome(cells.get("hangup_cause", "").strip().upper(), way, bool(talk))
    key = _key(cells, seen)
    own = values.text(cells.get("caller_id_name"))
    call = IncomingCall(
        line=line,
        number=outside,
        direction=way,
        outcome=outcome,
        started_at=started,
        duration_s=duration,
        talk_s=talk or 0,
        ring_s=max(0, duration - (talk or 0)) if duration is not None else None,
        note="",
        agent=inside,
        name=values.caller_name(own) if way == "in" else "",
        source="freeswitch",
        source_call_id=key or values.digest(started.isoformat(), caller, called),
    )
    return Leg(call, key)


def _outcome(cause: str, way: Direction, answered: bool) -> str:
    if answered:
        return "connected"
    if cause in _BUSY:
        return "missed" if way == "in" else "busy"
    if cause in _UNANSWERED or (cause in _AWAY and way == "in"):
        return "missed" if way == "in" else "no_answer"
    raise Refused("call_failed", skipped=True, text=cause[:60])


def _hint(cells: Mapping[str, str]) -> Direction | None:
    """Which way the context tells. A leg's own direction is that of the switch: what an extension dials comes in
    to it, so it counts only where the context says nothing."""
    context = cells.get("context", "").lower()
    if _INTO.search(context):
        return "in"
    if _OUT_OF.search(context):
        return "out"
    said = cells.get("direction", "").lower()
    return "in" if said == "inbound" else "out" if said == "outbound" else None
