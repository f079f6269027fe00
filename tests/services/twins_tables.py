"""Whole tables and calendars as programs write them, with all their peculiarities at once; the people are made up."""

from __future__ import annotations

from typing import Any, Final

from tests.services.twins import Person, Twin, file

_LINKEDIN: Final = Twin(
    file(
        *("Notes:", '"When you export this list, addresses may be missing."', ""),
        "First Name,Last Name,Email Address,Company,Position,Connected On,URL",
        "Ada,Moor,ada@example.com,Acme,Buyer,15 Jan 2023,https://example.com/in/ada",
        'Bo,"Lim, PhD",,"Pumps, Inc.",,20 Mar 2023,',
        end="\n",
    ),
    (
        Person(
            "Ada Moor",
            "Acme",
            emails=("ada@example.com",),
            fields={"Position": "Buyer", "Connected On": "15 Jan 2023", "URL": "https://example.com/in/ada"},
        ),
        Person("Bo Lim, PhD", "Pumps, Inc.", fields={"Connected On": "20 Mar 2023"}),
    ),
)
_SALESFORCE: Final = Twin(
    file(
        '"ID","ISDELETED","NAME","BILLINGSTREET","PHONE","FAX","WEBSITE","OWNERID","SESSION__C"',
        '"001x1","false","Café Pumps, Ltd.","1 High Street\r\nSuite 2","","","","005","N.Yu"',
        '"001x2","true","Gone Ltd.","","","","","005","N.Yu"',
        '"001x3","false","Café Pumps, Ltd.","9 Low Road","","","","005","N.Yu"',
        encoding="cp1252",
    ),
    (
        Person(
            "Café Pumps, Ltd.",
            fields={
                "ID": "001x1",
                "BILLINGSTREET": "1 High Street\nSuite 2",
                "OWNERID": "005",
                "SESSION__C": "N.Yu",
            },
        ),
        Person(
            "Café Pumps, Ltd.",
            fields={"ID": "001x3", "BILLINGSTREET": "9 Low Road", "OWNERID": "005", "SESSION__C": "N.Yu"},
        ),
    ),
    (("import_deleted", 4),),
)
_UTF16: Final = Twin(
    file(
        '"name","phone"', '"لیلا کریمی",09120000001', "رضا,09120000002", end="\n", encoding="utf-16-be"
    ).join((b"\xfe\xff", b"")),
    (Person("لیلا کریمی", phones=("09120000001",)), Person("رضا", phones=("09120000002",))),
)
_THUNDERBIRD: Final = Twin(
    file(
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Job Title,Organization,"
        "Custom 1,Custom 2,Custom 3,Notes",
        "ada,moor,the first one,,ada@invalid,,,,,,,,",
        'bo,lim,the second one,,bo@invalid,bo2@invalid,,"""worker""",,"one, two","three\tfour",'
        '"five\rsix\nseven",some text…',
        end="\n",
    ),
    (
        Person("the first one", emails=("ada@invalid",), fields={"First Name": "ada", "Last Name": "moor"}),
        Person(
            "the second one",
            emails=("bo@invalid", "bo2@invalid"),
            fields={
                "First Name": "bo",
                "Last Name": "lim",
                "Job Title": '"worker"',
                "Custom 1": "one, two",
                "Custom 2": "three four",
                "Custom 3": "five\nsix\nseven",
            },
            note="some text…",
        ),
    ),
)

TABLES: Final = {
    "linkedin": _LINKEDIN,
    "salesforce": _SALESFORCE,
    "utf-16": _UTF16,
    "thunderbird": _THUNDERBIRD,
}


# --- calendars ----------------------------------------------------------------------------------------------

_ZONE: Final = (
    *(
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Paris",
        "X-LIC-LOCATION:Europe/Paris",
        "BEGIN:DAYLIGHT",
        "TZOFFSETFROM:+0100",
    ),
    *("TZOFFSETTO:+0200", "TZNAME:CEST", "DTSTART:19810329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    *("END:DAYLIGHT", "BEGIN:STANDARD", "TZOFFSETFROM:+000921", "TZOFFSETTO:+0000", "TZNAME:GMT"),
    *(
        "DTSTART:18910315T000000",
        "RDATE:18910315T000000",
        "RDATE:19111003T000000",
        "END:STANDARD",
        "END:VTIMEZONE",
    ),
)


def _calendar(*lines: str) -> bytes:
    return file(
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Some//Program//EN", *_ZONE, *lines, "END:VCALENDAR"
    )


def _alarm(trigger: str, action: str = "DISPLAY", *more: str) -> tuple[str, ...]:
    return (
        "BEGIN:VALARM",
        f"ACTION:{action}",
        f"TRIGGER:{trigger}",
        "DESCRIPTION:A reminder",
        *more,
        "END:VALARM",
    )


PROMISES: Final[dict[str, tuple[bytes, list[tuple[Any, ...]], list[tuple[str, int]]]]] = {
    "a telephone's alarms": (
        _calendar(
            *(
                "BEGIN:VEVENT",
                "DTSTAMP:20261001T120000Z",
                "UID:1",
                "SUMMARY:Call Ada Moor",
                "DTSTART;TZID=Europe/Paris:20261204T101500",
            ),
            *("DTEND;TZID=Europe/Paris:20261204T111500", *_alarm("-PT15M"), *_alarm("-PT1H"), "END:VEVENT"),
        ),
        [("Call Ada Moor", "2026-12-04", "10:15", "Europe/Paris", 60)],
        [],
    ),
    "alarms of many kinds": (
        _calendar(
            *(
                "BEGIN:VEVENT",
                "DTSTART:20261204T181500Z",
                "DTEND:20261204T190000Z",
                "UID:2",
                "STATUS:CONFIRMED",
            ),
            *("SUMMARY:contract", "CONTACT:Ada Moor", *_alarm("-P0DT0H10M0S")),
            *(
                *_alarm("-P0DT0H15M0S", "EMAIL", "ATTENDEE:mailto:me@example.org", "SUMMARY:Alarm"),
                "END:VEVENT",
            ),
        ),
        [("contract", "2026-12-04", "21:45", "Asia/Tehran", 15)],
        [],
    ),
    "every component": (
        _calendar(
            *(
                "BEGIN:VEVENT",
                "UID:3",
                "DTSTART;TZID=Europe/Paris:20261215T100000",
                "SUMMARY:Ada Moor: prices",
            ),
            *("BEGIN:VALARM", "UID:4", "TRIGGER:-PT15M", "ACTION:DISPLAY", "END:VALARM", "END:VEVENT"),
            *("BEGIN:VTODO", "UID:5", "SUMMARY:Ada Moor", "STATUS:NEEDS-ACTION", "END:VTODO"),
            *("BEGIN:VJOURNAL", "UID:6", "SUMMARY:a day", "END:VJOURNAL"),
            *("BEGIN:VAVAILABILITY", "UID:7", "SUMMARY:free", "END:VAVAILABILITY"),
            *("BEGIN:VEVENT", "UID:8", "DTSTART:20261216T100000Z", "SUMMARY:Nobody known", "END:VEVENT"),
        ),
        [("Ada Moor: prices", "2026-12-15", "10:00", "Europe/Paris", 15)],
        [("ics_no_date", 33), ("ics_component", 38), ("ics_component", 42), ("follow_up_nobody", 46)],
    ),
}
