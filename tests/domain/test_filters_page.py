"""``docs/filters.md`` names every key of every list, with its Persian word, and no other; its examples can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tuicrm.domain.filter_keys import LISTS
from tuicrm.domain.filters import parse

PAGE = (Path(__file__).parents[2] / "docs" / "filters.md").read_text(encoding="utf-8")
TITLES = {
    "contacts": "Contacts",
    "calls": "Calls",
    "followups": "Follow-ups",
    "tickets": "Tickets",
    "history": "History",
}


def table(title: str) -> list[tuple[str, str]]:
    """The keys of a list as the page has them, with their Persian words."""
    section = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert section is not None, title
    return re.findall(r"^\| `(\w+)` \| (\S+) \|", section[1], re.M)


@pytest.mark.parametrize("what", LISTS)
def test_the_page_has_every_key_and_no_other(what: str) -> None:
    keys = {key.name: [word for word in key.also if not word.isascii()] for key in LISTS[what]}
    rows = table(TITLES[what])
    assert sorted(key for key, _ in rows) == sorted(keys)
    for key, persian in rows:
        assert persian == keys[key][0], (what, key)


def test_the_examples_can_be_read() -> None:
    examples = re.findall(r'--where "([^"]+)"', PAGE)
    assert len(examples) >= 3
    for text in examples:
        assert any(_reads(text, what) for what in LISTS), text


def _reads(text: str, what: str) -> bool:
    from tuicrm.domain.errors import Invalid

    try:
        return bool(parse(text, what))
    except Invalid:
        return False
