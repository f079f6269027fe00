"""Databases with very many contacts, made once per run by plain statements and the domain's own rules."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from benchmarks.places import opened
from tuicrm.domain import fold
from tuicrm.services import demo_data

_BATCH = 20_000
_AT = "2026-11-22T06:00:00.000000Z"
_SYLLABLES = ("ka", "ri", "mo", "ta", "le", "vin", "shi", "ro", "ban", "del", "na", "sor", "gha", "pur", "zi")


Tongue = Literal["both", "fa", "en"]


def contacts(folder: Path, count: int, tongue: Tongue = "both") -> Path:
    """A database of that many people, every second one Persian or all of one tongue; made at the first call."""
    path = folder / f"people-{count}-{tongue}.db"
    if path.exists():
        return path
    part = path.with_name(f"making-{count}-{tongue}.db")
    crm = opened(part)
    raw = crm.database._writer
    known: set[str] = set()
    for first in range(1, count + 1, _BATCH):
        rows = [_person(number, tongue) for number in range(first, min(first + _BATCH, count + 1))]
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(
            "INSERT INTO contact (id, name, company, name_key, words, glued, created_at, updated_at)"
            " VALUES (:id, :name, :company, :name_key, :words, :glued, :at, :at)",
            rows,
        )
        raw.executemany("INSERT INTO contact_fts (rowid, words) VALUES (:id, :words)", rows)
        raw.executemany(
            "INSERT INTO phone (contact_id, position, raw, e164, reversed) VALUES (:id, 0, :raw, :e164, :reversed)",
            rows,
        )
        raw.executemany(
            "INSERT OR IGNORE INTO spelling (deletion, stem) VALUES (?, ?)", _spellings(rows, known)
        )
        raw.execute("COMMIT")
    raw.execute("INSERT INTO contact_fts (contact_fts) VALUES ('optimize')")
    raw.execute("ANALYZE")
    crm.close()
    part.rename(path)
    return path


def _person(number: int, tongue: Tongue) -> dict[str, Any]:
    rng = random.Random(number)
    if tongue == "fa" or (tongue == "both" and number % 2):
        name = f"{rng.choice(demo_data.PERSIAN_FIRST)[0]} {rng.choice(demo_data.PERSIAN_LAST)[0]}"
        company = rng.choice(demo_data.PERSIAN_COMPANIES)[0]
    else:
        made = "".join(rng.choice(_SYLLABLES) for _ in range(3)).capitalize()
        name = (
            f"{rng.choice(demo_data.ENGLISH_FIRST)} {rng.choice((made, rng.choice(demo_data.ENGLISH_LAST)))}"
        )
        company = rng.choice(demo_data.ENGLISH_COMPANIES)[0]
    e164 = f"+98912{number:07d}"
    words = _words(name) | _words(company)
    return {
        "id": number, "name": name, "company": company, "name_key": fold.fold(name), "words": " ".join(words),
        "glued": fold.glued(name), "at": _AT, "raw": f"0912{number:07d}", "e164": e164, "reversed": e164[:0:-1],
        "spelled": [*fold.words(name), *fold.words(company)],
    }  # fmt: skip


@lru_cache(maxsize=100_000)
def _words(text: str) -> dict[str, None]:
    found = fold.words(text)
    return dict.fromkeys([*found, *(fold.skeleton(word) for word in found)])


def _spellings(rows: list[dict[str, Any]], known: set[str]) -> Iterator[tuple[str, str]]:
    """The one-slip index's rows of stems that are not in it yet."""
    for row in rows:
        for word in row["spelled"]:
            for stem in fold.stems(word):
                if stem not in known:
                    known.add(stem)
                    yield from ((deletion, stem) for deletion in fold.deletions(stem))
