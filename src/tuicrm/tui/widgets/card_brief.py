"""The card in a few lines, under a list: what helps most. Pure.

What stands behind the days of its calls, and how many calls there were, stays where it is while the cursor goes down
the list: for the eye and for the line to the terminal.
"""

from __future__ import annotations

from textual.content import Content

from tuicrm.domain.models import Card, TimelineItem
from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.widgets.card_facts import acquaintance, in_touch, owned, repeated
from tuicrm.tui.widgets.card_lines import Days, call_head, days_of, phone, ticket
from tuicrm.tui.widgets.cells import Scene


def brief(card: Card, scene: Scene, width: int, height: int) -> list[Content]:
    """At most ``height`` lines: the last talks, open tickets, other numbers, then tags and acquaintance.

    Nothing that the row above or the card's title says already.
    """
    room = max(1, height - 1)
    helpful = _helpful(card, scene, width, height)[:room]
    known = _known(card, scene, width)[: room - len(helpful)]
    talks = _talks(card, scene, width, height - len(helpful) - len(known))
    out = [*talks, *helpful, *known]
    if card.contact.owner and len(out) < height:
        out.append(owned(card.contact, width))
    return out


def _helpful(card: Card, scene: Scene, width: int, height: int) -> list[Content]:
    """What has to be known before one dials; other numbers, the note, how often one keeps in touch."""
    contact = card.contact
    out: list[Content] = []
    if (said := repeated(card, scene)) is not None:
        out.append(text.phrase(said, style="warn", width=width))
    if contact.do_not_call:
        out.append(text.phrase(t("do not call"), style="bad", width=width))
    tickets = [ticket(item, scene, width) for item in card.tickets if item.category != "resolved"]
    out += tickets[: max(1, height // 3)]
    if len(contact.phones) > 1:
        numbers = text.join([phone(number, scene) for number in contact.phones[1:]], t(", "))
        out.append(text.cut(text.join([text.phrase(t("also"), style="dim"), numbers], " "), width))
    if contact.note:
        out += text.paragraph(contact.note, width, lines=1)
    if contact.touch_days:
        out.append(in_touch(card, scene, width))
    return out


def _known(card: Card, scene: Scene, width: int) -> list[Content]:
    """Tags at one side, how many calls at the other; nothing when there is neither."""
    tags = card.contact.tags
    if not tags and not card.calls:
        return []
    # "tags: vip, north"
    left = text.phrase(t("tags: {tags}", tags=tags), style="dim") if tags else text.blank(0)
    return [text.beside(left, acquaintance(card, scene, width) if card.calls else text.blank(0), width)]


def _talks(card: Card, scene: Scene, width: int, lines: int) -> list[Content]:
    """The last calls in at most so many lines; without any, a sentence."""
    if lines <= 0:
        return []
    shown = [item for item in card.timeline if item.call is not None][:lines]
    days = days_of(shown, scene, width, steady=True)
    talks = [_one_line(item, scene, width, days) for item in shown]
    return talks or [text.phrase(t("Nothing has been logged yet."), style="dim", width=width)]


def _one_line(item: TimelineItem, scene: Scene, width: int, days: Days) -> Content:
    """A call in one line, its note cut; with who held it when that was a colleague."""
    assert item.call is not None
    head = call_head(item.call, scene, days, agent=scene.me not in ("", item.call.agent))
    room = width - head.cell_length - 2
    if not item.call.note or room < 6:
        return text.cut(head, width)
    return text.join([head, text.show(item.call.note.replace("\n", " "), width=room)], "  ")
