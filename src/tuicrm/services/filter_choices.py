"""What the values of a filter may be here: outcomes and topics of the company, agents, tags, by all their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tuicrm import i18n
from tuicrm.domain.errors import Invalid
from tuicrm.domain.filter_complete import Value as Choice
from tuicrm.domain.filter_keys import LISTS
from tuicrm.domain.filter_values import IN_PERSIAN, PERIODS
from tuicrm.domain.fold import fold
from tuicrm.domain.process import Named
from tuicrm.services.context import Crm
from tuicrm.storage.queries import known_values, people

STATES = ("open", "done", "cancelled", "exhausted")
CATEGORIES = ("open", "waiting", "resolved")
ENTITIES = ("contact", "call", "followup", "ticket", "ticket_event", "agent", "process")
"""Kinds of records that the history tells of."""
LEAST_BEGINNING = 2
"""Letters from which a beginning stands for the only name that begins so."""


def choices(crm: Crm, key: str) -> list[Choice]:
    """What a key may be; empty where anything may."""
    process = crm.process()
    named: dict[str, Sequence[Named]] = {
        "outcome": process.outcomes,
        "topic": process.topics,
        "channel": process.channels,
        "status": process.statuses,
        "priority": process.priorities,
    }
    if key in named:
        return [_of_process(each) for each in named[key]]
    if key in ("agent", "owner"):
        return _agents(crm)
    if key == "verb":
        # imported here: the lists of people and calls ask for no verb
        from tuicrm.words import VERBS

        return [_worded(verb) for verb in VERBS]
    codes = {"state": STATES, "category": CATEGORIES, "direction": ("in", "out"), "entity": ENTITIES}
    return [_worded(code) for code in codes.get(key, ())]


def offered(crm: Crm, what: str) -> dict[str, list[Choice]]:
    """What may be typed behind each key of a list, for completion."""
    found: dict[str, list[Choice]] = {}
    for key in LISTS[what]:
        if key.kind in ("code", "agent"):
            found[key.name] = choices(crm, key.name)
        elif key.kind == "tag":
            found[key.name] = [Choice(tag) for tag in tags(crm)]
        elif key.kind == "yes":
            found[key.name] = [_plainly("yes"), _plainly("no")]
        elif key.kind in ("day", "since", "until"):
            found[key.name] = [_plainly(each) for each in PERIODS]
        elif key.kind == "saved":
            from tuicrm.services import saved_filters

            found[key.name] = [Choice(each.name) for each in saved_filters.page(crm, what)]
    return found


def tags(crm: Crm) -> list[str]:
    """All tags that contacts have."""
    with crm.database.reader() as conn:
        return known_values.tags(conn)


def _plainly(code: str) -> Choice:
    return Choice(code, IN_PERSIAN[code] if i18n.language() == "fa" else "")


def _of_process(named: Named) -> Choice:
    key = getattr(named, "key", "")
    return Choice(named.code, named.label(i18n.language()), (*([key] if key else []), *named.names))


def _worded(code: str) -> Choice:
    said = i18n.word({"in": "inbound", "out": "outbound"}.get(code, code))
    return Choice(code, said, _OTHER.get(code, ()))


_OTHER = {
    "in": ("inbound", "ورودی"),
    "out": ("outbound", "خروجی"),
    "open": ("باز",),
    "done": ("انجام‌شده",),
    "cancelled": ("canceled", "لغوشده", "لغو"),
    "exhausted": ("بی‌نتیجه",),
}


def _agents(crm: Crm) -> list[Choice]:
    """Those who are here or were, and ``me``."""
    with crm.database.reader() as conn:
        known = {
            agent.handle: Choice(agent.handle, agent.name, (agent.name,)) for agent in people.agents(conn)
        }
        for handle in known_values.agents(conn):
            known.setdefault(handle, Choice(handle))
    me = known.get(crm.me, Choice(crm.me))
    known[crm.me] = Choice(me.code, me.label, (*me.names, "me", "من"))
    return list(known.values())


def meant(key: str, text: str, known: Sequence[Choice]) -> str:
    """The code that a text means. Raises ``Invalid`` (``filter_no_value``, ``filter_no_value_near``,
    ``filter_several``)."""
    word = fold(text.lstrip("@"))
    exact = [each for each in known if word in _words(each)]
    found = exact or _beginning(word, known)
    if len(found) == 1 or (exact and len({each.code for each in exact}) == 1):
        return found[0].code
    if found:
        raise Invalid("filter_several", key=key, value=text, choices=tuple(map(_shown, found)))
    # imported here: most values are right
    from difflib import get_close_matches

    by_word = {name: each for each in known for name in _words(each)}
    near = get_close_matches(word, by_word, 1)
    if near:
        raise Invalid("filter_no_value_near", key=key, value=text, near=_shown(by_word[near[0]]))
    raise Invalid("filter_no_value", key=key, value=text, choices=tuple(map(_shown, known)))


def _shown(choice: Choice) -> str:
    """The name that a person would type: the code, in Persian what it is called."""
    return (choice.label if i18n.language() == "fa" else "") or choice.code


def _words(choice: Choice) -> set[str]:
    return {fold(name) for name in (choice.code, choice.label, *choice.names) if name}


def _beginning(word: str, known: Iterable[Choice]) -> list[Choice]:
    if len(word) < LEAST_BEGINNING:
        return []
    return [each for each in known if any(name.startswith(word) for name in _words(each))]
