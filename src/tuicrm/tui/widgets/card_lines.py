"""The card as lines: who this is, what is promised, what is broken, what was said. Pure.

``full`` is the whole card, for a tall place and for scrolling; the one in a few lines is in ``card_brief``. Each line
is at most ``width`` cells wide; longer text is wrapped before it is set right to left (``text.paragraph``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from textual.content import Content

from tuicrm import i18n
from tuicrm.domain.fold import words as folded_words
from tuicrm.domain.models import Call, CallTicket, Card, Contact, FollowUp, PhoneNumber, Ticket, TimelineItem
from tuicrm.domain.process import MISSED
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.labels import label_words
from tuicrm.shown import local_due
from tuicrm.tui import text
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.card_facts import (
    INDENT,
    Line,
    Opens,
    facts,
    lines,
    record_lines,
    shifted,
)
from tuicrm.tui.widgets.cells import HOT, Scene, attempt_mark, direction_width, direction_word, ticket_mark

DOT: Final = " · "
_TALK_WIDTH: Final = 5
_CLOCK_WIDTH: Final = 5
_TOGETHER: Final = 5
"""Parts of a call that stand on its first line: day, time, direction, length, outcome."""
_NOTE_LINES: Final = 6
"""Of a follow-up: a calendar's description may be an invitation of a hundred lines."""


def title(contact: Contact, scene: Scene) -> Content:
    """``Leila Karimi · Pars Pump Co · 0912 123 4567``: what stands in the rule above a card."""
    parts = [name(contact, scene)]
    if contact.company:
        parts.append(text.show(contact.company))
    if contact.name and contact.phones:
        parts.append(phone(contact.phones[0], scene, style=""))
    return text.join(parts, DOT)


def name(contact: Contact, scene: Scene) -> Content:
    """The name, else the first number, in bold."""
    if contact.name:
        return text.show(contact.name, style="strong")
    if contact.phones:
        return phone(contact.phones[0], scene, style="strong")
    return text.phrase(t("no name"), style="strong")


def phone(number: PhoneNumber, scene: Scene, *, style: text.Role = "") -> Content:
    """A number as people of the region write it; with its label and, when it is not valid, that word."""
    from tuicrm.domain.phone import display

    parts = [text.number(display(number, scene.region), style=style)]
    if number.label:
        parts.append(text.phrase(label_words(number.label), style="dim"))
    if not number.valid:
        parts.append(text.phrase(t("not a valid number"), style="warn"))
    return text.join(parts, " ")


# --- the whole card -----------------------------------------------------------------------------------------


def full(card: Card, scene: Scene, width: int) -> list[Content]:
    """Every line of the card, ``width`` cells wide."""
    return [line.content for line in whole(card, scene, width)]


def whole(card: Card, scene: Scene, width: int, sought: Sequence[str] = ()) -> list[Line]:
    """Every line of the card with what Enter opens on it. ``sought``: folded words; only events that have them all."""
    out = [*facts(card, scene, width), *record_lines(card, scene, width)]
    if card.follow_ups:
        promises = (
            Line(line, Opens("followup", item.id))
            for item in card.follow_ups
            for line in promise(item, scene, width)
        )
        out += _section(t("Follow-ups"), promises)
    if card.tickets:
        tickets = (Line(ticket(item, scene, width), Opens("ticket", item.id)) for item in card.tickets)
        out += _section(t("Tickets"), tickets)
    return [*out, *_section(t("Timeline"), _timeline(card, scene, width, sought))]


def _section(head: Phrase, body: Iterable[Line]) -> list[Line]:
    return [Line(text.blank(0)), Line(text.phrase(head, style="strong")), *body]


def _timeline(card: Card, scene: Scene, width: int, sought: Sequence[str]) -> list[Line]:
    if not card.timeline:
        return [Line(text.phrase(t("Nothing has been logged yet."), style="dim"))]
    items = [item for item in card.timeline if has_words(item, scene, sought)]
    if not items:
        return [Line(text.phrase(t("Nothing in the timeline has that."), style="dim"))]
    days = days_of(items, scene, width)
    out: list[Line] = []
    for item in items:
        opens = Opens("ticket", item.ticket) if item.ticket is not None else Opens(item.entity, item.id)
        out += lines(event(item, scene, width, days), opens)
    shown = sum(1 for item in card.timeline if item.call)
    if card.calls > shown:
        more = nt("… and {n} earlier call", "… and {n} earlier calls", card.calls - shown)
        out.append(Line(text.phrase(more, style="dim")))
    return out


def has_words(item: TimelineItem, scene: Scene, sought: Sequence[str]) -> bool:
    """Whether each of the folded words begins a word of the event: of its note, outcome, topic, tags, agent."""
    if not sought:
        return True
    said = [item.text, item.agent]
    if (call := item.call) is not None:
        topic_word = scene.topic(call.topic) if call.topic else ""
        said += [call.note, scene.outcome(call.outcome), topic_word, scene.channel(call.channel), *call.tags]
        said += [call.ticket.subject] if call.ticket is not None else []
    words = folded_words(" ".join(said))
    return all(any(one.startswith(word) for one in words) for word in sought)


