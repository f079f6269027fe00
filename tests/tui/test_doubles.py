"""Who is there twice: pair after pair side by side, chosen field by field, merged or kept apart; and the hint while
somebody is written down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tui.desk import Desk, desk, log

from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.services import calls, contacts, duplicates
from tuicrm.services.context import Crm
from tuicrm.tui.screens.contacts import ContactsPlace
from tuicrm.tui.screens.doubles import DoublesView
from tuicrm.tui.screens.open_card import OpenCard

LEILA, LEYLA, REZA, REZA2, SARA = 1, 2, 3, 4, 5
PEOPLE = (
    NewContact(
        "Leila Karimi",
        "Pars",
        (PhoneNumber("0912 123 4567"),),
        (EmailAddress("leyla@pars.example"),),
        ("vip",),
        note="Likes tea.",
    ),
    NewContact(
        "Leyla Karimi",
        "Pars Pump",
        (PhoneNumber("0912 123 4567"), PhoneNumber("021 8877 6655")),
        (EmailAddress("leyla@pars.example"),),
        note="Has a dog.",
        fields={"floor": "3"},
    ),
    NewContact("Reza Ahmadi"),
    NewContact("Reza Ahmadi", "Atlas"),
    NewContact("Sara Nobody"),
)


def fill(crm: Crm) -> None:
    """Leila twice with a call each and one more, Reza twice, Sara once."""
    for one in PEOPLE:
        contacts.add(crm, one)
    log(crm, LEILA, "price /2d")
    log(crm, LEYLA, "boiler dead /t /3d")
    log(crm, LEYLA, "still dead")


def view(hand: Desk) -> DoublesView:
    place = hand.app.place
    assert isinstance(place, DoublesView)
    return place


async def review(hand: Desk) -> None:
    """Opens the list of pairs by the palette."""
    await hand.press("ctrl+p")
    await hand.type("duplicates")
    await hand.press("enter")


async def to_note(hand: Desk) -> None:
    """The cursor down to the notes."""
    for _ in range(20):
        if view(hand).list.key == "note":
            return
        await hand.press("down")
    raise AssertionError("no notes here")


def living(hand: Desk) -> list[int]:
    return sorted(row.id for row in contacts.page(hand.crm).rows)


async def test_the_pair_stands_side_by_side_with_reason_and_result(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        screen = hand.screen
        assert "Pair 1 of 2: same e-mail, same number, one slip in the name" in screen
        row = next(line for line in hand.lines if "Leila Karimi" in line and "Leyla Karimi" in line)
        # the record with more on it stays
        assert row.index("○  Leila Karimi") < row.index("●  Leyla Karimi")
        for part in (
            "contact:1",
            "contact:2",
            "0912 123 4567",
            "#vip",
            "floor: 3",
            "Likes tea.",
            "Has a dog.",
        ):
            assert part in screen, part
        said = " ".join(screen.split())
        assert "Result: Leyla Karimi, Pars Pump (contact:2) with 2 numbers, 1 e-mail, 1 tag." in said
        assert "contact:1 goes into it, with 1 call, 1 open follow-up, 0 tickets." in said
        assert max(map(len, hand.lines)) <= 80


async def test_enter_shows_what_comes_of_it_and_enter_again_merges(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        await hand.press("enter")
        assert "Merge? Result: Leyla Karimi" in " ".join(hand.screen.split())
        assert living(hand) == [1, 2, 3, 4, 5]
        await hand.press("n")
        assert living(hand) == [1, 2, 3, 4, 5]
        await hand.press("ctrl+s", "enter")
        assert living(hand) == [2, 3, 4, 5]
        whole = contacts.get(hand.crm, LEILA)
        assert (whole.id, whole.name, whole.tags) == (LEYLA, "Leyla Karimi", ("vip",))
        assert whole.note == "Has a dog.\n\nLikes tea."
        assert "Merged: Leyla Karimi, contact:2." in hand.message
        # the next pair has come by itself
        assert "Pair 2 of 2: same name" in hand.screen


async def test_each_field_is_chosen_by_arrows_and_space(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        await hand.press("space")  # contact:1 stays
        await hand.press("down", "left", "down", "space", "space")
        await to_note(hand)
        await hand.press("left")
        said = " ".join(hand.screen.split())
        assert "Result: Leila Karimi, Pars (contact:1)" in said
        assert "contact:2 goes into it, with 2 calls, 1 open follow-up, 1 ticket." in said
        await hand.press("enter", "enter")
        whole = contacts.get(hand.crm, LEYLA)
        assert (whole.id, whole.name, whole.company, whole.note) == (
            LEILA,
            "Leila Karimi",
            "Pars",
            "Likes tea.",
        )
        assert {call.contact.id for call in calls.recent(hand.crm).rows if call.contact} == {LEILA}


async def test_of_two_notes_space_takes_one_the_other_and_both(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        await to_note(hand)
        seen = []
        for _ in range(4):
            looked = view(hand).looked
            assert looked is not None
            seen.append(looked.picked("note"))
            await hand.press("space")
        assert seen == ["both", "first", "second", "both"]


async def test_u_parts_them_again_and_shows_the_pair(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        before = [contacts.get(hand.crm, one) for one in (LEILA, LEYLA)]
        await hand.press("enter", "enter")
        await hand.press("u")
        assert "Taken back: contacts merged." in hand.message
        after = [contacts.get(hand.crm, one) for one in (LEILA, LEYLA)]
        assert [one.phones for one in after] == [one.phones for one in before]
        assert living(hand) == [1, 2, 3, 4, 5]
        assert "Pair 1 of 2" in hand.screen


async def test_j_and_k_move_and_what_both_keep_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        for _ in range(3):
            await hand.press("j")
        assert view(hand).list.key == "phones0"
        await hand.press("space")
        assert "Both have the same." in hand.message
        await hand.press("j", "space")
        assert "All of both is kept here" in hand.message
        await hand.press("k", "k", "k", "k", "k")
        assert view(hand).list.key == "stays"
        assert "Pair 1 of 2" in hand.screen
        assert len(duplicates.duplicates(hand.crm)) == 2


async def test_capital_k_keeps_two_apart_for_good_until_u(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        await hand.press("K")
        assert "Kept apart: Leila Karimi and Leyla Karimi." in hand.message
        assert [(pair.a, pair.b) for pair in duplicates.duplicates(hand.crm)] == [(REZA, REZA2)]
        assert "Pair 2 of 2" in hand.screen
        await hand.press("u")
        assert "Pair 1 of 2" in hand.screen
        assert len(duplicates.duplicates(hand.crm)) == 2


async def test_after_the_last_pair_it_says_so_and_q_leads_back(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        await hand.press("K", "K")
        assert "That was the last pair." in hand.screen
        assert "keep apart" not in hand.footer
        await hand.press("enter", "space", "K", "left")  # nothing to do any more
        await hand.press("q")
        assert not isinstance(hand.app.place, DoublesView)


async def test_brackets_look_at_pairs_without_deciding(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        await hand.press("right_square_bracket")
        assert "Pair 2 of 2" in hand.screen
        await hand.press("right_square_bracket")
        assert "Pair 2 of 2" in hand.screen
        await hand.press("left_square_bracket")
        assert "Pair 1 of 2" in hand.screen
        assert living(hand) == [1, 2, 3, 4, 5]


async def test_nobody_twice_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as hand:
        await review(hand)
        assert "Nobody seems to be there twice." in hand.screen


async def test_what_another_does_meanwhile_is_seen(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        await hand.press("down")
        contacts.delete(hand.crm, LEILA)
        await hand.app.listener.look()
        await hand.rest()
        assert "Pair 2 of 2" in hand.screen


# --- from the list of contacts ------------------------------------------------------------------------------


async def test_m_asks_with_whom_of_those_alike(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await hand.press("2")
        place = hand.app.place
        assert isinstance(place, ContactsPlace)
        place.list.move_to(REZA)
        await hand.press("m")
        assert "Merge Reza Ahmadi with" in hand.screen
        await hand.press("enter")
        assert "Pair 1 of 1: same name" in hand.screen
        await hand.press("enter", "enter")
        assert "Merged: Reza Ahmadi, contact:4." in hand.message
        assert hand.app.place is place
        assert living(hand) == [1, 2, 4, 5]


async def test_m_says_when_nobody_is_alike(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await hand.press("2")
        place = hand.app.place
        assert isinstance(place, ContactsPlace)
        place.list.move_to(SARA)
        await hand.press("m")
        assert "Nobody is like Sara Nobody." in hand.message


async def test_m_works_on_an_open_card(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await hand.app.open_view(OpenCard(LEILA))
        await hand.rest()
        await hand.press("m")
        assert "Leyla Karimi, Pars Pump" in hand.screen
        await hand.press("escape")
        assert isinstance(hand.app.place, OpenCard)


# --- while somebody is written down -------------------------------------------------------------------------


async def test_the_likely_double_shows_as_one_types_and_a_key_opens_it(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await hand.press("2", "a")
        await hand.type("sara")
        assert "Perhaps known" not in hand.screen
        assert "Ctrl+O" not in hand.footer
        await hand.type(" nobody")
        assert "Perhaps known already: Sara Nobody (same name). Ctrl+O opens the card." in hand.screen
        assert "Ctrl+O" in hand.footer
        await hand.press("ctrl+o")
        place = hand.app.place
        assert isinstance(place, OpenCard)
        assert place.contact is not None
        assert place.contact.id == SARA
        # what was typed is kept as a draft, nothing was added
        assert living(hand) == [1, 2, 3, 4, 5]
        await hand.press("q", "a")
        assert "sara nobody" in hand.screen


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("name", "Karimi Leila"), "Leila Karimi, Pars (name the other way round)"),
        (("phones", "09121234567"), "(same number)"),
        (("emails", "LEYLA@pars.example"), "(same e-mail)"),
    ],
)
async def test_any_field_may_show_a_double(tmp_path: Path, typed: tuple[str, str], says: str) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await hand.press("2", "a")
        fields = ["name", "company", "phones", "emails"]
        await hand.press(*["tab"] * fields.index(typed[0]))
        await hand.type(typed[1])
        assert says in hand.screen


async def test_editing_somebody_names_others_only(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as hand:
        await hand.press("2")
        place = hand.app.place
        assert isinstance(place, ContactsPlace)
        place.list.move_to(SARA)
        await hand.press("e")
        await hand.type("x")
        await hand.press("backspace")
        assert "Perhaps known" not in hand.screen


# --- other sizes, other language ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
@pytest.mark.parametrize("language", ["en", "fa"])
async def test_both_sides_fit_and_the_arrows_are_the_screens(
    tmp_path: Path, size: Any, language: str
) -> None:
    from tuicrm import i18n

    i18n.use(language, isolate=True)
    try:
        async with desk(tmp_path, fill=fill, size=size, language=language) as hand:
            await hand.app.open_view(DoublesView())
            await hand.rest()
            row = next(line for line in hand.lines if "Leila Karimi" in line)
            shown = row.index("Leila Karimi") < row.index("Leyla Karimi")
            assert shown is (language == "en")
            await hand.press("down", "left")
            looked = view(hand).looked
            assert looked is not None
            assert looked.picked("name") == ("first" if language == "en" else "second")
    finally:
        i18n.use("en")


async def test_a_refusal_is_told_and_the_pair_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tuicrm.services import merging

    def refuse(*_: Any) -> Any:
        raise Conflict("contact_merged", id=1, name="Leila", heir="contact:9")

    async with desk(tmp_path, fill=fill) as hand:
        await review(hand)
        monkeypatch.setattr(merging, "merge", refuse)
        await hand.press("enter", "enter")
        assert "is merged into contact:9 already" in hand.message
        assert "Pair 1 of 2" in hand.screen
