"""One writing process of the storage measurements: logs calls from a given moment on and tells how that went."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from benchmarks.places import opened
from tuicrm.domain.errors import CrmError
from tuicrm.domain.models import CallDraft, NewContact, Who
from tuicrm.services import calls, contacts


def main() -> None:
    """``PATH AGENT START [--calls N | --seconds S]``: prints the milliseconds of each call as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("agent")
    parser.add_argument("start", type=float)
    parser.add_argument("--calls", type=int, default=10**9)
    parser.add_argument("--seconds", type=float, default=10**9)
    asked = parser.parse_args()
    crm = opened(asked.path, asked.agent)
    who = Who(contacts.add(crm, NewContact(name=f"Customer of {asked.agent}")).id)
    took: list[float] = []
    errors = 0
    time.sleep(max(0.0, asked.start - time.time()))
    began = time.perf_counter()
    while len(took) < asked.calls and time.perf_counter() - began < asked.seconds:
        started = time.perf_counter()
        try:
            calls.save(crm, CallDraft(f"{asked.agent}-{len(took)}-{errors}", who, "wants 2 more"))
        except CrmError:
            errors += 1
            continue
        took.append((time.perf_counter() - started) * 1000)
    seconds = time.perf_counter() - began
    crm.close()
    json.dump({"ms": took, "errors": errors, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
