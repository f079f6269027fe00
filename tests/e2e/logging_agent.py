"""One agent logging calls as fast as the service takes them: ``python -m ... DATABASE AGENT CONTACT COUNT``.

Prints one line when ready, waits for a line, logs, and prints the seconds it took.
"""

from __future__ import annotations

import sys
import time

from tuicrm.domain.clock import SystemClock
from tuicrm.domain.models import CallDraft, Who
from tuicrm.services import calls
from tuicrm.services.context import open_crm
from tuicrm.settings import Settings


def main() -> None:
    database, agent, contact, count = sys.argv[1:]
    crm = open_crm(
        Settings(database=database, agent=agent, zone="Asia/Tehran"), via="cli", clock=SystemClock()
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    began = time.monotonic()
    for number in range(int(count)):
        draft = CallDraft(uid=f"{agent}-{number}", who=Who(int(contact)), line=f"call {number} /2d")
        calls.save(crm, draft)
    sys.stdout.write(f"{time.monotonic() - began}\n")
    crm.close()


if __name__ == "__main__":
    main()
