"""What ``p`` shows in Follow-ups: each view is a filter, written into the search line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tuicrm.domain.filters import only_terms
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.screens.by_days import ByDays
from tuicrm.tui.screens.filter_words import mine, written


@record
class View:
    """``terms``: what becomes of each key of the filter, ``""`` takes it out; keys it does not name stay. ``whole``: of
    the filter nothing stays but whose they are."""

    key: str
    label: Callable[[], Phrase]
    terms: Mapping[str, str]
    whole: bool = False


_ALL: Final = {"due": "", "overdue": "", "state": "", "snoozed": ""}
VIEWS: Final[Mapping[str, View]] = {
    "all": View("1", lambda: t("all that are open"), {}, whole=True),
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
    if VIEWS[name].whole:
        return only_terms(filter_text, "followups", "agent")
    for key, value in VIEWS[name].terms.items():
        filter_text = written(filter_text, "followups", key, value)
    return filter_text


def nothing(filter_text: str) -> Phrase:
    """What an empty list says."""
    add, others = keymap.named("record.add"), keymap.named("followups.period")
    if filter_text == mine("followups"):
        return t(
            "You have promised nothing. {add} adds a follow-up, {key} shows other ones.", add=add, key=others
        )
    if filter_text:
        empty = keymap.named("search.leave")
        return t(
            "No follow-up fits. {empty} in the search empties it, {key} shows others.",
            empty=empty,
            key=others,
        )
    return t("Nothing is promised. {add} adds a follow-up.", add=add)


class AgendaFilter(ByDays):
    """The keys that write into the search line."""

    DAY = "due"

    async def action_period(self) -> None:
        """Which of them the list shows."""
        from tuicrm.tui.dialogs.picker import Option, Picker

        options = [Option(name, view.key, view.label()) for name, view in VIEWS.items()]
        await self.app.push_screen(Picker(t("Which follow-ups?"), options), self._picked)

    def _picked(self, name: str | None) -> None:
        if name is not None:
            self.show(shows(self.searching.text, name))
