"""Spellings of names, companies and everyday words as people write them: ``tables/spellings.tsv``."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given

from tests.domain.anytext import ANY_TEXT
from tests.tables import raw, read
from tuicrm.domain.fold import fold, glued, one_spelling, unified, words
from tuicrm.domain.matching import double_reason, is_exact
from tuicrm.domain.models import NewContact

SPELLINGS = [(typed, stored, verdict == "same") for typed, stored, verdict, _ in read("spellings", 4)]


def test_the_table_is_large_enough_and_hides_nothing() -> None:
    assert sum(same for *_, same in SPELLINGS) >= 60
    assert sum(not same for *_, same in SPELLINGS) >= 20
    assert {verdict for _, _, verdict, _ in read("spellings", 4)} == {"same", "different"}
    assert len({(typed, stored) for typed, stored, _ in SPELLINGS}) == len(SPELLINGS)
    assert not [line for line in raw("spellings") if any(category(char) == "Cf" for char in line)]


@pytest.mark.parametrize(("typed", "stored", "same"), SPELLINGS)
def test_two_spellings_meet_or_stay_apart(typed: str, stored: str, same: bool) -> None:
    assert (unified(typed) == unified(stored)) is same
    assert is_exact(stored, "", typed) is same


@pytest.mark.parametrize(("typed", "stored", "same"), SPELLINGS)
def test_a_double_is_seen_in_any_spelling_of_name_or_company(typed: str, stored: str, same: bool) -> None:
    seen = "name" if same else None
    assert double_reason(NewContact(name=typed), NewContact(name=stored)) == seen
    assert double_reason(NewContact("Ali", company=typed), NewContact("Ali", company=stored)) == seen


def test_only_words_of_several_spellings_need_more_than_folding() -> None:
    meet = {typed for typed, stored, same in SPELLINGS if same and glued(typed) == glued(stored)}
    assert len(meet) >= 60
    assert fold("مسول") != fold("مسئول")


def test_the_ezafe_goes_only_behind_a_heh() -> None:
    assert unified("خانه ی ما") == unified("خانه ما")
    assert unified("کتاب ی ما") != unified("کتاب ما")
    assert one_spelling(("ی", "احمدی")) == ("ی", "احمدی")


@given(ANY_TEXT)
def test_any_text_has_one_key_without_spaces(text: str) -> None:
    key = unified(text)
    assert not any(char.isspace() for char in key)
    assert unified(fold(text)) == key
    assert len(one_spelling(words(text))) <= len(words(text))
