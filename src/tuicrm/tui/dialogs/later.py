"""When to be reminded again: moments by letters, each with its date, or any phrase; and small forms of follow-ups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual import events
from textual.content import Content

from tuicrm import shown
from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.models import Due
from tuicrm.domain.record import record, replace
from tuicrm.i18n import Phrase, sentence, t
from tuicrm.tui import keymap, text
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.dialogs.menu import Line, Menu
from tuicrm.tui.widgets import moments

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.services.later import Later
    from tuicrm.tui.screens.base import Place

AT_ONCE: Final = ""
"""Instead of a phrase: back into the queue now."""
_OTHER: Final = "other"
_WAKE: Final = "wake"


@record
class When:
    """A moment that was chosen: the phrase for the service, and the date it is."""

    phrase: str
    said: Phrase


def both_words(due: Due, crm: Crm) -> Phrase:
    """``Thu 26 Nov 10:00 (5 Azar 1405)``: a moment, never a word such as tomorrow, in the calendars lived by."""
    return shown.with_other(moments.full_words(due, crm.now().date()), due.on, crm.region())


class MomentForm(Form[When]):
    """One line for a moment; dismissed with it, or None. ``later``: for a reminder, so never in the past.
    ``typed``: how it begins."""

    def __init__(self, heading: Phrase, *, later: bool, note: Phrase, typed: str = "") -> None:
        super().__init__()
        self._begun = typed
        self._said = heading
        self._later = later
        self._about = note

    def heading(self) -> Content:
        return text.phrase(self._said, style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("when", t("When"), t("such as tomorrow 10, thu, 2 weeks")),)

    def values(self) -> Mapping[str, str]:
        return {"when": self._begun}

    async def begun(self) -> None:
        self.say(text.phrase(self._about, style="dim"))

    async def typed(self, values: Mapping[str, str]) -> None:
        if not values["when"].strip():
            self.say(text.phrase(self._about, style="dim"))
            return
        try:
            said = (await self._read(values["when"])).said
        except Invalid as refused:
            self.say(text.phrase(sentence(refused), style="dim"))
        else:
            self.say(text.phrase(said, style="strong"))

    async def _read(self, typed: str, *, brief: bool = False) -> When:
        """``brief``: in one calendar, for a line in which more has to stand."""
        from tuicrm.tui.bridge import promises

        bridge = self.crm_app.bridge
        if self._later:
            at = await bridge.read(promises.read_later, typed)
            crm = await bridge.crm()
            local = at.astimezone(crm.zone)
            due = Due(local.date(), local.time().replace(tzinfo=None))
        else:
            due = await bridge.read(promises.read_when, typed)
            crm = await bridge.crm()
        return When(typed, moments.full_words(due, crm.now().date()) if brief else both_words(due, crm))

    async def submit(self, values: Mapping[str, str]) -> When | None:
        return await self._read(values["when"], brief=self._later) if values["when"].strip() else None


class LaterMenu(Menu):
    """Moments by letters. A letter that none of them has begins a phrase, as does any that others follow at once: they
    must not act on who stands behind the menu."""

    def on_key(self, event: events.Key) -> None:
        app = self.crm_app
        char = app.typed.printed
        taken = any(event.key in line.keys for line in self.lines) or any(
            event.key in keymap.keys_of(row) for row in keymap.of_scope(self.scope)
        )
        at_once = app.order.letter_follows and not app.typed.alone(event.time)
        if len(char) != 1 or not char.isalnum() or (taken and not at_once):
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        other = next(line for line in self.lines if line.id == _OTHER)
        self.dismiss(replace(other, hint=char))


class ReasonForm(Form[str]):
    """One line for why; dismissed with it, or None. It must not stay empty. ``likely`` stands there at first."""

    def __init__(self, heading: Phrase, likely: str = "") -> None:
        super().__init__()
        self._said = heading
        self._likely = likely

    def values(self) -> Mapping[str, str]:
        return {"why": self._likely}

    def heading(self) -> Content:
        return text.phrase(self._said, style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("why", t("Why"), t("such as bought elsewhere")),)

    async def submit(self, values: Mapping[str, str]) -> str | None:
        from tuicrm.tui.bridge import promises

        why = promises.read_reason(values["why"])
        if not why:
            problem = FieldProblem("why", "", "reason_missing")
            raise Invalid("reason_missing", fields=(problem,))
        return why


async def ask_later(place: Place, who: Phrase, *, waiting: bool, then: Callable[[When], None]) -> None:
    """Asks when to be reminded of it again; ``waiting``: it is put off already, and may come back at once."""
    from tuicrm.tui.bridge import later

    found: tuple[Later, ...] = await place.bridge.read(later.choices)
    crm = await place.bridge.crm()
    said = {each.kind: _dated(each, crm) for each in found}
    lines = [
        Line(each.kind, letter, (letter,), label, _beside(each, crm))
        for each in found
        for letter, label in (_label(each),)
    ]
    lines.append(Line(_OTHER, "o", ("o",), t("another moment…")))
    if waiting:
        lines.append(Line(_WAKE, "r", ("r",), t("back into the queue now")))

    def chosen(line: Line | None) -> None:
        if line is None:
            return
        if line.id == _OTHER:
            # at once: the keys behind the one that chose it are for the form
            _other(place, who, then, line.hint)
        elif line.id == _WAKE:
            then(When(AT_ONCE, t("now")))
        else:
            each = next(each for each in found if each.kind == line.id)
            then(When(each.phrase, said[each.kind]))

    title = t("Remind later: {who}. The promise stays as it is.", who=who)
    await place.app.push_screen(LaterMenu(text.phrase(title, style="here"), lines), chosen)


def _other(place: Place, who: Phrase, then: Callable[[When], None], typed: str) -> None:
    def written(when: When | None) -> None:
        if when is not None:
            then(when)

    note = t("Reminds later; the promise stays as it is.")
    form = MomentForm(t("Remind later: {who}", who=who), later=True, note=note, typed=typed)
    place.app.push_screen(form, written)


def _dated(each: Later, crm: Crm) -> Phrase:
    local = each.at.astimezone(crm.zone)
    return moments.due_short(Due(local.date(), local.time().replace(tzinfo=None)), crm.now().date())


def _beside(each: Later, crm: Crm) -> Phrase:
    """What stands beside its name: the time alone, where the name says the day; else which day that is."""
    local, today = each.at.astimezone(crm.zone), crm.now().date()
    if local.date() == today or each.kind == "tomorrow":
        return moments.clock(each.at, crm.zone)
    return moments.full_words(Due(local.date(), local.time().replace(tzinfo=None)), today)


def _label(each: Later) -> tuple[str, Phrase]:
    """Its letter, and what it is called."""
    return {
        "minutes": ("m", t("in 10 minutes")),
        "hour": ("h", t("in an hour")),
        "afternoon": ("a", t("this afternoon")),
        "tomorrow": ("t", t("tomorrow")),
        "workday": ("d", t("working day")),
        "week": ("n", t("the new week")),
        "same_day": ("w", t("in 7 days")),
    }[each.kind]
