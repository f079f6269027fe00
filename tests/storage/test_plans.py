"""At 100,000 contacts no list, search or undo reads a table from end to end: every plan seeks in an index.

The statements are caught while the functions run, so that what is explained is what is executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.storage.records import SARA
from tuicrm.domain import fold, models
from tuicrm.storage import batches, changes, search, turning
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Database
from tuicrm.storage.queries import calls, claimed, contacts, deeds, known, queue, reminders

CONTACTS = 100_000

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
_SYLLABLES = ("ka", "ri", "mi", "le", "sho", "ba", "ne", "to", "vi", "ra")

_DAY = "'2026-11-' || substr('0' || (i % 30 + 1), -2) || 'T00:00:00.000000Z'"
_CONTACT = f"(i * 7919 % {CONTACTS} + 1)"

# Names of four syllables, chosen by the digits of the number: spread evenly, the same each time.
FILL = (
    f"""{_NUMBERS.format(count=CONTACTS)},
    s(d, t) AS (VALUES {", ".join(f"({d}, '{t}')" for d, t in enumerate(_SYLLABLES))}),
    named(i, a, b) AS (SELECT n.i, s1.t || s2.t, s3.t || s4.t FROM n
      JOIN s AS s1 ON s1.d = n.i % 10 JOIN s AS s2 ON s2.d = n.i / 10 % 10
      JOIN s AS s3 ON s3.d = n.i / 100 % 10 JOIN s AS s4 ON s4.d = n.i / 1000 % 10)
    INSERT INTO contact (id, name, name_key, words, glued, created_at, updated_at)
    SELECT i, a || ' ' || b, a || ' ' || b, a || ' ' || b, a || b, '2026', '2026' FROM named""",
    "INSERT INTO contact_fts (rowid, words) SELECT id, words FROM contact",
    f"""{_NUMBERS.format(count=CONTACTS)} INSERT INTO phone (contact_id, position, raw, e164, reversed)
    SELECT i, 0, i, '+98' || (9120000000 + i * 7919 % 9999991), (i * 7919 % 9999991) || '2198' FROM n""",
    f"""{_NUMBERS.format(count=5_000)} INSERT INTO action (at, agent, via, verb)
    SELECT {_DAY}, 'agent' || (i % 20), 'demo', 'fill' FROM n""",
    f"""{_NUMBERS.format(count=20_000)} INSERT INTO interaction
    (uid, action_id, contact_id, agent, outcome, started_at, saved_at)
    SELECT 'u' || i, 1, {_CONTACT}, 'agent' || (i % 20), 'n', {_DAY}, {_DAY} FROM n""",
    f"""{_NUMBERS.format(count=20_000)} INSERT INTO follow_up
    (contact_id, due_on, zone, due_key, first_due_on, assignee, created_at)
    SELECT {_CONTACT}, substr({_DAY}, 1, 10), 'UTC', {_DAY}, '2026-11-01', 'agent' || (i % 20), {_DAY} FROM n""",
    f"""{_NUMBERS.format(count=20_000)} INSERT INTO change
    (action_id, at, agent, via, verb, entity, entity_id, digest)
    SELECT i / 4 + 1, {_DAY}, 'agent', 'demo', 'fill', 'contact', i, '' FROM n WHERE i < 20000""",
    "INSERT OR IGNORE INTO spelling (deletion, stem) SELECT substr(words, 1, 3), substr(words, 1, 4) FROM contact",
)


@pytest.fixture(scope="module", params=["as it grew", "analysed"])
def big(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """100,000 contacts, with and without the statistics that ``ANALYZE`` would give the planner."""
    with Database.open(_filled(tmp_path_factory, request.param)) as database:
        yield database


def _filled(factory: pytest.TempPathFactory, how: str) -> Path:
    path = factory.getbasetemp() / "plans" / "crm.db"
    fresh = not path.exists()
    with Database.open(path) as database, database.transaction(SARA, "fill") as tx:
        for statement in FILL if fresh else ():
            tx.execute(statement)
        if how == "analysed":
            tx.execute("ANALYZE")
    return path


def plans(conn: Connection, run: Callable[[], object]) -> dict[str, list[str]]:
    """Every SELECT that ``run`` executes, with the steps of its plan."""
    seen: list[str] = []
    conn.raw.set_trace_callback(seen.append)
    try:
        run()
    finally:
        conn.raw.set_trace_callback(None)
    # A trace also tells what full-text search asks its own tables ("-- SELECT ...").
    asked = [sql for sql in seen if re.match(r"\s*(SELECT|WITH)\b", sql) and "contact_fts_" not in sql]
    assert asked, "nothing was executed"
    return {sql: [row["detail"] for row in conn.all(f"EXPLAIN QUERY PLAN {sql}")] for sql in asked}


def scans(steps: list[str]) -> list[str]:
    """The steps that read a table from end to end: not an index's range, a virtual table or a set made before."""
    made = {step.split()[1] for step in steps if step.startswith(("MATERIALIZE", "CO-ROUTINE"))}
    found = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
    small = ("CONSTANT ROW", "(subquery", *made, "r")
    return [step for step in found if not step.removeprefix("SCAN ").startswith(small)]


