"""Reads a log line: one pure function from the text and what is current to a frozen draft.

``parse_line`` never raises, whatever the text: what is wrong stands in the draft's problems, with its place.
Which words count (the runs at both ends, literals, a time apart from its day) is decided in ``logline_runs``;
what a word says in ``logline_words``; here the parts add up to a draft, the last of a kind winning.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tuicrm.domain.logline_names import Refused, Sense
from tuicrm.domain.logline_reader import Part
from tuicrm.domain.logline_rules import bare_outcome, is_kept_bare, is_who, subject_of, topic_of
from tuicrm.domain.logline_runs import Line, escape_note
from tuicrm.domain.models import Due
from tuicrm.domain.tokens import LineContext, LineDraft, Problem, TicketWish, Token

__all__ = [
    "LineContext",
    "LineDraft",
    "Problem",
    "TicketWish",
    "Token",
    "parse_line",
    "subject_of",
    "to_line",
]

_LAST_OF_NIGHT = 6


def parse_line(text: str, ctx: LineContext) -> LineDraft:
    """What ``text`` says in ``ctx``. Any text gives a draft; look at its ``problems`` before saving it.

    Problems, hard: ``ticket_no_subject``, ``ticket_not_theirs``, ``no_open_ticket``, ``several_open_tickets``,
    ``ticket_not_day``, ``ticket_number_apart``, ``ticket_takes_no_number``, ``unknown_agent``, ``score_range``,
    ``not_a_time`` and what ``when`` refuses. Soft: ``no_meaning``, ``several_meanings``, ``bare_outcome``,
    ``note_is_who``, ``hour_of_night``. All have ``params["token"]``, the text that is refused.
    """
    if ctx.bar_open:
        bare = _bare(text, ctx)
        if bare is not None:
            return bare
    line = Line(text, ctx)
    note = line.note()
    said = _Said(line.parts)
    outcome = said.value("outcome")
    topic, topic_from = topic_of(said.value("topic"), outcome, note, ctx)
    due = said.value("due")
    return LineDraft(
        line=text,
        note=note,
        outcome=outcome,
        due=None if due is True else due,
        no_follow_up=due is True,
        tickets=said.tickets(),
        topic=topic,
        topic_from=topic_from,
        direction=said.value("direction"),
        channel=said.value("channel"),
        started_at=said.value("started"),
        duration_s=said.value("duration"),
        tags=said.tags(),
        score=said.value("score"),
        assignee=said.value("assignee"),
        tokens=tuple(sorted([*said.tokens(), *line.tokens], key=lambda token: token.start)),
        problems=tuple(_problems(line, said, note, ctx)),
    )


def _bare(text: str, ctx: LineContext) -> LineDraft | None:
    """In an open bar: a line that is nothing but an outcome, or such a word kept as a note by a backslash."""
    word = text.strip()
    start = text.find(word)
    code = bare_outcome(word, ctx)
    if code is not None:
        topic, topic_from = topic_of(None, code, "", ctx)
        token = Token(start, start + len(word), "outcome", code)
        return LineDraft(text, outcome=code, topic=topic, topic_from=topic_from, tokens=(token,))
    if not is_kept_bare(word, ctx):
        return None
    note = word[1:]
    topic, topic_from = topic_of(None, None, note, ctx)
    token = Token(start, start + len(word), "literal", note)
    return LineDraft(text, note, topic=topic, topic_from=topic_from, tokens=(token,))


class _Said:
    """The parts of a line, by kind; a later one takes the place of an earlier one."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = sorted(parts, key=lambda part: part.start)
        self._last: dict[str, Part] = {}
        for part in self.parts:
            if isinstance(part.reading, Sense):
                self._last[_slot(part.reading)] = part
        self._drop_ticket_beside()

    def _drop_ticket_beside(self) -> None:
        """ "Ticket" is one kind, except that a resolved one may stand beside a new one (rule 5)."""
        found = {slot: self._last[slot] for slot in ("new", "ticket", "resolve") if slot in self._last}
        last = max(found, key=lambda slot: found[slot].start, default="")
        for slot in found:
            if slot != last and {slot, last} != {"new", "resolve"}:
                del self._last[slot]

    def value(self, kind: str) -> Any:
        """What the last part of that kind says, or None."""
        part = self._last.get(kind)
        return part.reading.value if part is not None and isinstance(part.reading, Sense) else None

    def part(self, slot: str) -> Part | None:
        return self._last.get(slot)

    def tickets(self) -> tuple[TicketWish, ...]:
        wishes = (self.value(slot) for slot in ("new", "ticket", "resolve"))
        return tuple(wish for wish in wishes if wish is not None)

    def tags(self) -> tuple[str, ...]:
        """All of them, in order, each once whatever its case."""
        found: dict[str, str] = {}
        for part in self.parts:
            if isinstance(part.reading, Sense) and part.reading.kind == "tag":
                found.setdefault(part.reading.value.casefold(), part.reading.value)
        return tuple(found.values())

    def tokens(self) -> Iterable[Token]:
        for part in self.parts:
            if isinstance(part.reading, Refused):
                yield Token(part.start, part.end, "refused", part.text)
                continue
            active = part.reading.kind == "tag" or self._last.get(_slot(part.reading)) is part
            yield Token(part.start, part.end, part.reading.kind, part.reading.meaning, active)


