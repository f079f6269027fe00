"""Asterisk's call detail records: ``Master.csv`` without a header, or a table of them with one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from zoneinfo import ZoneInfo

from tuicrm.domain.models import Direction
from tuicrm.domain.phone import SAVING_DIGITS, digits
from tuicrm.exchange import call_log_values as values
from tuicrm.exchange.call_log_legs import Leg
from tuicrm.exchange.call_log_table import Row, rows
from tuicrm.exchange.incoming import IncomingCall
from tuicrm.exchange.refused import Refused

_COLUMNS: Final = (
    *("accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata"),
    *("start", "answer", "end", "duration", "billsec", "disposition", "amaflags"),
)
"""``cdr_csv`` writes these; behind them, as it is set up, uniqueid, userfield, peeraccount, linkedid, sequence."""
_LEAST: Final = 15
_ID: Final = re.compile(r"(?:[\w.-]+-)?\d{9,11}\.\d+", re.ASCII)
_PEER: Final = re.compile(
    r"(?:PJ?SIP|SIP|IAX2|SCCP|Skinny|Local)/(?:[^/@]*/)?(\d{1,5})(?=[-@;]|$)", re.ASCII | re.IGNORECASE
)
"""The channel of an extension; what other drivers number are lines."""
_INTO: Final = re.compile(
    r"(?:^|[-_])(?:in|inbound|incoming|ivr|did|queue|ext-queues|ext-did|pstn|trunk|public|voicemail)|from-(?!int)"
)
_OUT_OF: Final = re.compile(r"(?:^|[-_])(?:out|outbound|outgoing|internal|local|outrt|macro-dialout)")
_OUTCOMES: Final = {
    "ANSWERED": ("connected", "connected"),
    "NO ANSWER": ("missed", "no_answer"),
    "NOANSWER": ("missed", "no_answer"),
    "CANCEL": ("missed", "no_answer"),
    "BUSY": ("missed", "busy"),
}
"""Disposition -> outcome of a call that came in, and of one that went out."""
NAMES: Final = frozenset((*_COLUMNS, "calldate", "uniqueid", "linkedid", "userfield", "did", "cnum", "cnam"))


def legs(text: str, zone: ZoneInfo) -> Iterator[Leg]:
    """Every line as a leg of a call."""
    for row in rows(text, NAMES):
        try:
            yield _leg(row, zone)
        except Refused as why:
            yield Leg(values.left_out(row.line, why), _key(_cells(row)) if row.cells else "")


def _cells(row: Row) -> Mapping[str, str]:
    if row.named:
        return row.named
    named = dict(zip(_COLUMNS, row.cells, strict=False))
    tail = row.cells[len(_COLUMNS) :]
    ids = [cell for cell in tail if _ID.fullmatch(cell)]
    if ids:
        named |= {"uniqueid": ids[0], "linkedid": ids[-1]}
    return named


def _key(cells: Mapping[str, str]) -> str:
    return cells.get("linkedid") or cells.get("uniqueid") or ""


def _leg(row: Row, zone: ZoneInfo) -> Leg:
    if row.problem is not None:
        raise row.problem
    if not row.named and len(row.cells) < _LEAST:
        raise Refused("call_row_short", n=len(row.cells), least=_LEAST)
    cells = _cells(row)
    started = values.moment(cells.get("start") or cells.get("calldate") or "", zone)
    disposition = cells.get("disposition", "").strip().upper()
    if disposition not in _OUTCOMES:
        code = "call_failed" if disposition in ("FAILED", "CONGESTION") else "call_outcome"
        raise Refused(code, skipped=code == "call_failed", text=disposition[:60])
    caller, called = values.number(cells.get("src", "")), _called(cells)
    way, outside, inside = values.sides(caller, called, _hint(cells))
    duration, talk = values.seconds(cells.get("duration", "")), values.seconds(cells.get("billsec", ""))
    answered = disposition == "ANSWERED"
    outcome = _OUTCOMES[disposition][way == "out"]
    if answered and way == "in" and cells.get("lastapp", "").lower() == "voicemail":
        outcome = "voicemail"
    key = _key(cells)
    call = IncomingCall(
        line=row.line,
        number=outside,
        direction=way,
        outcome=outcome,
        started_at=started,
        duration_s=duration,
        talk_s=talk if answered else 0,
        ring_s=max(0, duration - (talk or 0 if answered else 0)) if duration is not None else None,
        note="",
        agent=_agent(cells, way) or inside,
        name=values.caller_name(cells.get("clid", "")) if way == "in" else "",
        source="asterisk",
        source_call_id=key or values.digest(started.isoformat(), caller, called, cells.get("channel", "")),
    )
    return Leg(call, key)


def _called(cells: Mapping[str, str]) -> str:
    """The number called; ``""`` when the call went to a menu or a queue (``s``)."""
    called = values.number(cells.get("dst", ""))
    return called if digits(called) == called.lstrip("+") or len(digits(called)) >= SAVING_DIGITS else ""


def _hint(cells: Mapping[str, str]) -> Direction | None:
    """Which way the context and the channels tell."""
    if cells.get("did", "").strip():
        return "in"
    if _PEER.match(cells.get("channel", "")):
        return "out"
    if _PEER.match(cells.get("dstchannel", "")):
        return "in"
    context = cells.get("dcontext", "").lower()
    if _INTO.search(context):
        return "in"
    return "out" if _OUT_OF.search(context) else None


def _agent(cells: Mapping[str, str], way: Direction) -> str:
    """The extension of ours that spoke."""
    found = _PEER.match(cells.get("dstchannel" if way == "in" else "channel", ""))
    return found[1] if found else ""
