"""Lists of calls as telephone systems and telephones write them; all people and numbers are made up."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.exchange.lists_of_calls import LONDON, TEHRAN, read, told
from tuicrm.domain.errors import Invalid
from tuicrm.exchange import call_log
from tuicrm.exchange.incoming import IncomingCall

# --- Asterisk -----------------------------------------------------------------------------------------------


def cdr(
    src: str = "02079460123",
    dst: str = "6001",
    context: str = "from-trunk",
    channels: tuple[str, str] = ("PJSIP/trunk-01", "PJSIP/6001-02"),
    start: str = "2026-07-01 09:00:00",
    seconds: tuple[int, int] = (65, 60),
    disposition: str = "ANSWERED",
    tail: str = '"1782896400.1",""',
    app: str = "Dial",
    clid: str = '""""',
) -> str:
    times = f'"{start}","","{start}",{seconds[0]},{seconds[1]}'
    head = f'"","{src}","{dst}","{context}",{clid},"{channels[0]}","{channels[1]}","{app}","x"'
    return f'{head},{times},"{disposition}","DOCUMENTATION"{"," if tail else ""}{tail}\n'


def test_a_call_that_came_in_has_the_callers_number_and_the_extension_that_took_it() -> None:
    (call,) = read(cdr(clid='"""Kate Allen"" <02079460123>"'))
    assert call == IncomingCall(
        line=1,
        number="02079460123",
        direction="in",
        outcome="connected",
        started_at=datetime(2026, 7, 1, 8, tzinfo=UTC),
        duration_s=65,
        talk_s=60,
        ring_s=5,
        note="",
        agent="6001",
        name="Kate Allen",
        source="asterisk",
        source_call_id="1782896400.1",
    )


def test_what_became_of_a_call_depends_on_its_way() -> None:
    out = {"src": "6002", "dst": "09120004567", "context": "from-internal", "seconds": (30, 0)}
    lines = [
        cdr(disposition="NO ANSWER", seconds=(20, 0), tail='"1782896400.1",""'),
        cdr(disposition="BUSY", seconds=(20, 0), tail='"1782896400.2",""'),
        cdr(**out, disposition="NO ANSWER", tail='"1782896400.3",""'),  # type: ignore[arg-type]
        cdr(**out, disposition="BUSY", tail='"1782896400.4",""'),  # type: ignore[arg-type]
        cdr(app="VoiceMail", tail='"1782896400.5",""'),
    ]
    assert told(read("".join(lines))) == [
        (1, "in", "02079460123", "missed", 0),
        (2, "in", "02079460123", "missed", 0),
        (3, "out", "09120004567", "no_answer", 0),
        (4, "out", "09120004567", "busy", 0),
        (5, "in", "02079460123", "voicemail", 60),
    ]


def test_calls_between_extensions_and_those_that_did_not_come_about_are_left_out_with_the_reason() -> None:
    lines = [
        cdr(src="6001", dst="6002", context="from-internal", tail='"1782896400.1",""'),
        cdr(disposition="FAILED", tail='"1782896400.2",""'),
        cdr(disposition="CONGESTION", tail='"1782896400.3",""'),
        cdr(tail='"1782896400.4",""'),
    ]
    found = read("".join(lines))
    assert told(found)[:3] == [(1, "call_internal"), (2, "call_failed"), (3, "call_failed")]
    assert [call.refused for call in found] == [False] * 4


def test_two_long_numbers_are_told_apart_by_the_context_or_the_channel() -> None:
    other = ("DAHDI/1-1", "DAHDI/2-1")
    lines = [
        cdr(dst="02079460999", context="from-pstn", channels=other, tail='"1782896400.1",""'),
        cdr(dst="02079460999", context="outbound", channels=other, tail='"1782896400.2",""'),
        cdr(dst="02079460999", context="x", channels=("SIP/201-1", "SIP/line-2"), tail='"1782896400.3",""'),
        cdr(dst="02079460999", context="x", channels=other, tail='"1782896400.4",""'),
    ]
    assert [(call.direction, call.number, call.code) for call in read("".join(lines))] == [
        ("in", "02079460123", ""),
        ("out", "02079460999", ""),
        ("out", "02079460999", ""),
        ("in", "", "call_direction"),
    ]


def test_a_withheld_number_that_rang_a_queue_is_a_missed_call_of_nobody() -> None:
    (call,) = read(cdr(src="anonymous", dst="s", channels=("DAHDI/1-1", ""), disposition="NO ANSWER"))
    assert (call.direction, call.number, call.outcome, call.agent) == ("in", "", "missed", "")


