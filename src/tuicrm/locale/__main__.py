"""``python -m tuicrm.locale``: brings every catalogue up to date with the source and compiles it.

New texts are added without a translation, those that nobody says any more are dropped. What is left to translate is
listed, and is the exit code 1.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tuicrm.domain.record import replace
from tuicrm.locale import extract, po
from tuicrm.paths import locale_folder


def merged(old: Sequence[po.Entry], found: Sequence[po.Entry]) -> list[po.Entry]:
    """The header and what is found in the source, with the translations and remarks that were there."""
    known = {(entry.text, entry.many): entry for entry in old}
    header = [entry for entry in old if not entry.text]
    out = []
    for entry in found:
        was = known.get((entry.text, entry.many))
        out.append(replace(was, places=entry.places) if was else entry)
    return [*header, *out]


def update(file: Path, found: Sequence[po.Entry]) -> list[po.Entry]:
    """Brings one ``.po`` up to date and compiles it; gives the entries that have no translation."""
    entries = merged(po.read(file.read_text(encoding="utf-8")), found)
    file.write_text(po.write(entries), encoding="utf-8")
    file.with_suffix(".mo").write_bytes(po.compiled(entries))
    return [entry for entry in entries if entry.fuzzy or not entry.translated]


def main() -> int:
    """Updates all languages; gives the exit code."""
    found, left = extract.entries(), 0
    for file in sorted(locale_folder().glob("*/LC_MESSAGES/*.po")):
        missing = update(file, found)
        left += len(missing)
        for entry in missing:
            sys.stdout.write(f"{file.parts[-3]}: {' '.join(entry.places)}: {entry.text!r}\n")
    sys.stdout.write(f"{len(found)} texts, {left} to translate\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
