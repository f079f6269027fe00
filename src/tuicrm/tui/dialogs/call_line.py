"""The line of a call that is edited, while it is typed: what a sign can start, what the tokens will change.

Of the log line it takes what a call itself has; promises and tickets have commands of their own.
"""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.suggester import Suggester

from tuicrm.domain.complete import Suggestion, suggestions, unfinished
from tuicrm.domain.errors import Invalid
from tuicrm.domain.logline import parse_line
from tuicrm.domain.tokens import LineContext, LineDraft
from tuicrm.i18n import language, sentence, t
from tuicrm.tui import keymap, text
from tuicrm.tui.bar import view
from tuicrm.tui.bar.chips import Chip
from tuicrm.tui.text import Role
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import Scene

_OF_A_CALL: Final = frozenset(
    {"outcome", "channel", "topic", "direction", "score", "duration", "started", "tag"}
)
_NO_TOKENS: Final = frozenset({"literal", "unknown", "refused"})
_SIGNS: Final = "/.#=-٫"


class CallLine(Suggester):
    """Reads the line with the facts of its call. ``today``: the local day, for dates."""

    def __init__(self, context: LineContext, scene: Scene) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._context = context
        self._scene = scene
        self.today = scene.today

    async def get_suggestion(self, value: str) -> str | None:
        """The dim text behind the end: what the token there becomes first."""
        word = value.rpartition(" ")[2]
        if len(word) < 2:
            return None
        found = (one.insert for one in self._found(value, len(value)) if not one.example)
        return next((one for one in found if one.startswith(value) and one != value), None)

    def offers(self, line: str, cursor: int) -> list[Suggestion]:
        """What a sign that stands alone at the cursor can start."""
        word = line[:cursor].rpartition(" ")[2]
        return self._found(line, cursor) if word and word in _SIGNS else []

    def _found(self, line: str, cursor: int) -> list[Suggestion]:
        found = suggestions(line, cursor, self._context, language())
        return [one for one in found if one.kind in _OF_A_CALL]

    def said(self, line: str, cursor: int, width: int) -> Content:
        """What the line will change, and beneath it what is wrong with the token being typed or what it may become."""
        read = parse_line(line, self._context)
        if read.due or read.no_follow_up or read.tickets or read.assignee:
            return view.note_line(sentence(Invalid("edit_only_call", line=line)), width, "warn")
        changed = view.chip_row(changes(read, self._scene), width)
        return view.under(changed, self._hint(line, cursor, read, width))

    def _hint(self, line: str, cursor: int, read: LineDraft, width: int) -> Content:
        if self.offers(line, cursor):
            return text.blank(0)
        problem = next((one for one in read.problems if one.start < cursor == one.end), None)
        if problem is not None:
            may_be = [one for one in self._found(line, cursor) if not one.example]
            if may_be:
                return view.may_be_line(may_be, self._scene.today, width, cap=keymap.display("right"))
            if unfinished(line[:cursor], problem, self._context):
                return text.blank(0)
            return view.typed_line(problem, width)
        return view.problem_line(read.problems, width) if read.problems else text.blank(0)

    def tokens(self, note: str) -> list[str]:
        """What would be tokens if the note were a log line, as it is typed."""
        read = parse_line(note, self._context)
        return [note[one.start : one.end] for one in read.tokens if one.kind not in _NO_TOKENS]


def changes(read: LineDraft, scene: Scene) -> list[Chip]:
    """What an edited call will be, as far as the line says anything of it."""
    found: list[Chip] = []
    if read.outcome is not None:
        found.append(_named(scene.process.outcome(read.outcome).label(language()), "strong"))
    if read.started_at is not None:
        found.append(Chip(moments.stamp(read.started_at, scene.now, scene.zone)))
    if read.duration_s is not None:
        found.append(Chip(moments.duration(read.duration_s)))
    if read.topic is not None and read.topic_from == "given":
        found.append(_named(scene.topic(read.topic)))
    if read.direction is not None:
        found.append(Chip(t("inbound") if read.direction == "in" else t("outbound"), "dim"))
    if read.channel is not None:
        found.append(_named(scene.channel(read.channel), "dim"))
    if read.score is not None:
        found.append(Chip(t("score {score}", score=read.score), "dim"))
    return [*found, *(_named(f"#{tag}", "dim") for tag in read.tags)]


def _named(word: str, role: Role = "") -> Chip:
    """A word of the company's process file."""
    return Chip(t("{word}", word=word), role)
