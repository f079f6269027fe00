"""What all places share. A place is one of the six on ``1`` to ``6``; a view lies over one until closed.

Places are widgets of one screen, not screens of their own: header, message line, footer and the log bar are
made once and stay, changing places repaints only what differs, and a place's letter keys act only while the
focus is inside it, so never while somebody types in the bar.
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from tuicrm.i18n import Phrase
from tuicrm.tui import keymap
from tuicrm.tui.actions import owner
from tuicrm.tui.bridge import Bridge
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.keytable import PLACES
from tuicrm.tui.text import Role
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.record_list import RIGHT

if TYPE_CHECKING:
    from tuicrm.domain.deeds import About
    from tuicrm.domain.models import Saved
    from tuicrm.tui.app import CrmApp

BACK_RANK = 57
"""Where the key that closes a view stands in its footer: behind what is done most, before what is done seldom."""
Changed = frozenset[tuple[str, int]]
"""Records that changed: ``("contact", 12)``. Names as in the change log."""


class Place(Vertical):
    """One of the six places, or a view over one.

    A subclass sets ``scope`` (a name in ``keytable.SCOPES``), ``BINDINGS`` (``keymap.bindings`` of its own
    areas; those of ``place`` are inherited), composes its widgets, and fills ``load`` and ``on_changed``.
    """

    scope: str = ""
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("place")
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset()
    """Entities whose changes call ``on_changed``; empty for none."""

    ON_MARKED: ClassVar[frozenset[str]] = frozenset()
    """Verbs of keys that here, other than elsewhere, are done to all that are marked."""

    _came_from: Widget | None = None

    @property
    def crm_app(self) -> CrmApp:
        """The app, with its type."""
        return cast("CrmApp", self.app)

    @property
    def bridge(self) -> Bridge:
        """The door to the services."""
        return self.crm_app.bridge

    # --- for subclasses -------------------------------------------------------------------------------------

    async def load(self) -> None:
        """Reads what is shown. Called when the place is opened first and whenever it comes back."""

    async def on_changed(self, changed: Changed) -> None:
        """Records of ``RELOADS_ON`` changed while the place is in front; by default all is read again."""
        del changed
        await self.load()

    async def logged(self, saved: Saved) -> None:
        """A call was saved in the bar: what is shown is read again before the next key acts here."""
        del saved
        await self.load()

    def claimed(self, others: Mapping[int, str]) -> None:
        """Which other agents have which contacts open now, by id: told at once, without reading anything."""

    async def taken_back(self, about: About) -> None:
        """What was done to somebody, or to a call, was taken back: its row comes into view, the cursor on it."""

    def finished(self) -> bool:
        """Whether a view has nothing left to do: who goes to another place finds the place itself again, not it."""
        return False

    def before_leaving(self) -> bool:
        """Takes away what ``q`` or ``Esc`` is to take away before it leaves (marks); whether there was anything."""
        return False

    def first_focus(self) -> Widget | None:
        """Where the focus goes at opening: the first widget that takes it and is not a text field."""
        candidates = [widget for widget in self.query("*") if widget.focusable]
        quiet = [widget for widget in candidates if not isinstance(widget, LineInput)]
        return next(iter(quiet or candidates), None)

    def hidden_keys(self) -> Iterable[str]:
        """Ids of keys that do nothing in the present state, so that the footer leaves them out."""
        return ()

    def extra_keys(self) -> Sequence[FooterKey]:
        """Keys that are not in the table: the outcome letters of the process file."""
        return ()

    def own_keys(self) -> Sequence[FooterKey]:
        """Those of them that act here at all, for help; whether or not they do now."""
        return self.extra_keys()

    def about(self) -> Sequence[Phrase]:
        """What help says of the place behind its keys, line by line."""
        return ()

    def relabel(self, id: str) -> Phrase | None:
        """Another word for what a key does now (``d``: dial, hang up), from ``t``; None for the usual one."""
        del id
        return None

    def urgent_keys(self) -> Sequence[str]:
        """Ids of keys that stand first in the footer now, the most urgent one first."""
        return ()

    # --- the footer -----------------------------------------------------------------------------------------

    def live_keys(self) -> Sequence[FooterKey]:
        """What the footer shows: keys of the scope that some widget here acts on now."""
        urgent = list(self.urgent_keys())
        hidden = set(self.hidden_keys()).difference(urgent)
        focused = self.screen.focused or self
        keys = [
            FooterKey(
                keymap.cap(row),
                self._label(row),
                urgent.index(row.id) - len(urgent) if row.id in urgent else row.rank,
                keymap.keys_of(row)[0],
            )
            for row in keymap.of_scope(self.scope)
            if row.rank < 90
            and row.id not in hidden
            and keymap.keys_of(row)
            and owner(row, focused) is not None
        ]
        return [*self.extra_keys(), *keys, *self._way_back()]

    def _way_back(self) -> Sequence[FooterKey]:
        """The key that closes what was opened over a place; the six places themselves have none to show."""
        back = keymap.key("place.back")
        if self.scope in (*PLACES, "firstrun") or not keymap.keys_of(back):
            return ()
        return (FooterKey(keymap.cap(back), keymap.label(back), BACK_RANK, keymap.keys_of(back)[0]),)

    def _label(self, row: keymap.Key) -> Phrase:
        return self.relabel(row.id) or keymap.label(row)

    def keys_changed(self) -> None:
        """To be called when the state changed without the focus: the footer looks again."""
        self.crm_app.keys_changed()

    # --- work -----------------------------------------------------------------------------------------------

    def work(self, job: Coroutine[Any, Any, Any], *, group: str = "default", exclusive: bool = False) -> None:
        """Runs ``job`` in the background; a refusal becomes the message line's sentence.

        ``exclusive``: a job of the same group that still runs is cancelled, its result never shown.
        """
        self.crm_app.work(job, owner=self, group=group, exclusive=exclusive)

    def say(self, sentence: Phrase, role: Role = "", *, undo: bool = False) -> None:
        """Tells what happened, in the message line."""
        self.crm_app.say(sentence, role, undo=undo)

    # --- focus ----------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """The place came to the front: the focus returns to where it was, else to ``first_focus``.

        At once: ``Widget.focus`` comes later, and would take the focus from the search line that was asked for.
        """
        target = self._came_from
        if target is None or not target.is_attached or not target.focusable:
            target = self.first_focus()
        if target is not None:
            self.screen.set_focus(target, scroll_visible=False)

    def close_soon(self) -> None:
        """Closes this view. Not at once: a view that waits for its own end from its own work never ends."""
        self.crm_app.call_later(self._close)

    async def _close(self) -> None:
        if self.crm_app.place is self:
            await self.crm_app.action_back()

    def leave(self) -> None:
        """The place goes behind another: remembers where the focus was."""
        focused = self.screen.focused
        if focused is not None and self in focused.ancestors_with_self:
            self._came_from = focused

    async def action_menu(self) -> None:
        """A menu of letters: all that can be done here, with the record selected now."""
        from tuicrm.tui.menus import open_menu

        await open_menu(self)

    def selected_record(self) -> tuple[str, int] | None:
        """The record selected now where the place lists something else than people: its kind and id."""
        return None

    def marked_count(self) -> int:
        """How many rows are marked: what a key does is done to all of them."""
        return 0

    async def on_click(self, event: events.Click) -> None:
        """The right button opens the menu; a list has put its cursor under it before."""
        if event.button == RIGHT:
            event.stop()
            await self.action_menu()

    async def action_undo(self) -> None:
        await self.crm_app.action_undo()

    async def action_redo(self) -> None:
        await self.crm_app.action_redo()

    def action_next_pane(self) -> None:
        self._pane(1)

    def action_last_pane(self) -> None:
        self._pane(-1)

    def _pane(self, step: int) -> None:
        panes = [widget for widget in self.query("*") if widget.focusable and widget.display]
        if not panes:
            return
        focused = self.screen.focused
        at = panes.index(focused) if focused in panes else -step
        panes[(at + step) % len(panes)].focus(scroll_visible=False)