def _slot(sense: Sense) -> str:
    """What a later token replaces: follow-up and no follow-up are one kind; tickets see ``_drop_ticket_beside``."""
    if sense.kind == "no_follow_up":
        return "due"
    if sense.kind == "ticket" and sense.value.kind in ("new", "resolve"):
        return str(sense.value.kind)
    return sense.kind


def _problems(line: Line, said: _Said, note: str, ctx: LineContext) -> Iterable[Problem]:
    for part in said.parts:
        if isinstance(part.reading, Refused):
            params = {"token": part.text} | part.reading.params
            yield Problem(part.reading.code, params, part.start, part.end, True, part.reading.choices)
    new = said.part("new")
    if new is not None and not subject_of(note):
        yield Problem("ticket_no_subject", {"token": new.text}, new.start, new.end, True)
    yield from line.problems
    yield from _night(said.part("due"), ctx)
    start, end = line.note_span()
    if ctx.bar_open and said.parts and said.part("outcome") is None:
        code = bare_outcome(note, ctx)
        if code is not None:
            yield Problem("bare_outcome", {"token": note, "outcome": code}, start, end, False, (f"/{note}",))
    if is_who(note, ctx):
        yield Problem("note_is_who", {"token": note}, start, end, False)


def _night(part: Part | None, ctx: LineContext) -> Iterable[Problem]:
    due = part.reading.value if part is not None and isinstance(part.reading, Sense) else None
    if (
        part is None
        or not isinstance(due, Due)
        or due.at is None
        or due.at.minute
        or due.at.hour > _LAST_OF_NIGHT
    ):
        return ()
    # Imported here: hardly a line has such an hour.
    from tuicrm.domain.logline_night import hour_of_night

    return hour_of_night(part.text, part.start, due.on, due.at.hour, ctx.when.calendar)


# --- and back -----------------------------------------------------------------------------------------------


def to_line(draft: LineDraft, ctx: LineContext) -> str:
    """A line that parses to the same draft in the same context, if nothing in the draft was refused.

    Note first, then short tokens; moments as dates and clock times, so that it still means the same tomorrow.
    """
    note = escape_note(draft.note, ctx)
    words = [note, *_call_words(draft, ctx), *_next_words(draft, ctx)]
    line = " ".join(word for word in words if word)
    alone = ctx.bar_open and line == note
    if alone and (bare_outcome(note, ctx) or is_kept_bare(note, ctx)):
        return f"\\{line}"
    return line


def _call_words(draft: LineDraft, ctx: LineContext) -> Iterable[str]:
    """What was: outcome, topic, direction, channel, when, how long."""
    if draft.outcome is not None:
        yield f"/{ctx.process.outcome(draft.outcome).key or draft.outcome}"
    if draft.topic is not None and draft.topic_from == "given":
        topic = ctx.process.topic(draft.topic)
        yield f".{topic.key or topic.code}" if topic is not None else ""
    if draft.direction is not None:
        yield f"/{draft.direction}"
    if draft.channel is not None:
        yield f"/{draft.channel}"
    if draft.started_at is not None:
        started = draft.started_at.astimezone(ctx.when.zone)
        days = (ctx.now.astimezone(ctx.when.zone).date() - started.date()).days
        yield f"-{f'{days}d' if days else ''}{started:%H:%M}"
    if draft.duration_s is not None:
        minutes, seconds = divmod(draft.duration_s, 60)
        hours, rest = divmod(minutes, 60)
        yield f"={hours}:{rest:02}:{seconds:02}" if hours else f"={minutes}:{seconds:02}"


def _next_words(draft: LineDraft, ctx: LineContext) -> Iterable[str]:
    """What follows: follow-up, tickets, score, tags, who gets it."""
    if draft.no_follow_up:
        yield "/-"
    if draft.due is not None:
        yield f"/{draft.due.on}" + (f" {draft.due.at:%H:%M}" if draft.due.at else "")
    for wish in draft.tickets:
        yield _ticket_word(wish, ctx)
    if draft.score is not None:
        yield f"/s{draft.score}"
    yield from (f"#{tag}" for tag in draft.tags)
    if draft.assignee is not None:
        yield f"@{draft.assignee}"


def _ticket_word(wish: TicketWish, ctx: LineContext) -> str:
    if wish.kind == "new":
        default = wish.priority == ctx.process.defaults.priority
        return "/t" + ("" if default else ctx.process.priority(wish.priority or "").key)
    if wish.kind == "status":
        return f"/t{ctx.process.status(wish.status or '').key}{wish.id}"
    return f"/{'x' if wish.kind == 'resolve' else 't'}{wish.id}"
