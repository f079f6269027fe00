"""The agenda at 100,000 open follow-ups: a page of it seeks in an index and reads no more than it shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.storage.records import SARA
from tests.storage.test_plans import plans, scans
from tuicrm.domain.filter_values import Meant, Span
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Database
from tuicrm.storage.queries import agenda, queue
from tuicrm.storage.queries.filtered import compiled

pytestmark = pytest.mark.xdist_group("agenda plans")
"""Its large database is made once, not by each process."""

CONTACTS, OPEN, CLOSED = 20_000, 100_000, 60_000
_N = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
_AT = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1760000000 + i * 7919 % {count} * 300, 'unixepoch')"
_COLUMNS = "contact_id, reason, due_on, due_time, zone, due_key, first_due_on, assignee, state, created_at"


def _follow_ups(count: int, state: str) -> str:
    at = _AT.format(count=count)
    return f"""{_N.format(count=count)} INSERT INTO follow_up ({_COLUMNS})
    SELECT i % {CONTACTS} + 1, 'reason ' || i, substr({at}, 1, 10), '09:00', 'UTC', {at}, '2026-11-01',
      'agent' || (i % 20), {state}, {at} FROM n"""


FILL = (
    f"""{_N.format(count=CONTACTS)} INSERT INTO contact (name, name_key, words, glued, created_at, updated_at)
    SELECT 'person ' || i, 'person ' || i, 'person ' || i, 'person' || i, '2026', '2026' FROM n""",
    _follow_ups(OPEN, "'open'"),
    _follow_ups(CLOSED, "iif(i % 30, 'done', 'exhausted')"),
)
MIDDLE = ("2026-04-01T00:00:00.000000Z", False, 5)
THEN = queue.Moment(
    now=MIDDLE[0],
    late=MIDDLE[0],
    soon=MIDDLE[0],
    since=MIDDLE[0],
    end="2026-04-02",
    today="2026-04-01",
    zone="UTC",
    day_in=lambda _: "2026-04-01",
)
MINE = Meant("agent", ("agent3",))
LATE = Meant("overdue", (Span("2026-04-01T00:00:00.000000Z", "2026-04-01"),))
WEEK = Meant("due", (Span("2026-04-01T00:00:00.000000Z", "2026-04-08T00:00:00.000000Z"),))
GIVEN_UP = Meant("state", ("exhausted",))


@pytest.fixture(scope="module", params=["as it grew", "analysed"])
def big(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """With and without the statistics of ``ANALYZE``."""
    path = tmp_path_factory.getbasetemp() / "agenda-plans" / "crm.db"
    fresh = not path.exists()
    with Database.open(path) as database:
        with database.transaction(SARA, "fill") as tx:
            for statement in FILL if fresh else ():
                tx.execute(statement)
            if request.param == "analysed":
                tx.execute("ANALYZE")
        yield database


def steps(conn: Connection, chosen: agenda.Chosen, after: agenda.Place | None, *, backward: bool) -> int:
    """Hundreds of steps of SQLite's machine that a page takes."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    conn.raw.set_progress_handler(count, 100)
    try:
        assert agenda.page(conn, chosen, after=after, backward=backward, limit=101)
    finally:
        conn.raw.set_progress_handler(None, 0)
    return taken


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("after", [None, MIDDLE])
@pytest.mark.parametrize(
    ("state", "terms", "index"),
    [
        ("open", [], "ix_follow_up_due"),
        ("open", [MINE], "ix_follow_up_open"),
        ("open", [MINE, LATE], "ix_follow_up_open"),
        ("open", [WEEK], "ix_follow_up_due"),
        ("closed", [GIVEN_UP], "ix_follow_up_closed"),
    ],
)
def test_a_page_of_the_agenda_is_read_in_the_order_of_an_index(
    big: Database,
    state: agenda.State,
    terms: list[Meant],
    index: str,
    after: agenda.Place | None,
    *,
    backward: bool,
) -> None:
    chosen = agenda.Chosen(state, compiled("followups", terms))
    with big.reader() as conn:
        # from an end of what is late or of a week, and from a place inside the others
        start = None if terms and terms[-1] in (LATE, WEEK) else after
        read = plans(conn, lambda: agenda.page(conn, chosen, after=start, backward=backward, limit=101))
        for plan in read.values():
            assert all(f"INDEX {index}" in step for step in scans(plan)), plan
            assert any(f"INDEX {index}" in step.split("(")[0].rstrip() for step in plan), plan
            assert not any("TEMP B-TREE FOR ORDER BY" in step for step in plan), plan
        assert steps(conn, chosen, start, backward=backward) < (400 if LATE in terms else 100)


def test_a_day_and_the_line_above_are_counted_in_bounds(big: Database) -> None:
    everything = agenda.Chosen("open", compiled("followups", []))
    with big.reader() as conn:
        read = plans(conn, lambda: agenda.in_span(conn, everything, MIDDLE[0], "2026-04-02", 1000))
        assert not [step for plan in read.values() for step in scans(plan)]
        assert agenda.in_span(conn, everything, MIDDLE[0], "2026-04-02", 100) == 100
        found = agenda.counted(conn, everything, THEN, most=2_001)
        assert found.all == found.late == 2_001
