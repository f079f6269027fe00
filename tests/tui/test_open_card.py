"""The open card whole: its lines open, the next record, the search in the timeline; the form that covers all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.desk import LEILA, NADIA, REZA, Desk, desk, fill, log

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import ContactPatch, EmailAddress, NewContact, PhoneNumber
from tuicrm.services import agents, contacts, merging, promises, tickets
from tuicrm.services.context import Crm
from tuicrm.tui.dialogs.contact_form import ContactForm
from tuicrm.tui.screens.open_card import OpenCard
from tuicrm.tui.widgets.card import CardPane

DAY = 86_400


def rich(crm: Crm) -> None:
    """The four people, Leila with everything that a contact can have."""
    fill(crm)
    agents.add(crm, "reza")
    patch = ContactPatch(
        phones=(PhoneNumber("0912 123 4567"), PhoneNumber("021 8877 6655", label="office")),
        emails=(EmailAddress("leila@pars.example", "work"),),
        fields={"floor": "3"},
        note="Prefers mornings.",
        owner="reza",
        cadence_days=90,
        private_note="haggles",
    )
    contacts.edit(crm, LEILA, patch)
    tickets.new(crm, LEILA, "pump leaks", note="since monday")
    gone = contacts.add(crm, NewContact("Leyla Karimi")).id
    merging.merge(crm, LEILA, [gone])


async def open_card(one: Desk) -> CardPane:
    await one.press("2", "g", "enter")
    pane = one.app.place
    assert isinstance(pane, OpenCard)
    return pane.card


async def light(one: Desk, pane: CardPane, kind: str, field: str = "") -> None:
    """Presses j until that line is lit."""
    for _ in range(40):
        if pane.lit is not None and (pane.lit.kind, pane.lit.field) == (kind, field):
            return
        await one.press("j")
    raise AssertionError(f"{kind} {field} is never lit")


async def test_the_card_says_everything_that_is_known(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich, size=(80, 40)) as one:
        await open_card(one)
        for said in (
            "Pars Pump Co",
            "0912 123 4567",
            "021 8877 6655 office",
            "leila@pars.example work",
            "tags: vip, north",
            "floor: 3",
            "owner: @reza",
            "Prefers mornings.",
            "only you see: haggles",
            "last spoke yesterday, every 90 days: 89 days left",
            "contact:1, made",
            "merged into it: contact:5",
            "pump leaks",
            "opened",
            "since monday",
            "call back: price of pump",
        ):
            assert said in one.screen, said
        assert all(len(line) <= 80 for line in one.lines)


@pytest.mark.parametrize(
    ("days", "said"), [(88, "2 days left"), (90, "due today"), (95, "overdue by 5 days")]
)
async def test_how_long_ago_one_spoke_is_told_beside_how_often_one_wants_to(
    tmp_path: Path, days: int, said: str
) -> None:
    def long_ago(crm: Crm) -> None:
        rich(crm)
        clock = crm.clock
        assert isinstance(clock, FrozenClock)
        # the last talk was the day before
        clock.advance((days - 1) * DAY)

    async with desk(tmp_path, fill=long_ago, size=(80, 40)) as one:
        await open_card(one)
        assert f"every 90 days: {said}" in one.screen


async def test_enter_opens_what_the_line_is_about(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich, size=(80, 40)) as one:
        pane = await open_card(one)
        copied: list[str] = []
        one.app.copy_to_clipboard = copied.append  # type: ignore[assignment,method-assign]
        await light(one, pane, "email")
        await one.press("enter")
        assert copied == ["leila@pars.example"]
        await light(one, pane, "form", "owner")
        await one.press("enter")
        form = one.app.screen
        assert isinstance(form, ContactForm)
        assert form.focused is form.lines.of("owner")[0]
        await one.press("escape")
        await light(one, pane, "followup")
        await one.press("enter")
        assert "The follow-up of Leila Karimi" in one.screen
        assert "Promised for" in one.screen
        await one.type("fri 11")
        await one.press("ctrl+s")
        moved = one.follow_up(LEILA)
        assert moved is not None
        assert str(moved.due.on) == "2026-11-27"
        assert one.message.startswith("Leila Karimi: promised for Fri 27 Nov 11:00 (6 Azar 1405).")
        await light(one, pane, "ticket")
        await one.press("enter")
        assert "ticket" in one.screen.lower()
        await one.press("q")
        await light(one, pane, "call")
        await one.press("enter")
        assert "call back: price of pump" in one.screen


async def test_brackets_go_through_the_list_it_was_opened_from(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        await open_card(one)
        await one.press("right_square_bracket")
        assert "Nadia Rostami" in one.lines[1]
        await one.press("left_square_bracket", "left_square_bracket")
        assert "Leila Karimi" in one.lines[1]
        assert "That was the first one." in one.message
        await one.press("right_square_bracket", "q")
        assert "Nadia Rostami" in one.cursor_line


async def test_the_timeline_is_searched_and_esc_ends_that_first(tmp_path: Path) -> None:
    def talkative(crm: Crm) -> None:
        fill(crm)
        for number in range(60):
            log(crm, REZA, f"talk number {number} /-")

    async with desk(tmp_path, fill=talkative) as one:
        await one.press("2", "G", "enter", "slash")
        await one.type("number 3")
        await one.press("enter")
        assert "talk number 3" in one.screen
        assert "talk number 31" in one.screen
        assert "talk number 59" not in one.screen
        await one.press("escape")
        assert "talk number 59" in one.screen
        await one.press("escape")
        assert one.app.place is not None
        assert not isinstance(one.app.place, OpenCard)


async def test_a_adds_a_number_on_a_line_of_its_own(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        await open_card(one)
        await one.press("a")
        assert "Add what?" in one.screen
        await one.press("enter")
        await one.type("mobile: 0935 111 2233 ext 9")
        await one.press("ctrl+s")
        found = contacts.get(one.crm, LEILA).phones
        assert [(phone.label, phone.ext) for phone in found] == [("", ""), ("office", ""), ("mobile", "9")]


async def test_a_comma_begins_the_next_line_and_backspace_takes_an_empty_one_away(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        await one.press("2", "j", "e", "tab", "tab")
        form = one.app.screen
        assert isinstance(form, ContactForm)
        await one.type(", office: 021 8877 6655,")
        assert [field.value for field in form.lines.of("phones")] == [
            "0911 222 3344",
            "office: 021 8877 6655",
            "",
        ]
        await one.press("backspace")
        assert len(form.lines.of("phones")) == 2
        await one.press("ctrl+s")
        assert [phone.label for phone in contacts.get(one.crm, NADIA).phones] == ["", "office"]


async def test_fields_are_added_renamed_and_removed(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        await one.press("2", "e", *["tab"] * 6)
        form = one.app.screen
        assert isinstance(form, ContactForm)
        assert form.focused is form.lines.of("fields")[0]
        await one.press("ctrl+u")
        await one.type("storey=3; born=1 May")
        await one.press("ctrl+s")
        assert contacts.get(one.crm, LEILA).fields == {"storey": "3", "born": "1 May"}


async def test_known_tags_and_agents_are_completed(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        await one.press("2", "j", "e", *["tab"] * 4)
        await one.type("new, vi")
        await one.press("right", "tab", "tab")
        await one.type("re")
        await one.press("right", "ctrl+s")
        found = contacts.get(one.crm, NADIA)
        assert (found.tags, found.owner) == (("new", "vip"), "reza")


async def test_a_choice_takes_the_next_by_space_and_one_by_its_letter(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        await one.press("2", "j", "e", *["tab"] * 8)
        assert "may be called" in one.screen
        await one.press("d")
        assert "do not call" in one.screen
        await one.press("space", "space", "ctrl+s")
        assert contacts.get(one.crm, NADIA).do_not_call


@pytest.mark.parametrize(
    ("tabs", "typed", "said"),
    [
        (7, "often", "often is no span of time"),
        (6, "nobody", "There is no agent nobody."),
        (3, "no address", "no address"),
    ],
)
async def test_bad_input_is_told_in_one_sentence_and_stays(
    tmp_path: Path, tabs: int, typed: str, said: str
) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "e", *["tab"] * tabs)
        await one.type(typed)
        await one.press("ctrl+s")
        assert said in one.screen
        assert isinstance(one.app.screen, ContactForm)


async def test_a_number_that_is_none_is_kept_and_said_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "a")
        await one.type("Xavier Unheard")
        await one.press("tab", "tab")
        await one.type("12")
        assert "12 is no valid number; it is kept as it is." in one.screen
        await one.press("ctrl+s")
        [found] = one.found("Xavier Unheard")
        assert not contacts.get(one.crm, found.id).phones[0].valid


async def test_a_form_higher_than_the_screen_scrolls_and_keeps_its_keys(tmp_path: Path) -> None:
    def numbers(crm: Crm) -> None:
        fill(crm)
        many = tuple(PhoneNumber(f"0912 555 00{n:02}") for n in range(14))
        contacts.edit(crm, LEILA, ContactPatch(phones=many))

    async with desk(tmp_path, fill=numbers) as one:
        await one.press("2", "e")
        assert "Ctrl+S save" in one.footer
        assert "Name       Leila Karimi" in one.screen
        await one.press("shift+tab")
        assert "Note" in one.screen
        assert "Name       Leila Karimi" not in one.screen
        assert "Ctrl+S save" in one.footer


async def test_a_draft_of_several_numbers_comes_back_line_by_line(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "e", "tab", "tab")
        await one.type(", 021 8877 6655, 0935 000 1122")
        await one.press("escape", "e")
        form = one.app.screen
        assert isinstance(form, ContactForm)
        assert len(form.lines.of("phones")) == 3
        await one.press("ctrl+n")
        assert [field.value for field in form.lines.of("phones")] == ["0911 222 3344"]


async def test_a_promise_that_ended_stands_in_the_timeline(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich, size=(80, 40)) as one:
        made = promises.add(one.crm, LEILA, "tomorrow", "send the quote")
        promises.cancel(one.crm, made.id, "bought elsewhere")
        await open_card(one)
        assert "follow-up: cancelled" in one.screen
        assert "send the quote · bought elsewhere" in one.screen
