"""Paints the bar: what each of its lines shows now. Every line repaints only when it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tuicrm.i18n import Phrase
from tuicrm.tui import keymap, text
from tuicrm.tui.bar import panel, view
from tuicrm.tui.bar.chips import Setting
from tuicrm.tui.bar.session import Reading, Session
from tuicrm.tui.text import Role
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.safe import Words

if TYPE_CHECKING:
    from tuicrm.tui.bar.bar import LogBar


class Painter:
    """The lines of one bar, and the sentence that stands under them."""

    def __init__(self, bar: LogBar) -> None:
        self._bar = bar
        self.title = Words(id="bar-title")
        self.panel = panel.Panel(id="bar-panel")
        self.prompt = Words(id="bar-prompt")
        self.chips = Words(id="bar-chips")
        self.notes = Words(id="bar-notes")
        self._notice: tuple[Phrase, Role] = (Phrase(), "")

    def notice(self, sentence: Phrase, role: Role = "") -> None:
        """What is to be said about the line; gone when it changes."""
        self._notice = (sentence, role)

    def setting(self, session: Session) -> Setting | None:
        """How facts are told now; None before the database is open."""
        crm = self._bar.bridge.opened
        if crm is None:
            return None
        process = session.context.line.process if session.context is not None else crm.process()
        return Setting(Scene(self._bar.crm_app.now(), crm.zone, process, session.finder.region), crm.me)

    def paint(self, session: Session) -> None:
        """Brings all lines up to date."""
        setting = self.setting(session)
        if setting is None:
            return
        width = self._width
        self.title.set(text.rule(view.title(session), width))
        prompt = view.prompt(session)
        self.prompt.styles.width = prompt.cell_length
        self.prompt.set(prompt)
        if session.phase == "who":
            self._paint_who(session, setting)
        else:
            self._paint_line(session, setting, width)

    def tick(self, session: Session) -> None:
        """The running call's seconds; nothing else changes by itself."""
        setting = self.setting(session)
        if setting is None:
            return
        if session.phase == "who":
            self.chips.set(view.who_line(session, self._bar.clock.monotonic()))
        elif (reading := self._bar.reading()) is not None:
            self.chips.set(view.chip_line(session, reading, setting, self._width)[0])

    @property
    def _width(self) -> int:
        return self._bar.size.width or self._bar.app.size.width

    def _paint_who(self, session: Session, setting: Setting) -> None:
        finder = session.finder
        near = any(getattr(row, "near", False) for row in finder.rows)
        columns = panel.who_columns(setting.scene, finder.text, near=near)
        self.panel.show_rows(finder.rows, columns, finder.lit)
        self._bar.field.set_ghost("")
        self.chips.set(view.who_line(session, self._bar.clock.monotonic()))
        asks = {"name": "bar_name", "drop": "bar_drop"}.get(session.ask or "")
        self._say(view.question(asks, session) if asks else None)

    def _paint_line(self, session: Session, setting: Setting, width: int) -> None:
        bar = self._bar
        bar.field.set_ghost(bar.writing.ghost(session))
        reading = bar.reading()
        if reading is None:
            self.panel.clear()
            return
        self._paint_panel(session, reading, setting)
        first, second = view.chip_line(session, reading, setting, width)
        self.chips.set(first)
        problems = view.settled_problems(reading, bar.field.cursor_position)
        if session.ask == "drop":
            self._say(view.question("bar_drop", session))
        elif self._notice[0]:
            self._say(None, over=second)
        elif problems:
            self._note(view.under(second, view.problem_line(problems, width)))
        else:
            hint = self._hint(session, reading, setting, width)
            self._note(view.under(second, hint) if hint.plain else second)

    def _hint(self, session: Session, reading: Reading, setting: Setting, width: int) -> Content:
        """What helps while a token is typed; under an empty line the key that lists them all."""
        if not session.line:
            return view.line_help(width)
        may_be, wrong = self._bar.writing.typed(session, reading)
        if may_be:
            cap = keymap.named("barline.complete")
            return view.may_be_line(may_be, setting.scene.today, width, cap=cap)
        return view.typed_line(wrong, width) if wrong is not None else text.blank(0)

    def _paint_panel(self, session: Session, reading: Reading, setting: Setting) -> None:
        if session.ask == "due":
            due = self._bar.writing.due(session)
            self.panel.show_rows(view.due_rows(due, setting), panel.choice_columns())
            return
        if session.refused and session.context is not None:
            rows = view.choice_rows(reading.plan.problems, session.context.line.tickets)
            self.panel.show_rows(rows, panel.choice_columns())
            return
        offers = panel.suggestion_rows(self._bar.writing.offers(session))
        self.panel.show_rows(offers, panel.suggestion_columns(offers, setting.scene.today))

    def _say(self, question: Phrase | None, *, over: Content | None = None) -> None:
        """The notice, or a question. ``over``: chips that stay above it, for they too are about to be saved."""
        sentence, role = self._notice
        if question is not None:
            sentence, role = question, "warn"
        said = view.note_line(sentence, self._width, role)
        self._note(said if over is None else view.under(over, said))

    def _note(self, content: Content) -> None:
        """As many lines as it needs: only what needs a second one moves the line above."""
        self.notes.styles.height = 1 + content.plain.count("\n")
        self.notes.set(content, layout=True)
