"""What is there to be chosen from: tags and agents, each once, by hops from one to the next in an index."""

from __future__ import annotations

from typing import Final

from tuicrm.storage.connection import Connection

_EACH: Final = """
WITH RECURSIVE each(value) AS (
  SELECT min({column}) FROM {table}
  UNION ALL
  SELECT (SELECT min({column}) FROM {table} WHERE {column} > value) FROM each WHERE value IS NOT NULL
)
SELECT value FROM each WHERE value IS NOT NULL LIMIT 1000
"""


def tags(conn: Connection) -> list[str]:
    """The tags of contacts, by their letters; of very many the first."""
    return [row["value"] for row in conn.all(_EACH.format(column="tag", table="contact_tag"))]


def agents(conn: Connection) -> list[str]:
    """The handles of all who have held a call."""
    return [row["value"] for row in conn.all(_EACH.format(column="agent", table="interaction"))]
