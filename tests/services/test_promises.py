"""Follow-ups and tickets made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from tuicrm.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from tuicrm.domain.models import ContactPatch, Due, NewContact
from tuicrm.services import agents, contacts, history, promises, promises_bulk, tickets
from tuicrm.services.bulk import BulkDone
from tuicrm.services.context import Crm


@pytest.fixture
def leila(crm: Crm) -> int:
    return contacts.add(crm, NewContact("Leila Karimi")).id


def test_a_follow_up_is_promised_and_taken_back(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "thursday 10", "price of  pump")
    assert (made.reason, made.assignee, made.state) == ("price of pump", "sara", "open")
    assert made.due == made.first_due == Due(date(2026, 11, 26), time(10))
    row = contacts.row(crm, leila)
    assert row is not None
    assert row.next_follow_up == made.due
    history.undo(crm)
    assert contacts.card(crm, leila).follow_ups == ()


def test_remind_later_keeps_the_promise_and_move_does_not(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "thursday 10")
    later = promises.snooze(crm, made.id, "2026-12-01 11:00")
    assert (later.due, later.first_due) == (made.due, made.due)
    assert later.remind_at is not None
    assert later.remind_at.astimezone(crm.zone).isoformat(timespec="minutes")[:16] == "2026-12-01T11:00"
    moved = promises.move(crm, made.id, "2026-12-02")
    assert (moved.due.on, moved.first_due.on) == (date(2026, 12, 2), date(2026, 12, 2))
    assert moved.remind_at is None


def test_one_is_reminded_at_the_start_of_a_day_without_a_time_and_never_in_the_past(
    crm: Crm, leila: int
) -> None:
    made = promises.add(crm, leila, "thursday 10")
    later = promises.snooze(crm, made.id, "2026-12-01")
    assert later.remind_at is not None
    assert later.remind_at.astimezone(crm.zone).time() == time(9)
    with pytest.raises(Invalid, match=r"remind_past|when_past") as refused:
        promises.snooze(crm, made.id, "2026-11-01")
    assert refused.value.fields[0].field == "when"
    assert promises.wake(crm, made.id).remind_at is None
    history.undo(crm)
    assert promises.get(crm, made.id).remind_at == later.remind_at


@pytest.mark.parametrize(
    ("typed", "later", "early"),
    [
        ("tomorrow at 3", "tomorrow at 15", "tomorrow at 3am"),
        ("thu 2", "thu 14", "thu 2am"),
        ("5", "17", "5am"),
        ("4 dec 4", "4 dec 16", "4 dec 4am"),
        ("پس‌فردا ساعت ۵", "پس‌فردا ساعت ۱۷", "پس‌فردا ساعت ۵ صبح"),
    ],
)
def test_a_bare_hour_of_the_night_is_asked_about_wherever_it_is_typed(
    crm: Crm, leila: int, typed: str, later: str, early: str
) -> None:
    made = promises.add(crm, leila, "thursday 10")
    deeds: list[Callable[[], object]] = [
        lambda: promises.add(crm, leila, typed),
        lambda: promises.snooze(crm, made.id, typed),
        lambda: promises.move(crm, made.id, typed),
        lambda: promises.edit(crm, made.id, when=typed, reason=None, agent=None),
    ]
    for deed in deeds:
        with pytest.raises(Invalid, match="when_at_night") as refused:
            deed()
        (problem,) = refused.value.fields
        assert (problem.field, problem.params["later"], problem.params["early"]) == ("when", later, early)
    assert promises.get(crm, made.id) == made
    afternoon, night = (promises.move(crm, made.id, each).due.at for each in (later, early))
    assert night is not None
    assert afternoon == night.replace(hour=night.hour + 12)


@pytest.mark.parametrize(
    "typed",
    [
        "tomorrow 03:00",
        "tomorrow 3:00",
        "thu 2am",
        "4 dec 4:00",
        "5 dec 05:00",
        "tomorrow 8",
        "4h",
    ],
)
def test_an_hour_that_is_said_in_full_is_taken(crm: Crm, leila: int, typed: str) -> None:
    assert promises.add(crm, leila, typed).due.at is not None


def test_what_somebody_else_changed_since_is_not_overwritten(crm: Crm, leila: int) -> None:
    seen = promises.add(crm, leila, "thursday 10", "price")
    promises.move(crm, seen.id, "2026-12-02")
    with pytest.raises(Conflict, match="follow_up_changed"):
        promises.done(crm, seen.id, seen=seen)
    assert promises.done(crm, seen.id, seen=promises.get(crm, seen.id)).state == "done"


def test_what_was_given_up_is_owed_again_with_its_attempts_anew(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "tomorrow", "price")
    with pytest.raises(Conflict, match="follow_up_open"):
        promises.reopen(crm, made.id)
    with crm.database.transaction(crm.actor, "followup.edit") as tx:
        tx.update("followup", made.id, {"state": "exhausted", "attempt": 4, "closed_at": tx.now})
    again = promises.reopen(crm, made.id)
    assert (again.state, again.attempt, again.closed_at, again.due) == ("open", 1, None, made.due)
    promises.cancel(crm, made.id, "moved away")
    later = promises.reopen(crm, made.id, "2026-12-24")
    assert (later.state, later.closed_reason, later.due.on) == ("open", "", date(2026, 12, 24))


def test_many_are_done_in_one_action_and_those_closed_meanwhile_are_passed_over(crm: Crm, leila: int) -> None:
    made = [promises.add(crm, leila, "tomorrow", f"number {n}").id for n in range(5)]
    promises.done(crm, made[0])
    told = promises_bulk.cancel(crm, made, "the list was wrong")
    assert (told.changed, told.passed) == (4, 1)
    assert {promises.get(crm, each).closed_reason for each in made[1:]} == {"the list was wrong"}
    history.undo(crm)
    assert [promises.get(crm, each).state for each in made] == ["done", "open", "open", "open", "open"]


def test_many_are_put_off_moved_and_handed_on(crm: Crm, leila: int) -> None:
    agents.add(crm, "reza")
    made = [promises.add(crm, leila, "tomorrow").id for _ in range(3)]
    assert promises_bulk.snooze(crm, made, "2026-12-01").changed == 3
    assert all(promises.get(crm, each).remind_at for each in made)
    assert promises_bulk.wake(crm, made[:1]).changed == 1
    assert promises_bulk.move(crm, made, "2026-12-24").changed == 3
    assert promises_bulk.assign(crm, made, "reza").changed == 3
    assert promises_bulk.assign(crm, made, "reza") == BulkDone(None, 0, 3)
    assert {(one.assignee, one.due.on) for each in made if (one := promises.get(crm, each))} == {
        ("reza", date(2026, 12, 24))
    }
    assert promises_bulk.done(crm, made).changed == 3
    assert promises_bulk.reopen(crm, made, "2026-12-25").changed == 3


@pytest.mark.parametrize(("text", "minutes"), [("15", 15), ("2h", 120), ("", None), ("۱۵", 15)])
def test_an_alarm_is_so_long_before(crm: Crm, leila: int, text: str, minutes: int | None) -> None:
    assert promises.add(crm, leila, "tomorrow 10", alarm=text).alarm_minutes == minutes


@pytest.mark.parametrize("text", ["soon", "15s", "999999"])
def test_what_is_no_alarm_names_the_field(crm: Crm, leila: int, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        promises.add(crm, leila, "tomorrow 10", alarm=text)
    assert refused.value.fields[0].field == "alarm"


def test_done_cancelled_and_no_more(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "tomorrow", "price")
    assert promises.done(crm, made.id).state == "done"
    with pytest.raises(Conflict, match="follow_up_closed"):
        promises.done(crm, made.id)
    other = promises.add(crm, leila, "tomorrow", "price")
    ended = promises.cancel(crm, other.id, "bought elsewhere")
    assert (ended.state, ended.reason, ended.closed_reason) == ("cancelled", "price", "bought elsewhere")
    items = [(item.entity, item.kind) for item in contacts.card(crm, leila).timeline]
    assert items == [("followup", "cancelled"), ("followup", "done")]


def test_handed_to_another_who_works_here(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "tomorrow")
    with pytest.raises(Invalid, match="no_agent") as refused:
        promises.assign(crm, made.id, "reza")
    assert refused.value.fields[0].field == "assignee"
    agents.add(crm, "reza")
    assert promises.assign(crm, made.id, "@reza").assignee == "reza"
    assert promises.edit(crm, made.id, when=None, reason="x", agent="me").assignee == "sara"


def test_handed_on_by_a_name_that_one_alone_has(crm: Crm, leila: int) -> None:
    agents.add(crm, "reza", name="رضا کیانی")
    agents.add(crm, "rk", name="رضا کریمی")
    made = promises.add(crm, leila, "tomorrow")
    assert promises.assign(crm, made.id, "رضا كياني").assignee == "reza"
    assert promises.assign(crm, made.id, "@کریمی").assignee == "rk"
    with pytest.raises(Invalid, match="no_agent"):
        promises.assign(crm, made.id, "رضا")


def test_what_cannot_be_promised(crm: Crm, leila: int) -> None:
    with pytest.raises(Invalid) as refused:
        promises.add(crm, leila, "someday")
    assert refused.value.fields[0].field == "when"
    with pytest.raises(NotFound):
        promises.add(crm, 404, "tomorrow")
    with pytest.raises(NotFound):
        promises.done(crm, 404)
    contacts.edit(crm, leila, ContactPatch(do_not_call=True))
    with pytest.raises(NotAllowed, match="promise_unwanted"):
        promises.add(crm, leila, "tomorrow")
    contacts.delete(crm, leila)
    with pytest.raises(Conflict):
        promises.add(crm, leila, "tomorrow")


def test_a_ticket_is_opened_with_its_first_line_in_the_thread(crm: Crm, leila: int) -> None:
    kind = tickets.kinds(crm.process())[0]
    made = tickets.new(crm, leila, "pump leaks", kind=kind, priority="high", note="since monday")
    assert (made.subject, made.kind, made.priority, made.assignee) == ("pump leaks", kind, "high", "sara")
    assert made.category == "open"
    [item] = contacts.card(crm, leila).timeline
    assert (item.entity, item.kind, item.text, item.ticket) == (
        "ticket_event",
        "created",
        "since monday",
        made.id,
    )
    history.undo(crm)
    assert contacts.card(crm, leila).tickets == ()


def test_a_priority_by_its_letter_or_label(crm: Crm) -> None:
    process = crm.process()
    for one in process.priorities:
        for name in (one.code, one.key, *one.names):
            if name:
                assert tickets.priority_of(process, name) == one.code
    assert tickets.priority_of(process, "") == process.defaults.priority


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"kind": "nothing"}, "kind"),
        ({"priority": "soonish"}, "priority"),
        ({"subject": "x" * 500}, "subject"),
    ],
)
def test_a_bad_ticket_names_the_field(crm: Crm, leila: int, more: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        tickets.new(crm, leila, **{"subject": "pump leaks", **more})
    assert refused.value.fields[0].field == field
