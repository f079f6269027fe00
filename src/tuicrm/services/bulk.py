"""One thing done to many contacts: one action that one undo takes back, written in chunks.

What is many would hold the write lock for seconds; here others write between two chunks. Who is deleted or merged by
then, or is as wanted already, is passed over and counted. A process that is killed leaves whole chunks of one action.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from tuicrm.domain.cadence import parse as read_cadence
from tuicrm.domain.errors import Invalid
from tuicrm.domain.people_order import MOST_AT_ONCE
from tuicrm.domain.record import record
from tuicrm.services import contact_texts, promises, recurring
from tuicrm.services.agents import ensure_self, known_handle
from tuicrm.services.context import Crm
from tuicrm.storage.database import Transaction

MOST = MOST_AT_ONCE
CHUNK: Final = 250
"""Contacts of one transaction at most."""
LOCK_S: Final = 0.06
"""Seconds of the write lock after which a chunk ends."""
BREATH_S: Final = 0.001
"""Between two chunks, so that who waits for the lock gets it."""
_STANDING: Final = ("deleted_at", "merged_into")

Going = Callable[[], bool]
"""Asked between two chunks: whether to go on."""


@record
class BulkDone:
    """``changed``: records to which it was done; ``passed``: those that were gone, or as wanted already."""

    action_id: int | None
    changed: int
    passed: int


Step = Callable[[Transaction, int, Mapping[str, Any]], bool]
"""Does it to one living contact, given what it read of it; whether that changed anything."""


def always() -> bool:
    return True


def tag(
    crm: Crm,
    ids: Sequence[int],
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    going: Going = always,
) -> BulkDone:
    """Adds tags and takes others away. Raises ``Invalid``."""
    more = contact_texts.read_tags(tuple(add))
    less = {each.casefold() for each in contact_texts.read_tags(tuple(remove))}

    def step(tx: Transaction, contact_id: int, now: Mapping[str, Any]) -> bool:
        kept = [each for each in now["tags"] if each.casefold() not in less]
        return _put(tx, contact_id, now, {"tags": list(dict.fromkeys([*kept, *more]))})

    return _all(crm, "contact.tag", ids, ("tags",), step, going)


def owner(crm: Crm, ids: Sequence[int], agent: str, *, going: Going = always) -> BulkDone:
    """Gives the contacts to an agent; ``""``: to nobody. Raises ``Invalid("no_agent")``."""
    with crm.database.reader() as conn:
        whose = known_handle(conn, crm, agent) or None
    return _set(crm, "contact.owner", ids, {"owner": whose}, going)


def do_not_call(crm: Crm, ids: Sequence[int], on: bool, *, going: Going = always) -> BulkDone:
    """Whether these people may be called."""
    return _set(crm, "contact.do_not_call", ids, {"do_not_call": on}, going)


def cadence(crm: Crm, ids: Sequence[int], text: str, *, going: Going = always) -> BulkDone:
    """How often to keep in touch, in words (``domain.cadence``). Raises ``Invalid``."""
    return _set(crm, "contact.cadence", ids, {"cadence_days": read_cadence(text)}, going)


def delete(crm: Crm, ids: Sequence[int], *, going: Going = always) -> BulkDone:
    """Takes contacts out of every list."""

    def step(tx: Transaction, contact_id: int, now: Mapping[str, Any]) -> bool:
        del now
        tx.delete("contact", contact_id)
        return True

    return _all(crm, "contact.delete", ids, (), step, going)


def follow_up(
    crm: Crm,
    ids: Sequence[int],
    when: str,
    reason: str = "",
    *,
    assignee: str = "",
    alarm: str = "",
    every: str = "",
    going: Going = always,
) -> BulkDone:
    """Promises the same to all of them; who must not be called is passed over. Raises ``Invalid``."""
    rule = recurring.read(crm, every)
    due = promises.read_when(crm, when) if rule is None or when.strip() else recurring.first(crm, rule)
    with crm.database.reader() as conn:
        whose = promises.whose(conn, crm, assignee)
    values = promises.columns(crm, due, promises.read_reason(reason), whose, 0)
    values |= {"alarm_minutes": promises.read_alarm(alarm)} | recurring.columns(rule, due)

    def step(tx: Transaction, contact_id: int, now: Mapping[str, Any]) -> bool:
        if now["do_not_call"]:
            return False
        tx.insert("followup", values | {"contact_id": contact_id})
        return True

    return _all(crm, "followup.add", ids, ("do_not_call",), step, going)


# --- inside -------------------------------------------------------------------------------------------------


def _set(crm: Crm, verb: str, ids: Sequence[int], values: Mapping[str, Any], going: Going) -> BulkDone:
    def step(tx: Transaction, contact_id: int, now: Mapping[str, Any]) -> bool:
        return _put(tx, contact_id, now, values)

    return _all(crm, verb, ids, tuple(values), step, going)


def _put(tx: Transaction, contact_id: int, now: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    if all(now[column] == value for column, value in values.items()):
        return False
    tx.update("contact", contact_id, values)
    return True


def _all(
    crm: Crm, verb: str, ids: Sequence[int], reads: tuple[str, ...], step: Step, going: Going
) -> BulkDone:
    def living(tx: Transaction, contact_id: int) -> bool:
        now = tx.current("contact", contact_id, (*_STANDING, *reads))
        return all(now[column] is None for column in _STANDING) and step(tx, contact_id, now)

    return in_chunks(crm, verb, ids, living, going)


def in_chunks(
    crm: Crm, verb: str, ids: Sequence[int], step: Callable[[Transaction, int], bool], going: Going
) -> BulkDone:
    """``step`` for each id, in one action; it gives whether it changed anything. Raises ``Invalid`` for too many."""
    if len(ids) > MOST:
        raise Invalid("bulk_many", n=len(ids), most=MOST)
    ensure_self(crm)
    action: int | None = None
    place = changed = 0
    while place < len(ids) and (place == 0 or going()):
        if place:
            time.sleep(BREATH_S)
        with crm.database.transaction(crm.actor, verb, continues=action) as tx:
            until = time.monotonic() + LOCK_S
            last = min(place + CHUNK, len(ids))
            before = changed
            while place < last and time.monotonic() < until:
                changed += step(tx, ids[place])
                place += 1
            if changed > before:
                action = tx.action_id
    return BulkDone(action, changed, place - changed)
