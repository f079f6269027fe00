"""Filters at 100,000 contacts and 100,000 calls: indexed where few records fit, and bounded where many do.

Counts steps of SQLite's machine instead of time: what reads every call row takes tens of millions of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.storage.records import SARA
from tests.storage.test_plans import _NUMBERS, CONTACTS, plans, scans
from tests.storage.test_plans import FILL as PEOPLE
from tuicrm.domain.filter_values import Beginnings, Last, Meant, Span, Tags
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Database
from tuicrm.storage.queries import calls, contacts
from tuicrm.storage.queries.chosen import FEW, SOME, Where
from tuicrm.storage.queries.filtered import compiled

pytestmark = pytest.mark.xdist_group("filter plans")
"""Its large database is made once, not by each process."""

CALLS = 100_000
_WORDS = ["price", "pump", "radiator", "quote", "delivery", "leak", "invoice", "boiler", "contract", "list"]
_AT = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1700000000 + i * 90, 'unixepoch')"
FILL = (
    *(statement for statement in PEOPLE if "INTO interaction" not in statement),
    f"""{_NUMBERS.format(count=CALLS)},
    w(d, t) AS (VALUES {", ".join(f"({place}, '{word}')" for place, word in enumerate(_WORDS))})
    INSERT INTO interaction
      (uid, action_id, contact_id, agent, outcome, topic, note, words, started_at, saved_at, duration_s)
    SELECT 'u' || i, 1, i * 7919 % {CONTACTS} + 1, 'agent' || (i % 20), iif(i % 10, 'connected', 'no_answer'),
      iif(i % 50, NULL, 'quote'), a.t || ' word' || (i % 5000), a.t || ' word' || (i % 5000), {_AT}, {_AT}, i % 600
    FROM n JOIN w AS a ON a.d = n.i % 10""",
    "INSERT INTO contact_tag (contact_id, tag, position) SELECT id, 'vip', 0 FROM contact WHERE id % 1000 = 0",
    "INSERT INTO contact_tag (contact_id, tag, position) SELECT id, 'many', 1 FROM contact WHERE id % 2 = 0",
    "UPDATE contact SET owner = 'sara' WHERE id % 500 = 0",
    "UPDATE contact SET do_not_call = 1 WHERE id % 2000 = 0",
)


@pytest.fixture(scope="module", params=["as it grew", "analysed"])
def big(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """100,000 contacts and as many calls, with and without the statistics of ``ANALYZE``."""
    path = tmp_path_factory.getbasetemp() / "filter-plans" / "crm.db"
    fresh = not path.exists()
    with Database.open(path) as database:
        with database.transaction(SARA, "fill") as tx:
            for statement in FILL if fresh else ():
                tx.execute(statement)
            if request.param == "analysed":
                tx.execute("ANALYZE")
        yield database


def term(key: str, *options: object, negated: bool = False) -> Meant:
    return Meant(key, options, negated)  # type: ignore[arg-type]


def words(*typed: str) -> Meant:
    return term("", Beginnings(typed))


def of_calls(conn: Connection, where: Where) -> list[int]:
    return [row.id for row in calls.page(conn, before=None, limit=100, filters={}, chosen=where)]


def of_contacts(conn: Connection, where: Where) -> list[int]:
    found = contacts.page(conn, after=None, limit=100, backward=False, chosen=where)
    return [row.id for _, row in found]


def steps(conn: Connection, run: object) -> int:
    """Steps of SQLite's machine, in thousands, that it takes."""
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    conn.raw.set_progress_handler(step, 1000)
    try:
        run()  # type: ignore[operator]
    finally:
        conn.raw.set_progress_handler(None, 1000)
    return count


VIP, MANY = Tags("vip", ("vip",)), Tags("many", ("many",))
NARROW: dict[str, tuple[str, tuple[Meant, ...]]] = {
    "a rare word of notes": ("calls", (words("word4321"),)),
    "a rare word and an outcome": ("calls", (words("word4321"), term("outcome", "connected"))),
    "a rare tag": ("contacts", (term("tag", VIP),)),
    "an owner": ("contacts", (term("owner", "sara"),)),
    "do not call": ("contacts", (term("dnc", True),)),
    "due in a day": ("contacts", (term("due", Span("2026-11-05", "2026-11-05T00")),)),
    "not called since": ("contacts", (term("called", Last(Span("2023-11-14", "2023-11-14T22:20"))),)),
}


