"""Which column of a CSV file holds what: as the person says, by its heading, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.domain.fold import fold
from tuicrm.domain.record import record, replace
from tuicrm.exchange import csv_content, csv_headings, csv_names

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
    "cadence_days",
    "created_at",
    "phone_labels",
    "email_labels",
)
"""How our own export begins; its ``id`` and ``created_at`` are nothing to read back."""
FIELD_PREFIX: Final = "field "
"""Before a free field in our own export whose name is one of the columns above."""

_OWN_TARGETS: Final = {
    **{"id": "skip", "created_at": "skip", "phones": "phone", "emails": "email", "tags": "tag"},
    **{"cadence_days": "cadence", "phone_labels": "label", "email_labels": "label"},
}
_OWN_LABELS: Final = {"phones": "phone_labels", "emails": "email_labels"}
"""A column of our own -> the one with a label for each thing in it."""
LABELS_APART: Final = ":::"
"""Between labels in one cell, as Google writes between numbers."""

TARGETS: Final = (
    *("name", "first", "last", "company", "phone", "email", "tag", "note", "owner", "do_not_call", "ext"),
    "cadence",
    *("field", "skip", "turned", "prefix", "middle", "suffix", "nick"),
)
"""What ``--map COLUMN=TARGET`` can say; ``field:NAME`` too. ``turned``: a whole name as ``White, Wei``."""
_OTHER_WORDS: Final = {
    "do not call": "do_not_call",
    "extension": "ext",
    "phones": "phone",
    "notes": "note",
    "last first": "turned",
}
_FIELD_AS: Final = re.compile(r"\s*field\s*:(.*)", re.IGNORECASE | re.DOTALL)
_NUMBERED_NAME: Final = re.compile(r"column \d+")
_SAMPLES: Final = 3
_SAMPLE_LENGTH: Final = 80
_LABELLING: Final = ("type", "label", "typ")
_NAMING: Final = frozenset(("name", "turned", "first", "last", "company", "phone", "email"))
"""What a contact can be known by; without any of these there is none in the file."""


@record
class Column:
    """One column of a file.

    ``heading``: on one line. ``target``: what it holds, one of ``TARGETS``, or ``label`` (the label of the number
    beside it), ``deleted``, ``status``, ``code``. ``label``: of its numbers and addresses. ``samples``: some of what
    stands in it. ``sure``: by the person or by a known heading, not guessed. ``field``: the name of the free field.
    ``beside``: the place of the column that holds its label, or of the number that an extension belongs to.
    """

    heading: str
    target: str
    label: str = ""
    samples: tuple[str, ...] = ()
    sure: bool = True
    field: str = ""
    beside: int | None = None


def columns(
    headings: Sequence[str],
    mapping: Mapping[str, str],
    name: str,
    first_rows: Sequence[Sequence[str]] = (),
) -> tuple[Column, ...]:
    """Every column of a file. ``mapping``: heading or number (from 1) of a column -> target.

    Raises as ``chosen``, and when nothing in the file can be a name, a number or an address.
    """
    found = chosen(headings, mapping, name, first_rows)
    if not any(column.target in _NAMING for column in found):
        raise Invalid("csv_no_name", file=name, choices=tuple(text for text in headings if text.strip()))
    return found


def chosen(
    headings: Sequence[str],
    mapping: Mapping[str, str],
    name: str,
    first_rows: Sequence[Sequence[str]] = (),
) -> tuple[Column, ...]:
    """``columns`` of a file that may be of no use yet. ``name``: the file.

    Raises ``Invalid`` for a mapping of an unknown column or target.
    """
    wanted = _wanted(headings, mapping, name)
    found = list(suggest(headings, first_rows))
    for place, (target, field) in wanted.items():
        label = csv_names.label_in(csv_names.bare(fold(headings[place])))
        found[place] = replace(
            found[place],
            target=target,
            label=label if target in ("phone", "email") else "",
            field=field or found[place].field or found[place].heading,
            sure=True,
            beside=found[place].beside if target == found[place].target else None,
        )
    return tuple(
        _extension(found, place) if column.target == "ext" else column for place, column in enumerate(found)
    )


def suggest(headings: Sequence[str], first_rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """What every column holds as far as it can be told, for a person to look over."""
    if is_own(headings):
        found = [_own(heading, place) for place, heading in enumerate(headings)]
    else:
        found = _by_heading(headings)
        _by_what_it_is(found, first_rows)
        _by_content(found, first_rows)
        for place, column in enumerate(found):
            if column.target == "name" and csv_content.turned(first_rows, place):
                found[place] = replace(column, target="turned", sure=False)
    return tuple(
        replace(column, samples=_samples(first_rows, place), field=column.field or column.heading)
        for place, column in enumerate(found)
    )


def signature(headings: Sequence[str], *, ordered: bool = True) -> str:
    """Names a header, so that what a person said about its columns can be remembered; ``""`` for no header.

    The same for the same columns, whatever their capitals and signs; ``ordered``: in the same order.
    """
    folded = [fold(heading) for heading in headings]
    while folded and not folded[-1]:
        folded.pop()
    if all(_NUMBERED_NAME.fullmatch(heading) for heading in folded):
        return ""
    # Imported here: only an import needs it.
    from hashlib import sha256

    told = folded if ordered else ["", *sorted(folded)]
    return sha256("\x1f".join(told).encode()).hexdigest()[:32]


def parted(
    headings: Sequence[str], mapping: Mapping[str, str], name: str
) -> tuple[dict[str, str], dict[str, str]]:
    """What a person said of columns, by their headings; and by their numbers, of those whose heading does not name
    them. Raises as ``chosen``."""
    folded = [fold(heading) for heading in headings]
    by_heading, by_number = {}, {}
    for column, target in mapping.items():
        meant = _places(headings, column, name)
        one = len(meant) == 1 and folded.count(folded[meant[0]]) == 1
        if len(meant) > 1 or (one and not _NUMBERED_NAME.fullmatch(folded[meant[0]])):
            by_heading[headings[meant[0]]] = target
        else:
            by_number[str(meant[0] + 1)] = target
    return by_heading, by_number


def is_own(headings: Sequence[str]) -> bool:
    """Whether a header is that of our own export."""
    return tuple(map(fold, headings[: len(OWN_COLUMNS)])) == tuple(map(fold, OWN_COLUMNS))


# --- what the person says -----------------------------------------------------------------------------------


def _wanted(headings: Sequence[str], mapping: Mapping[str, str], name: str) -> dict[int, tuple[str, str]]:
    """Place of a column -> (target, name of the free field)."""
    wanted = {}
    for column, target in mapping.items():
        wanted.update(dict.fromkeys(_places(headings, column, name), _target(target)))
    return wanted


def _places(headings: Sequence[str], column: str, name: str) -> list[int]:
    """Where the columns of that heading stand, else the one of that number."""
    sought = fold(column)
    meant = [place for place, heading in enumerate(headings) if fold(heading) == sought]
    meant = meant or _by_number(column, len(headings))
    if not meant or not column.strip():
        raise Invalid("map_column", column=column, file=name, choices=tuple(headings))
    return meant


def _by_number(text: str, many: int) -> list[int]:
    digits = fold(text)
    return [int(digits) - 1] if digits.isdecimal() and len(digits) < 6 and 0 < int(digits) <= many else []


def _target(text: str) -> tuple[str, str]:
    if (named := _FIELD_AS.fullmatch(text)) and (field := " ".join(named[1].split())):
        return "field", field
    folded = fold(text)
    target = _OTHER_WORDS.get(folded, folded)
    if target not in TARGETS and target.removesuffix("s") in TARGETS:
        target = target.removesuffix("s")
    if target not in TARGETS:
        raise Invalid("map_target", target=text, choices=(*TARGETS[:12], "field:NAME", *TARGETS[12:]))
    return target, ""


# --- what the heading says ----------------------------------------------------------------------------------


def _own(heading: str, place: int) -> Column:
    if place >= len(OWN_COLUMNS):
        return Column(heading, "field", field=heading.removeprefix(FIELD_PREFIX))
    name = OWN_COLUMNS[place]
    beside = OWN_COLUMNS.index(_OWN_LABELS[name]) if name in _OWN_LABELS else None
    return Column(heading, _OWN_TARGETS.get(name, name), beside=beside)


def _by_heading(headings: Sequence[str]) -> list[Column]:
    folded = [fold(heading) for heading in headings]
    others = frozenset(map(csv_names.bare, folded))
    found = [
        _foreign(" ".join(heading.split()), each, others)
        for heading, each in zip(headings, folded, strict=True)
    ]
    _pair(found, folded)
    return [
        _extension(found, place) if column.target == "ext" else column for place, column in enumerate(found)
    ]


def _foreign(heading: str, folded: str, others: frozenset[str]) -> Column:
    if special := csv_names.beside(folded, others):
        return Column(heading, special)
    said = csv_names.meaning(folded)
    if said is not None:
        return Column(heading, said.target, said.label, sure=said.sure)
    if csv_names.is_extension(folded):
        return Column(heading, "ext")
    return Column(heading, "field")


def _pair(found: list[Column], folded: Sequence[str]) -> None:
    """Ties ``Phone 1 - Label`` to ``Phone 1 - Value``, wherever they stand."""
    bases = {each.removesuffix(" value"): place for place, each in reversed(list(enumerate(folded)))}
    for place, each in enumerate(folded):
        words = each.split()
        if not words or words[-1] not in _LABELLING:
            continue
        value = bases.get(" ".join(words[:-1]))
        if value is None or found[value].target not in ("phone", "email", "field"):
            continue
        if found[value].target == "field" and not folded[value].endswith(" value"):
            continue
        found[value] = replace(found[value], beside=place)
        found[place] = replace(found[place], target="label", sure=True)


def _extension(found: Sequence[Column], place: int) -> Column:
    """An extension's column tied to its number's: that of the same words, else the nearest before, else after."""
    column = found[place]
    base = csv_names.without_extension(fold(column.heading))
    phones = [at for at, other in enumerate(found) if other.target == "phone"]
    if not phones:
        return replace(column, target="field")
    same = next((at for at in phones if base and fold(found[at].heading) == base), None)
    before = [at for at in phones if at < place]
    return replace(column, beside=same if same is not None else before[-1] if before else phones[0])


# --- what stands in it --------------------------------------------------------------------------------------


def _by_content(found: list[Column], rows: Sequence[Sequence[str]]) -> None:
    """Columns of unknown headings as what stands in them, where no heading says which column that is."""
    unknown = [
        place for place, column in enumerate(found) if column.target == "field" and _speaks_of_nobody(column)
    ]
    if not unknown or not rows:
        return
    targets = {column.target for column in found}
    kinds = csv_content.kinds(rows, len(found))
    for target in ("phone", "email"):
        if target not in targets:
            for place in unknown:
                if kinds[place] == target:
                    found[place] = replace(found[place], target=target, sure=False)
    reached = {"phone", "email"}.intersection(column.target for column in found)
    if not reached or targets & {"name", "first", "last", "company"}:
        return
    for target in ("name", "first", "last", "company"):
        for place in [place for place in unknown if kinds[place] == target][:1]:
            found[place] = replace(found[place], target=target, sure=False)


def _by_what_it_is(found: list[Column], rows: Sequence[Sequence[str]]) -> None:
    """Columns whose heading may say who it is as well as how they are reached."""
    for place, column in enumerate(found):
        if fold(column.heading) in csv_headings.WHO_OR_HOW:
            kind = csv_content.kind([row[place] for row in rows if place < len(row)])
            if kind in ("phone", "email"):
                found[place] = replace(column, target=kind, sure=False)


def _speaks_of_nobody(column: Column) -> bool:
    """Whether a heading does not say that its addresses or numbers are something else's."""
    return (
        not csv_headings.NOT_REACHED_BY.intersection(fold(column.heading).split()) and column.beside is None
    )


def _samples(rows: Sequence[Sequence[str]], place: int) -> tuple[str, ...]:
    texts = dict.fromkeys(row[place].strip() for row in rows if place < len(row) and row[place].strip())
    return tuple(text[:_SAMPLE_LENGTH] for text in list(texts)[:_SAMPLES])