def test_the_legs_of_a_call_that_rang_several_telephones_are_one_call() -> None:
    legs = [
        cdr(disposition="NO ANSWER", seconds=(15, 0), tail='"1782896400.7","","","1782896400.7","1"'),
        cdr(
            dst="6002",
            channels=("PJSIP/trunk-01", "PJSIP/6002-02"),
            seconds=(40, 30),
            tail='"1782896400.8","","","1782896400.7","2"',
        ),
    ]
    (call,) = read("".join(legs))
    assert (call.line, call.outcome, call.agent, call.source_call_id) == (
        1,
        "connected",
        "6002",
        "1782896400.7",
    )
    assert (call.duration_s, call.talk_s, call.ring_s) == (40, 30, 10)


def test_two_talks_one_after_the_other_add_up_and_at_the_same_time_do_not() -> None:
    one = cdr(seconds=(60, 60), tail='"1782896400.7",""')
    same = cdr(seconds=(60, 60), tail='"1782896400.7",""')
    later = cdr(seconds=(30, 20), start="2026-07-01 09:05:00", tail='"1782896400.7",""')
    (call,) = read(one + same + later)
    assert (call.talk_s, call.duration_s) == (80, 330)


@pytest.mark.parametrize(
    "tail", ["", '"1782896400.1"', '"1782896400.1","user"', '"host-1782896400.1","","","x","3"']
)
def test_the_file_may_have_sixteen_columns_or_more(tail: str) -> None:
    (call,) = read(cdr(tail=tail))
    assert call.number == "02079460123"
    assert call.source_call_id.endswith("1782896400.1") if tail else len(call.source_call_id) == 32


def test_a_table_of_them_has_a_header_in_any_order() -> None:
    text = (
        "calldate;clid;src;dst;dcontext;channel;dstchannel;lastapp;duration;billsec;disposition;uniqueid;did\n"
        "2026-01-05 10:00:00;x;02079460123;02079460999;x;DAHDI/1;DAHDI/2;Dial;9;5;ANSWERED;1782896400.1;02079460999\n"
    )
    (call,) = read(text)
    assert (call.line, call.direction, call.number, call.talk_s) == (2, "in", "02079460123", 5)


def test_a_broken_line_is_told_and_the_others_come_in() -> None:
    text = cdr() + '"a","b"\n' + cdr(start="soon", tail='"1782896400.2",""') + cdr(tail='"1782896400.3",""')
    found = read(text)
    assert [(call.line, call.code, call.refused) for call in found] == [
        (1, "", False),
        (2, "call_row_short", True),
        (3, "call_time", True),
        (4, "", False),
    ]


# --- FreeSWITCH ---------------------------------------------------------------------------------------------

FS = '"Kate Allen","02079460123","1001","public","2026-01-05 09:00:00","","2026-01-05 09:01:05","65","60",'


def test_the_usual_template_of_freeswitch() -> None:
    text = (
        f'{FS}"NORMAL_CLEARING","aaaa-1","bbbb-1","acc","PCMU","PCMU"\n'
        '"1001","1001","09120004567","default","2026-01-05 09:10:00","","","20","0","NO_ANSWER","aaaa-2","",""\n'
        '"1001","1001","0999","default","2026-01-05 09:10:00","","","1","0","UNALLOCATED_NUMBER","aaaa-3","",""\n'
        '"1001","1001","09999999","default","2026-01-05 09:10:00","","","1","0","UNALLOCATED_NUMBER","aaaa-4","",""\n'
    )
    found = read(text)
    assert told(found) == [
        (1, "in", "02079460123", "connected", 60),
        (2, "out", "09120004567", "no_answer", 0),
        (3, "call_internal"),
        (4, "call_failed"),
    ]
    assert (found[0].name, found[0].agent, found[0].source_call_id) == ("Kate Allen", "1001", "aaaa-1")


def test_both_legs_of_a_bridged_call_are_one() -> None:
    other = FS.replace("65", "63").replace("09:00:00", "09:00:02")
    text = f'{FS}"NORMAL_CLEARING","aaaa-1","bbbb-1",""\n{other}"NORMAL_CLEARING","bbbb-1","aaaa-1",""\n'
    (call,) = read(text)
    assert (call.source_call_id, call.talk_s) == ("aaaa-1", 60)


def test_the_template_like_asterisks_has_the_cause_in_another_place() -> None:
    text = (
        '"","02079460123","1001","public","Kate <020>","sofia/x","sofia/y","bridge","x","2026-01-05 09:00:00","","",'
        '"20","0","ORIGINATOR_CANCEL","3","aaaa-9",""\n'
    )
    assert told(read(text)) == [(1, "in", "02079460123", "missed", 0)]


