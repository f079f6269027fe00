"""Taking back, or doing again, the action that a place is about: the selected one of a list, or an opened one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tuicrm import told
from tuicrm.domain.deeds import Deed, Turn
from tuicrm.domain.errors import Conflict
from tuicrm.i18n import Phrase, t, word
from tuicrm.tui import keymap
from tuicrm.tui.screens.base import Place

MANY: Final = 20
"""Records of one action from which on taking it back is asked about first; from two contacts on in any case."""


class TurnsDeed(Place):
    """A place whose keys for undo and redo are about one action."""

    @property
    def turned(self) -> tuple[Deed, told.Seen] | None:
        """The action, and what its words need; None while there is none."""
        raise NotImplementedError

    def show_later(self, action: int) -> bool:
        """Puts the cursor on an action that stands on this one; False where it is not listed."""
        del action
        return False

    def hidden_keys(self) -> Iterable[str]:
        if self.turned is None:
            return ("place.undo", "place.redo")
        deed, _ = self.turned
        return () if deed.turns == "undo" else ("place.undo",)

    def urgent_keys(self) -> Sequence[str]:
        return ("place.undo",) if self.turned is not None and self.turned[0].turns == "undo" else ()

    def relabel(self, id: str) -> Phrase | None:
        """Here these keys are about the selected action."""
        return {"place.undo": t("take this back"), "place.redo": t("do this again")}.get(id)

    async def action_undo(self) -> None:
        await self._turn("undo")

    async def action_redo(self) -> None:
        await self._turn("redo")

    async def _turn(self, verb: Turn) -> None:
        """Takes the selected action back, or does it again; asks first where it is much, or another's."""
        if self.turned is None:
            return
        deed, seen = self.turned
        why = _why_not(deed, verb)
        if why:
            self.say(why, "warn")
        elif deed.agent == (await self.bridge.crm()).me and not _much(deed):
            await self._turned(deed, verb)
        else:
            await self._ask(deed, verb, seen)

    async def _ask(self, deed: Deed, verb: Turn, seen: told.Seen) -> None:
        from tuicrm.tui.dialogs.confirm import Confirm

        what = told.headline(deed, seen)
        question = (
            t("Take back what {agent} did? {what}", agent=deed.agent, what=what)
            if verb == "undo"
            else t("Do again what {agent} did? {what}", agent=deed.agent, what=what)
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.work(self._turned(deed, verb))

        await self.app.push_screen(Confirm(question), answered)

    async def _turned(self, deed: Deed, verb: Turn) -> None:
        from tuicrm.tui.taking_back import turn

        try:
            about = await turn(self.crm_app, verb, _origin(deed))
        except Conflict as refused:
            if refused.code != "changed_since" or not refused.params.get("action"):
                raise
            self._in_the_way(refused)
            return
        if about is not None:
            await self.load()

    def _in_the_way(self, refused: Conflict) -> None:
        """Something later stands on it: that is named, and gets the cursor where it is listed."""
        params = refused.params
        later = t("{verb}, by {agent}", verb=word(str(params["verb"])), agent=params["agent"])
        if self.show_later(params["action"]):
            self.say(t("Not yet: this came later and stands on it ({later}).", later=later), "warn")
        else:
            id = int(params["action"])
            self.say(
                t("Not yet: action {id} came later and stands on it ({later}).", id=id, later=later), "warn"
            )


def _origin(deed: Deed) -> int:
    """The action itself, or the one that it took back or did again."""
    return deed.undoes if deed.undoes is not None else deed.id


def _much(deed: Deed) -> bool:
    return deed.count > MANY or deed.records.get("contact", 0) > 1


def _why_not(deed: Deed, verb: Turn) -> Phrase:
    """Why an action cannot be turned so; empty when it may be tried."""
    undo, redo = (keymap.cap(keymap.key(f"place.{one}")) for one in ("undo", "redo"))
    if deed.undoes is not None:
        tried: Turn = "redo" if deed.verb == "undo" else "undo"
        if verb == tried:
            return Phrase()
        if verb == "undo":
            return t("This was itself taking something back; {key} does that again.", key=redo)
        return t("This has been done again already.")
    if verb == "undo" and deed.undone_by is not None:
        return t("This is taken back already; {key} does it again.", key=redo)
    if verb == "redo" and deed.undone_by is None:
        return t("This stands as it is; {key} takes it back.", key=undo)
    return Phrase() if deed.turns else t("This cannot be taken back.")
