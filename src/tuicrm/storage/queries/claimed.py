"""Who counts as the same person for somebody who calls."""

from __future__ import annotations

from typing import Final

from tuicrm.storage.connection import Connection
from tuicrm.storage.queries.contacts import LIVING, merged_into

LEAST_DIGITS: Final = 7
"""A shorter number names nobody."""


def one_person(conn: Connection, contact_id: int, most: int) -> set[int]:
    """The contact, those merged into it, and the living ones who share a number with it.

    A number with the same extension, that is; and not one that more than ``most`` contacts have: that is a company's
    switchboard, behind which everybody is somebody else.
    """
    sql = f"""
    SELECT DISTINCT c.id FROM phone mine
    JOIN phone p ON p.reversed = mine.reversed AND p.ext = mine.ext
    JOIN contact c ON c.id = p.contact_id
    WHERE mine.contact_id = :id AND length(mine.reversed) >= {LEAST_DIGITS:d} AND {LIVING}
      AND (SELECT count(*) FROM (SELECT 1 FROM phone q WHERE q.reversed = mine.reversed LIMIT :most + 1)) <= :most
    """
    sharing = {row["id"] for row in conn.all(sql, {"id": contact_id, "most": most})}
    return {contact_id, *merged_into(conn, contact_id), *sharing}
