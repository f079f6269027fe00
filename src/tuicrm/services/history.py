"""Who changed what, and taking it back: undo, redo, the log itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from tuicrm.domain.deeds import About, Deed, History, Named
from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import Change, Page, RecordRef, Undone
from tuicrm.domain.record import replace
from tuicrm.services import due_keys
from tuicrm.services.context import Crm
from tuicrm.storage import batches, turning
from tuicrm.storage import changes as log
from tuicrm.storage.batches import Batch
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import contacts, deeds, followups
from tuicrm.storage.queries.chosen import ALL, Where

Ref = tuple[str, int]
"""A record: entity and id."""


Between = Callable[[int], None]
"""Called between two chunks of an import that is turned, with the records so far. What it raises leaves the rest for
another time: it goes on where it was."""


def undo(
    crm: Crm, action_id: int | None = None, *, dry_run: bool = False, between: Between | None = None
) -> Undone:
    """Takes back an action, by default the caller's latest not yet undone, in any session, as one new action.

    Raises ``NotFound("nothing_to_undo")`` and ``Conflict`` naming the later change that stands in the way.
    """
    return _turn(crm, "undo", action_id, dry_run, between)


def redo(
    crm: Crm, action_id: int | None = None, *, dry_run: bool = False, between: Between | None = None
) -> Undone:
    """Takes back the caller's latest undo. Raises ``NotFound("nothing_to_redo")`` and ``Conflict``."""
    return _turn(crm, "redo", action_id, dry_run, between)


def slow_one(crm: Crm, verb: str, action_id: int | None = None) -> int | None:
    """The import that an undo or redo would turn next, or of this action, when it has so many records that nobody is to
    wait for it."""
    batch, _ = _in_chunks(crm, verb, action_id)
    return batch.action_id if batch is not None and batch.added + batch.updated > turning.LONG else None


def changes(
    crm: Crm,
    ref: Ref | None = None,
    *,
    agent: str | None = None,
    since: datetime | None = None,
    limit: int = 50,
    before: int | None = None,
    where: Where = ALL,
) -> Page:
    """The change log, newest first, older than seq ``before``.

    ``ref``: of one record and what belongs to it. ``agent``: of one agent. ``since``: from then on. ``where``: of the
    actions that fit (``filtering.where`` of ``history``), every change of them.
    """
    with crm.database.reader() as conn:
        if ref is None:
            found = deeds.changes_of_all(conn, agent, before, limit + 1, where)
        else:
            entity, ids = _whole(conn, ref)
            found = deeds.changes_of_record(conn, entity, ids, before, limit + 1, where)
    kept = [row for row in found[:limit] if since is None or row["at"] >= since]
    more = len(found) > limit and len(kept) == limit
    return Page(tuple(_own_to_see(crm, _change(row)) for row in kept), more)


def of_record(
    crm: Crm,
    ref: Ref,
    *,
    limit: int = 50,
    before: int | None = None,
    backward: bool = False,
    where: Where = ALL,
) -> History:
    """What was done to a record, action by action, newest first, older than action ``before``.

    ``backward``: the next ones newer than it instead. ``where``: only what fits (``filtering.where`` of
    ``history``). To a contact belong their calls, follow-ups and tickets, and the history of those merged into them; a
    merged one leads to its heir's. Raises ``NotFound("no_record")``.
    """
    with crm.database.reader() as conn:
        entity, ids = _whole(conn, ref)
        found = deeds.of_record(conn, entity, ids, before, limit + 1, backward=backward, chosen=where)
        if not found and before is None and not deeds.known(conn, ref):
            raise NotFound("no_record", entity=ref[0], id=ref[1])
        kept = _kept(found, limit, backward)
        return _told(crm, conn, deeds.deeds(conn, kept, entity=entity, ids=ids), len(found) > limit)


def of_agent(
    crm: Crm,
    agent: str | None = None,
    *,
    limit: int = 50,
    before: int | None = None,
    backward: bool = False,
    where: Where = ALL,
) -> History:
    """What an agent did, by default oneself, newest first; which page as of ``of_record``."""
    with crm.database.reader() as conn:
        found = deeds.of_agent(conn, agent or crm.me, before, limit + 1, backward=backward, chosen=where)
        return _told(crm, conn, deeds.deeds(conn, _kept(found, limit, backward)), len(found) > limit)


def _kept(found: Sequence[int], limit: int, backward: bool) -> Sequence[int]:
    """Of one more than asked for, those asked for: the ones nearest to where the page goes on from."""
    return found[max(0, len(found) - limit) :] if backward else found[:limit]


def of_all(crm: Crm, *, limit: int = 50, before: int | None = None, where: Where = ALL) -> History:
    """What anybody did, newest first, older than action ``before``."""
    with crm.database.reader() as conn:
        found = deeds.of_all(conn, before, limit + 1, where)
        return _told(crm, conn, deeds.deeds(conn, found[:limit]), len(found) > limit)


def some(crm: Crm, actions: Sequence[int]) -> History:
    """These actions, newest first. Raises ``NotFound("no_action")`` when there is none of them."""
    with crm.database.reader() as conn:
        found = deeds.deeds(conn, actions)
        if actions and not found:
            raise NotFound("no_action", id=actions[0])
        return _told(crm, conn, found, False)


def actions(crm: Crm, *, limit: int = 20) -> tuple[Undone, ...]:
    """The caller's latest actions that an undo could take back, newest first, with what each touched."""
    with crm.database.reader() as conn:
        found = log.undoable_actions(conn, crm.me, limit)
        return tuple(_touched(conn, row["id"], row["verb"], row["at"]) for row in found)


