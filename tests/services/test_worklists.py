"""Worklists: who is next, how far the round has come, people put on a list by name; whom one owes a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.queued import NAMES, later, log, names, on
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Conflict, Invalid, NotFound
from tuicrm.domain.models import ContactPatch, NewContact
from tuicrm.services import (
    agents,
    contacts,
    filtering,
    history,
    merging,
    promises,
    saved_filters,
    worklist_members,
    worklists,
)
from tuicrm.services.context import Crm
from tuicrm.storage.queries import worklists as queries
from tuicrm.storage.queries.chosen import FEW


@pytest.fixture
def people(crm: Crm) -> list[int]:
    """Four people with the tag vip, whom nobody called yet."""
    return [contacts.add(crm, NewContact(name, tags=("vip",))).id for name in NAMES]


# --- a filter as a queue ------------------------------------------------------------------------------------


def test_a_filter_is_worked_from_who_was_not_called_for_the_longest_time(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    log(crm, people[0], "hello")
    later(clock, hours=1)
    log(crm, people[2], "hello")
    later(clock, hours=1)
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    later(clock, hours=1)
    assert on(crm, "vips") == ["George", "Nadia", "Leila", "Reza"]


def test_who_was_spoken_to_is_off_the_round_and_who_has_a_follow_up_is_left_to_it(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    later(clock, hours=1)
    log(crm, people[0], "wants three")
    log(crm, people[1], "/n")
    promises.add(crm, people[2], "tomorrow 10", "quote")
    assert on(crm, "vips") == ["Nadia"]
    found = worklists.progress(crm, "vips", outcomes=True)
    assert (found.people, found.done, found.promised, found.left) == (4, 1, 2, 1)
    assert dict(found.outcomes) == {"connected": 1, "no_answer": 1}


def test_who_asked_not_to_be_called_is_never_on_it(crm: Crm, people: list[int]) -> None:
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    contacts.edit(crm, people[0], ContactPatch(do_not_call=True))
    assert "Leila" not in on(crm, "vips")
    found = worklists.progress(crm, "vips")
    assert (found.people, found.unwanted) == (3, 1)


def test_who_was_called_in_vain_without_a_follow_up_comes_again_behind_the_others(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    later(clock, hours=1)
    log(crm, people[0], "/n /-")
    rows = worklists.page(crm, "vips").rows
    assert names(rows) == ["George", "Reza", "Nadia", "Leila"]
    assert (rows[-1].attempts, rows[-1].last_outcome) == (1, "no_answer")


def test_after_the_last_attempt_somebody_is_off_the_round(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    for _ in range(5):
        later(clock, days=4)
        log(crm, people[0], "/n")
    found = worklists.progress(crm, "vips")
    assert found.exhausted == 1
    assert "Leila" not in on(crm, "vips")


def test_whose_attempts_were_used_up_before_the_list_was_made_is_off_until_all_are_called_again(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    for _ in range(5):
        later(clock, days=4)
        log(crm, people[0], "/n")
    later(clock, hours=1)
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    worklist_members.put(crm, people, "fair")
    for name in ("vips", "fair"):
        assert on(crm, name) == ["George", "Reza", "Nadia"]
        found = worklists.progress(crm, name)
        assert (found.exhausted, found.done, found.left) == (1, 0, 3)
    later(clock, hours=1)
    worklists.restart(crm, "fair")
    assert "Leila" in on(crm, "fair")
    assert worklists.progress(crm, "fair").left == 4
    log(crm, people[0], "spoken to at last")
    later(clock, hours=1)
    saved_filters.save(crm, "contacts", "new round", "tag:vip")
    assert "Leila" in on(crm, "new round")


def test_a_round_is_counted_again_only_when_something_was_changed(
    crm: Crm, open_as: Callable[..., Crm], people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    counted: list[object] = []
    states = queries.states

    def counting(*asked: Any) -> dict[str, int]:
        counted.append(asked)
        return states(*asked)

    monkeypatch.setattr(queries, "states", counting)
    reza = open_as("reza")
    assert [worklists.progress(crm, "vips").left for _ in range(3)] == [4, 4, 4]
    assert len(counted) == 1
    log(reza, people[0], "hello")
    assert [worklists.progress(crm, "vips").done for _ in range(2)] == [1, 1]
    history.undo(reza)
    assert worklists.progress(crm, "vips").done == 0
    assert len(counted) == 3


def test_a_new_round_begins_with_everybody(crm: Crm, clock: FrozenClock, people: list[int]) -> None:
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    later(clock, hours=1)
    for each in people:
        log(crm, each, "hello")
    assert on(crm, "vips") == []
    later(clock, hours=1)
    worklists.restart(crm, "vips")
    later(clock, hours=1)
    assert len(on(crm, "vips")) == 4
    history.undo(crm)
    assert on(crm, "vips") == []


def test_pages_follow_one_another_through_both_halves(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    later(clock, hours=1)
    log(crm, people[0], "/n /-")
    log(crm, people[1], "/n /-")
    seen: list[str] = []
    after = None
    for _ in range(5):
        page = worklists.page(crm, "vips", after, limit=1)
        seen += names(page.rows)
        after = page.after
        if after is None:
            break
    assert seen == ["Reza", "Nadia", "Leila", "George"]


@pytest.mark.usefixtures("people")
def test_a_list_has_its_count_and_a_filter_that_means_nothing_any_more_has_none(crm: Crm) -> None:
    agents.add(crm, "reza")
    saved_filters.save(crm, "contacts", "vips", "tag:vip", shared=True)
    saved_filters.save(crm, "contacts", "his", "owner:reza")
    with crm.database.transaction(crm.actor, "agent.off") as tx:
        tx.execute("DELETE FROM agent WHERE handle = 'reza'")
    found = {each.it.name: (each.people, each.it.agent) for each in worklists.lists(crm)}
    assert found == {"his": (None, "sara"), "vips": (4, None), "owed": (0, None)}


# --- a list by names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("few", "near"), [(0, queries.NEAR), (0, 0), (0, 1), (FEW, queries.NEAR)])
def test_people_put_on_a_list_are_worked_in_its_order_however_many_are_left(
    crm: Crm, clock: FrozenClock, people: list[int], monkeypatch: pytest.MonkeyPatch, few: int, near: int
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    monkeypatch.setattr(queries, "NEAR", near)
    order = [people[2], people[0], people[3]]
    assert worklist_members.put(crm, order, "Fair 2026").changed == 3
    assert worklist_members.put(crm, people, "fair 2026").changed == 1
    assert on(crm, "FAIR 2026") == ["Reza", "Leila", "Nadia", "George"]
    later(clock, hours=1)
    log(crm, people[2], "hello")
    assert on(crm, "Fair 2026") == ["Leila", "Nadia", "George"]
    assert worklist_members.take_off(crm, [people[0]], "Fair 2026").changed == 1
    assert on(crm, "Fair 2026") == ["Nadia", "George"]
    history.undo(crm)
    assert on(crm, "Fair 2026") == ["Leila", "Nadia", "George"]


def test_a_list_by_names_is_a_part_of_filters(crm: Crm, people: list[int]) -> None:
    worklist_members.put(crm, people[:2], "fair")
    chosen = filtering.where(crm, "contacts", "saved:fair -name:leila")
    assert [row.name for row in contacts.page(crm, where=chosen).rows] == ["George Webb"]
    without = filtering.where(crm, "contacts", "-saved:fair")
    assert [row.name for row in contacts.page(crm, where=without).rows] == ["Nadia Rostami", "Reza Ahmadi"]


def test_undo_of_the_first_people_takes_the_list_too(crm: Crm, people: list[int]) -> None:
    worklist_members.put(crm, people[:2], "fair")
    history.undo(crm)
    with pytest.raises(NotFound):
        worklists.get(crm, "fair")
    history.redo(crm)
    assert on(crm, "fair") == ["Leila", "George"]


def test_a_filter_takes_no_names_and_a_list_by_names_no_filter(crm: Crm, people: list[int]) -> None:
    saved_filters.save(crm, "contacts", "vips", "tag:vip")
    worklist_members.put(crm, people, "fair")
    with pytest.raises(Conflict, match="worklist_filter"):
        worklist_members.put(crm, people, "vips")
    with pytest.raises(Conflict, match="worklist_filter"):
        worklist_members.take_off(crm, people, "vips")
    with pytest.raises(Conflict, match="worklist_names"):
        saved_filters.save(crm, "contacts", "fair", "tag:vip")
    with pytest.raises(Invalid, match="filter_name"):
        worklist_members.put(crm, people, '"')


def test_a_shared_list_is_everybodys_and_an_own_one_is_not(
    crm: Crm, open_as: Callable[..., Crm], people: list[int]
) -> None:
    worklist_members.put(crm, people, "fair", shared=True)
    worklist_members.put(crm, people, "mine")
    reza = open_as("reza")
    assert len(on(reza, "fair")) == 4
    with pytest.raises(NotFound):
        worklists.page(reza, "mine")


def test_an_own_list_keeps_its_name_when_everybody_gets_one_of_it_and_both_can_be_named(
    crm: Crm, open_as: Callable[..., Crm], people: list[int]
) -> None:
    reza = open_as("reza")
    worklist_members.put(reza, people[:1], "Fair")
    worklist_members.put(crm, people[1:3], "fair", shared=True)
    listed = [(each.it.name, each.it.agent, each.people) for each in worklists.lists(reza)]
    assert listed == [("Fair", "reza", 1), ("fair (shared)", None, 2), ("owed", None, 0)]
    assert [each.it.name for each in worklists.lists(crm)] == ["fair", "owed"]
    assert on(reza, "fair") == ["Leila"]
    for named in ("fair (shared)", "FAIR (shared)", "fair (همگانی)"):
        assert worklists.get(reza, named).name == "fair (shared)"
        assert len(on(reza, named)) == 2
    worklist_members.put(reza, people[3:], "fair (shared)")
    assert (len(on(crm, "fair")), len(on(reza, "fair"))) == (3, 1)
    everybodys = filtering.where(reza, "contacts", 'saved:"fair (shared)"')
    assert len(contacts.page(reza, where=everybodys).rows) == 3
    theirs = worklists.get(reza, "fair (shared)")
    assert saved_filters.rename(reza, theirs.id, theirs.name).name == "fair", "it was no new name"
    saved_filters.rename(reza, theirs.id, "spring fair")
    assert [each.it.name for each in worklists.lists(reza)] == ["Fair", "spring fair", "owed"]


def test_who_is_merged_is_on_a_list_as_the_heir_and_once(crm: Crm, people: list[int]) -> None:
    worklist_members.put(crm, people[1:3], "fair")
    worklist_members.put(crm, people[:2], "both")
    merging.merge(crm, people[0], [people[1]])
    assert on(crm, "fair") == ["Leila", "Reza"]
    assert on(crm, "both") == ["Leila"]
    history.undo(crm)
    assert on(crm, "fair") == ["George", "Reza"]
    assert on(crm, "both") == ["Leila", "George"]


def test_hostile_names_of_lists(crm: Crm, people: list[int]) -> None:
    for name in ("[/] list", "a'; DROP TABLE contact--", "\u202eevil", "فهرست نمایشگاه", "100%_"):
        worklist_members.put(crm, people[:1], name)
        assert on(crm, name) == ["Leila"]
    assert len(worklists.lists(crm)) == 6
