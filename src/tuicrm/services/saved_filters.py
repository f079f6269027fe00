"""Filters under a name: one's own and everybody's. One of contacts is a worklist.

Nobody makes an own one of a name that everybody's has: it would stand before that, which could not be named any more.
Where two of a name meet all the same, for everybody's came later, the name means one's own, and everybody's is called
``name (shared)``, in lists and by whoever types it. Anybody may change everybody's; the change log says who did.
One worklist is always there: those to whom a call is owed (``owed_list``).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from tuicrm import i18n
from tuicrm.domain.errors import Conflict, Invalid, NotFound
from tuicrm.domain.filters import parse
from tuicrm.domain.fold import fold
from tuicrm.domain.record import replace
from tuicrm.domain.safe import tidy
from tuicrm.domain.saved_filter import SavedFilter
from tuicrm.services import filtering
from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import saved

LISTS: Final = ("contacts", "calls", "followups", "tickets")
LONGEST_NAME: Final = 40
LONGEST_TEXT: Final = 1000
OWED_ID: Final = 0
"""The id of the worklist that is always there; no record has it."""
_OWED: Final = {"en": "owed", "fa": "نوبت تماس"}
_SHARED: Final = {"en": "shared", "fa": "همگانی"}


def owed_list() -> SavedFilter:
    """The worklist of those to whom a call is owed, called so in the user's language."""
    name = _OWED.get(i18n.language(), _OWED["en"])
    return SavedFilter(OWED_ID, "contacts", name, "owed:yes", None, datetime.fromtimestamp(0, UTC))


def page(crm: Crm, what: str | None = None) -> list[SavedFilter]:
    """The filters of a list, or of all lists: own ones first, by name."""
    with crm.database.reader() as conn:
        return _told_apart(saved.page(conn, crm.me, what))


def get(crm: Crm, what: str, name: str) -> SavedFilter:
    """The filter that a name means here. Raises ``NotFound``: of contacts ``no_worklist`` or ``no_worklist_near``, of
    other lists ``no_filter`` or ``no_filter_near``."""
    return _get_named(crm, what, name, "no_worklist" if what == "contacts" else "no_filter")


def part(crm: Crm, what: str, name: str) -> SavedFilter:
    """As ``get``, for a part of a filter: raises ``Invalid`` (``no_filter``, ``no_filter_near``) for ``NotFound``."""
    try:
        return _get_named(crm, what, name, "no_filter")
    except NotFound as missing:
        raise Invalid(missing.code, **missing.params) from None


def save(crm: Crm, what: str, name: str, text: str, *, shared: bool = False) -> SavedFilter:
    """Saves a filter; one of the same name and the same people is replaced, which ``replaced`` tells.

    Raises ``Invalid`` for a name or a filter that is none, and for one that names itself (``filter_round``);
    ``Conflict`` for the name of a worklist by names (``worklist_names``), of the one that is always there, and of
    everybody's for an own one, or the other way round (``filter_taken``).
    """
    if what not in LISTS:
        raise Invalid("filter_list", what=what, choices=LISTS)
    name, text = checked_name(name, what), _checked_text(crm, what, name, text)
    ensure_self(crm)
    agent = None if shared else crm.me
    with crm.database.transaction(crm.actor, "filter.save") as tx:
        known = saved.named(tx, what, fold(name), agent)
        values = {"what": what, "name": name, "name_key": fold(name), "text": text, "agent": agent}
        if known is None:
            _refuse_taken(tx, what, name, crm.me if shared else None)
            number = tx.insert("saved_filter", values)
        elif known.members:
            raise Conflict("worklist_names", name=known.name)
        else:
            number = known.id
            tx.update("saved_filter", number, values)
    before = known.text if known is not None and known.text != text else ""
    return replace(_get(crm, number), replaced=before)


def rename(crm: Crm, filter_id: int, name: str, *, shared: bool | None = None) -> SavedFilter:
    """Gives a filter another name, and to everybody (``shared``) or to oneself alone; None: whose it is already.

    Raises ``Conflict("filter_taken")`` when they, or everybody, have one of that name.
    """
    name = checked_name(name, "contacts")
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "filter.rename" if shared is None else "filter.share") as tx:
        known = _own(tx, crm, filter_id)
        # it was told apart from one's own, which is no new name
        name = known.name if _bare(name) == fold(known.name) else name
        agent = known.agent if shared is None else None if shared else crm.me
        other = saved.named(tx, known.what, fold(name), agent)
        if other is not None and other.id != known.id:
            raise Conflict("filter_taken", name=name)
        if (fold(name), agent) != (fold(known.name), known.agent):
            _refuse_taken(tx, known.what, name, crm.me if agent is None else None, known.id)
        tx.update("saved_filter", known.id, {"name": name, "name_key": fold(name), "agent": agent})
    return _get(crm, filter_id)


