"""Who is in the book twice: pair after pair side by side, to be merged field by field or kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType

from tuicrm.i18n import Phrase, t, word
from tuicrm.services.duplicates import Pair
from tuicrm.tui import keymap, text
from tuicrm.tui.order import mirrored
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.base import Place
from tuicrm.tui.widgets import pair_lines
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.ends import Ends
from tuicrm.tui.widgets.pair_lines import STAYS, Line, Looked, Which
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.safe import Lines

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.tui.app import CrmApp

_OTHER: Final[Mapping[Which, Which]] = {"first": "second", "second": "first", "both": "first"}


def sides(crm: Crm, a: int, b: int) -> tuple[Scene, Pair, Looked] | None:
    """The two contacts of a pair; None when one is gone or they are kept apart."""
    from tuicrm.services import duplicates, merging

    pair = duplicates.pair(crm, a, b)
    first, second = merging.side(crm, a), merging.side(crm, b)
    if pair is None or first is None or second is None:
        return None
    scene = reads.scene(crm)
    looked = pair_lines.looked(first, second)
    # national forms of numbers are loaded here, off the event loop
    pair_lines.lines(looked, scene.region)
    return scene, pair, looked


class PairLines(RecordList[Line], inherit_bindings=False):
    """The fields of the pair; Enter merges here, so no row opens."""

    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("pair")


class DoublesView(Place):
    """``pairs``: those to look at; None: all that are likely one, looked for now."""

    scope = "doubles"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("doubles")
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact", "apart", "call", "followup", "ticket"})

    def __init__(self, pairs: Sequence[Pair] | None = None) -> None:
        super().__init__()
        self._pairs: list[Pair] | None = None if pairs is None else list(pairs)
        self._given = pairs is not None
        self._at = 0
        self._done: list[int] = []
        """Places of pairs that were merged or kept apart here: taken back, the last one is looked at again."""
        self._region = ""
        self.looked: Looked | None = None
        self._head = Ends(id="doubles-head")
        self.list = PairLines(pair_lines.columns(), lambda line: line.key)
        self._result = Lines(id="doubles-result")

    def compose(self) -> ComposeResult:
        yield self._head
        yield self.list
        yield self._result

    def first_focus(self) -> PairLines:
        return self.list

    # --- which pair -----------------------------------------------------------------------------------------

    async def load(self) -> None:
        """Looks for pairs the first time; later the pair in view is read again, or the one that came back."""
        if self._pairs is None:
            self._head.set_ends(
                text.phrase(t("Looking for contacts that are there twice…"), style="dim"), text.blank(0)
            )
            from tuicrm.tui.bridge import duplicates

            self._pairs = await self.bridge.read(duplicates.duplicates)
        if self._done and await self._read(self._done[-1]):
            self._at = self._done.pop()
        else:
            await self._show(self._at)

    async def _show(self, at: int, step: int = 1) -> None:
        """The pair at that place, else the next one in that direction that is still two people."""
        pairs = self._pairs or []
        while 0 <= at < len(pairs):
            if await self._read(at):
                self._at = at
                return
            at += step
        if step < 0:
            self.say(t("That was the first pair."))
        elif self._given and self._done:
            self.close_soon()
        elif self.looked is not None and self._is_pair(self._at) and await self._read(self._at):
            self.say(t("That was the last pair."))
        else:
            self._at = len(pairs)
            self._nothing()

    def _is_pair(self, at: int) -> bool:
        return self._pairs is not None and 0 <= at < len(self._pairs)

    async def _read(self, at: int) -> bool:
        """Reads and shows the pair at that place; False when it is none any more."""
        assert self._pairs is not None
        one = self._pairs[at]
        found = await self.bridge.read(sides, one.a, one.b)
        if found is None:
            return False
        scene, pair, looked = found
        self._region = scene.region
        old = self.looked
        same = old is not None and (old.first.contact.id, old.second.contact.id) == (pair.a, pair.b)
        if same and old is not None:
            looked = Looked(looked.first, looked.second, old.stays, old.chosen)
        self.looked = looked
        reasons = _why(pair.why) if pair.why else t("not alike")
        place = t("Pair {n} of {all}: {why}", n=at + 1, all=len(self._pairs), why=reasons)
        score = t("{score} of 100", score=pair.score)
        self._head.set_ends(text.phrase(place, style="here"), text.phrase(score, style="dim"))
        self._paint(keep=same)
        return True

    def _nothing(self) -> None:
        self.looked = None
        self._head.set_ends(text.phrase(t("Duplicates"), style="here"), text.blank(0))
        nobody = (
            t("Nobody seems to be there twice.")
            if not self._done
            else t("That was the last pair. {key} takes it back.", key=keymap.named("place.undo"))
        )
        self.list.set_empty(nobody)
        self.list.set_rows(())
        self._result.set_lines(())
        self.keys_changed()

    def _paint(self, *, keep: bool = True) -> None:
        looked = self.looked
        assert looked is not None
        self.list.set_columns(pair_lines.columns())
        self.list.set_rows(pair_lines.lines(looked, self._region), keep=keep)
        if not keep:
            self.list.move(0)
        width = max(20, self.size.width - 2)
        said = (pair_lines.result(looked, self._region), pair_lines.moving(looked))
        lines = [line for one in said for line in text.phrases(one, width)]
        self._result.set_lines([text.join((text.blank(1), line)) for line in lines])
        self.keys_changed()

    def on_resize(self) -> None:
        if self.looked is not None:
            self._paint()

    # --- choosing -------------------------------------------------------------------------------------------

    def action_side(self) -> None:
        """The other one's value; of two notes also both."""
        line, looked = self.list.row, self.looked
        if line is None or looked is None:
            return
        if not line.name:
            self._not_chosen(line)
            return
        turn: Which = _OTHER[line.picked]
        if line.name == "note" and line.picked == "second" and looked.first.contact.note:
            turn = "both"
        self._pick(line.name, turn)

    def action_pick(self, way: str) -> None:
        """The value at that side of the screen."""
        line = self.list.row
        if line is None or self.looked is None:
            return
        if line.name:
            self._pick(line.name, "first" if (way == "left") != mirrored() else "second")
        else:
            self._not_chosen(line)

    def _not_chosen(self, line: Line) -> None:
        """Says why nothing can be chosen there."""
        same = bool(line.first) and line.first == line.second
        self.say(
            t("Both have the same.") if same else t("All of both is kept here; there is nothing to choose.")
        )

    def _pick(self, name: str, which: Which) -> None:
        assert self.looked is not None
        if name == STAYS:
            self.looked = _with(self.looked, stays=which)
        else:
            self.looked = _with(self.looked, chosen={**self.looked.chosen, name: which})
        self._paint()

    # --- deciding -------------------------------------------------------------------------------------------

    async def action_merge(self) -> None:
        """Shows what will come of it; Enter there merges."""
        looked = self.looked
        if looked is None:
            return
        from tuicrm.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.work(self._merge(looked))

        parts = {"result": pair_lines.result(looked, self._region), "moving": pair_lines.moving(looked)}
        await self.app.push_screen(Confirm(t("Merge? {result} {moving}", **parts), safe=True), answered)

    async def _merge(self, looked: Looked) -> None:
        from tuicrm.tui.bridge import merging

        keep, gone = looked.keep.contact, looked.gone.contact
        whole = await self.bridge.write(merging.merge, keep.id, [gone.id], looked.choices())
        self._done.append(self._at)
        named = whole.name or (whole.phones[0].raw if whole.phones else "")
        self.say(t("Merged: {name}, contact:{id}.", name=named, id=whole.id), undo=True)
        await self._next()

    async def action_apart(self) -> None:
        """Two people: not listed again."""
        looked = self.looked
        if looked is None:
            return
        from tuicrm.tui.bridge import duplicates

        a, b = looked.first.contact, looked.second.contact
        await self.bridge.write(duplicates.keep_apart, a.id, b.id)
        self._done.append(self._at)
        self.say(
            t("Kept apart: {a} and {b}.", a=a.name or f"contact:{a.id}", b=b.name or f"contact:{b.id}"),
            undo=True,
        )
        await self._next()

    async def _next(self) -> None:
        self.looked = None
        await self._show(self._at + 1)
        await self.crm_app.listener.look()

    async def action_go(self, step: int) -> None:
        """The next pair, or the last one, undecided."""
        if self._pairs is not None:
            await self._show(self._at + step, step)

    # --- the footer -----------------------------------------------------------------------------------------

    def hidden_keys(self) -> Iterable[str]:
        if self.looked is None:
            return tuple(f"doubles.{verb}" for verb in ("merge", "side", "apart", "next", "last"))
        return () if self._pairs and len(self._pairs) > 1 else ("doubles.next", "doubles.last")


