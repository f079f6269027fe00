"""When each contact was last spoken to (``contact.spoke_key``), and is to be called again (``contact.touch_key``).

A talk is a call whose outcome says so (``cadence_rule``), but no message that went out (by a channel that
``cadence_rule`` has as ``written``), or what came in and was taken; ``''``: there was none. To
be called again so many days after the last talk; without a talk, after the contact was made. How many: the contact's
own ``cadence_days``, or those of one of its tags (``cadence_rule``), whichever are fewer. ``'~'``, behind all moments:
nobody wants it.

Stored and indexed, because the list of who is owed a call stands in this order: worked out while it is read, 100,000
contacts cost 0.4 s. By triggers, because whoever writes a call, a tag or a contact (a person, an import, an undo, a
merge) would have to think of it otherwise. 3 us a call.
"""

from __future__ import annotations

from typing import Final

MISSED: Final = "missed"
"""``domain.process.MISSED``: the outcome of a call that came in and that nobody took."""
_NEVER: Final = 99999
"""More days than any cadence has."""


def _real(call: str) -> str:
    return (
        f"({call}.direction = 'in' AND {call}.outcome <> '{MISSED}' OR EXISTS"
        f" (SELECT 1 FROM cadence_rule r WHERE r.kind = 'spoke' AND r.name = {call}.outcome)"
        f" AND ({call}.direction = 'in' OR NOT EXISTS"
        f" (SELECT 1 FROM cadence_rule r WHERE r.kind = 'written' AND r.name = {call}.channel)))"
    )


def days_of(contact: str) -> str:
    """How often a contact is to be called, in days; null for never. ``contact``: what the statement calls it."""
    return (
        f"nullif(min(coalesce({contact}.cadence_days, {_NEVER}), coalesce((SELECT min(r.days) FROM contact_tag g"
        f" JOIN cadence_rule r ON r.kind = 'tag' AND r.name = g.tag WHERE g.contact_id = {contact}.id),"
        f" {_NEVER})), {_NEVER})"
    )


SPOKE: Final = (
    "coalesce((SELECT i.started_at FROM interaction i WHERE i.contact_id = contact.id AND i.deleted_at IS NULL"
    f" AND {_real('i')} ORDER BY i.started_at DESC LIMIT 1), '')"
)
TOUCH: Final = (
    "coalesce(strftime('%Y-%m-%dT%H:%M:%S.000000Z', coalesce(nullif(contact.spoke_key, ''), contact.created_at),"
    f" '+' || {days_of('contact')} || ' days'), '~')"
)
_SPOKEN: Final = f"UPDATE contact SET spoke_key = {SPOKE} WHERE id"
_AGAIN: Final = f"UPDATE contact SET touch_key = {TOUCH} WHERE id"


def _of_tag(event: str, row: str) -> str:
    return (
        f"CREATE TRIGGER contact_touch_tag_{event.lower()} AFTER {event} ON contact_tag WHEN EXISTS"
        f" (SELECT 1 FROM cadence_rule r WHERE r.kind = 'tag' AND r.name = {row}.tag)"
        f" BEGIN {_AGAIN} = {row}.contact_id; END"
    )


TOUCH_KEYS: Final = (
    "CREATE TRIGGER contact_spoke_insert AFTER INSERT ON interaction"
    f" WHEN new.deleted_at IS NULL AND {_real('new')} BEGIN UPDATE contact SET spoke_key = new.started_at"
    " WHERE id = new.contact_id AND spoke_key < new.started_at; END",
    "CREATE TRIGGER contact_spoke_update AFTER UPDATE OF"
    " contact_id, started_at, deleted_at, direction, outcome, channel ON interaction"
    f" BEGIN {_SPOKEN} IN (old.contact_id, new.contact_id); END",
    f"CREATE TRIGGER contact_spoke_delete AFTER DELETE ON interaction BEGIN {_SPOKEN} = old.contact_id; END",
    "CREATE TRIGGER contact_touch_insert AFTER INSERT ON contact WHEN new.cadence_days IS NOT NULL"
    f" BEGIN {_AGAIN} = new.id; END",
    "CREATE TRIGGER contact_touch_update AFTER UPDATE OF cadence_days, spoke_key ON contact"
    " WHEN new.cadence_days IS NOT old.cadence_days OR new.touch_key < '~' AND new.spoke_key <> old.spoke_key"
    f" BEGIN {_AGAIN} = new.id; END",
    _of_tag("INSERT", "new"),
    _of_tag("DELETE", "old"),
)
