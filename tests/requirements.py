"""Programs a test needs beside Python. Without one the test is skipped by its name; ``.ci/run`` forbids that."""

from __future__ import annotations

import os
import shutil

import pytest

NEEDS = "needs the program "
"""How the reason of every allowed skip begins."""


def require_program(name: str) -> str:
    """The path of a program. Skips the test when it is missing, or fails it with ``TUICRM_REQUIRE=all``."""
    found = shutil.which(name)
    if found is not None:
        return found
    if os.environ.get("TUICRM_REQUIRE") == "all":
        pytest.fail(f"{NEEDS}{name}, and TUICRM_REQUIRE=all allows no skip", pytrace=False)
    pytest.skip(f"{NEEDS}{name}")
