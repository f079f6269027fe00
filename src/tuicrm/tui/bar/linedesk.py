"""The bar while the line is written: completes, tells, asks, saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from tuicrm import i18n
from tuicrm.domain.complete import Suggestion, expand_abbreviation, ghost, suggestions, unfinished
from tuicrm.domain.errors import CrmError
from tuicrm.domain.models import FollowUp, Saved
from tuicrm.domain.safe import tidy
from tuicrm.domain.tokens import LineContext, Problem
from tuicrm.i18n import Phrase, language, t
from tuicrm.tui.bar.session import Reading, Session, Verdict
from tuicrm.tui.bar.view import typed_problem, verdict_words

if TYPE_CHECKING:
    from tuicrm.tui.bar.bar import LogBar

SIGNS: Final = "/.@#=-٫٬"
CHAINED: Final = "/.@#٫٬"
"""A sign alone lists what it can start; of these also one that ends a chain of tokens."""
TAGS: Final = "#٫"


class LineDesk:
    """What the keys of the line do, for one bar."""

    def __init__(self, bar: LogBar) -> None:
        self._bar = bar
        self._offered: tuple[Suggestion, ...] = ()
        self._at = -1
        self._made = ""

    # --- help while typing --------------------------------------------------------------------------------

    def offers(self, session: Session) -> tuple[Suggestion, ...]:
        """What a sign that stands alone at the cursor can start; nothing as soon as one types on."""
        field = self._bar.field
        word = session.line[: field.cursor_position].rpartition(" ")[2]
        if session.context is None or not word or word[-1] not in (SIGNS if len(word) == 1 else CHAINED):
            return ()
        return tuple(suggestions(session.line, field.cursor_position, self._line(session), language()))

    def typed(self, session: Session, reading: Reading) -> tuple[tuple[Suggestion, ...], Problem | None]:
        """Of the token at the cursor that says nothing yet: what Tab can make of it, else what is wrong with it."""
        field = self._bar.field
        problem = typed_problem(reading, field.cursor_position)
        if self.offers(session):
            return (), None
        if problem is None:
            return self._tags(session), None
        line = self._line(session)
        found = suggestions(session.line, field.cursor_position, line, language())
        may_be = tuple(one for one in found if not one.example)
        if may_be or unfinished(session.line[: field.cursor_position], problem, line):
            return may_be, None
        return (), problem

    def _tags(self, session: Session) -> tuple[Suggestion, ...]:
        """What the tag at the cursor may be instead, as long as it is not one that is in use."""
        cursor = self._bar.field.cursor_position
        word = session.line[:cursor].rpartition(" ")[2]
        if session.context is None or not any(sign in word for sign in TAGS):
            return ()
        found = suggestions(session.line, cursor, self._line(session), language())
        return tuple(one for one in found if one.kind == "tag" and one.insert != session.line)

    def ghost(self, session: Session) -> str:
        """The dim text behind the end of the line."""
        field = self._bar.field
        if session.context is None or not field.at_end or not session.line or session.ask:
            return ""
        return ghost(session.line, self._line(session), session.context.earlier_notes)

    def _line(self, session: Session) -> LineContext:
        assert session.context is not None, "asked only once somebody was taken"
        return session.context.line

    def space(self, session: Session) -> bool:
        """Before a space is typed: the word before it may be short for something. True when it was."""
        field = self._bar.field
        if session.context is None or not field.selection.is_empty:
            return False
        cursor = field.cursor_position
        before, after = field.value[:cursor], field.value[cursor:]
        longer = expand_abbreviation(before, self._line(session).process)
        if longer == before:
            return False
        field.place(f"{longer} {after}", len(longer) + 1)
        return True

    def complete(self, session: Session) -> None:
        """Tab: the next thing the word at the cursor may become; else the dim text."""
        field = self._bar.field
        if not (self._offered and field.value == self._made):
            found = suggestions(field.value, field.cursor_position, self._line(session), language())
            self._offered = tuple(one for one in found if not one.example)
            self._at = -1
        if not self._offered:
            self.take_ghost(session)
            return
        self._at = (self._at + 1) % len(self._offered)
        chosen = self._offered[self._at]
        self._made = chosen.insert
        field.place(chosen.insert, chosen.cursor)
        self._bar.edited(field.value)

    def take_ghost(self, session: Session) -> bool:
        """Takes the dim text into the line; False when there is none."""
        del session
        field = self._bar.field
        dim = field.ghost
        if not dim or not field.at_end:
            return False
        field.put(field.value + dim)
        self._bar.edited(field.value)
        return True

    def earlier(self, session: Session, step: Literal[1, -1]) -> None:
        """The agent's earlier notes, one up or down."""
        notes = session.context.earlier_notes if session.context is not None else ()
        line = session.earlier(step, notes)
        if line is not None:
            line = tidy(line)
            browsing = session.browsing
            self._bar.field.put(line)
            self._bar.edited(line)
            session.browsing = browsing

    # --- saving -------------------------------------------------------------------------------------------

    async def enter(self, session: Session) -> None:
        """Saves, or says why not. A line the person was told about is saved as it stands."""
        reading = self._bar.reading()
        if reading is None:
            return
        verdict = session.verdict(reading)
        if verdict.kind == "save":
            await self._save(session)
            return
        session.refused = any(problem.choices for problem in verdict.problems)
        if verdict.kind == "ask":
            session.ask = "due"
        elif verdict.kind == "tell":
            session.told = session.line
        self._tell(verdict, session)

    def _tell(self, verdict: Verdict, session: Session) -> None:
        role: Literal["bad", "warn"] = "bad" if verdict.kind == "refuse" else "warn"
        self._bar.notice(verdict_words(verdict, session), role)
        self._bar.paint()

    async def _save(self, session: Session) -> None:
        from tuicrm.tui.bridge import calls

        bar = self._bar
        draft = session.call(bar.clock.monotonic())
        bar.keeper.hush()
        bar.saving(True)
        try:
            saved: Saved = await bar.bridge.write(calls.save, draft)
        except CrmError as error:
            if error.code == "call_logged_already":
                self._on_its_own(session)
            self._failed(session, i18n.sentence(error))
        except BaseException:
            self._failed(session, t("It was not saved."))
            raise
        else:
            await bar.saved(session, saved)
        finally:
            bar.saving(False)

    def _on_its_own(self, session: Session) -> None:
        """The telephone's call is logged; what was written here is a call remembered beside it."""
        session.live = None
        session.origin = "remembered"
        if self._bar.state.live is session:
            self._bar.state.live = None
            self._bar.door.repaint_live()

    def _failed(self, session: Session, why: Phrase) -> None:
        """The line stands as it was; what was typed since was meant for another screen and is gone."""
        bar = self._bar
        dropped = bar.crm_app.order.drop()
        bar.keeper.touch(session)
        if dropped:
            why = Phrase(
                f"{why} "
                + i18n.nt(
                    "{n} key typed meanwhile was dropped.", "{n} keys typed meanwhile were dropped.", dropped
                )
            )
        bar.notice(why, "bad")
        bar.paint()

    # --- questions ----------------------------------------------------------------------------------------

    async def answer_due(self, session: Session, letter: str) -> bool:
        """A digit says which follow-up was answered, 0 none, and so does Enter where they are only for later today; any
        other key takes the question away.

        True when the key is used up.
        """
        due = self.due(session)
        if letter == "enter" and self._only_later():
            letter = "0"
        if letter.isdecimal() and int(letter) <= len(due):
            session.ask = None
            session.answers = due[int(letter) - 1].id if letter != "0" else 0
            self._bar.hush()
            await self.enter(session)
            return True
        if letter.isdecimal():
            return True
        session.ask = None
        self._bar.hush()
        self._bar.paint()
        return letter in ("escape", "enter")

    def due(self, session: Session) -> list[FollowUp]:
        """The follow-ups to choose from, in the order of their numbers."""
        reading = self._bar.reading()
        if reading is None or session.context is None:
            return []
        call, asked = session.context.call, reading.plan.left.open_question
        return [one for one in (*call.due_follow_ups, *call.later_today) if one.id in asked]

    def _only_later(self) -> bool:
        """Whether those to choose from are only for later today."""
        reading = self._bar.reading()
        return reading is not None and not reading.plan.left.several
