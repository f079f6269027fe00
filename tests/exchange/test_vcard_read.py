"""What becomes of a card's properties, and what is said of a broken one."""

from __future__ import annotations

import pytest

from tests.exchange.cards import card, contact, one, people, person, records
from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import NewContact
from tuicrm.exchange import vcard
from tuicrm.exchange.vcard_fields import NOISE
from tuicrm.messages import MESSAGES

Said = list[tuple[int, str]]


def said(text: str | bytes) -> tuple[list[str], Said]:
    """Names of the contacts, and what is refused or skipped by line and code."""
    found = records(text)
    for each in found:
        assert not each.code or MESSAGES[each.code].format(**each.params)
    return [each.contact.name for each in found if each.contact], [(f.line, f.code) for f in found if f.code]


# --- names ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN:Ada Moor", "N:Moor;Ada;;;"], "Ada Moor"),
        (["N:Moor;Ada;Grace,Lou;Dr.;Jr."], "Dr. Ada Grace Lou Moor Jr."),
        (["FN:", "N:Moor;Ada"], "Ada Moor"),
        (["FN: ", "N:;;;;", "NICKNAME:Adi", "ORG:Example"], "Adi"),
        (["N:;Ada"], "Ada"),
        (["N:مور;آدا"], "آدا مور"),
        (["N:山田;花子"], "山田 花子"),
        (["ORG:Example Ltd.;Sales", "TEL:12345"], "Example Ltd."),
        (["EMAIL:ada@example.com"], "ada@example.com"),
        (["TEL:12345"], ""),
        (["FN:Moor\\, Ada"], "Moor, Ada"),
        (["FN:Ada\\nMoor"], "Ada Moor"),
    ],
)
def test_the_name_is_the_best_there_is(lines: list[str], name: str) -> None:
    assert contact(*lines, "TEL:12345" if "TEL:12345" not in lines else "X-A:").name == name


def test_a_comma_parts_no_name_in_version_21() -> None:
    assert contact("N:Moor;Ada,Lou", version="2.1").name == "Ada,Lou Moor"


def test_a_name_in_parts_that_says_more_is_kept() -> None:
    assert contact("FN:Ada Moor", "N:Moor;Ada;Grace;;").fields == {"full name": "Ada Grace Moor"}
    assert contact("FN:Ada Moor", "N:MOOR;ada;;;").fields == {}
    assert contact("N:Moor;Ada", "N:Moor;Adi", "N:Moor;Ada").fields == {"other name": "Adi Moor"}


def test_a_company_names_the_contact_that_has_no_other_name() -> None:
    found = contact("ORG:Example Ltd.;Sales;North", "TEL:12345")
    assert (found.name, found.company, found.fields) == (
        "Example Ltd.",
        "Example Ltd.",
        {"department": "Sales, North"},
    )


def test_a_semicolon_of_a_department_is_escaped_in_every_version() -> None:
    for version in ("2.1", "3.0", "4.0"):
        found = contact("FN:x", "ORG:Example Ltd.;Sales\\;North;Desk", version=version)
        assert (found.company, found.fields) == ("Example Ltd.", {"department": "Sales;North, Desk"})


def test_several_companies_are_all_kept() -> None:
    found = contact("FN:Ada", "ORG:One", "ORG:Two", "ORG:One")
    assert (found.company, found.fields) == ("One", {"other company": "Two"})


# --- numbers and addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "label"),
    [
        (";TYPE=CELL", "mobile"),
        (";TYPE=work,voice,pref", "work"),
        (';TYPE="work,fax"', "work fax"),
        (";TYPE=HOME,TYPE=VOICE", "home"),
        (";type=HOME;type=FAX", "home fax"),
        (";FAX;WORK", "work fax"),
        (";TYPE=x-Boiler-Room", "boiler room"),
        (";TYPE=OTHER", "other"),
        (";VOICE", ""),
        ("", ""),
    ],
)
def test_types_become_a_label(params: str, label: str) -> None:
    assert contact(f"TEL{params}:12345").phones[0].label == label


