"""What people did, in words: one line for a list, all lines for who wants to know exactly. Pure; for both faces.

``headline`` says it in one line, ``lines`` says all of it. Neither is cut here: each face knows its width.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tuicrm.domain.deeds import Deed
from tuicrm.domain.models import Change
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.told_values import Seen, parts

__all__ = ["NAMED", "Seen", "counted", "headline", "lines", "standing", "via"]

NAMED: Final = 3
"""Records that a headline tells of; the rest are counted."""
Ref = tuple[str, int]

_SILENT: Final = frozenset(("ticket_event",))
"""Records that a headline leaves out when something else tells what was done."""
_NAMELESS: Final = frozenset(("apart", "process", "member"))
"""Records that say themselves what they are called."""
_SAY_IT_WHEN_MADE: Final = frozenset(("agent", "saved_filter"))


def headline(deed: Deed, seen: Seen, about: Ref | None = None) -> Phrase:
    """``Leila Karimi: number 0935 000 2345 added; owner: sara → reza``; ``about``: whose name goes without saying."""
    if deed.undoes is not None:
        what = t("{verb} (action {id})", verb=word(deed.what), id=deed.undoes)
        return (
            t("taken back: {what}", what=what) if deed.verb == "undo" else t("done again: {what}", what=what)
        )
    if deed.via == "import" and about is not None:
        return t("imported: {what}", what=_said(deed, seen, about))
    if deed.verb in ("import", "demo"):
        return t("{verb}: {records}", verb=word(deed.verb), records=counted(deed.records))
    return _said(deed, seen, about)


def _said(deed: Deed, seen: Seen, about: Ref | None) -> Phrase:
    """What was done, in the words of its first records."""
    told = [one for one in deed.changes if one.entity not in _SILENT] or list(deed.changes)
    # a person's name first, the ticket behind what was said
    told.sort(key=lambda one: one.entity == "ticket")
    alike = _alike(deed, told, seen)
    if alike is not None and about is None:
        return alike
    if deed.count > NAMED + len(deed.changes) and about is None:
        return t("{verb}: {records}", verb=word(deed.verb), records=counted(deed.records))
    brief = any(one.entity == "call" for one in told)
    said: dict[Phrase | None, list[Phrase]] = {}
    for change in told[:NAMED]:
        # of one person everything is said under one name
        whom = None if _says_itself(change) or _theirs(change, about) else seen.name(change.entity, change.id)
        if change.entity == "ticket" and change.before is None:
            whom = next(iter(said), None)
        said.setdefault(whom, []).extend(parts(change, seen, brief=brief))
    pieces = [_under(whom, what) for whom, what in said.items() if what]
    if not pieces:
        return word(deed.verb)
    joined = Phrase(t("; ").join(pieces))
    rest = len(told) - NAMED
    return nt("{what}; and {n} more", "{what}; and {n} more", rest, what=joined) if rest > 0 else joined


def _says_itself(change: Change) -> bool:
    """Whether what is told of a change has the record's name in it."""
    return change.entity in _NAMELESS or (change.before is None and change.entity in _SAY_IT_WHEN_MADE)


def _under(whom: Phrase | None, what: list[Phrase]) -> Phrase:
    said = Phrase(t("; ").join(what))
    return t("{name}: {what}", name=whom, what=said) if whom else said


def _theirs(change: Change, about: Ref | None) -> bool:
    """Whether a change goes without a name: it is the record's own, or of somebody whose history this is."""
    return about is not None and (about[0] == "contact" or (change.entity, change.id) == about)


def lines(deed: Deed, seen: Seen, about: Ref | None = None) -> list[Phrase]:
    """All that was done: a line for each thing, under the name of its record when there are several."""
    found: list[Phrase] = []
    for change in deed.changes:
        named = _name(change, seen, about)
        for part in parts(change, seen) or [word(deed.verb)]:
            found.append(t("{name}: {what}", name=named, what=part) if named else part)
    rest = deed.count - len({(one.entity, one.id) for one in deed.changes})
    if rest > 0:
        found.append(nt("and {n} more record", "and {n} more records", rest))
    return found


def standing(deed: Deed) -> Phrase:
    """What became of it: that it was taken back; ``""`` while it stands."""
    if deed.undone_by is None:
        return Phrase()
    return t("taken back by action {id}", id=deed.undone_by)


def via(code: str) -> Phrase:
    """Where it was done; nothing for the usual way."""
    known = {
        "cli": t("from the shell"),
        "import": t("imported"),
        "phone": t("by the telephone"),
        "demo": t("made up"),
        "tui": Phrase(),
    }
    return known[code] if code in known else t("{via}", via=code)


def _name(change: Change, seen: Seen, about: Ref | None) -> Phrase | None:
    """Whom a change is about, if it has to be said."""
    if (change.entity, change.id) == about or _says_itself(change):
        return None
    if about is not None and about[0] == "contact" and change.entity != "contact":
        # in somebody's history their calls and promises need no name
        return _which(change, seen)
    return seen.name(change.entity, change.id)


def _which(change: Change, seen: Seen) -> Phrase | None:
    """Which of several calls, promises or tickets an edit was about."""
    if change.before is None or change.entity == "private_note":
        return None
    if change.entity in ("ticket", "ticket_event"):
        return seen.name(change.entity, change.id)
    return t("{kind} {id}", kind=word(change.entity), id=change.id)


def _alike(deed: Deed, told: list[Change], seen: Seen) -> Phrase | None:
    """The same thing done to several records is said once: ``40 contacts: tag vip added``; None: it is not the same."""
    if len(told) < 2 or len({one.entity for one in told}) > 1:
        return None
    said = {tuple(parts(one, seen)) for one in told}
    if len(said) != 1 or not (what := said.pop()):
        return None
    entity = told[0].entity
    records = counted({entity: deed.records.get(entity, len(told))})
    return t("{records}: {what}", records=records, what=Phrase(t(", ").join(what)))


def counted(records: Mapping[str, int]) -> Phrase:
    """``3 contacts, 2 calls``."""
    counts = {
        "contact": lambda n: nt("{n} contact", "{n} contacts", n),
        "call": lambda n: nt("{n} call", "{n} calls", n),
        "followup": lambda n: nt("{n} follow-up", "{n} follow-ups", n),
        "ticket": lambda n: nt("{n} ticket", "{n} tickets", n),
    }
    said = [counts[entity](records[entity]) for entity in counts if records.get(entity)]
    others = sum(n for entity, n in records.items() if entity not in counts)
    if others and not said:
        said.append(nt("{n} record", "{n} records", others))
    return Phrase(t(", ").join(said))
