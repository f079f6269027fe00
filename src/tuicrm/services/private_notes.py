"""What an agent notes on a contact for nobody else: one text, in the change log, out of every list and export."""

from __future__ import annotations

from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import private_notes


def text_of(conn: Connection, contact_id: int, agent: str) -> str:
    """The agent's own note; ``""`` for none. Two that a merge brought together stand one below the other."""
    return "\n\n".join(text for _, text in private_notes.own(conn, contact_id, agent))


def write(tx: Transaction, contact_id: int, text: str) -> None:
    """Makes ``text`` the acting agent's note on the contact; ``""`` takes it away."""
    held = private_notes.own(tx, contact_id, tx.actor.handle)
    if text and not held:
        tx.insert("private_note", {"contact_id": contact_id, "agent": tx.actor.handle, "text": text})
        return
    for place, (note_id, _) in enumerate(held):
        if text and place == 0:
            tx.update("private_note", note_id, {"text": text})
        else:
            tx.delete("private_note", note_id)


def move(tx: Transaction, gone_id: int, keep_id: int) -> None:
    """Everybody's notes on a contact that is merged go to its heir, unread."""
    for note_id in private_notes.of_contact(tx, gone_id):
        tx.update("private_note", note_id, {"contact_id": keep_id})
