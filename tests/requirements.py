"""What a test needs beside Python. Without it the test is skipped by its name; ``.ci/run`` forbids that."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

NEEDS = "needs the "
"""How the reason of every allowed skip begins."""


def require_program(name: str) -> str:
    """The path of a program. Skips the test when it is missing, or fails it with ``TUICRM_REQUIRE=all``."""
    # servers stand where only root looks
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin")))
    if found is not None:
        return found
    _missing(f"{NEEDS}program {name}")


def require_unicode(name: str) -> Path:
    """A file of Unicode's data, from Debian's package ``unicode-data``; a missing one as above.

    ``name`` is its path in the package's directory.
    """
    path = Path("/usr/share/unicode", name)
    if not path.is_file():
        _missing(f"{NEEDS}package unicode-data ({path})")
    return path


def _missing(reason: str) -> NoReturn:
    if os.environ.get("TUICRM_REQUIRE") == "all":
        pytest.fail(f"{reason}, and TUICRM_REQUIRE=all allows no skip", pytrace=False)
    pytest.skip(reason)
