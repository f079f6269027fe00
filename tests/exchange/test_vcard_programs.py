"""Cards as programs write them, each with its peculiarities; the people are made up."""

from __future__ import annotations

from tests.exchange.cards import card, contact, one, person, records
from tuicrm.domain.models import NewContact

PICTURE = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBA"


def numbers(found: NewContact) -> list[tuple[str, str]]:
    return [(phone.raw, phone.label) for phone in found.phones]


def addresses(found: NewContact) -> list[tuple[str, str]]:
    return [(email.address, email.label) for email in found.emails]


def test_google() -> None:
    ada = contact(
        "FN:Ms. Ada Lou, Grace Moor",
        "N:Moor;Ada;Lou\\, Grace;Ms.;",
        "EMAIL;TYPE=INTERNET;TYPE=HOME:ada@example.com",
        "item1.EMAIL;TYPE=INTERNET:ada@club.example",
        "item1.X-ABLabel:Chess club",
        "TEL;TYPE=CELL:+98 912 000 0001",
        "item2.TEL:+98 21 8800 0002",
        "item2.X-ABLabel:GRAND_CENTRAL",
        "ADR;TYPE=HOME:;12 Example St\\nFlat 3\\nSmall Area\\, Town\\, County",
        "  12345\\nCountry;;;;;",
        "item3.URL:http\\://example.com/me",
        "item3.X-ABLabel:PROFILE",
        "item4.X-ABRELATEDNAMES:Jo",
        "item4.X-ABLabel:DOMESTIC_PARTNER",
        "item5.X-ABDATE:1999-01-02",
        "item5.X-ABLabel:First order",
        "X-GTALK:ada.moor",
        'NOTE:said \\"yes\\"\\, then\\nCustom: Blue',
        "CATEGORIES:myContacts,Friends\\, old",
    )
    assert ada.name == "Ada Lou, Grace Moor"
    assert addresses(ada) == [("ada@example.com", "home"), ("ada@club.example", "Chess club")]
    assert numbers(ada) == [("+98 912 000 0001", "mobile"), ("+98 21 8800 0002", "grand central")]
    assert ada.fields == {
        "address (home)": "12 Example St\nFlat 3\nSmall Area, Town, County 12345\nCountry",
        "website (profile)": "http://example.com/me",
        "domestic partner": "Jo",
        "first order": "1999-01-02",
        "google talk": "ada.moor",
        "salutation": "Ms.",
    }
    assert ada.note == 'said "yes", then\nCustom: Blue'
    assert ada.tags == ("myContacts", "Friends, old")


def test_outlook() -> None:
    found = one(
        "N;LANGUAGE=en-us:Moor;Ada;Grace;Dr.;Jr.",
        "FN:Dr. Ada Grace Moor Jr.",
        "ORG:Example Ltd.;Sales",
        "NOTE;ENCODING=QUOTED-PRINTABLE:First line=0D=0A=",
        "=0D=0A=",
        "Second: 5 =3D five=0D=0A=",
        "",
        "TEL;WORK;VOICE:(021) 8800-0002",
        "TEL;CELL;VOICE:0912 000 0001",
        "X-MS-TEL;VOICE;CALLBACK:021 8800 0009",
        "ADR;WORK;PREF;CHARSET=Windows-1252:;North;1 Example Rd;Town;County;E1;UK",
        "LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:1 Example Rd=0D=0A=",
        "Town, County E1=0D=0A=",
        "UK",
        "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2",
        "URL;WORK:http://example.com",
        "ROLE:Buyer",
        "BDAY:19800322",
        "KEY;X509;ENCODING=BASE64:",
        f" {PICTURE}",
        f" {PICTURE}",
        "",
        "EMAIL;PREF;INTERNET:ada@example.com",
        "X-MS-IMADDRESS:ada@chat.example",
        "X-MS-SPOUSE;N:Max",
        "X-MS-MANAGER:Bo",
        "X-MS-ANNIVERSARY:20110113",
        "PHOTO;TYPE=JPEG;ENCODING=BASE64:",
        f" {PICTURE}",
        "",
        'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.example/x" ver="1.0"><img/></card>',
        "REV:20230424T195243Z",
        version="2.1",
    )
    ada = person(found)
    assert found.photo
    assert numbers(ada) == [
        ("(021) 8800-0002", "work"),
        ("0912 000 0001", "mobile"),
        ("021 8800 0009", "callback"),
    ]
    assert ada.note == "First line\n\nSecond: 5 = five"
    assert ada.fields == {
        "department": "Sales",
        "address (work)": "North, 1 Example Rd, Town, County, E1, UK",
        "website (work)": "http://example.com",
        "role": "Buyer",
        "birthday": "1980-03-22",
        "instant messenger": "ada@chat.example",
        "spouse": "Max",
        "manager": "Bo",
        "anniversary": "2011-01-13",
    }


