"""Rows as cells: what a list says, at which width, and that hostile text is only ever text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest
from rich.style import Style
from tests.tui.samples import (
    HOSTILE,
    NOW,
    PROCESS,
    SCENE,
    TEHRAN,
    TODAY,
    call,
    contact_row,
    follow_up,
    today_row,
)

from tuicrm.domain.models import CallFollowUp, CallTicket, Due, Ref
from tuicrm.domain.process import Outcome, Process
from tuicrm.domain.record import replace as remade
from tuicrm.tui import rows
from tuicrm.tui.widgets import call_cells, call_lines, card_lines, cells
from tuicrm.tui.widgets.cells import Scene

WIDE, NARROW = 137, 77
"""What a list of 140 and of 80 columns has for its rows, cursor bar left out."""


def line(row: object, columns: tuple[rows.Column, ...], width: int = NARROW) -> str:
    return rows.strip(row, rows.fit(columns, width), width, {}, Style()).text


def words(row: object, columns: tuple[rows.Column, ...], width: int = NARROW) -> list[str]:
    return [part.strip() for part in line(row, columns, width).split("  ") if part.strip()]


# --- today --------------------------------------------------------------------------------------------------


def test_a_due_follow_up_says_when_who_how_late_why_which_attempt_and_how_it_ended() -> None:
    assert words(today_row(), cells.today_columns(SCENE), 100) == [
        "08:30",
        "Leila Karimi",
        "late 1h",
        "call back: price of pump",
        "2/4",
        "no answer",
    ]


def test_at_eighty_columns_nothing_of_today_is_left_out() -> None:
    shown = line(today_row(), cells.today_columns(SCENE))
    assert len(shown) == NARROW
    for part in ("08:30", "Leila Karimi", "late 1h", "call back:", "2/4", "no answer"):
        assert part in shown


def test_a_ticket_is_named_with_its_priority() -> None:
    ticket = CallTicket(41, "leaking seal", "high", "open")
    row = today_row(follow_up=follow_up(reason="boiler E1"), ticket=ticket)
    assert "#41 high  boiler E1" in line(row, cells.today_columns(SCENE))


def test_somebody_without_a_promise_shows_when_the_last_call_was() -> None:
    row = today_row(follow_up=None, last_outcome="connected")
    assert words(row, cells.today_columns(SCENE)) == ["Leila Karimi", "last call 5d ago", "connected"]


def test_do_not_call_stands_in_the_row() -> None:
    row = today_row(contact=contact_row(do_not_call=True))
    assert "do not call" in line(row, cells.today_columns(SCENE))


def test_a_first_attempt_without_a_limit_is_not_counted() -> None:
    assert cells.attempt_mark(follow_up(attempt=1, attempts_max=None)) == ""
    assert cells.attempt_mark(follow_up(attempt=3, attempts_max=None)) == "3"


def test_a_time_promised_in_another_zone_is_shown_in_the_agents_own() -> None:
    berlin = follow_up(
        due=Due(TODAY, time(9, 0)),
        zone="Europe/Berlin",
        due_key=datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
    )
    assert SCENE.due(berlin) == Due(TODAY, time(11, 30))
    made = call(follow_up=CallFollowUp(7, berlin.due, berlin.zone, "sara"))
    assert "today 11:30" in line(made, call_cells.call_columns(SCENE), 130)
    told = [one.plain for one in call_lines.full(made, SCENE, 70)]
    assert "follow-up today 11:30, sara (09:00 in Berlin)" in told
    (shown, *_) = card_lines.follow_up(berlin, SCENE, 70)
    assert "today 11:30  (09:00 in Berlin)" in shown.plain
    late = replace(berlin, due=Due(TODAY, time(23, 0)), first_due=Due(TODAY, time(22, 0)))
    lines = [one.plain for one in card_lines.promise(late, SCENE, 70)]
    assert lines[0].startswith("tomorrow 01:30  (Sun 23:00 in Berlin)")
    assert any("first promised for tomorrow 00:30" in one for one in lines)
    at_home = replace(berlin, zone="Asia/Tehran")
    assert card_lines.follow_up(at_home, SCENE, 70)[0].plain.startswith("today 09:00  late")


def test_a_contact_without_a_name_is_shown_by_number() -> None:
    row = today_row(contact=contact_row(name=""))
    assert "0912 123 4567" in line(row, cells.today_columns(SCENE))


# --- contacts -----------------------------------------------------------------------------------------------


def test_a_contact_row_at_eighty_columns() -> None:
    shown = line(contact_row(), cells.contact_columns(SCENE))
    for part in ("Leila Karimi", "Pars Pump", "0912 123 4567", "5d ago", "  1  ", "late 1h"):
        assert part in shown


def test_columns_go_by_rank_when_it_is_narrow_and_the_name_stays() -> None:
    shown = line(contact_row(), cells.contact_columns(SCENE), 40)
    assert "Leila Karimi" in shown
    assert "0912 123 4567" in shown
    assert "5d ago" not in shown


def test_what_was_searched_is_marked_in_name_and_company() -> None:
    columns = {column.name: column for column in cells.contact_columns(SCENE, ("kar", "pump"))}
    assert columns["name"].cell(contact_row()).marks == ((6, 9),)
    assert columns["company"].cell(contact_row()).marks == ((5, 9),)


@pytest.mark.parametrize(
    ("sought", "marked"),
    [("leikar", "LeiKar"), ("leilakarimi", "LeilaKarimi"), ("karlei", ""), ("leix", ""), ("leila", "")],
)
def test_words_typed_joined_are_marked_where_they_begin(sought: str, marked: str) -> None:
    shown = "Leila Karimi"
    assert "".join(shown[start:end] for start, end in cells.joined_marks(shown, sought)) == marked


@pytest.mark.parametrize(
    ("sought", "marked"),
    [("4567", "4567"), ("234567", "23 4567"), ("09121234567", "912 123 4567"), ("45", ""), ("999", "")],
)
def test_the_digits_searched_are_marked_across_spaces(sought: str, marked: str) -> None:
    shown = "0912 123 4567"
    assert "".join(shown[start:end] for start, end in cells.digit_marks(shown, sought)) == marked


def test_persian_digits_are_marked_by_ascii_ones() -> None:
    shown = "۰۹۱۲ ۱۲۳ ۴۵۶۷"
    assert [shown[start:end] for start, end in cells.digit_marks(shown, "4567")] == ["۴۵۶۷"]


def test_a_slip_is_marked_as_near_in_words() -> None:
    columns = cells.contact_columns(SCENE, ("karimy",), near=True)
    assert "near" in words(contact_row(near=True), columns, 100)
    assert "near" not in words(contact_row(near=False), columns, 100)


def test_who_must_not_be_called_is_told_in_the_list() -> None:
    assert "no calls" in line(contact_row(do_not_call=True), cells.contact_columns(SCENE))


# --- calls --------------------------------------------------------------------------------------------------


def test_a_call_row() -> None:
    assert words(call(note="price of P40"), call_cells.call_columns(SCENE)) == [
        "Fri 09:31",
        "sara",
        "Leila Karimi",
        "in",
        "connected",
        "3:05",
        "price of P40",
    ]


def test_a_missed_call_stands_out_in_words() -> None:
    row = call(outcome="missed", note="", contact=None, number="+989350002345", duration_s=None)
    shown = line(row, call_cells.call_columns(SCENE), 100)
    assert "0935 000 2345" in shown
    assert "missed" in shown
    assert "nobody took it" in shown


def test_what_came_of_a_call_shows_where_there_is_room() -> None:
    row = call(ticket=CallTicket(41, "leaking", "high", "open"))
    assert "#41 high" in line(row, call_cells.call_columns(SCENE), 130)
    assert "#41" not in line(row, call_cells.call_columns(SCENE), NARROW)


def test_another_channel_than_the_usual_one_is_named() -> None:
    assert "sms: asked price" in line(call(channel="sms"), call_cells.call_columns(SCENE))


# --- everything ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("width", [40, NARROW, WIDE])
def test_hostile_text_is_shown_literally_and_the_line_keeps_its_width(hostile: str, width: int) -> None:
    shown = [
        line(today_row(contact=contact_row(name=hostile)), cells.today_columns(SCENE), width),
        line(contact_row(name=hostile, company=hostile), cells.contact_columns(SCENE), width),
        line(call(contact=Ref(1, hostile), note=hostile), call_cells.call_columns(SCENE), width),
    ]
    for strip in shown:
        assert len(strip) == width
        assert "\x1b" not in strip
        assert "\x07" not in strip
    if hostile == "[/]":
        assert all("[/]" in strip for strip in shown)


def test_a_label_of_the_process_file_is_data_too() -> None:
    process = Process(outcomes=(Outcome("no_answer", "[b]\x1b[2Jgone"),))
    scene = Scene(NOW, TEHRAN, process)
    shown = line(today_row(), cells.today_columns(scene), 100)
    assert "\x1b" not in shown
    assert "[b]" in shown


def test_a_persian_name_is_isolated_and_takes_its_column() -> None:
    row = today_row(contact=contact_row(name="لیلا کریمی"))
    strip = rows.strip(row, rows.fit(cells.today_columns(SCENE), NARROW), NARROW, {}, Style())
    assert strip.cell_length == NARROW
    assert "\u2067لیلا کریمی\u2069" in strip.text


@pytest.mark.parametrize("columns", [cells.today_columns])
def test_free_width_goes_to_the_words_of_outcomes_before_it_is_spread(columns: Any) -> None:
    long = replace(
        SCENE, process=remade(PROCESS, outcomes=(*PROCESS.outcomes, Outcome("lm", "left a message")))
    )
    placed = {one.column.name: one.width for one in rows.fit(columns(long), 82)}
    assert placed["outcome"] == 14
    narrow = {one.column.name: one.width for one in rows.fit(columns(long), 77)}
    assert narrow["who"] >= 13
    assert sum(narrow.values()) + rows.GAP * (len(narrow) - 1) <= 77
