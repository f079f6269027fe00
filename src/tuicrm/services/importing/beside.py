"""The other process of ``ahead``: does the job that comes in at standard input, gives its parts to standard output."""

from __future__ import annotations

import gc
import pickle
import sys
from contextlib import suppress
from typing import Final

from tuicrm import i18n
from tuicrm.services.importing import ahead

_COLLECT: Final = 100_000
"""Objects that are made before cycles are looked for among them; rows have none."""


def main() -> None:
    """Nothing but standard input and output is used, and nobody is told of errors: who imports goes on by itself."""
    gc.freeze()
    gc.set_threshold(_COLLECT)
    # nobody reads on when the process that imports is gone
    with suppress(BrokenPipeError):
        job: ahead.Job = pickle.load(sys.stdin.buffer)
        i18n.use(job.language)
        for part in ahead.parts(job):
            _send(pickle.dumps(part, pickle.HIGHEST_PROTOCOL))
        _send(b"")


def _send(data: bytes) -> None:
    out = sys.stdout.buffer
    out.write(len(data).to_bytes(ahead.LENGTH))
    out.write(data)
    out.flush()


if __name__ == "__main__":
    main()