def test_evolution() -> None:
    ada = contact(
        'X-COUCHDB-APPLICATION-ANNOTATIONS:{"Evolution":{"revision":"2012-03-05T13:3',
        ' 2:54Z"}}',
        'X-AIM;TYPE=HOME;X-COUCHDB-UUID="cb9e11fc-bb97-4222-9cd8-99820c1de454":adam',
        " oor@chat.example",
        'TEL;X-EVOLUTION-UI-SLOT=1;X-COUCHDB-UUID="c2fa1caa-2926-4087-8971-609cfc73",',
        ' "x:y";TYPE=WORK,VOICE:021 880',
        " 0 0002",
        "UID:pas-id-1234",
        "N:Moor;Ada;Lou\\, Grace;Ms.;",
        "FN:Ms. Ada Lou\\, Grace Moor",
        "ORG:Example;Sales;Basement",
        "X-EVOLUTION-FILE-AS:Moor\\, Ada",
        "X-EVOLUTION-SPOUSE:Max",
        "X-EVOLUTION-MANAGER:Bo",
        "X-EVOLUTION-ANNIVERSARY:2011-01-13",
        "X-EVOLUTION-BLOG-URL:http://blog.example",
        "X-MOZILLA-HTML:FALSE",
        "CATEGORIES:VIP,Later",
        "ADR;TYPE=HOME:PO 1;;15 Example Drive;Town;County;12345;United",
        "  States",
        "CALURI:http://cal.example",
    )
    assert (ada.name, ada.company, ada.tags) == ("Ada Lou, Grace Moor", "Example", ("VIP", "Later"))
    assert numbers(ada) == [("021 8800 0002", "work")]
    assert ada.fields == {
        "aim (home)": "adamoor@chat.example",
        "department": "Sales, Basement",
        "spouse": "Max",
        "manager": "Bo",
        "anniversary": "2011-01-13",
        "blog": "http://blog.example",
        "address (home)": "PO 1, 15 Example Drive, Town, County, 12345, United States",
        "calendar": "http://cal.example",
        "salutation": "Ms.",
    }


def test_a_list_of_evolution_or_apple_is_no_person() -> None:
    text = card("FN:Team", "X-EVOLUTION-LIST:TRUE") + card(
        "FN:Club", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1"
    )
    text += card("FN:Crew", "KIND:group", "MEMBER:urn:uuid:2", version="4.0") + card(
        "FN:Desk", "KIND:group", "TEL:12345"
    )
    found = records(text)
    assert [(f.code, f.refused, f.params) for f in found[:3]] == [
        ("vcard_group", False, {"name": name}) for name in ("Team", "Club", "Crew")
    ]
    assert person(found[3]).name == "Desk"


def test_lotus_notes() -> None:
    ada = contact(
        "N:Moor;Ada;Adi;Ms.;I",
        "FN:Ms. Moor Ada I Adi",
        "NICKNAME:Adi\\,Lou",
        "TEL;type=CELL;type=VOICE;type=pref:+98 (912) 000-0001",
        "GEO:-2.600000;3.400000",
        "CLASS:Public",
        "PROFILE:VCard",
        "TZ:3:30",
        "LABEL;TYPE=HOME,PARCEL,PREF:Ada Moor\\n1 Example Rd\\, floor 3\\,\\nUK",
        "SORT-STRING:ADA",
        "ROLE:Counting",
        "X-GENERATOR:Some Generator",
        "SOURCE:Whatever",
        "MAILER:Some Mailer",
        "NAME:VCard for Ada",
        "X-LONG-STRING:12345",
        "AGENT;VALUE=uri:CID:somebody@example.com",
    )
    assert ada.fields == {
        "nickname": "Adi,Lou",
        "location": "-2.600000,3.400000",
        "time zone": "3:30",
        "address label (home)": "Ada Moor\n1 Example Rd, floor 3,\nUK",
        "role": "Counting",
        "long string": "12345",
        "salutation": "Ms.",
        "agent": "CID:somebody@example.com",
    }


