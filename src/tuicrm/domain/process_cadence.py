"""Keeping in touch by tag in a process file: ``[[cadence]]`` with ``tag = "vip"`` and ``every = "90 d"``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tuicrm.domain.cadence import parse
from tuicrm.domain.errors import Invalid
from tuicrm.domain.fold import fold
from tuicrm.domain.process_values import Bad, want_text

if TYPE_CHECKING:
    from tuicrm.domain.process_toml import Reading

SECTION = "cadence"


def want_tag(value: Any) -> Any:
    """A tag, without its sign."""
    text = want_text(value)
    return text if isinstance(text, Bad) else " ".join(text.lstrip("#").split()) or Bad("process_want_text")


def want_every(value: Any) -> Any:
    """``"90 d"``, ``"6 weeks"``, ``"monthly"``; or days as a number."""
    bad = Bad("process_want_cadence", {"value": str(value)})
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return bad
    try:
        return parse(str(value)) or bad
    except Invalid:
        return bad


RULES = {"tag": want_tag, "every": want_every}


def read_cadences(raw: Mapping[str, Any], reading: Reading) -> dict[str, int]:
    """Days by tag, in the order of the file; what is wrong is told to ``reading``."""
    # imported here: that module needs this one
    from tuicrm.domain.process_toml import table_values

    tables = raw.get(SECTION, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        reading.wrong(reading.lines.of(SECTION), "process_want_tables", section=SECTION)
        return {}
    found: dict[str, int] = {}
    seen: set[str] = set()
    for index, table in enumerate(tables):
        values = table_values(table, SECTION, index, RULES, reading)
        for key in RULES:
            if key not in table:
                reading.wrong(
                    reading.lines.of(SECTION, index), "process_key_missing", key=key, section=SECTION
                )
        if len(values) < len(RULES):
            continue
        if fold(values["tag"]) in seen:
            line = reading.lines.of(SECTION, index, "tag")
            reading.wrong(line, "process_tag_twice", value=values["tag"])
        seen.add(fold(values["tag"]))
        found[values["tag"]] = values["every"]
    return found
