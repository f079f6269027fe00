"""What people stumbled over in the log line: what was meant must not be kept silently in the note."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import LEILA, desk

from tuicrm.domain.models import ContactPatch
from tuicrm.services import calls, contacts, promises


async def test_a_label_typed_as_the_list_shows_it_is_the_outcome(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "l")
        await one.type("نمی‌خواهد /تماس نگیرید")
        await one.press("enter")
        call = calls.recent(one.crm, limit=1).rows[0]
        assert (call.outcome, call.note) == ("do_not_call", "نمی‌خواهد")
        assert call.contact is not None
        assert contacts.get(one.crm, call.contact.id).do_not_call


async def test_a_phrase_behind_a_sign_that_means_nothing_is_asked_about_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        before = calls.recent(one.crm, limit=1).rows[0].id
        await one.press("2", "l")
        await one.type("called /zz next week")
        await one.press("enter")
        assert "/zz next week" in one.screen
        assert "means nothing here" in one.screen
        assert calls.recent(one.crm, limit=1).rows[0].id == before
        await one.press("enter")
        assert calls.recent(one.crm, limit=1).rows[0].note == "called /zz next week"


async def test_an_outcome_key_on_who_wants_no_calls_says_what_logs_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        promises.add(one.crm, LEILA, "today 18:00", "price")
        before = calls.recent(one.crm, limit=1).rows[0].id
        contacts.edit(one.crm, LEILA, ContactPatch(do_not_call=True))
        await one.press("4", "slash")
        await one.type("Leila")
        await one.press("enter", "n")
        assert "asked not to be called: nothing was logged. l opens the log line" in one.screen
        assert "--really" not in one.screen
        await one.press("l")
        await one.type("/n")
        await one.press("enter")
        assert calls.recent(one.crm, limit=1).rows[0].id == before
        await one.press("enter")
        saved = calls.recent(one.crm, limit=1).rows[0]
        assert (saved.outcome, saved.contact.id if saved.contact else None) == ("no_answer", LEILA)
