"""What repeats: the next one is made when the last is closed, by hand or by a call, and taken back with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.services.conftest import OpenCrm
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.models import SKIPPED, CallDraft, ContactPatch, Due, FollowUp, NewContact, Saved, Who
from tuicrm.services import calls, contacts, filtering, followups, history, promises, promises_bulk, recurring
from tuicrm.services.context import Crm


@pytest.fixture
def leila(crm: Crm) -> int:
    return contacts.add(crm, NewContact("Leila Karimi")).id


def open_ones(crm: Crm, contact_id: int) -> tuple[FollowUp, ...]:
    ids = [each.id for each in contacts.card(crm, contact_id).follow_ups if each.state == "open"]
    return tuple(promises.get(crm, one) for one in ids)


def log(crm: Crm, contact_id: int, line: str) -> Saved:
    return calls.save(crm, CallDraft(uid=f"uid {line}", who=Who(contact_id=contact_id), line=line))


def the_next(crm: Crm, closed: FollowUp) -> FollowUp:
    made = recurring.coming(crm, promises.get(crm, closed.id))
    assert made is not None
    assert made.follow_up is not None
    return made.follow_up


def test_the_next_one_is_made_when_the_last_is_done_with_all_that_belongs_to_it(crm: Crm, leila: int) -> None:
    first = promises.add(crm, leila, "5 dec 10:00", "service", alarm="15", every="monthly on the 5th")
    assert (first.recurrence, first.series_on) == ("FREQ=MONTHLY;BYMONTHDAY=5", date(2026, 12, 5))
    promises.done(crm, first.id)
    second = the_next(crm, first)
    assert second.due == second.first_due == Due(date(2027, 1, 5), time(10))
    assert (second.reason, second.assignee, second.alarm_minutes) == ("service", "sara", 15)
    assert (second.recurrence, second.series_id, second.state) == (first.recurrence, first.id, "open")
    assert [each.id for each in open_ones(crm, leila)] == [second.id]
    promises.done(crm, second.id)
    assert the_next(crm, second).series_id == first.id


def test_undo_of_done_takes_the_next_one_back_in_the_same_action_and_redo_makes_it_again(
    crm: Crm, leila: int
) -> None:
    first = promises.add(crm, leila, "5 dec", every="every month")
    promises.done(crm, first.id)
    history.undo(crm)
    assert [each.id for each in open_ones(crm, leila)] == [first.id]
    history.redo(crm)
    assert [each.due.on for each in open_ones(crm, leila)] == [date(2027, 1, 5)]
    history.undo(crm)
    promises.done(crm, first.id)
    assert [each.due.on for each in open_ones(crm, leila)] == [date(2027, 1, 5)]


def test_a_call_with_contact_closes_it_and_makes_the_next_and_undo_takes_all_of_it(
    crm: Crm, leila: int
) -> None:
    first = promises.add(crm, leila, "today 10:00", "weekly order", every="every week")
    log(crm, leila, "ordered 3 boxes")
    assert promises.get(crm, first.id).state == "done"
    assert the_next(crm, first).due == Due(date(2026, 11, 29), time(10))
    history.undo(crm)
    assert [(each.id, each.state) for each in open_ones(crm, leila)] == [(first.id, "open")]


def test_a_call_may_promise_something_else_beside_the_series(crm: Crm, leila: int) -> None:
    promises.add(crm, leila, "today", "weekly order", every="every week")
    log(crm, leila, "call back about the price /2d")
    assert sorted(str(each.due.on) for each in open_ones(crm, leila)) == ["2026-11-24", "2026-11-29"]


def test_nobody_answered_moves_this_one_and_the_series_stays_where_it_was(
    crm: Crm, leila: int, clock: FrozenClock
) -> None:
    first = promises.add(crm, leila, "today 10:00", "weekly order", every="every week")
    log(crm, leila, "/n")
    moved = promises.get(crm, first.id)
    assert (moved.state, moved.due.on > first.due.on, moved.series_on) == ("open", True, first.due.on)
    clock.advance(timedelta(days=2).total_seconds())
    log(crm, leila, "ordered")
    assert the_next(crm, first).due == Due(date(2026, 11, 29), time(10))


def test_after_the_last_attempt_the_series_goes_on(crm: Crm, leila: int, clock: FrozenClock) -> None:
    first = promises.add(crm, leila, "today 10:00", "weekly order", every="every week")
    for attempt in range(20):
        log(crm, leila, f"/n -{attempt + 10}m")
        clock.advance(timedelta(hours=1).total_seconds())
        if promises.get(crm, first.id).state == "exhausted":
            break
    assert promises.get(crm, first.id).state == "exhausted"
    assert [each.due.on for each in open_ones(crm, leila)] == [date(2026, 11, 29)]


def test_who_asks_not_to_be_called_ends_the_series(crm: Crm, leila: int) -> None:
    first = promises.add(crm, leila, "today 10:00", every="every week")
    contacts.edit(crm, leila, ContactPatch(do_not_call=True))
    promises.done(crm, first.id)
    assert open_ones(crm, leila) == ()


def test_moving_one_does_not_move_the_series(crm: Crm, leila: int) -> None:
    first = promises.add(crm, leila, "5 dec 10:00", every="every month")
    promises.move(crm, first.id, "3 dec 15:00")
    promises.done(crm, first.id)
    assert the_next(crm, first).due == Due(date(2027, 1, 5), time(10))


def test_reminding_later_does_not_move_the_series(crm: Crm, leila: int) -> None:
    first = promises.add(crm, leila, "5 dec 10:00", every="every month")
    promises.snooze(crm, first.id, "20 dec")
    promises.done(crm, first.id)
    assert (the_next(crm, first).due.on, the_next(crm, first).remind_at) == (date(2027, 1, 5), None)


def test_what_was_missed_is_passed_over_and_counted(crm: Crm, leila: int, clock: FrozenClock) -> None:
    first = promises.add(crm, leila, "tomorrow", every="every day")
    clock.advance(timedelta(days=10).total_seconds())
    promises.done(crm, first.id)
    made = recurring.coming(crm, promises.get(crm, first.id))
    assert made is not None
    assert made.follow_up is not None
    # done on 2 December: not asked for again on that day
    assert (made.follow_up.due.on, made.missed) == (date(2026, 12, 3), 9)


def test_counted_from_the_day_it_was_done(crm: Crm, leila: int, clock: FrozenClock) -> None:
    first = promises.add(crm, leila, "tomorrow", every="every 90 days after done")
    clock.advance(timedelta(days=20).total_seconds())
    promises.done(crm, first.id)
    # ninety days later is a Friday, which nobody named: the next working day
    assert date(2026, 12, 12) + timedelta(days=90) == date(2027, 3, 12)
    assert the_next(crm, first).due.on == date(2027, 3, 13)


def test_several_skips_go_on_one_date_each_time(crm: Crm, leila: int) -> None:
    one = promises.add(crm, leila, "thursday 10", every="every week")
    seen = []
    for _ in range(3):
        promises.skip(crm, one.id)
        closed = promises.get(crm, one.id)
        assert (closed.state, closed.closed_reason) == ("cancelled", SKIPPED)
        one = the_next(crm, one)
        seen.append(str(one.due.on))
    assert seen == ["2026-12-03", "2026-12-10", "2026-12-17"]
    history.undo(crm)
    assert [str(each.due.on) for each in open_ones(crm, leila)] == ["2026-12-10"]


def test_what_was_skipped_late_may_come_today_and_what_was_done_late_not(
    crm: Crm, leila: int, clock: FrozenClock
) -> None:
    skipped = promises.add(crm, leila, "tomorrow", "a", every="every day")
    done = promises.add(crm, leila, "tomorrow", "b", every="every day")
    passed = promises.add(crm, leila, "tomorrow 9:00", "c", every="every day")
    clock.advance(timedelta(days=2).total_seconds())
    promises.skip(crm, skipped.id)
    promises.skip(crm, passed.id)
    promises.done(crm, done.id)
    assert the_next(crm, skipped).due.on == date(2026, 11, 24)
    assert the_next(crm, passed).due.on == date(2026, 11, 25)
    assert the_next(crm, done).due.on == date(2026, 11, 25)


def test_only_what_repeats_can_be_skipped(crm: Crm, leila: int) -> None:
    once = promises.add(crm, leila, "thursday")
    with pytest.raises(Conflict, match="follow_up_once"):
        promises.skip(crm, once.id)
    assert promises.get(crm, once.id).state == "open"


def test_taking_one_back_ends_its_series(crm: Crm, leila: int) -> None:
    first = promises.add(crm, leila, "thursday", every="every week")
    closed = promises.cancel(crm, first.id, "moved away")
    assert open_ones(crm, leila) == ()
    made = recurring.coming(crm, closed)
    assert made is not None
    assert made.follow_up is None


def test_count_and_until_end_a_series(crm: Crm, leila: int) -> None:
    one = promises.add(crm, leila, "thursday", every="every week 3 times")
    for left in ("COUNT=2", "COUNT=1"):
        promises.done(crm, one.id)
        one = the_next(crm, one)
        assert one.recurrence == f"FREQ=WEEKLY;BYDAY=TH;{left}"
    promises.done(crm, one.id)
    assert open_ones(crm, leila) == ()
    one = promises.add(crm, leila, "thursday", every="every week until 3 dec")
    promises.done(crm, one.id)
    promises.done(crm, the_next(crm, one).id)
    assert open_ones(crm, leila) == ()


def test_one_that_is_owed_again_makes_no_second_next_one(crm: Crm, leila: int) -> None:
    first = promises.add(crm, leila, "thursday", every="every week")
    promises.done(crm, first.id)
    promises.reopen(crm, first.id)
    promises.done(crm, first.id)
    assert [str(each.due.on) for each in open_ones(crm, leila)] == ["2026-12-03"]


def test_many_done_at_once_make_their_next_ones_and_one_undo_takes_them_back(crm: Crm, leila: int) -> None:
    ids = [promises.add(crm, leila, "thursday", str(n), every="every week").id for n in range(3)]
    promises_bulk.done(crm, ids)
    assert [str(each.due.on) for each in open_ones(crm, leila)] == ["2026-12-03"] * 3
    history.undo(crm)
    assert sorted(each.id for each in open_ones(crm, leila)) == ids


def test_the_first_date_is_the_rules_own_when_none_is_said(crm: Crm, leila: int) -> None:
    friday = promises.add(crm, leila, "", every="last friday of the month")
    assert friday.due.on == date(2026, 11, 27)
    quarter = promises.add(crm, leila, "", every="every 90 days")
    assert quarter.due.on == date(2027, 2, 20)
    with pytest.raises(Invalid, match="when_empty"):
        promises.add(crm, leila, "")


def test_a_first_date_that_the_rule_does_not_name_stays_as_it_was_promised(crm: Crm, leila: int) -> None:
    first = promises.add(crm, leila, "tomorrow", every="monthly on the 5th")
    assert first.due.on == date(2026, 11, 23)
    promises.done(crm, first.id)
    assert the_next(crm, first).due.on == date(2026, 12, 5)


def test_what_once_repeated_can_be_made_to_stop_and_to_repeat_otherwise(crm: Crm, leila: int) -> None:
    first = promises.add(crm, leila, "thursday 10", every="every week")
    changed = promises.edit(crm, first.id, when=None, reason=None, agent=None, every="هر ماه")
    assert changed.recurrence == "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=5"
    stopped = promises.edit(crm, first.id, when=None, reason=None, agent=None, every="")
    assert (stopped.recurrence, stopped.series_on) == (None, None)
    promises.done(crm, first.id)
    assert open_ones(crm, leila) == ()
    assert recurring.coming(crm, promises.get(crm, first.id)) is None


def test_the_clock_of_a_series_is_that_of_its_zone_when_clocks_change_both_ways(
    crm: Crm, leila: int, clock: FrozenClock
) -> None:
    crm.zone = ZoneInfo("Europe/Berlin")
    clock.advance((datetime(2027, 3, 22, 7, tzinfo=UTC) - clock.now()).total_seconds())
    spring = promises.add(crm, leila, "27 mar 09:30", every="every day")
    assert spring.due_key == datetime(2027, 3, 27, 8, 30, tzinfo=UTC)
    promises.done(crm, spring.id)
    assert the_next(crm, spring).due_key == datetime(2027, 3, 28, 7, 30, tzinfo=UTC)
    missing = promises.add(crm, leila, "27 mar 02:30", every="every day")
    promises.done(crm, missing.id)
    # there is no 2:30 on that day: it is 3:30, and 2:30 again on the next
    gap = the_next(crm, missing)
    assert (gap.due.at, gap.due_key) == (time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
    autumn = promises.add(crm, leila, "30 oct 09:30", every="every day")
    promises.done(crm, autumn.id)
    assert the_next(crm, autumn).due_key == datetime(2027, 10, 31, 8, 30, tzinfo=UTC)


def test_a_day_off_stays_the_day_that_was_chosen_and_is_owed_when_work_begins_again(
    crm: Crm, leila: int
) -> None:
    first = promises.add(crm, leila, "thursday", every="every friday")
    promises.done(crm, first.id)
    friday = the_next(crm, first)
    assert friday.due.on == date(2026, 11, 27)
    # nobody works on a Friday in Iran, but it was chosen
    assert friday.due_key == datetime(2026, 11, 27, 5, 30, tzinfo=UTC)


def test_what_is_not_understood_is_refused_and_names_its_field(crm: Crm, leila: int) -> None:
    with pytest.raises(Invalid) as refused:
        promises.add(crm, leila, "thursday", every="every now and then")
    assert (refused.value.code, refused.value.fields[0].field) == ("recurrence_unknown", "every")
    assert open_ones(crm, leila) == ()


def test_another_agents_done_makes_the_next_one_theirs_as_before(
    open_as: OpenCrm, leila: int, crm: Crm
) -> None:
    first = promises.add(crm, leila, "thursday", every="every week")
    promises.done(open_as("reza"), first.id)
    assert the_next(crm, first).assignee == "sara"


def test_the_filter_finds_what_repeats(crm: Crm, leila: int) -> None:
    once = promises.add(crm, leila, "thursday")
    weekly = promises.add(crm, leila, "thursday", every="every week")

    def found(text: str) -> list[int]:
        return [row.id for row in followups.page(crm, where=filtering.where(crm, "followups", text)).rows]

    assert found("repeats:yes") == [weekly.id]
    assert found("repeats:no") == [once.id]
    assert found("تکرار:بله") == [weekly.id]


def test_a_jalali_birthday_keeps_its_day_and_hour_across_leap_years(crm: Crm, leila: int) -> None:
    # 1408 has a 30 Esfand, 1405 to 1407 have none
    one = promises.add(crm, leila, "1405/12/29 10:00", "birthday", every="هر سال ۳۰ اسفند")
    seen = []
    for _ in range(3):
        promises.done(crm, one.id)
        one = the_next(crm, one)
        seen.append(str(one.due.on))
        assert one.due_key.astimezone(crm.zone).time() == time(10)
    assert seen == ["2028-03-19", "2029-03-19", "2030-03-20"]


def test_at_midnight_done_counts_for_the_day_that_begins(crm: Crm, leila: int, clock: FrozenClock) -> None:
    first = promises.add(crm, leila, "tomorrow", every="every day")
    clock.advance((datetime(2026, 11, 22, 20, 30, tzinfo=UTC) - clock.now()).total_seconds())
    # 00:00 of the 23rd in Tehran
    promises.done(crm, first.id)
    assert the_next(crm, first).due.on == date(2026, 11, 24)


def test_a_clock_that_was_put_back_makes_no_date_twice(crm: Crm, leila: int, clock: FrozenClock) -> None:
    first = promises.add(crm, leila, "tomorrow", every="every day")
    promises.done(crm, first.id)
    second = the_next(crm, first)
    clock.advance(-5 * 86_400)
    promises.done(crm, second.id)
    assert [str(each.due.on) for each in (first, second, the_next(crm, second))] == [
        "2026-11-23",
        "2026-11-24",
        "2026-11-25",
    ]


def test_the_rules_of_a_zone_are_asked_for_each_date_anew(crm: Crm, leila: int) -> None:
    # a time of day is kept, not an instant: what a zone does until then is its own affair
    first = promises.add(crm, leila, "5 dec 10:00", every="every 3 months")
    crm.zone = ZoneInfo("America/New_York")
    promises.done(crm, first.id)
    made = the_next(crm, first)
    assert (made.zone, made.due) == ("Asia/Tehran", Due(date(2027, 3, 5), time(10)))
    assert made.due_key == datetime(2027, 3, 5, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "when", "apart"),
    [
        ("every first monday", "30 nov 9:30", True),
        ("every first monday", "7 dec 9:30", False),
        ("every 2 weeks on tue", "24 nov", False),
        ("every 2 weeks on tue", "25 nov", True),
        ("every month", "30 nov", False),
        ("90 days", "30 nov", False),
    ],
)
def test_a_first_date_that_is_none_of_the_rules_own_is_told(
    crm: Crm, every: str, when: str, apart: bool
) -> None:
    found = recurring.preview(crm, every, when, None)
    assert found is not None
    assert found.apart is apart
