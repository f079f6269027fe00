"""The terminals met so far, in one small file of the state folder: what they said, what their users answered.

It can be lost without harm: then the terminal is asked again, and perhaps its user. So a file that cannot be read
is passed over, and one that cannot be written costs a line in the log.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any, Final, get_args

from tuicrm.domain.record import record
from tuicrm.domain.terminals import Answer
from tuicrm.paths import private_folder, state_folder

AT_MOST: Final = 40
"""Terminals that are kept, those met last."""
_VERSION: Final = 1

log = logging.getLogger("tuicrm")


@record
class Known:
    """One terminal. ``key``: as ``domain.terminals.key`` gives it; ``mode8``: None when it did not answer."""

    key: str
    name: str = ""
    mode8: int | None = None
    answer: Answer = ""


def file() -> Path:
    """Where they are kept. It need not exist."""
    return state_folder() / "terminals.json"


def find(key: str) -> Known | None:
    """The terminal of that key."""
    return next((seen for seen in _load() if seen.key == key), None)


def keep(terminal: Known) -> None:
    """Remembers a terminal in place of what was known of it."""
    others = [seen for seen in _load() if seen.key != terminal.key]
    try:
        _save([*others, terminal][-AT_MOST:])
    except OSError as error:
        log.warning("%s was not written: %s", file(), error.strerror)


def _load() -> list[Known]:
    try:
        raw = file().read_bytes()
    except OSError:
        return []
    # 2 ms; who has no such file does not pay it
    import json

    try:
        return [_terminal(told) for told in json.loads(raw)["terminals"]]
    except (ValueError, TypeError, KeyError, AttributeError):
        log.warning("%s is damaged and was passed over", file())
        return []


def _terminal(told: Any) -> Known:
    """A terminal from the file. Raises ``ValueError`` and others for what tuicrm did not write."""
    mode8, answer = told["mode8"], told["answer"]
    if answer not in get_args(Answer) or not (mode8 is None or isinstance(mode8, int)):
        raise ValueError(told)
    return Known(str(told["key"]), str(told["name"]), mode8, answer)


def _save(terminals: list[Known]) -> None:
    """Writes the file beside the old one and puts it in its place, so that nobody reads half of it."""
    import json

    target = file()
    told = [{"key": t.key, "name": t.name, "mode8": t.mode8, "answer": t.answer} for t in terminals]
    private_folder(target.parent)
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with open(handle, "w", encoding="utf-8") as out:
            json.dump({"version": _VERSION, "terminals": told}, out, indent=1)
        os.replace(beside, target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
