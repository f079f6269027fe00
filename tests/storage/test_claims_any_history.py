"""Whatever sessions do, in whatever order, and however the clock is set: a person has one holder."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tuicrm.storage.live import Live

LEASE = 60.0
AGENTS = {"desk": "sara", "home": "sara", "omid": "omid", "reza": "reza"}
"""Sessions, by name: two of them are one agent's."""
SAME = {1: {1, 2}, 2: {1, 2, 3}, 3: {2, 3}, 4: {4}, 5: {5}}
"""Persons, and who counts as the same: two share one number, two another."""
SESSIONS = st.sampled_from(sorted(AGENTS))
PERSONS = st.sampled_from(sorted(SAME))


def agent(name: str) -> str:
    """Whose session it is, also of one that is dead (``desk 5``)."""
    return AGENTS[name.partition(" ")[0]]


class Machine:
    """Its seconds go on, its time of day is set at will."""

    frozen = False

    def __init__(self) -> None:
        self.wall, self.seconds = datetime(2026, 11, 22, tzinfo=UTC), 5000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds


class Claims(RuleBasedStateMachine):
    """``has``: which persons each session may think it has, and until when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Machine()
        self.lives = {name: Live(self.folder / "crm-live.db") for name in AGENTS}
        self.ids = dict(zip(AGENTS, AGENTS, strict=True))
        self.has: dict[str, dict[int, float]] = {name: {} for name in AGENTS}

    def teardown(self) -> None:
        for live in self.lives.values():
            live.close()
        shutil.rmtree(self.folder)

    # --- what happens -------------------------------------------------------------------------------------------

    @rule(name=SESSIONS, person=PERSONS, over=st.booleans())
    def take(self, name: str, person: int, over: bool) -> None:
        in_the_way = {
            other
            for other, theirs in self.has.items()
            if agent(other) != agent(name) and any(self._alive(other, one, person) for one in theirs)
        }
        refused = self.lives[name].take_claim(
            person,
            SAME[person],
            agent=agent(name),
            session_id=self.ids[name],
            clock=self.clock,
            lease=LEASE,
            over=over,
        )
        if in_the_way and not over:
            assert refused is not None
            assert refused.agent in {agent(other) for other in in_the_way}
            return
        assert refused is None
        for other, theirs in self.has.items():
            for one in list(theirs):
                ended = self.clock.seconds - theirs[one] >= LEASE
                if ended or (agent(other) != agent(name) and SAME[one] & SAME[person]):
                    del theirs[one]
        self.has[name][person] = self.clock.seconds

    def _alive(self, name: str, person: int, wanted: int) -> bool:
        """Whether a session's claim on somebody is in force and touches who is wanted."""
        since = self.has[name][person]
        return self.clock.seconds - since < LEASE and bool(SAME[person] & SAME[wanted])

    @rule(name=SESSIONS)
    def renew(self, name: str) -> None:
        """Also after the lease: whom nobody took meanwhile one still has."""
        kept = self.lives[name].renew_claims(self.ids[name], self.clock)
        mine = self.has[name]
        assert {one for one, since in mine.items() if self.clock.seconds - since < LEASE} <= kept <= set(mine)
        self.has[name] = dict.fromkeys(kept, self.clock.seconds)

    @rule(name=SESSIONS, person=PERSONS)
    def release(self, name: str, person: int) -> None:
        self.lives[name].end_claims(self.ids[name], person)
        self.has[name].pop(person, None)

    @rule(name=SESSIONS)
    def leave(self, name: str) -> None:
        self.lives[name].end_claims(self.ids[name])
        self.has[name].clear()

    @rule(name=SESSIONS)
    def die(self, name: str) -> None:
        """Killed, and started again: what it had is a stranger's now, of the same agent."""
        self.ids[name] += "+"
        self.has[f"{name} {len(self.has)}"], self.has[name] = self.has[name], {}

    @rule(seconds=st.sampled_from([0.5, 19.0, 20.0, 41.0, 59.5, 60.0, 3600.0]))
    def wait(self, seconds: float) -> None:
        self.clock.seconds += seconds
        self.clock.wall += timedelta(seconds=seconds)

    @rule(seconds=st.integers(-400 * 86400, 400 * 86400))
    def set_the_clock(self, seconds: int) -> None:
        self.clock.wall += timedelta(seconds=seconds)

    # --- what always holds --------------------------------------------------------------------------------------

    @invariant()
    def nobody_has_two_holders(self) -> None:
        holders: dict[int, set[str]] = {}
        for claim in self.lives["desk"].claims(self.clock, LEASE):
            holders.setdefault(claim.contact_id, set()).add(claim.agent)
        assert all(len(agents) == 1 for agents in holders.values()), holders
        thought: dict[int, set[str]] = {}
        for name, theirs in self.has.items():
            for person, since in theirs.items():
                if self.clock.seconds - since < LEASE:
                    for one in SAME[person]:
                        thought.setdefault(one, set()).add(agent(name))
        assert holders == thought


TestClaims = Claims.TestCase
TestClaims.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
