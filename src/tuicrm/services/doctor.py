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
from typing import Final

from tuicrm import __version__, i18n
from tuicrm.domain.colours import colours
from tuicrm.domain.errors import CrmError
from tuicrm.services import doctor_database as database
from tuicrm.services.checks import Check, in_bytes, judged
from tuicrm.services.context import Crm
from tuicrm.settings import Settings

_BIG_WAL_BYTES: Final = 64 * 1024 * 1024
_LITTLE_SPACE_BYTES: Final = 200 * 1024 * 1024
_LIBRARIES: Final = (
    *("textual", "typer", "sqlmodel", "alembic", "phonenumberslite", "persiantools"),
    "arabic-reshaper",
)
_NETWORK: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "9p", "afs"})


def checks(crm: Crm, *, full: bool = False) -> list[Check]:
    """Everything that was looked at, in the order to read it. Takes seconds on a very large database.

    ``full``: every index entry and every word of the search too, which takes minutes there."""
    return [
        *_versions(),
        *_paths(crm),
        *database.checks(crm, full=full),
        *_files(crm.database.path),
        *_compiled(),
        *_terminal(os.environ),
        *_themes(crm.settings),
        *_right_to_left(crm.settings),
    ]


def checks_without(settings: Settings, refusal: CrmError | None) -> list[Check]:
    """What can be looked at where the database cannot be read: ``refusal`` says why, None that there is none yet."""
    from tuicrm.paths import log_file

    path = settings.database_path
    found = str(path or settings.database)
    told = ("", {}) if refusal is None else (refusal.code, refusal.params)
    return [
        *_versions(),
        Check("database", refusal is None, found, *told, damaged=refusal is not None),
        Check("settings", True, str(settings.file)),
        Check("log", True, str(log_file())),
        *(_files(path) if path is not None and path.is_file() else ()),
        *_compiled(),
        *_terminal(os.environ),
        *_themes(settings),
        *_right_to_left(settings),
    ]


# --- programs -----------------------------------------------------------------------------------------------


def _versions() -> Iterator[Check]:
    from importlib.metadata import PackageNotFoundError, version

    yield Check("tuicrm", True, __version__)
    yield Check("python", True, ".".join(map(str, sys.version_info[:3])))
    yield sqlite_check(sqlite3.sqlite_version_info)
    for package in _LIBRARIES:
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


# --- paths and files ----------------------------------------------------------------------------------------


def _paths(crm: Crm) -> Iterator[Check]:
    from tuicrm.paths import log_file

    yield Check("database", True, str(crm.database.path))
    yield Check("live", True, str(crm.live.path))
    yield Check("settings", True, str(crm.settings.file))
    yield Check("log", True, str(log_file()))
    yield Check("agent", True, crm.me)
    yield _zone(crm)


def _zone(crm: Crm) -> Check:
    """Whether the company's clock is one of its country; by it quiet hours are judged."""
    from tuicrm.services.quiet import company_zone, home_zones

    zone, region, there = company_zone(crm), crm.region(), home_zones(crm)
    params = {"zone": zone, "region": region, "there": there[0]}
    return judged("zone", there == (zone,), crm.zone.key, "doctor_zone", **params)


def _files(path: Path) -> Iterator[Check]:
    wal = path.with_name(path.name + "-wal")
    live = path.with_name(f"{path.stem if path.suffix == '.db' else path.name}-live.db")
    yield Check("size", True, in_bytes(path.stat().st_size))
    if live.exists():
        yield Check("live size", True, in_bytes(live.stat().st_size))
    if wal.exists():
        size = wal.stat().st_size
        yield judged("wal", size <= _BIG_WAL_BYTES, in_bytes(size), "doctor_wal", size=in_bytes(size))
    for file in (path, wal, live, path.with_name(path.name + ".lock")):
        if file.exists():
            yield _mode(f"mode {file.name}", file)
    yield _folder(path.parent)
    free = shutil.disk_usage(path.parent).free
    yield judged("disk", free >= _LITTLE_SPACE_BYTES, in_bytes(free), "doctor_disk", free=in_bytes(free))
    kind = file_system(path.parent)
    yield judged("file system", kind not in _NETWORK, kind or "-", "doctor_network", kind=kind)


def _mode(name: str, file: Path) -> Check:
    """Nobody but the owner may read what holds people's numbers."""
    mode = stat.S_IMODE(file.stat().st_mode)
    return judged(name, not mode & 0o077, f"{mode:04o}", "doctor_mode", path=str(file), mode=f"{mode:04o}")


def _folder(folder: Path) -> Check:
    """Nobody else may put a file of theirs in the database's place."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    ok = not mode & 0o022 or bool(mode & stat.S_ISVTX)
    return judged("mode folder", ok, f"{mode:04o}", "doctor_folder", path=str(folder), mode=f"{mode:04o}")


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


# --- this computer ------------------------------------------------------------------------------------------


def _compiled() -> Iterator[Check]:
    """Whether Python may keep compiled code: without it every start takes 2.6 times as long."""
    missing = [name for name in ("tuicrm", "textual", "phonenumbers") if not _has_compiled(name)]
    ok = not missing
    yield judged(
        "compiled", ok, "ok" if ok else ", ".join(missing), "doctor_compiled", packages=tuple(missing)
    )
    forbidden = sys.dont_write_bytecode
    yield judged("write compiled", not forbidden, "no" if forbidden else "ok", "doctor_bytecode")


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
    yield judged("terminal", term not in ("", "dumb"), term or "-", "doctor_terminal")
    shown = colours(environ)
    yield judged("colours", shown not in ("none", "16"), shown, "doctor_colours")
    encoding = _quiet(lambda: locale.getencoding() if hasattr(locale, "getencoding") else "")
    utf8 = encoding.lower().replace("-", "") == "utf8"
    yield judged("locale", utf8, encoding or "-", "doctor_locale", encoding=encoding)


def _themes(settings: Settings) -> Iterator[Check]:
    """The theme that is set, and the user's own that cannot be used."""
    from tuicrm.services import themes

    found = themes.troubles(settings)
    if not found:
        yield Check("theme", True, settings.theme or themes.DEFAULT)
    for error in found:
        where = error.params.get("file") or settings.theme
        yield Check("theme", False, str(where), error.code, error.params)


def _right_to_left(settings: Settings) -> Iterator[Check]:
    """Who orders right-to-left text in this terminal, and why. A thing to be done only where Persian is read."""
    from tuicrm.services.terminal.served import look

    choice = look(settings).choice
    todo = choice.mend and i18n.language() == "fa"
    yield Check("right-to-left", not todo, choice.mode, choice.advice)
    value = f"{choice.reason} {choice.by}" if choice.by else choice.reason
    yield Check("right-to-left by", True, value, f"bidi_by_{choice.reason}", {"by": choice.by})


def _quiet(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except (LookupError, ValueError):
        return ""
