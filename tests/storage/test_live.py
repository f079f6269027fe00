"""The live file: drafts that survive, telephones that stammer, and a file that may break."""

from __future__ import annotations

import itertools
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Unavailable
from tuicrm.domain.models import BarDraft, PhoneCall, PhoneCallState
from tuicrm.storage.connection import open_raw
from tuicrm.storage.live import Live


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    opened = Live.beside(tmp_path / "crm.db")
    yield opened
    opened.close()


@pytest.fixture
def now(frozen_clock: FrozenClock) -> datetime:
    return frozen_clock.now()


def draft(uid: str, line: str, at: datetime, *, agent: str = "sara", key: str = "contact:1") -> BarDraft:
    return BarDraft(
        uid=uid,
        agent=agent,
        key=key,
        who_text="leila",
        contact_id=1,
        line=line,
        facts={"talk_s": 3, "متن": ["۳"]},
        saved_at=at,
    )


def lines(live: Live, agent: str = "sara") -> list[str]:
    return [one.line for one in live.drafts(agent)]


# --- the file -----------------------------------------------------------------------------------------------


def test_the_file_is_made_at_first_use_beside_the_database(tmp_path: Path, now: datetime) -> None:
    live = Live.beside(tmp_path / "crm.db")
    assert not live.path.exists()
    live.put_draft(draft("a", "price list", now))
    assert live.path == tmp_path / "crm-live.db"
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    live.close()
    assert Live.beside(tmp_path / "company").path == tmp_path / "company-live.db"


def test_closing_what_was_never_opened_makes_no_file(tmp_path: Path) -> None:
    Live.beside(tmp_path / "crm.db").close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"\0" * 5000, b"SQLite format 3\0" + b"\xff" * 9000], ids=["zeros", "garbled"]
)
def test_a_damaged_file_is_put_aside_and_made_new(live: Live, now: datetime, content: bytes) -> None:
    live.path.write_bytes(content)
    live.put_draft(draft("a", "price list", now))
    assert lines(live) == ["price list"]
    assert live.path.with_name("crm-live.db.damaged").read_bytes() == content


def test_a_file_damaged_while_it_is_open_is_put_aside(live: Live, now: datetime) -> None:
    live.put_draft(draft("a", "price list", now))
    raw = open_raw(live.path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    with live.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (live.path.stat().st_size - 4096))
    other = Live(live.path)
    with pytest.raises(Unavailable) as caught:
        other.drafts("sara")
    assert caught.value.code == "database_damaged"
    other.put_draft(draft("b", "again", now))
    assert lines(other) == ["again"]
    other.close()


def test_a_file_of_a_newer_program_is_refused_not_destroyed(live: Live, now: datetime) -> None:
    live.put_draft(draft("a", "price list", now))
    live.close()
    raw = open_raw(live.path)
    raw.execute("PRAGMA user_version=99")
    raw.close()
    with pytest.raises(Unavailable) as caught:
        live.drafts("sara")
    assert caught.value.code == "database_newer"
    assert not live.path.with_name("crm-live.db.damaged").exists()


def test_a_file_of_an_older_program_is_brought_up_to_date_with_its_drafts(live: Live, now: datetime) -> None:
    live.put_draft(draft("a", "price list", now))
    live.close()
    raw = open_raw(live.path)
    for table in ("claim", "news", "reminded"):
        raw.execute(f"DROP TABLE {table}")
    raw.execute("CREATE TABLE claim (key TEXT NOT NULL PRIMARY KEY, until TEXT NOT NULL) WITHOUT ROWID")
    raw.execute("PRAGMA user_version=1")
    raw.close()
    assert lines(live) == ["price list"]
    known = live.news()
    clock = FrozenClock(now)
    assert live.take_claim(1, [1], agent="sara", session_id="s", clock=clock, lease=60) is None
    assert [claim.agent for claim in live.claims(clock, 60)] == ["sara"]
    assert live.news() > known


def test_commits_of_other_processes_are_noticed(live: Live, now: datetime) -> None:
    before = live.data_version()
    assert live.data_version() == before
    other = Live(live.path)
    other.put_draft(draft("a", "price list", now))
    other.close()
    assert live.data_version() != before


# --- drafts -------------------------------------------------------------------------------------------------


def test_a_draft_comes_back_as_it_was(live: Live, now: datetime) -> None:
    kept = draft("a", "قیمت فرستادم /فردا", now)
    live.put_draft(kept)
    assert live.draft("sara", "contact:1") == kept
    assert live.draft("sara", "contact:2") is None
    assert live.draft("reza", "contact:1") is None


def test_typing_on_replaces_the_draft(live: Live, now: datetime) -> None:
    for number, line in enumerate(("pri", "price", "price list")):
        live.put_draft(draft("a", line, now + timedelta(seconds=number)))
    assert lines(live) == ["price list"]


def test_with_two_sessions_the_later_save_wins_and_the_older_text_stays(live: Live, now: datetime) -> None:
    live.put_draft(draft("a", "typed at the desk", now))
    live.put_draft(draft("b", "typed at home", now + timedelta(seconds=1)))
    found = live.draft("sara", "contact:1")
    assert found is not None
    assert found.line == "typed at home"
    assert lines(live) == ["typed at home", "typed at the desk"]
    live.put_draft(draft("a", "desk again", now + timedelta(seconds=2)))
    found = live.draft("sara", "contact:1")
    assert found is not None
    assert found.line == "desk again"
    live.drop_draft("a")
    found = live.draft("sara", "contact:1")
    assert found is not None
    assert found.line == "typed at home"


