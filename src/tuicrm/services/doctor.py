"""Is all well: the database, its files, this computer and this terminal. Looks only; changes nothing."""

from __future__ import annotations

import importlib.util
import locale
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tuicrm import __version__, i18n
from tuicrm.domain.errors import Unavailable
from tuicrm.domain.record import made, record
from tuicrm.i18n import Phrase, sentence
from tuicrm.services.context import Crm
from tuicrm.storage.database import SCHEMA_VERSION

_BIG_WAL_BYTES: Final = 64 * 1024 * 1024
_LITTLE_SPACE_BYTES: Final = 200 * 1024 * 1024
_NETWORK: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "9p", "afs"})


@record
class Check:
    """One thing looked at. ``name`` and ``code`` are stable; ``value``: what was found.

    ``ok`` is False when something should be done; ``code``, filled by ``params``, says what, or else explains
    what was found. ``damaged``: records may be wrong.
    """

    name: str
    ok: bool
    value: str
    code: str = ""
    params: Mapping[str, Any] = made(default_factory=dict)
    damaged: bool = False

    @property
    def advice(self) -> Phrase:
        """The advice or explanation as a sentence in the user's language; ``""`` without one."""
        return sentence(self) if self.code else Phrase()


def checks(crm: Crm) -> list[Check]:
    """Everything that was looked at, in the order to read it. Takes seconds on a very large database."""
    return [
        *_versions(),
        *_paths(crm),
        *_database(crm),
        *_files(crm.database.path),
        *_compiled(),
        *_terminal(os.environ),
        *_right_to_left(crm),
    ]


# --- programs -----------------------------------------------------------------------------------------------


def _versions() -> Iterator[Check]:
    from importlib.metadata import PackageNotFoundError, version

    yield Check("tuicrm", True, __version__)
    yield Check("python", True, ".".join(map(str, sys.version_info[:3])))
    yield sqlite_check(sqlite3.sqlite_version_info)
    for package in ("textual", "sqlmodel", "phonenumberslite"):
        try:
            yield Check(package, True, version(package))
        except PackageNotFoundError:
            yield Check(package, False, "-", "doctor_package", {"package": package})


def sqlite_check(found: tuple[int, ...]) -> Check:
    """Whether SQLite has the WAL-reset bug (3.7.0 to 3.51.2, mended also in 3.44.6 and 3.50.7)."""
    name = ".".join(map(str, found))
    mended = found >= (3, 51, 3) or (3, 50, 7) <= found < (3, 51) or (3, 44, 6) <= found < (3, 45)
    if mended:
        return Check("sqlite", True, name)
    return Check("sqlite", False, name, "doctor_sqlite", {"version": name})


# --- the database -------------------------------------------------------------------------------------------


def _paths(crm: Crm) -> Iterator[Check]:
    from tuicrm.paths import log_file

    yield Check("database", True, str(crm.database.path))
    yield Check("live", True, str(crm.live.path))
    yield Check("settings", True, str(crm.settings.file))
    yield Check("log", True, str(log_file()))
    yield Check("agent", True, crm.me)
    yield Check("zone", True, crm.zone.key)


def _database(crm: Crm) -> Iterator[Check]:
    try:
        with crm.database.reader() as conn:
            found = conn.value("PRAGMA user_version")
            yield Check("schema", found == SCHEMA_VERSION, str(found))
            mode = str(conn.value("PRAGMA journal_mode"))
            yield Check("journal", mode == "wal", mode, "" if mode == "wal" else "doctor_journal")
            problems = [str(row[0]) for row in conn.all("PRAGMA quick_check(20)")]
            yield _sound("integrity", [text for text in problems if text != "ok"])
            yield _sound("references", [str(row[0]) for row in conn.all("PRAGMA foreign_key_check")])
            for name, table in (("contacts", "contact"), ("calls", "interaction"), ("changes", "change")):
                yield Check(name, True, str(conn.value(f"SELECT count(*) FROM {table}")))
            yield Check("process", True, str(conn.value("SELECT max(version) FROM process_version")))
    except Unavailable as error:
        yield Check("integrity", False, error.code, "doctor_damaged", {"found": error.code}, damaged=True)


def _sound(name: str, problems: list[str]) -> Check:
    if not problems:
        return Check(name, True, "ok")
    return Check(name, False, problems[0], "doctor_damaged", {"found": problems[0]}, damaged=True)


