"""Dates and times as people write them: ``tables/dates.tsv``, as phrases and as tokens of the log line."""

from __future__ import annotations

from datetime import datetime
from unicodedata import category

import pytest

from tests.domain.lines import read as read_line
from tests.domain.moments import NOW, SETTINGS, TEHRAN
from tests.tables import raw, read
from tuicrm.domain.fold import has_rtl
from tuicrm.domain.models import Due
from tuicrm.domain.when import WhenRefused, parse_when
from tuicrm.tui import linesheet

ROWS = read("dates", 5)
PHRASES = [(phrase, now, due) for phrase, now, due, _, _ in ROWS]
TOKENS = [(token, now, due) for _, now, due, token, _ in ROWS if token]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TEHRAN) if text else NOW


def said(due: Due | None) -> str:
    """``2026-11-28`` or ``2026-11-28 10:00``."""
    assert due is not None
    return f"{due.on} {due.at:%H:%M}" if due.at else f"{due.on}"


def test_the_table_is_large_enough_and_hides_nothing() -> None:
    refused = [phrase for phrase, _, due in PHRASES if due.startswith("when_")]
    assert len(refused) >= 15
    assert len(PHRASES) - len(refused) >= 60
    assert sum(has_rtl(phrase) for phrase, _, _ in PHRASES) >= 60
    assert len({(phrase, now) for phrase, now, _ in PHRASES}) == len(PHRASES)
    marks = {char for line in raw("dates") for char in line if category(char) == "Cf"}
    assert marks <= {"\u200c"}


@pytest.mark.parametrize(("phrase", "now", "expected"), PHRASES)
def test_a_phrase_is_read_or_refused_never_guessed(phrase: str, now: str, expected: str) -> None:
    try:
        found = said(parse_when(phrase, moment(now), SETTINGS))
    except WhenRefused as refused:
        found = refused.code
    assert found == expected


@pytest.mark.parametrize(("token", "now", "expected"), TOKENS)
def test_a_token_of_the_log_line_says_the_same(token: str, now: str, expected: str) -> None:
    draft = read_line(f"قیمت فرستادم {token}", now=moment(now), when=SETTINGS)
    hard = [problem.code for problem in draft.hard]
    if expected.startswith("when_"):
        assert (hard, draft.due) == ([expected], None)
    else:
        assert hard == []
        assert said(draft.due) == expected
        assert draft.note == "قیمت فرستادم"


SHOWN = [token for shown in linesheet.IN_PERSIAN.values() for token in shown.split("  ")]


@pytest.mark.parametrize("token", SHOWN)
def test_what_help_is_searched_by_in_persian_is_understood(token: str) -> None:
    draft = read_line(f"قیمت فرستادم {token}", now=moment("2026-11-22 09:45"), when=SETTINGS)
    assert [problem.code for problem in draft.hard] == []
    assert draft.note == "قیمت فرستادم"
    assert draft.due or draft.started_at or draft.duration_s or draft.outcome or draft.topic
