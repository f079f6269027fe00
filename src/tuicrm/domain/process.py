"""The company's process: its outcomes, topics, channels, ticket priorities and statuses, as values.

The company edits a TOML file; ``load`` reads and checks it, ``to_json`` gives the compiled form that the
database keeps beside the text, and ``from_json`` reads that form back without ``tomllib`` and without
checking anything again: it is all that a waiting person pays for. Lookups answer for older codes too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.models import Direction, TicketCategory
from tuicrm.domain.record import made, record
from tuicrm.domain.worktime import Calendar, Holiday, Spans

DateOrder = Literal["dmy", "mdy", "ymd"]

FLAGS = frozenset({"reached", "contact", "right_party", "sale", "do_not_call", "callback"})
BARE_KEYS = frozenset("bchnvwz")
"""Outcome keys that also work without the bar, on the call queue: no screen uses them for anything else."""
CONNECTED = "connected"
MISSED = "missed"
NO_FOLLOW_UP = "-"
"""As an effect: no follow-up, whatever the topic says. The same sign as in the line (``/-``)."""
WRITTEN = frozenset({"sms", "email"})
"""Channels by which one only writes, where the file does not say."""
LATER_SECTIONS = frozenset({"sla", "surveys", "field", "rule"})
"""Sections that are read by later versions; kept as they are."""


@record
class Named:
    """Something with a code that is stored, and names that people read and type."""

    code: str
    label_en: str = ""
    label_fa: str = ""
    aliases: tuple[str, ...] = ()

    def label(self, lang: str = "en") -> str:
        """The name in ``lang`` (``"en"`` or ``"fa"``), else in the other language, else the code in words."""
        first, second = (self.label_fa, self.label_en) if lang == "fa" else (self.label_en, self.label_fa)
        return first or second or self.code.replace("_", " ")

    @property
    def names(self) -> tuple[str, ...]:
        """Labels and aliases, without the code; empty ones left out."""
        return tuple(name for name in (self.label_en, self.label_fa, *self.aliases) if name)


@record
class Channel(Named):
    """How people spoke: call, text message, visit."""

    written: bool | None = None
    """Whether one only writes: what is sent so is no talk. None: as its code says."""

    @property
    def is_written(self) -> bool:
        """Whether what goes out by it is a message and no talk; what comes in is an answer all the same."""
        return self.code in WRITTEN if self.written is None else self.written


@record
class Outcome(Named):
    """How a call ended, and what that sets in motion. The line overrides every effect."""

    key: str = ""
    """One letter that is typed for it, or ``""``."""
    flags: frozenset[str] = frozenset()
    """Some of ``FLAGS``. ``contact`` decides whether the answered follow-up is closed or moved."""
    follow_up: str | None = None
    """A number form without its sign (``1wd``, ``1h``), or ``NO_FOLLOW_UP``; None: the topic decides."""
    attempts_max: int | None = None
    """How many attempts a follow-up gets that this outcome moves; None: its own limit, else the default."""
    closes: bool = False
    """Without ``contact``: ends the answered follow-up instead of moving it (a wrong number)."""
    attempt: bool = True
    """False: no try of ours (a call that nobody took); it leaves every follow-up alone."""
    asks_note: bool = False
    nobody: bool = False
    """True: may be saved without a contact (a wrong number)."""
    topic: str | None = None
    known: bool = True
    """False for a code that this version of the process no longer has."""

    @property
    def contact(self) -> bool:
        """Whether somebody was spoken to, so that the answered follow-up is done."""
        return "contact" in self.flags

    @property
    def do_not_call(self) -> bool:
        return "do_not_call" in self.flags

    @property
    def bare(self) -> bool:
        """Whether its key logs at once on the call queue."""
        return self.key in BARE_KEYS


@record
class Topic(Named):
    """What a call was about."""

    key: str = ""
    follow_up: str | None = None
    """As an outcome's; used when the topic was given or comes from the outcome, never when it was guessed."""
    ticket_kind: str | None = None
    """The kind of a ticket that such a call opens."""


@record
class Priority(Named):
    """A ticket's priority; ``key`` is its letter in ``/th``."""

    key: str = ""


@record
class Status(Named):
    """A ticket's status; ``key`` is its letter in ``/tp12``, or ``""``."""

    key: str = ""
    category: TicketCategory = "open"


@record
class Defaults:
    """What holds when nobody says otherwise."""

    direction: Direction = "out"
    """Of a call that is logged from memory, with a contact already known."""
    channel: str = "call"
    priority: str = "normal"
    region: str = ""
    """ISO country for numbers without one; ``""``: the country of the zone."""
    zone: str = ""
    """IANA name; ``""``: the system's."""
    date_order: DateOrder = "dmy"
    attempts_max: int | None = None


@record
class FileProblem:
    """One thing wrong in a process file. ``line`` counts from 1 (0: the file as a whole)."""

    line: int
    code: str
    params: Mapping[str, Any] = made(default_factory=dict)


_N = TypeVar("_N", bound=Named)


