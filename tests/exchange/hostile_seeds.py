"""Made-up files to be mutated: a dozen of each format, in the ways that programs write it.

Every record carries a mark of its own (``Q0001Z``) on its first line, so that a test knows where it stands however
the file was spoiled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

_PEOPLE: Final = 6
"""Records of each file."""
_PERSIAN: Final = ("سارا", "کریمی", "پارس پمپ")


def mark(number: int) -> str:
    """What a record is known by."""
    return f"Q{number:04}Z"


def _many(one: Callable[[int], str], count: int = _PEOPLE) -> str:
    return "".join(one(number) for number in range(1, count + 1))


# --- vCard --------------------------------------------------------------------------------------------------


def _cards(*lines: str, version: str = "3.0", end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    def one(number: int) -> str:
        body = [line.replace("{m}", mark(number)).replace("{n}", str(number)) for line in lines]
        return end.join((f"BEGIN:VCARD{end}VERSION:{version}", *body, "END:VCARD", ""))

    return _many(one).encode(encoding)


_PICTURE: Final = "/9j/4AAQSkZJRgABAQAAAQABAAD" * 8
VCARD: Final = (
    _cards("N:Moor;Ada {m};;Dr.;", "TEL;TYPE=CELL:+98 912 000 000{n}", "EMAIL:a{n}@example.com"),
    _cards(
        "FN:Ada {m}",
        "item1.TEL:021 8800 000{n}",
        "item1.X-ABLabel:_$!<Main>!$_",
        f"PHOTO;ENCODING=b:{_PICTURE}",
    ),
    _cards(
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B3=D8=A7 {m}=",
        "=D9=86=D9=87",
        "TEL;CELL:0912{n}",
        version="2.1",
    ),
    _cards(
        "N:Moor;Ada {m}",
        "PHOTO;ENCODING=BASE64;JPEG:",
        f" {_PICTURE[:70]}",
        f" {_PICTURE[:70]}",
        "",
        "TEL;WORK:021{n}55",
        version="2.1",
    ),
    _cards(
        "FN:Ada {m}",
        "UID:urn:uuid:{m}",
        "TEL;VALUE=uri:tel:+98-912-000-000{n}",
        "LANG;PREF=1:fa",
        "GEO:geo:35.7,51.4",
        version="4.0",
    ),
    _cards(
        "FN:Ada {m}",
        "NOTE:first\\nsecond line that is folded at the end of seventy-fi",
        " ve octets\\, or so",
        "AGENT:",
        "BEGIN:VCARD",
        "FN:Bo",
        "END:VCARD",
        "TEL:0912000{n}",
    ),
    _cards(f"FN:{_PERSIAN[0]} {{m}}", f"ORG:{_PERSIAN[2]};x", "TEL:۰۹۱۲۰۰۰{n}"),
    _cards(f"FN:{_PERSIAN[0]} {{m}}", "TEL:0912000{n}", encoding="cp1256", version="2.1"),
    _cards(f"FN:{_PERSIAN[1]} {{m}}", "TEL:0912000{n}", encoding="utf-16"),
    _cards("FN:Müller {m}", "ADR;HOME:;;1 Weg;Köln;;50667;DE", "TEL:0221{n}", encoding="latin-1", end="\n"),
    _cards("FN:Ada {m}", "TEL:0912000{n}", "NOTE:two", "lines without a sign", "# comment", end="\r"),
    _cards(
        "FN:Ada {m}",
        "CATEGORIES:vip,eu",
        "X-ANDROID-CUSTOM:vnd;1;2;;;;",
        "BDAY:--0322",
        "TEL:0912000{n}",
        end="\n",
    ),
)

# --- CSV ----------------------------------------------------------------------------------------------------


def _sheet(headings: str, row: str, *, before: str = "", end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    lines = [headings] if headings else []
    lines += [row.replace("{m}", mark(n)).replace("{n}", str(n)) for n in range(1, _PEOPLE + 1)]
    return (before + "".join(line + end for line in lines)).encode(encoding)


CSV: Final = (
    _sheet(
        "First Name,Last Name,Phone 1 - Label,Phone 1 - Value,E-mail 1 - Value,Notes",
        'Ada {m},Moor,Mobile,0912 000 000{n},a{n}@example.com,"one\ntwo"',
    ),
    _sheet(
        "Name,Given Name,Family Name,Phone 1 - Type,Phone 1 - Value,Group Membership",
        "Ada {m},Ada,Moor,Work,0912000{n} ::: 021000{n},* myContacts ::: vip",
    ),
    _sheet(
        '"First Name","Last Name","Company","Business Phone","E-mail Address"',
        '"Ada {m}","Moor","Acme, Ltd","020 7946 000{n}","a{n}@example.com"',
        encoding="cp1252",
    ),
    _sheet(
        "First Name,Last Name,Email,Phone Number,Associated Company",
        "Ada {m},Moor,a{n}@example.com,0770{n}00,Acme",
    ),
    _sheet(
        "Salutation,First Name,Last Name,Account Name,Phone,Do Not Call",
        "Ms.,Ada {m},Moor,Acme,020794600{n},1",
    ),
    _sheet(
        "First Name,Last Name,Email Address,Company,Position,Connected On",
        "Ada {m},Moor,a{n}@example.com,Acme,Buyer,01 Jan 2024",
        before='Notes:\r\n"When exporting, ""x"""\r\n\r\n',
    ),
    _sheet("Vorname;Nachname;Telefon;Straße", "Ada {m};Müller;0221 000{n};Köln", encoding="cp1252", end="\n"),
    _sheet("نام\tشرکت\tتلفن", "سارا {m}\tپارس پمپ\t۰۹۱۲۰۰۰۰۰۰{n}", encoding="utf-16"),
    _sheet("نام,شرکت,تلفن", "سارا {m},پارس پمپ,0912000000{n}", encoding="cp1256"),
    _sheet("氏名,会社名,電話番号", "山田 {m},東京ポンプ,03-0000-000{n}", encoding="shift_jis"),
    _sheet("", "Ada {m};0912 000 000{n};a{n}@example.com", end="\n"),
    _sheet("name|phone|x", "Ada {m}|0912000000{n}|=1+1", before="sep=|\r\n", encoding="utf-8-sig", end="\r"),
)

