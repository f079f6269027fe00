"""``tuicrm contact merge``, ``duplicates`` and ``apart``: people who are in the book twice."""

from __future__ import annotations

from typing import Annotated

import typer

from tuicrm.cli import say
from tuicrm.cli.options import After, All, Limit, WhereContacts, named_contact
from tuicrm.cli.session import current, opened
from tuicrm.cli.shapes import Shape
from tuicrm.domain.errors import NotFound, Usage
from tuicrm.domain.models import Contact
from tuicrm.i18n import figures, t, word
from tuicrm.number_words import number_words
from tuicrm.services import contacts, duplicates, find, merging
from tuicrm.services.context import Crm
from tuicrm.services.duplicates import Pair

Kept = Annotated[
    str, typer.Argument(metavar="KEEP", help=t("Who stays: contact:12, 12, a name or a number."))
]
Gone = Annotated[list[str], typer.Argument(metavar="GONE...", help=t("Who goes into it, one or several."))]
One = Annotated[str, typer.Argument(metavar="A", help=t("contact:12, 12, a name or a number."))]
Other = Annotated[str, typer.Argument(metavar="B", help=t("contact:12, 12, a name or a number."))]


def merge(crm: Crm, keep: str, gone: list[str]) -> Contact:
    """Merges the named contacts into the first."""
    ids = [named_contact(crm, each) for each in (keep, *gone)]
    return merging.merge(crm, ids[0], ids[1:])


def apart(a: One, b: Other) -> None:
    """Remember that two contacts are two people, no duplicates."""
    with opened() as crm:
        low, high = duplicates.keep_apart(crm, named_contact(crm, a), named_contact(crm, b))
        if current().json:
            say.data({"a": low, "b": high})
        else:
            refs = (f"contact:{low}", f"contact:{high}")
            say.line(t("{a} and {b} are kept apart.", a=refs[0], b=refs[1]))


def list_pairs(
    limit: Limit = 50, after: After = None, everything: All = False, where: WhereContacts = None
) -> None:
    """List pairs of contacts that are likely one, and why."""
    behind = _pair_of(after)
    with opened() as crm:
        found = (
            _pairs(crm, behind, where) if where else _first(crm, behind, None if everything else limit + 1)
        )
        shown = found if everything else found[:limit]
        if current().json:
            say.stream(_shape(it) for it in shown)
        else:
            say.listed([_row(crm, it) for it in shown], t("No duplicates found."))
        if len(found) > len(shown):
            last = f"{shown[-1].a}:{shown[-1].b}"
            say.warn(t("There are more: --after {id} goes on, --all shows everything.", id=last))


def _first(crm: Crm, behind: tuple[int, int] | None, limit: int | None) -> list[Pair]:
    return list(duplicates.duplicates(crm, limit=limit, after=behind))


def _pairs(crm: Crm, behind: tuple[int, int] | None, where: str) -> list[Pair]:
    """Those of which either is one of the chosen contacts."""
    pairs = _first(crm, behind, None)
    fitting = find.fitting(crm, {one for it in pairs for one in (it.a, it.b)}, where)
    return [it for it in pairs if it.a in fitting or it.b in fitting]


def _shape(it: Pair) -> Shape:
    """``why``: the strongest of the ``reasons``, as an import's report gives it."""
    return {"a": it.a, "b": it.b, "why": it.why[0], "score": it.score, "reasons": list(it.why)}


def _row(crm: Crm, it: Pair) -> tuple[object, ...]:
    reasons = t("{reasons}", reasons=tuple(word(f"same {why}") for why in it.why))
    return (
        f"contact:{it.a}",
        _named(crm, it.a),
        f"contact:{it.b}",
        _named(crm, it.b),
        figures(str(it.score)),
        reasons,
    )


def _named(crm: Crm, contact_id: int) -> str:
    try:
        it = contacts.get(crm, contact_id)
    except NotFound:
        return ""
    number = number_words(it.phones[0], crm.region()) if it.phones else ""
    return t(", ").join(part for part in (it.name or number, it.company) if part)


def _pair_of(text: str | None) -> tuple[int, int] | None:
    """``12:34``, the pair that was seen last."""
    if text is None:
        return None
    parts = text.replace("contact:", "").replace(",", ":").split(":")
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        raise Usage("pair_after", value=text)
    return int(parts[0]), int(parts[1])
