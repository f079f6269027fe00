"""What a file gives: one record after the other, as contacts, calls or follow-ups to be, or as refusals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from tuicrm.domain.cadence import LONGEST_DAYS
from tuicrm.domain.models import Direction, NewContact
from tuicrm.domain.record import made, record


@record
class Incoming:
    """One contact of a file. ``line``: the first line of its record, from 1 (in a JSON array its place, from 1).

    ``contact`` is None for a record that is left out; ``code`` and ``params`` say why (``messages``): ``refused``
    when it is broken, else skipped on purpose. ``kept``: columns that became free fields, or the labels of such fields.
    ``dropped``: columns and properties that have no place here and are left out, each to be told of once.
    ``owner``, ``do_not_call``, ``cadence_days``: None when the file does not say; ``owner_as``: the heading above the
    owner. ``photo``: there was one, which is
    not taken over. ``beyond``: cells of a table's row beyond its columns; negative: cells that are missing.
    """

    line: int
    contact: NewContact | None = None
    code: str = ""
    params: Mapping[str, Any] = made(default_factory=dict)
    refused: bool = False
    owner: str | None = None
    owner_as: str = ""
    do_not_call: bool | None = None
    cadence_days: int | None = None
    kept: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    photo: bool = False
    beyond: int = 0


@record
class IncomingCall:
    """One call of a telephone's list. ``started_at``: UTC. Seconds are None when the list does not say.

    ``outcome``: a code of the shipped process, ``""`` for the process's default. ``name``: as the telephone knew
    the number. ``source``: ``asterisk``, ``freeswitch``, ``android`` or ``csv``; with ``source_call_id`` it names
    the call for ever. A ``code`` with ``params`` says why the line is left out (``refused``: it is broken); the
    other fields then hold what could be read. A ``remark`` (a code too) with ``params``: what is to be told of it.
    ``channel``, ``topic``: a code or a label, ``""`` when the list does not say; ``score``: up to 10.
    """

    line: int
    number: str
    direction: Direction
    outcome: str
    started_at: datetime
    duration_s: int | None
    talk_s: int | None
    ring_s: int | None
    note: str
    agent: str
    name: str
    source: str
    source_call_id: str
    code: str = ""
    params: Mapping[str, Any] = made(default_factory=dict)
    refused: bool = False
    remark: str = ""
    channel: str = ""
    topic: str = ""
    tags: tuple[str, ...] = ()
    score: int | None = None


@record
class IncomingFollowUp:
    """One task or event of a calendar. ``due_on``, ``due_time`` are local to ``zone`` (a name of the zone data).

    ``due_time`` None: a day without a time. ``alarm_minutes``: before the due time, of a day without one before its
    midnight, below 0 behind that; None without an alarm.
    ``recurrence``: the rule as the file has it, ``""`` for once. ``note``: its description. ``code``, ``params``,
    ``refused``: as in a call. ``closed_at``: when it was done (UTC), None when the file does not say. ``dropped``:
    properties that have no place here.
    """

    line: int
    uid: str
    reason: str
    due_on: date
    due_time: time | None
    zone: str
    who_name: str
    who_phone: str
    who_email: str
    alarm_minutes: int | None
    recurrence: str
    done: bool
    note: str = ""
    code: str = ""
    params: Mapping[str, Any] = made(default_factory=dict)
    refused: bool = False
    closed_at: datetime | None = None
    dropped: tuple[str, ...] = ()


def looks_like_address(text: str) -> bool:
    """Whether a text can be an e-mail address: one ``@`` with something on both sides, no blank."""
    name, at, domain = text.rpartition("@")
    return bool(at and name and domain) and text.split() == [text]


def has_digit(text: str) -> bool:
    """Whether a text can be a number."""
    return any(char.isdecimal() for char in text)


def days(value: object) -> int | None:
    """A number of days as programs write it; None for anything else, and for more than a cadence has."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) <= 4 and 0 < int(text) <= LONGEST_DAYS else None
