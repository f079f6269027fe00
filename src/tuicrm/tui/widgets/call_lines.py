"""One call in full: every fact that was stored of it, in words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from tuicrm.domain.models import Call
from tuicrm.domain.process import MISSED
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import text
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.card_lines import DOT, topic
from tuicrm.tui.widgets.cells import HOT, Scene, call_with, direction_word, phone_words, ticket_mark


def nothing() -> tuple[Content, list[Content]]:
    """Title and lines when no call is selected."""
    return text.blank(0), []


def title(call: Call, scene: Scene) -> Content:
    """``Leila Karimi · Fri 20 Nov 10:12``."""
    named = call_with(call, scene)
    whom = text.show(named, style="strong") if named else text.phrase(t("nobody"), style="strong")
    return text.join((whom, text.number(moments.stamp(call.started_at, scene.now, scene.zone))), DOT)


def full(call: Call, scene: Scene, width: int) -> list[Content]:
    """Every line, ``width`` cells wide: how it went, what was said, what came of it, how it was entered."""
    lines = _how(call, scene, width)
    lines += text.paragraph(call.note, width) if call.note else []
    lines += [text.cut(line, width) for line in _what_came(call, scene)]
    lines += _entered(call, width)
    return lines


def totals(calls: int, talked_s: int, *, more: bool = False) -> Phrase:
    """``214 calls, 5 h 12 min talked``; ``more``: they were not counted to the end."""
    if more:
        return nt("more than {n} call", "more than {n} calls", calls)
    many = nt("{n} call", "{n} calls", calls)
    minutes = round(talked_s / 60)
    if not minutes:
        return many
    if minutes < 60:
        return nt("{calls}, {n} minute talked", "{calls}, {n} minutes talked", minutes, calls=many)
    hours, rest = divmod(minutes, 60)
    return t("{calls}, {hours} h {minutes} min talked", calls=many, hours=hours, minutes=rest)


def whole(call: Call, scene: Scene, width: int, done: Sequence[Phrase]) -> list[Content]:
    """An open call: every fact in a line of its own, the note wrapped, what was done to the record; ``done``: that."""
    out: list[Content] = []
    if call.deleted_at is not None:
        out.append(text.phrase(t("deleted"), style="bad", width=width))
    out += [*_how(call, scene, width), *_times(call, scene, width), text.blank(0)]
    out += text.paragraph(call.note, width) if call.note else [text.phrase(t("no note"), style="dim")]
    came = [text.cut(line, width) for line in _what_came(call, scene)]
    out += [text.blank(0), *came] if came else []
    out += [text.blank(0), *_entered(call, width)]
    if done:
        out += [text.blank(0), text.phrase(t("What was done to this call"), style="strong")]
        out += [line for each in done for line in text.phrases(each, width)]
    return out


def _filled(parts: Sequence[Content], width: int) -> list[Content]:
    """The parts with dots between them, on as many lines as they need: half a number is none."""
    lines: list[Content] = []
    for part in parts:
        longer = text.join((lines[-1], part), DOT) if lines else part
        if lines and longer.cell_length <= width:
            lines[-1] = longer
        else:
            lines.append(text.cut(part, width))
    return lines


def _times(call: Call, scene: Scene, width: int) -> list[Content]:
    """When it was, and how long each part of it took, as far as that is known."""
    on = call.started_at.astimezone(scene.zone)
    when = t("{day} {time}", day=moments.full_day(on.date(), scene.today), time=moments.clock(on, scene.zone))
    parts: tuple[tuple[int | None, Callable[[Phrase], Phrase]], ...] = (
        (call.duration_s, lambda time: t("{time} in all", time=time)),
        (call.talk_s, lambda time: t("{time} talk", time=time)),
        (call.ring_s, lambda time: t("{time} ringing", time=time)),
        (call.wrap_s, lambda time: t("{time} wrap-up", time=time)),
    )
    known = [say(moments.duration(seconds)) for seconds, say in parts if seconds]
    return _filled([text.phrase(when), *(text.phrase(each, style="dim") for each in known)], width)


def _how(call: Call, scene: Scene, width: int) -> list[Content]:
    missed = call.outcome == MISSED
    parts = [
        text.phrase(direction_word(call)),
        text.show(scene.channel(call.channel)),
        text.show(scene.outcome(call.outcome), style="bad" if missed else "strong"),
    ]
    if call.duration_s is not None:
        parts.append(text.number(moments.duration(call.duration_s)))
    if call.topic:
        parts.append(topic(call, scene))
    if call.number:
        parts.append(text.number(phone_words(call.number, scene.region), style="dim"))
    return _filled(parts, width)


def _what_came(call: Call, scene: Scene) -> list[Content]:
    out: list[Content] = []
    if call.follow_up is not None:
        due = moments.due_words(scene.due(call.follow_up), scene.today)
        told = t("follow-up {due}, {agent}", due=due, agent=call.follow_up.assignee)
        there = moments.due_there(call.follow_up, scene.zone)
        out.append(
            text.join((text.phrase(told), text.phrase(there, style="dim")), " ")
            if there
            else text.phrase(told)
        )
    if call.ticket is not None:
        mark = ticket_mark(call.ticket, scene)
        told = t("ticket {ticket}: {subject}", ticket=mark, subject=call.ticket.subject)
        out.append(text.phrase(told, style="warn" if call.ticket.priority in HOT else ""))
    if call.tags:
        out.append(text.phrase(t("tags: {tags}", tags=call.tags), style="dim"))
    if call.score is not None:
        out.append(text.phrase(t("score {n} of 10", n=call.score), style="dim"))
    return out


def _entered(call: Call, width: int) -> list[Content]:
    """``sara · in the program · 11 keys · 0:07 wrap-up``: who wrote it down and what it cost."""
    parts = [text.show(call.agent, style="dim"), text.phrase(via_words(call.entered_via), style="dim")]
    if call.keys is not None:
        parts.append(text.phrase(nt("{n} key", "{n} keys", call.keys), style="dim"))
    if call.wrap_s:
        parts.append(text.phrase(t("{time} wrap-up", time=moments.duration(call.wrap_s)), style="dim"))
    parts.append(text.phrase(t("call {id}", id=call.id), style="dim"))
    return _filled(parts, width)


def via_words(via: str) -> Phrase:
    """Where a call was entered; an unknown face by its own name."""
    known = {
        "tui": t("in the program"),
        "cli": t("from the shell"),
        "import": t("imported"),
        "phone": t("by the telephone"),
        "demo": t("made up"),
    }
    return known.get(via) or t("{via}", via=via)
