"""What follows from a line as a whole: its topic, a ticket's subject, a bare outcome, a note that is a person."""

from __future__ import annotations

import re

from tuicrm.domain.fold import glued, words
from tuicrm.domain.keyboard import to_us
from tuicrm.domain.logline_names import names_of, word_key
from tuicrm.domain.tokens import LineContext, TopicFrom

_TOPIC_WORDS_MOST = 6
"""No topic's name and no learnt beginning is longer; the rest of a long note is not folded at each key."""
_CLAUSE_END = r"(?<!\d)[،,;؛]|[،,;؛](?!\d)|\.(?=\s|$)|\s-\s"
_NAME_WORDS_MOST = 4
_NUMBER_WORDS = frozenset(
    map(glued, ("number", "no", "phone", "mobile", "cell", "tel", "fax", "new", "office", "home"))
)
_NUMBER_WORDS_FA = frozenset(map(glued, ("شماره", "موبایل", "تلفن", "همراه", "فکس", "جدید", "دفتر", "منزل")))


def subject_of(note: str) -> str:
    """A ticket's subject: the note's first clause that says something, up to ``، , ; .`` or `` - ``.

    A comma between digits (``1,000``) and a point inside a word (``v2.5``, ``example.com``) end nothing.
    """
    clauses = (clause.strip() for clause in re.split(_CLAUSE_END, " ".join(note.split())))
    return next((clause for clause in clauses if any(char.isalnum() for char in clause)), "")


def topic_of(
    given: str | None, outcome: str | None, note: str, ctx: LineContext
) -> tuple[str | None, TopicFrom | None]:
    """The topic's code and where it comes from: given, the outcome's, the follow-up's, or guessed (rule 6)."""
    if given is not None:
        return given, "given"
    ended = ctx.process.outcome(outcome) if outcome is not None else ctx.process.default_outcome
    if ended.topic is not None:
        return ended.topic, "outcome"
    if ctx.follow_up_topic is not None:
        return ctx.follow_up_topic, "follow_up"
    guessed = _guess(note, ctx)
    return (guessed, "guessed") if guessed is not None else (None, None)


def _guess(note: str, ctx: LineContext) -> str | None:
    """By the longest name or alias that the note begins with, whole words; else by a learnt beginning."""
    first = words(" ".join(note.split(maxsplit=_TOPIC_WORDS_MOST)[:_TOPIC_WORDS_MOST]))
    beginnings = ["".join(first[:count]) for count in range(len(first), 0, -1)]
    named = {name.glued: name.code for name in names_of(ctx.process).topics}
    learnt = {glued(beginning): topic for beginning, topic in ctx.learnt_topics.items()}
    for known in (named, learnt):
        for beginning in beginnings:
            topic = ctx.process.topic(known[beginning]) if beginning in known else None
            if topic is not None:
                return topic.code
    return None


def bare_outcome(text: str, ctx: LineContext) -> str | None:
    """The code of the outcome whose key, code or label ``text`` is, also by key positions; else None."""
    for spelling in (text, to_us(text, ctx.keyboard)):
        key = word_key(spelling)
        if not key:
            continue
        for outcome in ctx.process.outcomes:
            if key in (outcome.key, glued(outcome.code), glued(outcome.label_en), glued(outcome.label_fa)):
                return outcome.code
    return None


def is_kept_bare(text: str, ctx: LineContext) -> bool:
    """True for a bare outcome that backslashes keep in the note (``\\n``)."""
    return text[:1] == "\\" and bare_outcome(text.lstrip("\\"), ctx) is not None


def is_who(note: str, ctx: LineContext) -> bool:
    """True when a note holds nothing but a telephone number, with or without a name: it was meant for Who."""
    if sum(char.isdecimal() for char in note) < 7:
        return False
    from tuicrm.domain.phone import looks_like_number

    parts = note.split()
    names = [part for part in parts if any(char.isalpha() for char in part)]
    number = " ".join(part for part in parts if part not in names)
    if len(names) > _NAME_WORDS_MOST or not looks_like_number(number):
        return False
    said = {name.glued for name in names_of(ctx.process).topics} | _NUMBER_WORDS | _NUMBER_WORDS_FA
    return all(_is_name(name) and glued(name) not in said for name in names)


def _is_name(word: str) -> bool:
    return all(char.isalpha() or char in "\u200c'’.-," for char in word)
