"""Forms, questions and pickers, by keys: what is saved, what is kept, what is safe."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.bars import KAZEMI, LEILA, Hands, add_people, hands

from tuicrm import i18n
from tuicrm.domain.models import Contact, ContactPatch, EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.record import replace
from tuicrm.i18n import t
from tuicrm.services import contacts, drafts
from tuicrm.services.context import Crm, open_crm
from tuicrm.tui.dialogs import contact_texts
from tuicrm.tui.dialogs.confirm import Confirm
from tuicrm.tui.dialogs.contact_form import ContactForm
from tuicrm.tui.dialogs.picker import Option, Picker


async def opened(hand: Hands, form: ContactForm) -> list[Contact | None]:
    """Opens a form; what it is dismissed with comes into the list."""
    result: list[Contact | None] = []
    await hand.app.push_screen(form, result.append)
    await hand.rest()
    return result


async def test_a_contact_is_added_field_by_field_with_enter(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a")
        for value in (
            "Nadia Rostami",
            "Pars",
            "0912 777 6655, office: 021 8877 6655",
            "nadia@pars.ir",
            "vip, #north",
            "floor=3; born=1 May",
            "me",
            "3 months",
        ):
            await hand.type(value)
            await hand.press("enter")
        await hand.press("space", "enter")
        await hand.type("haggles")
        await hand.press("tab")
        await hand.type("asks for Sara")
        await hand.press("enter")
        await hand.type("mornings")
        await hand.press("ctrl+s")
        made = next(row for row in contacts.page(hand.crm).rows if row.name == "Nadia Rostami")
        whole = contacts.get(hand.crm, made.id)
        assert whole.company == "Pars"
        assert (whole.owner, whole.cadence_days, whole.do_not_call) == ("sara", 90, True)
        assert contacts.card(hand.crm, made.id).private_note == "haggles"
        assert [(phone.label, phone.raw) for phone in whole.phones] == [
            ("", "0912 777 6655"),
            ("office", "021 8877 6655"),
        ]
        assert whole.emails == (EmailAddress("nadia@pars.ir"),)
        assert whole.tags == ("vip", "north")
        assert dict(whole.fields) == {"floor": "3", "born": "1 May"}
        assert whole.note == "asks for Sara\nmornings"


async def test_ctrl_s_saves_from_any_field(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a")
        await hand.type("Nadia")
        await hand.press("ctrl+s")
        assert any(row.name == "Nadia" for row in contacts.page(hand.crm).rows)


async def test_a_form_without_name_and_number_says_so_and_stays(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a", "tab")
        await hand.type("Pars")
        await hand.press("ctrl+s")
        assert isinstance(hand.app.screen, ContactForm)
        assert contacts.count(hand.crm) == 4


async def test_a_refused_field_gets_the_cursor(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a")
        await hand.type("Nadia")
        await hand.press("tab", "tab", "tab")
        await hand.type("no address")
        await hand.press("shift+tab", "ctrl+s")
        focused = hand.app.screen.focused
        assert focused is not None
        assert focused.id == "field-emails"
        await hand.press(*["backspace"] * 10, "ctrl+s")
        assert not isinstance(hand.app.screen, ContactForm)


async def test_editing_changes_only_what_was_typed(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
        await hand.press("tab")
        await hand.type(" Ltd")
        contacts.edit(hand.crm, LEILA, ContactPatch(name="Leila K. Karimi", tags=("vip",)))
        await hand.press("ctrl+s")
        whole = contacts.get(hand.crm, LEILA)
        assert whole.company == "Pars Pump Co Ltd"
        assert whole.name == "Leila K. Karimi"
        assert whole.tags == ("vip",)


async def test_esc_keeps_what_was_typed_for_this_form_only(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
        await hand.type(" Half")
        await hand.press("escape")
        assert contacts.get(hand.crm, LEILA).name == "Leila Karimi"
        await opened(hand, ContactForm(contacts.get(hand.crm, KAZEMI)))
        assert "Half" not in hand.words
        await hand.press("escape")
        result = await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
        assert "Leila Karimi Half" in hand.words
        await hand.press("ctrl+s")
        assert result[0] is not None
        assert result[0].name == "Leila Karimi Half"
        assert drafts.everything(hand.crm) == []


async def test_a_draft_that_is_just_being_written_does_not_outlive_a_saved_form(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        form = ContactForm(contacts.get(hand.crm, LEILA))
        await opened(hand, form)
        await hand.type(" Half")
        form._draft._write_now()
        form._draft.saved()
        await hand.rest()
        assert drafts.everything(hand.crm) == []


async def test_likely_doubles_are_named_while_typing(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a")
        await hand.type("leila karimi")
        assert "Perhaps known already: Leila Karimi, Pars Pump Co (same name)" in hand.words


async def test_keys_of_a_burst_go_into_the_fields_they_were_meant_for(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        hand.burst("a", *"Nadia", "enter", *"Pars", "tab", *"09127776655", "ctrl+s")
        await hand.rest()
        made = next(row for row in contacts.page(hand.crm).rows if row.name == "Nadia")
        assert (made.company, made.phone) == ("Pars", "+989127776655")


# --- drafts of a form -------------------------------------------------------------------------------------------


async def test_a_form_with_a_draft_in_it_says_so_and_can_begin_anew(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a")
        await hand.type("Nadia Rost")
        await hand.press("escape")
        hand.clock.advance(600)
        await hand.press("a")
        assert "Nadia Rost" in hand.words
        assert "This is your draft from 09:30, not saved yet. Ctrl+N begins anew." in hand.words
        assert "Ctrl+N throw the draft away" in hand.words
        await hand.press("ctrl+n")
        assert "Nadia Rost" not in hand.words
        assert "draft from" not in hand.words
        await hand.type("Omid")
        await hand.press("ctrl+s")
        assert [row.name for row in contacts.page(hand.crm).rows if "o" in row.name.lower()].count(
            "Omid"
        ) == 1
        assert drafts.everything(hand.crm) == []


async def test_a_letter_or_two_of_a_name_leave_no_draft(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a")
        await hand.type("ji")
        await hand.pilot.pause(0.4)
        await hand.press("escape")
        assert drafts.everything(hand.crm) == []
        await hand.press("a")
        assert "draft from" not in hand.words
        await hand.type("ji")
        await hand.press("tab")
        await hand.type("Pars")
        await hand.press("escape")
        assert len(drafts.everything(hand.crm)) == 1


async def test_begun_anew_and_left_the_old_draft_is_gone(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("a")
        await hand.type("Nadia Rost")
        await hand.press("escape", "a", "ctrl+n", "escape")
        assert drafts.everything(hand.crm) == []


# --- two people edit one contact --------------------------------------------------------------------------------


def by_another(hand: Hands, patch: ContactPatch) -> None:
    """Reza changes Leila in another session, a minute later."""
    other = open_crm(replace(hand.crm.settings, agent="reza"), via="cli", clock=hand.clock)
    hand.clock.advance(60)
    contacts.edit(other, LEILA, patch)
    other.close()


async def test_anothers_change_to_the_same_field_is_told_and_a_second_save_overwrites(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
        await hand.press("tab")
        await hand.type(" Ltd")
        by_another(hand, ContactPatch(company="Atlas"))
        await hand.press("ctrl+s")
        assert isinstance(hand.app.screen, ContactForm)
        assert "reza has changed Leila Karimi meanwhile" in hand.words
        assert "in place of theirs." in hand.words
        assert contacts.get(hand.crm, LEILA).company == "Atlas"
        await hand.press("ctrl+s")
        assert not isinstance(hand.app.screen, ContactForm)
        assert contacts.get(hand.crm, LEILA).company == "Pars Pump Co Ltd"


async def test_anothers_change_to_another_field_stays_and_nothing_is_asked(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
        await hand.press("tab")
        await hand.type(" Ltd")
        by_another(hand, ContactPatch(note="rings at noon"))
        await hand.press("ctrl+s")
        whole = contacts.get(hand.crm, LEILA)
        assert (whole.company, whole.note) == ("Pars Pump Co Ltd", "rings at noon")


async def test_a_draft_typed_before_anothers_change_is_a_conflict_as_well(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
        await hand.press("tab")
        await hand.type(" Ltd")
        await hand.press("escape")
        by_another(hand, ContactPatch(company="Atlas"))
        await opened(hand, ContactForm(contacts.get(hand.crm, LEILA)))
        assert "draft from" in hand.words
        await hand.press("ctrl+s")
        assert contacts.get(hand.crm, LEILA).company == "Atlas"
        assert "reza has changed" in hand.words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ()),
        ("0912 345 6789", (PhoneNumber("0912 345 6789"),)),
        ("a: 1234567، 7654321", (PhoneNumber("1234567", label="a"), PhoneNumber("7654321"))),
    ],
)
def test_phones_are_written_with_commas(written: str, read: tuple[PhoneNumber, ...]) -> None:
    assert contact_texts.phones(written) == read


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_contact_shown_in_the_form_reads_back_the_same(language: str) -> None:
    new = NewContact(
        name="Leila",
        company="Pars",
        phones=(PhoneNumber("0912 345 6789", label="mobile"), PhoneNumber("021 8877")),
        emails=(EmailAddress("a@b.ir", "work"),),
        tags=("vip",),
        fields={"floor": "3", "url": "http://x/?a=1"},
        note="one\ntwo",
    )
    i18n.use(language)
    try:
        assert contact_texts.new_contact(contact_texts.texts_of(new)) == new
    finally:
        i18n.use("en")


def test_persian_semicolons_part_fields_as_the_hint_says() -> None:
    assert contact_texts.fields("طبقه=۳؛ تولد=۱ خرداد؛") == {"طبقه": "۳", "تولد": "۱ خرداد"}


@pytest.mark.parametrize(
    ("key", "answer"), [("y", True), ("n", False), ("enter", False), ("escape", None), ("q", None)]
)
async def test_a_question_is_answered_by_its_letter_and_enter_is_safe(
    tmp_path: Path, key: str, answer: bool | None
) -> None:
    async with hands(tmp_path) as hand:
        answers: list[bool | None] = []
        await hand.app.push_screen(Confirm(t("Really?")), answers.append)
        await hand.press(key)
        assert answers == [answer]


async def test_a_picker_narrows_as_one_types_and_takes_the_lit_line(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        chosen: list[str | None] = []
        options = [Option(name, "", name) for name in ("sara", "reza", "samira")]
        await hand.app.push_screen(Picker(t("Agent"), options), chosen.append)
        await hand.type("sa")
        assert "reza" not in hand.words
        await hand.press("down", "enter")
        assert chosen == ["samira"]


async def test_drafts_are_listed_and_gone_on_with_or_thrown_away(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)

    async with hands(tmp_path, fill=fill) as hand:
        for key in ("j", "k"):
            await hand.press("g", "j", key, "l")
            await hand.type("half a note")
            await hand.press("escape")
        await hand.press("full_stop", "D")
        assert "Drafts" in hand.words
        await hand.press("enter")
        assert hand.open
        assert hand.line == "half a note"
        await hand.press("escape", "full_stop", "D", "delete", "delete")
        assert drafts.everything(hand.crm) == []
