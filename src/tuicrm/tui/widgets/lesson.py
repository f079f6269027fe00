"""The lesson of the demo: what to do next, in a few lines under the header, where nothing covers it but dialogs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, cast

from tuicrm.domain.lesson import STEPS, Seen, paper, place
from tuicrm.domain.models import Call
from tuicrm.domain.record import replace
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap, text
from tuicrm.tui.bridge import lessons
from tuicrm.tui.widgets.safe import Words

if TYPE_CHECKING:
    from tuicrm.services.lessons import Start
    from tuicrm.tui.app import CrmApp

LOOKS_EVERY_S: Final = 0.5
"""Seconds between two looks at the screen; only while a lesson runs."""


class LessonPanel(Words):
    """Where the learner is, and what to do. ``step`` is the place in ``STEPS``; after the last comes the end."""

    def __init__(self) -> None:
        super().__init__(id="lesson")
        self.step = 0
        self._start: Start | None = None
        self._calls: dict[int, Call] = {}
        self._tried: frozenset[int] = frozenset()

    @property
    def crm_app(self) -> CrmApp:
        """The app, with its type."""
        return cast("CrmApp", self.app)

    @property
    def over(self) -> bool:
        """Whether the learner is through."""
        return self.step == len(STEPS)

    async def on_mount(self) -> None:
        self.crm_app.changed.subscribe(self, lambda _: self.crm_app.work(self._look(), group="lesson"))
        self.set_interval(LOOKS_EVERY_S, self._glance)
        self._start = await self.crm_app.bridge.read(lessons.begin)
        self._tell()

    def on_resize(self) -> None:
        self._tell()

    # --- going on -------------------------------------------------------------------------------------------

    async def _look(self) -> None:
        """Records changed: what has the learner done?"""
        if self._start is not None:
            seen = await self.crm_app.bridge.read(lessons.seen, self._start)
            self._calls.update((call.id, call) for call in seen.calls)
            self._tried |= seen.tried
            self._go_on(seen)

    def _glance(self) -> None:
        """What shows on the screen alone."""
        self._go_on(Seen())

    def _go_on(self, seen: Seen) -> None:
        self.go(place(self.step, replace(seen, looks=self._looks(), helped=self._helped())))

    def _looks(self) -> bool:
        from tuicrm.tui.screens.calls import CallsPlace

        front = self.crm_app.place
        return isinstance(front, CallsPlace) and bool(front.searching.text)

    def _helped(self) -> bool:
        from tuicrm.tui.screens.help import Help

        return isinstance(self.crm_app.screen, Help)

    def go(self, step: int) -> None:
        """To that step, as far as there is one."""
        step = max(0, min(step, len(STEPS)))
        if step != self.step:
            self.step = step
            self._tell()

    # --- saying ---------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        width = self.size.width
        if not width:
            return
        title, says, typed = self._end() if self.over else self._now()
        cap = keymap.cap(keymap.key("app.lesson"))
        way = t("{key} leave", key=cap) if self.over else t("{key} skip, back, leave", key=cap)
        head = text.join((text.blank(1), text.phrase(title, style="accent")))
        lines = [text.beside(head, text.phrase(way, style="dim"), width - 1)]
        lines += [text.join((text.blank(1), line)) for line in text.phrases(says, width - 2)]
        if typed:
            lines.append(text.join((text.blank(3), text.phrase(typed, style="key"))))
        self.set(text.join(lines, "\n"), layout=True)

    def _now(self) -> tuple[Phrase, Phrase, Phrase]:
        title, says, typed = _steps(self._letter, self._own)[STEPS[self.step].id]
        return t("Lesson {n} of {m}: {title}", n=self.step + 1, m=len(STEPS), title=title), says, typed

    def _letter(self, key: str) -> str:
        return keymap.both(key, self.crm_app.settings.keyboard)

    def _own(self, id: str) -> str:
        """The key as the user has it; of what has none the one of all commands."""
        key = (keymap.keys_of(keymap.key(id)) or keymap.keys_of(keymap.key("app.palette")))[0]
        return self._letter(key) if key.isalpha() and len(key) == 1 else keymap.display(key)

    def _end(self) -> tuple[Phrase, Phrase, Phrase]:
        """Keys against paper, and where to go from here."""
        calls = tuple(self._calls.values())
        says = t(
            "{calls}: {keys} keys; on a paper sheet {paper} characters. Your own data begin with: {command}",
            calls=nt("{n} call", "{n} calls", len(calls)),
            keys=sum(call.keys or 0 for call in calls),
            paper=paper(calls, self._tried),
            command="tuicrm",
        )
        return t("The lesson is over"), says, _NOTHING


_NOTHING: Final = Phrase()


def _steps(
    outcome: Callable[[str], str], own: Callable[[str], str]
) -> Mapping[str, tuple[Phrase, Phrase, Phrase]]:
    """What each step is called, what it says, and what is to be typed. ``outcome``: what stands on the key of an
    outcome, which nobody can move; ``own``: on the key of an id."""
    return {
        "tried": (
            t("nobody answers"),
            t(
                "The queue says whom to call. Nobody picks up? Press {key}: that writes it down, and the promise "
                "moves to the next working day.",
                key=outcome("n"),
            ),
            _NOTHING,
        ),
        "promised": (
            t("somebody does"),
            t("Press {key} and type what was said, then what comes next; Enter saves:", key=outcome("c")),
            t("price list sent /tom 10"),
        ),
        "ticket": (
            t("something is broken"),
            t(
                "Choose somebody else, press {key} and type; the end opens a ticket, high:",
                key=own("record.log"),
            ),
            t("boiler dead, E1 /th"),
        ),
        "find": (
            t("what was said?"),
            t(
                "{key} has every call. There press {search} and type a word of a note:",
                key=own("place.calls"),
                search=own("record.search"),
            ),
            t("price"),
        ),
        "undo": (
            t("take it back"),
            t(
                "{enter} leads to the list. There {key} takes back the last thing you did, all of it, and says so.",
                enter="Enter",
                key=own("place.undo"),
            ),
            _NOTHING,
        ),
        "help": (
            t("what else is there?"),
            t(
                "{key} shows the keys of where you are and what a line can say. {palette} finds the rest by name.",
                key=own("place.help"),
                palette=own("app.palette"),
            ),
            _NOTHING,
        ),
    }
