"""An apostrophe at the beginning of a cell: our own guard against formulas goes, what a person wrote stays."""

from __future__ import annotations

import pytest

from tests.exchange.sheets import person, phones
from tuicrm.exchange.csv_guard import guarded, unguarded


@pytest.mark.parametrize("text", ["'68 Generation", "'(the) Firm", "'۹۹ club", "'90s", "'n Beer", "'"])
def test_what_begins_with_an_apostrophe_stays_as_it_is(text: str) -> None:
    found = person(f'name,company,City,note\nKate,"{text}","{text}","{text}"\n')
    assert (found.company, found.fields["City"], found.note) == (text, text, text)
    assert person(f'name,phone\n"{text}",0912 000 0001\n').name == text


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-", "@home", "'=x", "''+1", "'68", "plain"])
def test_our_guard_and_nothing_else_is_taken_off(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert person(f'name,City\nKate,"{guarded(text)}"\n').fields["City"] == text


@pytest.mark.parametrize(
    "cell", ["'0912 000 0001", "'+98 912 000 0001", "''0912 000 0001", "' 0912 000 0001"]
)
def test_a_number_that_a_spreadsheet_was_to_take_for_text_is_the_number(cell: str) -> None:
    ((raw, _),) = phones(person(f"name,phone\nKate,{cell}\n"))
    assert raw == cell.lstrip("' ")
