"""What can be typed next in the log line: after a sign, by Tab, as ghost text, as an abbreviation.

No prose: a suggestion carries a process's or a person's own name as its label, and a ``kind`` by which a face
names the rest ("new ticket, {label}") in its language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from tuicrm.domain.fold import glued, plain, words
from tuicrm.domain.keyboard import to_us
from tuicrm.domain.logline import parse_line
from tuicrm.domain.logline_names import Sense, names_of, one_word, typed_word
from tuicrm.domain.logline_runs import Line
from tuicrm.domain.logline_signs import SIGNS, read_tag
from tuicrm.domain.logline_words import read_slash
from tuicrm.domain.models import Due
from tuicrm.domain.process import Named, Process
from tuicrm.domain.record import record
from tuicrm.domain.tokens import LineContext, Problem
from tuicrm.domain.worktime import is_working_day

_WORD = re.compile(r"\S+")
_NAME_WORDS = 6
"""No name has more."""
_TOO_SHORT = 2
"""A sign and a letter."""
GHOST_LEAST = 2
"""Letters of a note before anything is offered."""
_SAME_LETTERS = {ord("ي"): "ی", ord("ك"): "ک"}


@record
class Suggestion:
    """One thing that may stand at the cursor."""

    text: str
    """The token as it would be typed: ``/n``, ``.quote``."""
    insert: str
    """The whole line after taking it; the line as it is where the token is only an example (``=4``)."""
    label: str
    """The name of what it means, in the language asked for: an outcome's, a ticket's subject; may be ``""``."""
    kind: str = ""
    """``outcome channel topic agent direction no_follow_up after day ticket_new ticket_comment ticket_status
    ticket_resolve score duration started tag``; of a direction the code is the label."""
    cursor: int = 0
    """Where the cursor stands in ``insert``."""
    due: Due | None = None
    """The day that a ``day`` means now."""
    example: bool = False
    """True: shows a form, is not meant to be taken."""


@record
class _Item:
    """What a suggestion is made of: the token without its sign, and the spellings that lead to it."""

    body: str
    kind: str
    label: str = ""
    spellings: tuple[str, ...] = ()
    due: Due | None = None
    example: bool = False
    brief: bool = True
    """Whether it stands in the short list after the sign alone."""


def suggestions(text: str, cursor: int, ctx: LineContext, lang: str = "en") -> list[Suggestion]:
    """What the token at ``cursor`` could become; empty in ordinary words.

    After a sign alone a short list of what it can start, by keys where there are some; later all that begins
    like it, also by the key positions of the agent's layout. ``lang`` (``"en"``, ``"fa"``) is that of the labels.
    """
    start = _token_start(text[:cursor])
    if start is None:
        return _named(text, cursor, ctx, lang)
    sign, typed = SIGNS[text[start]], text[start + 1 : cursor]
    items = list(_MAKERS[sign](ctx, lang))
    if typed:
        items = _matching(typed, items) or _matching(to_us(typed, ctx.keyboard), items)
    else:
        items = [item for item in items if item.brief]
    return [_suggestion(item, text, start, cursor) for item in items]


def _token_start(before: str) -> int | None:
    """Where the token that ends at the cursor begins: the last sign of a chained word."""
    word = before.split(" ")[-1] if before else ""
    if not word or word[0] not in SIGNS or word[:2] in (sign * 2 for sign in SIGNS):
        return None
    inside = [index for index, char in enumerate(word) if SIGNS.get(char) in ("/", ".", "@", "#")]
    # The last two signs count only at the beginning: later they are part of a date or a time.
    return len(before) - len(word) + (inside[-1] if inside else 0)


def _named(text: str, cursor: int, ctx: LineContext, lang: str) -> list[Suggestion]:
    """What a name of several words could become of which the first stand before the cursor (``/no an``)."""
    found = list(_WORD.finditer(text, 0, cursor))[-_NAME_WORDS:]
    if not found or found[-1].end() != cursor:
        return []
    first = next((at for at in range(len(found) - 1, -1, -1) if found[at].group()[0] in SIGNS), len(found))
    start = found[first].start() if first < len(found) - 1 else None
    if start is None or text[start] not in "/.":
        return []
    typed = words(text[start + 1 : cursor])
    items = [
        _Item(one_word(name), item.kind, item.label)
        for item in _MAKERS[text[start]](ctx, lang)
        for name in [name for name in item.spellings if _goes_on(words(name), typed)][:1]
        if item.kind in ("outcome", "channel", "topic")
    ]
    return [_suggestion(item, text, start, cursor) for item in items]


def _goes_on(name: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether the words typed are the first of the name, the last of them perhaps in part."""
    least = len(typed) - 1
    return 0 < least < len(name) and name[:least] == typed[:least] and name[least].startswith(typed[least])


