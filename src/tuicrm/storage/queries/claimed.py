"""Who counts as the same person for somebody who calls."""

from __future__ import annotations

from tuicrm.domain.phone import LOOKING_DIGITS
from tuicrm.storage.connection import Connection
from tuicrm.storage.living import LIVING
from tuicrm.storage.queries.contacts import merged_into


def one_person(conn: Connection, contact_id: int, most: int) -> set[int]:
    """The contact, those merged into it, and the living ones who share a number with it.

    A number with the same extension, that is, an internal one too; and not one that more than ``most`` contacts have:
    that is a company's switchboard, behind which everybody is somebody else.
    """
    sql = f"""
    SELECT DISTINCT c.id FROM phone mine
    JOIN phone p ON p.reversed = mine.reversed AND p.ext = mine.ext
    JOIN contact c ON c.id = p.contact_id
    WHERE mine.contact_id = :id AND length(mine.reversed) >= {LOOKING_DIGITS:d} AND {LIVING}
      AND (SELECT count(*) FROM (SELECT 1 FROM phone q WHERE q.reversed = mine.reversed LIMIT :most + 1)) <= :most
    """
    sharing = {row["id"] for row in conn.all(sql, {"id": contact_id, "most": most})}
    return {contact_id, *merged_into(conn, contact_id), *sharing}


_FEW = "(SELECT count(*) FROM (SELECT 1 FROM phone q WHERE q.reversed = p.reversed LIMIT :most + 1)) <= :most"


def own_numbers(conn: Connection, contact_id: int, most: int) -> set[str]:
    """The valid numbers of a contact (E.164) behind which there is one person: no extension, no switchboard."""
    sql = f"SELECT p.e164 FROM phone p WHERE p.contact_id = :id AND p.e164 IS NOT NULL AND p.ext = '' AND {_FEW}"
    return {row[0] for row in conn.all(sql, {"id": contact_id, "most": most})}


def with_number(conn: Connection, e164: str, most: int) -> set[int]:
    """The living contacts who have a number by now that was nobody's."""
    sql = f"""
    SELECT DISTINCT c.id FROM phone p JOIN contact c ON c.id = p.contact_id
    WHERE p.reversed = :reversed AND p.ext = '' AND {LIVING} AND {_FEW}
    """
    return {row["id"] for row in conn.all(sql, {"reversed": e164.lstrip("+")[::-1], "most": most})}
