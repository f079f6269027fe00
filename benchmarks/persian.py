"""What a screen of Persian rows costs beside one of English rows: new rows at every page, in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from benchmarks.people import Tongue, contacts
from benchmarks.places import AGENT, TUICRM, environment
from benchmarks.terminal import Terminal

PEOPLE = 4_000
PAGES = 40
SIZE = (140, 40)
BUDGET = 1.5
PAGE_DOWN = b"\x1b[6~"


def figures(folder: Path, *, long: bool = False) -> Iterator[Figure]:
    """Processor time of one page, pages in turns; the floor is the same page in English."""
    pages = PAGES * (4 if long else 1)
    for mode in ("visual", "logical"):
        english = _pages(folder, "en", "en", mode, pages)
        for language in ("en", "fa"):
            note = f"{mode}, interface in {'English' if language == 'en' else 'Persian'}; floor: all English"
            persian = _pages(folder, "fa", language, mode, pages)
            yield Figure(
                f"a page of Persian rows, {mode}", persian, "ms", english, BUDGET, relative=True, note=note
            )


def _pages(folder: Path, tongue: Tongue, language: str, mode: str, pages: int) -> float:
    """Milliseconds of processor time that one page down in Contacts costs, all rows new."""
    path = contacts(folder, PEOPLE, tongue)
    environ = environment(
        folder,
        TUICRM_DB=str(path),
        TUICRM_AGENT=AGENT,
        TUICRM_LANG=language,
        TUICRM_BIDI=mode,
        PYTHONPATH=str(Path.cwd()),
    )
    spent = []
    with Terminal(TUICRM, environ, SIZE) as program:
        program.wait_for("──")
        program.settle(1.0)
        program.press(b"2", quiet_s=0.5)
        for _ in range(pages):
            before = program.cpu_s()
            program.press(PAGE_DOWN, quiet_s=0.05)
            spent.append((program.cpu_s() - before) * 1000)
    # the first pages fill the caches that any session has warm
    return median(spent[3:])
