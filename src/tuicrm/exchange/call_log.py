"""Lists of calls: of telephone systems, of telephones, and as plain tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from tuicrm.domain.errors import Invalid
from tuicrm.exchange.call_log_legs import Leg, calls
from tuicrm.exchange.incoming import IncomingCall

FORMS: Final = ("asterisk", "freeswitch", "android", "csv")


def read(form: str, text: str, name: str, zone: ZoneInfo) -> Iterator[IncomingCall]:
    """The calls of a list, legs of one call together. ``form``: one of ``FORMS``, as ``recognise`` tells it, with
    or without ``calls-`` before it. ``name``: the file, for refusals. ``zone``: of moments without one.

    A line that cannot be read comes as a refused call. Raises ``Invalid("call_none")`` for a text with no line of a
    list of calls in it, ``Invalid("import_format")`` for another form.
    """
    form = form.removeprefix("calls-")
    found = calls(_legs(form, text, zone))
    first = next(found, None)
    if first is None:
        raise Invalid("call_none", file=name)
    return _from(first, found)


def _from(first: IncomingCall, rest: Iterator[IncomingCall]) -> Iterator[IncomingCall]:
    yield first
    yield from rest


def _legs(form: str, text: str, zone: ZoneInfo) -> Iterator[Leg]:
    # imported here: a run reads one kind of list
    if form == "asterisk":
        from tuicrm.exchange.call_log_asterisk import legs
    elif form == "freeswitch":
        from tuicrm.exchange.call_log_freeswitch import legs
    elif form == "android":
        from tuicrm.exchange.call_log_android import legs
    elif form == "csv":
        from tuicrm.exchange.call_log_csv import legs
    else:
        raise Invalid("import_format", format=form, choices=FORMS)
    return legs(text, zone)
