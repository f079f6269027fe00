"""What tasks and events of a calendar say, of whom, on lines of all kinds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.exchange.calendars import OFFICE, event, one, read
from tuicrm.domain.errors import Invalid

# --- what it says -------------------------------------------------------------------------------------------


def test_the_description_is_kept_whole_but_where_it_is_the_reason() -> None:
    found = one("DTSTART:20261204", r"DESCRIPTION:first\; line\n\nthird\, line")
    assert (found.reason, found.note) == ("Call Kate", "first; line\n\nthird, line")
    (found,) = read("BEGIN:VTODO", "DUE:20261204", r"DESCRIPTION:call about\nthe pump", "END:VTODO")
    assert (found.reason, found.note) == ("call about the pump", "")


def test_what_a_person_reads_comes_into_the_note_and_the_rest_is_named() -> None:
    found = one(
        *("DTSTART:20261204T100000Z", "DESCRIPTION:bring the plan", "LOCATION:Room 3\\, York", "PRIORITY:1"),
        *(
            "URL:https://x.example/1",
            "X-GOOGLE-CONFERENCE:https://meet.example/abc",
            "COMMENT:loud",
            "GEO:1;2",
        ),
        *(
            "CATEGORIES:sales,pump",
            "ORGANIZER;CN=Sara:mailto:sara@example.org",
            "X-MOZ-LASTACK:20261120T100000Z",
        ),
    )
    assert found.note.splitlines() == [
        *("bring the plan", "Room 3, York", "https://x.example/1", "https://meet.example/abc"),
        *("loud", "sales,pump"),
    ]
    assert found.dropped == ("PRIORITY", "GEO")


def test_when_a_task_was_done_is_kept() -> None:
    found = one("DUE:20261101", "STATUS:COMPLETED", "COMPLETED:20261120T100000Z", kind="VTODO")
    assert (found.done, found.closed_at) == (True, datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert one("DUE:20261101", "STATUS:COMPLETED", "COMPLETED:soon", kind="VTODO").closed_at is None


# --- who ----------------------------------------------------------------------------------------------------


def test_addresses_numbers_and_names_of_whom_it_is_about() -> None:
    found = one(
        "DTSTART:20261204T100000Z",
        "ORGANIZER;CN=Sara:mailto:sara@example.org",
        'ATTENDEE;CN="Allen, Kate";ROLE=REQ-PARTICIPANT:mailto:kate@example.com',
        "ATTENDEE;CN=Sara:mailto:sara@example.org",
        "LOCATION:+44 20 7946 0123",
        r"DESCRIPTION:or ۰۹۱۲ ۰۰۰ ۴۵۶۷\, not on 2026-12-04\nhttps://meet.example.com/j/123456789",
    )
    assert found.who_email == "kate@example.com, sara@example.org"
    assert found.who_phone == "+44 20 7946 0123, 0912 000 4567"
    assert found.who_name == "Allen, Kate"


@pytest.mark.parametrize(
    ("summary", "name"),
    [
        ("Call Kate Allen", "Kate Allen"),
        ("Kate Allen: contract", "Kate Allen"),
        ("تماس با رضا", "رضا"),
        ("Kate", "Kate"),
    ],
)
def test_without_anybody_named_the_summary_tells(summary: str, name: str) -> None:
    (found,) = read("BEGIN:VTODO", f"SUMMARY:{summary}", "DUE:20261204", "END:VTODO")
    assert (found.who_name, found.reason) == (name, summary)


# --- lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_folded_lines_and_line_ends_of_all_kinds(end: str) -> None:
    lines = [
        "BEGIN:VEVENT",
        "UID:o",
        " ne",
        "DTSTART:2026",
        "\t1204",
        r"SUMMARY:a\, b\; c\nd \\ e",
        "END:VEVENT",
    ]
    (found,) = read(*lines, end=end)
    assert (found.line, found.uid, found.due_on, found.reason) == (
        3,
        "one",
        date(2026, 12, 4),
        "a, b; c d \\ e",
    )


def test_a_text_that_was_not_folded_stays_whole() -> None:
    (found,) = read("BEGIN:VEVENT", "SUMMARY:two", "lines of it", "DTSTART:20261204", "END:VEVENT")
    assert found.reason == "two lines of it"


def test_broken_records_are_told_by_line_and_the_others_come_in() -> None:
    found = read(
        *("BEGIN:VEVENT", "SUMMARY:open", "DTSTART:20261204"),
        *event("DTSTART:20261304T100000"),
        *event("DURATION:PT1H"),
        *event("DTSTART:20261204"),
        *("BEGIN:VTODO", "SUMMARY:cut"),
    )
    assert [(it.line, it.code, it.refused) for it in found] == [
        (3, "ics_no_end", True),
        (6, "ics_time", True),
        (11, "ics_no_start", True),
        (16, "", False),
        (21, "ics_no_end", True),
    ]


def test_what_has_no_uid_is_named_by_what_it_says() -> None:
    uids = [
        read("BEGIN:VEVENT", f"SUMMARY:{name}", "DTSTART:20261204", "END:VEVENT")[0].uid for name in "aab"
    ]
    assert uids[0] == uids[1] != uids[2]


def test_a_calendar_without_tasks_and_events_is_refused_as_a_whole() -> None:
    with pytest.raises(Invalid, match="ics_none"):
        read(*OFFICE)


def test_deep_nesting_costs_the_record_alone() -> None:
    found = read("BEGIN:VEVENT", *["BEGIN:X"] * 1000, "END:VEVENT", *event("DTSTART:20261204"))
    assert [it.code for it in found] == ["ics_too_deep", ""]