def share(crm: Crm, filter_id: int, *, shared: bool) -> SavedFilter:
    """Gives a filter to everybody, or to oneself alone. Raises as ``rename``."""
    return rename(crm, filter_id, _get(crm, filter_id).name, shared=shared)


def delete(crm: Crm, filter_id: int) -> SavedFilter:
    """Deletes a filter; ``undo`` brings it back."""
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "filter.delete") as tx:
        known = _own(tx, crm, filter_id)
        tx.delete("saved_filter", known.id)
    return known


def _get(crm: Crm, filter_id: int) -> SavedFilter:
    with crm.database.reader() as conn:
        return _own(conn, crm, filter_id)


def _get_named(crm: Crm, what: str, name: str, code: str) -> SavedFilter:
    with crm.database.reader() as conn:
        found = meant(conn, crm, what, name)
        if found is None and _is_owed(what, fold(name)):
            return owed_list()
        if found is None:
            raise _missing(_told_apart(saved.page(conn, crm.me, what)), name, code)
        return found


def _own(conn: Connection, crm: Crm, filter_id: int) -> SavedFilter:
    """The filter with that id, if it is one's own or everybody's."""
    if filter_id == OWED_ID:
        raise Conflict("worklist_built_in", name=owed_list().name)
    found = saved.record(conn, filter_id)
    if found is None or found.agent not in (None, crm.me):
        raise NotFound("no_filter", name=f"filter:{filter_id}")
    return found


def meant(conn: Connection, crm: Crm, what: str, name: str) -> SavedFilter | None:
    """The filter of that name that one may use: one's own, else everybody's; ``name (shared)`` is everybody's."""
    key, bare = fold(name), _bare(name)
    found = saved.named(conn, what, key, crm.me) or saved.named(conn, what, key, None)
    if found is not None or not bare:
        return found
    own, shared = saved.named(conn, what, bare, crm.me), saved.named(conn, what, bare, None)
    return _told_apart([own, shared])[1] if own is not None and shared is not None else shared


def _told_apart(found: list[SavedFilter]) -> list[SavedFilter]:
    """Everybody's with ``(shared)`` behind the name where one of one's own has it too."""
    own = {(it.what, fold(it.name)) for it in found if it.agent is not None}
    word = _SHARED.get(i18n.language(), _SHARED["en"])
    return [
        replace(it, name=f"{it.name} ({word})")
        if it.agent is None and (it.what, fold(it.name)) in own
        else it
        for it in found
    ]


def _bare(name: str) -> str:
    """The folded name in front of ``(shared)``, in either language; ``""`` for one without that."""
    ends = (f"({word})" for word in _SHARED.values())
    return next((fold(name.strip()[: -len(end)]) for end in ends if name.strip().endswith(end)), "")


def _is_owed(what: str, key: str) -> bool:
    return what == "contacts" and key in map(fold, _OWED.values())


def _refuse_taken(conn: Connection, what: str, name: str, agent: str | None, but: int | None = None) -> None:
    """Raises ``Conflict("filter_taken")`` when that agent, or everybody (None), has one of that name."""
    other = saved.named(conn, what, fold(name), agent)
    if other is not None and other.id != but:
        raise Conflict("filter_taken", name=other.name)


def _missing(known: list[SavedFilter], name: str, code: str) -> NotFound:
    # imported here: most names are right
    from difflib import get_close_matches

    names = {fold(each.name): each.name for each in known}
    near = get_close_matches(fold(name), names, 1)
    if near:
        return NotFound(f"{code}_near", name=name, near=names[near[0]])
    return NotFound(code, name=name)


def checked_name(name: str, what: str) -> str:
    """A name that a filter of that list may have. Raises ``Invalid`` and ``Conflict("worklist_built_in")``."""
    name = tidy(name).strip()
    if _is_owed(what, fold(name)):
        raise Conflict("worklist_built_in", name=name)
    if not fold(name) or len(name) > LONGEST_NAME or '"' in name:
        raise Invalid("filter_name", text=name, limit=LONGEST_NAME)
    return name


def _checked_text(crm: Crm, what: str, name: str, text: str) -> str:
    text = tidy(text).strip()
    if not text or len(text) > LONGEST_TEXT:
        raise Invalid("filter_empty", limit=LONGEST_TEXT)
    _refuse_round(crm, what, name, text, filtering.DEEPEST)
    filtering.where(crm, what, text)
    return text


def _refuse_round(crm: Crm, what: str, name: str, text: str, deep: int) -> None:
    """Raises ``Invalid`` (``filter_round``) when ``text``, or a filter that it names, names ``name``."""
    for term in parse(text, what):
        for value in term.values if term.key == "saved" else ():
            if fold(value.text) == fold(name) or not deep:
                raise Invalid("filter_round", name=name)
            _refuse_round(crm, what, name, part(crm, what, value.text).text, deep - 1)
