"""Which column of a CSV file holds what: by its heading, in English or Persian, or as the person says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.domain.fold import fold
from tuicrm.domain.record import record

OWN_COLUMNS: Final = (
    "id",
    "name",
    "company",
    "phones",
    "emails",
    "tags",
    "note",
    "do_not_call",
    "owner",
    "created_at",
)
"""How our own export begins; its ``id`` and ``created_at`` are nothing to read back."""
FIELD_PREFIX: Final = "field "
"""Before a free field in our own export whose name is one of the columns above."""

TARGETS: Final = ("name", "first", "last", "company", "phone", "email", "tag", "note", "field", "skip")
"""What ``--map COLUMN=TARGET`` can say."""

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "name",
        "full name",
        "display name",
        "contact",
        "contact name",
        "نام",
        "نام کامل",
        "نام و نام خانوادگی",
    ),
    "first": ("first name", "given name", "firstname", "نام کوچک"),
    "last": ("last name", "family name", "surname", "lastname", "نام خانوادگی"),
    "company": ("company", "company name", "organization", "organisation", "account", "شرکت", "سازمان"),
    "phone": (
        *(
            "phone",
            "phones",
            "telephone",
            "tel",
            "mobile",
            "cell",
            "phone number",
            "mobile number",
            "mobile phone",
        ),
        *("work phone", "home phone", "office phone", "business phone", "primary phone"),
        *("تلفن", "شماره", "شماره تلفن", "موبایل", "تلفن همراه", "همراه", "تلفن ثابت"),
    ),
    "email": (
        *(
            "email",
            "emails",
            "e mail",
            "mail",
            "email address",
            "e mail address",
            "primary email",
            "secondary email",
        ),
        *("work email", "home email", "ایمیل", "رایانامه", "پست الکترونیک"),
    ),
    "tag": ("tag", "tags", "label", "labels", "category", "categories", "group", "برچسب", "برچسب ها", "گروه"),
    "note": (
        "note",
        "notes",
        "comment",
        "comments",
        "remark",
        "remarks",
        "description",
        "یادداشت",
        "توضیحات",
    ),
}
_BY_HEADING: Final = {fold(name): target for target, names in _HEADINGS.items() for name in names}
_LABELS: Final = {
    "mobile": "mobile",
    "cell": "mobile",
    "موبایل": "mobile",
    "همراه": "mobile",
    "home": "home",
    "work": "work",
}


@record
class Column:
    """One column: its heading, what it holds (one of ``TARGETS``, or a column of our own), a label for numbers."""

    heading: str
    target: str
    label: str = ""


def columns(headings: Sequence[str], mapping: Mapping[str, str], name: str) -> tuple[Column, ...]:
    """Every column of a file. Raises ``Invalid`` for a mapping of an unknown column or target, and when nothing in
    the file can be a name or a number."""
    wanted = {fold(heading): _target(target) for heading, target in mapping.items()}
    known = {fold(heading) for heading in headings}
    for heading in mapping:
        if fold(heading) not in known:
            raise Invalid("map_column", column=heading, file=name, choices=tuple(headings))
    own = tuple(fold(heading) for heading in headings)[: len(OWN_COLUMNS)] == tuple(map(fold, OWN_COLUMNS))
    found = tuple(
        _own(heading, place) if own else _foreign(heading, wanted) for place, heading in enumerate(headings)
    )
    if not any(column.target in ("name", "first", "last", "phone") for column in found):
        raise Invalid(
            "csv_no_name", file=name, choices=tuple(heading for heading in headings if heading.strip())
        )
    return found


def _target(text: str) -> str:
    target = fold(text).removesuffix("s") if text else ""
    if target not in TARGETS:
        raise Invalid("map_target", target=text, choices=TARGETS)
    return target


def _own(heading: str, place: int) -> Column:
    if place >= len(OWN_COLUMNS):
        return Column(heading.removeprefix(FIELD_PREFIX), "field")
    name = OWN_COLUMNS[place]
    target = {"id": "skip", "created_at": "skip", "phones": "phone", "emails": "email", "tags": "tag"}.get(
        name, name
    )
    return Column(heading, target)


def _foreign(heading: str, wanted: Mapping[str, str]) -> Column:
    folded = fold(heading)
    bare = folded.rstrip("0123456789 ")
    target = (
        wanted.get(folded)
        or _BY_HEADING.get(folded)
        or _BY_HEADING.get(bare)
        or ("field" if folded else "skip")
    )
    label = next((label for word, label in _LABELS.items() if word in folded.split()), "")
    return Column(" ".join(heading.split()), target, label if target in ("phone", "email") else "")
