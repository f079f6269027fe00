"""Reads spoiled files as an import would, in a process of its own: ``FORMAT FIRST LAST``, or ``FORMAT huge SIZE``.

The process has limits: a file that takes too much processor time ends it with a trace of where it was, one that
takes too much memory fails. It prints how many files gave records, and how many records were read and refused.
"""

from __future__ import annotations

import faulthandler
import re
import resource
import signal
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.exchange.hostile_mutations import huge, mutated
from tests.exchange.hostile_seeds import SEEDS
from tuicrm import i18n
from tuicrm.domain.errors import Invalid
from tuicrm.domain.safe import tidy
from tuicrm.exchange import csv_format, json_format, vcard
from tuicrm.exchange.recognise import recognise
from tuicrm.messages import MESSAGES

SECONDS: Final = 6.0
"""Processor time of one small file."""
SECONDS_MB: Final = 60.0
"""What each of its megabytes adds: there can be 200,000 records in one. What hangs takes hours."""
_MB: Final = 1 << 20
_FLOOR_MB: Final = 24
"""Memory that any file may take: tables that are read once."""
_TIMES: Final = 24
"""Memory beyond that, as a multiple of the file: one letter of text takes up to four bytes, and there are copies."""
_ZONE: Final = ZoneInfo("Asia/Tehran")
_MARK: Final = re.compile(r"Q\d{4}Z")
_LINE_END: Final = re.compile(r"\r\n?|\n")
_ENDS: Final = {"vcard": re.compile(r"\r\r?\n|\n|\r"), "calls-android": re.compile(r"\n")}
"""What ends a line where that is another thing: some programs write CR CR LF; nobody writes XML with CR alone."""


def records(form: str, data: bytes, text: str) -> Iterator[Any]:
    """What the reader of a format gives for a file."""
    if form == "vcard":
        return vcard.read(data, "file", "IR")
    if form == "csv":
        return csv_format.read(text, "file", {})
    if form == "json":
        return json_format.read(text, "file")
    if form == "ics":
        from tuicrm.exchange import ics

        return ics.read(text, "file", _ZONE)
    from tuicrm.exchange import call_log

    return call_log.read(form.removeprefix("calls-"), text, "file", _ZONE)


class Reading:
    """Files of one format, one after the other; what they gave in ``useful``, ``read`` and ``refused``."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.useful = self.read = self.refused = 0

    def file(self, what: object, data: bytes) -> None:
        """Reads one file, with limits, and checks what comes of it. ``what``: how it is called when it fails."""
        limit = len(data) / _MB * _TIMES + _FLOOR_MB
        signal.setitimer(signal.ITIMER_PROF, SECONDS + SECONDS_MB * len(data) / _MB)
        before = _memory()
        try:
            self._check(data)
        except BaseException as error:
            error.add_note(f"{self.form} {what}: {data[:3000]!r}")
            raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        took = _memory("VmHWM") - before
        assert took <= limit, f"{self.form} {what}: {took:.0f} MB for {len(data)} bytes"

    def _check(self, data: bytes) -> None:
        try:
            found = recognise(data, "file")
        except Invalid as error:
            _sayable(error)
            return
        self._records(self.form, data, found.text)
        if found.format != self.form:
            self._records(found.format, data, found.text)

    def _records(self, form: str, data: bytes, text: str) -> None:
        places = Places(form)
        try:
            # one after the other, as an import takes them
            for row in records(form, data, text):
                _well_formed(row)
                places.note(row)
                self.read += 1
                self.refused += row.refused
        except Invalid as error:
            assert not places.starts, "a whole file is refused before its first record"
            _sayable(error)
            return
        self.useful += 1
        places.check(data, text)


def _sayable(refusal: Any) -> None:
    """A refusal has a sentence, with nothing left to be filled in."""
    assert refusal.code in MESSAGES, refusal.code
    said = i18n.sentence(refusal)
    assert said, refusal
    said.encode()


def _well_formed(row: Any) -> None:
    """A record is whole or says why not; its texts can be written down."""
    if hasattr(row, "contact"):
        assert (row.contact is None) == bool(row.code), row
    assert row.code or not row.refused, row
    if row.code:
        _sayable(row)
    else:
        for text in _texts(row):
            text.encode()


def _texts(value: Any, *, names: bool = True) -> Iterator[str]:
    """Every text of a record, however deep; ``names``: those of fields and columns as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts([*(value if names else ()), *value.values()], names=names)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each, names=names)
    elif hasattr(value, "__dataclass_fields__"):
        fields = [name for name in value.__dataclass_fields__ if names or name != "kept"]
        yield from _texts([getattr(value, name) for name in fields], names=names)


