"""Which worklist an agent picked on Today, in the live file: the next start shows it again."""

from __future__ import annotations

from tuicrm.storage.live_file import LiveFile


class LivePicks(LiveFile):
    """Noting and asking. A list is known by its id, which lasts when it is called otherwise."""

    def note_pick(self, agent: str, filter_id: int | None, name: str = "") -> None:
        """The list that ``agent`` works now, and its name to tell when it is gone; None: no list."""
        with self._writing() as raw:
            raw.execute("DELETE FROM picked WHERE agent = :agent", {"agent": agent})
            if filter_id is not None:
                raw.execute(
                    "INSERT INTO picked (agent, filter_id, name) VALUES (:agent, :id, :name)",
                    {"agent": agent, "id": filter_id, "name": name},
                )

    def pick(self, agent: str) -> tuple[int, str] | None:
        """The id of the agent's list and the name it had; None without one."""
        with self._reading() as conn:
            row = conn.one("SELECT filter_id, name FROM picked WHERE agent = :agent", {"agent": agent})
        return None if row is None else (row["filter_id"], row["name"])