def names(conn: Connection, text: str) -> list[search.Hit]:
    return search.by_name(conn, fold.words(text), fold.glued(text), agent="agent3")


def lines(conn: Connection, text: str) -> object:
    hits = names(conn, text)
    assert hits, text
    return search.rows(conn, hits)


RINGS = "2026-11-22T06:00:00.000000Z"

NOON = queue.Moment(
    now="2026-11-15T12:00:00.000000Z",
    late="2026-11-15T11:59:00.000000Z",
    soon="2026-11-15T12:05:00.000000Z",
    since="2026-11-14T10:00:00.000000Z",
    end="2026-11-16T00:00:00.000000Z",
    today="2026-11-15",
    zone="UTC",
    day_in=lambda _: "2026-11-15",
)

READS: dict[str, Callable[[Connection], object]] = {
    "one letter": lambda conn: lines(conn, "k"),
    "a beginning": lambda conn: lines(conn, "kari"),
    "two words": lambda conn: lines(conn, "kari mile"),
    "a whole name": lambda conn: lines(conn, "riri kaka"),
    "spaces elsewhere": lambda conn: lines(conn, "karimile"),
    "one slip": lambda conn: lines(conn, "kari milx"),
    "nobody": lambda conn: names(conn, "zzzzz yyyyy"),
    "the end of a number": lambda conn: search.by_number(conn, "8912", agent="agent3"),
    "the beginning of a number": lambda conn: search.by_number(conn, "", ("+98912",)),
    "lines of a list": lambda conn: contacts.rows(conn, range(1, 41)),
    "what rings now": lambda conn: reminders.candidates(conn, "agent3", RINGS, RINGS, "2026-12"),
    "what rings next": lambda conn: reminders.next_due(conn, "agent3", RINGS),
    "what rings ahead": lambda conn: reminders.with_alarm(conn, "agent3", RINGS, RINGS, "2026-12"),
    "an agent's last action": lambda conn: changes.latest_action(conn, "agent3"),
    "an agent's last undo": lambda conn: changes.latest_undo(conn, "agent3"),
    "what an action did": lambda conn: changes.of_action(conn, 404),
    "a record's history": lambda conn: changes.history(conn, entity="contact", record=77),
    "a person's history": lambda conn: deeds.deeds(
        conn, deeds.of_record(conn, "contact", [77], None, 50), entity="contact", ids=[77]
    ),
    "a person's changes": lambda conn: deeds.changes_of_record(conn, "contact", [77], None, 50),
    "what an agent did": lambda conn: deeds.deeds(conn, deeds.of_agent(conn, "agent3", None, 50)),
    "what was done of late": lambda conn: deeds.of_all(conn, None, 50),
    "names of a history": lambda conn: deeds.names(
        conn, {kind: [7, 77] for kind in ("contact", "call", "followup", "ticket", "ticket_event")}
    ),
    "the newest changes": lambda conn: changes.history(conn, before=9000),
    "changes since": lambda conn: changes.changed_since(conn, 19_990),
    "the newest seq": lambda conn: changes.last_seq(conn),
    "namesakes of a file's rows": lambda conn: known.by_name(conn, ["ririkaka", "karimile"]),
    "deleted namesakes": lambda conn: known.by_name(conn, ["ririkaka"], gone=True),
    "who has the numbers": lambda conn: known.by_e164(conn, ["+989120000001"]),
    "who has the endings": lambda conn: known.by_ending(conn, ["7654321"]),
    "who has the addresses": lambda conn: known.by_email(conn, ["K@example.com"]),
    "namesakes without a number": lambda conn: known.unreached(conn, range(1, 65)),
    "contacts of a slice": lambda conn: known.records(conn, range(1, 65)),
    "whose making was taken back": lambda conn: known.unmade(conn, range(1, 65)),
    "an agent's open imports": lambda conn: batches.open_ones(conn, "agent3"),
    "the import of an action": lambda conn: batches.of_action(conn, 404),
    "the undos of an action": lambda conn: turning.Turn(conn, 404, 404),
    "an agent's earlier notes": lambda conn: calls.notes_of_agent(conn, "agent3", 50),
    "whom an agent spoke to last": lambda conn: calls.last_spoken(conn, "agent3", 50),
    "how much each part of the queue has": lambda conn: queue.sizes(conn, "agent3", NOON, 200),
    "what was tried in vain": lambda conn: queue.exhausted(conn, "agent3", 50),
    "how many were tried in vain": lambda conn: queue.count_exhausted(conn, None, 50),
    "the last outcomes": lambda conn: calls.last_outcomes(conn, range(1, 41)),
    "who counts as one person": lambda conn: claimed.one_person(conn, 77, 10),
    "what an undo has left": lambda conn: turning.Turn(conn, 404, 404, 1).earlier(conn, 405),
}


