"""Lists of calls and calendars taken in: with the right contact, never twice, taken back and in again."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.services.people_files import ask, read, sound, value
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import CallDraft, ContactPatch, EmailAddress, NewContact, PhoneNumber, Who
from tuicrm.exchange import ics_out
from tuicrm.services import agents, calls, contacts, exporting, followups, history, importing, telephone
from tuicrm.services.context import Crm

OpenCrm = Callable[..., Crm]
KATE = NewContact(
    name="Kate Allen", phones=(PhoneNumber("+44 20 7946 0123"),), emails=(EmailAddress("kate@example.com"),)
)


def cdr(src: str, uid: str, dst: str = "6001", result: str = "ANSWERED", talk: int = 60) -> str:
    times = '"2026-11-21 09:00:00","","2026-11-21 09:01:05"'
    channels = '"PJSIP/trunk-01","PJSIP/6001-02"' if dst == "6001" else '"PJSIP/6001-02","PJSIP/trunk-01"'
    return f'"","{src}","{dst}","x","",{channels},"Dial","x",{times},65,{talk},"{result}","D","{uid}",""\n'


def list_of(*lines: str) -> bytes:
    return "".join(lines).encode()


def known(crm: Crm) -> list[tuple[Any, ...]]:
    return ask(
        crm,
        "SELECT contact_id, direction, outcome, number, agent, talk_s, duration_s, ring_s, entered_via, keys, wrap_s"
        " FROM interaction WHERE deleted_at IS NULL ORDER BY id",
    )


# --- calls --------------------------------------------------------------------------------------------------


def test_a_call_is_with_the_contact_that_has_its_number(crm: Crm) -> None:
    kate = contacts.add(crm, KATE).id
    report = read(crm, list_of(cdr("+442079460123", "1782896400.1"), cdr("00442079460123", "1782896400.2")))
    assert (report.format, report.added) == ("calls-asterisk", 2)
    row = (kate, "in", "connected", "+442079460123", "sara", 60, 60, 5, "import", None, None)
    assert known(crm) == [row, row]
    assert value(crm, "SELECT count(*) FROM follow_up") == 0
    sound(crm)


def test_an_unknown_number_is_a_call_of_nobody_that_keeps_its_number(crm: Crm) -> None:
    read(crm, list_of(cdr("09120004567", "1782896400.1", result="NO ANSWER", talk=0)))
    assert [row[:4] for row in known(crm)] == [(None, "in", "missed", "+989120004567")]


def test_a_number_of_several_contacts_is_told_and_nobodys(crm: Crm) -> None:
    for name in ("Kate", "Tom"):
        contacts.add(crm, NewContact(name=name, phones=(PhoneNumber("+44 20 7946 0123"),)))
    report = read(crm, list_of(cdr("+442079460123", "1782896400.1")))
    assert [row[0] for row in known(crm)] == [None]
    several = [(row.line, row.params["n"]) for row in report.remarks if row.code == "call_several"]
    assert several == [(1, 2)]


def test_the_contact_with_the_whole_number_is_preferred_to_one_with_its_ending(crm: Crm) -> None:
    contacts.add(crm, NewContact(name="Tom", phones=(PhoneNumber("79460123"),)))
    kate = contacts.add(crm, KATE).id
    read(crm, list_of(cdr("+442079460123", "1782896400.1")))
    assert [row[0] for row in known(crm)] == [kate]


def test_the_agent_is_the_extension_when_somebody_is_called_so(crm: Crm) -> None:
    agents.add(crm, "u6001")
    text = "agent,direction,number,started_at,duration_s\nu6001,in,09120004567,2026-11-21 09:00,5\n6009,in,09120004568,2026-11-21 09:00,5\n"  # fmt: skip # noqa: E501
    text += "6009,out,09120004569,2026-11-21 09:00,5\n"
    report = read(crm, text.encode())
    assert [row[4] for row in known(crm)] == ["u6001", "sara", "sara"]
    told = [(row.line, row.code, row.params) for row in report.remarks if row.code != "call_nobody"]
    assert told == [(3, "call_agent", {"agent": "6009"})], "once for each"


def test_a_call_of_nobody_says_what_the_list_calls_them(crm: Crm) -> None:
    contacts.add(crm, KATE)
    rows = (
        ("+442079460123", "Kate on the phone", "rang"),
        ("+442079460999", "Tom Reed", ""),
        ("+442079460998", "Tom Reed", "asked for Tom Reed"),
        ("+442079460997", "Tom Reed", "asked for prices"),
        ("+442079460996", "020 7946 0996", ""),
        ("", "Somebody", ""),
    )
    lines = [f"{number},{name},in,2026-11-21 09:00,5,{note}\n" for number, name, note in rows]
    text = "number,name,direction,started_at,duration_s,note\n" + "".join(lines)
    assert read(crm, text.encode()).added == 6
    notes = ["rang", "Tom Reed", "asked for Tom Reed", "Tom Reed\nasked for prices", "", "Somebody"]
    assert [row[0] for row in ask(crm, "SELECT note FROM interaction ORDER BY id")] == notes
    assert read(crm, text.encode()).added == 0
    sound(crm)


def test_the_same_list_again_adds_nothing_also_within_one_file(crm: Crm) -> None:
    android = '<calls>\n<call number="+442079460123" duration="5" date="1767603600123" type="1" />\n'
    text = f"{android}{android[8:]}</calls>".encode()
    dry = read(crm, text, dry_run=True)
    first, second = read(crm, text), read(crm, text)
    assert [(it.added, it.unchanged) for it in (dry, first, second)] == [(1, 1), (1, 1), (0, 2)]
    assert len(known(crm)) == 1


def test_a_call_that_the_telephone_told_of_is_not_there_twice(crm: Crm) -> None:
    at = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)
    telephone.event(crm, "ring", call_id="1782896400.1", number="09120004567", source="asterisk", at=at)
    telephone.event(crm, "missed", call_id="1782896400.1", source="asterisk", at=at + timedelta(seconds=20))
    telephone.event(crm, "missed", call_id="1782896400.2", number="09120004567", source="pbx", at=at)
    lines = [cdr("09120004567", f"1782896400.{n}", result="NO ANSWER", talk=0) for n in (1, 2, 3)]
    report = read(crm, list_of(*lines))
    assert (report.added, report.unchanged) == (1, 2)
    assert len(known(crm)) == 3


def test_taken_back_and_in_again(crm: Crm) -> None:
    text = list_of(cdr("09120004567", "1782896400.1"))
    for _ in range(3):
        report = read(crm, text)
        assert report.added == 1
        assert report.import_id is not None
        history.undo(crm, report.import_id)
        assert known(crm) == []
    assert read(crm, text).added == 1
    sound(crm)


def test_a_call_that_somebody_deleted_stays_deleted_and_is_told(crm: Crm) -> None:
    text = list_of(cdr("09120004567", "1782896400.1"), cdr("09120004567", "1782896400.2"))
    read(crm, text)
    calls.delete(crm, 1)
    report = read(crm, text)
    assert [(row.line, row.code, row.params) for row in report.skipped] == [
        (1, "import_was_deleted", {"ref": "call:1"})
    ]
    assert (report.added, report.unchanged) == (0, 1)


def test_our_own_export_brings_channel_topic_tags_and_score(crm: Crm) -> None:
    leila = contacts.add(crm, NewContact(name="Leila Karimi")).id
    saved = calls.save(crm, CallDraft("u1", Who(leila), "hi /sms .q /s8 #vip #fair")).call
    stream = io.StringIO(newline="")
    exporting.export(crm, "calls", "csv", stream)
    # as in another company, which has the person and not the call
    stands = "SELECT contact_id, channel, topic, tags, score FROM interaction WHERE deleted_at IS NULL"
    before = ask(crm, stands)
    report = read(crm, stream.getvalue().replace("2026-11-22", "2026-11-21").encode())
    assert report.added == 1
    assert ask(crm, stands) == before * 2
    assert (saved.channel, saved.tags, saved.score) == ("sms", ("vip", "fair"), 8)


@pytest.mark.parametrize(
    ("what", "form", "code"),
    [
        ("followups", "csv", "own_follow_ups"),
        ("followups", "json", "own_follow_ups"),
        ("tickets", "csv", "own_tickets"),
        ("tickets", "json", "own_tickets"),
        ("calls", "json", "own_calls"),
    ],
)
def test_lists_of_ours_that_do_not_come_back_so_are_no_people(
    crm: Crm, what: str, form: str, code: str
) -> None:
    leila = contacts.add(crm, NewContact(name="Leila Karimi")).id
    calls.save(crm, CallDraft("u1", Who(leila), "boiler dead /th /2d"))
    stream = io.StringIO(newline="")
    exporting.export(crm, what, form, stream)
    with pytest.raises(Invalid) as refused:
        read(crm, stream.getvalue().encode())
    assert refused.value.code == code
    assert value(crm, "SELECT count(*) FROM contact") == 1


def test_a_channel_and_a_topic_that_nobody_has_here_are_told_once(crm: Crm) -> None:
    rows = [f"2026-11-21 09:0{n}:00,in,+98912000456{n},pigeon,Magic,\n" for n in range(3)]
    report = read(crm, list_of("started_at,direction,number,channel,topic,duration_s\n", *rows))
    assert [(each.line, each.code) for each in report.remarks if each.code != "call_nobody"] == [
        (2, "call_channel"),
        (2, "call_topic"),
    ]
    assert ask(crm, "SELECT DISTINCT channel, topic FROM interaction") == [("call", None)]


def test_our_own_export_adds_nothing_here_and_everything_elsewhere(crm: Crm) -> None:
    kate = contacts.add(crm, KATE).id
    read(crm, list_of(cdr("+442079460123", "1782896400.1")))
    text = (
        "id,contact_id,contact,agent,channel,direction,outcome,note,started_at,duration_s,talk_s\n"
        "1,1,Kate Allen,sara,call,in,connected,,2026-11-21T09:00:00+03:30,60,60\n"
        "2,1,Kate Allen,sara,call,out,no answer,later,2026-11-21T11:00:00+03:30,,\n"
    )
    report = read(crm, text.encode())
    assert (report.format, report.added, report.unchanged) == ("calls-csv", 1, 1)
    assert known(crm)[1][:3] == (kate, "out", "no_answer")


def test_an_outcome_that_the_company_does_not_have_is_refused(crm: Crm) -> None:
    text = "number,direction,outcome,started_at,duration_s\n09120004567,in,lunch,2026-11-21 09:00,5\n09120004567,in,ok,2026-11-21 09:00,5\n"  # fmt: skip # noqa: E501
    report = read(crm, text.encode())
    assert [(row.line, row.code) for row in report.refused] == [(2, "call_outcome")]


def test_the_preview_tells_what_would_become_of_each_line(crm: Crm) -> None:
    text = list_of(cdr("09120004567", "1782896400.1"), cdr("6002", "1782896400.2"))
    seen = importing.preview(crm, io.BytesIO(text))
    assert [(row.line, row.fate) for row in seen.rows] == [(1, "added"), (2, "skipped")]
    assert known(crm) == []


# --- follow-ups ---------------------------------------------------------------------------------------------


def calendar(*tasks: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", *tasks, "END:VCALENDAR", ""]).encode()


def task(*lines: str, uid: str = "t1", summary: str = "Kate Allen: contract") -> str:
    return "\r\n".join(["BEGIN:VTODO", f"UID:{uid}", f"SUMMARY:{summary}", *lines, "END:VTODO"])


def promised(crm: Crm) -> list[tuple[Any, ...]]:
    columns = "contact_id, reason, due_on, due_time, assignee, state, recurrence"
    return ask(crm, f"SELECT {columns} FROM follow_up WHERE deleted_at IS NULL ORDER BY id")


def test_a_task_goes_to_the_contact_with_its_address_number_or_name(crm: Crm) -> None:
    kate = contacts.add(crm, KATE).id
    contacts.add(crm, NewContact(name="Tom"))
    report = read(
        crm,
        calendar(
            task("DUE:20261204T103000", "ATTENDEE:mailto:KATE@example.com", uid="a", summary="x"),
            task("DUE:20261204", "DESCRIPTION:call 020 7946 0123", uid="b", summary="y"),
            task("DUE:20261204", uid="c"),
            task("DUE:20261204", uid="d", summary="Buy milk"),
        ),
        region="GB",
    )
    assert (report.format, report.added) == ("ics", 3)
    assert promised(crm) == [
        (kate, "x", "2026-12-04", "10:30", "sara", "open", None),
        (kate, "y", "2026-12-04", None, "sara", "open", None),
        (kate, "Kate Allen: contract", "2026-12-04", None, "sara", "open", None),
    ]
    assert [(row.line, row.code, row.params["name"]) for row in report.skipped] == [
        (19, "follow_up_nobody", "Buy milk")
    ]


def test_a_name_that_several_have_is_left_out_and_told(crm: Crm) -> None:
    for number in ("0912 000 4567", "0912 000 4568"):
        contacts.add(crm, NewContact(name="Kate Allen", phones=(PhoneNumber(number),)))
    report = read(crm, calendar(task("DUE:20261204")))
    assert [(row.code, row.params["n"]) for row in report.skipped] == [("follow_up_several", 2)]


def test_a_full_name_within_a_title_names_its_one_contact_and_a_longer_name_beats_a_part_of_it(
    crm: Crm,
) -> None:
    kate = contacts.add(crm, KATE).id
    smith = contacts.add(crm, NewContact(name="Kate Allen Smith")).id
    for number in ("0912 000 4567", "0912 000 4568"):
        contacts.add(crm, NewContact(name="Kate Allen Jones", phones=(PhoneNumber(number),)))
    contacts.add(crm, NewContact(name="Milk"))
    titles = ("Call Kate Allen about the price", "Offer for Kate Allen Smith, by Friday", "Buy Milk today")
    made = [task("DUE:20261204", uid=title, summary=title.replace(",", "\\,")) for title in titles]
    report = read(crm, calendar(*made, task("DUE:20261204", uid="j", summary="Write to Kate Allen Jones")))
    assert [row[:2] for row in promised(crm)] == [(kate, titles[0]), (smith, titles[1])]
    assert [row.code for row in report.skipped] == ["follow_up_nobody", "follow_up_several"]
    assert read(crm, calendar(*made)).unchanged == 2


def test_the_same_task_again_is_changed_and_not_doubled(crm: Crm) -> None:
    contacts.add(crm, KATE)
    read(crm, calendar(task("DUE:20261204T100000")))
    assert read(crm, calendar(task("DUE:20261204T100000"))).unchanged == 1
    assert read(crm, calendar(task("DUE:20261205T110000"))).updated == 1
    assert [row[2:4] for row in promised(crm)] == [("2026-12-05", "11:00")]
    assert read(crm, calendar(task("DUE:20261205T110000", "STATUS:COMPLETED"))).updated == 1
    assert [row[5] for row in promised(crm)] == ["done"]
    sound(crm)


def test_what_was_moved_here_stays_while_the_calendar_says_the_same(crm: Crm) -> None:
    contacts.add(crm, KATE)
    read(crm, calendar(task("DUE:20261204T100000")))
    with crm.database.transaction(crm.actor, "test") as tx:
        tx.update("followup", 1, {"due_on": "2026-12-24"})
    assert read(crm, calendar(task("DUE:20261204T100000"))).unchanged == 1
    assert promised(crm)[0][2] == "2026-12-24"


def test_a_task_that_was_cancelled_there_is_cancelled_here(crm: Crm) -> None:
    contacts.add(crm, KATE)
    cancelled = calendar(task("DUE:20261204T100000", "STATUS:CANCELLED"))
    assert [row.code for row in read(crm, cancelled).skipped] == ["ics_cancelled"]
    read(crm, calendar(task("DUE:20261204T100000")))
    assert read(crm, cancelled).updated == 1
    assert [row[5] for row in promised(crm)] == ["cancelled"]


def test_tasks_taken_back_come_in_again(crm: Crm) -> None:
    contacts.add(crm, KATE)
    for _ in range(2):
        report = read(crm, calendar(task("DUE:20261204T100000")))
        assert report.added == 1
        assert report.import_id is not None
        history.undo(crm, report.import_id)
        assert promised(crm) == []


def test_the_next_time_of_a_series_opens_it_again(crm: Crm, clock: FrozenClock) -> None:
    contacts.add(crm, KATE)
    text = calendar(task("DTSTART:20261101T180000", "RRULE:FREQ=MONTHLY"))
    read(crm, text)
    assert promised(crm)[0][2:] == ("2026-12-01", "18:00", "sara", "open", "FREQ=MONTHLY")
    with crm.database.transaction(crm.actor, "test") as tx:
        tx.update("followup", 1, {"state": "done"})
    assert read(crm, text).unchanged == 1
    clock.advance(10 * 86_400)
    assert read(crm, text).updated == 1
    assert promised(crm)[0][2:6] == ("2027-01-01", "18:00", "sara", "open")


def test_what_a_calendar_describes_and_when_it_rings_is_kept_and_goes_out_again(crm: Crm) -> None:
    contacts.add(crm, KATE)
    rings = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "END:VALARM"]
    lines = ["DUE:20261204T100000", r"DESCRIPTION:asks for Tom\nbring the plan", *rings]
    read(crm, calendar(task(*lines)))
    (promise,) = contacts.card(crm, 1).follow_ups
    assert (promise.note, promise.alarm_minutes) == ("asks for Tom\nbring the plan", 15)
    assert read(crm, calendar(task(*lines))).unchanged == 1
    out = io.StringIO(newline="")
    exporting.export(crm, "followups", "ics", out)
    assert r"DESCRIPTION:asks for Tom\nbring the plan\n" in out.getvalue()
    assert "TRIGGER;RELATED=END:-PT15M" in out.getvalue()
    assert read(crm, out.getvalue().encode()).unchanged == 1
    assert read(crm, calendar(task("DUE:20261204T100000"))).updated == 1
    (promise,) = contacts.card(crm, 1).follow_ups
    assert (promise.note, promise.alarm_minutes) == ("asks for Tom\nbring the plan", None)


def test_our_own_calendar_adds_nothing_here(crm: Crm) -> None:
    contacts.add(crm, KATE)
    read(crm, calendar(task("DUE:20261204T100000")))
    stream = io.StringIO(newline="")
    ics_out.write(stream, followups.page(crm).rows, now=crm.clock.now())
    contacts.edit(crm, 1, ContactPatch(company="Firm"))
    report = read(crm, stream.getvalue().encode())
    assert (report.added, report.unchanged, len(promised(crm))) == (0, 1, 1)


def test_what_a_numbered_direction_was_taken_for_is_told_once(crm: Crm) -> None:
    text = "start_time,caller,callee,billsec,direction\n" + "".join(
        f"2026-11-05 09:00:{n:02d},02079460123,02079460999,5,1\n" for n in range(3)
    )
    report = read(crm, text.encode())
    told = [(row.line, row.code) for row in report.remarks]
    assert (report.added, told) == (3, [(2, "call_taken_in"), (2, "call_nobody")])


def test_a_task_keeps_when_it_was_done_and_what_has_no_place_is_told_once(crm: Crm) -> None:
    contacts.add(crm, KATE)
    task = "BEGIN:VTODO\nUID:{n}\nSUMMARY:Kate Allen: pump\nDUE:20261101\nSTATUS:COMPLETED\n"
    task += "COMPLETED:20261120T10000{n}Z\nPRIORITY:1\nEND:VTODO\n"
    report = read(crm, f"BEGIN:VCALENDAR\n{task.format(n=1)}{task.format(n=2)}END:VCALENDAR\n".encode())
    assert [(each.line, each.code, each.params) for each in report.remarks] == [
        (2, "import_no_place", {"what": ("PRIORITY",)})
    ]
    closed = [moment[:19] for (moment,) in ask(crm, "SELECT closed_at FROM follow_up ORDER BY id")]
    assert closed == ["2026-11-20T10:00:01", "2026-11-20T10:00:02"]
