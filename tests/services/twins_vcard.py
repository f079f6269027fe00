"""Whole vCard files as programs write them, with all their peculiarities at once; the people are made up."""

from __future__ import annotations

from typing import Final

from tests.services.twins import Person, Twin, file

_PICTURE: Final = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkI"


def _photo(first: str, fold: str = " ") -> tuple[str, ...]:
    return (f"{first}{_PICTURE[:60]}", *(f"{fold}{_PICTURE}" for _ in range(3)), f"{fold}{_PICTURE[:9]}==")


_ANDROID: Final = Twin(
    file(
        *(
            "BEGIN:VCARD",
            "VERSION:2.1",
            "EMAIL;PREF:only.mail@example.com",
            "CATEGORIES:My Contacts",
            "END:VCARD",
        ),
        *(
            "BEGIN:VCARD",
            "VERSION:2.1",
            "EMAIL;PREF:other.mail@example.com",
            "CATEGORIES:My Contacts",
            "END:VCARD",
        ),
        "BEGIN:VCARD",
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=81=C3=B3=64=C5=BA=20;;;;",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=81=C3=B3=64=C5=BA=20",
        *("TEL;CELL;PREF:09120000001", "TEL;HOME:02188000002", "TEL;CELL:2345678", "CATEGORIES:My Contacts"),
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=85=D8=B4=D8=AA=D8=B1=DB=8C=20=D9=82=D8=AF=",
        "=DB=8C=D9=85=DB=8C",
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=85=D8=B4=D8=AA=D8=B1=DB=8C=20=D9=82=D8=AF=",
        "=DB=8C=D9=85=DB=8C",
        "END:VCARD",
        *("BEGIN:VCARD", "VERSION:2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=81;=C3=93=C5=9B;;;"),
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=93=C5=9B=20=C5=81",
        *("TEL;CELL;PREF:09120000003", "TEL;WORK:09120000003", "TEL;WORK;FAX:09120000003"),
        "EMAIL;PREF;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=81=C5=81=",
        "=C5=81",
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=81=C3=B3=64=C5=BA=20=C5=81=C3=B3=64=C5=BA=20=C5=81=",
        "=C3=B3=64=C5=BA",
        "ORG:Second Firm",
        *("URL:www.example.com", "URL:http://www.example.com"),
        *_photo("PHOTO;ENCODING=BASE64;JPEG:"),
        "",
        "END:VCARD",
    ),
    (
        Person("only.mail@example.com", emails=("only.mail@example.com",), tags=("My Contacts",)),
        Person("other.mail@example.com", emails=("other.mail@example.com",), tags=("My Contacts",)),
        Person(
            "Łódź",
            phones=("09120000001 mobile", "02188000002 home", "2345678 mobile"),
            tags=("My Contacts",),
            note="مشتری قدیمی",
        ),
        Person(
            "Óś Ł",
            "Łódź Łódź Łódź",
            ("09120000003 mobile", "09120000003 work", "09120000003 work fax"),
            fields={
                "email": "ŁŁŁ",
                "other company": "Second Firm",
                "website": "www.example.com; http://www.example.com",
            },
        ),
    ),
    photos=1,
)
_BLACKBERRY: Final = Twin(
    file(
        *("BEGIN:VCARD", "VERSION:2.1", "FN:Ada Moor", "N:Moor;ada;;;", "ORG:Acme Pumps"),
        *(
            "TEL;TYPE=CELL:+989120000001",
            "TEL;TYPE=WORK:+982188000002",
            "EMAIL;TYPE=INTERNET:ada@example.com",
        ),
        *_photo("PHOTO;ENCODING=BASE64:"),
        "",
        *("NOTE:", "END:VCARD"),
    ),
    (Person("Ada Moor", "Acme Pumps", ("+989120000001 mobile", "+982188000002 work"), ("ada@example.com",)),),
    photos=1,
)
_IPHONE: Final = Twin(
    file(
        *("BEGIN:VCARD", "VERSION:3.0", "PRODID:-//Apple Inc.//iOS 5.0.1//EN"),
        *("N:Moor;Ada;Lou,Grace;Ms.;Jr.", "FN:Ms. Ada Lou Grace Moor Jr.", "NICKNAME:Addy", "ORG:Acme;Sales"),
        *("TITLE:Buyer", "item1.EMAIL;type=INTERNET;type=pref:ada@example.com"),
        *("TEL;type=CELL;type=VOICE;type=pref:0912 000 0001", "TEL;type=HOME;type=FAX:021 8800 0002"),
        *(
            "TEL;type=PAGER:021 8800 0003",
            "item2.TEL:021 8800 0004",
            "item2.X-ABLabel:_$!<AssistantPhone>!$_",
        ),
        "item3.ADR;type=HOME;type=pref:;;1 Low Road,;Town;County;12345;Country",
        "item3.X-ABADR:Low Road",
        "item4.ADR;type=WORK:;;Mill2\\nHouse 6\\nFloor 8;Town;;12345;UK",
        *(
            "item4.X-ABADR:Mill 2, House 6,\\n Floor 8\\nTown\\nUK",
            "item5.URL;type=pref:http\\://www.example.com",
        ),
        *("item5.X-ABLabel:_$!<HomePage>!$_", "BDAY;value=date:1992-06-06"),
        *_photo("PHOTO;ENCODING=b;TYPE=JPEG:"),
        "END:VCARD",
    ),
    (
        Person(
            "Ada Lou Grace Moor Jr.",
            "Acme",
            (
                "0912 000 0001 mobile",
                "021 8800 0002 home fax",
                "021 8800 0003 pager",
                "021 8800 0004 assistant phone",
            ),
            ("ada@example.com",),
            fields={
                **{"department": "Sales", "title": "Buyer", "birthday": "1992-06-06", "nickname": "Addy"},
                "salutation": "Ms.",
                "address (home)": "1 Low Road, Town, County, 12345, Country",
                "address (work)": "Mill2\nHouse 6\nFloor 8, Town, 12345, UK",
                "website": "http://www.example.com",
            },
        ),
    ),
    photos=1,
)
_MAC: Final = Twin(
    file(
        *("BEGIN:VCARD", "VERSION:3.0", "N:Moor;Ada;Lou\\,Grace;Ms.;Jr.", "FN:Ms. Ada Lou\\,Grace Moor Jr."),
        *("X-PHONETIC-FIRST-NAME:Ayda", "X-PHONETIC-LAST-NAME:More"),
        *("EMAIL;type=INTERNET;type=WORK;type=pref:ada@example.com", "TEL;type=WORK;type=pref:021 8800 0002"),
        *("TEL;type=HOME:021 8800 0003", "item1.TEL:021 8800 0004", "item1.X-ABLabel:Night line"),
        'NOTE:She said \\"as is\\"\\, and more.\\nColour: blue',
        *_photo("PHOTO;BASE64:", "  "),
        *("item5.X-ABRELATEDNAMES;type=pref:Jo", "item5.X-ABLabel:Spouse", "X-ABUID:6B29-A774\\:ABPerson"),
        "END:VCARD",
    ),
    (
        Person(
            "Ada Lou,Grace Moor Jr.",
            phones=("021 8800 0002 work", "021 8800 0003 home", "021 8800 0004 Night line"),
            emails=("ada@example.com work",),
            fields={
                **{"phonetic first name": "Ayda", "phonetic last name": "More", "spouse": "Jo"},
                "salutation": "Ms.",
            },
            note='She said "as is", and more.\nColour: blue',
        ),
    ),
    photos=1,
)
_SEVERAL_LINES: Final = Twin(
    file(
        *("BEGIN:VCARD", "VERSION:2.1", "N:somebody", "URL:http://example.com/"),
        *(
            "ADR;HOME:;;Lane 9;Town;;12345;Country",
            "ADR;HOME:;;Old Mill\\",
            "7777\\",
            "Locker 9;Town;;12345;Country",
        ),
        *("BDAY;VALUE=DATE:19991203", "END:VCARD"),
        end="\n",
    ),
    (
        Person(
            "somebody",
            fields={
                "website": "http://example.com/",
                "address (home)": "Lane 9, Town, 12345, Country\nOld Mill\n7777\nLocker 9, Town, 12345, Country",
                "birthday": "1999-12-03",
            },
        ),
    ),
)
_COMPLICATED: Final = Twin(
    file(
        *("BEGIN:VCARD", "VERSION:2.1", "N:Moor;Ada;Lou;Ms.;Jr", "FN:A. Moor"),
        *("ORG:Acme Pumps;Sales Dept.\\;North;Office", "X-CLASS:PUBLIC", "TITLE:Buyer"),
        *("TEL;WORK;VOICE:021 8800 0002", "TEL;VIDEO:021 8800 0003", "TEL;VOICE:021 8800 0004"),
        "ADR;WORK:;;1 High Street;Town;County;30314;Country",
        "LABEL;WORK;ENCODING=QUOTED-PRINTABLE:1 High Street=0D=0ATown, County 30314=0D=0ACountry",
        "LABEL;HOME;ENCODING=QUOTED-PRINTABLE:2 Low Road=0D=0A=",
        "Town=0D=0A=",
        "Country",
        *("EMAIL;PREF;INTERNET:ada@example.com", "EMAIL;CELL:cell@example.com", "NOTE:first note"),
        "NOTE;ENCODING=QUOTED-PRINTABLE:a note =",
        "over two=",
        " lines",
        *(
            "PHOTO;ENCODING=BASE64;TYPE=JPEG:",
            *(f" {_PICTURE}" for _ in range(2)),
            "",
            "X-ATTRIBUTE:Some text",
        ),
        *("BDAY:19800101", "GEO:35.6892,51.3890", "REV:20080424T195243Z", "END:VCARD"),
    ),
    (
        Person(
            "A. Moor",
            "Acme Pumps",
            ("021 8800 0002 work", "021 8800 0003 video", "021 8800 0004"),
            ("ada@example.com", "cell@example.com mobile"),
            fields={
                "department": "Sales Dept.;North, Office",
                "title": "Buyer",
                "address (work)": "1 High Street, Town, County, 30314, Country",
                "address label (home)": "2 Low Road\nTown\nCountry",
                "attribute": "Some text",
                "birthday": "1980-01-01",
                "location": "35.6892,51.3890",
                "full name": "Ada Lou Moor Jr",
                "salutation": "Ms.",
            },
            note="first note\na note over two lines",
        ),
    ),
    photos=1,
)
_COMMENTS: Final = Twin(
    file(
        *("BEGIN:vCard", "VERSION:2.1", "UID:357", "N:;Board Room", "FN:Board Room", "# nobody reads this"),
        "NOTE;ENCODING=QUOTED-PRINTABLE:a sign (sharp ->=",
        "#<- sharp) in it",
        *("# nor this", "END:vCard"),
    ),
    (Person("Board Room", note="a sign (sharp ->#<- sharp) in it"),),
)
_ANGLES: Final = Twin(
    file(
        *(
            "BEGIN:VCARD",
            "VERSION:2.1",
            "N:;Ada;;;",
            'EMAIL;INTERNET:"Ada"',
            " <ada@example.com>",
            "FN:Ada",
            "END:VCARD",
        ),
        end="\n",
    ),
    (Person("Ada", emails=("ada@example.com",)),),
)
_AGENT: Final = Twin(
    file(
        *("BEGIN:VCARD", "VERSION:3.0", "N:Moor;Ada;G.,Lou", "FN;CHARSET=UTF-8:Ada Moor"),
        *("TEL;TYPE=HOME,TYPE=VOICE:021 8800 0003", "EMAIL;TYPE=PREF,INTERNET:ada@example.com"),
        "PHOTO;VALUE=URL;TYPE=PNG:http://example.com/ada.png",
        *(
            "AGENT:BEGIN:VCARD",
            " VERSION:3.0",
            " N:Reed;Tom",
            " FN:Tom Reed",
            " TEL;TYPE=WORK:021 8800 0005",
            " END:VCARD",
        ),
        "END:VCARD",
        end="\n",
    ),
    (
        Person(
            "Ada Moor",
            phones=("021 8800 0003 home",),
            emails=("ada@example.com",),
            fields={"agent": "Tom Reed, 021 8800 0005", "full name": "Ada G. Lou Moor"},
        ),
    ),
    photos=1,
)
_EMPTY_LINES: Final = Twin(
    file(
        *("", "", "BEGIN:VCARD", "VERSION:2.1", "FN:Ada Moor", "", "N:Moor;Ada;;;", "END:VCARD", "", ""),
        *(
            "BEGIN:VCARD",
            "VERSION:2.1",
            "FN:Bo Lim",
            "N:Lim;Bo;;;",
            "EMAIL;TYPE=INTERNET:bo@example.com",
            "END:VCARD",
            "",
            "",
        ),
        end="\n",
    ),
    (Person("Ada Moor"), Person("Bo Lim", emails=("bo@example.com",))),
)
_LOTUS: Final = Twin(
    file(
        *(
            "BEGIN:VCARD",
            "VERSION:3.0",
            "PRODID:-//Apple Inc.//Address Book 6.1//EN",
            "N:Moor;Ada;Addy;Ms.;I",
        ),
        *(
            "FN:Ms. Moor Ada I Addy",
            "NICKNAME:Addy\\,A",
            "ORG:Acme;North",
            "EMAIL;type=INTERNET;type=WORK:ada@example.com",
        ),
        *(
            "TEL;type=WORK;type=FAX:00-98-21-8800-0002",
            "CLASS:Public",
            "PROFILE:VCard",
            "TZ:1:00",
            "GEO:-2.6;3.4",
        ),
        "LABEL;TYPE=HOME,PARCEL,PREF:Ada Moor\\nTown\\,\\n2 Low Road",
        *(
            "SORT-STRING:ADA",
            "ROLE:Counting",
            "X-GENERATOR:Some program",
            "SOURCE:Whatever",
            "MAILER:Some mail",
        ),
        *("NAME:VCard for Ada", "X-LONG-STRING:123456", "END:VCARD"),
    ),
    (
        Person(
            "Moor Ada I Addy",
            "Acme",
            ("00-98-21-8800-0002 work fax",),
            ("ada@example.com work",),
            fields={
                "department": "North",
                "time zone": "1:00",
                "location": "-2.6,3.4",
                "role": "Counting",
                "long string": "123456",
                "salutation": "Ms.",
                "nickname": "Addy,A",
                "address label (home)": "Ada Moor\nTown,\n2 Low Road",
            },
        ),
    ),
)
_NOKIA: Final = Twin(
    file(
        *("BEGIN:VCARD", "VERSION:2.1", "REV:20090101T000000Z", "UID:aa-1"),
        *(
            "N;ENCODING=8BIT;CHARSET=UTF-8:کریمی;لیلا;;;",
            "X-NICKNAME:Lili",
            "TEL;PREF;CELL;VOICE:09120000001",
        ),
        *(
            "TEL;CAR:09120000002",
            "TEL;HOME;CELL:09120000003",
            "X-ASSISTANT:Bo",
            "X-ASSISTANT-TEL:02188000001",
        ),
        *(
            "X-SPOUSE:Jo",
            "X-CHILDREN:Ada",
            "X-CHILDREN:Tom",
            "X-ANNIVERSARY:20100101",
            "X-SIP;POC:sip:a@b.example",
        ),
        *("EMAIL;HOME;INTERNET:l@example.com", "X-CLASS:private", "X-UNIT:North", "END:VCARD"),
    ),
    (
        Person(
            "لیلا کریمی",
            phones=("09120000001 mobile", "09120000002 car", "09120000003 home mobile"),
            emails=("l@example.com home",),
            fields={
                "nickname": "Lili",
                "assistant": "Bo",
                "assistant tel": "02188000001",
                **{"spouse": "Jo", "children": "Ada; Tom", "anniversary": "2010-01-01"},
                "sip (poc)": "sip:a@b.example",
                "unit": "North",
            },
        ),
    ),
)

CARDS: Final = {
    **{
        "android": _ANDROID,
        "blackberry": _BLACKBERRY,
        "iphone": _IPHONE,
        "mac": _MAC,
        "nokia": _NOKIA,
        "lotus notes": _LOTUS,
    },
    **{
        "an address of several lines": _SEVERAL_LINES,
        "everything at once": _COMPLICATED,
        "comments": _COMMENTS,
    },
    **{
        "an address in angles on a line of its own": _ANGLES,
        "a card in a card": _AGENT,
        "empty lines": _EMPTY_LINES,
    },
}
