"""Labels of numbers and names of fields that the program itself gives, in the user's language.

They are kept in English (``mobile``, ``work fax``, ``address (home)``), whatever program a contact came from, so that
they mean the same to everybody; what a person has written as a label stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from tuicrm.i18n import LANGUAGES, Phrase, spoken, t

LABELS: Final[Mapping[str, str]] = {
    "assistant": "assistant",
    "brother": "brother",
    "car": "car",
    "child": "child",
    "company": "company",
    "direct": "direct",
    "domestic partner": "domestic partner",
    "father": "father",
    "fax": "fax",
    "friend": "friend",
    "home": "home",
    "landline": "landline",
    "main": "main",
    "manager": "manager",
    "mobile": "mobile",
    "mother": "mother",
    "office": "office",
    "other": "other",
    "pager": "pager",
    "parent": "parent",
    "partner": "partner",
    "referred by": "referred by",
    "relative": "relative",
    "school": "school",
    "sister": "sister",
    "spouse": "spouse",
    "whatsapp": "WhatsApp",
    "work": "work",
}
"""Of numbers and addresses, and how people are related."""

FIELDS: Final[Mapping[str, str]] = {
    "access": "access",
    "address": "address",
    "address label": "address on envelopes",
    "anniversary": "anniversary",
    "birthday": "birthday",
    "blog": "blog",
    "calendar": "calendar",
    "calendar address": "calendar's address",
    "date": "date",
    "date of death": "date of death",
    "department": "department",
    "directory": "directory",
    "email": "e-mail",
    "expertise": "expertise",
    "free/busy": "free and busy times",
    "full name": "full name",
    "gender": "gender",
    "hobby": "hobby",
    "instant messenger": "instant messenger",
    "interest": "interest",
    "kind": "kind",
    "language": "language",
    "location": "location",
    "nickname": "nickname",
    "other company": "other company",
    "other name": "other name",
    "phone": "phone",
    "phonetic first name": "first name as spoken",
    "phonetic last name": "last name as spoken",
    "phonetic middle name": "middle name as spoken",
    "phonetic name": "name as spoken",
    "place of death": "place of death",
    "profession": "profession",
    "profile": "profile",
    "related": "related",
    "role": "role",
    "salutation": "salutation",
    "time zone": "time zone",
    "title": "title",
    "video": "video",
    "website": "website",
}
"""Of fields that readers make of what has no place of its own."""

_ISOLATES: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
_NAMED: Final = re.compile(r"([^()]+) \(([^()]+)\)")


def label_words(kept: str) -> Phrase:
    """What a number or an address is labelled with, as people call it; empty for no label."""
    if not kept:
        return Phrase()
    if said := LABELS.get(kept):
        return t(said)
    place, _, kind = kept.partition(" ")
    if place in LABELS and kind in LABELS:
        return t("{place} {kind}", place=label_words(place), kind=label_words(kind))
    return t("{word}", word=kept)


def field_words(kept: str) -> Phrase:
    """What a field is called: ``address (home)`` is named by both words."""
    if said := FIELDS.get(kept) or LABELS.get(kept):
        return t(said)
    named = _NAMED.fullmatch(kept)
    if named and named[1] in FIELDS:
        return t("{name} ({label})", name=field_words(named[1]), label=label_words(named[2]))
    return t("{word}", word=kept)


def kept_field(said: str) -> str:
    """The name under which a field is kept, from what the reader calls it: ``زادروز`` is ``birthday``, ``نشانی (خانه)``
    ``address (home)``. A name of one's own is kept as it is."""
    from tuicrm.domain.fold import fold

    known = _kept_by_words(spoken())
    if kept := known.get(fold(said)):
        return kept
    named = _NAMED.fullmatch(said.strip())
    field = known.get(fold(named[1])) if named else None
    label = known.get(fold(named[2])) if named else None
    return f"{field} ({label})" if field in FIELDS and label else said


@lru_cache(maxsize=len(LANGUAGES))
def _kept_by_words(_spoken: str) -> dict[str, str]:
    """The names of fields by what the reader calls them, folded. Of a long file each field of each row is asked for:
    made anew every time, this was half of reading it."""
    from tuicrm.domain.fold import fold

    called = {kept: field_text(kept) for kept in (*LABELS, *FIELDS)}
    return {fold(words): kept for kept, words in called.items() if words != kept}


def field_text(kept: str) -> str:
    """The same as plain text, for a place where it stands among data and directions are found anew."""
    return field_words(kept).translate(_ISOLATES)
