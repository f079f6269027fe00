"""A dropped line (SIGHUP): the session must end by itself, and end soon, whatever it was doing.

Writing to a terminal that is gone fails in Textual's output thread; that thread then dies, its queue fills
and the main thread waits for room for ever: a session that nobody sees and that holds the database open.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import Final

EXIT_CODE: Final = 129
"""What a shell reports for a program ended by SIGHUP."""
AT_MOST_S: Final = 5.0
"""What a clean end may take before the process is ended anyway; everything acknowledged is on the disk."""


def write_to_nobody() -> None:
    """Sends what is still written to nowhere, and sees to it that the process ends within ``AT_MOST_S``."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    end = threading.Timer(AT_MOST_S, os._exit, (EXIT_CODE,))
    end.daemon = True
    end.start()
