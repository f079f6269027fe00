"""What an agent was told of already, in the live file: no due moment is told twice, whatever started the teller."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tuicrm.storage.instants import to_text
from tuicrm.storage.live_file import LiveFile

Told = tuple[int, datetime]
"""A follow-up's id, and the moment at which it rings."""


class LiveReminders(LiveFile):
    """Noting and forgetting what was told."""

    def note_told(self, agent: str, rings: Iterable[Told], *, older: datetime) -> list[Told]:
        """Notes what is told to ``agent`` now; gives those that nobody had told. In one transaction, so that of two
        tellers only one tells. What rang before ``older`` is forgotten."""
        new = []
        with self._writing() as raw:
            raw.execute("DELETE FROM reminded WHERE rings_at < :older", {"older": to_text(older)})
            for id, at in rings:
                done = raw.execute(
                    "INSERT OR IGNORE INTO reminded (agent, follow_up_id, rings_at) VALUES (:agent, :id, :at)",
                    {"agent": agent, "id": id, "at": to_text(at)},
                )
                if done.rowcount:
                    new.append((id, at))
        return new

    def forget_told(self, agent: str, rings: Iterable[Told]) -> None:
        """Takes it back: it could not be told."""
        with self._writing() as raw:
            raw.executemany(
                "DELETE FROM reminded WHERE agent = :agent AND follow_up_id = :id AND rings_at = :at",
                [{"agent": agent, "id": id, "at": to_text(at)} for id, at in rings],
            )
