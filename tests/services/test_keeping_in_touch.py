"""Keeping in touch: whom one owes a call, by contact and by tag."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.services.queued import NAMES, later, log, on
from tuicrm import i18n
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.models import ContactPatch, NewContact
from tuicrm.domain.record import replace
from tuicrm.services import (
    agents,
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
from tuicrm.services import owed as keeping
from tuicrm.services.context import Crm, open_crm


@pytest.fixture
def people(crm: Crm) -> list[int]:
    """Four people with the tag vip, whom nobody called yet."""
    return [contacts.add(crm, NewContact(name, tags=("vip",))).id for name in NAMES]


# --- whom one owes a call -----------------------------------------------------------------------------------


def in_touch(crm: Crm, contact_id: int, days: int) -> None:
    contacts.edit(crm, contact_id, ContactPatch(cadence_days=days))


def owed(crm: Crm) -> dict[str, int]:
    return {row.contact.name.split()[0]: row.late_days for row in keeping.page(crm).rows}


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
    [row] = keeping.page(crm).rows
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


def test_a_message_that_goes_out_is_no_talk_and_one_that_comes_in_is(
    crm: Crm, clock: FrozenClock, people: list[int]
) -> None:
    for each in people[:3]:
        in_touch(crm, each, 30)
    later(clock, days=40)
    for each, line in zip(people, ("/sms hello", "/email the offer", "/sms thanks /in"), strict=False):
        log(crm, each, f"{line} /-")
    assert owed(crm) == {"Leila": 10, "George": 10}
    text = process.show(crm)[0].text
    mail = 'aliases = ["mail"]\nwritten = true'
    assert mail in text
    process.apply(crm, text.replace(mail, 'aliases = ["mail"]\nwritten = false'))
    assert owed(crm) == {"Leila": 10}


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
    assert {row.contact.name.split()[0]: row.owed_days for row in keeping.page(crm).rows} == {
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
