"""A process that logs calls as fast as it can, and says after each commit that it is saved.

``python -m tests.storage.writer DATABASE HANDLE COUNT``: waits for a line on standard input, then prints
``UID SECONDS WAITED`` per call, seconds on the machine's common monotonic clock.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.storage.records import insert_call, insert_follow_up
from tuicrm.storage.database import Actor, Database


def main(path: str, handle: str, count: str) -> None:
    database = Database.open(Path(path))
    actor = Actor(handle, "cli")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(int(count)):
        started = time.monotonic()
        with database.transaction(actor, "call.log") as tx:
            follow_up = insert_follow_up(tx, 1, reason="x")
            insert_call(tx, 1, f"{handle}-{number}", follow_up_id=follow_up, note="price list sent")
        now = time.monotonic()
        sys.stdout.write(f"{handle}-{number} {now:.6f} {now - started:.6f}\n")
        sys.stdout.flush()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
