"""Worklists: who is next, how far the round has come, people put on a list by name; whom one owes a call."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tuicrm import i18n
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Conflict, Invalid, NotFound
from tuicrm.domain.models import CallDraft, ContactPatch, NewContact, Who
from tuicrm.domain.record import replace
from tuicrm.domain.worklist import WorkRow
from tuicrm.services import (
    agents,
    calls,
    contacts,
    filtering,
    history,
    merging,
    process,
    promises,
    saved_filters,
    transfer,
    worklist_members,
    worklists,
)
from tuicrm.services.context import Crm, open_crm
from tuicrm.storage.queries import worklists as queries
from tuicrm.storage.queries.chosen import FEW

NAMES = ("Leila Karimi", "George Webb", "Reza Ahmadi", "Nadia Rostami")


@pytest.fixture
def people(crm: Crm) -> list[int]:
    """Four people with the tag vip, whom nobody called yet."""
    return [contacts.add(crm, NewContact(name, tags=("vip",))).id for name in NAMES]


def log(crm: Crm, contact_id: int, line: str, direction: str = "out") -> None:
    uid = f"u{contact_id}-{line}-{crm.now().isoformat()}"
    calls.save(crm, CallDraft(uid, Who(contact_id), line, direction=direction))  # type: ignore[arg-type]


def later(clock: FrozenClock, **span: float) -> None:
    clock.advance(timedelta(**span).total_seconds())


def names(rows: Iterable[WorkRow]) -> list[str]:
    return [row.contact.name.split()[0] for row in rows]


def on(crm: Crm, name: str) -> list[str]:
    return names(worklists.page(crm, name).rows)


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


@pytest.mark.parametrize("few", [0, FEW])
def test_people_put_on_a_list_are_worked_in_its_order_however_many_are_left(
    crm: Crm, clock: FrozenClock, people: list[int], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
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


# --- whom one owes a call -----------------------------------------------------------------------------------


def in_touch(crm: Crm, contact_id: int, days: int) -> None:
    contacts.edit(crm, contact_id, ContactPatch(cadence_days=days))


def owed(crm: Crm) -> dict[str, int]:
    return {row.contact.name.split()[0]: row.late_days for row in worklists.owed(crm)}


def test_a_call_is_owed_so_many_days_after_the_last_talk(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    in_touch(crm, people[0], 90)
    later(clock, days=10)
    log(crm, people[0], "hello")
    later(clock, days=89)
    assert owed(crm) == {}
    later(clock, days=1)
    assert owed(crm) == {"Leila": 0}
    later(clock, days=3)
    assert owed(crm) == {"Leila": 3}
    [row] = worklists.owed(crm)
    assert (row.owed_days, row.last_outcome) == (90, "connected")


def test_it_is_owed_from_the_beginning_of_the_day(crm: Crm, clock: FrozenClock, people: list[int]) -> None:
    in_touch(crm, people[0], 7)
    clock.advance((datetime.fromisoformat("2026-11-22T23:30:00+03:30") - clock.now()).total_seconds())
    log(crm, people[0], "hello")
    clock.advance((datetime.fromisoformat("2026-11-28T23:59:00+03:30") - clock.now()).total_seconds())
    assert owed(crm) == {}
    clock.advance((datetime.fromisoformat("2026-11-29T00:01:00+03:30") - clock.now()).total_seconds())
    assert owed(crm) == {"Leila": 0}


def test_only_a_real_contact_moves_it(crm: Crm, clock: FrozenClock, people: list[int]) -> None:
    for each in people:
        in_touch(crm, each, 30)
    later(clock, days=40)
    assert owed(crm) == {"Leila": 10, "George": 10, "Reza": 10, "Nadia": 10}
    log(crm, people[0], "/n /-")  # nobody answered
    log(crm, people[1], "hello /-")  # spoken to
    log(crm, people[2], "/v /- asked for a call", direction="in")  # rang, and left word
    assert owed(crm) == {"Leila": 10, "Nadia": 10}


def test_it_goes_back_when_the_call_is_taken_back(crm: Crm, clock: FrozenClock, people: list[int]) -> None:
    in_touch(crm, people[0], 30)
    later(clock, days=40)
    log(crm, people[0], "hello")
    assert owed(crm) == {}
    history.undo(crm)
    assert owed(crm) == {"Leila": 10}


def test_nothing_is_owed_any_more_to_who_is_not_to_be_kept_in_touch_with(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    for each in people:
        in_touch(crm, each, 30)
    later(clock, days=31)
    in_touch(crm, people[0], 0)
    contacts.edit(crm, people[1], ContactPatch(do_not_call=True))
    contacts.delete(crm, people[2])
    assert owed(crm) == {"Nadia": 1}
    promises.add(crm, people[3], "tomorrow")
    assert owed(crm) == {}, "the promise takes care of it"


def test_each_agent_owes_the_calls_of_their_own_people_and_of_nobodys(
    crm: Crm, open_as: Callable[..., Crm], clock: FrozenClock, people: list[int]
) -> None:
    agents.add(crm, "reza")
    contacts.edit(crm, people[0], ContactPatch(owner="reza"))
    contacts.edit(crm, people[1], ContactPatch(owner="sara"))
    for each in people[:3]:
        in_touch(crm, each, 30)
    later(clock, days=31)
    assert set(owed(crm)) == {"George", "Reza"}
    assert set(owed(open_as("reza"))) == {"Leila", "Reza"}


def test_a_merge_joins_talks_and_habits(crm: Crm, clock: FrozenClock, people: list[int]) -> None:
    in_touch(crm, people[0], 30)
    later(clock, days=20)
    log(crm, people[1], "hello")
    later(clock, days=20)
    assert owed(crm) == {"Leila": 10}
    merging.merge(crm, people[0], [people[1]])
    assert owed(crm) == {}


def test_the_list_of_who_is_owed_a_call_is_always_there(
    crm: Crm, clock: FrozenClock, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_touch(crm, people[0], 30)
    later(clock, days=31)
    assert on(crm, "owed") == on(crm, "نوبت تماس") == ["Leila"]
    assert worklists.progress(crm, "owed").left == 1
    assert worklists.lists(crm)[-1].people == 1
    for refused in (
        lambda: worklists.restart(crm, "owed"),
        lambda: saved_filters.save(crm, "contacts", "Owed", "tag:vip"),
        lambda: saved_filters.delete(crm, worklists.get(crm, "owed").id),
        lambda: saved_filters.rename(crm, worklists.get(crm, "owed").id, "x"),
        lambda: worklist_members.put(crm, people, "owed"),
    ):
        with pytest.raises(Conflict, match="worklist_built_in"):
            refused()
    monkeypatch.setattr(i18n, "language", lambda: "fa")
    assert worklists.lists(crm)[-1].it.name == "نوبت تماس"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("owed:yes", {"Leila", "George", "Reza"}),
        ("owed:no", {"Nadia"}),
        ("-owed:yes", {"Nadia"}),
        ("owed:>7d", {"George", "Reza"}),
        ("owed:>=10d", {"George", "Reza"}),
        ("owed:<10d", {"Leila"}),
        ("owed:<=10d", {"Leila", "George"}),
        ("owed:10", {"George"}),
        ("owed:1w..2w", {"George"}),
        ("owed:0,20", {"Leila", "Reza"}),
        ("نوبت:بله", {"Leila", "George", "Reza"}),
        ("saved:owed", {"Leila", "George", "Reza"}),
    ],
)
def test_the_filter_finds_who_is_owed_a_call(
    crm: Crm, clock: FrozenClock, people: list[int], text: str, found: set[str]
) -> None:
    for each, days in zip(people, (30, 20, 10, 31), strict=True):
        in_touch(crm, each, days)
    later(clock, days=30)
    chosen = filtering.where(crm, "contacts", text)
    assert {row.name.split()[0] for row in contacts.page(crm, where=chosen).rows} == found


@pytest.mark.parametrize("text", ["owed:maybe", "owed:7x", 'owed:""', "owed:yes,no", "owed:no,>3d"])
def test_what_is_no_lateness_is_refused(crm: Crm, text: str) -> None:
    with pytest.raises(Invalid):
        filtering.where(crm, "contacts", text)


# --- by tag, from the process file --------------------------------------------------------------------------


def by_tag(crm: Crm, **days: int) -> None:
    """Puts a process in force in which these tags want to be called so often."""
    text = process.show(crm)[0].text.partition("\n[[cadence]]")[0]
    for tag, every in days.items():
        text += f'\n[[cadence]]\ntag = "{tag}"\nevery = "{every} d"\n'
    process.apply(crm, text)


def test_a_tag_of_the_process_file_says_how_often_and_the_shorter_holds(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    in_touch(crm, people[0], 10)
    in_touch(crm, people[1], 60)
    by_tag(crm, vip=30)
    later(clock, days=30)
    assert owed(crm) == {"Leila": 20, "George": 0, "Reza": 0, "Nadia": 0}
    assert {row.contact.name.split()[0]: row.owed_days for row in worklists.owed(crm)} == {
        "Leila": 10, "George": 30, "Reza": 30, "Nadia": 30,
    }  # fmt: skip
    by_tag(crm, vip=31)
    assert owed(crm) == {"Leila": 20}
    by_tag(crm)
    assert owed(crm) == {"Leila": 20}


def test_a_tag_that_comes_or_goes_begins_and_ends_it(crm: Crm, clock: FrozenClock, people: list[int]) -> None:
    by_tag(crm, north=30)
    later(clock, days=40)
    contacts.edit(crm, people[0], ContactPatch(tags=("vip", "North")))
    assert owed(crm) == {"Leila": 10}
    history.undo(crm)
    assert owed(crm) == {}
    contacts.edit(crm, people[1], ContactPatch(tags=("north",)))
    contacts.edit(crm, people[1], ContactPatch(tags=()))
    assert owed(crm) == {}


def test_a_tag_is_the_same_from_a_persian_and_an_arabic_keyboard(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    contacts.edit(crm, people[0], ContactPatch(tags=("مشتري",)))
    by_tag(crm, مشتری=30)
    contacts.edit(crm, people[1], ContactPatch(tags=("مشتری",)))
    contacts.edit(crm, people[2], ContactPatch(tags=("مشتري",)))
    later(clock, days=30)
    assert set(owed(crm)) == {"Leila", "George", "Reza"}


def test_an_outcome_that_counts_as_a_talk_from_now_on_moves_who_was_called_so(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    in_touch(crm, people[0], 30)
    later(clock, days=40)
    log(crm, people[0], "/v /-")
    assert owed(crm) == {"Leila": 10}
    text = process.show(crm)[0].text
    plain = 'code = "voicemail"\n'
    assert plain in text
    process.apply(crm, text.replace(plain, plain + 'flags = ["contact"]\n'))
    assert owed(crm) == {}


def test_everything_out_and_in_again_knows_who_is_owed_a_call(
    crm: Crm, clock: FrozenClock, people: list[int], tmp_path: Path
) -> None:
    by_tag(crm, vip=30)
    worklist_members.put(crm, people[:2], "fair")
    later(clock, days=10)
    log(crm, people[0], "hello")
    later(clock, days=25)
    stream = io.StringIO(newline="")
    transfer.export(crm, "all", "json", stream)
    fresh = replace(crm.settings, database=str(tmp_path / "new.db"))
    new = open_crm(fresh, via="cli", clock=clock)
    try:
        transfer.import_file(new, io.BytesIO(stream.getvalue().encode()))
        assert owed(new) == owed(crm) == {"George": 5, "Reza": 5, "Nadia": 5}
        assert on(new, "fair") == ["George"]
        log(new, people[1], "hello")
        assert owed(new) == {"Reza": 5, "Nadia": 5}
    finally:
        new.close()
