"""What an office manager stumbled over in the second week: what is said too late, cut, or of somebody else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.tui.apps import settings_in
from tests.tui.desk import LEILA, NADIA, PARS, desk
from tests.tui.test_trials_night import NIGHT

from tuicrm.i18n import t
from tuicrm.services import calls, drafts, promises
from tuicrm.services.context import open_crm
from tuicrm.tui.widgets.message_line import MessageLine


async def test_in_quiet_hours_the_first_promise_too_is_asked_for_and_what_was_said_goes_with_the_next_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path, at=NIGHT) as one:
        await one.press("n")
        assert one.calls() == []
        asked = "Quiet hours for Leila Karimi: an arrow key first, then n logs it."
        assert one.message == asked
        await one.press("up")
        assert one.message == asked, "nobody has read it yet"
        monkeypatch.setattr(MessageLine, "READ_S", 0.0)
        await one.press("down")
        assert one.message == "", "it would name the wrong person"
        await one.press("up", "n")
        assert len(one.calls()) == 1
        assert one.message.startswith("Leila Karimi: no answer")
        await one.press("j")
        assert one.message.endswith("u undo"), "what can be taken back is still true"
        await one.press("l")
        await one.type("x")
        assert "Leila Karimi: no answer" in one.message, "letters of a text are no action"


async def test_an_edited_call_begins_in_its_note_and_asks_about_a_token_there(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "e")
        await one.type("/v")
        await one.press("ctrl+s")
        assert "/v in the note stays text; the line Change reads it. Ctrl+S again keeps it." in one.screen
        assert calls.get(one.crm, 4).note == "keeps in touch"
        await one.press("ctrl+s")
        kept = calls.get(one.crm, 4)
        assert (kept.note, kept.outcome) == ("keeps in touch/v", "connected")
        await one.press("e")
        await one.type(", twice")
        await one.press("ctrl+s")
        assert calls.get(one.crm, 4).note == "keeps in touch/v, twice", "asked about once"


async def test_the_line_of_an_edited_call_lists_what_signs_start_and_says_what_it_will_change(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "e", "tab")
        await one.type("/")
        assert any("/v" in line and "voicemail" in line for line in one.lines)
        assert "follow-up" not in one.screen, "a call has none of its own to change"
        await one.type("vo")
        await one.press("right")
        await one.type(" =4")
        assert "voicemail · 4:00" in one.screen
        await one.type(" /zz")
        assert "/zz means nothing here" in one.screen
        await one.press(*["backspace"] * 4, "enter")
        edited = calls.get(one.crm, 4)
        assert (edited.outcome, edited.duration_s) == ("voicemail", 240)


async def test_delete_on_today_offers_the_menu_only_where_something_is_promised(tmp_path: Path) -> None:
    async with desk(tmp_path, region="GB") as one:
        await one.press("delete")
        assert one.message == "The menu of . cancels the follow-up."
        await one.press("G", "delete")
        assert one.message.startswith("Nothing is promised to Nadia Rostami.")
        await one.press("a")
        assert "0912" not in one.screen, "numbers of the country one is in"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((80, 24), "Leila Karimi: follow-up Fri 1 Jan 2027 10:00. Repeats every month on the first Monday."),
        ((40, 12), "The call with Amelia White is not logged yet: . D lists it."),
    ],
)
async def test_what_is_said_is_whole_with_its_key_also_where_it_needs_a_second_line(
    tmp_path: Path, size: tuple[int, int], said: str
) -> None:
    async with desk(tmp_path, size=size) as one:
        message = one.app.shell.message
        one.app.say(t("{word}", word=said), undo=True)
        await one.rest()
        assert one.message == f"{said}  u undo"
        assert message.size.height == 2
        assert all(len(line) <= size[0] for line in one.lines)
        assert one.footer.endswith("? all")
        message.hush()
        await one.rest()
        assert message.size.height == 1


async def test_a_first_date_beside_the_repetition_is_asked_about_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("G", "f")
        await one.type("wed 9:30")
        await one.press("tab")
        await one.type("the rota")
        await one.press("tab", "tab", "tab")
        await one.type("every first monday")
        await one.press("enter")
        assert "is none of the days that it repeats on, then Mon 7 Dec" in one.screen
        assert one.follow_up(NADIA) is None
        await one.press("ctrl+s")
        made = one.follow_up(NADIA)
        assert made is not None
        assert made.due.on.isoformat() == "2026-11-25"


async def test_a_follow_up_form_is_a_draft_that_an_upgrade_under_the_program_does_not_lose(
    tmp_path: Path,
) -> None:
    async def another_version() -> None:
        raise ImportError("cannot import name", name="tuicrm.services.today")

    async with desk(tmp_path) as one:
        await one.press("G", "f")
        await one.type("fri 14")
        await one.press("escape")
        one.app.work(another_version())
        await one.rest()
        assert one.message.startswith("tuicrm was changed on this machine while it was open.")
        assert "Ctrl+Q" in one.message
        await one.press("g", "f")
        assert "fri 14" not in one.screen, "of somebody else"
        await one.press("escape", "full_stop", "D")
        assert "follow-up form" in one.screen
        assert "Nadia Rostami" in one.screen
        await one.press("enter")
        assert "fri 14" in one.screen
        assert "throw the draft away" in one.footer
        await one.press("ctrl+s")
        made = one.follow_up(NADIA)
        assert made is not None
        assert made.due.on.isoformat() == "2026-11-27"
        assert drafts.everything(one.crm) == []


async def test_what_is_written_of_a_promise_that_stands_is_a_draft_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("e", "tab")
        await one.type(", and the valve")
        await one.press("escape", "full_stop", "D", "enter")
        assert "call back: price of pump, and the valve" in one.screen
        await one.press("ctrl+s")
        held = one.follow_up(LEILA)
        assert held is not None
        assert held.reason.endswith("and the valve")


async def test_a_phrase_typed_into_the_moments_of_s_goes_on_in_its_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("s")
        await one.type("in 2 weeks")
        assert "Sun 6 Dec" in one.screen
        await one.press("enter")
        put_off = one.follow_up(LEILA)
        assert put_off is not None
        assert put_off.remind_at is not None
        assert put_off.remind_at.date().isoformat() == "2026-12-06"
        now = time.monotonic()
        one.keys_at(("s", now), *((key, now + 0.5 + 0.001 * at) for at, key in enumerate("thu")))
        await one.rest()
        assert "Remind later: Pars Trading" in one.screen
        assert "Thu 26 Nov" in one.screen, "what comes at once is a phrase, not a letter and keys of Today"
        assert one.calls() == []
        await one.press("escape", "s", "t")
        put_off = one.follow_up(PARS)
        assert put_off is not None
        assert put_off.remind_at is not None
        assert put_off.remind_at.date().isoformat() == "2026-11-23"


async def test_over_a_form_the_palette_says_that_more_is_offered_later(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("f", "ctrl+p")
        await one.type("settings")
        assert "Nothing here is called that; more is offered once what is open is closed." in one.screen


async def test_who_is_handed_promises_is_told_by_whom_and_how_many(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        settings = settings_in(tmp_path, agent="kian", zone="Asia/Tehran", region="IR")
        kian = open_crm(settings, via="cli", clock=one.app.clock)
        try:
            for moment in ("tomorrow 15:00", "tomorrow 16:00"):
                made = promises.add(kian, NADIA, moment, "the rota")
                promises.assign(kian, made.id, "sara")
            promises.add(kian, PARS, "tomorrow", "his own")
        finally:
            kian.close()
        await one.app.listener.look()
        await one.rest()
        assert one.message == "kian handed you 2 follow-ups."
