"""Prints keys against paper for every call of the day: ``python -m benchmarks.keystrokes``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.keystrokes.day import load, switches
from benchmarks.keystrokes.replay import QUEUE_OF, Result, queue_of_no_answers, replay


def line(result: Result) -> str:
    """One call as a row of the table."""
    call = result.call
    mark = "  LOST: " + "; ".join(result.wrong) if result.wrong else ""
    counts = f"{call.key_count:>5} {call.paper_count:>6} {result.ratio:>6.0%}"
    return f"{call.number:>3}  {call.how:<10} {counts}  {call.keys}{mark}"


def half(name: str, results: list[Result]) -> str:
    """Calls, keys and paper of a part of the day as a line."""
    keys, paper = _sums(results)
    return f"{name:<8} {len(results):>3} calls  {keys:>4} keys  {paper:>5} characters  {keys / paper:.1%}"


def _sums(results: list[Result]) -> tuple[int, int]:
    return sum(result.call.key_count for result in results), sum(
        result.call.paper_count for result in results
    )


def summary(results: list[Result]) -> str:
    """The day by halves and whole, and what changing the layout would add: the script mixes the languages."""
    keys, paper = _sums(results)
    worst = max(results, key=lambda result: result.ratio)
    lost = [result for result in results if result.wrong]
    changes = switches([result.call for result in results])
    with_changes = (keys + 2 * changes) / paper
    return "\n".join(
        (
            half("English", [result for result in results if not result.call.persian]),
            half("Persian", [result for result in results if result.call.persian]),
            half("together", results),
            f"total {keys / paper:.1%} (budget 50 %, aim 44 %)",
            f"not counted: {changes} changes of the layout between calls; two keys each make it {with_changes:.1%}",
            f"worst case: call {worst.call.number}, {worst.ratio:.0%} (budget: below 100 %)",
            f"calls lost: {len(lost)}",
        )
    )


def queue_line(keys: int, called: int) -> str:
    """The queue in which nobody answers, as a line of its own: it is no part of the day."""
    return f"a queue of {QUEUE_OF}, nobody answers: {keys} keys for {called} calls, {keys / max(1, called):.1f} each"


def main() -> int:
    """Lives the day and tells. Gives 1 when a call was lost."""
    print("  #  how         keys  paper  ratio  script")
    with tempfile.TemporaryDirectory() as folder:
        results = asyncio.run(
            replay(load(), Path(folder), tell=lambda result: print(line(result), flush=True))
        )
        keys, reached = asyncio.run(queue_of_no_answers(Path(folder)))
    print(summary(results))
    print(queue_line(keys, reached))
    return 1 if any(result.wrong for result in results) or reached != QUEUE_OF else 0


if __name__ == "__main__":
    sys.exit(main())
