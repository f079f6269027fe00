"""What is done to the follow-up selected, or to all that are marked: remind later, done, hand on, move, cancel, reopen.

Each is one action that one ``u`` takes back. What is done to more than one asks first, and tells how many it was. One
that somebody else has changed since it was read is left alone, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import BindingType

from tuicrm.domain.models import FollowUp
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.person_keys import PersonKeys, bindings
from tuicrm.tui.widgets.cells import called

if TYPE_CHECKING:
    from tuicrm.services.bulk import BulkDone
    from tuicrm.tui.dialogs.later import When

FEW: Final = 100
"""Follow-ups that are dealt with on the one writer's thread; more beside it, so that saving a call never waits."""


@record
class Promises:
    """What a deed is done to. ``one``: the only follow-up, as it stands on the screen; None when they are several.
    ``name``: of whom it was promised to."""

    ids: tuple[int, ...]
    one: FollowUp | None = None
    name: str = ""

    def words(self) -> Phrase:
        """The name, or how many they are."""
        if self.name:
            return t("{name}", name=self.name)
        return nt("{n} follow-up", "{n} follow-ups", len(self.ids))


class PromiseDeeds(PersonKeys):
    """A place in which follow-ups are selected or marked. ``e`` is about them, not about the person; so is ``Delete``
    in a place that binds it."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("promise"), *bindings("record.edit")]
    ON_MARKED: ClassVar[frozenset[str]] = frozenset({"edit", "delete", "cancel"})

    # --- for subclasses -------------------------------------------------------------------------------------

    def promise(self) -> FollowUp | None:
        """The follow-up that is selected."""
        raise NotImplementedError

    def marked_promises(self) -> Sequence[int]:
        """The ids of those that are marked."""
        return ()

    def promise_name(self, it: FollowUp) -> str:
        """Whom it was promised to."""
        return called(it.contact, self.scene.region if self.scene else "")

    def nothing_promised(self) -> Phrase:
        """What is said where a deed has nothing to be done to."""
        return t("No follow-up is selected.")

    async def promises_done(self, chosen: Promises) -> None:
        """Something was done to them; what changed has been heard of."""

    # --- keys -----------------------------------------------------------------------------------------------

    def chosen_promises(self) -> Promises | None:
        """What the next deed is done to; None, and said, for nothing."""
        if ids := tuple(self.marked_promises()):
            return Promises(ids)
        it = self.promise()
        if it is None:
            self.say(self.nothing_promised(), "warn")
            return None
        return Promises((it.id,), it, self.promise_name(it))

    async def action_snooze(self) -> None:
        """Asks when to be reminded again."""
        chosen = self.chosen_promises()
        if chosen is None or self._over(chosen):
            return
        from tuicrm.tui.dialogs.later import AT_ONCE, ask_later

        def then(when: When) -> None:
            if when.phrase == AT_ONCE:
                asked = t("Back into the queue: {who}?", who=chosen.words())
                self._start(chosen, "wake", asked, t("back in the queue"))
                return
            said = t("reminded again {when}, promise unchanged", when=when.said)
            asked = t("Put off {who} till {when}?", who=chosen.words(), when=when.said)
            self._start(chosen, "snooze", asked, said, when.phrase)

        # marked ones may be waiting, or not
        waiting = chosen.one is None or chosen.one.remind_at is not None
        await ask_later(self, chosen.words(), waiting=waiting, then=then)

    def action_done(self) -> None:
        """Kept; what is closed already is owed again."""
        chosen = self.chosen_promises()
        if chosen is None:
            return
        if chosen.one is not None and chosen.one.state != "open":
            self._start(chosen, "reopen", Phrase(), t("open again"))
        else:
            asked = t("{who}: all done?", who=chosen.words())
            self._start(chosen, "done", asked, t("done"))

    def action_skip(self) -> None:
        """Not this time: what repeats goes on with its next date."""
        chosen = self.chosen_promises()
        if chosen is not None and not self._over(chosen):
            asked = t("{who}: not this time?", who=chosen.words())
            self._start(chosen, "skip", asked, t("skipped this time"))

    async def action_hand(self) -> None:
        """Picks who is to keep it; oneself first."""
        chosen = self.chosen_promises()
        if chosen is None or self._over(chosen):
            return
        from tuicrm.tui.dialogs.picker import Option, Picker

        crm = await self.bridge.crm()
        named = dict(await self.bridge.read(reads.colleagues))
        others = [each for each in named if each != crm.me]
        mine = chosen.one is not None and chosen.one.assignee == crm.me
        options = [Option(each, "", reads.handle_and_name(each, named[each])) for each in others]
        own = Option(crm.me, "", reads.handle_and_name(crm.me, named[crm.me]), t("yourself"))
        options.insert(len(options) if mine else 0, own)

        def picked(handle: str | None) -> None:
            if handle is not None:
                agent = reads.agent_word(handle, named[handle])
                asked = t("Hand {who} to {agent}?", who=chosen.words(), agent=agent)
                self._start(chosen, "assign", asked, t("now {agent}", agent=agent), handle)

        one = t("Who keeps the promise to {who}?", who=chosen.words())
        title = one if chosen.one is not None else t("Who keeps {who}?", who=chosen.words())
        await self.app.push_screen(Picker(title, options), picked)

    async def action_edit(self) -> None:
        """The form of one; of several only their moment. Another moment moves the promise itself."""
        chosen = self.chosen_promises()
        if chosen is None or self._over(chosen):
            return
        if chosen.one is not None:
            from tuicrm.tui.dialogs.promise_form import change

            await change(self, chosen.one, moved=lambda: self.promises_done(chosen))
            return
        from tuicrm.tui.dialogs.later import MomentForm

        def written(when: When | None) -> None:
            if when is not None:
                asked = t("Move {who} to {when}?", who=chosen.words(), when=when.said)
                self._start(chosen, "move", asked, t("promised for {when}", when=when.said), when.phrase)

        key = keymap.named("promise.snooze")
        note = t("Moves the promise itself; {key} only reminds later.", key=key)
        form = MomentForm(t("Move {who}", who=chosen.words()), later=False, note=note)
        await self.app.push_screen(form, written)

    async def action_delete(self) -> None:
        """Takes it back, with a reason."""
        chosen = self.chosen_promises()
        if chosen is None or self._over(chosen):
            return
        from tuicrm.tui.dialogs.later import ReasonForm

        def written(why: str | None) -> None:
            if why is not None:
                asked = t("Cancel {who}?", who=chosen.words())
                self._start(chosen, "cancel", asked, t("cancelled: {why}", why=why), why)

        barred = chosen.one is not None and chosen.one.do_not_call
        form = ReasonForm(t("Cancel: {who}", who=chosen.words()), t("do not call") if barred else "")
        await self.app.push_screen(form, written)

    def _over(self, chosen: Promises) -> bool:
        """Whether the only one is closed, which is said."""
        if chosen.one is None or chosen.one.state == "open":
            return False
        said = t(
            "{who}: closed already. {key} opens it again.",
            who=chosen.words(),
            key=keymap.named("promise.done"),
        )
        self.say(said, "warn")
        return True

    # --- doing and telling ----------------------------------------------------------------------------------

    def _start(self, chosen: Promises, deed: str, question: Phrase, said: Phrase, *args: Any) -> None:
        """Does it to one at once; asks before it is done to several."""
        if chosen.one is not None:
            self.work(self._do_one(chosen, chosen.one, deed, said, args))
            return
        self.work(self._asked(question, lambda: self.work(self._do_all(chosen, deed, said, args))))

    async def _asked(self, question: Phrase, then: Callable[[], None]) -> None:
        from tuicrm.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                then()

        await self.app.push_screen(Confirm(question), answered)

    async def _do_one(
        self, chosen: Promises, seen: FollowUp, deed: str, said: Phrase, args: Sequence[Any]
    ) -> None:
        from tuicrm.tui.bridge import promises

        changed = await self.bridge.write(getattr(promises, deed), seen.id, *args, seen=seen)
        await self.crm_app.listener.look()
        await self.promises_done(chosen)
        told = t("{who}: {what}.", who=chosen.words(), what=said)
        if changed.state != "open" and changed.recurrence:
            from tuicrm.tui.dialogs.repeat_field import followed

            told = t("{said} {more}", said=told, more=await followed(self.bridge, changed))
        self.say(told, undo=True)

    async def _do_all(self, chosen: Promises, deed: str, said: Phrase, args: Sequence[Any]) -> None:
        from tuicrm.tui.bridge import promises_bulk

        bridge = self.bridge
        run = bridge.write if len(chosen.ids) <= FEW else bridge.long
        if len(chosen.ids) > FEW:
            self.say(nt("Working on {n} follow-up…", "Working on {n} follow-ups…", len(chosen.ids)))
        job = getattr(promises_bulk, deed)
        done: BulkDone = await run(job, chosen.ids, *args, going=lambda: not bridge.closing)
        await self.crm_app.listener.look()
        await self.promises_done(chosen)
        self._tell(chosen, done, said)

    def _tell(self, chosen: Promises, done: BulkDone, said: Phrase) -> None:
        if not done.changed:
            self.say(t("Nothing to change: {who}.", who=chosen.words()))
            return
        told = t("{who}: {what}.", who=nt("{n} follow-up", "{n} follow-ups", done.changed), what=said)
        if done.passed:
            left = nt("{n} was passed over.", "{n} were passed over.", done.passed)
            told = t("{said} {more}", said=told, more=left)
        self.say(told, undo=True)
