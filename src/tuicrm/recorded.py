"""What the tokens of a log line said about a call, said back in a few words by both faces."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tuicrm import shown
from tuicrm.domain.models import Call, Saved
from tuicrm.domain.process import Process
from tuicrm.i18n import Phrase, language, t


def facts(saved: Saved, process: Process, now: datetime, zone: tzinfo) -> list[Phrase]:
    """``at 09:40``, ``3:40 long``, ``text message``, ``quote``, ``#vip``, ``score 9``: only what was typed.

    ``now``: aware.
    """
    call, typed, found = saved.call, saved.typed, list[Phrase]()
    if "started" in typed:
        found.append(_when(call.started_at, now, zone))
    if "duration" in typed:
        found.append(t("{duration} long", duration=shown.duration(call.duration_s)))
    if "direction" in typed:
        found.append(t("inbound") if call.direction == "in" else t("outbound"))
    if "channel" in typed:
        found.append(t("{word}", word=process.channel(call.channel).label(language())))
    if "topic" in typed and call.topic is not None:
        topic = process.topic(call.topic)
        found.append(t("{word}", word=topic.label(language()) if topic else call.topic))
    return [*found, *_marks(call, typed)]


def _marks(call: Call, typed: frozenset[str]) -> list[Phrase]:
    found = [t("{word}", word=f"#{tag}") for tag in call.tags] if "tag" in typed else []
    return [*found, t("score {score}", score=call.score)] if "score" in typed else found


def _when(at: datetime, now: datetime, zone: tzinfo) -> Phrase:
    on, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    clock = shown.clock(at.astimezone(zone))
    if on == today:
        return t("at {time}", time=clock)
    return t("{day} at {time}", day=shown.full_day(on, today), time=clock)
