"""Names and notes made to break readers: out in every form, read by other programs' parsers, and back in."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import LONG
from tests.services.test_everything import company
from tests.services.test_round_trips import everybody, exported, whole
from tuicrm.domain.models import Contact, EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.record import replace
from tuicrm.exchange.csv_columns import OWN_COLUMNS
from tuicrm.exchange.csv_guard import unguarded
from tuicrm.services import contacts, promises, transfer
from tuicrm.services.context import Crm

HOSTILE = settings(
    max_examples=400 if LONG else 12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
SIGNS = (
    *("\u202e", "\u2066", "\u200f", "\u200c", "\u061c", "\x1b[2J", "\x9b", "\0", "\x07", "\x7f", "\ufeff"),
    *(
        "\r\n",
        "\n",
        "\r",
        "\t",
        "\x85",
        "\u2028",
        "\v",
        "\f",
        ";",
        ",",
        ":",
        "\\",
        "\\n",
        "\\,",
        '"',
        "'",
        "=",
    ),
    *("=1+1", "+44", "-", "@x", "'=", "BEGIN:VCARD", "END:VCARD", "END:VCALENDAR", "{", "]", "</a>", "&amp;"),
    *(
        "😀",
        "👩‍👩‍👧",
        "é",
        "e\u0301",
        "ویلا",
        "نام‌خانوادگی",
        "氏名",
        "\ud800",
        "\U0010ffff",
        "::: ",
        "; ",
        "/",
        "|",
    ),
)
TEXT = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), min_size=1, max_size=12).map("".join)
# our own CSV takes ="..." for the way in which a spreadsheet writes text
NAME = TEXT.map(lambda text: f"x{text}y"[:300])
LONG_TEXT = st.builds(lambda text, many: (text * many)[:10_000], TEXT, st.sampled_from((1, 40, 10_000)))
PEOPLE = st.lists(
    st.builds(
        NewContact,
        name=NAME,
        company=st.just("") | NAME,
        phones=st.lists(st.integers(0, 9_999_999), max_size=2, unique=True).map(
            lambda found: tuple(PhoneNumber(f"0912 {n:07d}") for n in found)
        ),
        emails=st.lists(st.integers(0, 999), max_size=2, unique=True).map(
            lambda found: tuple(EmailAddress(f"p{n}@example.com") for n in found)
        ),
        # a semicolon parts tags in CSV, a number sign before one is not part of it
        tags=st.lists(NAME.filter(lambda text: not set(text) & set(";,،|\n:")), max_size=2).map(tuple),
        fields=st.dictionaries(NAME.map("Own {}".format), LONG_TEXT.map("v{}".format), max_size=2),
        note=LONG_TEXT.map("n{}".format),
    ),
    min_size=1,
    max_size=3,
).map(lambda people: [replace(each, name=f"{place}{each.name}") for place, each in enumerate(people)])
"""Nobody is like another one: two of one name would come back as one."""


def filled(crm: Crm, people: list[NewContact]) -> list[Contact]:
    for each in people:
        contacts.add(crm, each)
    return everybody(crm)


def cells(it: Contact) -> dict[str, str]:
    """A contact's own columns in our CSV."""
    return {
        "name": it.name,
        "company": it.company,
        "phones": "; ".join(phone.raw for phone in it.phones),
        "emails": "; ".join(email.address for email in it.emails),
        "tags": "; ".join(it.tags),
        "note": it.note,
        **it.fields,
    }


@given(people=PEOPLE)
@HOSTILE
def test_the_csv_of_python_reads_every_cell(people: list[NewContact]) -> None:
    with company() as crm:
        kept = filled(crm, people)
        raw = exported(crm, "contacts", "csv", raw=True).decode()
        safe = exported(crm, "contacts", "csv").decode("utf-8-sig")
        for text, plain in ((raw, str), (safe, unguarded)):
            rows = list(csv.DictReader(io.StringIO(text, newline="")))
            read = [{plain(key): plain(cell) for key, cell in row.items()} for row in rows]
            seen = sorted(read, key=lambda row: row["name"])
            assert len(seen) == len(kept)
            for row, it in zip(seen, sorted(kept, key=lambda each: each.name), strict=True):
                filled_cells = {key: cell for key, cell in row.items() if cell}
                mine = {key: cell for key, cell in cells(it).items() if cell}
                assert {key: filled_cells.get(key) for key in mine} == mine
                assert set(filled_cells) <= {*mine, *OWN_COLUMNS}


