"""Which release of the time zone rules this machine goes by."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import TZPATH

UNKNOWN = "-"
"""Before every release in the order of text, so that a known one is newer."""


def zone_data() -> str:
    """The release of the zone data in use (``2026a``), the system's, else the package's; ``UNKNOWN`` without a name.

    One line of one file is read, 40 us: it is asked at every opening.
    """
    for folder in TZPATH:
        for name in ("tzdata.zi", "+VERSION"):
            try:
                with (Path(folder) / name).open(encoding="ascii", errors="replace") as file:
                    return _release(file.readline())
            except OSError:
                continue
    # Imported here: only a system without zone data of its own has the package.
    from importlib import resources

    try:
        return _release(
            resources.files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="ascii")
        )
    except (ModuleNotFoundError, OSError):
        return UNKNOWN


def _release(text: str) -> str:
    """The release that the first line names: ``# version 2026a``, or the name alone."""
    first = text.partition("\n")[0]
    return first.removeprefix("# version").strip() or UNKNOWN