# --- JSON ---------------------------------------------------------------------------------------------------


def _array(row: str, *, start: str = "[", end: str = "]", encoding: str = "utf-8") -> bytes:
    rows = [row.replace("{m}", mark(n)).replace("{n}", str(n)) for n in range(1, _PEOPLE + 1)]
    return (start + ",\n".join(rows) + end).encode(encoding)


JSON: Final = (
    _array('{"name": "Ada {m}", "phones": [{"raw": "0912000{n}", "label": "mobile"}]}'),
    _array('{"name": "Ada {m}", "emails": [{"address": "a{n}@example.com", "label": ""}], "tags": ["vip"]}'),
    _array('{"name": "سارا {m}", "company": "پارس پمپ", "note": "a\\nb", "fields": {"City": "تهران"}}'),
    _array('{"id": {n}, "name": "Ada {m}", "phones": ["0912000{n}"], "do_not_call": true, "owner": "sara"}'),
    _array('{"name": "Ada {m}", "deleted_at": null, "merged_into": null, "fields": {"n": 1.5, "x": null}}'),
    _array('{"name": "Ada {m}", "deleted_at": "2026-01-01T00:00:00Z"}'),
    _array('{"name": "Ada {m}", "phones": null, "emails": null, "tags": null, "fields": null}'),
    _array('{"name": "\\u0633 {m}", "note": "\\ud83d\\ude00"}'),
    _array('{"name": "Ada {m}"}', start="[\n", end="\n]\n", encoding="utf-8-sig"),
    _array('{"name": "سارا {m}", "company": null}', encoding="utf-16"),
    b'{"name": "Ada Q0001Z", "phones": [{"raw": "0912"}]}',
    _array('{"name": "Müller {m}", "phones": [{"raw": "0221{n}", "e164": null, "ext": "12"}]}'),
    # a whole company
    _array(
        '{"id": {n}, "name": "Ada {m}", "company": "x", "fields": {"City": "y"}, "deleted_at": null}',
        start='{"tuicrm": 1,\n"last_ids": {"contact": 6},\n"tables": {\n"phone": [{"id": 1, "contact_id": 2, '
        '"position": 0, "raw": "0912", "e164": null}],\n"contact": [\n',
        end="\n]\n}}\n",
    ),
)

# --- calendars ----------------------------------------------------------------------------------------------


def _calendar(*lines: str, start: Sequence[str] = (), end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    def one(number: int) -> str:
        return "".join(line.replace("{m}", mark(number)).replace("{n}", str(number)) + end for line in lines)

    head = end.join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *start, ""))
    return (head + _many(one) + f"END:VCALENDAR{end}").encode(encoding)


