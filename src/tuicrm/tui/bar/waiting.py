"""Talks that nobody has written down: they were over before the program was begun, or were put back.

They wait among the drafts, where one is taken up in a bar of its own or waved away. Meanwhile they claim nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tuicrm.domain.live_models import CallName
from tuicrm.domain.models import BarDraft, PhoneCall
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import Scene, phone_words

if TYPE_CHECKING:
    from tuicrm.tui.bar.state import BarState


def key_of(call: PhoneCall) -> str:
    """Where the draft of a call's line is kept (``Session.key``)."""
    return f"phone:{call.source}/{call.call_id}"


def left_over(calls: Iterable[PhoneCall], now: datetime) -> set[CallName]:
    """What a program that begins finds ended, or cannot know to run: only a telephone says that a talk goes on."""
    return {call.name for call in calls if call.state != "ringing" and (call.by_hand or call.over(now))}


def told(calls: Sequence[PhoneCall], region: str) -> Phrase:
    """What is said of them at the start, and where they are."""
    key = keymap.named("place.menu")
    if len(calls) == 1:
        name = caller(calls[0], region)
        return t("The call with {name} is not logged yet: {key} D lists it.", name=name, key=key)
    return nt(
        "{n} call is not logged yet: {key} D lists it.",
        "{n} calls are not logged yet: {key} D lists them.",
        len(calls),
        key=key,
    )


def caller(call: PhoneCall, region: str) -> str:
    """Who calls, for a sentence: the names of all who have the number, else the number, else that it is withheld."""
    names = _names(call, region)
    known = t("{names}", names=names) if names else phone_words(call.number, region)
    return known or t("withheld number")


def _names(call: PhoneCall, region: str) -> list[str]:
    return [match.name or phone_words(match.phone, region) for match in call.matches]


def words(call: PhoneCall, scene: Scene) -> Phrase:
    """``not logged yet: talk 09:12, 3:05``, and whether somebody has called them since."""
    assert call.answered_at is not None, "nobody talked in a call that was not answered"
    said = t("not logged yet: talk {time}", time=_stamp(call.answered_at, scene))
    if call.ended_at is not None:
        length = moments.duration(max(0, int((call.ended_at - call.answered_at).total_seconds())))
        said = t("{said}, {length}", said=said, length=length)
    last = call.contact.last_call_at if call.contact is not None else None
    if last is not None and last > call.answered_at:
        said = t("{said}; called since, {time}", said=said, time=_stamp(last, scene))
    return said


def _stamp(at: datetime, scene: Scene) -> Phrase:
    return moments.stamp_short(at, scene.now, scene.zone)


def count(state: BarState, found: Iterable[BarDraft]) -> int:
    """How many drafts and calls wait; what the bar shows or the telephone runs is no draft."""
    shown = {one.uid for one in (state.session, state.live) if one is not None}
    keys = {draft.key for draft in found}
    alone = sum(1 for call in state.waiting if key_of(call) not in keys)
    return alone + sum(1 for draft in found if draft.uid not in shown)


def among(
    state: BarState, found: Sequence[BarDraft], names: Mapping[str, str], me: str, region: str
) -> tuple[list[BarDraft], dict[str, str]]:
    """The drafts and the calls that wait, newest first, with whom each is by its uid. A call with a line is one row."""
    keys, named = {draft.key for draft in found}, dict(names)
    rows = list(found)
    for call in state.waiting:
        if key_of(call) in keys:
            continue
        at = call.ended_at or call.answered_at
        assert at is not None, "a call that waits was answered"
        who = call.contact.id if call.contact is not None else None
        rows.append(BarDraft(key_of(call), me, key_of(call), "", who, "", {}, at))
        # as data: what a sentence fences a name with would be shown
        named[key_of(call)] = t(", ").join(_names(call, region)) or caller(call, region)
    return sorted(rows, key=lambda draft: draft.saved_at, reverse=True), named
