"""What the shell completes by Tab: filters behind ``--where``, the names of those that are saved.

Asked while somebody types, so nothing is ever refused or told: where nothing can be read, nothing is offered.
"""

from __future__ import annotations

from typing import Any, Final

from tuicrm.cli.session import opened
from tuicrm.domain.errors import CrmError
from tuicrm.domain.filter_complete import following
from tuicrm.domain.filter_keys import LISTS
from tuicrm.i18n import language

_LISTS: Final = {
    "contact": "contacts",
    "find": "contacts",
    "call": "calls",
    "followup": "followups",
    "ticket": "tickets",
    "history": "history",
}
"""The list that a command without a word for it is about."""


def where(ctx: Any, incomplete: str) -> list[str]:
    """The filters that begin as ``incomplete`` does."""
    what = _list_of(ctx)
    if what not in LISTS:
        return []
    try:
        with opened() as crm:
            from tuicrm.services import filter_choices

            found = following(incomplete, what, filter_choices.offered(crm, what), labels=language() != "en")
    except CrmError:
        return []
    return [f"{found.head}{option}" for option in found.options]


def names(ctx: Any, incomplete: str) -> list[str]:
    """The names of saved filters that begin as ``incomplete`` does."""
    try:
        with opened() as crm:
            from tuicrm.services import saved_filters

            known = saved_filters.page(crm, ctx.params.get("of"))
    except CrmError:
        return []
    return [each.name for each in known if each.name.lower().startswith(incomplete.lower())]


def _list_of(ctx: Any) -> str:
    """The list that the command is about: what it says, else its group's."""
    said = ctx.params.get("of") or ctx.params.get("what")
    if said:
        return str(said)
    words = ctx.command_path.split()
    return "contacts" if "worklist" in words else next((_LISTS[word] for word in words if word in _LISTS), "")
