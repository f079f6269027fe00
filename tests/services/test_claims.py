"""Two agents on one queue: whom one has open the other does not call."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import CallDraft, NewContact, PhoneNumber, Who
from tuicrm.services import calls, claims, contacts, merging, saved_filters, today
from tuicrm.services.claims import LEASE_S, RENEW_S
from tuicrm.services.context import Crm

OpenCrm = Callable[..., Crm]


def holders(crm: Crm, contact_ids: Iterable[int]) -> dict[int, str]:
    """Which other agents have which of these contacts, by id; whom nobody has is left out."""
    wanted = set(contact_ids)
    found = claims.others(claims.everyone(crm), crm.me)
    return {id: agent for id, agent in found.items() if id in wanted}


@pytest.fixture
def omid(open_as: OpenCrm, crm: Crm) -> Crm:
    """Another agent, on the database that sara (``crm``) has opened."""
    del crm
    return open_as("omid")


def add(crm: Crm, name: str, *numbers: str) -> int:
    return contacts.add(crm, NewContact(name, phones=tuple(PhoneNumber(one) for one in numbers))).id


def refusal(crm: Crm, contact_id: int) -> Conflict:
    with pytest.raises(Conflict) as caught:
        claims.take(crm, contact_id)
    return caught.value


def test_whom_one_agent_has_the_other_is_refused_with_who_and_since_when(crm: Crm, omid: Crm) -> None:
    leila = add(crm, "Leila Karimi")
    claims.take(crm, leila)
    refused = refusal(omid, leila)
    assert refused.code == "contact_claimed"
    assert refused.params == {"holder": "sara", "name": "Leila Karimi", "since": "09:30", "contact": leila}
    assert holders(omid, [leila]) == {leila: "sara"}
    claims.release(crm, leila)
    claims.take(omid, leila)


def test_a_claim_lives_a_minute_and_three_renewals_fit_in(crm: Crm, omid: Crm, clock: FrozenClock) -> None:
    leila = add(crm, "Leila")
    assert (LEASE_S, RENEW_S) == (60.0, 20.0)
    claims.take(crm, leila)
    clock.advance(59.9)
    assert refusal(omid, leila).code == "contact_claimed"
    clock.advance(0.1)
    assert holders(omid, [leila]) == {}
    claims.take(omid, leila)
    assert holders(crm, [leila]) == {leila: "omid"}


def test_a_claim_that_is_renewed_goes_on_and_keeps_when_it_began(
    crm: Crm, omid: Crm, clock: FrozenClock
) -> None:
    leila = add(crm, "Leila")
    claims.take(crm, leila)
    for _ in range(10):
        clock.advance(59)
        assert claims.renew(crm) == {leila}
    assert refusal(omid, leila).params["since"] == "09:30"


def test_a_session_that_slept_too_long_keeps_whom_nobody_took_and_learns_whom_somebody_did(
    crm: Crm, omid: Crm, clock: FrozenClock
) -> None:
    leila, reza = add(crm, "Leila"), add(crm, "Reza")
    claims.take(crm, leila)
    claims.take(crm, reza)
    clock.advance(3600)
    assert claims.renew(crm) == {leila, reza}
    clock.advance(3600)
    claims.take(omid, reza)
    assert claims.renew(crm) == frozenset()
    assert holders(crm, [leila, reza]) == {reza: "omid"}


def test_two_sessions_of_an_agent_are_one_holder_and_each_gives_back_its_own(
    crm: Crm, omid: Crm, open_as: OpenCrm
) -> None:
    at_home = open_as("sara")
    leila = add(crm, "Leila")
    claims.take(crm, leila)
    claims.take(at_home, leila)
    assert holders(at_home, [leila]) == {}
    claims.release(at_home)
    assert refusal(omid, leila).params["holder"] == "sara"
    claims.release(crm, leila)
    claims.take(omid, leila)


def test_who_takes_over_has_the_person_and_the_other_session_is_left_without(crm: Crm, omid: Crm) -> None:
    leila, reza = add(crm, "Leila"), add(crm, "Reza")
    claims.take(crm, leila)
    claims.take(crm, reza)
    claims.take(omid, leila, over=True)
    assert claims.renew(crm) == {reza}
    assert refusal(crm, leila).params["holder"] == "omid"


def test_a_session_that_ends_gives_back_all_it_has(crm: Crm, omid: Crm) -> None:
    for name in ("Leila", "Reza"):
        claims.take(crm, add(crm, name))
    claims.release(crm)
    assert claims.everyone(omid) == []


# --- who counts as one person ---------------------------------------------------------------------------------


def test_who_shares_a_number_is_one_person_to_call(crm: Crm, omid: Crm) -> None:
    leila = add(crm, "Leila", "0912 123 4567", "021 8877 6655")
    husband = add(crm, "Majid", "+98 912 123 4567")
    other = add(crm, "Nadia", "0911 222 3344")
    claims.take(crm, leila)
    refused = refusal(omid, husband)
    assert (refused.code, refused.params["name"]) == ("number_claimed", "Leila")
    assert holders(omid, [leila, husband, other]) == {leila: "sara", husband: "sara"}
    claims.take(omid, other)
    claims.take(omid, husband, over=True)
    assert claims.renew(crm) == frozenset()
    assert holders(crm, [leila, husband]) == {leila: "omid", husband: "omid"}


def test_who_shares_an_internal_number_is_one_person_to_call(crm: Crm, omid: Crm) -> None:
    leila, desk = add(crm, "Leila", "1234"), add(crm, "Majid", "1234")
    claims.take(crm, leila)
    assert refusal(omid, desk).code == "number_claimed"
    claims.take(omid, add(crm, "Nadia", "1235"))


def test_giving_back_one_of_two_who_share_a_number_keeps_the_other(crm: Crm, omid: Crm) -> None:
    leila, husband = add(crm, "Leila", "0912 123 4567"), add(crm, "Majid", "0912 123 4567")
    claims.take(crm, leila)
    claims.take(crm, husband)
    claims.release(crm, leila)
    assert refusal(omid, leila).code == "number_claimed"
    assert claims.renew(crm) == {husband}


def test_an_extension_and_a_switchboard_are_somebody_else(crm: Crm, omid: Crm) -> None:
    first, second = add(crm, "Leila", "021 8877 6655 ext 12"), add(crm, "Reza", "021 8877 6655 ext 13")
    claims.take(crm, first)
    claims.take(omid, second)
    staff = [add(crm, f"Clerk {n}", "021 4455 6677") for n in range(claims.SWITCHBOARD + 1)]
    claims.take(crm, staff[0])
    claims.take(omid, staff[1])
    contacts.delete(crm, staff[-1])
    assert refusal(omid, staff[0]).code == "contact_claimed"


def test_a_merged_contact_and_its_heir_are_one_person(crm: Crm, omid: Crm) -> None:
    leila, double, third = add(crm, "Leila"), add(crm, "Leila K"), add(crm, "L. Karimi")
    claims.take(crm, double)
    merging.merge(omid, leila, [double])
    assert refusal(omid, leila).params["name"] == "Leila"
    claims.release(crm)
    merging.merge(crm, third, [leila])
    assert claims.take(crm, double).person_id == third
    assert holders(omid, [double, leila, third]) == dict.fromkeys((double, leila, third), "sara")


# --- acting ---------------------------------------------------------------------------------------------------


def promised(crm: Crm, contact_id: int) -> None:
    line = "call back /today"
    calls.save(crm, CallDraft(f"promise-{contact_id}", Who(contact_id), line, direction="out"))


def test_an_outcome_is_not_logged_for_whom_another_agent_has(crm: Crm, omid: Crm) -> None:
    leila = add(crm, "Leila")
    promised(crm, leila)
    row = today.queue(crm)[0]
    claims.take(omid, leila)
    with pytest.raises(Conflict) as caught:
        today.quick(crm, row, "n", "u1")
    assert caught.value.code == "contact_claimed"
    assert len(calls.recent(crm).rows) == 1
    claims.release(omid)
    today.quick(crm, row, "n", "u1")
    assert claims.everyone(crm) == []


def test_an_outcome_for_whom_one_has_open_gives_nobody_back(crm: Crm) -> None:
    leila = add(crm, "Leila")
    promised(crm, leila)
    claims.take(crm, leila)
    today.quick(crm, today.queue(crm)[0], "n", "u1")
    assert claims.renew(crm) == {leila}


def test_a_row_read_before_somebody_called_calls_them_no_second_time(
    crm: Crm, omid: Crm, clock: FrozenClock
) -> None:
    leila = contacts.add(crm, NewContact("Leila", tags=("vip",))).id
    saved_filters.save(crm, "contacts", "vips", "tag:vip", shared=True)
    stale = today.queue(omid, worklist="vips")[0]
    clock.advance(60)
    today.quick(crm, today.queue(crm, worklist="vips")[0], "n", "u1")
    with pytest.raises(Conflict) as caught:
        today.quick(omid, stale, "n", "u2")
    assert caught.value.code == "called_since"
    assert caught.value.params == {"name": "Leila", "since": "09:31"}
    assert [call.contact.id for call in calls.recent(crm).rows if call.contact] == [leila]


class RunningClock:
    """The test's day, from the frozen clock's moment on."""

    frozen = False

    def __init__(self, began: datetime) -> None:
        self._began, self._at = began, time.monotonic()

    def now(self) -> datetime:
        return self._began + timedelta(seconds=self.monotonic() - self._at)

    def monotonic(self) -> float:
        return time.monotonic()


def test_three_agents_on_one_worklist_call_everybody_once(open_as: OpenCrm, crm: Crm) -> None:
    for number in range(40):
        contacts.add(crm, NewContact(f"Customer {number}", tags=("vip",)))
    saved_filters.save(crm, "contacts", "vips", "tag:vip", shared=True)
    crowd = [open_as(agent) for agent in ("sara", "omid", "reza")]
    clock = RunningClock(crm.clock.now())
    together = threading.Barrier(len(crowd))
    errors: list[BaseException] = []

    def work(one: Crm) -> None:
        one.clock = clock
        together.wait()
        try:
            while rows := [row for row in today.queue(one, worklist="vips") if row.part == "list"]:
                taken = holders(one, [row.contact.id for row in rows])
                row = next((row for row in rows if row.contact.id not in taken), rows[0])
                with suppress(Conflict):
                    today.quick(one, row, "w", uuid.uuid4().hex)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(one,)) for one in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    logged = calls.recent(crm, limit=500).rows
    assert Counter(call.contact.name for call in logged if call.contact) == {
        f"Customer {number}": 1 for number in range(40)
    }
    assert claims.everyone(crm) == []


def test_the_shell_logs_for_anybody_and_ends_no_claim(crm: Crm, omid: Crm) -> None:
    leila = add(crm, "Leila")
    claims.take(crm, leila)
    calls.save(omid, CallDraft("u1", Who(leila), "price sent", direction="out"))
    assert claims.renew(crm) == {leila}
    assert holders(omid, [leila]) == {leila: "sara"}


# --- clocks -----------------------------------------------------------------------------------------------------


class MovedClock:
    """A machine whose time of day may be set, while its seconds go on."""

    frozen = False

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
        self.seconds = 5000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds

    def go(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds


@pytest.mark.parametrize("moved", [-400 * 86400, -3600, -61, 61, 3600], ids=str)
def test_a_clock_that_is_set_takes_no_claim_away_and_makes_none_immortal(
    crm: Crm, omid: Crm, moved: int
) -> None:
    clock = MovedClock()
    crm.clock = omid.clock = clock
    leila = add(crm, "Leila")
    claims.take(crm, leila)
    clock.wall += timedelta(seconds=moved)
    clock.go(59)
    assert refusal(omid, leila).params["holder"] == "sara"
    clock.go(1)
    claims.take(omid, leila)


def test_after_a_boot_the_claims_of_before_are_over(crm: Crm, omid: Crm) -> None:
    clock = MovedClock()
    crm.clock = omid.clock = clock
    leila = add(crm, "Leila")
    claims.take(crm, leila)
    clock.seconds = 30.0
    assert claims.everyone(omid) == []
    claims.take(omid, leila)


# --- a number that is nobody's yet --------------------------------------------------------------------------

UNKNOWN = claims.of_number("+989123456789")


def test_a_number_without_a_contact_is_had_by_one_agent_alone(
    crm: Crm, omid: Crm, clock: FrozenClock
) -> None:
    claims.take(crm, UNKNOWN)
    refused = refusal(omid, UNKNOWN)
    assert refused.code == "contact_claimed"
    assert (refused.params["holder"], refused.params["name"]) == ("sara", "+989123456789")
    claims.take(omid, claims.of_number("+989123456780"))
    assert claims.renew(crm) == {UNKNOWN}
    claims.take(omid, UNKNOWN, over=True)
    assert claims.renew(crm) == frozenset()
    clock.advance(LEASE_S)
    claims.take(crm, UNKNOWN)


def test_who_gets_the_number_meanwhile_is_the_person_who_is_being_called(crm: Crm, omid: Crm) -> None:
    claims.take(crm, UNKNOWN)
    leila = add(omid, "Leila", "0912 345 6789")
    refused = refusal(omid, leila)
    assert (refused.code, refused.params["name"]) == ("contact_claimed", "+989123456789")
    claims.release(crm)
    claims.take(omid, leila)
    assert refusal(crm, UNKNOWN).code == "number_claimed"
    assert holders(crm, [leila]) == {leila: "omid"}


def test_a_company_s_switchboard_and_an_extension_name_nobody(crm: Crm, omid: Crm) -> None:
    for n in range(claims.SWITCHBOARD + 1):
        add(crm, f"Clerk {n}", "0912 345 6789")
    claims.take(crm, UNKNOWN)
    claims.take(omid, 1)


def test_a_number_that_is_somebody_s_by_now_shows_in_their_row_who_calls_it(crm: Crm, omid: Crm) -> None:
    leila = add(omid, "Leila", "0912 345 6789")
    claims.take(crm, UNKNOWN)
    assert holders(omid, [leila]) == {leila: "sara"}
