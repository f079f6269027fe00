"""Every number of the table in a real database, found by its ends: ``tests/domain/tables/phones.tsv``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.prepared import put_company
from tests.tables import read
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import contacts, duplicates, find
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings

ROWS = [
    (written, region, e164.split(), ext, ends) for written, region, e164, ext, _, ends in read("phones", 6)
]
SCRIPTS = tuple(str.maketrans("0123456789", digits) for digits in ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"))
OTHERS = ("0919 000 0001", "+44 20 7000 0002", "٠٢١-٢٢٢٢٠٠٠٣", "2345")

OpenIn = Callable[[str], Crm]


@pytest.fixture
def open_in(tmp_path: Path, clock: FrozenClock) -> Iterator[OpenIn]:
    """Opens the test's database for an agent of a region, other people in it."""
    opened: list[Crm] = []

    def open_one(region: str) -> Crm:
        settings = Settings(
            database=str(tmp_path / "crm.db"), agent="sara", zone="Asia/Tehran", region=region
        )
        put_company(settings, via="cli", clock=clock)
        crm = open_crm(settings, via="cli", clock=clock)
        opened.append(crm)
        for number in OTHERS:
            contacts.add(crm, NewContact(name=f"Other {number}", phones=(PhoneNumber(number),)))
        return crm

    yield open_one
    for crm in opened:
        crm.close()


@pytest.mark.parametrize(("written", "region", "e164", "ext", "ends"), ROWS)
def test_it_is_stored_as_typed_and_found_by_its_last_digits_in_any_script(
    open_in: OpenIn, written: str, region: str, e164: list[str], ext: str, ends: str
) -> None:
    crm = open_in(region)
    made = contacts.add(crm, NewContact(name="رضا احمدی", phones=(PhoneNumber(written),)))
    assert [(phone.e164 or "", phone.ext) for phone in made.phones] == [(one, ext) for one in e164 or [""]]
    for whole in [number.lstrip("+") for number in e164] or [ends]:
        for last in (4, 7, len(whole)):
            for script in SCRIPTS:
                typed = whole[-last:].translate(script)
                assert [row.id for row in find.find(crm, typed)] == [made.id], typed


@pytest.mark.parametrize(("written", "region", "e164", "ext", "ends"), [row for row in ROWS if row[2]])
def test_a_double_and_the_caller_are_known_by_the_number(
    open_in: OpenIn, written: str, region: str, e164: list[str], ext: str, ends: str
) -> None:
    del ends
    crm = open_in(region)
    made = contacts.add(crm, NewContact(name="رضا احمدی", phones=(PhoneNumber(written),)))
    for number in e164:
        assert [row.id for row in find.by_number(crm, number)] == [made.id]
        new = NewContact(name="Somebody", phones=(PhoneNumber(number),))
        # a company's line is nobody's extension
        known = [] if ext else [(made.id, ("number",))]
        assert [(one.row.id, one.why) for one in duplicates.likely(crm, new)] == known
