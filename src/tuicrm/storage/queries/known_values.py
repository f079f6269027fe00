"""What is there to be chosen from: tags and agents, each once, by hops from one to the next in an index."""

from __future__ import annotations

import json
from collections import Counter
from typing import Final

from tuicrm.domain.fold import glued
from tuicrm.storage.connection import Connection

LISTED_MOST: Final = 1000
OFFERED_MOST: Final = 250
"""Tags of contacts that are looked at while the bar opens."""
COUNTED_MOST: Final = 100
"""Contacts of one tag that are counted; past that it is among the most used in any case."""
_EACH: Final = """
WITH RECURSIVE each(value) AS (
  SELECT min({column}) FROM {table}
  UNION ALL
  SELECT (SELECT min({column}) FROM {table} WHERE {column} > value) FROM each WHERE value IS NOT NULL
)
SELECT value FROM each WHERE value IS NOT NULL LIMIT {most}
"""


def tags(conn: Connection) -> list[str]:
    """The tags of contacts, by their letters; of very many the first."""
    return [
        row["value"] for row in conn.all(_EACH.format(column="tag", table="contact_tag", most=LISTED_MOST))
    ]


_LATEST: Final = """
SELECT tags FROM (
  SELECT tags FROM interaction WHERE deleted_at IS NULL ORDER BY started_at DESC, id DESC LIMIT :calls
) AS latest WHERE tags <> '[]'
"""
_COUNTED: Final = f"""
SELECT value, (
  SELECT count(*) FROM (SELECT 1 FROM contact_tag WHERE tag = known.value LIMIT {COUNTED_MOST}) AS those
) AS used FROM ({_EACH.format(column="tag", table="contact_tag", most=OFFERED_MOST)}) AS known
"""


def used_tags(conn: Connection, latest: int = 500) -> list[str]:
    """Tags in use, each in its most used spelling: those of the ``latest`` calls by how many have it, then those that
    only contacts have, likewise. Bounded: of a million contacts with a tag so many are counted."""
    on_calls = Counter(tag for row in conn.all(_LATEST, {"calls": latest}) for tag in json.loads(row["tags"]))
    on_contacts = Counter({row["value"]: row["used"] for row in conn.all(_COUNTED)})
    found: dict[str, str] = {}
    for tag in sorted(on_calls | on_contacts, key=lambda tag: (-on_calls[tag], -on_contacts[tag], tag)):
        found.setdefault(glued(tag), tag)
    return list(found.values())


def agents(conn: Connection) -> list[str]:
    """The handles of all who have held a call."""
    return [
        row["value"] for row in conn.all(_EACH.format(column="agent", table="interaction", most=LISTED_MOST))
    ]