def _with(it: Looked, **changes: Any) -> Looked:
    return Looked(it.first, it.second, changes.get("stays", it.stays), changes.get("chosen", it.chosen))


async def review(app: CrmApp) -> None:
    """All pairs, over whatever is in front."""
    await app.open_view(DoublesView())


async def merge_with(app: CrmApp, contact_id: int, name: str) -> None:
    """Asks with whom of those alike somebody is to be merged; says so when nobody is alike."""
    from tuicrm.tui.bridge import duplicates
    from tuicrm.tui.dialogs.picker import Option, Picker

    found = await app.bridge.read(duplicates.like, contact_id)
    if not found:
        app.say(t("Nobody is like {name}. tuicrm contact merge joins any two.", name=name))
        return
    options = [
        Option(
            one.row.id, f"{one.score}", _named(one.row.name or one.row.phone, one.row.company), _why(one.why)
        )
        for one in found
    ]

    def chosen(other: int | None) -> None:
        if other is not None:
            low, high = min(contact_id, other), max(contact_id, other)
            app.work(app.open_view(DoublesView([Pair(low, high, 0, ())])))

    await app.push_screen(Picker(t("Merge {name} with…", name=name), options), chosen)


def _named(name: str, company: str) -> str:
    return t(", ").join(part for part in (name, company) if part)


def _why(why: Sequence[str]) -> Phrase:
    return t("{reasons}", reasons=tuple(word(f"same {reason}") for reason in why))
