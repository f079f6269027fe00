"""Which list is worked behind the promises: a worklist, none, or what was tried in vain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui.dialogs.confirm import Confirm
from tuicrm.tui.dialogs.picker import Option, Picker
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.queue_words import EVERYTHING, Shown

if TYPE_CHECKING:
    from tuicrm.domain.worklist import Worklist
    from tuicrm.tui.screens.base import Place


class QueuePicker(Picker[Shown]):
    """How many are on a list is said whole."""

    short_names = True


async def pick(place: Place, now: Shown, picked: Callable[[Shown], object]) -> None:
    """Asks which list it is to be; the one of ``now`` is lit."""
    found, in_vain = await place.bridge.read(reads.worklist_choices)
    options = [Option(EVERYTHING, "", t("no worklist"), t("who is owed a call, then recent calls"))]
    options += [Option(Shown(each.it.name), "", each.it.name, _more(each)) for each in found]
    if in_vain:
        said = nt("{n} without attempts left", "{n} without attempts left", in_vain)
        options.append(Option(Shown(in_vain=True), "", t("tried in vain"), said))

    def chosen(shown: Shown | None) -> None:
        if shown is not None:
            picked(shown)

    picker = QueuePicker(t("Whom to call after the promises"), options)
    picker.begin_at(next((at for at, one in enumerate(options) if one.value == now), 0))
    await place.app.push_screen(picker, chosen)


async def restart(place: Place, now: Shown, begun: Callable[[], Awaitable[None]]) -> None:
    """Asks whether everybody on the worklist is to be called once more, and has it so."""
    if not now.worklist:
        place.say(t("No worklist is picked; p picks one."), "warn")
        return

    async def again() -> None:
        from tuicrm.tui.bridge import worklists

        await place.bridge.write(worklists.restart, now.worklist)
        await begun()
        place.say(t("{list}: everybody is called once more.", list=now.worklist), undo=True)

    def answered(yes: bool | None) -> None:
        if yes:
            place.work(again(), group="load")

    asked = t("Call everybody on {list} once more?", list=now.worklist)
    await place.app.push_screen(Confirm(asked), answered)


def _more(it: Worklist) -> Phrase:
    """How many are on it, and whose it is."""
    if it.people is None:
        return t("its filter cannot be read any more")
    many = nt("{n} person", "{n} people", it.people)
    if it.it.built_in:
        return t("{many}, to keep in touch", many=many)
    return many if it.it.agent else t("{many}, everybody's", many=many)
