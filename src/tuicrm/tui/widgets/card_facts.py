"""The upper part of a card: numbers, addresses, tags, free fields, how often one keeps in touch, notes. Pure.

Each line knows what Enter opens on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from tuicrm import shown
from tuicrm.domain.models import Card, Contact, TimelineItem
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, nt, t
from tuicrm.labels import field_words, label_words
from tuicrm.tui import text
from tuicrm.tui.text import Role
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import Scene

INDENT = 2
TIMES = 4
"""Calls of today whose times are named."""
_LABELS = 30
"""Characters a free field's name has at most."""


@record
class Opens:
    """What Enter opens on a line. ``kind``: ``phone``, ``email`` (``place`` in their list), ``form`` (``field``), or
    ``call``, ``followup``, ``ticket``, ``contact`` (``place`` is the id)."""

    kind: str
    place: int = 0
    field: str = ""


@record
class Line:
    """One line of a card."""

    content: Content
    opens: Opens | None = None


def lines(contents: Iterable[Content], opens: Opens | None = None) -> list[Line]:
    """Lines of one thing."""
    return [Line(content, opens) for content in contents]


def shifted(contents: Iterable[Content], by: int) -> list[Content]:
    return [text.join([text.blank(by), line]) for line in contents]


def facts(card: Card, scene: Scene, width: int) -> list[Line]:
    """Numbers, addresses, tags, free fields, notes, and how well one knows each other."""
    contact = card.contact
    out = list(_warnings(contact, width))
    if contact.company:
        out.append(Line(text.show(contact.company, width=width), Opens("form", field="company")))
    if (said := repeated(card, scene)) is not None:
        out.append(Line(text.phrase(said, style="warn", width=width)))
    out += _reached_by(contact, scene, width)
    out += _tags_and_fields(contact, width)
    if contact.note:
        out += lines(text.paragraph(contact.note, width), Opens("form", field="note"))
    if card.private_note:
        out += _labelled(t("only you see"), card.private_note, width, "private_note")
    out.append(Line(acquaintance(card, scene, width)))
    if contact.touch_days:
        out.append(Line(in_touch(card, scene, width), Opens("form", field="cadence")))
    return out


def _warnings(contact: Contact, width: int) -> Iterator[Line]:
    if contact.deleted_at is not None:
        yield Line(text.phrase(t("deleted"), style="bad", width=width))
    if contact.do_not_call:
        yield Line(
            text.phrase(t("do not call"), style="bad", width=width), Opens("form", field="do_not_call")
        )


def repeated(card: Card, scene: Scene) -> Phrase | None:
    """That there was more than one call today, and when: of many only the last; None otherwise."""
    today = _today(card, scene)
    if len(today) < 2:
        return None
    times = tuple(dict.fromkeys(moments.clock(item.at, scene.zone) for item in reversed(today)))
    if len(times) > TIMES:
        times = (t("the last {time}", time=times[-1]),)
    came = sum(item.call is not None and item.call.direction == "in" for item in today)
    if came == len(today):
        return nt(
            "called you {n} time today: {times}", "called you {n} times today: {times}", came, times=times
        )
    return nt("{n} call today: {times}", "{n} calls today: {times}", len(today), times=times)


def _today(card: Card, scene: Scene) -> list[TimelineItem]:
    """The calls of today, newest first."""
    return [item for item in card.timeline if item.call and _is_today(item, scene)]


def _is_today(item: TimelineItem, scene: Scene) -> bool:
    return item.at.astimezone(scene.zone).date() == scene.today


def _reached_by(contact: Contact, scene: Scene, width: int) -> Iterator[Line]:
    # imported here: the lines of a card need this module, and this one a line of theirs
    from tuicrm.tui.widgets.card_lines import phone

    for place, number in enumerate(contact.phones):
        yield Line(text.cut(phone(number, scene), width), Opens("phone", place))
    for place, email in enumerate(contact.emails):
        parts = [text.show(email.address, base="ltr")]
        if email.label:
            parts.append(text.phrase(label_words(email.label), style="dim"))
        yield Line(text.cut(text.join(parts, " "), width), Opens("email", place))


