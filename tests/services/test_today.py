"""The call queue: in which order, what is hidden, what is counted, and what is tried in vain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.conftest import OpenCrm
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import CallDraft, ContactPatch, NewContact, PhoneNumber, TodayRow, Who
from tuicrm.services import agents, calls, contacts, promises, saved_filters, today, worklists
from tuicrm.services.context import Crm

DAY_S = timedelta(days=1).total_seconds()


def person(crm: Crm, name: str, number: str = "") -> int:
    numbers = (PhoneNumber(number),) if number else ()
    return contacts.add(crm, NewContact(name, phones=numbers)).id


def promise(crm: Crm, name: str, when: str) -> int:
    """A follow-up of somebody new."""
    return promises.add(crm, person(crm, name), when).id


def named(rows: list[TodayRow]) -> list[tuple[str, str]]:
    return [(row.part, row.contact.name) for row in rows]


def test_overdue_now_later_and_in_each_the_timed_before_the_untimed(crm: Crm, clock: FrozenClock) -> None:
    clock.advance(-DAY_S)
    for name, when in (
        ("later at five", "2026-11-22 17:00"),
        ("today", "2026-11-22"),
        ("late at eight", "2026-11-22 8:00"),
        ("yesterday", "2026-11-21"),
        ("now", "2026-11-22 9:31"),
        ("later at ten", "2026-11-22 10:00"),
        ("tomorrow", "2026-11-23 8:00"),
        ("yesterday at six", "2026-11-21 18:00"),
    ):
        promise(crm, name, when)
    clock.advance(DAY_S)
    assert named(today.queue(crm)) == [
        ("overdue", "yesterday at six"),
        ("overdue", "late at eight"),
        ("overdue", "yesterday"),
        ("now", "now"),
        ("now", "today"),
        ("later", "later at ten"),
        ("later", "later at five"),
    ]
    figures = today.counts(crm)
    assert (figures.overdue, figures.due_today) == (3, 4)


def test_the_queue_is_no_longer_than_asked_and_the_first_come_first(crm: Crm) -> None:
    for number in range(8):
        promise(crm, f"Person {number}", f"2026-11-22 {17 - number}:00")
    assert [row.contact.name for row in today.queue(crm, limit=3)] == ["Person 7", "Person 6", "Person 5"]


def test_what_is_due_now_has_room_however_much_is_overdue(crm: Crm, clock: FrozenClock) -> None:
    clock.advance(-DAY_S)
    for number in range(9):
        promise(crm, f"Late {number}", f"2026-11-21 1{number}:00")
    promise(crm, "now", "2026-11-22 9:30")
    for number in range(3):
        promise(crm, f"Later {number}", f"2026-11-22 1{number}:00")
    contacts.add(crm, NewContact("Anna", tags=("idle",)))
    saved_filters.save(crm, "contacts", "idle", "tag:idle")
    clock.advance(DAY_S)
    assert named(today.queue(crm, worklist="idle", limit=5)) == [
        ("overdue", "Late 0"),
        ("overdue", "Late 1"),
        ("now", "now"),
        ("later", "Later 0"),
        ("later", "Later 1"),
        ("list", "Anna"),
    ]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ((230, 1, 0), (199, 1, 0)),
        ((200, 200, 200), (67, 67, 66)),
        ((9, 300, 20), (9, 171, 20)),
        ((3, 2, 1), (3, 2, 1)),
    ],
)
def test_room_is_shared_by_what_is_wanted(wanted: tuple[int, ...], given: tuple[int, ...]) -> None:
    assert tuple(today.shares(wanted, 200)) == given


def test_before_work_begins_a_day_without_a_time_is_due_later(crm: Crm, clock: FrozenClock) -> None:
    promise(crm, "today", "2026-11-22")
    clock.advance(-timedelta(minutes=45).total_seconds())
    assert named(today.queue(crm)) == [("later", "today")]


def test_who_is_in_quiet_hours_stands_last_and_says_until_when(crm: Crm, clock: FrozenClock) -> None:
    clock.advance(-DAY_S)
    for name, number in (("Los Angeles", "+1 213 373 4253"), ("Berlin", "+49 30 901820")):
        promises.add(crm, person(crm, name, number), "2026-11-22 9:00")
    promises.add(crm, person(crm, "Tehran", "0912 123 4567"), "2026-11-22 15:00")
    calls.save(crm, CallDraft("one", Who(person(crm, "spoken to")), "all well /-"))
    clock.advance(DAY_S)
    rows = today.queue(crm)
    assert [row.contact.name for row in rows] == ["Tehran", "spoken to", "Los Angeles", "Berlin"]
    # eight in either
    waits = [row.quiet_until and row.quiet_until.astimezone(crm.zone).strftime("%H:%M") for row in rows]
    assert waits == [None, None, "19:30", "10:30"]
    assert today.counts(crm).overdue == 2
    clock.advance(timedelta(hours=1).total_seconds())
    assert [row.contact.name for row in today.queue(crm)] == ["Berlin", "Tehran", "spoken to", "Los Angeles"]


def test_who_may_be_called_is_found_behind_many_who_sleep(crm: Crm, clock: FrozenClock) -> None:
    clock.advance(-DAY_S)
    for number in range(9):
        promises.add(crm, person(crm, f"Sleeper {number}", f"+49 30 90182{number}"), "2026-11-22 9:00")
    promises.add(crm, person(crm, "Tehran", "0912 123 4567"), "2026-11-22 15:00")
    clock.advance(DAY_S)
    assert [row.contact.name for row in today.queue(crm, limit=4)][:2] == ["Tehran", "Sleeper 0"]


def test_a_worklist_stands_behind_the_promises_in_place_of_who_was_last_called(crm: Crm) -> None:
    calls.save(crm, CallDraft("one", Who(person(crm, "spoken to")), "all well /-"))
    promise(crm, "later", "2026-11-22 17:00")
    for name in ("Anna", "Berta"):
        contacts.add(crm, NewContact(name, tags=("idle",)))
    saved_filters.save(crm, "contacts", "idle customers", "tag:idle")
    rows = today.queue(crm, worklist="idle customers")
    assert named(rows) == [("later", "later"), ("list", "Anna"), ("list", "Berta")]
    today.quick(crm, rows[1], "n", "two")
    assert [row.contact.name for row in today.queue(crm, worklist="idle customers")] == ["later", "Berta"]


def test_who_may_be_called_is_found_behind_a_page_of_sleepers_on_a_list(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklists, "PAGE", 4)
    for number in range(9):
        numbers = (PhoneNumber(f"+49 30 90182{number}"),)
        contacts.add(crm, NewContact(f"Berlin {number}", phones=numbers, tags=("big",)))
    for number in range(2):
        numbers = (PhoneNumber(f"0912 123 456{number}"),)
        contacts.add(crm, NewContact(f"Tehran {number}", phones=numbers, tags=("big",)))
    saved_filters.save(crm, "contacts", "big", "tag:big")
    assert [row.contact.name for row in today.queue(crm, worklist="big")] == [
        *("Tehran 0", "Tehran 1", "Berlin 0", "Berlin 1")
    ]


def test_who_is_owed_a_call_stands_behind_the_promises_with_the_habit(crm: Crm, clock: FrozenClock) -> None:
    contacts.add(crm, NewContact("Anna", cadence_days=30))
    promise(crm, "later", "2026-12-24 17:00")
    clock.advance(32 * DAY_S)
    rows = today.queue(crm)
    assert named(rows) == [("later", "later"), ("owed", "Anna")]
    assert (rows[1].owed_days, rows[1].late_days) == (30, 2)


def test_the_day_of_another_zone_is_over_when_it_is_over_there(crm: Crm, clock: FrozenClock) -> None:
    clock.advance(-DAY_S)
    there = promise(crm, "Los Angeles", "2026-11-21")
    with crm.database.transaction(crm.actor, "followup.move") as tx:
        tx.update("followup", there, {"zone": "America/Los_Angeles"})
        sql = "UPDATE follow_up SET due_key = '2026-11-21T17:00:00.000000Z' WHERE id = :id"
        tx.execute(sql, {"id": there})
    clock.advance(DAY_S)
    # 22:00 of the 21st there
    assert named(today.queue(crm)) == [("now", "Los Angeles")]
    assert today.counts(crm).overdue == 0
    clock.advance(timedelta(hours=3).total_seconds())
    assert named(today.queue(crm)) == [("overdue", "Los Angeles")]
    assert today.counts(crm).overdue == 1


def test_who_is_to_be_reminded_of_later_is_hidden_until_then(crm: Crm, clock: FrozenClock) -> None:
    late = promise(crm, "Leila", "2026-11-22 10:00")
    promises.snooze(crm, late, "2026-11-22 11:00")
    assert today.queue(crm) == []
    assert today.counts(crm).due_today == 0
    clock.advance(timedelta(hours=2).total_seconds())
    assert named(today.queue(crm)) == [("overdue", "Leila")]
    assert today.counts(crm).overdue == 1


@pytest.mark.parametrize("many", [False, True], ids=["few", "more than are subtracted"])
def test_who_is_not_to_be_called_or_gone_is_neither_listed_nor_counted(
    crm: Crm, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tuicrm.storage.queries import queue as queries

    monkeypatch.setattr(queries, "FEW", 0 if many else 100)
    for name in ("do not call", "deleted", "stays"):
        promise(crm, name, "2026-11-22 10:00")
    contacts.edit(crm, 1, ContactPatch(do_not_call=True))
    contacts.delete(crm, 2)
    assert named(today.queue(crm)) == [("later", "stays")]
    assert today.counts(crm).due_today == 1


def test_who_was_last_spoken_to_stands_behind_all_promises(crm: Crm) -> None:
    spoken = person(crm, "spoken to")
    calls.save(crm, CallDraft("one", Who(spoken), "all well /-"))
    promise(crm, "later", "2026-11-22 17:00")
    assert named(today.queue(crm)) == [("later", "later"), ("spoken", "spoken to")]


def exhaust(crm: Crm, clock: FrozenClock, name: str) -> int:
    """Somebody who did not answer until no attempt was left; the id of the promise."""
    somebody = person(crm, name)
    for attempt in range(6):
        saved = calls.save(crm, CallDraft(f"{name}{attempt}", Who(somebody), "/n"))
        assert saved.follow_up is not None
        if saved.exhausted:
            return saved.follow_up.id
        clock.advance(3 * DAY_S)
    raise AssertionError("never exhausted")


def test_what_was_tried_in_vain_is_told_to_whose_it_is_and_to_the_supervisor(
    crm: Crm, open_as: OpenCrm, clock: FrozenClock
) -> None:
    agents.add(crm, "omid")
    agents.add(crm, "mina", role="supervisor")
    exhaust(crm, clock, "Leila")
    assert today.counts(crm).exhausted == 1
    assert named(today.exhausted(crm)) == [("exhausted", "Leila")]
    assert today.counts(open_as("omid")).exhausted == 0
    assert today.exhausted(open_as("omid")) == []
    assert today.counts(open_as("mina")).exhausted == 1
    assert named(today.exhausted(open_as("mina"))) == [("exhausted", "Leila")]


def test_a_promise_in_vain_is_told_of_whom_is_promised_something_else_anyway(
    crm: Crm, clock: FrozenClock
) -> None:
    weekly, other = person(crm, "weekly"), person(crm, "birthday")
    promises.add(crm, weekly, "today", every="every week")
    promises.add(crm, other, "today")
    promises.add(crm, other, "2027-06-01", "birthday")
    for attempt in range(4):
        for row in [row for row in today.queue(crm) if row.follow_up is not None]:
            today.quick(crm, row, "n", f"{row.key}{attempt}")
        clock.advance(DAY_S)
    assert named(today.exhausted(crm)) == [("exhausted", "weekly"), ("exhausted", "birthday")]
    assert today.counts(crm).exhausted == 2
    promises.add(crm, other, "2027-01-15", "once more")
    assert named(today.exhausted(crm)) == [("exhausted", "weekly")]


def test_who_was_reached_since_or_is_promised_something_was_not_called_in_vain(
    crm: Crm, clock: FrozenClock
) -> None:
    again = exhaust(crm, clock, "Leila")
    exhaust(crm, clock, "Omid")
    exhaust(crm, clock, "Reza")
    assert [row.contact.name for row in today.exhausted(crm)] == ["Leila", "Omid", "Reza"]
    promises.reopen(crm, again, "tomorrow")
    calls.save(crm, CallDraft("reached", Who(2), "spoke at last /-"))
    assert named(today.exhausted(crm)) == [("exhausted", "Reza")]
    assert today.counts(crm).exhausted == 1
