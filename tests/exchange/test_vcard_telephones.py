"""Cards as telephones write them, each with its peculiarities; the people are made up."""

from __future__ import annotations

from tests.exchange.cards import card, contact, one, people, person, records
from tuicrm.domain.models import NewContact

PICTURE = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBA"


def numbers(found: NewContact) -> list[tuple[str, str]]:
    return [(phone.raw, phone.label) for phone in found.phones]


def addresses(found: NewContact) -> list[tuple[str, str]]:
    return [(email.address, email.label) for email in found.emails]


def test_iphone() -> None:
    found = one(
        "PRODID:-//Apple Inc.//iPhone OS 17.1//EN",
        "N:Moor;Ada;Grace,Lou;Dr.;Jr.",
        "FN:Dr. Ada Grace Lou Moor Jr.",
        "NICKNAME:Adi",
        "ORG:Example Ltd.;Sales;North",
        "TITLE:Buyer",
        "item1.EMAIL;type=INTERNET;type=pref:ada@example.com",
        "EMAIL;type=INTERNET;type=HOME:ada@home.example",
        "TEL;type=IPHONE;type=CELL;type=VOICE;type=pref:0912 000 0001",
        "TEL;type=HOME;type=FAX:021 8800 0002",
        "TEL;type=MAIN:021 8800 0003",
        "item2.TEL:021 8800 0004",
        "item2.X-ABLabel:_$!<AssistantPhone>!$_",
        "item3.TEL:021 8800 0005",
        "item3.X-ABLabel:Night shift",
        "item4.ADR;type=HOME;type=pref:;;1 Example Rd\\nFlat 2;Town;;E1;UK",
        "item4.X-ABADR:gb",
        "item5.URL;type=pref:http\\://example.com",
        "item5.X-ABLabel:_$!<HomePage>!$_",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22",
        "item6.X-ABDATE;type=pref:2001-05-06",
        "item6.X-ABLabel:_$!<Anniversary>!$_",
        "item7.X-ABRELATEDNAMES;type=pref:Max",
        "item7.X-ABLabel:_$!<Spouse>!$_",
        "X-SOCIALPROFILE;type=twitter;x-user=adamoor:http://twitter.com/adamoor",
        "IMPP;X-SERVICE-TYPE=Jabber;type=HOME;type=pref:xmpp:ada@jabber.example",
        "X-PHONETIC-FIRST-NAME:Eida",
        "X-ABShowAs:COMPANY",
        f"PHOTO;ENCODING=b;TYPE=JPEG:{PICTURE}",
        f" {PICTURE}",
        "X-ABUID:1234-5678\\:ABPerson",
    )
    ada = person(found)
    assert (ada.name, ada.company, found.photo) == ("Dr. Ada Grace Lou Moor Jr.", "Example Ltd.", True)
    assert numbers(ada) == [
        ("0912 000 0001", "mobile"),
        ("021 8800 0002", "home fax"),
        ("021 8800 0003", "main"),
        ("021 8800 0004", "assistant phone"),
        ("021 8800 0005", "Night shift"),
    ]
    assert addresses(ada) == [("ada@example.com", ""), ("ada@home.example", "home")]
    assert ada.fields == {
        "department": "Sales, North",
        "title": "Buyer",
        "address (home)": "1 Example Rd\nFlat 2, Town, E1, UK",
        "website": "http://example.com",
        "birthday": "--03-22",
        "anniversary": "2001-05-06",
        "spouse": "Max",
        "twitter": "http://twitter.com/adamoor",
        "jabber (home)": "ada@jabber.example",
        "phonetic first name": "Eida",
        "nickname": "Adi",
    }
    assert set(found.kept) == set(ada.fields), "by the names under which the screens show them"


def test_android() -> None:
    text = card("EMAIL;PREF:ada@example.com", "CATEGORIES:My Contacts", version="2.1") + card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=86=D9=85=D9=88=D9=86=D9=87=\r\n=20;=D8=B3=D8=A7=D8=B1=D8=A7;;;",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B3=D8=A7=D8=B1=D8=A7=20=D9=86=D9=85=\r\n=D9=88=D9=86=D9=87",
        "TEL;CELL;PREF:0912-000-0001",
        "TEL;CELL:+989120000001",
        "TEL;WORK;FAX:02188000002",
        "TEL;WORK:02188000002",
        "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D8=A7=D9=86=D8=A8=D8=A7=D8=B1):02188000003",
        "EMAIL;PREF;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=C3=91",
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=BE=D9=85=D9=BE",
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=BE=D9=85=D9=BE",
        "URL:www.example.com",
        "URL:http://www.example.com",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Sari;1;;;;;;;;;;;;;",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Max;14;;;;;;;;;;;;;",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2011-01-13;1;;;;;;;;;;;;;",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Bo;0;neighbour;;;;;;;;;;;;",
        f"PHOTO;ENCODING=BASE64;JPEG:{PICTURE}",
        f" {PICTURE}",
        "",
        version="2.1",
    )
    mailed, sara = records(text)
    assert (person(mailed).name, person(mailed).tags) == ("ada@example.com", ("My Contacts",))
    found = person(sara)
    assert (sara.line, sara.photo, found.name, found.company) == (6, True, "سارا نمونه", "پمپ")
    assert numbers(found) == [
        ("0912-000-0001", "mobile"),
        ("02188000002", "work fax"),
        ("02188000002", "work"),
        ("02188000003", "انبار"),
    ]
    assert found.fields == {
        "email": "ÑÑ",
        "website": "www.example.com; http://www.example.com",
        "nickname": "Sari",
        "spouse": "Max",
        "anniversary": "2011-01-13",
        "neighbour": "Bo",
    }


def test_nokia() -> None:
    found = contact(
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=D9=86=D9=85=D9=88=D9=86=D9=87;=D8=B3=D8=A7=D8=B1=D8=A7",
        "TEL;CELL:+989120000001",
        "TEL;VOICE;WORK:+982188000002",
        "TEL;PAGER:1234",
        "TEL;VIDEO:5678",
        "EMAIL;HOME:sara@example.com",
        "X-SIP:sara@sip.example",
        "X-CLASS:PRIVATE",
        "REV:20080424T195243",
        version="2.1",
    )
    assert found.name == "سارا نمونه"
    assert numbers(found) == [
        ("+989120000001", "mobile"),
        ("+982188000002", "work"),
        ("1234", "pager"),
        ("5678", "video"),
    ]
    assert found.fields == {"sip": "sara@sip.example"}


def test_a_japanese_telephone() -> None:
    text = card(
        "N;CHARSET=SHIFT_JIS:山田;花子;;;",
        "SOUND;X-IRMC-N;CHARSET=SHIFT_JIS:ﾔﾏﾀﾞ;ﾊﾅｺ;;;",
        "TEL;CELL:09000000001",
        "X-NO:5",
        version="2.1",
    )
    (found,) = people(text.encode("shift_jis"))
    assert (found.name, found.fields) == ("山田 花子", {"phonetic name": "ﾔﾏﾀﾞ ﾊﾅｺ"})


def test_blackberry() -> None:
    found = one(
        "FN:Ada Moor",
        "N:Moor;ada;;;",
        "ORG:Example Ltd.",
        "TEL;TYPE=CELL:+989120000001",
        f"PHOTO;ENCODING=BASE64:{PICTURE * 20}",
        "",
        "NOTE:",
        version="2.1",
    )
    assert (person(found).name, person(found).company, found.photo) == ("Ada Moor", "Example Ltd.", True)
    assert (person(found).fields, person(found).note) == ({}, "")