def _tags_and_fields(contact: Contact, width: int) -> list[Line]:
    out: list[Line] = []
    if contact.tags:
        out += _labelled(t("tags"), t(", ").join(contact.tags), width, "tags")
    for key, value in contact.fields.items():
        out += _labelled(field_words(key[:_LABELS]), shown.field_value(key, value), width, "fields")
    if contact.owner:
        out += _labelled(t("owner"), f"@{contact.owner}", width, "owner")
    return out


def _labelled(name: str, value: str, width: int, opens: str) -> list[Line]:
    """``name: value``, the value wrapped below the name when it is long."""
    head = text.phrase(t("{label}:", label=name), style="dim")
    room = width - head.cell_length - 1
    wrapped = text.paragraph(value, room if room >= 20 else width - INDENT)
    if room >= 20:
        found = [text.join([head, wrapped[0]], " "), *shifted(wrapped[1:], head.cell_length + 1)]
    else:
        found = [text.cut(head, width), *shifted(wrapped, INDENT)]
    return lines(found, Opens("form", field=opens))


def acquaintance(card: Card, scene: Scene, width: int) -> Content:
    """``14 calls, the last 5 days ago``; of any outcome, so it does not say that anybody was spoken to."""
    if not card.calls or card.contact.last_call_at is None:
        return text.phrase(t("no calls yet"), width=width, style="dim")
    ago = moments.ago(card.contact.last_call_at, scene.now, scene.zone)
    if 2 <= card.calls == len(_today(card, scene)):
        # the line above has counted them: all were today
        return text.phrase(t("the last {ago}", ago=ago), width=width, style="dim")
    calls = nt("{n} call", "{n} calls", card.calls)
    return text.phrase(t("{calls}, the last {ago}", calls=calls, ago=ago), width=width, style="dim")


def in_touch(card: Card, scene: Scene, width: int) -> Content:
    """``last spoke 95 days ago, every 90: overdue by 5``."""
    days, due = card.contact.touch_days or 0, card.contact.touch_at or card.contact.created_at
    late = (scene.today - due.astimezone(scene.zone).date()).days
    style: Role = "warn" if late > 0 else "dim"
    if late > 0:
        state = nt("overdue by {n} day", "overdue by {n} days", late)
    elif late == 0:
        state = t("due today")
    else:
        state = nt("{n} day left", "{n} days left", -late)
    every = nt("{n} day", "{n} days", days)
    if card.last_spoke_at is None:
        said = t("never spoken yet, every {days}: {state}", days=every, state=state)
    else:
        ago = moments.ago(card.last_spoke_at, scene.now, scene.zone)
        said = t("last spoke {ago}, every {days}: {state}", ago=ago, days=every, state=state)
    return text.phrase(said, width=width, style=style)


def record_lines(card: Card, scene: Scene, width: int) -> list[Line]:
    """The record itself: its number, when it was made and changed, which ones were merged into it."""
    contact = card.contact
    made = moments.full_day(contact.created_at.astimezone(scene.zone).date(), scene.today)
    changed = moments.ago(contact.updated_at, scene.now, scene.zone)
    ref = f"contact:{contact.id}"
    said = t("{ref}, made {day}, changed {ago}", ref=ref, day=made, ago=changed)
    out = lines(text.phrases(said, width, style="dim"), Opens("contact", contact.id))
    if card.merged:
        refs = tuple(f"contact:{each}" for each in card.merged)
        merged = text.phrases(t("merged into it: {refs}", refs=refs), width, style="dim")
        out += lines(merged, Opens("contact", contact.id))
    return out


def owned(contact: Contact, width: int) -> Content:
    """``owner @sara``: whose contact it is."""
    said = text.join((text.phrase(t("owner"), style="dim"), text.show(f"@{contact.owner}")), " ")
    return text.cut(said, width)
