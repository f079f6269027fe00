"""Putting a file in place: the whole new one or the old one, whatever ends the program."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

PRIVATE = 0o600


@contextmanager
def in_place(real: Path, mode: int = PRIVATE) -> Iterator[TextIO]:
    """A stream of UTF-8 text, ends of lines as written, that becomes the file when all went well. ``real``: no link.

    Raises ``OSError``, also for a device or the like, which is not to become a file.
    """
    # imported here: it brings random numbers along, and no call is logged by it
    from tempfile import mkstemp

    if real.exists() and not real.is_file():
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
    descriptor, name = mkstemp(prefix=f".{real.name}.", suffix=".part", dir=real.parent)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as stream:
            os.fchmod(descriptor, mode)
            yield stream
            stream.flush()
            os.fsync(descriptor)
        os.replace(name, real)
    except BaseException:
        os.unlink(name)
        raise