def test_a_draft_that_found_its_contact_moves_with_it(live: Live, now: datetime) -> None:
    live.put_draft(draft("a", "price", now, key="who"))
    live.put_draft(draft("a", "price list", now, key="contact:7"))
    assert live.draft("sara", "who") is None
    assert lines(live) == ["price list"]


def test_a_dropped_draft_is_gone(live: Live, now: datetime) -> None:
    live.put_draft(draft("a", "price list", now))
    live.drop_draft("a")
    live.drop_draft("never there")
    assert lines(live) == []


def test_a_kill_takes_no_draft(tmp_path: Path) -> None:
    script = (
        "import os, sys, pathlib; from datetime import datetime, UTC\n"
        "from tuicrm.storage.live import Live; from tuicrm.domain.models import BarDraft\n"
        "live = Live.beside(pathlib.Path(sys.argv[1]))\n"
        "for line in ('p', 'pr', 'pri'):\n"
        "    live.put_draft(BarDraft('a', 'sara', 'who', '', None, line, {}, datetime.now(UTC)))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path / "crm.db")], check=False)
    assert killed.returncode == -9
    live = Live.beside(tmp_path / "crm.db")
    assert lines(live) == ["pri"]
    live.close()


# --- the telephone ------------------------------------------------------------------------------------------


def event(live: Live, state: PhoneCallState, at: datetime, **facts: str) -> tuple[PhoneCall, bool]:
    return live.phone_event(state, source="pbx", call_id="1", at=at, **facts)


def test_a_call_goes_from_ringing_to_talking_to_ended(live: Live, now: datetime) -> None:
    event(live, "ringing", now, number="+989121234567", agent="sara", line="sales")
    event(live, "talking", now + timedelta(seconds=4))
    call, news = event(live, "ended", now + timedelta(seconds=64))
    assert news
    assert call == live.phone_call("pbx", "1")
    assert (call.state, call.number, call.agent, call.line) == ("ended", "+989121234567", "sara", "sales")
    assert (call.rang_at, call.answered_at, call.ended_at) == (
        now,
        now + timedelta(seconds=4),
        now + timedelta(seconds=64),
    )


def test_a_call_that_nobody_took_is_missed(live: Live, now: datetime) -> None:
    event(live, "ringing", now, number="1")
    assert event(live, "ended", now + timedelta(seconds=20))[0].state == "missed"


def test_an_event_told_twice_is_no_news(live: Live, now: datetime) -> None:
    states: list[PhoneCallState] = ["ringing", "talking", "ended"]
    for number, state in enumerate(states):
        assert event(live, state, now + timedelta(seconds=number), number="1")[1]
    before = live.phone_call("pbx", "1")
    for state in [*states, "missed"]:
        later = now + timedelta(seconds=60)
        assert not event(live, state, later, number="2", agent="")[1]
    assert live.phone_call("pbx", "1") == before


def test_events_in_any_order_end_alike(tmp_path: Path, now: datetime) -> None:
    steps: list[tuple[PhoneCallState, int]] = [("ringing", 0), ("talking", 5), ("ended", 60)]
    ends = set()
    for number, order in enumerate(itertools.permutations(steps)):
        live = Live(tmp_path / f"{number}-live.db")
        ranks = []
        for state, second in order:
            call, _ = event(live, state, now + timedelta(seconds=second), number="1")
            ranks.append(("ringing", "talking", "missed", "ended").index(call.state))
        assert ranks == sorted(ranks), order
        ends.add((call.state, call.rang_at, call.answered_at, call.ended_at))
        live.close()
    assert ends == {("ended", now, now + timedelta(seconds=5), now + timedelta(seconds=60))}


def test_facts_that_come_late_fill_what_is_unknown(live: Live, now: datetime) -> None:
    event(live, "talking", now)
    call, news = event(live, "ringing", now, number="1", agent="sara")
    assert news
    assert (call.state, call.number, call.agent) == ("talking", "1", "sara")


def test_calls_are_listed_for_their_agent_until_they_are_dealt_with(live: Live, now: datetime) -> None:
    for number, agent in enumerate(("sara", "reza", None)):
        live.phone_event(
            "ringing",
            source="pbx",
            call_id=str(number),
            at=now + timedelta(seconds=number),
            agent=agent,
            number="1",
        )
    listed = live.phone_calls("sara", now)
    assert [call.call_id for call in listed] == ["2", "0"]
    assert len(live.phone_calls(None, now)) == 3
    assert live.phone_calls("sara", now + timedelta(minutes=1)) == []
    live.handle_phone_call("pbx", "2")
    assert [call.call_id for call in live.phone_calls("sara", now)] == ["0"]


# --- sessions and keys --------------------------------------------------------------------------------------


def test_sessions_are_there_while_their_heart_beats(live: Live, now: datetime) -> None:
    live.beat("s1", "sara", "desk", os.getpid(), now)
    live.beat("s2", "reza", "desk", 2, now - timedelta(minutes=5))
    live.beat("s1", "sara", "desk", os.getpid(), now + timedelta(seconds=10))
    alive = live.beats(now - timedelta(minutes=1))
    assert [(beat["session_id"], beat["at"]) for beat in alive] == [("s1", now + timedelta(seconds=10))]
    live.end_beat("s1")
    assert live.beats(now - timedelta(minutes=1)) == []


def test_keys_add_up_by_agent_and_day(live: Live) -> None:
    day = date(2026, 11, 22)
    for keys in (11, 7):
        live.add_keys("sara", day, calls=1, keys=keys)
    assert live.keys("sara", day) == (2, 18)
    assert live.keys("sara", date(2026, 11, 23)) == live.keys("reza", day) == (0, 0)
