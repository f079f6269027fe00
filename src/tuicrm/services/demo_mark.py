"""Whether a database is a demo: told by who filled it. A module of its own, for the demo's people take long to load."""

from __future__ import annotations

from typing import Final

from tuicrm.services.context import Crm
from tuicrm.services.process import PROGRAM
from tuicrm.storage.changes import was_done

VERB: Final = "demo.fill"
VIA: Final = "demo"


def is_demo(crm: Crm) -> bool:
    """Whether the demo was written into the database."""
    with crm.database.reader() as conn:
        return was_done(conn, PROGRAM, VERB, VIA)
