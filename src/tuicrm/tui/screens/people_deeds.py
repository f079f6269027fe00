"""What is done to the person selected, or to all who are marked: owner, tags, follow-up, deleting, and so on.

Each is one action that one ``u`` takes back. What is done to more than one asks first, and tells how many it was.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import BindingType

from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.person_keys import EditsPeople, bindings

if TYPE_CHECKING:
    from tuicrm.services.bulk import BulkDone

FEW: Final = 100
"""Contacts that are dealt with on the one writer's thread; more beside it, so that saving a call never waits."""


@record
class Chosen:
    """Whom a deed is done to. ``name``: of the one person; ``""`` when there are several."""

    ids: tuple[int, ...]
    name: str = ""

    def words(self) -> Phrase:
        """The name, or how many they are."""
        return t("{name}", name=self.name) if self.name else nt("{n} contact", "{n} contacts", len(self.ids))


Deed = Callable[[], Awaitable["BulkDone"]]
Told = Callable[[], Awaitable[Phrase]]


class PeopleDeeds(EditsPeople):
    """Where something is done to the selected person, or to several."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keymap.bindings("person"),
        *bindings("record.tags", "record.cadence", "record.do_not_call"),
        *bindings("record.worklist", "record.export"),
    ]

    async def chosen(self) -> Chosen | None:
        """Whom the next deed is done to; None for nobody."""
        person = await self.person()
        return None if person is None else Chosen((person.id,), self.name_of(person))

    def deed_done(self, chosen: Chosen) -> None:
        """It was done: marks have served."""

    def gone(self, chosen: Chosen) -> None:
        """They are deleted."""

    # --- the deeds ------------------------------------------------------------------------------------------

    async def action_owner(self) -> None:
        """Picks whose they are to be."""
        chosen = await self.chosen()
        if chosen is None:
            return
        from tuicrm.tui.dialogs.picker import Option, Picker

        known = await self.bridge.read(reads.colleagues)
        options = [Option(handle, "", reads.handle_and_name(handle, name)) for handle, name in known]
        options.append(Option("", "", t("nobody")))

        def picked(handle: str | None) -> None:
            if handle is not None:
                agent = reads.agent_word(handle, dict(known).get(handle, ""))
                asked = t("Give {who} to {agent}?", who=chosen.words(), agent=agent)
                if not handle:
                    asked = t("Take {who} from their owner?", who=chosen.words())
                said = t("owner: {agent}", agent=agent) if handle else t("no owner")
                self.work(self._ask(chosen, asked, said, lambda: self.bulk("owner", chosen, handle)))

        await self.app.push_screen(Picker(t("Owner of {who}", who=chosen.words()), options), picked)

    async def action_tags(self) -> None:
        """A line for the tags to add and to take away."""
        chosen = await self.chosen()
        if chosen is None:
            return
        from tuicrm.tui.dialogs.people_forms import TagsForm

        def written(tags: tuple[tuple[str, ...], tuple[str, ...]] | None) -> None:
            if tags is not None:
                more, less = tags
                said = t("tags: {tags}", tags=(*more, *(f"-{tag}" for tag in less)))
                asked = t("Change the tags of {who}?", who=chosen.words())
                self.work(
                    self._ask(chosen, asked, said, lambda: self.bulk("tag", chosen, add=more, remove=less))
                )

        await self.app.push_screen(TagsForm(chosen.words()), written)

    async def action_cadence(self) -> None:
        """A line for how often one keeps in touch."""
        chosen = await self.chosen()
        if chosen is None:
            return
        from tuicrm.tui.dialogs.people_forms import CadenceForm, every

        def written(answer: tuple[str, int | None] | None) -> None:
            if answer is not None:
                said = every(answer[1])
                asked = t("Change how often you keep in touch with {who}?", who=chosen.words())
                self.work(self._ask(chosen, asked, said, lambda: self.bulk("cadence", chosen, answer[0])))

        await self.app.push_screen(CadenceForm(chosen.words()), written)

    async def action_do_not_call(self) -> None:
        """Picks whether they may be called."""
        chosen = await self.chosen()
        if chosen is None:
            return
        from tuicrm.tui.dialogs.picker import Option, Picker

        person = await self.person()
        barred = person.do_not_call if person is not None and chosen.ids == (person.id,) else None
        named = {True: t("do not call"), False: t("may be called")}
        options = [
            Option(int(on), "", said, t("now") if on is barred else Phrase()) for on, said in named.items()
        ]

        def picked(on: int | None) -> None:
            if on is not None:
                said = t("do not call") if on else t("may be called")
                asked = t("{who}: {what}. Is that right?", who=chosen.words(), what=said)
                told = (lambda: self.still_promised(chosen.ids)) if on else None
                deed = partial(self.bulk, "do_not_call", chosen, bool(on))
                self.work(self._ask(chosen, asked, said, deed, told))

        picker = Picker(t("May {who} be called?", who=chosen.words()), options)
        picker.begin_at(1 if barred else 0)
        await self.app.push_screen(picker, picked)

    async def action_worklist(self) -> None:
        """A line for the worklist that they are put on, or taken off."""
        chosen = await self.chosen()
        if chosen is None:
            return
        from tuicrm.tui.bridge import worklist_members
        from tuicrm.tui.dialogs.people_forms import OnList, WorklistForm

        def written(it: OnList | None) -> None:
            if it is None:
                return
            if it.off:
                said = t("taken off {list}", list=it.name)
                asked = t("Take {who} off the worklist {list}?", who=chosen.words(), list=it.name)
                deed = partial(self.run_on, worklist_members.take_off, chosen, it.name)
            else:
                said = t("put on {list}", list=it.name)
                asked = t("Put {who} on the worklist {list}?", who=chosen.words(), list=it.name)
                deed = partial(self.run_on, worklist_members.put, chosen, it.name, shared=it.shared)
            self.work(self._ask(chosen, asked, said, deed))

        await self.app.push_screen(WorklistForm(chosen.words()), written)

    async def action_export(self) -> None:
        """A line for the file they go into."""
        chosen = await self.chosen()
        if chosen is None:
            return
        from tuicrm.tui.dialogs.people_forms import ExportForm

        await self.app.push_screen(ExportForm(chosen.ids, chosen.words()))

    async def action_follow_up(self) -> None:
        chosen = await self.chosen()
        if chosen is None:
            return
        from tuicrm.tui.dialogs.promise_form import Promised, PromiseForm, promise

        if len(chosen.ids) == 1:
            await promise(self, chosen.ids[0], chosen.name)
            return

        def written(it: Promised | None) -> None:
            if it is not None:
                asked = t("Promise {who} a follow-up?", who=chosen.words())
                said = t("follow-up {when}", when=it.said)
                more = {"assignee": it.assignee, "alarm": it.alarm, "every": it.every}
                self.work(
                    self._ask(
                        chosen,
                        asked,
                        said,
                        lambda: self.bulk("follow_up", chosen, it.when, it.reason, **more),
                    )
                )

        await self.app.push_screen(PromiseForm(chosen.words()), written)

    async def action_delete(self) -> None:
        chosen = await self.chosen()
        if chosen is None:
            return
        person = await self.person()
        if person is not None and chosen.ids == (person.id,):
            await super().action_delete()
            return
        asked = t("Delete {who}? Calls stay, and u brings them back.", who=chosen.words())
        asked = await self.with_promises(asked, chosen.ids)
        await self._asked(chosen, asked, t("deleted"), lambda: self._delete_all(chosen))

    async def _delete_all(self, chosen: Chosen) -> BulkDone:
        done = await self.bulk("delete", chosen)
        self.gone(chosen)
        return done

    async def action_merge(self) -> None:
        """Two who are marked become one; one is merged with somebody like them."""
        chosen = await self.chosen()
        if chosen is None:
            return
        if len(chosen.ids) == 1:
            from tuicrm.tui.screens.doubles import merge_with

            self.work(merge_with(self.crm_app, chosen.ids[0], chosen.name))
        elif len(chosen.ids) == 2:
            from tuicrm.services.duplicates import Pair
            from tuicrm.tui.screens.doubles import DoublesView

            low, high = sorted(chosen.ids)
            await self.crm_app.open_view(DoublesView([Pair(low, high, 0, ())]))
        else:
            self.say(t("Two are merged at a time; {n} are marked.", n=len(chosen.ids)), "warn")

    # --- asking and telling ---------------------------------------------------------------------------------

    async def _ask(
        self, chosen: Chosen, question: Phrase, said: Phrase, deed: Deed, more: Told | None = None
    ) -> None:
        """Asks when they are several; then does it, and tells; ``more``: what else there is to tell then."""
        if len(chosen.ids) == 1:
            await self._do(chosen, said, deed, more)
        else:
            await self._asked(chosen, question, said, deed, more)

    async def _asked(
        self, chosen: Chosen, question: Phrase, said: Phrase, deed: Deed, more: Told | None = None
    ) -> None:
        from tuicrm.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.work(self._do(chosen, said, deed, more))

        await self.app.push_screen(Confirm(question), answered)

    async def _do(self, chosen: Chosen, said: Phrase, deed: Deed, more: Told | None = None) -> None:
        done = await deed()
        await self.crm_app.listener.look()
        self.deed_done(chosen)
        if not done.changed:
            self.say(t("Nothing to change: {who}.", who=chosen.words()))
            return
        who = chosen.words() if chosen.name else nt("{n} contact", "{n} contacts", done.changed)
        told = t("{who}: {what}.", who=who, what=said)
        if done.passed:
            left = nt("{n} was passed over.", "{n} were passed over.", done.passed)
            told = t("{said} {more}", said=told, more=left)
        if more is not None and (besides := await more()):
            told = t("{said} {more}", said=told, more=besides)
        self.say(told, undo=True)

    async def bulk(self, name: str, chosen: Chosen, *args: Any, **more: Any) -> BulkDone:
        """Runs a function of ``services.bulk`` on those who are chosen."""
        from tuicrm.tui.bridge import bulk

        return await self.run_on(getattr(bulk, name), chosen, *args, **more)

    async def run_on(self, job: Callable[..., BulkDone], chosen: Chosen, *args: Any, **more: Any) -> BulkDone:
        """Runs a service that does something to many on those who are chosen."""
        bridge = self.bridge
        run = bridge.write if len(chosen.ids) <= FEW else bridge.long
        if len(chosen.ids) > FEW:
            working = nt("Working on {n} contact…", "Working on {n} contacts…", len(chosen.ids))
            self.say(working)
        done: BulkDone = await run(job, chosen.ids, *args, going=lambda: not bridge.closing, **more)
        return done