def _object(uuid: str, **variables: str) -> str:
    known = {"uuid": uuid, "start_epoch": "1767603600", "duration": "20", "billsec": "10"}
    known |= {
        "hangup_cause": "NORMAL_CLEARING",
        "start_stamp": "2026-01-05%2010%3A00%3A00",
        "direction": "inbound",
    }
    profile = {
        "caller_id_number": "02079460123",
        "destination_number": "1001",
        "caller_id_name": "Kate%20Allen",
    }
    flow = [{"caller_profile": profile | {"context": "public"}}]
    return json.dumps({"core-uuid": "x", "variables": known | variables, "callflow": flow})


@pytest.mark.parametrize("form", ["[{0},\n{1}]", "{0}\n{1}", "[\n  {0},\n  {1}\n]\n"])
def test_json_objects_are_read_in_an_array_or_one_behind_the_other(form: str) -> None:
    found = read(form.replace("{0}", _object("u1")).replace("{1}", _object("u2", billsec="0")), TEHRAN)
    assert [(call.source_call_id, call.outcome, call.name) for call in found] == [
        ("u1", "connected", "Kate Allen"),
        ("u2", "missed", "Kate Allen"),
    ]
    # the epoch counts, not the local stamp
    assert found[0].started_at == datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_a_broken_json_object_costs_itself_alone() -> None:
    text = f'[{_object("u1")},\n{{"variables": {{"uuid": broken\n}},\n{_object("u3")}]'
    assert [(call.line, call.code) for call in read(text)] == [(1, ""), (2, "call_json"), (4, "")]


def test_json_that_nests_without_end_is_refused() -> None:
    found = list(call_log.read("freeswitch", '{"callflow":' * 100_000, "x", LONDON))
    assert [call.code for call in found] == ["call_json"]


# --- Android ------------------------------------------------------------------------------------------------


def _xml(*elements: str) -> str:
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File made by a program-->\n"
    return f'{head}<calls count="{len(elements)}">\n' + "\n".join(elements) + "\n</calls>"


def _call(kind: int, number: str = "+442079460123", seconds: int = 0, name: str = "(Unknown)") -> str:
    return f'<call number="{number}" duration="{seconds}" date="1767603600123" type="{kind}" contact_name="{name}" />'


def test_the_kinds_of_calls_that_android_writes() -> None:
    kinds = [_call(1, seconds=75, name="Kate Allen"), *(_call(kind) for kind in range(2, 8))]
    found = read(_xml(*kinds), TEHRAN)
    assert told(found) == [
        (4, "in", "+442079460123", "connected", 75),
        (5, "out", "+442079460123", "no_answer", 0),
        (6, "in", "+442079460123", "missed", 0),
        (7, "in", "+442079460123", "voicemail", 0),
        (8, "in", "+442079460123", "missed", 0),
        (9, "call_blocked"),
        (10, "in", "+442079460123", "connected", 0),
    ]
    assert [call.name for call in found[:2]] == ["Kate Allen", ""]
    assert found[0].started_at == datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_a_call_is_named_by_its_number_moment_and_kind() -> None:
    spelled = [_call(1), _call(1, "+44 20 7946 0123"), _call(2), _call(1, "+442079460124")]
    ids = [call.source_call_id for call in read(_xml(*spelled))]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_a_withheld_number_of_a_telephone_is_empty() -> None:
    assert [call.number for call in read(_xml(_call(3, "-1"), _call(3, "-2"), _call(3, "")))] == ["", "", ""]


def test_letters_written_as_two_halves_are_put_together() -> None:
    (call,) = read(_xml(_call(1, name="Kate &#55357;&#56832; &amp; &#55357;Tom")))
    assert call.name == "Kate 😀 & \ufffdTom"


def test_a_broken_element_costs_itself_alone() -> None:
    text = _xml(_call(1), '<call number="1" date="17676 type="2" />', '<call number="1" ', _call(2))
    assert [(call.line, call.code) for call in read(text)] == [
        (4, ""),
        (5, "call_xml"),
        (6, "call_xml"),
        (7, ""),
    ]


def test_entities_of_the_file_itself_are_not_known() -> None:
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<calls>\n'
    found = list(call_log.read("android", f"{bomb}{_call(1, name='&b;')}\n{_call(1)}</calls>", "x", LONDON))
    assert [(call.line, call.code) for call in found] == [(4, "call_xml"), (5, "")]


def test_a_file_without_any_call_is_refused_as_a_whole() -> None:
    with pytest.raises(Invalid, match="call_none"):
        call_log.read("android", "<calls></calls>", "x", LONDON)
