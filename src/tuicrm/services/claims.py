"""Several agents on one queue: who has whom open in the bar, dials them or acts on their row has them claimed.

A claim is a lease, renewed while it is needed, so that of a session that was killed runs out. An agent with two
sessions is one holder. Two contacts with one number are one person here, as are merged ones; a number that is nobody's
yet is a person of its own (``of_number``). No record, no change log: the live file keeps it. The shell takes no claims
and is stopped by none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import Claim
from tuicrm.services.context import Crm
from tuicrm.storage.queries import contacts, people
from tuicrm.storage.queries.claimed import one_person, own_numbers, with_number

LEASE_S: Final = 60.0
"""So long a claim lives without being renewed."""
RENEW_S: Final = 20.0
"""So often a session renews: one that was late twice still has what it had."""
SWITCHBOARD: Final = 10
"""A number of more contacts than this is a company's: whom one reaches by it is not one person."""


def of_number(e164: str) -> int:
    """Who stands in a claim for a number without a contact: its digits below zero, where no contact's id is."""
    return -int(e164.lstrip("+"))


def take(crm: Crm, contact_id: int, *, over: bool = False) -> Claim:
    """This session has the contact (of a merged one the heir) from now on, until ``release``; or who has the number
    (``of_number``).

    ``over``: also when another agent has them; their claim ends. Raises ``Conflict`` (``contact_claimed``,
    ``number_claimed``; with ``holder``, ``since`` and ``contact``) when somebody else has them.
    """
    with crm.database.reader() as conn:
        if contact_id < 0:
            person, ids = contact_id, with_number(conn, _e164(contact_id), SWITCHBOARD)
        else:
            person = contacts.heir(conn, contact_id)
            ids = one_person(conn, person, SWITCHBOARD)
            # whoever dials a number of theirs that was nobody's has this person
            ids |= {of_number(number) for number in own_numbers(conn, person, SWITCHBOARD)}
    other = crm.live.take_claim(
        person,
        ids,
        agent=crm.me,
        session_id=crm.session_id,
        clock=crm.clock,
        lease=LEASE_S,
        over=over,
    )
    if other is not None:
        raise _refusal(crm, person, other)
    return Claim(person, person, crm.me, crm.session_id, crm.clock.now(), crm.clock.monotonic())


def renew(crm: Crm) -> frozenset[int]:
    """The session's claims live on; gives whom it has. Whoever is missing was taken over."""
    return crm.live.renew_claims(crm.session_id, crm.clock)


def release(crm: Crm, contact_id: int | None = None) -> None:
    """Gives a person back (the id that ``take`` gave), or all that the session has."""
    crm.live.end_claims(crm.session_id, contact_id)


def everyone(crm: Crm) -> list[Claim]:
    """All claims in force, own ones too: one for each contact that counts as the person who is open."""
    return crm.live.claims(crm.clock, LEASE_S)


def others(claims: Iterable[Claim], me: str) -> dict[int, str]:
    """Who has whom, as far as it is not oneself; numbers as ``of_number`` has them."""
    return {claim.contact_id: claim.agent for claim in claims if claim.agent != me}


def named(crm: Crm, others: Mapping[int, str]) -> dict[int, str]:
    """The same by what these agents are called: the name of one who has one."""
    if not others:
        return {}
    with crm.database.reader() as conn:
        names = people.names(conn)
    return {contact_id: names.get(agent) or agent for contact_id, agent in others.items()}


@contextmanager
def held(crm: Crm, contact_id: int) -> Iterator[None]:
    """Nobody else acts on the contact meanwhile; what the session had before, it keeps. Raises as ``take`` does."""
    before = {claim.person_id for claim in everyone(crm) if claim.session_id == crm.session_id}
    claim = take(crm, contact_id)
    try:
        yield
    finally:
        if claim.person_id not in before:
            release(crm, claim.person_id)


def _e164(person: int) -> str:
    return f"+{-person}"


def _refusal(crm: Crm, person: int, other: Claim) -> Conflict:
    theirs = other.person_id
    named = {id: _e164(id) for id in (person, theirs) if id < 0}
    with crm.database.reader() as conn:
        theirs = contacts.heir(conn, theirs) if theirs > 0 else theirs
        rows = contacts.rows(conn, {id for id in (person, theirs) if id > 0})
        holder = people.names(conn).get(other.agent) or other.agent
    named |= {id: row.name or row.phone for id, row in rows.items()}
    return Conflict(
        "contact_claimed" if theirs == person or theirs < 0 else "number_claimed",
        holder=holder,
        name=named.get(theirs, ""),
        since=other.since.astimezone(crm.zone).strftime("%H:%M"),
        contact=person,
    )
