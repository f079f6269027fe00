"""Screens in the person's calendar and digits. Sunday 2026-11-22, 1 Azar 1405, 09:31 in Tehran.

The notes have no digits, so that each one on a screen is ours; the places' own keys in the header are 1 to 6.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.shown_in import shown_in
from tests.tui.desk import DAY_S, LEILA, PEOPLE, REZA, Desk, desk, log

from tuicrm.domain.clock import FrozenClock
from tuicrm.i18n import t
from tuicrm.services import contacts
from tuicrm.services.context import Crm
from tuicrm.tui import text

BEFORE = (
    (400, LEILA, "long ago =1:02 /-"),
    (60, LEILA, "asked the price =3:05 /-"),
    (3, REZA, "boiler is dead /th /2026-11-22 10:00"),
    (1, LEILA, "wants a call /2026-11-22 8:30"),
    (1, REZA, "parts are here /2026-12-31"),
)


def fill(crm: Crm) -> None:
    for one in PEOPLE:
        contacts.add(crm, one)
    clock = crm.clock
    assert isinstance(clock, FrozenClock)
    for days, contact_id, line in BEFORE:
        clock.advance(-days * DAY_S)
        log(crm, contact_id, line)
        clock.advance(days * DAY_S)


@asynccontextmanager
async def seen(
    folder: Path, language: str = "fa", calendar: str = "auto", digits: str = "auto", **more: Any
) -> AsyncIterator[Desk]:
    """The app in that language, its lines as they are thought, not as a terminal needs them."""
    before = text.mode()
    text.use("plain")
    try:
        with shown_in(language, calendar, digits, isolate=True):
            async with desk(folder, fill=fill, language=language, **more) as one:
                yield one
    finally:
        text.use(before)


def digits_of(one: Desk) -> set[str]:
    """The kinds of digits on the screen, the keys of the places left out."""
    # the reference of a record is typed as it stands
    lines = [re.sub(r"[a-z]+:\d+", "", line) for line in one.lines[1:]]
    shown = "\n".join(lines) + re.sub(r"(?<= )[1-6](?= )", "", one.lines[0])
    return {name for name, kind in (("latin", "[0-9]"), ("persian", "[۰-۹]")) if re.search(kind, shown)}


async def test_today_is_persian_throughout(tmp_path: Path) -> None:
    async with seen(tmp_path) as one:
        assert one.lines[0].startswith(" 1 "), "keys are as they stand on the key caps"
        assert one.lines[0].rstrip().endswith(f"{t('Sun')} ۱ آذر ۰۹:۳۱")
        assert one.lines[1].startswith(" ۱ ")
        for part in ("۰۸:۳۰", "۱۰:۰۰", "#۱", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "شنبه ۳۰ آبان", "۳:۰۵"):
            assert part in one.screen
        assert digits_of(one) == {"persian"}


async def test_the_day_stands_in_the_header_where_there_is_room(tmp_path: Path) -> None:
    async with seen(tmp_path, size=(140, 40)) as one:
        assert one.lines[0].rstrip().endswith(f"{t('Sun')} ۱ آذر ۰۹:۳۱")
        await one.pilot.resize_terminal(70, 24)
        await one.rest()
        assert one.lines[0].rstrip().endswith(" ۰۹:۳۱")
        assert "آذر" not in one.lines[0]


async def test_contacts_keep_all_their_columns_at_eighty(tmp_path: Path) -> None:
    async with seen(tmp_path) as one:
        await one.press("2")
        heads = next(line for line in one.lines if t("tickets") in line and not line.startswith(" 1 "))
        for column in ("name", "company", "last call", "tickets", "next"):
            assert t(column) in heads
        row = next(line for line in one.lines if "Reza Ahmadi" in line)
        assert row.split()[-2:] == ["۱", "۱۰:۰۰"]
        assert "۰۹۳۵ ۰۰۰ ۲۳۴۵" in row
        assert digits_of(one) == {"persian"}


async def test_a_number_is_found_and_marked_by_latin_and_by_persian_digits(tmp_path: Path) -> None:
    async with seen(tmp_path) as one:
        for typed in ("2345", "۲۳۴۵"):
            await one.press("2", "/")
            await one.type(typed)
            assert [line for line in one.lines if "۰۹۳۵ ۰۰۰ ۲۳۴۵" in line]
            assert not [line for line in one.lines if "Pars Trading" in line]
            await one.press("escape", "escape")


async def test_a_card_dates_its_timeline_in_a_column(tmp_path: Path) -> None:
    async with seen(tmp_path) as one:
        await one.press("2", "enter")
        for line in (
            f" شنبه ۳۰ آبان      ۰۹:۳۱  {t('out')}",
            f" چهارشنبه ۱ مهر    ۰۹:۲۷  {t('out')}  ۳:۰۵",
            f" شنبه ۲۶ مهر ۱۴۰۴  ۰۹:۲۹  {t('out')}  ۱:۰۲",
        ):
            assert [shown for shown in one.lines if shown.startswith(line)], line
        assert f"{t('today')} ۰۸:۳۰" in one.screen
        assert digits_of(one) == {"persian"}


async def test_calls_are_dated_and_nothing_of_it_is_cut(tmp_path: Path) -> None:
    async with seen(tmp_path) as one:
        await one.press("3")
        firsts = [re.split("  +", line[2:])[0] for line in one.lines if "sara" in line][:5]
        assert firsts == [*[f"{t('yesterday')} ۰۹:۳۱"] * 2, "۰۸/۲۸ ۰۹:۳۱", "۰۷/۰۱ ۰۹:۲۷", "۱۴۰۴/۰۷/۲۶"]
        assert "wants a call" in one.screen
        assert "…" not in "".join(one.lines[2:])
        assert digits_of(one) == {"persian"}


@pytest.mark.parametrize(
    ("language", "calendar", "digits", "region", "promise"),
    [
        ("fa", "auto", "auto", "IR", "شنبه ۷ آذر ۱۰:۰۰ (۲۸ نوامبر ۲۰۲۶)"),
        ("fa", "gregorian", "latin", "DE", "شنبه 28 نوامبر 10:00 (7 آذر 1405)"),
        ("en", "jalali", "auto", "DE", "Sat 7 Azar 10:00 (28 Nov 2026)"),
        ("en", "auto", "auto", "IR", "Sat 28 Nov 10:00 (7 Azar 1405)"),
        ("en", "auto", "auto", "DE", "Sat 28 Nov 10:00"),
    ],
)
async def test_the_bar_says_the_promise_in_both_calendars_where_people_live_by_both(
    tmp_path: Path, language: str, calendar: str, digits: str, region: str, promise: str
) -> None:
    async with seen(tmp_path, language, calendar, digits, region=region) as one:
        await one.press("l")
        await one.type("letter /sat10")
        chips = next(line for line in reversed(one.lines) if promise in line)
        assert promise in chips.strip().split(" · ")


async def test_what_is_typed_and_what_is_to_be_typed_keep_their_digits(tmp_path: Path) -> None:
    async with seen(tmp_path) as one:
        await one.press("l")
        await one.type("۳ boxes of P40 /2d")
        assert "۳ boxes of P40 /2d" in one.screen
        await one.press("enter")
        call = one.calls(LEILA)[0]
        assert call.note == "۳ boxes of P40"
        assert call.follow_up is not None
        assert call.follow_up.due.on.isoformat() == "2026-11-24"


async def test_a_saved_call_says_when_it_comes_again(tmp_path: Path) -> None:
    async with seen(tmp_path) as one:
        await one.press("n")
        assert t("tomorrow") in one.message
        assert "۲" in one.message
        assert not re.search("[0-9]", one.message)


@pytest.mark.parametrize(
    ("language", "calendar", "digits", "kinds", "day"),
    [
        ("fa", "auto", "latin", {"latin"}, "شنبه 30 آبان"),
        ("fa", "gregorian", "auto", {"persian"}, "شنبه ۲۱ نوامبر"),
        ("en", "jalali", "auto", {"latin"}, "Sat 30 Aban"),
        ("en", "auto", "persian", {"persian"}, "Sat ۲۱ Nov"),
        ("en", "auto", "auto", {"latin"}, "Sat 21 Nov"),
    ],
)
async def test_language_calendar_and_digits_are_three_settings(
    tmp_path: Path, language: str, calendar: str, digits: str, kinds: set[str], day: str
) -> None:
    async with seen(tmp_path, language, calendar, digits) as one:
        for place in ("1", "2", "3"):
            await one.press(place)
            assert digits_of(one) == kinds, place
        await one.press("1")
        assert day in one.screen


@pytest.mark.parametrize(
    ("calendar", "region", "other"),
    [("auto", "IR", True), ("auto", "GB", False), ("gregorian", "IR", False), ("jalali", "GB", True)],
)
async def test_who_lives_by_one_calendar_is_told_no_other(
    tmp_path: Path, calendar: str, region: str, other: bool
) -> None:
    async with seen(tmp_path, "en", calendar, region=region) as one:
        await one.press("4", "G")
        assert ("(10 Dey 1405)" in one.screen or "(31 Dec 2026)" in one.screen) == other
        assert ("10 Dey" if calendar == "jalali" else "31 Dec") in one.screen
        await one.press("l")
        await one.type("sent /2026-12-30")
        assert ("(9 Dey 1405)" in one.screen or "(30 Dec 2026)" in one.screen) == other
        await one.press("escape", "s", "o")
        await one.type("2026-12-29")
        assert ("(8 Dey 1405)" in one.screen or "(29 Dec 2026)" in one.screen) == other
