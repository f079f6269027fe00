"""Lists of calls as plain tables: our own export, CDR-Stats, what telephones and people write; all made up."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.exchange.lists_of_calls import TEHRAN, read, told


def test_our_own_export_comes_back() -> None:
    text = (
        "id,contact_id,contact,agent,channel,direction,outcome,topic,note,started_at,duration_s,talk_s\n"
        '5,2,Kate Allen,sara,call,out,no_answer,,"two\nlines",2026-11-22T09:30:00+03:30,0,\n'
        "6,2,Kate Allen,sara,call,in,offer_made,,,2026-11-22T10:30:00+03:30,75,75\n"
    )
    one, two = read(text)
    assert (one.direction, one.outcome, one.note, one.name, one.agent) == (
        "out",
        "no_answer",
        "two\nlines",
        "Kate Allen",
        "sara",
    )
    assert one.started_at == datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert (two.line, two.outcome, two.talk_s) == (4, "offer_made", 75)
    assert len({one.source_call_id, two.source_call_id}) == 2


def test_the_layout_of_cdr_stats() -> None:
    text = (
        "switch,cdr_source_type,callid,caller_id_number,caller_id_name,destination_number,dialcode,state,channel,"
        "starting_date,duration,billsec,progresssec,answersec,waitsec,hangup_cause_id,hangup_cause,direction\r\n"
        "10.0.0.1,1,c-1,020794601,Kate,+442079460999,44,,,2026-01-05 09:00:00,55,50,,,,16,,1\r\n"
        "10.0.0.1,1,c-2,020794601,Kate,+442079460999,44,,,2026-01-05 09:00:00,5,0,,,,17,,2\r\n"
    )
    calls = read(text)
    assert told(calls) == [
        (2, "in", "020794601", "connected", 50),
        (3, "out", "+442079460999", "no_answer", 0),
    ]
    assert [(call.remark, call.params.get("text")) for call in calls] == [
        ("call_taken_in", "1"),
        ("call_taken_out", "2"),
    ]


def numbered(*rows: tuple[str, str, str]) -> list[tuple[int, str, str]]:
    """Line, way and what was said of calls given by direction, caller and called number."""
    lines = [
        f"2026-01-05 09:00:{n:02d},{caller},{called},5,{direction}\n"
        for n, (direction, caller, called) in enumerate(rows)
    ]
    text = "start_time,caller,callee,billsec,direction\n" + "".join(lines)
    return [(call.line, call.code or call.direction, call.remark) for call in read(text)]


def test_what_a_numbered_direction_means_is_learnt_from_the_calls_of_extensions() -> None:
    outside, inside = "02079460123", "201"
    assert numbered(
        ("1", inside, outside), ("0", outside, inside), ("1", outside, outside), ("0", outside, outside)
    ) == [
        (2, "out", ""),
        (3, "in", ""),
        (4, "out", "call_taken_out"),
        (5, "in", "call_taken_in"),
    ]


def test_an_extension_tells_the_way_whatever_the_number_says() -> None:
    outside, inside = "02079460123", "201"
    assert numbered(("2", outside, outside), ("1", inside, outside), ("1", outside, inside))[1:] == [
        (3, "out", ""),
        (4, "in", ""),
    ]


def test_a_numbered_direction_that_nothing_explains_is_left_out() -> None:
    outside = "02079460123"
    assert [
        code
        for _, code, _ in numbered(("0", outside, outside), ("1", outside, outside), ("7", outside, outside))
    ] == [
        "call_direction",
        "call_direction",
        "call_direction",
    ]


def test_the_numbers_of_a_telephone_with_persian_digits() -> None:
    (one, two) = read(
        "شماره,تاریخ,ساعت,مدت,جهت\n۰۹۱۲۰۰۰۴۵۶۷,2026/01/05,۰۹:۳۰,۱:۱۵,۲\n۰۹۱۲۰۰۰۴۵۶۸,2026/01/05,۰۹:۳۰,0,۳\n",
        TEHRAN,
    )
    assert (one.direction, two.direction, two.outcome) == ("out", "in", "missed")


def test_persian_headings_digits_and_words() -> None:
    text = "شماره,تاریخ,ساعت,مدت,جهت\n۰۹۱۲۰۰۰۴۵۶۷,2026/01/05,۰۹:۳۰,۱:۱۵,خروجی\n"
    (call,) = read(text, TEHRAN)
    assert (call.number, call.direction, call.duration_s) == ("۰۹۱۲۰۰۰۴۵۶۷", "out", 75)
    assert call.started_at == datetime(2026, 1, 5, 6, tzinfo=UTC)


def test_a_list_that_does_not_say_which_way_is_left_out_by_line() -> None:
    (call,) = read("Number,Date,Duration\n02079460123,2026-01-05 09:00,10\n")
    assert (call.line, call.code, call.refused) == (2, "call_direction", False)


def test_columns_that_a_call_has_no_place_for_are_told_once_by_name() -> None:
    text = (
        "Number,Direction,Date,Duration,Campaign,Empty,Recording file\n"
        ",sideways,2026-01-05 09:00,10,spring,,a.wav\n"
        "02079460123,in,2026-01-05 09:00,10,spring,,\n"
        "02079460124,in,2026-01-05 09:00,10,spring,,b.wav\n"
    )
    found = [(call.code, call.remark, call.params.get("names")) for call in read(text)]
    assert found[0][1:] == ("", None)
    assert found[1:] == [("", "call_columns", ("Campaign", "Recording file")), ("", "", None)]


def test_the_protection_against_formulas_is_taken_off() -> None:
    text = "number,direction,started_at,duration_s,note\n'+442079460123,in,2026-01-05 09:00,10,'=1+1\n"
    (call,) = read(text)
    assert (call.number, call.note) == ("+442079460123", "=1+1")
