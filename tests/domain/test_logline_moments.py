"""Moments said in several words at the end of a log line, as people say them."""

from __future__ import annotations

import pytest

from tests.domain.lines import codes, context, due, read
from tuicrm.domain.logline import parse_line, to_line
from tuicrm.domain.logline_runs import escape_note

# Sunday 2026-11-22, 09:30 in Tehran
SAID = [
    ("/2 days", "2026-11-24"),
    ("/in 2 days", "2026-11-24"),
    ("/next monday", None),
    ("/15 dec", "2026-12-15"),
    ("/tomorrow at 10", "2026-11-23 10:00"),
    ("/tom morning", None),
    ("/۲ روز", "2026-11-24"),
    ("/۲ هفته", "2026-12-06"),
    ("/۱۵ آذر", "2026-12-06"),
    ("/سه شنبه", "2026-11-24"),
    ("/سه شنبه ساعت ۱۰", "2026-11-24 10:00"),
    ("/فردا ساعت ۱۰", "2026-11-23 10:00"),
    ("/پس‌فردا ساعت ۹", "2026-11-24 09:00"),
    ("/فردا عصر", None),
    ("/هفته بعد", None),
    ("/ماه بعد", None),
    ("/شنبه ۲ بعدازظهر", "2026-11-28 14:00"),
    ("/0930", "2026-11-23 09:30"),
    ("/۱۴۰۰", "2026-11-22 14:00"),
    ("/sat 0930", "2026-11-28 09:30"),
    ("/tom1400", "2026-11-23 14:00"),
    ("/2h30m", "2026-11-22 12:00"),
    ("/1 year 6 months", "2028-05-22"),
    ("/saturday week", "2026-12-05"),
    ("/a week on saturday", "2026-12-05"),
    ("/first monday of december at 10", "2026-12-07 10:00"),
    ("/the first working day of next month", "2026-12-01"),
    ("/mid december", "2026-12-15"),
    ("/in a fortnight", "2026-12-06"),
    ("/سه ماه و دو روز دیگه ساعت ۱۰", "2027-02-22 10:00"),
    ("/اولین شنبهٔ آذر", "2026-11-28"),
    ("/وسط آذر", "2026-12-06"),
    ("/تا آخر هفته", "2026-11-25"),
    ("/پس‌فردا صبح", "2026-11-24 09:00"),
]


@pytest.mark.parametrize(("said", "when"), SAID)
@pytest.mark.parametrize("behind", ["", " /th"])
def test_a_moment_in_several_words_is_a_follow_up(said: str, when: str | None, behind: str) -> None:
    draft = read(f"price list sent {said}{behind}")
    assert draft.note == "price list sent"
    assert draft.due is not None
    assert when is None or draft.due == due(when)
    assert not codes(draft)
    (token,) = [token for token in draft.tokens if token.kind == "due"]
    assert draft.line[token.start : token.end] == said


@pytest.mark.parametrize(
    "line",
    [
        "wants /sat 10 boxes",
        "wants /sat 1000 boxes",
        "wants /sat week delivery",
        "sum 20/1400",
        "price 3 /may be less",
        "sent the /list of prices",
        "send 2 /of each kind",
    ],
)
def test_what_is_no_moment_stays_in_the_note(line: str) -> None:
    draft = read(line)
    assert draft.note == line
    assert draft.due is None


def test_a_moment_that_cannot_be_is_refused_and_the_line_stays() -> None:
    draft = read("ring back /31 february")
    assert draft.due is None
    assert codes(draft)[0].endswith("!")


@pytest.mark.parametrize("note", [f"asked for {said}" for said, _ in SAID] + ["//2 days", "see ///۲ روز"])
def test_a_note_that_ends_so_is_kept_by_one_sign_more(note: str) -> None:
    escaped = escape_note(note, context())
    for line in (escaped, f"{escaped} /th"):
        draft = read(line)
        assert draft.note == note
        assert draft.due is None


@pytest.mark.parametrize(("said", "_when"), SAID)
def test_the_draft_shown_back_reads_as_the_same(said: str, _when: str | None) -> None:
    draft = read(f"price list sent {said}")
    again = parse_line(to_line(draft, context()), context())
    assert (again.note, again.due) == (draft.note, draft.due)
