"""What ``p`` offers in Follow-ups: each view is a filter, written into the one that stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tuicrm.domain.filters import with_term
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, t


@record
class View:
    """``terms``: what becomes of each key of the filter, ``""`` takes it out; keys it does not name stay."""

    key: str
    label: Callable[[], Phrase]
    terms: Mapping[str, str]


_ALL: Final = {"due": "", "overdue": "", "state": "", "snoozed": ""}
VIEWS: Final[Mapping[str, View]] = {
    "all": View("1", lambda: t("all that are open"), _ALL),
    "due": View("2", lambda: t("due until today, with what is overdue"), _ALL | {"due": "..today"}),
    "day": View("3", lambda: t("today"), _ALL | {"due": "today"}),
    "week": View("4", lambda: t("this week"), _ALL | {"due": "week"}),
    "next_week": View("5", lambda: t("next week"), _ALL | {"due": "nextweek"}),
    "overdue": View("6", lambda: t("what is overdue"), _ALL | {"overdue": "yes"}),
    "waiting": View("7", lambda: t("put off: reminded later"), _ALL | {"snoozed": "yes"}),
    "exhausted": View("8", lambda: t("no attempts left"), _ALL | {"state": "exhausted"}),
    "closed": View("9", lambda: t("done and cancelled"), _ALL | {"state": "done,cancelled"}),
    "mine": View("m", lambda: t("mine"), {"agent": "me"}),
    "everybody": View("0", lambda: t("everybody's"), {"agent": ""}),
}


def shows(filter_text: str, name: str) -> str:
    """The filter of a view, with what it leaves of the one that stands there."""
    for key, value in VIEWS[name].terms.items():
        filter_text = with_term(filter_text, "followups", key, value)
    return filter_text