@pytest.mark.xdist_group("plans")
@pytest.mark.parametrize("read", READS)
def test_no_read_scans_a_table(big: Database, read: str) -> None:
    with big.reader() as conn:
        for sql, steps in plans(conn, lambda: READS[read](conn)).items():
            assert scans(steps) == [], sql


@pytest.mark.xdist_group("plans")
@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
def test_a_page_of_contacts_seeks_to_its_key_and_sorts_nothing(big: Database, backward: bool) -> None:
    with big.reader() as conn:
        found = plans(
            conn, lambda: contacts.page(conn, after=("leba neto", 5000), limit=100, backward=backward)
        )
        for sql, steps in found.items():
            assert scans(steps) == [], sql
            assert steps[0].startswith("SEARCH c USING INDEX ix_contact_name_key (name_key"), steps[0]
            assert not any("ORDER BY" in step for step in steps if "SUBQUERY" not in step), steps


@pytest.mark.xdist_group("plans")
@pytest.mark.parametrize("part", queue.PARTS)
def test_a_part_of_the_queue_seeks_to_its_range_and_sorts_nothing(
    big: Database, part: models.QueuePart
) -> None:
    with big.reader() as conn:
        found = plans(conn, lambda: queue.part(conn, part, "agent3", NOON, 200))
        assert len(found) == 2
        for steps in found.values():
            assert "SEARCH f USING INDEX ix_follow_up_queue (assignee=? AND <expr>=? AND due_key" in steps[0]
            assert steps[1:] == [
                "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)",
                "CORRELATED SCALAR SUBQUERY 1",  # the number of somebody without a name
                "SEARCH p USING INDEX ix_phone_contact (contact_id=?)",
            ]


@pytest.mark.xdist_group("plans")
@pytest.mark.parametrize("few", [0, queue.FEW], ids=["many not to be called", "few not to be called"])
def test_the_queue_is_counted_in_its_index_alone(
    big: Database, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "FEW", few)
    with big.reader() as conn:
        found = plans(conn, lambda: queue.counts(conn, "agent3", NOON))
        counted = [steps for sql, steps in found.items() if sql.startswith("SELECT count(*) FROM follow_up")]
        assert len(counted) == 6
        for steps in counted:
            assert "SEARCH f USING COVERING INDEX ix_follow_up_queue (assignee=? AND <expr>=?" in steps[0]


CALL_FILTERS: dict[str, tuple[dict[str, object], str]] = {
    "all": ({}, "ix_interaction_started"),
    "of a time": ({"since": "2026-11-10", "until": "2026-11-20"}, "ix_interaction_started"),
    "of an agent": ({"agent": "agent3"}, "ix_interaction_agent"),
    "of an agent's time": ({"agent": "agent3", "since": "2026-11-10"}, "ix_interaction_agent"),
    "of a contact": ({"contact": 77}, "ix_interaction_contact"),
}


@pytest.mark.xdist_group("plans")
@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
@pytest.mark.parametrize("which", CALL_FILTERS)
def test_a_page_of_calls_seeks_to_its_moment_and_sorts_nothing(
    big: Database, which: str, backward: bool
) -> None:
    filters, index = CALL_FILTERS[which]
    with big.reader() as conn:
        found = plans(
            conn, lambda: calls.page(conn, before=500, limit=100, filters=filters, backward=backward)
        )
        steps = next(steps for sql, steps in found.items() if "ORDER BY" in sql)
        assert f"SEARCH i USING INDEX {index} (" in steps[0], steps
        assert "started_at" in steps[0], steps
        assert not any("ORDER BY" in step or step.startswith("SCAN") for step in steps), steps


@pytest.mark.xdist_group("plans")
def test_searches_of_a_name_that_everybody_shares_stay_bounded(big: Database) -> None:
    """Counts steps of SQLite's machine instead of time: a search that reads all hits takes millions of them."""
    with big.reader() as conn:
        for text in ("k", "ka", "kari", "kari ri"):
            assert _machine_steps(conn, text) < 400_000, text


def _machine_steps(conn: Connection, text: str) -> int:
    count = 0

    def step() -> int:
        nonlocal count
        count += 1000
        return 0

    conn.raw.set_progress_handler(step, 1000)
    try:
        lines(conn, text)
    finally:
        conn.raw.set_progress_handler(None, 1000)
    return count
