"""Worklists and whom one owes a call, at 100,000 contacts: a page begins in an index and ends when it is full.

Counts steps of SQLite's machine instead of time, in thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.storage.records import SARA
from tests.storage.test_filter_plans import FILL, MANY, VIP, steps, term
from tests.storage.test_plans import plans, scans
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Database
from tuicrm.storage.queries import cadences, worklists
from tuicrm.storage.queries.chosen import ALL
from tuicrm.storage.queries.filtered import compiled
from tuicrm.storage.queries.worklists import Round

pytestmark = pytest.mark.xdist_group("worklist plans")
"""Its large database is made once, not by each process."""

NOW = "2026-11-22T06:00:00.000000Z"
EVERYBODY, FEW = 1, 2
LISTS = (
    *(
        f"""INSERT INTO saved_filter (id, what, name, name_key, text, members, created_at)
        VALUES ({number}, 'contacts', '{number}', '{number}', '', 1, '{NOW}')"""
        for number in (EVERYBODY, FEW)
    ),
    f"""INSERT INTO worklist_member (saved_filter_id, contact_id, agent, at)
    SELECT {EVERYBODY}, id, 'sara', '{NOW}' FROM contact ORDER BY id * 7919 % 100003""",
    f"""INSERT INTO worklist_member (saved_filter_id, contact_id, agent, at)
    SELECT {FEW}, id, 'sara', '{NOW}' FROM contact WHERE id % 500 = 1""",
)
ROUND = Round(NOW, ("wrong_number",))
CALLED = Round("2023-11-15T00:00:00.000000Z", ("wrong_number",))
"""A round in which all but a few were called."""
SORTED = ("a rare tag", "hardly anybody is left")


@pytest.fixture(scope="module", params=["as it grew", "analysed"])
def big(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """100,000 contacts, calls and members of a list; half of the people are to be called every 30 days by a tag."""
    path = tmp_path_factory.getbasetemp() / "worklist-plans" / "crm.db"
    fresh = not path.exists()
    with Database.open(path) as database:
        with database.transaction(SARA, "fill") as tx:
            for statement in (*FILL, *LISTS) if fresh else ():
                tx.execute(statement)
            if fresh:
                cadences.put_talks(tx, {"connected": True, "no_answer": False}, {"sms": True})
                cadences.put_tags(tx, {"many": 30})
            if request.param == "analysed":
                tx.execute("ANALYZE")
        yield database


READS: dict[str, tuple[Callable[[Connection], object], int]] = {
    "whom one owes a call": (lambda conn: worklists.owed(conn, "sara", NOW, None, 50), 300),
    "how many those are": (lambda conn: worklists.count_owed(conn, "sara", NOW), 700),
    "everybody": (lambda conn: worklists.not_called(conn, ROUND, ALL, None, 50), 700),
    "a rare tag": (
        lambda conn: worklists.not_called(conn, ROUND, compiled("contacts", [term("tag", VIP)]), None, 50),
        50,
    ),
    "a common tag": (
        lambda conn: worklists.not_called(conn, ROUND, compiled("contacts", [term("tag", MANY)]), None, 50),
        1_500,
    ),
    "all by names": (lambda conn: worklists.members_not_called(conn, ROUND, EVERYBODY, None, 50), 20),
    "some by names": (lambda conn: worklists.members_not_called(conn, ROUND, FEW, None, 50), 20),
    "hardly anybody is left": (
        lambda conn: worklists.members_not_called(conn, CALLED, EVERYBODY, None, 50),
        100,
    ),
    "nobody was called in vain": (
        lambda conn: worklists.to_call_again(conn, ROUND, worklists.on_list(EVERYBODY), None, 50),
        300,
    ),
    "whether somebody is on a list": (lambda conn: worklists.membership(conn, EVERYBODY, [7, 8]), 1),
    "on which lists somebody is": (lambda conn: worklists.memberships(conn, 7), 1),
}


@pytest.mark.xdist_group("worklist plans")
@pytest.mark.parametrize("name", READS)
def test_a_page_begins_in_an_index_and_ends_when_it_is_full(big: Database, name: str) -> None:
    read, most = READS[name]
    with big.reader() as conn:
        for sql, plan in plans(conn, lambda: read(conn)).items():
            assert [step for step in scans(plan) if "json_each" not in step] == [], sql
            assert not any("TEMP B-TREE" in step for step in plan) or name in SORTED, (sql, plan)
        assert steps(conn, lambda: read(conn)) < most, name


@pytest.mark.xdist_group("worklist plans")
def test_who_is_owed_a_call_is_counted_in_the_index_alone(big: Database) -> None:
    with big.reader() as conn:
        [plan] = plans(conn, lambda: worklists.count_owed(conn, "sara", NOW)).values()
        assert plan == ["SEARCH c USING COVERING INDEX ix_contact_touch_key (touch_key<?)"]
        assert worklists.count_owed(conn, "sara", NOW) > 10_000