def test_the_preferred_number_and_address_come_first() -> None:
    found = contact(
        "FN:x",
        "TEL:11111",
        "TEL;TYPE=pref:22222",
        "TEL;PREF=1:33333",
        "TEL;PREF=50:44444",
        "TEL;PREF=x:55555",
        "EMAIL:a@b.c",
        "EMAIL;PREF:d@e.f",
    )
    assert [p.raw for p in found.phones] == ["22222", "33333", "44444", "11111", "55555"]
    assert [e.address for e in found.emails] == ["d@e.f", "a@b.c"]


def test_one_number_in_two_spellings_is_one() -> None:
    found = contact(
        "FN:x", "TEL:+989120000001", "TEL;CELL:0912 000 0001", "TEL;WORK:0912-000-0001", "TEL:021 88000001"
    )
    assert [(p.raw, p.label) for p in found.phones] == [
        ("+989120000001", "mobile"),
        ("0912-000-0001", "work"),
        ("021 88000001", ""),
    ]
    found = contact("FN:x", "TEL:02188000001,5", "TEL:02188000001,6", "EMAIL:A@b.c", "EMAIL;HOME:a@B.c")
    assert [p.raw for p in found.phones] == ["02188000001,5", "02188000001,6"]
    assert [(e.address, e.label) for e in found.emails] == [("A@b.c", "home")]


@pytest.mark.parametrize(
    ("lines", "name", "said"),
    [
        (("FN:Ms Ava Wright", "N:Wright;Ava;;Ms;"), "Ava Wright", "Ms"),
        (("FN:Mr. Ben Hill", "N:Hill;Ben;;;"), "Ben Hill", "Mr."),
        (("FN:آقای امید راد", "N:راد;امید;;;"), "امید راد", "آقای"),
        (("N:Größl;Jürgen;;Herr;",), "Jürgen Größl", "Herr"),
        (("FN:Dr. Ada Moor", "N:Moor;Ada;;Dr.;"), "Dr. Ada Moor", ""),
        (("FN:Ms Pac-Man",), "Ms Pac-Man", ""),
        (("FN:Madam Tussaud Museum", "N:Museum;Tussaud;Madam;;"), "Madam Tussaud Museum", ""),
        (("FN:Sir", "N:;;;Sir;"), "Sir", ""),
    ],
)
def test_a_form_of_address_makes_no_other_person(lines: tuple[str, ...], name: str, said: str) -> None:
    found = contact(*lines)
    assert (found.name, dict(found.fields)) == (name, {"salutation": said} if said else {})


def test_what_is_no_number_or_address_is_a_field() -> None:
    found = one(
        "FN:x",
        "TEL;WORK:ask Bo",
        "TEL:sip:bo@sip.example",
        "EMAIL:Bo at home",
        'EMAIL:"Ada" <ada@example.com>',
    )
    assert person(found).fields == {"phone (work)": "ask Bo", "sip": "bo@sip.example", "email": "Bo at home"}
    assert [e.address for e in person(found).emails] == ["ada@example.com"]
    assert found.kept == ("phone (work)", "sip", "email")


def test_numbers_and_addresses_are_taken_out_of_what_surrounds_them() -> None:
    found = contact(
        "FN:x", "TEL:callto:+98912", "TEL:tel:%2B98913", "EMAIL:a@b.c; d@e.f", "EMAIL:mailto:g@h.i"
    )
    assert [p.raw for p in found.phones] == ["callto:+98912", "+98913"]
    assert [e.address for e in found.emails] == ["a@b.c", "d@e.f", "g@h.i"]


def test_an_address_in_angles_may_be_folded() -> None:
    assert (
        contact("N:;Ada", 'EMAIL;INTERNET:"Ada"', "  <ada@example.com>", version="2.1").emails[0].address
        == "ada@example.com"
    )


def test_a_group_gives_the_label_wherever_it_stands() -> None:
    found = contact(
        "FN:x", "a.X-ABLabel:Boiler", "A.TEL;WORK:12345", "b.EMAIL:a@b.c", "b.X-ABLABEL:_$!<Work>!$_"
    )
    assert (found.phones[0].label, found.emails[0].label) == ("Boiler", "work")


