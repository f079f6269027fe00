"""Files that a person named, to be written: one rule for all of them.

A file is replaced as a whole or not at all, only its owner may read it, and a link is followed. What is no file of
its own (a device, a pipe between programs) is written into and stays what it is. Something else that is there already
is never written over: a slip of the fingers would cost the database.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.whole_file import in_place

_BEGINS: Final[Mapping[str, tuple[bytes, ...]]] = {
    "csv": (b"id,", b"contact_id,", b"outcome,outcome_label,"),
    "json": (b'[\n{"', b"[]", b'{"'),
    "vcard": (b"BEGIN:VCARD",),
    "ics": (b"BEGIN:VCALENDAR",),
    "html": (b"<!doctype html>",),
}
"""By form how a file begins that was written here before."""
_MARK: Final = b"\xef\xbb\xbf"
_LOOKED_AT: Final = 64


@contextmanager
def written(path: Path, form: str, *, new: bool = False) -> Iterator[TextIO]:
    """As ``replaced``; what the system refuses is ``Invalid("file_unwritable")``."""
    try:
        with replaced(path, form, new=new) as stream:
            yield stream
    except OSError as error:
        raise Invalid("file_unwritable", file=str(path), reason=error.strerror or "") from None


@contextmanager
def replaced(path: Path, form: str, *, new: bool = False) -> Iterator[TextIO]:
    """A stream of UTF-8 text, ends of lines as written, that becomes the file (0600) when all went well.

    ``form``: one of ``csv json vcard ics html``. ``new``: nothing may be there yet. Raises ``OSError``, and
    ``Conflict("other_file")`` for a file that does not begin as one of this form does.
    """
    if new and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    if _is_special(path):
        # without O_CREAT and O_TRUNC: should it have become a file by now, nothing of it is lost before the end
        with open(os.open(path, os.O_WRONLY | os.O_CLOEXEC), "w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    real = Path(os.path.realpath(path))
    _refuse_other(path, real, form)
    with in_place(real) as stream:
        yield stream


def holds(path: Path, text: str) -> bool:
    """Whether the file has this very text already. Raises ``OSError``; nothing is read from a device or a pipe."""
    return path.is_file() and path.read_bytes() == text.encode()


def _is_special(path: Path) -> bool:
    """Whether it is there and is neither a file nor a folder; of a link what it leads to."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _refuse_other(path: Path, real: Path, form: str) -> None:
    try:
        with real.open("rb") as file:
            begins = file.read(_LOOKED_AT).removeprefix(_MARK)
    except FileNotFoundError:
        return
    if begins and not begins.startswith(_BEGINS[form]):
        raise Conflict("other_file", file=str(path))