def follow_up(item: FollowUp, scene: Scene, width: int) -> list[Content]:
    """``tomorrow 08:30  late 1h  call back: price of pump  2/4``; below it the reason that does not fit there."""
    due = scene.due(item)
    late = scene.is_late(due)
    parts = [text.number(moments.due_words(due, scene.today), style="warn" if late else "")]
    there = moments.due_there(item, scene.zone)
    if there:
        parts.append(text.phrase(there, style="dim"))
    if late:
        parts.append(text.phrase(moments.lateness(due, scene.now, scene.zone), style="warn"))
    if item.do_not_call:
        parts.append(text.phrase(t("do not call"), style="bad"))
    before = len(parts)
    if attempt := attempt_mark(item):
        parts.append(text.number(attempt, style="dim"))
    parts.append(text.show(f"@{item.assignee}", style="dim"))
    if not item.reason:
        return [text.cut(text.join(parts, "  "), width)]
    whole = text.join([*parts[:before], text.show(item.reason), *parts[before:]], "  ")
    if whole.cell_length <= width:
        return [whole]
    reason = text.paragraph(item.reason, width - INDENT, lines=_NOTE_LINES)
    return [text.cut(text.join(parts, "  "), width), *shifted(reason, INDENT)]


def promise(item: FollowUp, scene: Scene, width: int) -> list[Content]:
    """A follow-up, and below it when a calendar rings and what there is to say of it."""
    out = follow_up(item, scene, width)
    below: list[Content] = []
    if item.remind_at is not None and item.remind_at > scene.now:
        # imported here: few are put off, and a card is painted at the first start
        from tuicrm.tui.widgets.agenda_cells import reminded_words

        again = reminded_words(item.remind_at, scene)
        below.append(text.phrase(again, style="accent", width=width - INDENT))
    if item.first_due != item.due:
        own = local_due(item.first_due, item.zone, scene.zone)
        first = t("first promised for {when}", when=moments.due_words(own, scene.today))
        below.append(text.phrase(first, style="dim", width=width - INDENT))
    if item.recurrence:
        # imported here: few repeat
        from tuicrm import repeats

        week = repeats.week_of(scene.process, scene.region)
        rule = t("repeats {rule}", rule=repeats.said(item.recurrence, week))
        below.append(text.phrase(rule, style="dim", width=width - INDENT))
    if item.alarm_minutes:
        exact = item.alarm_minutes < 60 or not item.alarm_minutes % 60
        span = moments.span(item.alarm_minutes) if exact else nt("{n}m", "{n}m", item.alarm_minutes)
        rings = t("alarm {span} before", span=span)
        below.append(text.phrase(rings, style="dim", width=width - INDENT))
    if item.note:
        below += text.paragraph(item.note, width - INDENT, style="dim", lines=_NOTE_LINES)
    return out + shifted(below, INDENT)


def ticket(item: Ticket, scene: Scene, width: int) -> Content:
    """``#38 normal, open: leaking seal  @sara``; resolved ones are dim."""
    resolved = item.category == "resolved"
    hot = item.priority in HOT and not resolved
    mark = ticket_mark(CallTicket(item.id, item.subject, item.priority, item.status), scene)
    head = t("{ticket}, {status}:", ticket=mark, status=scene.status(item.status))
    parts = [
        text.phrase(head, style="dim" if resolved else "warn" if hot else ""),
        text.show(item.subject, style="dim" if resolved else ""),
    ]
    agent = text.show(f"@{item.assignee}" if item.assignee else "", style="dim")
    if agent.plain and text.join((*parts, agent), " ").cell_length <= width:
        parts.append(agent)
    return text.cut(text.join(parts, " "), width)


# --- the timeline -------------------------------------------------------------------------------------------


def event(item: TimelineItem, scene: Scene, width: int, days: Days) -> list[Content]:
    """One event: a line with when and what, and what was said, wrapped below it or beside it."""
    if item.call is None:
        return _other_event(item, scene, width, days)
    note, room = item.call.note, width - INDENT
    head, rest = _broken(call_parts(item.call, scene, days), width, alone=not note)
    if not rest.plain:
        whole = _beside(head, note, width)
        return [whole] if whole is not None else [head, *shifted(text.paragraph(note, room), INDENT)]
    second = _beside(rest, note, room)
    below = [second] if second is not None else [rest, *text.paragraph(note, room)]
    return [head, *shifted(below, INDENT)]


def _beside(head: Content, note: str, width: int) -> Content | None:
    """A line with what was said behind it; None where that has to be wrapped."""
    if not note:
        return head
    fits = head.cell_length + 2 + text.cells(note) <= width and "\n" not in note
    return text.join([head, text.show(note)], "  ") if fits else None


