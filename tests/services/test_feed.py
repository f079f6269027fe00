"""What wakes a session: what others commit, who rings, who has whom; not what they type, nor that they are there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

import pytest

from tuicrm.domain.models import BarDraft, NewContact
from tuicrm.services import claims, contacts, drafts, telephone
from tuicrm.services.context import Crm
from tuicrm.services.feed import Watcher

OpenCrm = Callable[..., Crm]
PATIENCE_S = 10.0


@contextmanager
def watched(crm: Crm) -> Iterator[SimpleQueue[None]]:
    """A queue with one item for every wake."""
    wakes: SimpleQueue[None] = SimpleQueue()
    watcher = Watcher(crm)
    thread = threading.Thread(target=watcher.run, args=(lambda: wakes.put(None),))
    thread.start()
    try:
        yield wakes
    finally:
        watcher.stop()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def typing(crm: Crm, line: str) -> None:
    drafts.put(crm, BarDraft("u1", crm.me, "contact:1", "", 1, line, {}, crm.clock.now()))


def add(crm: Crm) -> None:
    contacts.add(crm, NewContact("Reza"))


def ring(crm: Crm) -> None:
    telephone.event(crm, "ring", call_id="c1", number="09121234567", agent="sara", source="pbx")


def take(crm: Crm) -> None:
    claims.take(crm, 1)


def release(crm: Crm) -> None:
    claims.release(crm)


@pytest.mark.parametrize("happens", [add, ring, take, release])
def test_what_another_session_does_wakes_this_one(
    crm: Crm, open_as: OpenCrm, happens: Callable[[Crm], None]
) -> None:
    omid = open_as("omid")
    contacts.add(crm, NewContact("Leila"))
    if happens is release:
        claims.take(omid, 1)
    with watched(crm) as wakes:
        # the first stir after the start always counts: nobody knows what was before
        typing(omid, "p")
        wakes.get(timeout=PATIENCE_S)
        happens(omid)
        wakes.get(timeout=PATIENCE_S)


def test_what_concerns_nobody_else_wakes_no_session(crm: Crm, open_as: OpenCrm) -> None:
    omid = open_as("omid")
    contacts.add(crm, NewContact("Leila"))
    claims.take(omid, 1)
    with watched(crm) as wakes:
        typing(omid, "p")
        wakes.get(timeout=PATIENCE_S)
        for line in ("pr", "pri", "pric", "price"):
            typing(omid, line)
            claims.renew(omid)
            with pytest.raises(Empty):
                wakes.get(timeout=0.1)
        add(omid)
        wakes.get(timeout=PATIENCE_S)