# --- files --------------------------------------------------------------------------------------------------


def _files(path: Path) -> Iterator[Check]:
    wal = path.with_name(path.name + "-wal")
    live = path.with_name(f"{path.stem if path.suffix == '.db' else path.name}-live.db")
    yield Check("size", True, _bytes(path.stat().st_size))
    if wal.exists():
        size = wal.stat().st_size
        yield _judged("wal", size <= _BIG_WAL_BYTES, _bytes(size), "doctor_wal", size=_bytes(size))
    for file in (path, wal, live, path.with_name(path.name + ".lock")):
        if file.exists():
            yield _mode(f"mode {file.name}", file)
    yield _folder(path.parent)
    free = shutil.disk_usage(path.parent).free
    yield _judged("disk", free >= _LITTLE_SPACE_BYTES, _bytes(free), "doctor_disk", free=_bytes(free))
    kind = file_system(path.parent)
    yield _judged("file system", kind not in _NETWORK, kind or "-", "doctor_network", kind=kind)


def _mode(name: str, file: Path) -> Check:
    """Nobody but the owner may read what holds people's numbers."""
    mode = stat.S_IMODE(file.stat().st_mode)
    return _judged(name, not mode & 0o077, f"{mode:04o}", "doctor_mode", path=str(file), mode=f"{mode:04o}")


def _folder(folder: Path) -> Check:
    """Nobody else may put a file of theirs in the database's place."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    ok = not mode & 0o022 or bool(mode & stat.S_ISVTX)
    return _judged("mode folder", ok, f"{mode:04o}", "doctor_folder", path=str(folder), mode=f"{mode:04o}")


def _judged(name: str, ok: bool, value: str, code: str, **params: Any) -> Check:
    return Check(name, True, value) if ok else Check(name, False, value, code, params)


def file_system(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The type of the file system a folder is on (``ext4``); ``""`` where that cannot be told."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    target = os.path.realpath(folder)
    for line in lines:
        _, point, found, *_ = [*line.split(" "), "", "", ""]
        point = point.replace("\\040", " ")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, found
    return kind


def _bytes(size: int) -> str:
    """``4.2 MB``."""
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"


# --- this computer ------------------------------------------------------------------------------------------


def _compiled() -> Iterator[Check]:
    """Whether Python may keep compiled code: without it every start takes 2.6 times as long."""
    missing = [name for name in ("tuicrm", "textual", "phonenumbers") if not _has_compiled(name)]
    ok = not missing
    yield _judged(
        "compiled", ok, "ok" if ok else ", ".join(missing), "doctor_compiled", packages=tuple(missing)
    )
    forbidden = sys.dont_write_bytecode
    yield _judged("write compiled", not forbidden, "no" if forbidden else "ok", "doctor_bytecode")


def _has_compiled(package: str) -> bool:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return False
    try:
        return Path(importlib.util.cache_from_source(spec.origin)).exists()
    except NotImplementedError:
        return False


def _terminal(environ: Mapping[str, str]) -> Iterator[Check]:
    term = environ.get("TERM", "")
    yield _judged("terminal", term not in ("", "dumb"), term or "-", "doctor_terminal")
    colours = environ.get("COLORTERM", "")
    plenty = colours in ("truecolor", "24bit") or "256color" in term or "direct" in term
    yield _judged("colours", plenty, colours or term or "-", "doctor_colours")
    encoding = _quiet(lambda: locale.getencoding() if hasattr(locale, "getencoding") else "")
    utf8 = encoding.lower().replace("-", "") == "utf8"
    yield _judged("locale", utf8, encoding or "-", "doctor_locale", encoding=encoding)


def _right_to_left(crm: Crm) -> Iterator[Check]:
    """Who orders right-to-left text in this terminal, and why. A thing to be done only where Persian is read."""
    from tuicrm.services.terminal.served import look

    choice = look(crm.settings).choice
    todo = choice.mend and i18n.language() == "fa"
    yield Check("right-to-left", not todo, choice.mode, choice.advice)
    value = f"{choice.reason} {choice.by}" if choice.by else choice.reason
    yield Check("right-to-left by", True, value, f"bidi_by_{choice.reason}", {"by": choice.by})


def _quiet(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except (LookupError, ValueError):
        return ""
