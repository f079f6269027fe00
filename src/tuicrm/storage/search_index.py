"""What a contact is found by: the columns that the search reads, made from what people typed.

Written with the contact in the same transaction, never part of the change log: undo makes them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tuicrm.storage.transaction import Transaction

SOURCES = ("name", "company", "emails", "tags", "phones")
"""The columns of a contact that the search columns are made from."""


def search_columns(tx: Transaction, contact: Mapping[str, Any]) -> dict[str, str]:
    """``name_key``, ``words`` and ``glued`` of a contact given in the plain form of the change log.

    Also adds its words to the one-slip index.
    """
    from tuicrm.domain import fold

    name, company = contact.get("name") or "", contact.get("company") or ""
    numbers = [phone["raw"] for phone in contact.get("phones") or ()]
    title = name or company or (numbers[0] if numbers else "")
    texts = [name, company, *(contact.get("tags") or ())]
    texts += [email["address"] for email in contact.get("emails") or ()]
    spelled = [fold.words(text) for text in texts]
    found = {word: None for one in spelled for word in one}
    # besides as written, so that its beginnings are found while it is typed, as any spelling is looked for
    found |= {word: None for one in spelled for word in (*fold.one_spelling(one), *fold.joined_initials(one))}
    skeletons = {fold.skeleton(word): None for word in found}
    add_spellings(tx, [*fold.words(name), *fold.words(company)])
    return {
        "name_key": fold.fold(title),
        "words": " ".join([*found, *(word for word in skeletons if word and word not in found)]),
        "glued": fold.unified(title),
    }


def add_spellings(tx: Transaction, words: list[str]) -> None:
    """Adds the words' stems to the one-slip index; those known to be in it are passed over.

    An import of 5,000 contacts meets the same words again and again: half of its time without this.
    """
    from tuicrm.domain import fold

    new = {stem for word in words for stem in fold.stems(word)} - tx.new_stems - tx.known_stems
    if not new:
        return
    tx.raw.executemany(
        "INSERT OR IGNORE INTO spelling (deletion, stem) VALUES (?, ?)",
        [(deletion, stem) for stem in sorted(new) for deletion in fold.deletions(stem)],
    )
    tx.new_stems |= new