def _matching(typed: str, items: Sequence[_Item]) -> list[_Item]:
    """Items of which a spelling begins with what is typed, each by that spelling, whole ones first; no examples."""
    key, found = glued(typed), []
    for item in items if key else ():
        fitting = [spelling for spelling in item.spellings if glued(spelling).startswith(key)]
        if fitting and not item.example:
            # an agent is found by name too, and named by the handle, which is there once
            own = item.body in fitting or item.kind == "agent"
            body = item.body if own else one_word(fitting[0])
            found.append(_Item(body, item.kind, item.label, item.spellings, item.due))
    return sorted(found, key=lambda item: (glued(item.body) != key, not _is_day(item)))


def _is_day(item: _Item) -> bool:
    """Days are called the same everywhere; they stand before names that a company chose. Hours of a day do not."""
    return item.due is not None and item.due.at is None


def _suggestion(item: _Item, text: str, start: int, cursor: int) -> Suggestion:
    token = text[start] + item.body
    if item.example:
        return Suggestion(token, text, item.label, item.kind, cursor, item.due, True)
    insert = text[:start] + token + text[cursor:]
    return Suggestion(token, insert, item.label, item.kind, start + len(token), item.due)


# --- while a token is typed ---------------------------------------------------------------------------------


def unfinished(text: str, problem: Problem, ctx: LineContext) -> bool:
    """Whether the token that ends ``text`` may lose its problem by typing on: then it is too early to tell it.

    A number may get another digit (``/2026-12-0``), a unit or a month (``/29f``); one letter says nothing yet.
    """
    token = text[problem.start :]
    if not problem.hard:
        return len(token) <= _TOO_SHORT or token[1].isdecimal()
    if not token[-1].isdecimal():
        return False
    longer = (parse_line(f"{text}{digit}", ctx) for digit in range(10))
    return any(
        any(one.start == problem.start for one in draft.tokens)
        and all(one.start != problem.start for one in draft.problems)
        for draft in longer
    )


# --- what each sign can start -------------------------------------------------------------------------------


def _slash(ctx: LineContext, lang: str) -> Iterator[_Item]:
    process = ctx.process
    for outcome in process.outcomes:
        spellings = (
            (outcome.code, *outcome.names, outcome.key) if outcome.key else (outcome.code, *outcome.names)
        )
        yield _Item(outcome.key or typed_word(outcome, lang), "outcome", outcome.label(lang), spellings)
    yield _Item("۲روز" if lang == "fa" else "2d", "after", example=True)
    yield from _days(ctx, lang)
    yield _Item("-", "no_follow_up")
    yield from _tickets(ctx, lang)
    for code in ("in", "out"):
        yield _Item(code, "direction", code, (code,))
    yield from _all("channel", process.channels, lang, process.defaults.channel)
    yield _Item("s5", "score", example=True)


def _days(ctx: LineContext, lang: str) -> Iterator[_Item]:
    """Each day once, its spellings in the script of ``lang`` first; the short list has two of them."""
    weekday = _working_weekday(ctx)
    by_key: dict[str, list[str]] = {}
    for name in names_of(ctx.process).days:
        by_key.setdefault(name.code, []).append(name.shown)
    for day, names in by_key.items():
        native = [name for name in names if name.isascii() == (lang != "fa")]
        spellings = (*native, *(name for name in names if name not in native))
        brief = day in ("tomorrow", weekday)
        # in English the shortest is the usual one (tom, thu); in Persian that were one as people speak it
        body = min(native or spellings, key=len) if brief and lang != "fa" else spellings[0]
        yield _Item(body, "day", "", spellings, _due(body, ctx), brief=brief)


def _due(body: str, ctx: LineContext) -> Due | None:
    read = read_slash(body, ctx)
    return read.value if isinstance(read, Sense) and read.kind == "due" else None


_WEEKDAYS = ("thu", "wed", "tue", "mon", "sun", "sat", "fri")