@given(people=PEOPLE)
@HOSTILE
def test_json_has_every_value(people: list[NewContact]) -> None:
    with company() as crm:
        kept = filled(crm, people)
        found = sorted(json.loads(exported(crm, "contacts", "json")), key=lambda each: str(each["name"]))
        assert [(each["name"], each["company"], each["note"], each["fields"]) for each in found] == [
            (it.name, it.company, it.note, dict(it.fields)) for it in kept
        ]
        assert [[phone["raw"] for phone in each["phones"]] for each in found] == [
            [phone.raw for phone in it.phones] for it in kept
        ]
        everything = json.loads(exported(crm, "all", "json"))
        assert {row["name"] for row in everything["tables"]["contact"]} == {it.name for it in kept}


@given(people=PEOPLE)
@HOSTILE
def test_vobject_reads_every_card(people: list[NewContact]) -> None:
    with company() as crm:
        kept = filled(crm, people)
        seen = list(vobject.readComponents(exported(crm, "contacts", "vcard").decode()))
        assert sorted(map(_seen, seen), key=str) == sorted(map(_meant, kept), key=str)


def _seen(card: Any) -> tuple[Any, ...]:
    found = {name: [line.value for line in lines] for name, lines in card.contents.items()}
    numbers = [tel.removeprefix("tel:").partition(";")[0] for tel in found.get("tel", ())]
    tags = [tag for tags in found.get("categories", ()) for tag in tags]
    return found["fn"], numbers, found.get("email", []), found.get("note", [""]), tags


def _meant(it: Contact) -> tuple[Any, ...]:
    numbers = [phone.e164 or phone.raw for phone in it.phones]
    return [it.name], numbers, [email.address for email in it.emails], [it.note], list(it.tags)


@pytest.mark.parametrize(("form", "raw"), [("csv", True), ("csv", False), ("json", False), ("vcard", False)])
@given(people=PEOPLE)
@example(people=[NewContact("x" * 400, note="ن" * 10_000, fields={"Own": "\\;,:\n" * 2_000})])
@HOSTILE
def test_every_form_comes_back(form: str, raw: bool, people: list[NewContact]) -> None:
    with company() as crm, company() as new:
        kept = filled(crm, people)
        data = exported(crm, "contacts", form, raw=raw)
        report = transfer.import_file(new, io.BytesIO(data))
        assert (report.format, report.refused, report.skipped, report.damaged) == (form, (), (), 0)
        assert [whole(each) for each in everybody(new)] == [whole(each) for each in kept]
        again = transfer.import_file(new, io.BytesIO(data))
        assert (again.added, again.updated) == (0, 0)


@given(name=NAME, reason=TEXT)
@HOSTILE
def test_icalendar_reads_every_task_and_it_comes_back(name: str, reason: str) -> None:
    number = (PhoneNumber("0912 000 4567"),)
    with company() as crm, company() as new:
        for one in (crm, new):
            contacts.add(one, NewContact(name, phones=number))
        made = promises.add(crm, 1, "2026-12-01", reason[:200])
        data = exported(crm, "followups", "ics")
        (task,) = icalendar.Calendar.from_ical(data).walk("VTODO")
        contact = contacts.get(crm, 1)
        title = f"{contact.name}: {made.reason}" if made.reason else contact.name
        assert str(task["summary"]) == title
        assert str(task["contact"]) == contact.name
        assert task.decoded("due") == date(2026, 12, 1)
        report = transfer.import_file(new, io.BytesIO(data))
        assert (report.added, report.refused, report.skipped) == (1, (), ())
        back = promises.get(new, 1)
        assert (back.reason, back.due) == (made.reason, made.due)
