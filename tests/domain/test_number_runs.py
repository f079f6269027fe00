"""Which numbers are kept together in a Persian line, also while they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuicrm.domain.number_runs import kept_whole, number_runs


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("زنگ بزن 0912 345 6789 فردا", ["0912 345 6789"]),
        ("تلفن ۰۲۱-۸۸۷۷۶۶۵۵، داخلی ۱۲", ["۰۲۱-۸۸۷۷۶۶۵۵"]),
        ("(021) 8877 6655.", ["(021) 8877 6655"]),
        ("+98 21 8877 6655", ["+98 21 8877 6655"]),
        ("8877 6655", ["8877 6655"]),
        ("۱۲ عدد 12 0912 345 6789", ["0912 345 6789"]),
        ("0912 345 6789، ۰۹۳۵ ۱۲۳ ۴۵۶۷", ["0912 345 6789", "۰۹۳۵ ۱۲۳ ۴۵۶۷"]),
        ("جلسه /2026-11-28 16:00", ["2026-11-28"]),
        ("021 0000 0253", ["021 0000 0253"]),
        ("دفتر ۰۹۱۲ ۰۰۰ ۰۳۲۳ فردا", ["۰۹۱۲ ۰۰۰ ۰۳۲۳"]),
        ("+44 20 7946 0119", ["+44 20 7946 0119"]),
        ("8877 0655", ["8877 0655"]),
        ("021 0000 0253 0912 000 0323", ["021 0000 0253", "0912 000 0323"]),
        ("+44 161 496 0144 +44 20 7946 0119", ["+44 161 496 0144", "+44 20 7946 0119"]),
    ],
)
def test_telephones_and_days_with_dashes_are_kept_together(written: str, kept: list[str]) -> None:
    assert [written[start:end] for start, end in number_runs(written)] == kept


@pytest.mark.parametrize(
    "written",
    [
        "۱۰-۱۲ عدد",
        "1405/09/07 16:00",
        "1,250,000",
        "P40-30",
        "3 0.5",
        "2 3 4",
        "=4 /2d",
        "۱۲٬۵۰۰",
        "a1-2345678",
    ],
)
def test_ranges_times_sums_and_codes_are_left_alone(written: str) -> None:
    assert number_runs(written) == []


@pytest.mark.parametrize(
    "number", ["021-8877", "0912 345 6789", "0912 045 0789", "+98 912 345", "2026-11-28"]
)
def test_a_number_half_typed_does_not_turn_round_with_its_next_digits(number: str) -> None:
    parts = [number[:length] for length in range(6, len(number) + 1)]
    for part in parts:
        whole = part.rstrip(" -")
        assert [(0, len(whole))] == number_runs(part)


@given(st.text(st.sampled_from("012۳۴ -+().:/,aل"), max_size=40))
def test_runs_are_parts_of_the_text_one_after_the_other(written: str) -> None:
    last = -1
    for start, end in number_runs(written):
        assert last < start < end <= len(written)
        assert written[start:end].strip() == written[start:end]
        last = end


def test_each_number_is_set_in_isolates_and_nothing_else_changes() -> None:
    told = "دفتر: 021 8877 6655 یا ۰۹۱۲-۱۲۳۴، ۱۰-۱۲ عدد"
    kept = kept_whole(told)
    assert kept == "دفتر: \u2066021 8877 6655\u2069 یا \u2066۰۹۱۲-۱۲۳۴\u2069، ۱۰-۱۲ عدد"