# --- text -----------------------------------------------------------------------------------------------------


def test_escapes_are_undone() -> None:
    assert contact("FN:x", r"NOTE:a\, b\; c\\ d\ne\Nf\:g \"h\" \x").note == 'a, b; c\\ d\ne\nf:g "h" \\x'
    assert contact("FN:x", r"NOTE:a\nb C\:x", version="2.1").note == "a\nb C:x"
    assert contact("FN:x", r"NOTE:in C:\new\table", version="2.1").note == r"in C:\new\table"


def test_notes_are_joined_and_none_is_there_twice() -> None:
    assert contact("FN:x", "NOTE:a\\nb", "NOTE:c", "NOTE:c", "NOTE:").note == "a\nb\nc"


def test_categories_are_tags() -> None:
    assert contact("FN:x", "CATEGORIES:a,b\\, c,,a").tags == ("a", "b, c")
    assert contact("FN:x", "CATEGORIES:a;b", version="2.1").tags == ("a", "b")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("BDAY:1980-03-22", "1980-03-22"),
        ("BDAY:19800322", "1980-03-22"),
        ("BDAY;VALUE=DATE:19800322", "1980-03-22"),
        ("BDAY:1980-03-22T00:00:00Z", "1980-03-22"),
        ("BDAY:1980-03-22T", "1980-03-22"),
        ("BDAY:--0322", "--03-22"),
        ("BDAY:--03-22", "--03-22"),
        ("BDAY:1980", "1980"),
        ("BDAY:1980-03-22T10:15:00Z", "1980-03-22T10:15:00Z"),
        ("BDAY;VALUE=text:19800322", "19800322"),
        ("BDAY:۱۳۵۹/۱/۲", "۱۳۵۹/۱/۲"),
    ],
)
def test_days_are_written_one_way(line: str, text: str) -> None:
    assert contact("FN:x", line).fields == {"birthday": text}


def test_addresses_of_one_place_are_under_one_label() -> None:
    found = contact(
        "FN:x", "ADR;HOME:;;1 A;B;;2;C", "ADR;HOME:;;3 D", "ADR:;;;;;;", "ADR;TYPE=dom,intl:;;4 E;;;;"
    )
    assert found.fields == {"address (home)": "1 A, B, 2, C\n3 D", "address": "4 E"}


def test_an_envelope_that_says_the_same_is_not_kept() -> None:
    found = contact(
        "FN:x", "ADR;HOME:;;1 A Street;Town;;2;C", "LABEL;HOME:1 A Street\\nTown 2", "item1.X-ABADR:us"
    )
    assert found.fields == {"address (home)": "1 A Street, Town, 2, C"}


def test_values_of_one_label_are_joined_and_none_is_there_twice() -> None:
    assert contact("FN:x", "URL:a.example", "URL:b.example", "URL:a.example").fields == {
        "website": "a.example; b.example"
    }


def test_what_nobody_knows_is_kept_by_its_name() -> None:
    found = one("FN:x", "X-FAVOURITE-COLOUR;TYPE=work:blue", "SPIRIT:high", "X-EMPTY:")
    assert person(found).fields == {"favourite colour (work)": "blue", "spirit": "high"}
    assert found.kept == ("favourite colour (work)", "spirit")


def test_noise_is_left_out() -> None:
    lines = [f"{name}:some value" for name in sorted(NOISE - {"BEGIN", "END", "VERSION"})]
    found = one("FN:x", *lines)
    assert (person(found), found.kept) == (NewContact(name="x"), ())


# --- cards within cards ---------------------------------------------------------------------------------------

INNER = ["BEGIN:VCARD", "VERSION:3.0", "FN:Bo Lim", "TEL:55555", "EMAIL:bo@example.com", "END:VCARD"]


