"""Contacts as vCard 4.0: as the RFC has it, back again without a loss, and read by another's parser."""

from __future__ import annotations

import io
import string
from typing import Any

import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import LONG
from tests.exchange.cards import person, records, stored, written
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.phone import parse_phone
from tuicrm.domain.safe import tidy
from tuicrm.exchange import vcard_out
from tuicrm.services.contacts import checked

LEILA = NewContact(
    name="لیلا نمونه‌ای",
    company="پمپ نمونه, تهران; شعبه",
    phones=(
        PhoneNumber("0912 000 4567", "+989120004567", "", "mobile"),
        PhoneNumber("021 8877 0011", "+982188770011", "12", "work fax"),
        PhoneNumber("+98 21 8877 0012", "+982188770012", "", "دفتر"),
        PhoneNumber("1234", None, "5", ""),
    ),
    emails=(EmailAddress("leila@example.com", "work"), EmailAddress("l@example.org", 'odd: "one"')),
    tags=("vip", "a, b; c", "ویژه"),
    fields={
        "birthday": "1980-03-22",
        "anniversary": "--12-01",
        "title": "مدیر فروش",
        "website": "https://example.com/a;b; www.example.org",
        "website (work)": "https://example.net",
        "address (home)": "خیابان نمونه\nپلاک ۵, تهران",
        "department": "فروش, شمال",
        'X: "odd"\\^n; name': "one\ntwo \\n, three; four",
        "Birthday": "not the known label",
        "nickname": "لیلی, L",
    },
    note='first line\nC:\\new, "quoted"; ends with \\',
)


def whole(new: NewContact) -> NewContact:
    return checked(
        NewContact(new.name, new.company, new.phones, new.emails, new.tags, new.fields, new.note), "IR"
    )


# --- the form -------------------------------------------------------------------------------------------------


def test_a_card_is_as_the_rfc_has_it() -> None:
    text = written([stored(LEILA, do_not_call=True, owner="sara")])
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[:3] == ["BEGIN:VCARD", "VERSION:4.0", "PRODID:-//tuicrm//vCard//EN"]
    assert lines[3].startswith("UID:urn:uuid:")
    assert lines[4:13] == [
        "REV:20261122T060000Z",
        "FN:لیلا نمونه‌ای",
        "N:نمونه‌ای;لیلا;;;",
        "ORG:پمپ نمونه\\, تهران\\; شعبه;فروش\\, شمال",
        'TEL;VALUE=uri;X-TYPED="0912 000 4567";TYPE=cell;PREF=1:tel:+989120004567',
        'TEL;VALUE=uri;X-TYPED="021 8877 0011";TYPE=work,fax:tel:+982188770011;ext=12',
        'item1.TEL;VALUE=uri;X-TYPED="+98 21 8877 0012":tel:+982188770012',
        "item1.X-ABLabel:دفتر",
        "TEL;VALUE=text;X-EXT=5:1234",
    ]
    assert "X-TUICRM-FIELD;X-LABEL=\"X: ^'odd^'\\^^n; name\":one\\ntwo \\\\n\\, three\\; four" in lines
    assert "BDAY:19800322" in lines
    assert "ANNIVERSARY:--1201" in lines
    assert "ADR;TYPE=home:;;خیابان نمونه\\nپلاک ۵\\, تهران;;;;" in lines
    assert "URL:https://example.com/a;b" in lines
    assert "URL:www.example.org" in lines
    assert lines[-2:] == ["END:VCARD", ""]


def test_lines_have_75_octets_and_no_character_is_cut() -> None:
    text = written([stored(NewContact(name="ن" * 300, note="é😀" * 200 + "\n" + "x" * 400))])
    assert "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert max(len(line.encode()) for line in lines) >= 74
    assert "FN:" + "ن" * 300 in text.replace("\r\n ", "")


def test_the_uid_of_a_contact_stays_and_is_its_own() -> None:
    uids = [
        [line for line in written([stored(LEILA, number)]).split("\r\n") if line.startswith("UID")]
        for number in (1, 1, 2)
    ]
    assert uids[0] == uids[1] != uids[2]


def test_writing_says_how_many() -> None:
    assert vcard_out.write(io.StringIO(newline=""), [stored(LEILA), stored(LEILA, 2)]) == 2
    assert vcard_out.write(io.StringIO(newline=""), []) == 0


# --- back again -----------------------------------------------------------------------------------------------


def test_everything_of_a_contact_comes_back() -> None:
    text = written([stored(LEILA, do_not_call=True, owner="sara")])
    assert "\r\nUID:urn:uuid:" in text
    (back,) = records(text)
    found = person(back)
    assert [(p.raw, p.ext, p.label) for p in found.phones] == [(p.raw, p.ext, p.label) for p in LEILA.phones]
    assert whole(found) == whole(LEILA)
    assert (back.owner, back.do_not_call) == ("sara", True)


def test_who_has_no_name_has_none_when_read_again() -> None:
    nameless = NewContact(company="Acme", phones=(PhoneNumber("+442079460123", "+442079460123"),))
    text = written([stored(nameless)])
    assert "FN;DERIVED=true:+442079460123" in text
    assert whole(person(records(text)[0])) == whole(nameless)


