"""The list of calls that the Android program "SMS Backup & Restore" writes: XML, one ``call`` element each.

Every element is read by a parser of its own, which knows no entities but the five of XML itself: nothing in the file
can make it grow, and a broken element costs itself alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat
from zoneinfo import ZoneInfo

from tuicrm.domain.models import Direction
from tuicrm.domain.phone import digits
from tuicrm.exchange import call_log_values as values
from tuicrm.exchange.call_log_legs import Leg
from tuicrm.exchange.incoming import IncomingCall
from tuicrm.exchange.refused import Refused

_NEXT: Final = re.compile(r"<!--|<call(?=[\s/>])[^<]*+", re.IGNORECASE)
_LONGEST: Final = 100_000
"""Characters of one element."""
_PAIR: Final = re.compile(r"&#(5[56]\d{3});&#(5[67]\d{3});")
"""A letter beyond U+FFFF as the program writes it: two halves, neither of which XML allows."""
_HALF: Final = re.compile(r"&#(?:55[3-9]\d\d|552[9]\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]);")
_KINDS: Final[Mapping[str, tuple[Direction, str]]] = {
    "1": ("in", "connected"),
    "2": ("out", "connected"),
    "3": ("in", "missed"),
    "4": ("in", "voicemail"),
    "5": ("in", "missed"),
    "7": ("in", "connected"),
}
_BLOCKED: Final = "6"
_UNNAMED: Final = ("(unknown)", "null", "unknown")


def legs(text: str, zone: ZoneInfo) -> Iterator[Leg]:  # noqa: ARG001 - its moments need no zone
    """Every element as a call."""
    line, counted, place = 1, 0, 0
    while found := _NEXT.search(text, place):
        place = found.end()
        if found[0] == "<!--":
            end = text.find("-->", place)
            if end < 0:
                return
            place = end + 3
            continue
        line += text.count("\n", counted, found.start())
        counted = found.start()
        try:
            yield Leg(_call(line, _attributes(found[0])), "")
        except Refused as why:
            yield Leg(values.left_out(line, why), "")


def _attributes(element: str) -> dict[str, str]:
    """The attributes of one element. Raises ``Refused("call_xml")``."""
    if len(element) > _LONGEST:
        raise Refused("call_xml", reason="too long")
    if "&#" in element:
        element = _HALF.sub("\ufffd", _PAIR.sub(_whole, element))
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda _name, attributes: found.append(attributes)
    try:
        parser.Parse(element.encode("utf-8", "replace"), False)
    except expat.ExpatError as error:
        raise Refused("call_xml", reason=expat.ErrorString(error.code)) from None
    if not found:
        raise Refused("call_xml", reason="unclosed token")
    return {name.lower(): value for name, value in found[0].items()}


def _whole(halves: re.Match[str]) -> str:
    high, low = int(halves[1]), int(halves[2])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return halves[0]
    return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)


def _call(line: int, it: Mapping[str, str]) -> IncomingCall:
    kind, date = it.get("type", "").strip(), it.get("date", "").strip()
    if kind == _BLOCKED:
        raise Refused("call_blocked", skipped=True, number=values.text(it.get("number")))
    if kind not in _KINDS:
        raise Refused("call_outcome", text=kind[:60])
    if not (date.isascii() and date.isdigit()):
        raise Refused("call_time", text=date[:60])
    way, outcome = _KINDS[kind]
    number, talk = values.number(it.get("number", "")), values.seconds(it.get("duration", ""))
    if way == "out" and not talk:
        outcome = "no_answer"
    name = values.text(it.get("contact_name"))
    return IncomingCall(
        line=line,
        number=number,
        direction=way,
        outcome=outcome,
        started_at=values.moment(date, values.UTC_ZONE),
        duration_s=talk,
        talk_s=talk if outcome == "connected" else 0,
        ring_s=None,
        note="",
        agent="",
        name="" if name.lower() in _UNNAMED else name,
        source="android",
        source_call_id=values.digest(digits(number), date, kind),
    )
