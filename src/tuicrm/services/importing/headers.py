"""What was said last about the columns of a file, found again by its header.

What was said of a column by its heading holds wherever that column stands, so it is kept under the headings in any
order; what can only be said by a number (a heading that stands twice, or none) under the headings in this order.
"""

from __future__ import annotations

from collections.abc import Mapping

from tuicrm.domain.fold import fold
from tuicrm.services.context import Crm
from tuicrm.services.importing import source as files
from tuicrm.services.importing.source import Source
from tuicrm.storage import batches
from tuicrm.storage.database import Actor


def remembered(crm: Crm, source: Source) -> dict[str, str]:
    """Heading or number of a column -> what it holds. A heading may be written in other capitals by now."""
    anyhow, so = files.signatures(source)
    if not anyhow:
        return {}
    with crm.database.reader() as conn:
        return batches.mapping_of(conn, anyhow) | batches.mapping_of(conn, so)


def remember(crm: Crm, source: Source, mapping: Mapping[str, str]) -> None:
    """Keeps what a person has said now. Raises as ``files.columns``."""
    signatures = files.signatures(source)
    if not mapping or not signatures[0]:
        return
    with crm.database.reader() as conn:
        known = [batches.mapping_of(conn, each) for each in signatures]
    told = [_merged(old, new) for old, new in zip(known, files.said_of(source, mapping), strict=True)]
    if told != known:
        with crm.database.transaction(Actor(crm.me, "import"), "import") as tx:
            for signature, new in zip(signatures, told, strict=True):
                if new:
                    batches.remember_mapping(tx, signature, new)


def _merged(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Both; of one column, whatever its capitals, what is new."""
    said = {fold(column) for column in new}
    return {**{column: target for column, target in old.items() if fold(column) not in said}, **new}
