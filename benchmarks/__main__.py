"""Measures everything and prints it beside its floor and its budget: ``python -m benchmarks [--long] [PART...]``.

Times are from a machine that does other things as well: look at the ratios. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import claims, imports, persian, queue, screens, startup, storage
from benchmarks.figures import HEADINGS, Figure, lines
from benchmarks.keystrokes.day import load
from benchmarks.keystrokes.replay import replay


def keys(folder: Path, *, long: bool = False) -> Iterator[Figure]:
    """A working day's keys beside the characters of a paper call sheet; the whole table is in its own program."""
    del long
    results = asyncio.run(replay(load(), folder))
    pressed, paper = (
        sum(n) for n in zip(*((r.call.key_count, r.call.paper_count) for r in results), strict=True)
    )
    worst = max(result.ratio for result in results)
    note = f"{len(results)} calls; python -m benchmarks.keystrokes"
    yield Figure(
        "keys of a working day, by paper's characters", pressed, "keys", paper, 0.5, relative=True, note=note
    )
    yield Figure("keys of its worst call, by paper's characters", worst * 100, "%", None, 99.9)
    yield Figure("calls lost", sum(1 for result in results if result.wrong), "", None, 0)


PARTS: dict[str, Callable[..., Iterator[Figure]]] = {
    "keys": keys,
    "startup": startup.figures,
    "screens": screens.figures,
    "persian": persian.figures,
    "storage": storage.figures,
    "claims": claims.figures,
    "queue": queue.figures,
    "imports": imports.figures,
}


def main() -> None:
    """Prints each part as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What tuicrm costs.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of: {', '.join(PARTS)} (all)")
    parser.add_argument("--long", action="store_true", help="more rounds, a million contacts")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="tuicrm-bench-") as folder:
        for name in asked.parts or PARTS:
            place = Path(folder) / name
            place.mkdir()
            rows = [figure.row() for figure in PARTS[name](place, long=asked.long)]
            print("\n".join([*lines([(name, *HEADINGS[1:]), *rows]), ""]), flush=True)


if __name__ == "__main__":
    main()
