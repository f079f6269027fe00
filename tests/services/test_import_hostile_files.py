"""Spoiled files through the whole of an import: the database stays sound, nothing is half, the counts add up."""

from __future__ import annotations

from typing import Final

import pytest

from tests.conftest import LONG
from tests.exchange.hostile_mutations import mutated
from tests.exchange.hostile_seeds import SEEDS
from tests.services.people_files import ask, read, sound, value
from tuicrm.domain.errors import Invalid
from tuicrm.services import history
from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.services.importing import ImportReport

FILES: Final = 300 if LONG else 60
SHARES: Final = 6
_FIRST: Final = 100_000
"""Far behind the files that the readers are tried on."""
_REFUSALS: Final = (
    "import_nothing",
    "import_format",
    "file_empty",
    "file_binary",
    "vcard_none",
    "json_bad",
    "json_not_contacts",
    "csv_no_name",
    "ics_none",
    "call_none",
)


def _counts(crm: Crm) -> tuple[int, ...]:
    """Rows of everything that an import makes."""
    tables = ("contact", "interaction", "follow_up", "action", "import_batch")
    return tuple(value(crm, f"SELECT count(*) FROM {table}") for table in tables)


def _import(crm: Crm, data: bytes) -> ImportReport | None:
    """What an import says; None when it refuses the file, of which then nothing is in."""
    before = _counts(crm)
    refused = ""
    try:
        report = read(crm, data)
    except Invalid as error:
        refused = error.code
    if refused:
        assert refused in _REFUSALS
        assert _counts(crm) == before
        return None
    left_out = len(report.skipped) + len(report.refused)
    assert report.read == report.added + report.updated + report.unchanged + left_out
    made = [after - earlier for after, earlier in zip(_counts(crm), before, strict=True)]
    assert sum(made[:3]) >= report.added
    assert made[3:] == [1, 1] or not (report.added or report.updated)
    return report


def _living(crm: Crm) -> list[tuple[object, ...]]:
    return ask(
        crm,
        "SELECT c.id, name, company, note, fields, words, group_concat(p.raw || p.label) FROM contact AS c"
        " LEFT JOIN phone AS p ON p.contact_id = c.id WHERE deleted_at IS NULL GROUP BY c.id ORDER BY c.id",
    )


@pytest.mark.parametrize("share", range(SHARES))
def test_spoiled_files_leave_the_database_sound(crm: Crm, share: int) -> None:
    """Again, each adds nothing; taken back, everything is as it was."""
    ensure_self(crm)
    forms = list(SEEDS)
    taken = 0
    for number in range(_FIRST + share * FILES // SHARES, _FIRST + (share + 1) * FILES // SHARES):
        data = mutated(forms[number % len(forms)], number)
        before = _living(crm)
        report = _import(crm, data)
        if report is None or report.import_id is None:
            assert _living(crm) == before
            continue
        taken += 1
        now = _living(crm)
        again = _import(crm, data)
        assert again is not None, number
        assert (again.added, again.read) == (0, report.read), number
        assert again.updated or _living(crm) == now, number
        if number % 3 == 0 and again.import_id is None:
            history.undo(crm, report.import_id)
            assert _living(crm) == before, number
    assert taken > FILES // SHARES // 4
    sound(crm)


def test_zero_bytes_in_the_id_of_a_call_do_not_make_it_another_one(crm: Crm) -> None:
    head = "calldate,clid,src,dst,dcontext,channel,lastapp,billsec,disposition,uniqueid\n"
    row = "2026-11-02 10:00:00,Ada,09120000001,100,from-trunk,SIP/a,Dial,55,ANSWERED,"
    data = f"{head}{row}\0{'1.1'}\n{row.replace('10:00', '11:00')}1\0.2\n".encode()
    assert read(crm, data).added == 2
    again = read(crm, data)
    assert (again.added, again.unchanged) == (0, 2)


def test_somebody_called_by_a_sign_comes_in_once(crm: Crm) -> None:
    data = "name,note\n❤️,a\n😀,b\n—,c\n".encode()
    assert read(crm, data).added == 3
    assert read(crm, data).unchanged == 3
