"""Yes and no at the shell, in both languages and under both layouts."""

from __future__ import annotations

import io
import sys

import pytest

from tests.shown_in import shown_in
from tuicrm.cli.agree import agreed
from tuicrm.i18n import t

YES = ["y", "Y", "yes", "بله", "ب", "غ"]
NO = ["n", "No", "خیر", "خ", "د", "", None]


def answered(typed: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return agreed(t("Put it in force?"))


@pytest.mark.parametrize("answer", YES)
def test_yes_is_said_by_a_word_a_letter_or_its_key(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with shown_in("fa"):
        assert answered(f"{answer}\n", monkeypatch)


@pytest.mark.parametrize("answer", NO)
def test_no_is_said_likewise_by_an_empty_line_and_by_no_answer(
    answer: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shown_in("fa"):
        assert not answered("" if answer is None else f"{answer}\n", monkeypatch)


def test_what_is_neither_is_asked_again_with_the_words_that_count(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered("perhaps\nyes\n", monkeypatch)
    assert capsys.readouterr().out == "Put it in force? yes/no\n" * 2