def called(crm: Crm, records: Iterable[RecordRef]) -> Named:
    """What to call records, those that have names."""
    ids: dict[str, set[int]] = defaultdict(set)
    for each in records:
        ids[each.entity].add(each.id)
    with crm.database.reader() as conn:
        return deeds.names(conn, ids)


def about(crm: Crm, done: Undone) -> About:
    """Whom an undo or a redo was about, in the order of its records, and the moment of its follow-up."""
    ids: dict[str, set[int]] = defaultdict(set)
    for each in done.records:
        ids[each.entity].add(each.id)
    promised = ids["followup"] if done.verb.startswith("followup.") else set()
    with crm.database.reader() as conn:
        whose = deeds.people(conn, ids)
        people = list(
            dict.fromkeys(whose[one.entity, one.id] for one in done.records if (one.entity, one.id) in whose)
        )
        kinds = ("call", "agent", "saved_filter")
        called = deeds.names(conn, {"contact": people[:1]} | {kind: ids[kind] for kind in kinds})
        due = followups.stood(conn, min(promised)) if len(promised) == 1 else None
    call_id = min(ids["call"]) if len(ids["call"]) == 1 else None
    if not people:
        # an unknown caller is called by the number; agents and worklists have names of their own
        return About(next(filter(None, called.values()), ""), call_id=call_id)
    contact_id = people[0] if len(people) == 1 else None
    return About(called["contact", people[0]], len(people), contact_id, due, call_id)


def _turn(
    crm: Crm, verb: str, action_id: int | None, dry_run: bool, between: Between | None = None
) -> Undone:
    batch, long = _in_chunks(crm, verb, action_id)
    if batch is not None:
        # an import is turned in chunks; the module is loaded when there is one
        from tuicrm.services.importing.turning import turn

        return _keyed_anew(crm, turn(crm, verb, batch, dry_run=dry_run, between=between), dry_run)
    if long is not None:
        # as is what was done to thousands at once
        from tuicrm.services import long_turn

        return _keyed_anew(crm, long_turn.turn(crm, verb, long, dry_run=dry_run), dry_run)
    take, latest = (log.undo, log.latest_action) if verb == "undo" else (log.redo, log.latest_undo)
    try:
        with crm.database.transaction(crm.actor, verb) as tx:
            target = action_id if action_id is not None else latest(tx, crm.me)
            if target is None:
                raise NotFound(f"nothing_to_{verb}")
            done = take(tx, target)
            due_keys.again(tx, crm, [one.id for one in done.records if one.entity == "followup"])
            if dry_run:
                raise _DryRun(done)
    except _DryRun as tried:
        return tried.done
    return done


def _keyed_anew(crm: Crm, done: Undone, dry_run: bool) -> Undone:
    """What was put back in chunks may have been written under another calendar."""
    if not dry_run:
        due_keys.refresh(crm)
    return done


def _in_chunks(crm: Crm, verb: str, action_id: int | None) -> tuple[Batch | None, int | None]:
    """The import that an undo or redo is about, if it is one; else the action, if it is a long one."""
    with crm.database.reader() as conn:
        if action_id is None:
            action_id = (log.latest_action if verb == "undo" else log.latest_undo)(conn, crm.me)
        if action_id is None:
            return None, None
        if verb == "redo":
            # it names the action that was taken back, or what took it back
            action_id = turning.origin_of(conn, action_id)
        batch = batches.of_action(conn, action_id or 0)
        return batch, action_id if batch is None and turning.is_long(conn, action_id or 0) else None


class _DryRun(Exception):
    """Carries what would have been done out of a transaction that is rolled back."""

    def __init__(self, done: Undone) -> None:
        super().__init__()
        self.done = done


def _whole(conn: Connection, ref: Ref) -> tuple[str, list[int]]:
    """The records whose history a record has: a contact's is also that of those merged into it."""
    entity, record_id = ref
    if entity != "contact":
        return entity, [record_id]
    heir = contacts.heir(conn, record_id)
    return entity, [heir, *contacts.merged_into(conn, heir)]


def _told(crm: Crm, conn: Connection, found: Sequence[Deed], more: bool) -> History:
    """The deeds with the names of the records they tell of, and without what is not the reader's to see."""
    seen = [
        replace(deed, changes=tuple(_own_to_see(crm, change) for change in deed.changes)) for deed in found
    ]
    return History(tuple(seen), more, deeds.names(conn, _named(seen)))


NAMES_IN = {"contact_id": "contact", "merged_into": "contact", "a": "contact", "b": "contact"}
"""Columns that name a record, and its kind."""


def _named(found: Iterable[Deed]) -> dict[str, set[int]]:
    """The records that deeds tell of, by kind."""
    ids: dict[str, set[int]] = defaultdict(set)
    for change in (change for deed in found for change in deed.changes):
        ids[change.entity].add(change.id)
        for values in (change.before or {}, change.after or {}):
            for column in NAMES_IN.keys() & values.keys():
                # a ticket is merged into a ticket
                kind = change.entity if column == "merged_into" else NAMES_IN[column]
                if values[column] is not None:
                    ids[kind].add(values[column])
    return ids


PRIVATE = "private_note"
"""What only its author may read, in the change log too."""


def _own_to_see(crm: Crm, change: Change) -> Change:
    if change.entity != PRIVATE or change.agent == crm.me:
        return change
    return replace(change, before=change.before and {}, after=change.after and {})


def _change(row: dict[str, Any]) -> Change:
    keys = ("seq", "action_id", "at", "agent", "via", "verb", "entity", "id", "before", "after")
    return Change(**{key: row[key] for key in keys})


def _touched(conn: Connection, action_id: int, verb: str, at: Any) -> Undone:
    return Undone(action_id, verb, at, tuple(log.records_of(conn, action_id)))
