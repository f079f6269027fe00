"""The agenda: what is promised by due, by filter, in numbers."""

from __future__ import annotations

from datetime import date

import pytest

from tuicrm.domain.models import ContactPatch, FollowUp, NewContact
from tuicrm.services import agenda, agents, contacts, followups, history, promises
from tuicrm.services.context import Crm

WHENS = ("2026-11-23 9:00", "2026-11-23 15:00", "2026-11-24", "2026-12-01 10:00", "2026-12-02")


@pytest.fixture
def made(crm: Crm) -> list[FollowUp]:
    """Five promises to one person, by due."""
    leila = contacts.add(crm, NewContact("Leila Karimi", tags=("vip",))).id
    return [promises.add(crm, leila, when, f"reason {n}") for n, when in enumerate(WHENS)]


def reasons(crm: Crm, text: str = "") -> list[str]:
    return [row.reason for row in agenda.page(crm, text).rows]


def test_open_ones_stand_by_due_and_closed_ones_only_where_they_are_asked_for(
    crm: Crm, made: list[FollowUp]
) -> None:
    promises.done(crm, made[1].id)
    promises.cancel(crm, made[3].id, "bought elsewhere")
    assert reasons(crm) == ["reason 0", "reason 2", "reason 4"]
    assert reasons(crm, "state:done") == ["reason 1"]
    assert reasons(crm, "state:done,cancelled") == ["reason 1", "reason 3"]
    assert reasons(crm, "-state:done") == ["reason 0", "reason 2", "reason 3", "reason 4"]
    assert reasons(crm, "state:open,done") == ["reason 0", "reason 1", "reason 2", "reason 4"]


def test_a_saved_filter_may_ask_for_a_state(crm: Crm, made: list[FollowUp]) -> None:
    from tuicrm.services import saved_filters

    promises.done(crm, made[1].id)
    saved_filters.save(crm, "followups", "kept", "state:done")
    assert reasons(crm, "saved:kept") == ["reason 1"]


def test_pages_meet_in_both_directions_also_where_moments_are_the_same(
    crm: Crm, made: list[FollowUp]
) -> None:
    leila = made[0].contact.id
    for n in range(5, 9):
        promises.add(crm, leila, WHENS[1], f"reason {n}")
    whole = agenda.page(crm).rows
    first = agenda.page(crm, limit=3)
    rest = agenda.page(crm, limit=50, after=first.rows[-1])
    assert (*first.rows, *rest.rows) == whole
    assert first.more
    assert not rest.more
    last = agenda.page(crm, limit=4, backward=True)
    before = agenda.page(crm, limit=50, after=last.rows[0], backward=True)
    assert (*before.rows, *last.rows) == whole


def test_days_and_the_whole_are_counted(crm: Crm, made: list[FollowUp]) -> None:
    promises.snooze(crm, made[4].id, "2026-12-05")
    days = agenda.day_counts(crm, [date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)])
    assert days == {date(2026, 11, 23): 2, date(2026, 11, 24): 1, date(2026, 11, 25): 0}
    found = agenda.totals(crm)
    assert (found.follow_ups, found.overdue, found.today, found.waiting, found.more) == (5, 0, 0, 1, False)
    promises.add(crm, made[0].contact.id, "today")
    assert agenda.totals(crm).today == 1


def test_those_between_two_are_marked(crm: Crm, made: list[FollowUp]) -> None:
    assert agenda.ids(crm, between=(made[3], made[1])) == [each.id for each in made[1:4]]
    assert agenda.ids(crm, "due:2026-11-23") == [each.id for each in made[:2]]


def test_one_is_read_again_as_long_as_it_fits(crm: Crm, made: list[FollowUp]) -> None:
    assert agenda.one(crm, made[0].id, "due:2026-11-23") == made[0]
    promises.move(crm, made[0].id, "2026-12-24")
    assert agenda.one(crm, made[0].id, "due:2026-11-23") is None
    history.undo(crm)
    contacts.delete(crm, made[0].contact.id)
    assert agenda.one(crm, made[0].id) is None


def test_other_agents_are_seen_and_people_who_must_not_be_called_too(crm: Crm, made: list[FollowUp]) -> None:
    agents.add(crm, "reza")
    promises.assign(crm, made[0].id, "reza")
    contacts.edit(crm, made[0].contact.id, ContactPatch(do_not_call=True))
    assert reasons(crm, "agent:reza") == ["reason 0"]
    assert len(reasons(crm)) == 5
    assert len(reasons(crm, "agent:me tag:vip")) == 4


def test_of_what_is_due_at_one_instant_what_has_a_time_stands_first_on_every_page(crm: Crm) -> None:
    leila = contacts.add(crm, NewContact("Leila Karimi")).id
    for at, when in enumerate(("tomorrow", "tomorrow 9:00", "tomorrow", "tomorrow 10:00", "tomorrow 9:00")):
        promises.add(crm, leila, when, f"reason {at}")
    whole = agenda.page(crm).rows
    assert [row.reason[-1] for row in whole] == ["1", "4", "0", "2", "3"]
    mine = {"agent": crm.me, "state": "open"}
    for at, row in enumerate(whole):
        assert agenda.page(crm, after=row).rows == whole[at + 1 :]
        assert agenda.page(crm, after=row, backward=True).rows == whole[:at]
        assert followups.page(crm, filters=mine, after=row.id).rows == whole[at + 1 :]
    assert agenda.ids(crm, between=(whole[3], whole[1])) == [row.id for row in whole[1:4]]
