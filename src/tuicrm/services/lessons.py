"""What a learner has done since the lesson began, read from the change log."""

from __future__ import annotations

from tuicrm.domain.lesson import Seen
from tuicrm.domain.record import record
from tuicrm.services.context import Crm
from tuicrm.storage import changes as log
from tuicrm.storage.queries import calls


@record
class Start:
    """Where the change log stood (``seq``), and the learner's latest undo (None: none yet)."""

    seq: int
    undo: int | None


def begin(crm: Crm) -> Start:
    """The lesson begins now."""
    with crm.database.reader() as conn:
        return Start(log.last_seq(conn), log.latest_undo(conn, crm.me))


def seen(crm: Crm, start: Start) -> Seen:
    """What the acting agent has written down and taken back since then."""
    with crm.database.reader() as conn:
        _, records = log.changed_since(conn, start.seq)
        ids = sorted(id for entity, id in records if entity == "call")
        held = [call for id in ids if (call := calls.record(conn, id)) is not None and call.agent == crm.me]
        last = log.latest_undo(conn, crm.me)
    process = crm.process()
    outcomes = {call.id: process.outcome(call.outcome) for call in held}
    tried = frozenset(id for id, outcome in outcomes.items() if outcome.attempt and not outcome.contact)
    return Seen(tuple(held), tried, last is not None and last != start.undo)
