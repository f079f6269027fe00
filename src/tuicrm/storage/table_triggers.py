"""What a contact keeps of its calls and follow-ups, so that a list of people can stand in the order of either.

Triggers, because whoever writes a call or a follow-up (a person, an import, an undo, a merge) would have to think of
it otherwise. 4 us a call. ``last_call_key`` is the moment of the last call, ``''`` for none, so that who was never
called comes first; ``next_due_key`` is the ``due_key`` of the first open follow-up, ``'~'``, behind all moments, for
none.
"""

from __future__ import annotations

from typing import Final

LAST_CALL: Final = (
    "coalesce((SELECT max(i.started_at) FROM interaction i"
    " WHERE i.contact_id = {id} AND i.deleted_at IS NULL), '')"
)
NEXT_DUE: Final = (
    "coalesce((SELECT min(f.due_key) FROM follow_up f"
    " WHERE f.contact_id = {id} AND f.state = 'open' AND f.deleted_at IS NULL), '~')"
)


def _again(column: str, value: str, which: str) -> str:
    return f"UPDATE contact SET {column} = {value.format(id='contact.id')} WHERE id IN ({which});"


ORDER_KEYS: Final = (
    "CREATE TRIGGER contact_last_call_insert AFTER INSERT ON interaction WHEN new.deleted_at IS NULL BEGIN "
    "UPDATE contact SET last_call_key = new.started_at WHERE id = new.contact_id"
    " AND last_call_key < new.started_at; END",
    "CREATE TRIGGER contact_last_call_update AFTER UPDATE OF contact_id, started_at, deleted_at ON interaction"
    f" BEGIN {_again('last_call_key', LAST_CALL, 'old.contact_id, new.contact_id')} END",
    "CREATE TRIGGER contact_last_call_delete AFTER DELETE ON interaction"
    f" BEGIN {_again('last_call_key', LAST_CALL, 'old.contact_id')} END",
    "CREATE TRIGGER contact_next_due_insert AFTER INSERT ON follow_up"
    " WHEN new.deleted_at IS NULL AND new.state = 'open' BEGIN "
    "UPDATE contact SET next_due_key = new.due_key WHERE id = new.contact_id AND next_due_key > new.due_key; END",
    "CREATE TRIGGER contact_next_due_update AFTER UPDATE OF contact_id, due_key, state, deleted_at ON follow_up"
    f" BEGIN {_again('next_due_key', NEXT_DUE, 'old.contact_id, new.contact_id')} END",
    "CREATE TRIGGER contact_next_due_delete AFTER DELETE ON follow_up"
    f" BEGIN {_again('next_due_key', NEXT_DUE, 'old.contact_id')} END",
)
