"""What ``/word`` says: the precedence of rule 1. A word is read by itself here; which words count is not asked."""

from __future__ import annotations

import re
from datetime import datetime

from tuicrm.domain.fold import plain
from tuicrm.domain.keyboard import to_us
from tuicrm.domain.logline_names import (
    DIRECTIONS,
    Name,
    Reading,
    Refused,
    Sense,
    Several,
    beginning,
    exact,
    names_of,
    refusal,
    refused,
    word_key,
)
from tuicrm.domain.logline_tickets import read_ticket
from tuicrm.domain.models import Due
from tuicrm.domain.tokens import LineContext
from tuicrm.domain.when import WhenRefused, clock_time, day_due, number_form, split_day_time

SCORE_MOST = 10


def read_slash(body: str, ctx: LineContext) -> Reading:
    """What ``/body`` says, by the precedence of rule 1; last by the key positions of the agent's layout."""
    found = _read_slash(body, ctx)
    if found is None:
        keys = to_us(body, ctx.keyboard)
        found = _read_slash(keys, ctx) if keys != body else None
    return found


def _read_slash(body: str, ctx: LineContext) -> Reading:
    form = read_form(body, ctx)
    if form is not None:
        return form
    names = names_of(ctx.process)
    key = word_key(body)
    outcome = ctx.process.outcome_by_key(key) if key else None
    if outcome is not None:
        return Sense("outcome", outcome.code, outcome.code)
    name = exact(key, names.codes) or exact(key, names.labels)
    if name is not None:
        return Sense(name.kind, name.code, name.code)
    day = _day_with_time(body, ctx)
    if day is not None:
        return day
    begun = beginning(key, names.slash)
    if isinstance(begun, tuple):
        return Several(tuple(f"/{choice}" for choice in begun))
    return _sense_of(begun, ctx) if begun is not None else None


def _sense_of(name: Name, ctx: LineContext) -> Reading:
    return _day(name.code, "", ctx) if name.kind == "due" else Sense(name.kind, name.code, name.code)


def read_form(body: str, ctx: LineContext) -> Reading:
    """The grammar's own words and forms, which no process file may take: ``-``, ``th``, ``x12``, ``in``, ``2d``."""
    word = plain(body)
    if word == "-":
        return Sense("no_follow_up", True, "-")
    if word in DIRECTIONS:
        return Sense("direction", DIRECTIONS[word], DIRECTIONS[word])
    if re.fullmatch(r"s\d{1,6}", word):
        score = int(word[1:])
        return (
            Sense("score", score, str(score))
            if score <= SCORE_MOST
            else refused("score_range", most=SCORE_MOST)
        )
    return read_ticket(word, ctx) or _number(body, ctx)


def _number(body: str, ctx: LineContext) -> Reading:
    try:
        due = number_form(body, ctx.now, ctx.when)
        if due is None:
            parts = split_day_time(body)
            day = number_form(parts[0], ctx.now, ctx.when) if parts else None
            due = Due(day.on, parts[1]) if parts and day and day.at is None else None
    except WhenRefused as problem:
        return refusal(problem)
    return _due(due, ctx) if due is not None else None


def _due(due: Due, ctx: LineContext) -> Sense | Refused:
    if due.at is None:
        return Sense("due", due, f"{due.on}", opens="day")
    moment = f"{due.on} {due.at:%H:%M}"
    if datetime.combine(due.on, due.at, ctx.when.zone) <= ctx.now:
        return refused("when_past", text=moment, on=due.on)
    return Sense("due", due, moment)


def _day_with_time(body: str, ctx: LineContext) -> Reading:
    """A day word, alone or with a clock time glued to it (``sat10.30``, ``شنبه۱۰``)."""
    digits = next((index for index, char in enumerate(body) if char.isdecimal()), len(body))
    key, clock = word_key(body[:digits]), body[digits:]
    if not key:
        return None
    days = names_of(ctx.process).days
    whole = exact(key, days)
    if whole is not None:
        return _day(whole.code, clock, ctx)
    begun = beginning(key, days) if clock else None
    if isinstance(begun, tuple):
        return Several(tuple(f"/{choice}{clock}" for choice in begun))
    return _day(begun.code, clock, ctx) if begun is not None else None


def _day(day: str, clock: str, ctx: LineContext) -> Sense | Refused:
    at = clock_time(clock) if clock else None
    if clock and at is None:
        return not_a_time(clock)
    try:
        due = day_due(day, at, ctx.now, ctx.when)
    except WhenRefused as problem:
        return refusal(problem)
    meaning = f"{due.on} {due.at:%H:%M}" if due.at else f"{due.on}"
    return Sense("due", due, meaning, opens="" if clock else "day", day=day)


def not_a_time(clock: str) -> Refused:
    """A day is followed by something like ``25:00``."""
    return refused("not_a_time", time=clock)


def with_time(sense: Sense, clock: str, ctx: LineContext) -> Sense | Refused:
    """A day token followed by a clock time as its own word."""
    at = clock_time(clock)
    if at is None:
        return not_a_time(clock)
    return _day(sense.day, clock, ctx) if sense.day else _due(Due(sense.value.on, at), ctx)
