"""The search line of a list with what stands beside it: how many there are, and what may be typed next.

``text`` is the last filter that could be read: while one types ``outcome:vo`` the list stays as ``outcome:v`` left it,
and the line below says what may follow or what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size

from tuicrm import i18n
from tuicrm.domain.errors import Invalid
from tuicrm.domain.filter_complete import Following, Offered, following
from tuicrm.domain.filters import closed
from tuicrm.i18n import sentence, t
from tuicrm.tui import text
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.row import Row
from tuicrm.tui.widgets.safe import Words
from tuicrm.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.tui.app import CrmApp

GAP = "  "
STEP: Final = 14
"""Cells."""


def offered(crm: Crm, what: str) -> Offered:
    """What may be typed behind the keys of a list."""
    from tuicrm.services import filter_choices

    return filter_choices.offered(crm, what)


def problem(crm: Crm, what: str, filter_text: str) -> Invalid | None:
    """Why a filter cannot be used; None when it can."""
    from tuicrm.services import filtering

    try:
        filtering.where(crm, what, filter_text)
    except Invalid as refused:
        return refused
    return None


def plain_words(filter_text: str) -> bool:
    """Whether it is words alone, which are never wrong."""
    return not any(sign in filter_text for sign in ':"-')


class Found(Words):
    """How many there are. Its width goes by steps, so that another number of digits moves nothing beside it."""

    def get_content_width(self, container: Size, viewport: Size) -> int:
        del container, viewport
        return _stepped(self.content)

    def render(self) -> Content:
        return text.join((text.blank(max(0, self.size.width - self.content.cell_length)), self.content))

    def tell(self, content: Content) -> None:
        """Shows it; the line is laid out anew only when the step is another."""
        self.set(content, layout=_stepped(content) != _stepped(self.content))


def _stepped(content: Content) -> int:
    return max(1, -(-content.cell_length // STEP)) * STEP


class SearchRow(Vertical):
    """``what``: the list; ``changed`` is called when another filter is to be shown."""

    def __init__(
        self,
        what: str,
        placeholder: str,
        *,
        leave: Callable[[], None],
        changed: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        super().__init__(classes="search-rows")
        self.what = what
        self.text = ""
        self._changed = changed
        self._leave = leave
        self._offered: Offered = {}
        self._refused: Invalid | None = None
        self.line = SearchLine(placeholder, leave=self._left, take=self._take)
        self._told = Found(id="found")
        self._hint = Words(id="search-hint")

    def compose(self) -> ComposeResult:
        yield Row(
            Words(text.phrase(t("Search"), style="dim"), classes="ask"),
            self.line,
            self._told,
            classes="search-row",
        )
        yield self._hint

    def on_mount(self) -> None:
        self._hint.display = False

    # --- beside the line ------------------------------------------------------------------------------------

    def tell(self, content: Content) -> None:
        """What stands at the end of the line: how many there are."""
        self._told.tell(content)

    def untell(self) -> None:
        """Nothing stands there until it is counted; the line keeps its room."""
        self._told.tell(text.blank(self._told.content.cell_length))

    # --- typing ---------------------------------------------------------------------------------------------

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        del event
        self._hint.display = True
        self._show_hint()
        self._app.work(self._learn(), owner=self, group="offered", exclusive=True)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        del event
        self._hint.display = False

    def on_input_changed(self, event: LineInput.Changed) -> None:
        event.stop()
        typed = self.line.value.strip()
        if plain_words(typed):
            self._refused = None
            self._use(typed)
        else:
            self._app.work(self._look(typed), owner=self, group="look", exclusive=True)
        self._show_hint()

    def put(self, filter_text: str) -> None:
        """Shows another filter, as if it had been typed."""
        self.line.set_text(filter_text)

    def begin_with(self, filter_text: str) -> None:
        """What stands there at first, or instead; its owner shows the list by itself."""
        with self.line.prevent(LineInput.Changed):
            self.line.set_text(filter_text)
        self.text, self._refused = filter_text, None

    def clear(self) -> None:
        """Empties the line; its owner shows the whole list by itself."""
        self.begin_with("")

    async def _look(self, typed: str) -> None:
        """Uses what was typed if it can be read; else what stands before the last word, which is still being typed."""
        typed = closed(typed)
        self._refused = await self._app.bridge.read(problem, self.what, typed)
        self._show_hint()
        if self._refused is None:
            self._use(typed)
            return
        before = typed.rpartition(" ")[0].strip()
        if await self._app.bridge.read(problem, self.what, before) is None:
            self._use(before)

    def _use(self, filter_text: str) -> None:
        if filter_text != self.text:
            self.text = filter_text
            self._app.work(self._changed(), owner=self, group="search", exclusive=True)

    def _left(self) -> None:
        """Into the list; a filter that cannot be read says so and keeps the cursor."""
        if self._refused is not None:
            self._app.say(sentence(self._refused), "warn")
        else:
            self._leave()

    # --- what may follow ------------------------------------------------------------------------------------

    async def _learn(self) -> None:
        self._offered = await self._app.bridge.read(offered, self.what)
        self._show_hint()

    def _following(self) -> Following:
        own_words = i18n.language() != "en"
        return following(self.line.value, self.what, self._offered, labels=own_words)

    def _take(self) -> bool:
        """Completes the last word; False when there is nothing to complete."""
        taken = self._following().taken
        if taken:
            self.line.put(taken)
        return bool(taken)

    def _show_hint(self) -> None:
        found = self._following()
        self.line.set_ghost(found.ghost)
        begun = closed(self.line.value.strip()).endswith(":")
        if self._refused is not None and not found.options and not begun:
            self._hint.set(text.phrase(sentence(self._refused), style="warn"))
        else:
            self._hint.set(_options(found.options, self.size.width - 2))

    @property
    def _app(self) -> CrmApp:
        return cast("CrmApp", self.app)


def _options(options: Sequence[str], width: int) -> Content:
    """As many of them as fit side by side."""
    return text.join(_fitting(options, width), GAP)


def _fitting(options: Sequence[str], width: int) -> Iterable[Content]:
    used = 0
    for option in options:
        used += text.cells(option) + len(GAP)
        if used > width:
            return
        yield text.show(option, style="dim")
