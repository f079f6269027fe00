"""An agent leaves: what is theirs by then, and who has it from now on."""

from __future__ import annotations

from typing import Final

from tuicrm.domain.errors import FieldProblem, Invalid, NotFound
from tuicrm.domain.models import Agent
from tuicrm.domain.record import record
from tuicrm.services import bulk
from tuicrm.services.agents import known_handle
from tuicrm.services.context import Crm
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import holdings, people

_WHOSE: Final = {"followup": "assignee", "ticket": "assignee", "contact": "owner"}
"""The column of each kind of record that says whose it is."""


@record
class Held:
    """How much is an agent's: open follow-ups, tickets that are not resolved, contacts."""

    follow_ups: int = 0
    tickets: int = 0
    contacts: int = 0

    def __bool__(self) -> bool:
        return bool(self.follow_ups or self.tickets or self.contacts)


def off(crm: Crm, handle: str, to: str = "") -> tuple[Agent, Held]:
    """The agent has left: out of ``@name``, but still named in what they did. With ``to`` all that is theirs is handed
    to that agent in the same action. Gives what was theirs.

    Raises ``NotFound("no_agent")``, and ``Invalid`` for an heir who is none (``no_agent``, ``agent_is_off``) or the
    same one (``agent_heir``).
    """
    handle = handle.lower()
    with crm.database.reader() as conn:
        found = people.agent(conn, handle)
        if found is None:
            raise NotFound("no_agent", handle=handle)
        heir = known_handle(conn, crm, to) if to else ""
        theirs = holdings.of_agent(conn, handle)
    if heir == handle:
        raise Invalid("agent_heir", fields=(FieldProblem("to", to, "agent_heir"),), handle=handle)
    # who leaves comes last: killed in the middle, it is done again
    steps = [*theirs, ("agent", found[0])] if heir else [("agent", found[0])]

    def step(tx: Transaction, place: int) -> bool:
        entity, number = steps[place]
        return tx.update(entity, number, {"active": False} if entity == "agent" else {_WHOSE[entity]: heir})

    bulk.in_chunks(crm, "agent.off", range(len(steps)), step, bulk.always)
    kinds = [entity for entity, _ in theirs]
    held = Held(kinds.count("followup"), kinds.count("ticket"), kinds.count("contact"))
    with crm.database.reader() as conn:
        left = people.agent(conn, handle)
    assert left is not None, "no agent is ever deleted"
    return left[1], held
