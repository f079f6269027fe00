"""Prints keys against paper for every call of the day: ``python -m benchmarks.keystrokes``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.keystrokes.day import load
from benchmarks.keystrokes.replay import Result, replay


def line(result: Result) -> str:
    """One call as a row of the table."""
    call = result.call
    mark = "  LOST: " + "; ".join(result.wrong) if result.wrong else ""
    counts = f"{call.key_count:>5} {call.paper_count:>6} {result.ratio:>6.0%}"
    return f"{call.number:>3}  {call.how:<10} {counts}  {call.keys}{mark}"


def summary(results: list[Result]) -> str:
    """The whole day in four lines."""
    keys = sum(result.call.key_count for result in results)
    paper = sum(result.call.paper_count for result in results)
    worst = max(results, key=lambda result: result.ratio)
    lost = [result for result in results if result.wrong]
    return "\n".join(
        (
            f"calls {len(results)}, keys {keys}, paper {paper} characters",
            f"total {keys / paper:.1%} (budget 50 %, aim 44 %)",
            f"worst case: call {worst.call.number}, {worst.ratio:.0%} (budget: below 100 %)",
            f"calls lost: {len(lost)}",
        )
    )


def main() -> int:
    """Lives the day and tells. Gives 1 when a call was lost."""
    print("  #  how         keys  paper  ratio  script")
    with tempfile.TemporaryDirectory() as folder:
        results = asyncio.run(
            replay(load(), Path(folder), tell=lambda result: print(line(result), flush=True))
        )
    print(summary(results))
    return 1 if any(result.wrong for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
