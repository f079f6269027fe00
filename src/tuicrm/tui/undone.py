"""What an undo or a redo did, in one sentence that names the person it was about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tuicrm.domain.deeds import About, Turn
from tuicrm.domain.models import RecordRef, Undone
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.tui.text import crop
from tuicrm.tui.widgets import moments

NAME: Final = 32
"""Cells of a person's name."""
_Naming = tuple[Callable[[], Phrase], Callable[[str], Phrase]]

_WHAT: Final[Mapping[str, _Naming]] = {
    "agent.add": (lambda: t("an agent added"), lambda _: t("an agent added")),
    "agent.edit": (lambda: t("an agent edited"), lambda _: t("an agent edited")),
    "agent.off": (lambda: t("an agent switched off"), lambda _: t("an agent switched off")),
    "agent.on": (lambda: t("an agent back at work"), lambda _: t("an agent back at work")),
    "call.delete": (lambda: t("a call deleted"), lambda name: t("call with {name} deleted", name=name)),
    "call.give": (
        lambda: t("whom a call was with"),
        lambda name: t("whom the call was with: it is the call of {name} again", name=name),
    ),
    "call.edit": (lambda: t("a call edited"), lambda name: t("call with {name} edited", name=name)),
    "call.log": (lambda: t("a call logged"), lambda name: t("call with {name}", name=name)),
    "contact.add": (lambda: t("a contact added"), lambda name: t("{name} added", name=name)),
    "contact.apart": (lambda: t("two contacts kept apart"), lambda _: t("two contacts kept apart")),
    "contact.cadence": (
        lambda: t("how often one keeps in touch"),
        lambda name: t("how often one keeps in touch with {name}", name=name),
    ),
    "contact.delete": (lambda: t("a contact deleted"), lambda name: t("{name} deleted", name=name)),
    "contact.do_not_call": (
        lambda: t("whether one may call"),
        lambda name: t("whether one may call {name}", name=name),
    ),
    "contact.edit": (lambda: t("a contact edited"), lambda name: t("{name} edited", name=name)),
    "contact.merge": (lambda: t("contacts merged"), lambda name: t("{name} merged", name=name)),
    "contact.owner": (lambda: t("an owner"), lambda name: t("the owner of {name}", name=name)),
    "contact.restore": (lambda: t("a contact restored"), lambda name: t("{name} restored", name=name)),
    "contact.tag": (lambda: t("tags"), lambda name: t("the tags of {name}", name=name)),
    "followup.add": (lambda: t("a follow-up"), lambda name: t("a follow-up for {name}", name=name)),
    "followup.assign": (
        lambda: t("follow-ups handed on"),
        lambda name: t("follow-up of {name} handed on", name=name),
    ),
    "followup.cancel": (
        lambda: t("follow-ups cancelled"),
        lambda name: t("follow-up of {name} cancelled", name=name),
    ),
    "followup.done": (lambda: t("follow-ups done"), lambda name: t("follow-up of {name} done", name=name)),
    "followup.move": (lambda: t("follow-ups moved"), lambda name: t("follow-up of {name} moved", name=name)),
    "followup.reopen": (
        lambda: t("follow-ups open again"),
        lambda name: t("follow-up of {name} open again", name=name),
    ),
    "followup.skip": (
        lambda: t("follow-ups skipped"),
        lambda name: t("follow-up of {name} skipped", name=name),
    ),
    "followup.snooze": (lambda: t("reminding later"), lambda name: t("reminding of {name} later", name=name)),
    "followup.wake": (
        lambda: t("back into the queue"),
        lambda name: t("{name} back into the queue", name=name),
    ),
    "followup.edit": (
        lambda: t("a follow-up edited"),
        lambda name: t("follow-up of {name} edited", name=name),
    ),
    "filter.save": (lambda: t("a filter saved"), lambda _: t("a filter saved")),
    "filter.rename": (lambda: t("a saved filter renamed"), lambda _: t("a saved filter renamed")),
    "filter.share": (lambda: t("a saved filter shared"), lambda _: t("a saved filter shared")),
    "filter.delete": (lambda: t("a saved filter deleted"), lambda _: t("a saved filter deleted")),
    "worklist.add": (lambda: t("people put on a worklist"), lambda _: t("people put on a worklist")),
    "worklist.remove": (lambda: t("people taken off a worklist"), lambda _: t("people taken off a worklist")),
    "worklist.restart": (lambda: t("a worklist begun again"), lambda _: t("a worklist begun again")),
    "ticket.new": (lambda: t("a ticket"), lambda name: t("a ticket for {name}", name=name)),
    "process.apply": (lambda: t("a process file applied"), lambda _: t("a process file applied")),
}
"""Actions by their verb in the change log, without and with a name. What is not here is named by its verb."""
_FOR_MANY: Final = frozenset(
    (
        *("contact.cadence", "contact.delete", "contact.do_not_call", "contact.owner", "contact.tag"),
        *("followup.add", "followup.assign", "followup.cancel", "followup.done", "followup.move"),
        *("followup.reopen", "followup.skip", "followup.snooze", "followup.wake"),
    )
)
"""Actions that may be done to many at once."""


def words(done: Undone, verb: Turn, about: About | None = None) -> Phrase:
    """``Taken back: call with Leila Karimi.`` ``about``: whom it was about, when that is known."""
    naming = _WHAT.get(done.verb)
    if naming is None:
        what = t("{verb} ({records})", verb=word(done.verb), records=_records(done.records))
    else:
        what = _named(done, naming, about or About())
    said = t("Taken back: {what}.", what=what) if verb == "undo" else t("Done again: {what}.", what=what)
    if not done.left:
        return said
    left = nt("{n} record had changed and stays.", "{n} records had changed and stay.", len(done.left))
    return Phrase(f"{said} {left}")


def _named(done: Undone, naming: _Naming, about: About) -> Phrase:
    """What was done, with the person it was done to, or the first of several and how many more they are."""
    many = sum(record.entity == done.verb.partition(".")[0] for record in done.records)
    if about.people > 1:
        if done.verb not in _FOR_MANY:
            return naming[0]()
        more = {"name": crop(about.name, NAME), "what": naming[0]()}
        return nt("{what}: {name} and {n} more", "{what}: {name} and {n} more", about.people - 1, **more)
    what = naming[1](crop(about.name, NAME)) if about.name else naming[0]()
    if many > 1 and done.verb in _FOR_MANY and done.verb != "followup.skip":
        # one that was skipped and the next one of its series are told as one
        return t("{verb} ({records})", verb=what, records=nt("{n} record", "{n} records", many))
    if about.due is not None:
        return t("{what}, {when}", what=what, when=moments.full_words(about.due, done.at.date()))
    return what


def _records(records: Sequence[RecordRef]) -> str:
    """Which they were; an import of thousands is only counted."""
    if len(records) > 3:
        return nt("{n} record", "{n} records", len(records))
    return t(", ").join(f"{word(record.entity)} {record.id}" for record in records)
