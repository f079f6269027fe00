"""What a contact is found by: the columns that the search reads, made from what people typed.

Written with the contact in the same transaction, never part of the change log: undo makes them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tuicrm.storage.many_rows import insert_rows

if TYPE_CHECKING:
    import sqlite3

    from tuicrm.storage.transaction import Transaction

NO_COMPANY = "\U0010ffff"
"""The key of a contact without a company: behind all that have one."""


def search_columns(tx: Transaction, contact: Mapping[str, Any]) -> dict[str, str]:
    """``name_key``, ``company_key``, ``words`` and ``glued`` of a contact given in the plain form of the change log.

    Also adds its words to the one-slip index.
    """
    columns, spelled = found_by(contact)
    add_spellings(tx, spelled)
    return columns


def found_by(contact: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The search columns of a contact, and its words for the one-slip index. Nothing is written."""
    from tuicrm.domain import fold

    name, company = contact.get("name") or "", contact.get("company") or ""
    numbers = [phone["raw"] for phone in contact.get("phones") or ()]
    title = name or company or (numbers[0] if numbers else "")
    own, firm = fold.spellings_once(name), fold.spellings(company)
    spelled = [own, firm]
    spelled += [fold.spellings(tag) for tag in contact.get("tags") or ()]
    spelled += [fold.spellings_once(email["address"]) for email in contact.get("emails") or ()]
    found = dict.fromkeys([word for written, _, _ in spelled for word in written])
    # besides as written, so that its beginnings are found while it is typed, as any spelling is looked for
    for written, one_spelling, initials in spelled:
        if one_spelling is not written:
            found.update(dict.fromkeys(one_spelling))
        if initials is not written:
            found.update(dict.fromkeys(initials))
    # only Latin words have another skeleton than themselves
    found.update(dict.fromkeys([fold.skeleton(word) for word in found if word.isascii()]))
    found.pop("", None)
    titled = own if name else firm if company else fold.spellings(title)
    columns = {
        "name_key": fold.in_order(" ".join(titled[0])),
        "company_key": fold.in_order(" ".join(firm[0])) or NO_COMPANY,
        "words": " ".join(found),
        # a name of signs alone (a heart) has no words, and is known by itself
        "glued": "".join(titled[1]) or title,
    }
    return columns, [*own[0], *firm[0]]


TAG_MARK = "\ue000"
"""Stands before a whole tag among the words of a call; of a tag with spaces they are left out."""


def call_columns(call: Mapping[str, Any]) -> dict[str, str]:
    """``words`` of a call given in the plain form of the change log: what was said, and its tags."""
    note, tags = call.get("note") or "", call.get("tags") or ()
    if not note and not tags:
        return {"words": ""}
    from tuicrm.domain import fold

    found: dict[str, None] = {}
    for text in (note, *tags):
        for words in fold.spellings(text)[:2]:
            found.update(dict.fromkeys(words))
    return {"words": " ".join([*found, *(tag_word(tag) for tag in tags)])}


def tag_word(tag: str) -> str:
    """What a call that has the tag has among its words."""
    from tuicrm.domain import fold

    return TAG_MARK + fold.glued(tag)


def add_words(raw: sqlite3.Connection, words: Iterable[tuple[int, str]]) -> None:
    """Puts new contacts (id, ``words``) into the full text index. Changed ones are put there by a trigger."""
    raw.executemany("INSERT INTO contact_fts (rowid, words) VALUES (?, ?)", words)


def add_spellings(tx: Transaction, words: list[str]) -> None:
    """Adds the words' stems to the one-slip index; those known to be in it are passed over.

    An import of 5,000 contacts meets the same words again and again: half of its time without this.
    """
    from tuicrm.domain import fold

    known, added = tx.known_stems, tx.new_stems
    new: set[str] = set()
    for word in words:
        whole = word[: fold.STEM_WHOLE]
        # the whole word was put in after its beginnings, so where it is, they are
        if whole not in known and whole not in added and whole not in new:
            new.update([stem for stem in fold.stems(word) if stem not in known and stem not in added])
    if not new:
        return
    rows = [(deletion, stem) for stem in new for deletion in fold.deletions(stem)]
    # in the order of the table: neighbours lie on one page
    rows.sort()
    insert_rows(tx.raw, "INSERT OR IGNORE INTO spelling (deletion, stem)", rows)
    added |= new
