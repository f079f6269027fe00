"""Whatever was done, in whatever order: undoing all of it leads back, redoing all of it leads forth."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storage.records import REZA, SARA, insert_call, insert_follow_up, phone, state
from tuicrm.domain.errors import Conflict
from tuicrm.storage import changes
from tuicrm.storage.database import Actor, Database, Transaction

Step = tuple[str, int, int]
STEPS = st.tuples(
    st.sampled_from(["add", "rename", "numbers", "delete", "call", "move", "ticket", "close", "agent"]),
    st.integers(0, 5),
    st.integers(0, 3),
)
ACTIONS = st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=1, max_size=7)


def some(tx: Transaction, table: str, place: int) -> int | None:
    """One of the records that are there."""
    found = tx.all(f"SELECT id FROM {table} WHERE deleted_at IS NULL ORDER BY id")
    return found[place % len(found)]["id"] if found else None


def take(tx: Transaction, step: Step) -> None:
    """One step of an action; nothing when it needs a record and there is none."""
    name, place, choice = step
    contact = some(tx, "contact", place)
    if name == "add" or contact is None:
        tx.insert(
            "contact", {"name": f"Leila {choice}", "tags": ["x"] * (choice > 1), "phones": [phone("1")]}
        )
    elif name == "rename":
        tx.update("contact", contact, {"name": f"Name {choice}", "company": "Pars" * (choice % 2)})
    elif name == "numbers":
        tx.update(
            "contact",
            contact,
            {"phones": [phone(str(n)) for n in range(choice)], "tags": ["a", "b"][:choice]},
        )
    elif name == "delete":
        tx.delete("contact", contact)
    elif name == "call":
        count = tx.value("SELECT count(*) FROM interaction")
        insert_call(tx, contact, f"u{count}", follow_up_id=insert_follow_up(tx, contact) if choice else None)
    elif name == "move" and (follow_up := some(tx, "follow_up", place)):
        tx.update("followup", follow_up, {"attempt": choice, "state": ["open", "done"][choice % 2]})
    elif name == "ticket":
        ticket = tx.insert("ticket", {"subject": "leak", "contact_id": contact})
        tx.insert(
            "ticket_event", {"ticket_id": ticket, "agent": "sara", "kind": "comment", "text": str(choice)}
        )
    elif name == "close" and (ticket := some(tx, "ticket", place) or 0):
        tx.update("ticket", ticket, {"status": ["open", "resolved"][choice % 2], "tags": ["x"] * choice})
    elif name == "agent":
        tx.insert("agent", {"handle": f"agent{tx.value('SELECT count(*) FROM agent')}"})


def act(database: Database, actor: Actor, steps: list[Step]) -> None:
    with database.transaction(actor, "act") as tx:
        for step in steps:
            take(tx, step)


@contextmanager
def fresh(template: Path) -> Iterator[Database]:
    folder = Path(tempfile.mkdtemp(prefix="tuicrm-test-"))
    shutil.copy(template, folder / "crm.db")
    try:
        with Database.open(folder / "crm.db") as database:
            yield database
    finally:
        shutil.rmtree(folder)


def turn(
    database: Database,
    actor: Actor,
    find: Callable[[Any, str], int | None],
    do: Callable[[Transaction, int], object],
) -> bool:
    """One undo or redo; False when there is nothing to take."""
    with database.transaction(actor, "turn") as tx:
        found = find(tx, actor.handle)
        if found is not None:
            do(tx, found)
    return found is not None


EVERYTHING = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(actions=ACTIONS)
@EVERYTHING
def test_undoing_everything_leads_back_and_redoing_leads_forth(
    template_database: Path, actions: list[list[Step]]
) -> None:
    with fresh(template_database) as database:
        seen = [state(database)]
        for steps in actions:
            before = changes_of(database)
            act(database, SARA, steps)
            if changes_of(database) != before:
                seen.append(state(database))
        made = living(seen)
        for expected in reversed(made[:-1]):
            assert turn(database, SARA, changes.latest_action, changes.undo)
            assert living([state(database)]) == [expected]
        assert not turn(database, SARA, changes.latest_action, changes.undo)
        for expected in made[1:]:
            assert turn(database, SARA, changes.latest_undo, changes.redo)
            assert living([state(database)]) == [expected]
        assert not turn(database, SARA, changes.latest_undo, changes.redo)
        with database.transaction(SARA, "check") as tx:
            tx.execute("INSERT INTO contact_fts(contact_fts, rank) VALUES ('integrity-check', 1)")


def changes_of(database: Database) -> int:
    with database.reader() as conn:
        return changes.last_seq(conn)


def living(states: list[dict[str, list[tuple[Any, ...]]]]) -> list[dict[str, list[tuple[Any, ...]]]]:
    """The states without records that are gone: what an undo takes away stays in its table, marked."""
    told = []
    for one in states:
        there = {row[0] for row in one["contact"] if row[-1]}
        kept = {}
        for table, rows in one.items():
            if table in ("phone", "email", "contact_tag"):
                kept[table] = [row for row in rows if row[0] in there]
            else:
                kept[table] = [row for row in rows if row[-1]]
        told.append(kept)
    return told


@given(actions=ACTIONS, who=st.lists(st.booleans(), min_size=12, max_size=12))
@EVERYTHING
def test_an_undo_between_others_work_is_whole_or_nothing(
    template_database: Path, actions: list[list[Step]], who: list[bool]
) -> None:
    with fresh(template_database) as database:
        for steps, mine in zip(actions, who, strict=False):
            act(database, SARA if mine else REZA, steps)
        for mine in who:
            before = state(database)
            actor = SARA if mine else REZA
            try:
                done = turn(database, actor, changes.latest_action, changes.undo)
            except Conflict:
                assert state(database) == before
                continue
            after = state(database)
            if done:
                assert turn(database, actor, changes.latest_undo, changes.redo)
                assert living([state(database)]) == living([before])
                assert turn(database, actor, changes.latest_action, changes.undo)
                assert state(database) == after
