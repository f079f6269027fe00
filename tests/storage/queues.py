"""Who waits for a database's lock, as the kernel tells it."""

from __future__ import annotations

import time
from pathlib import Path

from tuicrm.storage.database import Database

LONGEST_S = 60.0


def wait_for_a_waiter(database: Database) -> None:
    """Returns once somebody waits for the lock in the kernel's queue."""
    lock = f":{database.path.with_name(f'{database.path.name}.lock').stat().st_ino} "
    until = time.monotonic() + LONGEST_S
    while not any(" -> " in line and lock in line for line in Path("/proc/locks").read_text().split("\n")):
        assert time.monotonic() < until, "nobody waits there"
        time.sleep(0.005)
