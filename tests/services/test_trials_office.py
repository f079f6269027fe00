"""What an office manager in Britain stumbled on: one number in two spellings, calls that nobody owns."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.people_files import read
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import ContactPatch, NewContact, PhoneNumber
from tuicrm.services import agents, calls, contacts, duplicates, exporting, find, merging, telephone
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings

# Ofcom keeps these numbers free for stories, so that phonenumbers calls them not valid.
SPELLINGS = ("07700 900009", "+447700900009", "0044 7700 900 009")
PAIRS = [(one, other) for one in SPELLINGS for other in SPELLINGS if one != other]


@pytest.fixture
def office(tmp_path: Path, clock: FrozenClock) -> Iterator[Crm]:
    settings = Settings(database=str(tmp_path / "crm.db"), agent="ann", zone="Europe/London", region="GB")
    crm = open_crm(settings, via="cli", clock=clock)
    yield crm
    crm.close()


def person(name: str, *numbers: str) -> NewContact:
    return NewContact(name, phones=tuple(map(PhoneNumber, numbers)))


@pytest.mark.parametrize(("kept", "dialled"), PAIRS)
def test_a_number_that_nobody_can_have_yet_is_the_same_in_both_its_spellings(
    office: Crm, kept: str, dialled: str
) -> None:
    made = contacts.add(office, person("Priya Shah", kept))
    assert [row.id for row in find.find(office, dialled)] == [made.id]
    rung = telephone.event(office, "ring", call_id="1", number=dialled, agent="ann")
    assert [row.id for row in rung.matches] == [made.id]
    (twin,) = duplicates.likely(office, person("Someone Else", dialled))
    assert (twin.row.id, twin.why) == (made.id, ("number",))
    report = read(office, f"start,number,direction,duration\n2026-11-20 09:00,{dialled},in,60\n".encode())
    assert report.added == 1
    (call,) = calls.recent(office).rows
    assert call.contact is not None
    assert call.contact.id == made.id


@pytest.mark.parametrize(("kept", "given"), PAIRS)
def test_a_list_gives_nobody_a_number_that_they_have_in_another_spelling(
    office: Crm, kept: str, given: str
) -> None:
    made = contacts.add(office, person("Priya Shah", kept))
    report = read(office, f"name,phone\nPriya Shah,{given}\n".encode())
    assert (report.added, report.updated, report.unchanged) == (0, 0, 1)
    assert [phone.raw for phone in contacts.get(office, made.id).phones] == [kept]
    other = contacts.add(office, person("P. Shah", given))
    assert [(pair.a, pair.b, pair.why[0]) for pair in duplicates.duplicates(office)] == [
        (made.id, other.id, "number")
    ]
    assert [phone.raw for phone in merging.merge(office, made.id, [other.id]).phones] == [kept]


def test_a_number_keeps_its_other_spelling_when_the_contact_is_changed(office: Crm) -> None:
    made = contacts.add(office, person("Priya Shah", "07700 900009"))
    contacts.edit(office, made.id, ContactPatch(company="Shah Ltd"))
    assert [row.id for row in find.find(office, "+447700900009")] == [made.id]


@pytest.mark.parametrize(("kept", "dialled"), [("900009", "07700 900009"), ("07700 900008", "+447700900009")])
def test_a_part_of_a_number_and_another_number_are_not_the_same(office: Crm, kept: str, dialled: str) -> None:
    contacts.add(office, person("Priya Shah", kept))
    assert telephone.event(office, "ring", call_id="1", number=dialled, agent="ann").matches == ()


def log_of(*rows: str) -> bytes:
    return "\n".join(("start,number,direction,duration", *rows, "")).encode()


def test_calls_that_nobody_owns_are_counted_and_each_number_is_named_once(office: Crm) -> None:
    contacts.add(office, person("Priya Shah", "07700 900009"))
    rows = [f"2026-11-20 09:0{n},{number},in,60" for n, number in enumerate(("02079460123", "07700900009"))]
    rows += [f"2026-11-20 10:0{n},+442079460123,out,60" for n in range(3)]
    for dry_run in (True, False):
        report = read(office, log_of(*rows), dry_run=dry_run)
        assert (report.added, report.alone) == (5, 4)
        assert [(row.line, row.code, row.params["number"]) for row in report.remarks] == [
            (2, "call_nobody", "+442079460123")
        ]


def test_a_call_that_is_still_to_come_is_refused_with_its_moment(office: Crm) -> None:
    # the office's clock stands at 06:00
    report = read(office, log_of("2026-11-23 09:33,07700900009,in,60", "2026-11-22 19:00,07700900009,in,60"))
    assert (report.added, [(row.line, row.code) for row in report.refused]) == (1, [(2, "call_future")])
    assert report.refused[0].params["text"].startswith("2026-11-23 09:33")


def test_an_owner_who_is_no_agent_is_a_field_and_told_once(office: Crm) -> None:
    agents.add(office, "tom", name="Tom Reed")
    text = "First Name,Contact owner\nMia,Tom Reed\nEve,Sue Hall\nIan,Sue Hall\nAda,TOM\n"
    for dry_run in (True, False):
        report = read(office, text.encode(), dry_run=dry_run)
        assert [(row.line, row.code, row.params["agent"]) for row in report.remarks] == [
            (3, "import_owner", "Sue Hall")
        ]
    found = [contacts.get(office, row.id) for row in contacts.page(office).rows]
    assert {one.name: (one.owner, dict(one.fields)) for one in found} == {
        "Mia": ("tom", {}),
        "Ada": ("tom", {}),
        "Eve": (None, {"Contact owner": "Sue Hall"}),
        "Ian": (None, {"Contact owner": "Sue Hall"}),
    }
    assert read(office, text.encode()).unchanged == 4


def test_our_own_vcard_tells_nothing_of_fields_that_come_back_as_they_were(office: Crm) -> None:
    contacts.add(office, NewContact("Mia Wright", fields={"Dept code": "4"}))
    card = io.StringIO(newline="")
    exporting.export(office, "contacts", "vcard", card)
    assert "X-TUICRM-FIELD" in card.getvalue()
    assert read(office, card.getvalue().encode()).kept_as_field == {}


@pytest.mark.parametrize("form", ["name,phone\n{name},07700 900009\n", "BEGIN:VCARD\nFN:{name}\nEND:VCARD\n"])
def test_letters_that_were_saved_as_others_make_no_second_person(office: Crm, form: str) -> None:
    contacts.add(office, person("Isla Müller"))
    report = read(office, form.format(name="Isla MÃ¼ller").encode())
    assert (report.added, report.encoding) == (0, "utf-8 in cp1252")
    assert [row.name for row in contacts.page(office).rows] == ["Isla Müller"]


def test_a_column_of_names_with_the_last_one_first_is_turned(office: Crm) -> None:
    contacts.add(office, person("Wei White", "07700 900009"))
    text = 'Name,Phone\n"WHITE, Wei",07700 900009\n"Shah, Priya",07700 900010\nCher,07700 900011\n'
    assert read(office, text.encode()).added == 2
    names = sorted(row.name for row in contacts.page(office).rows)
    assert names == ["Cher", "Priya Shah", "Wei White"]


@pytest.mark.parametrize(
    "names", [("Smith, Inc.", "Brown, Ltd"), ("Mia Wright", "Shah, Priya"), ("Room 4, left", "Room 5, right")]
)
def test_a_comma_in_other_names_stays_where_it_is(office: Crm, names: tuple[str, ...]) -> None:
    rows = [f'"{name}",0770090000{at}' for at, name in enumerate(names)]
    read(office, "\n".join(("Name,Phone", *rows, "")).encode())
    assert sorted(row.name for row in contacts.page(office).rows) == sorted(names)


def test_it_can_be_said_that_names_are_turned(office: Crm) -> None:
    read(office, b'Name,Phone\n"Shah, Priya",07700 900010\n', mapping={"Name": "turned"})
    assert [row.name for row in contacts.page(office).rows] == ["Priya Shah"]


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Title,First Name,Last Name,Suffix", "Ms,Ava,Wright,"),
        ("Salutation,Name,Suffix", "Ms.,Ms. Ava Wright,"),
    ],
)
def test_a_form_of_address_makes_no_other_person(office: Crm, heading: str, row: str) -> None:
    contacts.add(office, person("Ava Wright", "07700 900009"))
    report = read(office, f"{heading},Phone\n{row},07700 900009\n".encode())
    assert (report.added, report.updated) == (0, 1)
    (ava,) = (contacts.get(office, row.id) for row in contacts.page(office).rows)
    assert (ava.name, list(ava.fields.values())) == ("Ava Wright", [row.partition(",")[0]])


def test_a_title_that_is_part_of_a_name_stays_there(office: Crm) -> None:
    read(office, b"Title,First Name,Last Name,Suffix\nDr.,Ava,Wright,\n")
    assert [row.name for row in contacts.page(office).rows] == ["Dr. Ava Wright"]
