"""What is out of every list, search, count and duplicate check: records that are deleted or merged into others.

For statements in which a contact is ``c``, a follow-up ``f``, a ticket ``t``.
"""

from __future__ import annotations

from typing import Final

LIVING: Final = "c.deleted_at IS NULL AND c.merged_into IS NULL"
"""The contact is there."""
CALLABLE: Final = f"{LIVING} AND c.do_not_call = 0"
"""The contact is there and has not asked to be left alone."""
NUMBER_FOR_NAME: Final = """CASE WHEN c.name = '' THEN
  (SELECT coalesce(p.e164, p.raw) FROM phone p WHERE p.contact_id = c.id ORDER BY p.position LIMIT 1) END"""
"""What the contact is called by where there is no name; null for all others."""
LIVING_FOLLOW_UP: Final = f"f.deleted_at IS NULL AND {LIVING}"
"""The follow-up is there, and so is whom it was promised to."""
LIVING_TICKET: Final = "t.deleted_at IS NULL AND t.merged_into IS NULL"
