"""Two agents on one queue: whom the other has open is named at once, refused, skipped, and taken over on purpose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tui.apps import opener, running, settings_in
from tests.tui.bars import telephoned as _telephoned
from tests.tui.claimed import TWIN, again, colleague, mine, taken, until, with_twin
from tests.tui.desk import LEILA, NADIA, PARS, PEOPLE, REZA, Desk, desk, fill, log

from tuicrm.domain.models import ContactPatch, NewContact, PhoneNumber
from tuicrm.services import claims, contacts, telephone
from tuicrm.services.context import Crm
from tuicrm.tui import claiming

# --- another has them -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["2", "4"])
async def test_rows_of_contacts_and_follow_ups_name_the_holder_at_once_and_when_they_are_read_later(
    tmp_path: Path, place: str
) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await one.press(place)
            assert "with omid now" not in one.screen
            await taken(one, omid, LEILA)
            (row,) = [line for line in one.lines if "with omid now" in line]
            assert "Leila Karimi" in row
            await one.press("1", place)
            assert sum("with omid now" in line for line in one.lines) == 1, "read anew"
            claims.release(omid)
            await until(one, lambda: LEILA not in one.app.bar.claiming.others)
            assert "with omid now" not in one.screen


async def test_whom_a_search_finds_is_named_with_the_holder_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, LEILA)
            await one.press("2", "slash")
            await one.type("leila")
            await one.press("enter")
            assert "with omid now" in one.cursor_line


async def test_the_row_that_another_opens_names_them_at_once_and_is_free_when_they_leave(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, LEILA)
            assert "with omid now" in one.cursor_line
            claims.release(omid)
            await until(one, lambda: "omid" not in one.screen)


async def test_the_place_that_comes_back_names_them_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await one.press("2")
            await taken(one, omid, LEILA)
            await one.press("1")
            assert "omid" in one.cursor_line


async def test_the_row_of_a_session_that_was_killed_becomes_free_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def promised(crm: Crm) -> None:
        contacts.add(crm, PEOPLE[0])
        log(crm, LEILA, "asks for prices /today")

    monkeypatch.setattr(claims, "LEASE_S", 1.0)
    async with running(tmp_path, fill=promised) as (app, pilot):
        one = Desk(app, pilot)
        with colleague(one, tmp_path) as omid:
            # again and again until that is seen here, however long it takes
            await until(one, lambda: claims.take(omid, LEILA) and "with omid now" in one.screen)
            # it says nothing more, gives nothing back, and nobody presses a key
            await until(one, lambda: "with omid now" not in one.screen)


@pytest.mark.parametrize("key", ["n", "l", "c", "d"])
async def test_no_key_calls_or_logs_whom_another_has(tmp_path: Path, key: str) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, LEILA)
            before = one.crm.live.phone_calls(None, one.crm.now())
            await one.press(key)
            takes = "d" if key == "d" else "l"
            assert one.message == f"omid has been with Leila Karimi since 09:31. {takes} takes over."
            assert not one.app.bar.shown
            assert one.calls(LEILA) == []
            assert one.crm.live.phone_calls(None, one.crm.now()) == before
            assert mine(one) == set()


async def test_the_key_that_takes_over_is_told_also_of_a_long_name(tmp_path: Path) -> None:
    long = NewContact("Bahareh Mohammadzadeh Khorasani of Pars", "", (PhoneNumber("0912 123 4567"),))

    def filled(crm: Crm) -> None:
        fill(crm)
        contacts.add(crm, long)

    async with desk(tmp_path, fill=filled) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, TWIN)
            await one.press("l")
            assert one.message == (
                "omid has been with Bahar…, who has the same number, since 09:31. l takes over."
            )


async def test_an_outcome_pressed_again_is_refused_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, LEILA)
            await one.press("n")
            await again(one, "n")
            assert one.message.startswith("omid has been with Leila Karimi")
            assert one.calls(LEILA) == []


@pytest.mark.parametrize("first", ["l", "n"])
async def test_the_key_after_the_refusal_takes_over_and_the_other_has_the_person_no_more(
    tmp_path: Path, first: str
) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, LEILA)
            await one.press(first)
            await again(one, "l")
            assert one.app.bar.shown
            assert mine(one) == {LEILA}
            assert claims.renew(omid) == frozenset()
            await one.type("sent")
            await one.press("enter")
            assert [call.note for call in one.calls(LEILA)] == ["sent"]
            assert mine(one) == set()


async def test_a_key_that_is_held_down_takes_nobody_over(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, LEILA)
            one.keys_at(("l", 10.0), ("l", 10.04), ("l", 10.08))
            await one.rest()
            assert not one.app.bar.shown
            assert claims.renew(omid) == {LEILA}


async def test_another_key_between_means_another_thing(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, LEILA)
            await one.press("l", "j", "k")
            await again(one, "l")
            assert not one.app.bar.shown
            assert claims.renew(omid) == {LEILA}


async def test_an_outcome_goes_on_to_the_next_person_whom_nobody_has(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, PARS)
            assert "Leila" in one.cursor_line
            await one.press("n")
            assert len(one.calls(LEILA)) == 1
            assert "Reza" in one.cursor_line


async def test_whom_another_has_is_refused_in_who_and_enter_again_takes_over(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=with_twin) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, LEILA)
            await one.press("j", "l", "backspace")
            await one.type("majid")
            await one.press("enter")
            said = " ".join(one.screen.split())
            assert "omid has been with Leila Karimi, who has the same number, since 09:31." in said
            assert one.app.bar.state.session is not None
            assert one.app.bar.state.session.who is None
            await again(one, "enter")
            assert one.app.bar.state.session.who is not None
            assert mine(one) == {TWIN}
            assert claims.renew(omid) == frozenset()


# --- what one has ---------------------------------------------------------------------------------------------


async def test_whoever_is_in_the_bar_is_had_until_it_is_closed(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("l")
        assert mine(one) == {LEILA}
        await one.press("escape")
        assert mine(one) == set()
        await one.press("j", "l")
        assert mine(one) == {PARS}
        await one.press("backspace")
        assert mine(one) == set()
        await one.type("nadia")
        await one.press("enter")
        assert mine(one) == {NADIA}
        await one.type("sent")
        await one.press("enter")
        assert mine(one) == set()


async def test_whoever_is_dialled_is_had_until_the_call_is_logged_whatever_is_looked_at(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as one:
        await one.press("d")
        await one.press("escape", "2", "j")
        assert mine(one) == {LEILA}
        await one.press("d", "l")
        await one.type("sent")
        await one.press("enter")
        assert mine(one) == set()


async def test_who_is_not_dialled_after_the_question_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_to_call(crm: Crm) -> None:
        fill(crm)
        contacts.edit(crm, LEILA, ContactPatch(do_not_call=True))

    async with desk(tmp_path, fill=not_to_call) as one:
        await one.press("2", "d")
        if one.app.screen is not one.app.shell:
            await one.press("n")
        monkeypatch.setattr(claiming, "OPENS_IN_S", 0.0)
        one.app.bar.claiming.settle()
        await one.rest()
        assert mine(one) == set()


async def test_who_calls_is_had_although_another_had_them_open(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, LEILA)
            await telephoned(one, "ring", "09121234567")
            await telephoned(one, "answer", "09121234567")
            await until(one, lambda: mine(one) == {LEILA})
            assert claims.renew(omid) == frozenset()


async def telephoned(one: Desk, state: telephone.Event, number: str) -> None:
    hand: Any = one
    await _telephoned(hand, state, number)


async def test_that_another_takes_over_is_said_in_the_bar_and_what_was_typed_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await one.press("l")
            await one.type("half a no")
            claims.take(omid, LEILA, over=True)
            await until(one, lambda: "omid has taken over Leila Karimi." in one.screen)
            assert "half a no" in one.screen
            await one.type("te")
            await one.press("enter")
            assert [call.note for call in one.calls(LEILA)] == ["half a note"]
            assert claims.renew(omid) == {LEILA}


async def test_a_bar_that_is_left_open_renews_and_a_lease_that_ran_out_is_taken_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await one.press("l")
            clock: Any = one.crm.clock
            clock.advance(50)
            one.app.bar.claiming._renew_soon()
            await one.rest()
            clock.advance(50)
            assert claims.others(claims.everyone(omid), "omid")[LEILA] == "sara"
            clock.advance(50)
            # somebody's look at another person clears away what has run out
            claims.take(omid, REZA)
            await until(one, lambda: mine(one) == {LEILA})


async def test_a_program_that_is_left_gives_back_at_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("l")
        crm = opener(settings_in(tmp_path, agent="omid", zone="Asia/Tehran"), one.crm.clock)()
        assert claims.others(claims.everyone(crm), "omid")[LEILA] == "sara"
    try:
        assert claims.everyone(crm) == []
    finally:
        crm.close()


async def test_a_second_session_of_ones_own_is_not_in_the_way(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path, "sara") as at_home:
            claims.take(at_home, LEILA)
            await one.press("l")
            assert one.app.bar.shown
            await one.press("escape")
            assert claims.renew(at_home) == {LEILA}
