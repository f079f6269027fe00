"""``docs/settings.md`` names every setting, its variable and its values."""

from __future__ import annotations

import re
from pathlib import Path

from tuicrm import settings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_page_about_settings_names_all_there_are() -> None:
    rows = [
        [set(re.findall(r"`([^`]+)`", cell)) for cell in line.split("|")[1:4]]
        for line in PAGE.read_text(encoding="utf-8").split("\n## ")[0].splitlines()
        if line.startswith("| `")
    ]
    told = {key.pop(): (variable.pop(), values) for key, variable, values in rows}
    assert {key: variable for key, (variable, _) in told.items()} == dict(settings._VARIABLES)
    assert set(told) == set(settings._KEYS)
    for key, values in settings._CHOICES.items():
        assert told[key][1] == set(values), key
