"""Notes of several lines in the forms, by keys: what is seen, what is stored, what a draft keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.console import RenderableType
from tests.patience import a_while
from tests.tui.bars import LEILA, WEBB, Hands, add_people, hands
from tests.tui.fields import INTERFACES, Field, interface, seen
from textual.screen import Screen

from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import CallDraft, ContactPatch, Who
from tuicrm.services import calls, contacts, drafts
from tuicrm.services.context import Crm
from tuicrm.tui.app import CrmApp
from tuicrm.tui.dialogs.call_form import CallForm
from tuicrm.tui.dialogs.contact_form import ContactForm
from tuicrm.tui.widgets.note_area import NoteArea

NOTE = "قیمت P40 را خواست\nmornings only\nتلفن ۰۲۱-۸۸۷۷"


def one_call(crm: Crm) -> None:
    """The four people, and a call with Leila."""
    add_people(crm)
    calls.save(crm, CallDraft("one", Who(LEILA), "price sent /-", keys=3))


async def opened(hand: Hands, form: ContactForm | CallForm) -> None:
    """Opens a form."""
    await hand.app.push_screen(form)
    await hand.rest()


def note_field(hand: Hands) -> Field[NoteArea]:
    """The note on the screen."""
    return Field(hand.app.screen.query_one("#field-note", NoteArea), hand.pilot)


async def type_note(hand: Hands, written: str) -> None:
    """Types lines with Enter between."""
    first, *more = written.split("\n")
    await hand.type(first)
    for line in more:
        await hand.press("enter")
        await hand.type(line)


async def test_a_form_with_notes_opens_in_its_own_lines_from_the_first_picture_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It once stood over the whole screen for two pictures, without its keys: a flash, and bytes over a slow line."""
    heights: list[int] = []
    shown = CrmApp._display

    def watched(app: CrmApp, screen: Screen[Any], renderable: RenderableType | None) -> None:
        heights.extend(box.region.height for box in screen.query("DialogBox"))
        shown(app, screen, renderable)

    async with hands(tmp_path, size=(110, 40)) as hand:
        monkeypatch.setattr(CrmApp, "_display", watched)
        await opened(hand, ContactForm())
        assert len(set(heights)) == 1
        assert heights[0] < 20


@pytest.mark.parametrize("shown", INTERFACES)
async def test_a_contacts_note_is_typed_line_by_line_and_stored_as_it_is_read(
    tmp_path: Path, shown: str
) -> None:
    with interface(shown):
        async with hands(tmp_path, language=shown[:2]) as hand:
            await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
            await hand.press("shift+tab")
            await type_note(hand, NOTE)
            note = note_field(hand)
            top = note.widget.region.y
            first, second, third = NOTE.split("\n")
            assert seen(first) in note.row(top)
            assert second in note.row(top + 1)
            assert "۰۲۱-۸۸۷۷" + seen(third[:5]) in note.row(top + 2)
            await hand.press("ctrl+s")
            assert contacts.get(hand.crm, LEILA).note == NOTE