@record
class Process:
    """One version of the process. Order of the tuples is the order of the file."""

    version: int = 0
    outcomes: tuple[Outcome, ...] = ()
    topics: tuple[Topic, ...] = ()
    channels: tuple[Channel, ...] = ()
    priorities: tuple[Priority, ...] = ()
    statuses: tuple[Status, ...] = ()
    snippets: tuple[str, ...] = ()
    abbreviations: Mapping[str, str] = made(default_factory=dict)
    """What is typed -> what it becomes when a space follows; keys in lower case."""
    defaults: Defaults = Defaults()
    calendar: Calendar = Calendar()
    cadences: Mapping[str, int] = made(default_factory=dict)
    """Days by tag: how often whose tag it is wants to be called."""
    later: Mapping[str, Any] = made(default_factory=dict)
    """Sections of ``LATER_SECTIONS``, as the file has them."""

    def outcome(self, code: str) -> Outcome:
        """The outcome with that code; one that this version does not have is neutral, named by its code."""
        return _by_code(self.outcomes, code) or Outcome(code, attempt=False, known=False)

    def outcome_by_key(self, key: str) -> Outcome | None:
        """The outcome typed by that letter, any case."""
        return _by_key(self.outcomes, key.casefold())

    @property
    def default_outcome(self) -> Outcome:
        """What a call is when the line names no outcome."""
        return self.outcome(CONNECTED)

    @property
    def missed(self) -> Outcome:
        """A ringing call that nobody took."""
        return self.outcome(MISSED)

    def topic(self, name: str) -> Topic | None:
        """The topic with that code, else with that key; None when this version has none."""
        return _by_code(self.topics, name) or _by_key(self.topics, name)

    def topic_by_key(self, key: str) -> Topic | None:
        """The topic typed by that letter, any case."""
        return _by_key(self.topics, key.casefold())

    def channel(self, code: str) -> Channel:
        """The channel with that code, or a neutral one named by it."""
        return _by_code(self.channels, code) or Channel(code)

    def priority(self, code: str) -> Priority:
        """The priority with that code, or a neutral one named by it."""
        return _by_code(self.priorities, code) or Priority(code)

    def status(self, code: str) -> Status:
        """The status with that code, or a neutral open one named by it."""
        return _by_code(self.statuses, code) or Status(code)

    def first_status(self, category: TicketCategory) -> Status:
        """The first status of ``category`` in the file: what a new or a resolved ticket gets."""
        return next((s for s in self.statuses if s.category == category), Status(category, category=category))


def _by_code(things: Sequence[_N], code: str) -> _N | None:
    return next((thing for thing in things if thing.code == code), None)


_K = TypeVar("_K", Outcome, Topic)


def _by_key(things: Sequence[_K], key: str) -> _K | None:
    return next((thing for thing in things if key and thing.key == key), None)


# --- the file -----------------------------------------------------------------------------------------------


def default_text() -> str:
    """The process file that ships with the package."""
    # Imported here: only showing or first writing the file needs it, not every start.
    from importlib.resources import files

    return files("tuicrm").joinpath("process/default.toml").read_text(encoding="utf-8")


def check(text: str) -> list[FileProblem]:
    """Everything that is wrong in a process file, in order of its lines; empty when it can be used."""
    # Imported here: only checking and applying a file need tomllib (5 ms), not every start.
    from tuicrm.domain.process_toml import read

    return read(text)[1]


def load(text: str, version: int = 0) -> Process:
    """The process that a file describes.

    Raises ``Invalid("process_bad")`` when it cannot be used; each problem is a field, named by its line.
    """
    # Imported here for the same reason as in ``check``.
    from tuicrm.domain.process_toml import read

    process, problems = read(text, version)
    if process is None:
        raise Invalid(
            "process_bad",
            fields=[
                FieldProblem(str(problem.line), "", problem.code, problem.params) for problem in problems
            ],
            count=len(problems),
        )
    return process


# --- the compiled form --------------------------------------------------------------------------------------


def to_json(process: Process) -> str:
    """The compiled form: what ``from_json`` reads back into an equal process. Keys are the field names."""
    return json.dumps(_plain(process), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Process:
    """A process from its compiled form. Trusts it: only ``to_json`` writes such text.

    Fields that this program does not know are ignored, missing ones get their default, so that a newer or
    older program can read a database's compiled process.
    """
    raw = json.loads(text)
    return Process(
        version=raw.get("version", 0),
        outcomes=tuple(_thing(Outcome, item) for item in raw.get("outcomes", ())),
        topics=tuple(_thing(Topic, item) for item in raw.get("topics", ())),
        channels=tuple(_thing(Channel, item) for item in raw.get("channels", ())),
        priorities=tuple(_thing(Priority, item) for item in raw.get("priorities", ())),
        statuses=tuple(_thing(Status, item) for item in raw.get("statuses", ())),
        snippets=tuple(raw.get("snippets", ())),
        abbreviations=raw.get("abbreviations", {}),
        defaults=_thing(Defaults, raw.get("defaults", {})),
        calendar=_thing(Calendar, raw.get("calendar", {})),
        cadences=raw.get("cadences", {}),
        later=raw.get("later", {}),
    )


def _spans(raw: Sequence[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in raw)


def _holidays(raw: Mapping[str, Any]) -> Mapping[str, Holiday]:
    return {day: _thing(Holiday, told) for day, told in raw.items()}


_T = TypeVar("_T", Outcome, Topic, Channel, Priority, Status, Defaults, Calendar, Holiday)
_FROM_PLAIN: Mapping[str, Any] = {
    "aliases": tuple,
    "flags": frozenset,
    "days": frozenset,
    "no_calls": frozenset,
    "hours": _spans,
    "calls": _spans,
    "own_hours": lambda raw: {day: _spans(hours) for day, hours in raw.items()},
    "holidays": _holidays,
    "jalali_holidays": _holidays,
}


def _thing(kind: type[_T], raw: Mapping[str, Any]) -> _T:
    names: Sequence[str] = kind.__match_args__
    known = {key: value for key, value in raw.items() if key in names}
    return kind(
        **{key: _FROM_PLAIN[key](value) if key in _FROM_PLAIN else value for key, value in known.items()}
    )


def _plain(value: Any) -> Any:
    """``value`` in JSON's types; records become objects of their fields."""
    if hasattr(value, "__record_defaults__"):
        return {name: _plain(getattr(value, name)) for name in value.__match_args__}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value
