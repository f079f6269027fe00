"""Keeping in touch by tag in the process file: what is read, and what is refused on which line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.domain.test_process import SMALL
from tuicrm.domain import process

PAGE = Path(__file__).parents[2] / "docs" / "worklists.md"
FIRST = len(SMALL.splitlines()) + 1


def cadence(tag: str, every: str) -> str:
    return f'[[cadence]]\ntag = "{tag}"\nevery = {every}\n'


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ('"90 d"', 90),
        ('"6 weeks"', 42),
        ('"monthly"', 30),
        ("14", 14),
        ('"هر ۳ ماه"', 90),
        ('"every 2 years"', 730),
    ],
)
def test_how_often_is_read_as_people_write_it(every: str, days: int) -> None:
    found = process.load(SMALL + cadence("#vip", every))
    assert found.cadences == {"vip": days}
    assert process.from_json(process.to_json(found)) == found


def test_the_example_of_the_page_can_be_put_in_force() -> None:
    text = PAGE.read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    assert process.load(process.default_text() + example).cadences == {"vip": 90}


@pytest.mark.parametrize(
    ("added", "line", "code"),
    [
        (cadence("vip", '"when it rains"'), 2, "process_want_cadence"),
        (cadence("vip", '"never"'), 2, "process_want_cadence"),
        (cadence("vip", "0"), 2, "process_want_cadence"),
        (cadence("vip", "true"), 2, "process_want_cadence"),
        (cadence("vip", '"11 years"'), 2, "process_want_cadence"),
        (cadence("#", '"90 d"'), 1, "process_want_text"),
        ('[[cadence]]\ntag = "vip"\n', 0, "process_key_missing"),
        ('[[cadence]]\nevery = "90 d"\n', 0, "process_key_missing"),
        ('[[cadence]]\ntag = "vip"\nevery = "9 d"\nhow = 1\n', 3, "process_key_unknown"),
        (cadence("vip", '"90 d"') + cadence("VIP", '"30 d"'), 4, "process_tag_twice"),
        (cadence("مشتری", '"90 d"') + cadence("مشتري", '"30 d"'), 4, "process_tag_twice"),
        ('[cadence]\ntag = "vip"\n', 0, "process_want_tables"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(added: str, line: int, code: str) -> None:
    found = [(problem.line, problem.code) for problem in process.check(SMALL + added)]
    assert found == [(FIRST + line, code)]
