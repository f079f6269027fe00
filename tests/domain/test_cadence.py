"""How often one keeps in touch, as people write it."""

from __future__ import annotations

import pytest

from tuicrm.domain.cadence import parse
from tuicrm.domain.errors import Invalid


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("سه ماه یک بار", 90),
        ("هر سه ماه یک\u200cبار", 90),
        ("دو هفته یک بار", 14),
        ("۲ هفته یکبار", 14),
        ("هفته\u200cای یک بار", 7),
        ("ماهی یک بار", 30),
        ("once a month", 30),
        ("once every 2 weeks", 14),
        ("هر ۳ ماه", 90),
        ("every 90 days", 90),
        ("-", None),
    ],
)
def test_a_phrase_that_repeats_is_so_many_days(text: str, days: int | None) -> None:
    assert parse(text) == days


@pytest.mark.parametrize("text", ["یک بار", "once", "once upon a month", "سه یک بار"])
def test_what_names_no_span_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(text)
    assert refusal.value.code == "cadence_unknown"