_ALARM: Final = ("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:x", "TRIGGER:-PT15M", "END:VALARM")
_ZONE: Final = (
    *("BEGIN:VTIMEZONE", "TZID:Asia/Tehran", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0330", "TZOFFSETTO:+0330", "END:STANDARD", "END:VTIMEZONE"),
)
ICS: Final = (
    _calendar("BEGIN:VTODO", "SUMMARY:Call {m}", "UID:{m}@x", "DUE:20261201T100000Z", *_ALARM, "END:VTODO"),
    _calendar(
        "BEGIN:VEVENT",
        "SUMMARY:Call {m}",
        "UID:{m}@x",
        "DTSTART;TZID=Asia/Tehran:20261201T10000{n}",
        "DURATION:PT1H",
        *_ALARM,
        "END:VEVENT",
        start=_ZONE,
    ),
    _calendar(
        "BEGIN:VEVENT",
        "SUMMARY:Ada {m}",
        "DTSTART;VALUE=DATE:2026120{n}",
        "DTEND;VALUE=DATE:20261209",
        "RRULE:FREQ=WEEKLY;BYDAY=MO",
        "EXDATE:20261207",
        "END:VEVENT",
    ),
    _calendar(
        "BEGIN:VTODO",
        "SUMMARY:Call {m}",
        "DUE;VALUE=DATE:20261201",
        "STATUS:COMPLETED",
        "COMPLETED:20261130T000000Z",
        "END:VTODO",
        end="\n",
    ),
    _calendar(
        "BEGIN:VTODO",
        "SUMMARY:Call {m}",
        "DESCRIPTION:tel 0912 000 000{n}\\nlong text folded at seventy",
        "  -five octets",
        "DUE:20261201T1000",
        "END:VTODO",
    ),
    _calendar(
        "BEGIN:VEVENT",
        "SUMMARY:{m}",
        "DTSTART:20261201T100000",
        'ATTENDEE;CN="Moor; Ada":mailto:a{n}@example.com',
        "ORGANIZER:mailto:o@example.com",
        "END:VEVENT",
    ),
    _calendar("BEGIN:VTODO", "SUMMARY:تماس {m}", "DUE:20261201T100000Z", "X-WHO:سارا", "END:VTODO"),
    _calendar("BEGIN:VTODO", "SUMMARY:تماس {m}", "DUE:20261201T100000Z", "END:VTODO", encoding="utf-16"),
    _calendar(
        "BEGIN:VTODO", "SUMMARY:Müller {m}", "DUE:20261201T100000Z", "END:VTODO", encoding="cp1252", end="\r"
    ),
    _calendar(
        "BEGIN:VEVENT",
        "SUMMARY:{m}",
        "DTSTART:20260301T020000Z",
        "RECURRENCE-ID:20260308T020000Z",
        "SEQUENCE:{n}",
        "STATUS:CANCELLED",
        "END:VEVENT",
    ),
    _calendar(
        "BEGIN:VTODO",
        "SUMMARY:{m}",
        "DTSTART:20261130T090000Z",
        "DURATION:P1D",
        "PRIORITY:{n}",
        "BEGIN:VALARM",
        "TRIGGER;RELATED=END:-P1D",
        "END:VALARM",
        "END:VTODO",
    ),
    _calendar(
        "BEGIN:VTODO",
        "SUMMARY;ENCODING=QUOTED-PRINTABLE:=C3=BC {m}",
        "DUE:20261201T100000",
        "AALARM:20261201T094500",
        "END:VTODO",
    ),
)

# --- calls --------------------------------------------------------------------------------------------------


def _phone_calls(call: str, *, start: str = "", encoding: str = "utf-8", end: str = "\n") -> bytes:
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>" + end
    rows = _many(lambda n: call.replace("{m}", mark(n)).replace("{n}", str(n)) + end)
    return f'{head}{start}<calls count="{_PEOPLE}">{end}{rows}</calls>{end}'.encode(encoding)


_DATE: Final = 'date="17960000{n}0000" duration="12{n}"'
ANDROID: Final = (
    _phone_calls(f'<call number="+98912000000{{n}}" {_DATE} type="1" contact_name="Ada {{m}}" />'),
    _phone_calls(f'<call number="0912000000{{n}}" {_DATE} type="2" contact_name="{{m}}" readable_date="x"/>'),
    _phone_calls(f'<call number="" {_DATE} type="3" presentation="2" contact_name="{{m}}" />'),
    _phone_calls(
        f'<call number="0912{{n}}" {_DATE} type="5" contact_name="{{m}} &amp; &#1575; &lt;x&gt;" />'
    ),
    _phone_calls(
        f'<call number="0912{{n}}" {_DATE} type="4" contact_name="سارا {{m}}" subscription_id="null" />'
    ),
    _phone_calls(f'<call number="0912{{n}}" {_DATE} type="1" contact_name="{{m}}"></call>', end="\r\n"),
    _phone_calls(
        f'<call number="0912{{n}}" {_DATE} type="1" contact_name="{{m}}" />', start="<!-- made by x -->\n"
    ),
    _phone_calls(f'<call number="0912{{n}}" {_DATE} type="6" contact_name="{{m}}" />', encoding="utf-8-sig"),
    _phone_calls(
        f'<call number="0912{{n}}" {_DATE} type="1" contact_name="سارا {{m}}" />', encoding="utf-16"
    ),
    _phone_calls(f"<call contact_name='{{m}}' number='0912{{n}}' {_DATE} type='2' />", end=""),
    _phone_calls(f'<call contact_name="{{m}}"\n  number="0912{{n}}"\n  {_DATE}\n  type="1" />'),
    _phone_calls('<call number="0912{n}" duration="" date="-1" type="x" contact_name="{m}" />'),
)
_CDR: Final = (
    '"","0912000000{n}","100","default","""{m}"" <0912>","SIP/a","SIP/b","Dial","SIP/100",'
    '"2026-11-0{n} 10:00:00","2026-11-0{n} 10:00:05","2026-11-0{n} 10:01:00",60,55,"ANSWERED",'
    '"DOCUMENTATION","1.{n}",""'
)
_CDR_HEAD: Final = (
    "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,uniqueid"
)
_CDR_ROW: Final = (
    "2026-11-0{n} 10:00:00,{m},0912000000{n},100,default,SIP/a,SIP/b,Dial,x,60,55,NO ANSWER,1.{n}"
)
ASTERISK: Final = (
    _sheet("", _CDR, end="\n"),
    _sheet("", _CDR.replace("ANSWERED", "BUSY"), end="\r\n"),
    _sheet("", _CDR.replace("ANSWERED", "FAILED"), encoding="utf-8-sig"),
    _sheet("", _CDR.replace("ANSWERED", "NO ANSWER").replace(',""', "")),
    _sheet(_CDR_HEAD, _CDR_ROW),
    _sheet(_CDR_HEAD.replace(",", ";"), _CDR_ROW.replace(",", ";"), end="\n"),
    _sheet(_CDR_HEAD.replace(",", "\t"), _CDR_ROW.replace(",", "\t"), encoding="utf-16"),
    _sheet(_CDR_HEAD, _CDR_ROW.replace("{m}", '"سارا {m}"'), end="\r"),
    _sheet(_CDR_HEAD, _CDR_ROW.replace("{m}", '"سارا {m}"'), encoding="cp1256"),
    _sheet(_CDR_HEAD + ",accountcode", _CDR_ROW.replace("{m}", '"""Ada {m}"" <0912>"') + ",x"),
    _sheet(_CDR_HEAD, _CDR_ROW.replace("2026-11-0{n} 10:00:00", "1796000000")),
    _sheet(_CDR_HEAD, _CDR_ROW.replace(",60,55,", ",,x,")),
)
_FREE: Final = (
    '"Ada {m}","0912000000{n}","100","default","2026-11-0{n} 10:00:00","2026-11-0{n} 10:00:05",'
    '"2026-11-0{n} 10:01:00","60","55","NORMAL_CLEARING","aaaa-{m}","","","PCMU","PCMU"'
)
_FREE_HEAD: Final = (
    "caller_id_name,caller_id_number,destination_number,context,start_stamp,answer_stamp,end_stamp,duration,"
    "billsec,hangup_cause,uuid,bleg_uuid,accountcode,read_codec,write_codec"
)
FREESWITCH: Final = (
    _sheet("", _FREE, end="\n"),
    _sheet("", _FREE.replace("NORMAL_CLEARING", "USER_BUSY")),
    _sheet("", _FREE.replace("NORMAL_CLEARING", "NO_ANSWER").replace('"2026-11-0{n} 10:00:05"', '""')),
    _sheet("", _FREE.replace("NORMAL_CLEARING", "ORIGINATOR_CANCEL"), encoding="utf-8-sig"),
    _sheet(_FREE_HEAD, _FREE),
    _sheet(_FREE_HEAD.replace(",", ";"), _FREE.replace(",", ";"), end="\n"),
    _sheet(_FREE_HEAD.replace(",", "\t"), _FREE.replace(",", "\t"), encoding="utf-16"),
    _sheet(_FREE_HEAD, _FREE.replace("Ada", "سارا"), end="\r"),
    _sheet(_FREE_HEAD, _FREE.replace("Ada", "سارا"), encoding="cp1256"),
    _sheet(_FREE_HEAD, _FREE.replace("2026-11-0{n} 10:00:00", "1796000000000000")),
    _sheet(_FREE_HEAD, _FREE.replace('"60","55"', '"","x"')),
    _sheet("date,number,name,duration,direction", "2026-11-0{n} 10:00,0912000000{n},{m},60,in"),
)

SEEDS: Final[Mapping[str, Sequence[bytes]]] = {
    **{"vcard": VCARD, "csv": CSV, "json": JSON, "ics": ICS, "calls-android": ANDROID},
    **{"calls-asterisk": ASTERISK, "calls-freeswitch": FREESWITCH},
}
