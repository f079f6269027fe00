"""Legs into calls: what a telephone system writes in several lines about one call becomes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from tuicrm.domain.record import record, replace
from tuicrm.exchange.incoming import IncomingCall

_UNLIKE: Final = ("call_internal", "call_failed", "call_no_number", "call_direction")
"""Reasons for which a leg is left out, but not the call when another of its legs is good."""


@record
class Leg:
    """One line of a list. ``key``: what all legs of the call have in common; ``""``: it is a call by itself."""

    call: IncomingCall
    key: str


def calls(legs: Iterable[Leg]) -> Iterator[IncomingCall]:
    """The calls, each where its first leg stood."""
    order: list[list[Leg]] = []
    known: dict[str, list[Leg]] = {}
    for leg in legs:
        together = known.get(leg.key) if leg.key else None
        if together is not None:
            together.append(leg)
            continue
        together = [leg]
        order.append(together)
        if leg.key:
            known[leg.key] = together
    for together in order:
        yield from _one([leg.call for leg in together])


def _one(legs: Sequence[IncomingCall]) -> Iterator[IncomingCall]:
    """One call of its legs, behind those that are broken."""
    if len(legs) == 1:
        yield legs[0]
        return
    yield from (leg for leg in legs if leg.code and leg.code not in _UNLIKE)
    good = [leg for leg in legs if not leg.code]
    if good:
        yield _together(good, min(leg.line for leg in legs))
    else:
        yield from [leg for leg in legs if leg.code in _UNLIKE][:1]


def _together(legs: Sequence[IncomingCall], line: int) -> IncomingCall:
    """The call is answered when one leg is. It begins with its first leg; two talks at once are counted once."""
    first = min(legs, key=lambda leg: leg.started_at)
    answered = [leg for leg in legs if leg.talk_s]
    best = max(answered or legs, key=lambda leg: (bool(leg.number), leg.talk_s or 0, leg.outcome != "missed"))
    talks = sorted(_talk(leg) for leg in answered)
    ends = max(leg.started_at + timedelta(seconds=leg.duration_s or 0) for leg in legs)
    ring = int((talks[0][0] - first.started_at).total_seconds()) if talks else _longest_ring(legs)
    return replace(
        best,
        line=line,
        number=best.number or first.number,
        direction=first.direction if first.number else best.direction,
        started_at=first.started_at,
        duration_s=int((ends - first.started_at).total_seconds()),
        talk_s=_covered(talks),
        ring_s=ring,
        agent=best.agent or next((leg.agent for leg in legs if leg.agent), ""),
        name=best.name or next((leg.name for leg in legs if leg.name), ""),
        note=best.note or next((leg.note for leg in legs if leg.note), ""),
        source_call_id=first.source_call_id,
    )


def _talk(leg: IncomingCall) -> tuple[datetime, datetime]:
    ended = leg.started_at + timedelta(seconds=max(leg.duration_s or 0, leg.talk_s or 0))
    return ended - timedelta(seconds=leg.talk_s or 0), ended


def _covered(talks: Sequence[tuple[datetime, datetime]]) -> int:
    """Seconds in which somebody talked; ``talks`` by their beginning."""
    covered, until = 0.0, None
    for began, ended in talks:
        if until is not None and began < until:
            began = until
        if ended > began:
            covered += (ended - began).total_seconds()
        until = ended if until is None or ended > until else until
    return int(covered)


def _longest_ring(legs: Sequence[IncomingCall]) -> int | None:
    return max((leg.ring_s for leg in legs if leg.ring_s is not None), default=None)