def _broken(parts: Sequence[Content], width: int, *, alone: bool) -> tuple[Content, Content]:
    """As many of the parts as fit on a line whole, and the others for the next one: a topic that is cut says nothing.

    When, which way, how long and how it ended stay together. ``alone``: nothing follows; then the last part, the
    agent, is not worth a line of its own.
    """
    at = len(parts)
    while at > _TOGETHER and text.join(parts[:at], "  ").cell_length > width:
        at -= 1
    if alone and at == len(parts) - 1:
        parts = parts[:at]
    return text.cut(text.join(parts[:at], "  "), width), text.cut(text.join(parts[at:], "  "), width - INDENT)


def _other_event(item: TimelineItem, scene: Scene, width: int, days: Days) -> list[Content]:
    parts = [
        *_moment(item.at, scene, days),
        text.phrase(_event_words(item), style="dim"),
        text.show(item.agent, style="dim"),
    ]
    head = text.join([part for part in parts if part.plain], "  ")
    note = text.paragraph(item.text, width - INDENT) if item.text else []
    return [text.cut(head, width), *shifted(note, INDENT)]


def _event_words(item: TimelineItem) -> Phrase:
    """``ticket #41, comment``; ``follow-up done``."""
    if item.ticket is not None:
        return t("#{id}, {what}", id=item.ticket, what=word(item.kind))
    return t("follow-up: {state}", state=word(item.kind)) if item.kind else Phrase()


@record
class Days:
    """The column of days: its cells, and whether days go without that of the week, where there is no room."""

    width: int
    brief: bool = False


_BRIEFLY: Final = 14
"""Cells for how a call ended that are worth more than the day of the week."""


def days_of(items: Iterable[TimelineItem], scene: Scene, width: int, *, steady: bool = False) -> Days:
    """As wide as the longest day needs, for names of months differ much; without that of the week where the
    outcome would be cut in a card of ``width`` cells. ``steady``: at least as wide as the days of two weeks need, so
    that what stands behind them stays where it is from one card to the next."""
    moments_of = [item.at for item in items]
    for brief in (False, True):
        days = max((text.cells(_day_words(at, scene, brief=brief)) for at in moments_of), default=0)
        if steady:
            days = max(days, _usual_width(scene.today, i18n.language(), i18n.calendar(), brief))
        gaps = 4 * 2
        if days + _CLOCK_WIDTH + direction_width() + _TALK_WIDTH + gaps + _BRIEFLY <= width:
            break
    return Days(days, brief)


@lru_cache(maxsize=8)
def _usual_width(today: date, language: str, calendar: str, brief: bool) -> int:
    """Cells for each of the last fourteen days, in that language and calendar."""
    del language, calendar
    named = moments.day if brief else moments.full_day
    return max(text.cells(named(today - timedelta(days=back), today)) for back in range(1, 15))


def _moment(at: datetime, scene: Scene, days: Days) -> list[Content]:
    """Day and time in columns: ``Fri 20 Nov  10:12``, ``today  09:12``."""
    day = _padded(text.phrase(_day_words(at, scene, brief=days.brief), style="dim"), days.width)
    return [day, text.number(moments.clock(at, scene.zone), style="dim")]


def _day_words(at: datetime, scene: Scene, *, brief: bool) -> Phrase:
    local = at.astimezone(scene.zone).date()
    if local == scene.today:
        return t("today")
    return (moments.day if brief else moments.full_day)(local, scene.today)


def _padded(content: Content, width: int) -> Content:
    return text.join([content, text.blank(width - content.cell_length)])


def call_head(call: Call, scene: Scene, days: Days, *, agent: bool = True) -> Content:
    """``Tue 17 Nov  14:40  in   3:05  connected``, and what came of it."""
    return text.join(call_parts(call, scene, days, agent=agent), "  ")


def call_parts(call: Call, scene: Scene, days: Days, *, agent: bool = True) -> list[Content]:
    """What is told of a call but its note, piece by piece: dim when and which way, then what came of it."""
    outcome_style: text.Role = "bad" if call.outcome == MISSED else ""
    parts = [
        *_moment(call.started_at, scene, days),
        _padded(text.phrase(direction_word(call), style="dim"), direction_width()),
        _padded(text.number(moments.duration(call.duration_s), style="dim"), _TALK_WIDTH),
        text.show(scene.outcome(call.outcome), style=outcome_style),
    ]
    if call.channel != scene.process.defaults.channel:
        parts.append(text.show(scene.channel(call.channel)))
    if call.topic:
        parts.append(topic(call, scene))
    if call.ticket is not None:
        hot = call.ticket.priority in HOT
        parts.append(text.phrase(ticket_mark(call.ticket, scene), style="warn" if hot else "dim"))
    if agent:
        parts.append(text.show(call.agent, style="dim"))
    return parts


def topic(call: Call, scene: Scene) -> Content:
    """The topic; a guessed one says so."""
    shown = scene.topic(call.topic or "")
    if call.topic_guessed:
        return text.phrase(t("{topic}?", topic=shown), style="dim")
    return text.show(shown)
