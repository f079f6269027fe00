"""The demo: the same for the same seed and moment, whole, and gone afterwards."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Conflict, NotFound
from tuicrm.domain.fold import has_rtl
from tuicrm.domain.models import NewContact
from tuicrm.services import contacts, demo, history, today
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings

ZONE = "Asia/Tehran"
NOW = datetime(2026, 11, 22, 11, 30, tzinfo=ZoneInfo(ZONE))


def opened(path: Path, agent: str = "mina") -> Crm:
    settings = Settings(database=str(path), agent=agent, zone=ZONE)
    return open_crm(settings, via="tui", clock=FrozenClock(NOW))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Crm:
    crm = opened(tmp_path_factory.mktemp("demo") / "demo.db")
    demo.fill(crm)
    return crm


def counts(crm: Crm, sql: str) -> dict[str, int]:
    with crm.database.reader() as conn:
        return {row[0]: row[1] for row in conn.all(sql)}


def value(crm: Crm, sql: str) -> object:
    with crm.database.reader() as conn:
        return conn.value(sql)


def test_it_has_four_hundred_people_half_of_them_with_persian_names(filled: Crm) -> None:
    with filled.database.reader() as conn:
        names = [row["name"] for row in conn.all("SELECT name FROM contact")]
    assert len(names) == 400
    assert 160 <= sum(has_rtl(name) for name in names) <= 200


def test_it_has_three_agents_and_the_one_who_opens_it_is_one_of_them(filled: Crm) -> None:
    assert set(counts(filled, "SELECT handle, 1 FROM agent")) == {"mina", "sara", "omid"}


def test_an_agent_named_like_a_colleague_takes_that_place(tmp_path: Path) -> None:
    crm = opened(tmp_path / "demo.db", agent="sara")
    demo.fill(crm)
    assert set(counts(crm, "SELECT handle, 1 FROM agent")) == {"sara", "omid", "kate"}


def test_calls_cover_ninety_days_up_to_now_in_order(filled: Crm) -> None:
    with filled.database.reader() as conn:
        moments = [row[0] for row in conn.all("SELECT started_at FROM interaction ORDER BY id")]
    assert moments == sorted(moments)
    assert moments[0] < "2026-08-28"
    assert "2026-11-22" < moments[-1] < "2026-11-22T08:00:00"
    assert len(moments) > 1000


def test_every_outcome_follow_up_state_ticket_status_and_priority_is_there(filled: Crm) -> None:
    process = filled.process()
    assert set(counts(filled, "SELECT outcome, count(*) FROM interaction GROUP BY 1")) == {
        outcome.code for outcome in process.outcomes
    }
    assert set(counts(filled, "SELECT state, count(*) FROM follow_up GROUP BY 1")) == {
        "open",
        "done",
        "cancelled",
        "exhausted",
    }
    assert set(counts(filled, "SELECT status, count(*) FROM ticket GROUP BY 1")) == {
        s.code for s in process.statuses
    }
    unresolved = "SELECT priority, count(*) FROM ticket WHERE category <> 'resolved' GROUP BY 1"
    assert set(counts(filled, unresolved)) == {p.code for p in process.priorities}


def test_something_is_overdue_and_something_is_still_to_come_today(filled: Crm) -> None:
    figures = today.counts(filled)
    assert figures.overdue >= 5
    assert figures.due_today >= 5
    assert figures.calls_today > 0
    late = "SELECT 1 FROM ticket WHERE category <> 'resolved' AND resolution_due_at < '2026-11-22T08:00:00'"
    early = late.replace("<", ">", 2).replace(">>", "<>")
    assert value(filled, late)
    assert value(filled, early)
    assert len(today.queue(filled)) >= figures.overdue + figures.due_today


def test_references_are_whole_and_what_was_promised_has_a_day(filled: Crm) -> None:
    with filled.database.reader() as conn:
        assert conn.all("PRAGMA foreign_key_check") == []
        assert not conn.value(
            "SELECT count(*) FROM follow_up WHERE due_on = '' OR due_key < created_at AND due_time <> ''"
        )
        assert not conn.value("SELECT count(*) FROM ticket WHERE resolved_at < created_at")


def test_the_same_seed_and_moment_give_the_same_demo(filled: Crm, tmp_path: Path) -> None:
    other = opened(tmp_path / "other.db")
    demo.fill(other)
    for table in (
        "contact",
        "phone",
        "email",
        "contact_tag",
        "interaction",
        "follow_up",
        "ticket",
        "ticket_event",
    ):
        with filled.database.reader() as one, other.database.reader() as two:
            left, right = (conn.all(f"SELECT * FROM {table}") for conn in (one, two))
        assert [tuple(row) for row in left] == [tuple(row) for row in right], table


def test_numbers_are_from_ranges_that_nobody_has(filled: Crm) -> None:
    fictional = ("+98912000", "+98210000", "+442079460", "+441614960", "+1202555", "+1312555", "+1415555")
    with filled.database.reader() as conn:
        rows = conn.all("SELECT raw, e164 FROM phone")
    assert all((row["e164"] or "").startswith(fictional) or "7700 900" in row["raw"] for row in rows)
    assert all("555-01" in row["raw"] for row in rows if (row["e164"] or "").startswith("+1"))
    with filled.database.reader() as conn:
        addresses = [row[0] for row in conn.all("SELECT address FROM email")]
    assert addresses
    assert all(address.endswith(("example.com", "example.org")) for address in addresses)


def test_undo_does_not_take_the_demo_away(filled: Crm) -> None:
    with pytest.raises(NotFound):
        history.undo(filled)


def test_the_demo_is_not_poured_over_somebodys_contacts(tmp_path: Path) -> None:
    crm = opened(tmp_path / "own.db")
    contacts.add(crm, NewContact(name="Somebody"))
    with pytest.raises(Conflict):
        demo.fill(crm)


def test_a_kept_demo_opens_again_as_it_was_left(tmp_path: Path) -> None:
    settings = Settings(database="unused.db", agent="mina", zone=ZONE)
    crm = demo.open_demo(settings, FrozenClock(NOW), keep=tmp_path / "kept.db")
    contacts.add(crm, NewContact(name="Added Later"))
    crm.close()
    again = demo.open_demo(settings, FrozenClock(NOW), keep=tmp_path / "kept.db")
    assert contacts.count(again) == 401
    again.close()


_OPEN = """
import os, sys
from tuicrm.domain.clock import SystemClock
from tuicrm.services.demo import open_demo
from tuicrm.settings import Settings
crm = open_demo(Settings(database="unused.db", agent="mina"), SystemClock())
print(crm.database.path.parent, flush=True)
if sys.argv[1:]:
    os._exit(9)
"""


def run_demo(folder: Path, *args: str) -> Path:
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, *args],
        env={"TMPDIR": str(folder), "HOME": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return Path(done.stdout.strip())


def test_the_temporary_demo_is_gone_when_the_program_ends(tmp_path: Path) -> None:
    folder = run_demo(tmp_path)
    assert folder.parent == tmp_path
    assert not folder.exists()


def test_what_a_killed_demo_left_is_removed_at_the_next_start(tmp_path: Path) -> None:
    left = run_demo(tmp_path, "die")
    assert left.is_dir()
    demo.remove_leftovers(tmp_path)
    assert not left.exists()


def test_the_demo_of_a_running_program_stays(tmp_path: Path) -> None:
    import os

    running = tmp_path / f"tuicrm-demo-{os.getpid()}-x"
    running.mkdir()
    demo.remove_leftovers(tmp_path)
    assert running.is_dir()
