"""What the signs other than ``/`` say: ``.topic``, ``@agent``, ``#tag``, ``=duration``, ``-when it was``."""

from __future__ import annotations

import re

from tuicrm.domain.fold import glued, plain
from tuicrm.domain.keyboard import to_us
from tuicrm.domain.logline_moments import moment as said_back
from tuicrm.domain.logline_names import (
    Reading,
    Sense,
    Several,
    beginning,
    begun_by,
    exact,
    named_agent,
    named_off,
    names_of,
    of_several_words,
    refusal,
    refused,
    word_key,
)
from tuicrm.domain.logline_words import read_slash
from tuicrm.domain.tokens import LineContext
from tuicrm.domain.when import WhenRefused, duration_s, past_days, past_moment

_DAY = re.compile(r"[^\W\d_]|^\d{4}([-/])\d{1,2}\1\d{1,2}$")
"""A word that may name a day: with letters in it, or a whole date; other numbers behind a minus are amounts."""
SIGNS = {"/": "/", ".": ".", "-": "-", "=": "=", "#": "#", "@": "@", "٫": "#", "٬": "@"}
"""What a token begins with -> the sign it stands for. Under a Persian layout ``#`` and ``@`` give the last two."""


_MYSELF = ("me", "myself", "من", "خودم")


def read_topic(body: str, ctx: LineContext) -> Reading:
    """``.body``: a topic's key, exact name or alias, or a unique beginning; last by key positions."""
    found = _read_topic(body, ctx)
    if found is None:
        keys = to_us(body, ctx.keyboard)
        found = _read_topic(keys, ctx) if keys != body else None
    return found


def _read_topic(body: str, ctx: LineContext) -> Reading:
    key = word_key(body)
    if not key or not key[0].isalpha():
        return None
    names = names_of(ctx.process).topics
    by_key = ctx.process.topic_by_key(key)
    if by_key is not None:
        return Sense("topic", by_key.code, by_key.code)
    found = exact(key, names) or beginning(key, names)
    if isinstance(found, tuple):
        return Several(tuple(f".{choice}" for choice in found))
    return Sense("topic", found.code, found.code) if found is not None else None


def read_agent(body: str, ctx: LineContext) -> Reading:
    """``@body``: an agent's handle, whole, a name that one agent alone has, or ``me``. Something that begins like a
    handle but is none is refused."""
    handles = {plain(handle): handle for handle in ctx.agents}
    handle = handles.get(plain(body)) or handles.get(plain(to_us(body, ctx.keyboard)))
    handle = handle or named_agent(body, ctx.agent_names) or (ctx.me if glued(body) in _MYSELF else None)
    if handle is not None:
        return Sense("assignee", handle, handle)
    gone = named_off(body, ctx.agents_off) or named_off(to_us(body, ctx.keyboard), ctx.agents_off)
    if gone is not None:
        return refused("agent_is_off", handle=gone)
    if not re.fullmatch(r"[^\W\d_][\w.\u200c-]*", body):
        return None
    near = sorted(name for folded, name in handles.items() if folded[:1] == plain(body)[:1])
    return refused("unknown_agent", tuple(f"@{name}" for name in near), agent=body)


def read_tag(body: str, _ctx: LineContext) -> Reading:
    """``#body``: a tag; begins with a letter, goes on with letters, digits, marks, ``-`` and ``_``."""
    if not word_key(body) or not body[0].isalpha():
        return None
    return Sense("tag", body, body)


def read_duration(body: str, _ctx: LineContext) -> Reading:
    """``=body``: how long the call was."""
    try:
        seconds = duration_s(body)
    except WhenRefused as problem:
        return refusal(problem)
    return Sense("duration", seconds, str(seconds)) if seconds is not None else None


def read_past(body: str, ctx: LineContext) -> Reading:
    """``-body``: when the call was, to the minute; last by key positions."""
    found = _read_past(body, ctx)
    if found is None:
        keys = to_us(body, ctx.keyboard)
        found = _read_past(keys, ctx) if keys != body else None
    return found


def _read_past(body: str, ctx: LineContext) -> Reading:
    try:
        moment = past_moment(body, ctx.now, ctx.when)
    except WhenRefused as problem:
        return refusal(problem)
    if moment is None:
        return said_back(f"-{body}", ctx) if _DAY.search(plain(body)) else None
    moment = moment.astimezone(ctx.when.zone).replace(second=0, microsecond=0)
    days = past_days(body)
    opens = "past" if days is not None and not days[1] else ""
    day = f"{days[0]}d" if days is not None else ""
    return Sense("started", moment, f"{moment:%Y-%m-%d %H:%M}", opens, day)


def read_name(sign: str, body: str, ctx: LineContext) -> Reading:
    """A name of several words (``/no answer``), or a unique beginning of one; last by key positions."""
    known = names_of(ctx.process)
    names = {"/": [*known.codes, *known.labels], ".": known.topics}.get(sign, [])
    for spelling in (body, to_us(body, ctx.keyboard)) if names else ():
        found = of_several_words(spelling, names)
        if found is not None:
            return Sense(found.kind, found.code, found.code)
    return None


_MOST_OFFERED = 5


def fitting(sign: str, letter: str, ctx: LineContext) -> tuple[str, ...]:
    """The names that begin with one letter, which is no beginning yet and no key: the question about it offers them."""
    known = names_of(ctx.process)
    names = {"/": known.slash, ".": known.topics}.get(SIGNS[sign], [])
    key = word_key(letter)
    return tuple(f"{sign}{name.shown}" for name in begun_by(key, names)[:_MOST_OFFERED]) if key else ()


def is_whole(body: str, sense: Sense, ctx: LineContext) -> bool:
    """False for an outcome or a channel of which ``body`` is only a beginning."""
    if sense.kind not in ("outcome", "channel"):
        return True
    known = names_of(ctx.process)
    keys = [word_key(spelling) for spelling in (body, to_us(body, ctx.keyboard))]
    return any(
        key and (ctx.process.outcome_by_key(key) or exact(key, known.codes) or exact(key, known.labels))
        for key in keys
    )


READERS = {
    "/": read_slash,
    ".": read_topic,
    "@": read_agent,
    "#": read_tag,
    "=": read_duration,
    "-": read_past,
}
