"""What rings, when, and for whom it does not: people who were called meanwhile, what is settled, what is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.services.conftest import OpenCrm
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import CallDraft, ContactPatch, NewContact, Who
from tuicrm.services import calls, contacts, history, promises, reminders
from tuicrm.services.context import Crm

MINUTE = timedelta(minutes=1)


@pytest.fixture
def leila(crm: Crm) -> int:
    return contacts.add(crm, NewContact("Leila Karimi")).id


def rang(crm: Crm, since: datetime) -> list[tuple[int, str]]:
    """Ids of what rang since then, each with its local time."""
    return [
        (one.follow_up.id, f"{one.at.astimezone(crm.zone):%H:%M}") for one in reminders.look(crm, since).rung
    ]


def log(crm: Crm, contact_id: int, line: str) -> None:
    calls.save(crm, CallDraft(uuid.uuid4().hex, Who(contact_id), line, direction="out"))


def test_it_rings_once_when_its_time_comes(crm: Crm, clock: FrozenClock, leila: int) -> None:
    made, start = promises.add(crm, leila, "10:00"), crm.now()
    first = reminders.look(crm, start)
    assert (first.rung, first.next_at) == ((), made.due_key)
    clock.advance(30 * 60)
    (one,) = reminders.look(crm, start).rung
    assert (one.follow_up.id, one.at) == (made.id, made.due_key)
    assert rang(crm, crm.now()) == []
    assert reminders.look(crm, start, {one.key}).rung == ()


def test_it_rings_ahead_when_that_was_asked_for(crm: Crm, clock: FrozenClock, leila: int) -> None:
    made, start = promises.add(crm, leila, "10:00", alarm="15m"), crm.now()
    assert reminders.look(crm, start).next_at == made.due_key - 15 * MINUTE
    clock.advance(16 * 60)
    assert rang(crm, start) == [(made.id, "09:45")]


def test_an_alarm_whose_moment_has_passed_is_told_at_once_and_at_the_promised_time(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    start = crm.now()
    clock.advance(20 * 60)
    made = promises.add(crm, leila, "10:00", alarm="15m")
    clock.advance(1)
    assert rang(crm, start) == [(made.id, "09:45")]
    told = {one.key for one in reminders.look(crm, start).rung}
    assert reminders.look(crm, crm.now(), told).next_at == made.due_key
    since = crm.now()
    clock.advance(10 * 60)
    assert rang(crm, since) == [(made.id, "10:00")]


def test_an_alarm_that_rang_before_one_looks_is_told_while_its_promise_is_ahead(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    made = promises.add(crm, leila, "10:00", alarm="15m")
    clock.advance(20 * 60)
    opened = crm.now()
    first = reminders.look(crm, opened).rung
    assert [(one.follow_up.id, one.at) for one in first] == [(made.id, made.due_key - 15 * MINUTE)]
    assert reminders.look(crm, opened, {one.key for one in first}).rung == ()
    clock.advance(15 * 60)
    since, key = opened, (made.id, made.due_key)
    assert [one.key for one in reminders.look(crm, since, (), {key}).rung] == [key], (
        "at the promised time too"
    )
    assert [one.key for one in reminders.look(crm, crm.now(), {key}).standing] == [key]
    promises.move(crm, made.id, "tomorrow 11:00")
    look = reminders.look(crm, since, {key}, {key})
    assert (look.rung, look.standing) == ((), ())


def test_an_alarm_of_days_ago_is_no_news_to_who_looks_first_now(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    promises.add(crm, leila, "4 dec 10:00", alarm="72h")
    clock.advance(11 * 86400)
    assert rang(crm, crm.now()) == []


def test_an_alarm_on_a_day_without_a_time_rings_before_work_begins(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    made, start = promises.add(crm, leila, "tomorrow", alarm="15m"), crm.now()
    rings = made.due_key - 15 * MINUTE
    assert reminders.look(crm, start).next_at == rings
    clock.advance((rings - start).total_seconds() - 60)
    assert rang(crm, start) == []
    clock.advance(60)
    assert [one.at for one in reminders.look(crm, start).rung] == [rings]


def test_a_day_without_a_time_is_silent(crm: Crm, clock: FrozenClock, leila: int) -> None:
    promises.add(crm, leila, "today")
    start = crm.now()
    assert reminders.look(crm, start).next_at == start + timedelta(days=1), (
        "nothing rings: looked again tomorrow"
    )
    clock.advance(14 * 3600)
    assert rang(crm, start) == []


def test_what_is_put_off_rings_again_and_not_before(crm: Crm, clock: FrozenClock, leila: int) -> None:
    made, start = promises.add(crm, leila, "10:00"), crm.now()
    promises.snooze(crm, made.id, "11:00")
    clock.advance(45 * 60)
    assert rang(crm, start) == []
    clock.advance(60 * 60)
    assert rang(crm, start) == [(made.id, "11:00")]


@pytest.mark.parametrize("deed", ["done", "moved", "cancelled", "handed on", "deleted", "not to be called"])
def test_what_is_settled_before_it_rings_is_silent(
    crm: Crm, clock: FrozenClock, open_as: OpenCrm, leila: int, deed: str
) -> None:
    made, start, other = promises.add(crm, leila, "10:00"), crm.now(), open_as("omid")
    contacts.add(other, NewContact("Somebody"))
    deeds: dict[str, Callable[[], object]] = {
        "done": lambda: promises.done(other, made.id),
        "moved": lambda: promises.move(other, made.id, "tomorrow 10:00"),
        "cancelled": lambda: promises.cancel(other, made.id, "no more"),
        "handed on": lambda: promises.assign(other, made.id, "omid"),
        "deleted": lambda: contacts.delete(other, leila),
        "not to be called": lambda: contacts.edit(other, leila, ContactPatch(do_not_call=True)),
    }
    deeds[deed]()
    clock.advance(3600)
    assert rang(crm, start) == []
    assert len(rang(other, start)) == (deed == "handed on")


def test_a_person_called_meanwhile_does_not_ring(crm: Crm, clock: FrozenClock, leila: int) -> None:
    """Two are due, so the call answers neither: Leila was spoken to all the same."""
    first, second = (promises.add(crm, leila, when) for when in ("9:50", "10:00"))
    start = crm.now()
    clock.advance(25 * 60)
    log(crm, leila, "asked for the price /-")
    clock.advance(30 * 60)
    assert rang(crm, start) == []
    history.undo(crm)
    assert [id for id, _ in rang(crm, start)] == [first.id, second.id]


@pytest.mark.parametrize("line", ["/n /-", "wrong number /w /-"], ids=["no answer", "wrong number"])
def test_a_call_in_vain_settles_nothing(crm: Crm, clock: FrozenClock, leila: int, line: str) -> None:
    for when in ("9:50", "10:00"):
        promises.add(crm, leila, when)
    start = crm.now()
    clock.advance(10 * 60)
    log(crm, leila, line)
    clock.advance(30 * 60)
    assert len(rang(crm, start)) == 2


def test_what_was_promised_in_a_call_rings_although_that_call_was_just_now(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    start = crm.now()
    log(crm, leila, "ring back /30m")
    clock.advance(31 * 60)
    assert len(rang(crm, start)) == 1


def test_what_was_put_off_after_the_talk_rings(crm: Crm, clock: FrozenClock, leila: int) -> None:
    for when in ("9:45", "9:50"):
        made = promises.add(crm, leila, when)
    clock.advance(60)
    log(crm, leila, "is in a meeting /-")
    start = crm.now()
    clock.advance(60)
    promises.snooze(crm, made.id, "10:00")
    clock.advance(3600)
    assert rang(crm, start) == [(made.id, "10:00")]


def test_a_talk_in_the_morning_does_not_settle_the_afternoon(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    made = promises.add(crm, leila, "17:00")
    promises.add(crm, leila, "17:30")
    clock.advance(60)
    log(crm, leila, "about an invoice /-")
    start = crm.now()
    clock.advance(7.6 * 3600)
    assert rang(crm, start) == [(made.id, "17:00")]


def test_what_has_rung_stands_until_it_is_settled_or_moved(crm: Crm, clock: FrozenClock, leila: int) -> None:
    made, start = promises.add(crm, leila, "10:00"), crm.now()
    clock.advance(3600)
    (one,) = reminders.look(crm, start).rung
    assert reminders.look(crm, crm.now(), {one.key}).standing == (one,)
    promises.snooze(crm, made.id, "12:00")
    assert reminders.look(crm, crm.now(), {one.key}).standing == ()
    history.undo(crm)
    promises.done(crm, made.id)
    assert reminders.look(crm, crm.now(), {one.key}).standing == ()


def test_each_moment_is_told_once_whoever_asks(
    crm: Crm, clock: FrozenClock, open_as: OpenCrm, leila: int
) -> None:
    made = promises.add(crm, leila, "10:00")
    assert reminders.untold(crm, timedelta()) == ()
    assert [one.follow_up.id for one in reminders.untold(crm, timedelta(minutes=30))] == [made.id]
    clock.advance(3600)
    assert reminders.untold(open_as(via="phone"), timedelta()) == ()
    promises.move(crm, made.id, "11:00")
    clock.advance(3600)
    (one,) = reminders.untold(crm, timedelta())
    assert one.at == made.due_key + timedelta(hours=1)
    reminders.told_not(crm, [one])
    assert reminders.untold(crm, timedelta()) == (one,), "what could not be told is told the next time"


def test_what_rang_more_than_a_day_ago_is_no_news_and_forgotten(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    promises.add(crm, leila, "10:00")
    clock.advance(26 * 3600)
    assert reminders.untold(crm, timedelta()) == ()
    for _ in range(3):
        promises.add(crm, leila, "11:40")
        clock.advance(24 * 3600)
        reminders.untold(crm, timedelta())
    with crm.live._reading() as conn:
        assert conn.value("SELECT count(*) FROM reminded") <= 2


def test_every_agent_is_told_of_their_own(crm: Crm, clock: FrozenClock, open_as: OpenCrm, leila: int) -> None:
    omid = open_as("omid")
    contacts.add(omid, NewContact("Somebody"))
    mine, theirs = promises.add(crm, leila, "10:00"), promises.add(crm, leila, "10:00", assignee="omid")
    clock.advance(3600)
    assert [one.follow_up.id for one in reminders.untold(crm, timedelta())] == [mine.id]
    assert [one.follow_up.id for one in reminders.untold(crm, timedelta(), "omid")] == [theirs.id]
    assert reminders.untold(omid, timedelta()) == ()


def test_the_night_when_clocks_go_back_rings_at_the_hour_that_was_meant(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    """Berlin, 31 October 2027: 02:30 comes twice, and the first is meant."""
    from zoneinfo import ZoneInfo

    crm.zone = ZoneInfo("Europe/Berlin")
    clock.advance((datetime.fromisoformat("2027-10-30T20:00:00+02:00") - clock.now()).total_seconds())
    made, start = promises.add(crm, leila, "2027-10-31 2:30"), crm.now()
    clock.advance(datetime.fromisoformat("2027-10-31T00:29:00+00:00").timestamp() - start.timestamp())
    assert rang(crm, start) == []
    clock.advance(120)
    assert [id for id, _ in rang(crm, start)] == [made.id]
