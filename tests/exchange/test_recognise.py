"""What a file is, by its content, whatever it is called."""

from __future__ import annotations

import pytest

from tuicrm.domain.errors import Invalid
from tuicrm.exchange.recognise import calls_form, recognise

MASTER = '"","0912","100","default","""Kate"" <0912>","SIP/1","SIP/2","Dial","SIP/2,20","{day} 10:00:00",'
MASTER += '"{day} 10:00:05","{day} 10:01:00",60,55,"ANSWERED","DOCUMENTATION","17{n}.1",""\n'
SWITCH = (
    '"Kate","0912","100","default","{day} 10:00:00","","{day} 10:00:30","30","0","USER_BUSY","uuid","",""\n'
)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Kate\nEND:VCARD\n", "vcard"),
        ("\n\n begin : vcard\r\nFN:Kate\r\n", "vcard"),
        ("# my people\nBEGIN:VCARD\nFN:Kate\nEND:VCARD\n", "vcard"),
        ("BEGIN:VCALENDAR\nVERSION:2.0\n", "ics"),
        ('[{"name": "Kate"}]', "json"),
        ("[]", "json"),
        ('{\n "contacts": []}', "json"),
        ("<?xml version='1.0'?>\n<!-- backup -->\n<calls count='1'><call/></calls>", "calls-android"),
        (MASTER.format(day="2024-01-02", n=1) + MASTER.format(day="2024-01-03", n=2), "calls-asterisk"),
        (
            "calldate,clid,src,dst,dcontext,channel,billsec,disposition\n2024-01-02 10:00:00,,1,2,d,c,5,BUSY\n",
            "calls-asterisk",
        ),
        (SWITCH.format(day="2024-01-02") * 3, "calls-freeswitch"),
        (
            "uuid,start_stamp,hangup_cause,caller_id_number\nx,2024-01-02 10:00:00,NORMAL_CLEARING,1\n",
            "calls-freeswitch",
        ),
        ("started_at;number;direction;duration_s\n2024-01-02T10:00:00Z;0912;in;60\n", "calls-csv"),
        ("تاریخ,شماره,مدت\n1403/01/02,09120000001,60\n", "calls-csv"),
        (
            "id,contact_id,contact,direction,started_at,duration_s\n1,2,Kate,in,2024-01-02T10:00:00Z,5\n",
            "calls-csv",
        ),
        ("Name,Phone,Last call date,Notes\nKate,0912,2024-01-02,ANSWERED\n", "csv"),
        ("First Name,Last Name,Birth date,Status\nKate,Allen,1980-01-01,BUSY\n", "csv"),
        ("[eu] Acme,Kate,0912 000 0001\n", "csv"),
        ("Kate,0912 000 0001\n", "csv"),
        ("nonsense", "csv"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_file_is_known_by_what_stands_in_it(text: str, format: str, encoding: str) -> None:
    found = recognise(text.encode(encoding), "holiday.jpg")
    assert (found.format, found.encoding, found.text, found.damaged) == (format, encoding, text, 0)


def test_a_list_of_calls_is_told_by_itself_too() -> None:
    assert calls_form(SWITCH.format(day="2024-01-02")) == "freeswitch"
    assert calls_form("<calls></calls>") == "android"
    assert calls_form("name,phone\nKate,1\n") is None
    assert calls_form("") is None


def test_what_could_not_be_decoded_is_counted_without_what_the_file_holds_as_such() -> None:
    good = "name,note\n" + "لیلا,\ufffd\n" * 20
    assert recognise(good.encode(), "x").damaged == 0
    assert recognise(good.encode() + b"Jos\xe9,1\n", "x").damaged == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        *((b"", "file_empty"), (b" \r\n\t", "file_empty"), (b"\xef\xbb\xbf", "file_empty")),
        *((b"\xff\xfe", "file_empty"), (b"\0\0\0\0", "file_binary"), (b"PK\x03\x04rest", "file_archive")),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        recognise(data, "people.csv")
    assert refused.value.code == code