class Places:
    """Where the records of a file stand, and the marks they hold."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.starts = array("L")
        """Of every record, as it was told."""
        self._begins = array("L")
        """Of those that go up to the next: lines within a card that are no property are told after it."""
        self._holding: list[tuple[int, set[str]]] = []

    def note(self, row: Any) -> None:
        """Another record."""
        self.starts.append(row.line)
        if row.code == "vcard_line":
            return
        self._begins.append(row.line)
        # a call may stand on several lines, and is told at the last of them
        if row.refused or not self.form.startswith("calls-"):
            marks = {mark for text in _texts(row, names=False) for mark in _MARK.findall(text)}
            if marks:
                self._holding.append((row.line, marks))

    def check(self, data: bytes, text: str) -> None:
        """The lines are in the file, in order, and a record stands from its line up to that of the next: the mark
        that its first line has in the file, when it is there once, lies between."""
        if self.form == "json" and not _LINE_END.search(text.strip()):
            assert list(self.starts) == list(range(1, len(self.starts) + 1))
            return
        begins = sorted(self._begins)
        assert self.form.startswith("calls-") or begins == list(self._begins)
        lines = _lines(self.form, data, text)
        if not self.starts or lines is None:
            return
        assert 1 <= min(self.starts) <= max(self.starts) <= len(lines), (max(self.starts), len(lines))
        at: dict[str, list[int]] = {}
        for number, line in enumerate(lines, start=1):
            # as the readers see it: a damaged letter may have become a sign that is left out
            for found in _MARK.findall(tidy(line)):
                at.setdefault(found, []).append(number)
        begins.append(len(lines) + 1)
        for line_number, marks in self._holding:
            after = begins[bisect_right(begins, line_number)]
            for mark in marks:
                if len(at.get(mark, ())) == 1:
                    # records of JSON may stand beside each other
                    last = after if self.form == "json" else after - 1
                    assert line_number <= at[mark][0] <= last, (mark, at[mark], line_number, after)


def _lines(form: str, data: bytes, text: str) -> list[str] | None:
    """The lines of a file as an editor counts them; None where zero bytes make that a matter of taste."""
    if form == "vcard":
        # a vCard's values may each have an encoding of their own
        text = data.decode("latin-1")
    if "\0" in text:
        return None
    return _ENDS.get(form, _LINE_END).split(text)


def _memory(what: str = "VmRSS") -> float:
    """This process's memory in MB: as it is, or at its most since it was asked for as it is."""
    if what == "VmRSS":
        Path("/proc/self/clear_refs").write_text("5")
    found = re.search(rf"{what}:\s*(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def main(form: str, first: str, last: str) -> None:
    """Reads the files, and prints what they gave."""
    faulthandler.register(signal.SIGPROF, chain=True)
    resource.setrlimit(resource.RLIMIT_AS, (2048 * _MB, 2048 * _MB))
    reading = Reading(form)
    reading.file("warming up", SEEDS[form][0])
    if first == "huge":
        for what, data in huge(form, int(last)).items():
            reading.file(what, data)
    else:
        for number in range(int(first), int(last)):
            reading.file(number, mutated(form, number))
    print(reading.useful, reading.read, reading.refused)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
