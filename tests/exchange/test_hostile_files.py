"""Files of every format cut, spliced, re-encoded, nested, blown up: no crash, no hang, bounded memory, exact lines.

Each format is read in processes of its own with limits of processor time and memory (``hostile_reading``).
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import LONG
from tests.exchange.hostile_mutations import huge, mutated
from tests.exchange.hostile_seeds import SEEDS
from tuicrm.exchange import call_log, csv_format, ics, json_format, vcard

FILES: Final = 5_000 if LONG else 200
SHARES: Final = 10 if LONG else 1
HUGE: Final = 5_000_000 if LONG else 10_000
_ZONE: Final = ZoneInfo("Asia/Tehran")
_ROOT: Final = Path(__file__).parents[2]


def _read_apart(*args: str) -> list[int]:
    """What a process that reads files tells: files that gave records, records, refused ones."""
    command = [sys.executable, "-m", "tests.exchange.hostile_reading", *args]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=3_600, check=False)
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-6000:]}"
    return [int(each) for each in done.stdout.split()]


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("form", SEEDS)
def test_a_spoiled_file_gives_records_or_refusals_in_their_places(form: str, share: int) -> None:
    """Nothing but ``Invalid`` is raised, each refusal has a sentence, each record is within its lines."""
    size = FILES // SHARES
    useful, read, refused = _read_apart(form, str(share * size), str((share + 1) * size))
    assert useful > size // 4
    assert read > size
    assert refused


@pytest.mark.parametrize("form", SEEDS)
def test_a_file_with_something_huge_in_it_is_read_in_time_and_memory(form: str) -> None:
    useful, _, _ = _read_apart(form, "huge", str(HUGE))
    assert useful


@pytest.mark.parametrize("form", SEEDS)
def test_the_same_number_spoils_a_file_the_same_way(form: str) -> None:
    files = [mutated(form, number) for number in range(100)]
    assert files == [mutated(form, number) for number in range(100)]
    assert len(set(files)) > 90
    assert min(map(len, huge(form, 10_000).values())) > 9_000


# --- lines of refusals, counted by who wrote the file -------------------------------------------------------

_WHOLE_CARD: Final = ("BEGIN:VCARD", "VERSION:3.0", "FN:Ada", "NOTE:long", " folded", "", "END:VCARD")
_BROKEN_CARDS: Final = (
    (("BEGIN:VCARD", "VERSION:3.0", "FN:Bo", ""), 0, "vcard_no_end"),
    (("FN:Bo", "TEL:0912", "END:VCARD"), 0, "vcard_no_begin"),
    (("", "BEGIN:VCARD", "FN:Bo", "", "no property", "END:VCARD"), 4, "vcard_line"),
    (
        ("# comment", "", "BEGIN:VCARD", "FN:Bo", "NOTE:x", "TEL:1", "(no: property)", "END:VCARD"),
        6,
        "vcard_line",
    ),
)
_BROKEN_ROWS: Final = (
    (('Bo,"0912',), 0, "csv_quote"),
    (
        (
            "",
            'Bo,"0912',
        ),
        1,
        "csv_quote",
    ),
    ((" , ", "", 'Bo,0912,"x'), 2, "csv_quote"),
)

_TASK: Final = ("BEGIN:VTODO", "SUMMARY:Call Ada", "DUE:20261201T100000Z", " ", "END:VTODO")
_BROKEN_TASKS: Final = (
    (("", "BEGIN:VTODO", "SUMMARY:Bo", "DUE:soon", "END:VTODO"), 1, "ics_time"),
    (("BEGIN:VEVENT", "SUMMARY:Bo", "DTSTART:20269901", "END:VEVENT"), 0, "ics_time"),
    (("BEGIN:VTODO", "SUMMARY:Bo", "", "DUE:20261201"), 0, "ics_no_end"),
)
_CALL_HEAD: Final = "calldate,clid,src,dst,dcontext,channel,lastapp,billsec,disposition,uniqueid"
_CALL: Final = ("2026-11-02 10:00:00,Ada,0912,100,from-trunk,SIP/a,Dial,5,ANSWERED,1.1",)
_BROKEN_CALLS: Final = (
    (("2026-99-02 10:00:00,Bo,0912,100,from-trunk,SIP/a,Dial,5,ANSWERED,1.1",), 0, "call_time"),
    (
        (
            "",
            "2026-11-02 10:00:00,Bo",
        ),
        1,
        "call_outcome",
    ),
)
_PHONE_CALL: Final = ('<call number="0912" date="1796000000000"', ' duration="5" type="1" />')
_BROKEN_PHONE_CALLS: Final = (
    (('<call number="0912"', ' date="soon" duration="5" type="1" />'), 0, "call_time"),
    (("", '<call number="0912" date=5 type="1" />'), 1, "call_xml"),
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_broken_cards_are_refused_with_the_line_they_begin_on(end: str) -> None:
    for number in range(50 if LONG else 10):
        text, expected = _with_broken(number, [_WHOLE_CARD], _BROKEN_CARDS, end)
        rows = list(vcard.read(text.encode(), "x", "IR"))
        assert [(row.line, row.code) for row in rows if row.refused] == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_broken_rows_are_refused_with_the_line_they_begin_on(end: str) -> None:
    whole = [("Ada,0912", ""), ('"Ada', '  Lou","0912', 'ext. 1"'), ('"Ada ""x"", Lou",0912,,,',)]
    for number in range(50 if LONG else 10):
        text, expected = _with_broken(number, whole, _BROKEN_ROWS, end, before=("name,phone,note",))
        rows = list(csv_format.read(text, "x", {}))
        assert [(row.line, row.code) for row in rows if row.refused] == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_broken_tasks_are_refused_with_the_line_they_begin_on(end: str) -> None:
    for number in range(50 if LONG else 10):
        text, expected = _with_broken(number, [_TASK], _BROKEN_TASKS, end, before=("BEGIN:VCALENDAR",))
        rows = list(ics.read(f"{text}END:VCALENDAR{end}", "x", _ZONE))
        assert [(row.line, row.code) for row in rows if row.refused] == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_broken_calls_are_refused_with_their_lines(end: str) -> None:
    for number in range(50 if LONG else 10):
        text, expected = _with_broken(number, [_CALL], _BROKEN_CALLS, end, before=(_CALL_HEAD,))
        rows = list(call_log.read("asterisk", text, "x", _ZONE))
        # a call may stand on several lines, so that some are told late
        assert sorted((row.line, row.code) for row in rows if row.refused) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_broken_calls_of_a_telephone_are_refused_with_the_line_they_begin_on(end: str) -> None:
    for number in range(50 if LONG else 10):
        text, expected = _with_broken(number, [_PHONE_CALL], _BROKEN_PHONE_CALLS, end, before=("<calls>",))
        rows = list(call_log.read("android", f"{text}</calls>", "x", _ZONE))
        assert [(row.line, row.code) for row in rows if row.refused] == expected


def test_broken_records_of_json_are_refused_with_their_lines() -> None:
    good, bad = '{"name": "Ada"}', ('{"name": "Bo", "tags": [[]]}', "null", "5", "[]")
    rng = random.Random(5)
    kinds = [rng.random() < 0.3 for _ in range(200)]
    text = "[" + ",\n\n".join(rng.choice(bad) if broken else good for broken in kinds) + "]"
    rows = list(json_format.read(text, "x"))
    assert [row.line for row in rows if row.refused] == [
        2 * n + 1 for n, broken in enumerate(kinds) if broken
    ]


Broken = tuple[Sequence[str], int, str]


def _with_broken(
    number: int,
    whole: Sequence[Sequence[str]],
    broken: Sequence[Broken],
    end: str,
    before: Sequence[str] = (),
) -> tuple[str, list[tuple[int, str]]]:
    """A file of records of which every fourth or so is broken, and (line, code) of these. ``broken``: lines, the
    place of the line that is to be told, and the code."""
    rng = random.Random(number)
    lines, expected = [*before], []
    for _ in range(60):
        if rng.random() < 0.25:
            more, place, code = rng.choice(broken)
            expected.append((len(lines) + place + 1, code))
            lines += more
            # what was broken ends before something whole
            lines += whole[0]
        else:
            lines += rng.choice(whole)
    return "".join(line + end for line in lines), expected