async def test_the_card_shows_every_line_of_a_note(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        contacts.edit(hand.crm, WEBB, ContactPatch(note=NOTE))
        await hand.press("g", "enter")
        assert "mornings only" in [line.strip() for line in hand.screen().split("\n")]
        assert seen("قیمت P40 را خواست") in hand.screen()


async def test_fields_keep_off_both_edges(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a")
        for field in hand.app.screen.query("FormField, NoteField"):
            assert (field.region.x, field.region.right) == (12, 79)
        assert " Name       " in hand.screen()


async def test_the_footer_says_what_enter_does_in_a_note(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a")
        assert "Enter next" in hand.words
        await hand.press("shift+tab")
        assert "Enter new line" in hand.words
        assert "Enter next" not in hand.words
        assert "Enter begins a new line, Ctrl+S saves" in hand.words


async def test_tab_leaves_the_note_and_enter_gets_into_it(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a", *["enter"] * 9, "tab")
        assert isinstance(hand.app.screen.focused, NoteArea)
        await hand.press("tab")
        await hand.type("Nadia")
        await hand.press("ctrl+s")
        assert any(row.name == "Nadia" for row in contacts.page(hand.crm).rows)


async def test_esc_keeps_all_lines_of_a_note_and_ctrl_n_begins_anew(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        contacts.edit(hand.crm, LEILA, ContactPatch(note="old"))
        await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
        await hand.press("shift+tab")
        await type_note(hand, "\n" + NOTE)
        await hand.press("escape")
        assert contacts.get(hand.crm, LEILA).note == "old"
        await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
        assert note_field(hand).widget.value == "old\n" + NOTE
        await hand.press("ctrl+n")
        assert note_field(hand).widget.value == "old"
        await hand.press("escape")
        assert drafts.everything(hand.crm) == []


async def test_what_is_typed_in_a_note_is_written_down_before_the_form_is_left(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a", "shift+tab")
        await type_note(hand, "one\ntwo")
        typed: list[object] = []
        for _ in a_while():
            # it is written down at a rest; a slow machine may rest in the middle of the words
            typed = [draft.facts["fields"] for draft in drafts.everything(hand.crm)]
            if typed == [{"note": "one\ntwo"}]:
                break
            await hand.pilot.pause(0.05)
        assert typed == [{"note": "one\ntwo"}]


async def test_keys_of_a_burst_go_into_the_note_in_their_order(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        hand.burst("a", *"Nadia", "shift+tab", *"one", "enter", *"twoo", "backspace", "left", *"x", "ctrl+s")
        await hand.rest()
        made = next(row for row in contacts.page(hand.crm).rows if row.name == "Nadia")
        assert contacts.get(hand.crm, made.id).note == "one\ntwxo"


# --- a call -----------------------------------------------------------------------------------------------------


async def test_the_note_of_a_call_is_edited_in_lines_and_its_tokens_beside_it(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=one_call) as hand:
        await opened(hand, CallForm(calls.get(hand.crm, 1), "Leila Karimi"))
        await hand.press("enter")
        await hand.type("قیمت P40")
        await hand.press("tab")
        await hand.type("/v")
        await hand.press("ctrl+s")
        call = calls.get(hand.crm, 1)
        assert (call.outcome, call.note) == ("voicemail", "price sent\nقیمت P40")


async def test_a_note_in_the_line_and_another_beside_it_are_refused_and_stay(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=one_call) as hand:
        await opened(hand, CallForm(calls.get(hand.crm, 1), "Leila Karimi"))
        await hand.type(" twice")
        await hand.press("tab")
        await hand.type("/v called back")
        await hand.press("ctrl+s")
        assert isinstance(hand.app.screen, CallForm)
        assert "There are two notes" in hand.words
        assert calls.get(hand.crm, 1).note == "price sent"
        with pytest.raises(Invalid):
            calls.edit(hand.crm, 1, "called back", note="twice")


async def test_a_call_is_stored_without_what_could_steer_a_terminal(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=one_call) as hand:
        calls.edit(hand.crm, 1, note=" one\x1b[31m\r\ntwo\u202e ")
        assert calls.get(hand.crm, 1).note == "one[31m\ntwo"


async def test_an_edited_note_of_a_call_is_a_draft_that_the_list_of_drafts_opens_again(
    tmp_path: Path,
) -> None:
    async with hands(tmp_path, fill=one_call, size=(120, 30)) as hand:
        await opened(hand, CallForm(calls.get(hand.crm, 1), "Leila Karimi"))
        await hand.press("tab")
        assert "draft" not in hand.screen().split("\n")[-1]
        await hand.press("shift+tab")
        assert "draft" in hand.screen().split("\n")[-1]
        await type_note(hand, "\nhalf")
        await hand.press("escape", "full_stop", "D")
        assert "call form" in hand.words
        assert "Leila Karimi" in hand.words
        await hand.press("enter")
        assert isinstance(hand.app.screen, CallForm)
        assert note_field(hand).widget.value == "price sent\nhalf"
        await hand.press("ctrl+s")
        assert calls.get(hand.crm, 1).note == "price sent\nhalf"
        assert drafts.everything(hand.crm) == []


async def test_a_token_alone_leaves_no_draft(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=one_call) as hand:
        await opened(hand, CallForm(calls.get(hand.crm, 1), "Leila Karimi"))
        await hand.press("tab")
        await hand.type("/v")
        await hand.press("escape")
        assert drafts.everything(hand.crm) == []


# --- the bar's line ---------------------------------------------------------------------------------------------


async def test_in_a_persian_line_left_takes_the_dim_text_and_right_moves_back(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        calls.save(crm, CallDraft("one", Who(LEILA), "قیمت P40 را فرستادم /-", keys=3))

    async with hands(tmp_path, fill=fill) as hand:
        await hand.press("g", "l")
        await hand.type("قیمت P")
        field = hand.bar.field
        assert field.ghost == "40 را فرستادم"
        line = Field(field, hand.pilot)
        assert seen("قیمت P40 را فرستادم") in line.row(field.region.y)
        await hand.press("right")
        assert field.cursor_position == 5
        await hand.press("end", "left")
        assert hand.line == "قیمت P40 را فرستادم"
        await hand.press("left")
        assert field.cursor_position == len(hand.line)
        await hand.type(" /-")
        await hand.press("enter")
        assert hand.calls()[0].note == "قیمت P40 را فرستادم"