@pytest.mark.xdist_group("filter plans")
@pytest.mark.parametrize("name", NARROW)
def test_a_filter_that_few_fit_begins_with_them(big: Database, name: str) -> None:
    what, terms = NARROW[name]
    read = of_calls if what == "calls" else of_contacts
    with big.reader() as conn:
        found = plans(conn, lambda: read(conn, compiled(what, terms)))
        for sql, plan in found.items():
            # a scan of a partial index is a scan of those who fit; FTS5 asks its own settings
            own = ("json_each", "ix_contact_do_not_call", "_fts_config")
            assert [step for step in scans(plan) if not any(name in step for name in own)] == [], sql
        listing = next(plan for sql, plan in found.items() if "ORDER BY" in sql)
        first = (
            "SEARCH i USING INTEGER PRIMARY KEY" if what == "calls" else "SEARCH c USING INTEGER PRIMARY KEY"
        )
        assert listing[0].startswith(first), listing
        assert steps(conn, lambda: read(conn, compiled(what, terms))) < 200, name


BROAD: dict[str, tuple[str, tuple[Meant, ...], int]] = {
    "all calls": ("calls", (), 10),
    "an agent's": ("calls", (term("agent", "agent3"),), 10),
    "an outcome": ("calls", (term("outcome", "no_answer"),), 60),
    "nothing of that kind": ("calls", (term("outcome", "never"), term("topic", "quote")), 2_000),
    "a common word": ("calls", (words("price"),), 1_000),
    "a common word of nobody": ("calls", (words("price"), term("outcome", "never")), 3_000),
    "two common words": ("calls", (words("price"), words("word1"), term("agent", "agent3")), 4_000),
    "a word denied": ("calls", (term("", Beginnings(("price",)), negated=True),), 1_000),
    "a day": ("calls", (term("day", Span("2023-11-20", "2023-11-21")),), 20),
    "a common tag": ("contacts", (term("tag", MANY),), 1_500),
    "a common beginning": ("contacts", (words("k"),), 600),
    "not that tag": ("contacts", (term("tag", VIP, negated=True),), 50),
    "spoken to": ("contacts", (term("spoke", Last(Span("2023-11-15", None), ("connected",))),), 6_000),
    "how many calls": ("contacts", (term("calls", Span(50, 51)),), 6_000),
}


@pytest.mark.xdist_group("filter plans")
@pytest.mark.parametrize("name", BROAD)
def test_a_filter_that_many_fit_is_bounded(big: Database, name: str) -> None:
    what, terms, most = BROAD[name]
    read = of_calls if what == "calls" else of_contacts
    with big.reader() as conn:
        assert steps(conn, lambda: read(conn, compiled(what, terms))) < most, name


@pytest.mark.xdist_group("filter plans")
def test_a_filter_of_calls_passes_over_an_index_and_reads_no_row_that_does_not_fit(big: Database) -> None:
    chosen = compiled("calls", [term("outcome", "never"), term("direction", "in")])
    with big.reader() as conn:
        found = plans(conn, lambda: calls.totals(conn, chosen, 1000))
        (plan,) = found.values()
        assert any("USING COVERING INDEX ix_interaction_started" in step for step in plan), plan


@pytest.mark.xdist_group("filter plans")
def test_the_same_calls_are_found_however_many_fit(big: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few, some or many: three ways to read one list."""
    filters = [
        [words("word43"), term("agent", "agent3")],
        [words("price"), term("topic", "quote")],
        [term("tag", VIP), words("kari")],
    ]
    with big.reader() as conn:
        for terms in filters:
            found = []
            for few, some in ((FEW, SOME), (0, SOME), (0, 0)):
                monkeypatch.setattr("tuicrm.storage.queries.chosen.FEW", few)
                monkeypatch.setattr("tuicrm.storage.queries.chosen.SOME", some)
                found.append(of_calls(conn, compiled("calls", terms)))
            assert found[0] == found[1] == found[2]
            assert found[0]