def test_kde() -> None:
    ada = contact(
        "N:Moor;Ada;;;",
        "FN:Ada Moor",
        "EMAIL;TYPE=PREF:ada@example.com",
        "X-KADDRESSBOOK-CRYPTOPROTOPREF:openpgp/mime",
        "X-KADDRESSBOOK-X-Profession:Buyer",
        "X-KADDRESSBOOK-X-SpouseName:Max",
        "X-KADDRESSBOOK-X-Anniversary:2011-01-13",
        "X-KADDRESSBOOK-BlogFeed:http://blog.example",
        "X-messaging/xmpp-All:ada@jabber.example",
    )
    assert ada.fields["profession"] == "Buyer"
    assert (ada.fields["spouse"], ada.fields["anniversary"]) == ("Max", "2011-01-13")
    assert ada.fields["blog"] == "http://blog.example"
    assert ada.fields["xmpp"] == "ada@jabber.example"
    assert len(ada.fields) == 5


def test_thunderbird() -> None:
    text = "\n\n" + card(
        "FN:Ada Moor", "N:Moor;Ada;;;", "EMAIL;TYPE=INTERNET:ada@example.com", version="2.1", end="\n"
    )
    text += (
        "\n\n"
        + card(
            "EMAIL;PREF=1:bo@example.com",
            "FN:Bo Lim",
            "N:Lim;Bo;;;",
            "CUSTOM1;VALUE=TEXT:blue",
            "X-MOZILLA-HTML;VALUE=BOOLEAN:TRUE",
            "UID:aa-bb",
            "TEL;TYPE=work;VALUE=TEXT:021 8800 0002",
            version="4.0",
            end="\n",
        )
        + "\n\n"
    )
    ada, bo = records(text)
    assert (ada.line, person(ada).name, bo.line) == (3, "Ada Moor", 11)
    assert person(bo).fields == {"custom1": "blue"}
    assert numbers(person(bo)) == [("021 8800 0002", "work")]


def test_nextcloud_and_other_cards_of_version_4() -> None:
    found = one(
        "UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        "FN;PREF=1:Ada Moor",
        "FN;LANGUAGE=fa:آدا مور",
        "N:Moor;Ada;;;",
        'TEL;VALUE=uri;TYPE="voice,work":tel:+44-20-7946-0123;ext=102',
        "TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+98-912-000-0001",
        "TEL;VALUE=uri;TYPE=home:tel:7042;phone-context=+1-914-555",
        "TEL;VALUE=uri:sip:ada@sip.example",
        "TEL:12345",
        "EMAIL;TYPE=home;PREF=2:ada@home.example",
        "EMAIL;PREF=1:mailto:ada@example.com",
        'ADR;TYPE=home;LABEL="1 Example Rd\\nTown":;;;;;;',
        "GENDER:F",
        "BDAY:--0322",
        "ANNIVERSARY:20110113T000000Z",
        "LANG;PREF=1:fa",
        "RELATED;TYPE=friend;VALUE=text:Bo",
        "KIND:individual",
        "GEO:geo:35.6892,51.3890",
        "X-SOCIALPROFILE;TYPE=mastodon:https://example.social/@ada",
        "IMPP:skype:ada.moor",
        "PHOTO;ENCODING=b;TYPE=image/jpeg:" + PICTURE,
        "CLOUD:Ada Moor",
        "REV;VALUE=DATE-AND-OR-TIME:20231124T160000Z",
        version="4.0",
    )
    ada = person(found)
    assert (found.photo, ada.name) == (True, "Ada Moor")
    assert [(p.raw, p.ext, p.label) for p in ada.phones] == [
        ("+98-912-000-0001", "", "mobile"),
        ("+44-20-7946-0123", "102", "work"),
        ("+1-914-5557042", "", "home"),
        ("12345", "", ""),
    ]
    assert addresses(ada) == [("ada@example.com", ""), ("ada@home.example", "home")]
    assert ada.fields == {
        "sip": "ada@sip.example",
        "address (home)": "1 Example Rd\nTown",
        "gender": "F",
        "birthday": "--03-22",
        "anniversary": "2011-01-13",
        "language": "fa",
        "friend": "Bo",
        "location": "35.6892,51.3890",
        "mastodon": "https://example.social/@ada",
        "skype": "ada.moor",
        "cloud": "Ada Moor",
        "other name": "آدا مور",
    }