_LINE = st.text(st.characters(exclude_categories=("Cs", "Co", "Cn")), max_size=30).map(
    lambda text: " ".join(tidy(text).split())
)
_LINES = st.text(
    st.one_of(st.characters(exclude_categories=("Cs", "Co", "Cn")), st.sampled_from("\\,;:\n\"^=' \tn")),
    max_size=150,
).map(lambda text: tidy(text, multiline=True).strip())
_LABELS = st.one_of(
    st.sampled_from(
        ["", "home", "work", "mobile", "work fax", "fax work", "pref", "_$!<Mobile>!$_", "GRAND_CENTRAL"]
    ),
    _LINE,
)
_NUMBERS = st.sampled_from(
    [
        "0912 345 6789",
        "+98 21 8877 6655",
        "021-88776655 داخلی 12",
        "+44 20 7946 0123 x7",
        "12345",
        "۰۹۳۵۱۲۳۴۵۶۷",
        "1",
        "x5",
    ]
)
_PHONES = st.builds(
    lambda raw, label: PhoneNumber(raw, parse_phone(raw, "IR").e164, parse_phone(raw, "IR").ext, label),
    _NUMBERS,
    _LABELS,
)
_EMAILS = st.builds(
    lambda name, label: EmailAddress(f"{name}@example.com", label),
    st.text(string.ascii_letters + "'+=;,\\\"<", min_size=1, max_size=10),
    _LABELS,
)
_FIELD_NAMES = st.one_of(
    _LINE.filter(bool),
    st.sampled_from(
        [
            *(
                "birthday",
                "anniversary",
                "title",
                "role",
                "nickname",
                "website",
                "website (home)",
                "website (other)",
            ),
            *("address", "address (work)", "department", "note", 'a: b; c="d"', "^n^'"),
        ]
    ),
)
_FIELD_VALUES = st.one_of(
    _LINES.filter(bool),
    _LINE.filter(bool),
    st.sampled_from(
        ["1980-03-22", "--03-22", "19800322", "1980", "a; b", "a; ; b", ", a", "a,", "http://x.y/z", "\\"]
    ),
)
CONTACTS = st.builds(
    NewContact,
    name=_LINE,
    company=_LINE,
    phones=st.lists(_PHONES, max_size=4).map(tuple),
    emails=st.lists(_EMAILS, max_size=3).map(tuple),
    tags=st.lists(_LINE.filter(lambda tag: tag.strip("# ") != ""), max_size=4).map(tuple),
    fields=st.dictionaries(_FIELD_NAMES, _FIELD_VALUES, max_size=5),
    note=_LINES,
).filter(lambda new: bool(new.name or new.phones))


@settings(max_examples=10_000 if LONG else 300, deadline=None, suppress_health_check=list(HealthCheck))
@given(CONTACTS, st.booleans(), st.sampled_from([None, "sara"]), st.sampled_from([None, 1, 90, 3650]))
def test_any_contact_comes_back_as_it_was(
    new: NewContact, barred: bool, owner: str | None, every: int | None
) -> None:
    new = whole(new)
    (back,) = records(written([stored(new, do_not_call=barred, owner=owner, cadence_days=every)]))
    assert back.cadence_days == every
    assert whole(person(back)) == new
    assert [p.raw for p in person(back).phones] == [p.raw for p in new.phones]
    assert (back.owner, bool(back.do_not_call)) == (owner, barred)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(CONTACTS, max_size=4))
def test_several_contacts_come_back_each_by_itself(news: list[NewContact]) -> None:
    news = [whole(new) for new in news]
    text = written(stored(new, number) for number, new in enumerate(news, start=1))
    if news:
        assert [whole(person(back)) for back in records(text)] == news


# --- read by another ------------------------------------------------------------------------------------------


def _seen(text: str) -> list[dict[str, Any]]:
    """What vobject sees in the cards: names, numbers, addresses, notes, tags."""
    seen = []
    for each in vobject.readComponents(text):
        found = {name: [line.value for line in lines] for name, lines in each.contents.items()}
        parted = [" ".join(filter(None, (n.given, n.family))) for n in found.get("n", ())]
        seen.append(
            {
                "name": found["fn"] if parted else [""],
                "parted": parted or [""],
                "company": [org[0] for org in found.get("org", ())] or [""],
                "numbers": [tel.removeprefix("tel:").partition(";")[0] for tel in found.get("tel", ())],
                "addresses": found.get("email", []),
                "note": found.get("note", [""]),
                "tags": found.get("categories", [[]]),
            }
        )
    return seen


def _meant(new: NewContact) -> dict[str, Any]:
    return {
        "name": [new.name],
        "parted": [new.name],
        "company": [new.company],
        "numbers": [phone.e164 or phone.raw for phone in new.phones],
        "addresses": [email.address for email in new.emails],
        "note": [new.note],
        "tags": [list(new.tags)],
    }


def test_another_parser_sees_the_same() -> None:
    assert _seen(written([stored(whole(LEILA)), stored(whole(LEILA), 2)])) == [_meant(LEILA), _meant(LEILA)]
    (found,) = vobject.readComponents(written([stored(LEILA)]))
    assert found.adr.value.street == LEILA.fields["address (home)"]
    assert [line.value for line in found.url_list] == [
        *LEILA.fields["website"].split("; "),
        LEILA.fields["website (work)"],
    ]
    assert (found.title.value, found.bday.value) == (LEILA.fields["title"], "19800322")


@settings(max_examples=3_000 if LONG else 100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(CONTACTS, min_size=1, max_size=3))
def test_another_parser_sees_the_same_of_any_contacts(news: list[NewContact]) -> None:
    news = [whole(new) for new in news]
    text = written(stored(new, number) for number, new in enumerate(news, start=1))
    assert _seen(text) == [_meant(new) for new in news]
