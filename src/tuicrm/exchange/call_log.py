"""Lists of calls: of telephone systems, of telephones, and as plain tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from tuicrm.domain.errors import Invalid
from tuicrm.domain.record import replace
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
    return _told(chain((first,), found), _unused(form, text))


def _unused(form: str, text: str) -> tuple[str, ...]:
    """The columns of a person's own list that are left out; what telephone systems write beside a call is theirs."""
    if form != "csv":
        return ()
    from tuicrm.exchange.call_log_csv import unused

    return unused(text)


def _told(found: Iterator[IncomingCall], columns: tuple[str, ...]) -> Iterator[IncomingCall]:
    """The calls; with the first that has nothing else to be told of it, the columns that are left out."""
    for call in found:
        if columns and not call.code and not call.remark:
            call, columns = replace(call, remark="call_columns", params={"names": columns}), ()
        yield call


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
