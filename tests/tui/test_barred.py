"""Promises to somebody who must not be called any more: nothing is lost, and nobody overlooks them."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

from tests.tui.desk import LEILA, NADIA, PARS, Desk, desk, fill
from tests.tui.persian import persian_desk

from tuicrm.domain.models import ContactPatch
from tuicrm.services import contacts, promises
from tuicrm.services.context import Crm
from tuicrm.storage.queries import followups


def two_promises(crm: Crm) -> None:
    """The desk, and a second promise to Leila."""
    fill(crm)
    promises.add(crm, LEILA, "2026-11-25", "send the catalogue")


def barred(crm: Crm) -> None:
    """The same, and she has asked not to be called."""
    two_promises(crm)
    contacts.edit(crm, LEILA, ContactPatch(do_not_call=True))


def promised(one: Desk, contact_id: int = LEILA) -> list[tuple[str, str]]:
    """State and reason why it was closed, of all that was promised."""
    with one.crm.database.reader() as conn:
        ids = [
            row[0]
            for row in conn.all(
                "SELECT id FROM follow_up WHERE contact_id = :id ORDER BY id", {"id": contact_id}
            )
        ]
        found = [followups.record(conn, id) for id in ids]
    return [(it.state, it.closed_reason) for it in found if it is not None]


async def test_marking_somebody_says_how_many_promises_stay_and_which_keys_cancel_them(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, fill=two_promises) as one:
        await one.press("2", "full_stop", "n", "enter")
        assert contacts.get(one.crm, LEILA).do_not_call
        assert "do not call" in one.message
        assert "2 follow-ups stay, . T cancels them." in one.message
        assert promised(one) == [("open", ""), ("open", "")]
        await one.press("full_stop")
        assert "cancel the 2 open follow-ups" in one.screen
        await one.press("T")
        assert "Cancel 2 follow-ups: Leila Karimi" in one.screen
        await one.press("enter")
        assert promised(one) == [("cancelled", "do not call")] * 2
        assert "Leila Karimi: 2 follow-ups cancelled: do not call." in one.message
        await one.press("u")
        assert promised(one) == [("open", "")] * 2
        assert contacts.get(one.crm, LEILA).do_not_call


async def test_the_question_says_what_holds_now_and_enter_takes_the_other(tmp_path: Path) -> None:
    def marked(one: Desk) -> list[str]:
        return [line.strip(" ▌").split("  ")[0] for line in one.lines if line.rstrip().endswith(" now")]

    async with desk(tmp_path, fill=two_promises) as one:
        await one.press("2", "full_stop", "n")
        assert marked(one) == ["may be called"]
        await one.press("enter")
        assert contacts.get(one.crm, LEILA).do_not_call
        await one.press("full_stop", "n")
        assert marked(one) == ["do not call"]
        await one.press("enter")
        assert not contacts.get(one.crm, LEILA).do_not_call


async def test_the_form_of_a_contact_says_so_too_and_the_mark_of_many(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=two_promises) as one:
        await one.press("2", "space", "space", "full_stop", "n", "enter", "y")
        assert "2 follow-ups stay, 4 shows them." in one.message
        await one.press("u", "escape", "g", "e")
        assert not contacts.get(one.crm, LEILA).do_not_call
        for _ in range(8):
            await one.press("tab")
        await one.press("space", "ctrl+s")
        assert contacts.get(one.crm, LEILA).do_not_call
        assert "2 follow-ups stay, . T cancels them." in one.message


async def test_an_outcome_that_marks_says_what_stays_open(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=two_promises) as one:
        await one.press("c")
        await one.type("/do_not_call")
        await one.press("enter")
        assert contacts.get(one.crm, LEILA).do_not_call
        assert promised(one) == [("done", ""), ("open", "")]
        assert "do not call, follow-up done, 1 stays open (4 shows it)" in one.message


async def test_follow_ups_say_do_not_call_and_their_cancelling_has_the_reason_filled_in(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, fill=barred) as one:
        await one.press("4")
        assert "Leila Karimi" in one.cursor_line
        assert "do not call: call back" in one.cursor_line
        assert sum("do not call: " in line for line in one.lines) == 2
        await one.press("delete")
        assert "Cancel: Leila Karimi" in one.screen
        await one.press("enter")
        assert promised(one) == [("cancelled", "do not call"), ("open", "")]
        assert "cancelled: do not call" in one.message


async def test_the_card_says_it_at_each_promise(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=barred, size=(100, 40)) as one:
        await one.press("2", "enter")
        assert sum("do not call  " in line for line in one.lines) == 2
        await one.press("full_stop", "T")
        await one.type(", moved away")
        await one.press("enter")
        assert promised(one) == [("cancelled", "do not call, moved away")] * 2
        assert not any("do not call  " in line for line in one.lines)


async def test_who_may_be_called_has_no_such_line_in_the_menu(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=barred) as one:
        for contact_id in (PARS, NADIA):
            assert not contacts.get(one.crm, contact_id).do_not_call
        await one.press("2", "j", "full_stop")
        assert "open follow-up" not in one.screen


async def test_in_persian_it_is_said_in_persian(tmp_path: Path) -> None:
    async with persian_desk(tmp_path, fill=barred) as one:
        await one.press("4")
        said = [normalize("NFKC", line)[::-1] for line in one.lines]
        assert any("تماس ممنوع" in line for line in said), "as it stands on the screen, from right to left"
        await one.press("delete", "enter")
        assert promised(one)[0] == ("cancelled", "تماس ممنوع")
        assert all(len(line) <= 80 for line in one.lines)