@pytest.mark.parametrize(
    "agent",
    [
        ["AGENT:", *INNER],
        ["AGENT:BEGIN:VCARD", *INNER[1:]],
        ["AGENT:BEGIN:VCARD", *(f" {line}" for line in INNER[1:])],
        ["AGENT:" + "\\n".join(INNER) + "\\n"],
        ["AGENT:" + "\\n".join(INNER)[:60], " " + "\\n".join(INNER)[60:]],
        ["AGENT:", *INNER[:5], "AGENT:", *INNER, "END:VCARD"],
    ],
    ids=["below", "on the line", "indented", "escaped", "escaped and folded", "with an agent of its own"],
)
def test_an_agent_is_a_field_of_the_card(agent: list[str]) -> None:
    text = card("FN:Ada", *agent, "TEL:12345") + card("FN:Cy")
    ada, cy = people(text)
    assert (ada.name, [p.raw for p in ada.phones], cy.name) == ("Ada", ["12345"], "Cy")
    assert ada.fields == {"agent": "Bo Lim, 55555, bo@example.com"}


# --- what is broken -------------------------------------------------------------------------------------------


def test_a_card_without_end_is_refused_by_its_line_and_the_others_go_in() -> None:
    text = card("FN:Ada") + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo\r\n" + card("FN:Cy")
    assert said(text) == (["Ada", "Cy"], [(5, "vcard_no_end")])
    assert said(card("FN:Ada") + "BEGIN:VCARD\nFN:Bo") == (["Ada"], [(5, "vcard_no_end")])


def test_an_end_without_beginning_is_refused_by_its_line() -> None:
    text = card("FN:Ada") + "END:VCARD\r\n" + card("FN:Cy") + "\nVERSION:3.0\nFN:Bo\nEND:VCARD\n"
    assert said(text) == (["Ada", "Cy"], [(5, "vcard_no_begin"), (11, "vcard_no_begin")])


def test_what_stands_outside_of_cards_is_refused_once_by_its_first_line() -> None:
    text = "Content-Type: text/x-vcard\nmore\n\n" + card("FN:Ada") + "loose\nTEL:1\n" + card("FN:Bo") + "tail"
    assert said(text) == (
        ["Ada", "Bo"],
        [(1, "vcard_outside"), (8, "vcard_outside"), (14, "vcard_outside")],
    )


def test_a_line_that_is_no_property_is_refused_and_the_card_goes_in() -> None:
    found = records(card("FN:Ada", "what is this", "TEL:12345", "and this?", " folded"))
    assert person(found[0]).phones[0].raw == "12345"
    assert [(f.line, f.code, f.params) for f in found[1:]] == [
        (4, "vcard_line", {"text": "what is this"}),
        (6, "vcard_line", {"text": "and this?"}),
    ]


def test_a_piece_of_a_picture_is_not_taken_for_a_note() -> None:
    found = records(card("FN:Ada", "NOTE:text", "A" * 74, "TEL:12345"))
    assert (person(found[0]).note, found[1].line, found[1].code) == ("text", 5, "vcard_line")


def test_a_web_address_on_a_line_is_no_property() -> None:
    assert contact("FN:x", "NOTE:see", "http://example.com/a", "TEL:1").note == "see\nhttp://example.com/a"


def test_a_card_with_neither_name_nor_number_is_refused() -> None:
    assert said(card("NOTE:nobody") + card("FN:Ada") + card()) == (
        ["Ada"],
        [(1, "contact_empty"), (9, "contact_empty")],
    )


def test_a_card_of_thousands_of_lines_is_refused() -> None:
    text = card("FN:Ada", *["X-A:1"] * 6_000) + card("FN:Bo")
    assert said(text) == (["Bo"], [(1, "vcard_too_long")])


def test_cards_that_never_end_are_each_refused() -> None:
    names, codes = said("BEGIN:VCARD\n" * 3_000 + "AGENT:\nBEGIN:VCARD\n" * 3_000)
    assert (names, len(codes), {code for _, code in codes}) == ([], 3_000, {"vcard_no_end"})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\r\n \n", "file_empty"),
        (b"name,phone\nAda,12345\n", "vcard_none"),
        (b"END:VCARD\n", "vcard_none"),
        (bytes(range(256)) * 50, "vcard_none"),
    ],
)
def test_a_file_without_a_card_is_refused_at_once(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        vcard.read(data, "people.vcf", "IR")
    assert (refused.value.code, refused.value.params) == (code, {"file": "people.vcf"})
