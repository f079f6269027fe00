"""The call queue with 100,000 open follow-ups, of one agent or spread over twenty; timed and untimed, in two zones."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from benchmarks.people import contacts
from benchmarks.places import AGENT, opened
from tuicrm.services.context import Crm
from tuicrm.tui.screens import reads

OPEN = 100_000
PEOPLE = 20_000
ROUNDS = 15
BUDGET_MS = 100

_OWED = f"""
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {OPEN})
INSERT INTO follow_up (contact_id, reason, due_on, due_time, zone, due_key, first_due_on, assignee, created_at)
SELECT i * 7919 % {PEOPLE} + 1, 'call back', date('now', '-' || (i % 20) || ' days'),
  CASE WHEN i % 2 THEN '10:00' END, CASE WHEN i % 10 THEN 'Asia/Tehran' ELSE 'Europe/Berlin' END,
  strftime('%Y-%m-%dT%H:%M:%S.000000Z', 'now', '-' || (i % 20) || ' days', '+' || (i % 600) || ' minutes'),
  '2026-01-01', CASE WHEN i % :agents THEN 'agent' || (i % :agents) ELSE :me END, '2026-01-01T00:00:00.000000Z'
FROM n
"""


def figures(folder: Path, *, long: bool = False) -> Iterator[Figure]:
    """All that Today reads when it opens, on a reader's thread: rows, counts, who was called last."""
    people = contacts(folder, PEOPLE)
    for agents, whose in ((1, "one agent's"), (20, "spread over 20")):
        path = folder / f"queue-{agents}.db"
        shutil.copy(people, path)
        crm = opened(path)
        with crm.database.transaction(crm.actor, "fill") as tx:
            tx.execute(_OWED, {"agents": agents, "me": AGENT})
        took = sorted(_ms(crm) for _ in range(ROUNDS * (3 if long else 1)))
        crm.close()
        yield Figure(
            f"Today with {OPEN:,} open follow-ups, {whose}, p50", median(took), "ms", None, BUDGET_MS
        )
        yield Figure(
            f"the same, slowest of {len(took)}", took[-1], "ms", None, BUDGET_MS, note="rows, counts, order"
        )


def _ms(crm: Crm) -> float:
    started = time.perf_counter()
    reads.day(crm)
    return (time.perf_counter() - started) * 1000