def _working_weekday(ctx: LineContext) -> str:
    """A weekday for the short list of which the next is no day off."""
    dues = ((day, _due(day, ctx)) for day in _WEEKDAYS)
    calendar = ctx.when.calendar
    return next((day for day, due in dues if due is not None and is_working_day(due.on, calendar)), "thu")


def _tickets(ctx: LineContext, lang: str) -> Iterator[_Item]:
    process = ctx.process
    for priority in process.priorities:
        letter = "" if priority.code == process.defaults.priority else priority.key
        yield _Item(f"t{letter}", "ticket_new", priority.label(lang), (f"t{letter}",))
    alone = len(ctx.open_tickets) == 1
    for ticket in ctx.open_tickets:
        body = "to" if alone else f"t{ticket.id}"
        yield _Item(body, "ticket_comment", ticket.subject, ("to", f"t{ticket.id}") if alone else (body,))
    for status in process.statuses if alone else ():
        if status.key:
            yield _Item(f"t{status.key}", "ticket_status", status.label(lang), (f"t{status.key}",))
    for ticket in ctx.open_tickets:
        body = "x" if alone else f"x{ticket.id}"
        yield _Item(body, "ticket_resolve", ticket.subject, ("x", f"x{ticket.id}") if alone else (body,))


def _topics(ctx: LineContext, lang: str) -> Iterator[_Item]:
    for topic in ctx.process.topics:
        spellings = (topic.code, *topic.names, topic.key) if topic.key else (topic.code, *topic.names)
        yield _Item(topic.key or typed_word(topic, lang), "topic", topic.label(lang), spellings)


def _all(kind: str, things: Iterable[Named], lang: str, default: str) -> Iterator[_Item]:
    for thing in things:
        brief = thing.code != default
        yield _Item(typed_word(thing, lang), kind, thing.label(lang), (thing.code, *thing.names), brief=brief)


def _agents(ctx: LineContext, _lang: str) -> Iterator[_Item]:
    for handle in sorted(ctx.agents):
        name = ctx.agent_names.get(handle, "")
        yield _Item(handle, "agent", name or handle, (handle, name, *words(name)) if name else (handle,))


def _tags(ctx: LineContext, _lang: str) -> Iterator[_Item]:
    """Tags in use that can be typed here: one with a blank in it cannot."""
    for tag in ctx.tags:
        if " " not in tag and read_tag(tag, ctx) is not None:
            yield _Item(tag, "tag", "", (tag,))


def _duration(_ctx: LineContext, lang: str) -> Iterator[_Item]:
    yield _Item("۴" if lang == "fa" else "4", "duration", example=True)


def _started(_ctx: LineContext, lang: str) -> Iterator[_Item]:
    yield _Item("۹:۴۰" if lang == "fa" else "9:40", "started", example=True)


_MAKERS: dict[str, Callable[[LineContext, str], Iterator[_Item]]] = {
    "/": _slash,
    ".": _topics,
    "@": _agents,
    "#": _tags,
    "=": _duration,
    "-": _started,
}


# --- notes --------------------------------------------------------------------------------------------------


def ghost(text: str, ctx: LineContext, earlier_notes: Sequence[str]) -> str:
    """The rest of a note that begins like the one being typed: of the agent's own (latest first), else a snippet.

    ``text`` is the line up to the cursor, which stands at its end. ``""``: nothing fits, or no note is being typed.
    """
    start = Line(text, ctx).note_start()
    typed = text[start:] if start is not None else ""
    if len(typed.strip()) < GHOST_LEAST:
        return ""
    wanted = _same(typed)
    for note in (*earlier_notes, *ctx.process.snippets):
        first_line = note.split("\n", 1)[0].rstrip()
        if len(first_line) > len(typed) and _same(first_line[: len(typed)]) == wanted:
            return first_line[len(typed) :]
    return ""


def _same(text: str) -> str:
    return text.translate(_SAME_LETTERS).lower()


def expand_abbreviation(text: str, process: Process) -> str:
    """``text`` up to the cursor, without the space just typed, its last word expanded if it is one."""
    word = text.split()[-1] if text and not text[-1].isspace() else ""
    long = (
        process.abbreviations.get(word.casefold()) or process.abbreviations.get(plain(word)) if word else None
    )
    if long is None:
        return text
    if word[0].isupper():
        long = long[0].upper() + long[1:]
    return text[: len(text) - len(word)] + long
