"""What an undo or a redo did, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from tuicrm.domain.models import Undone
from tuicrm.i18n import Phrase, nt, t

_WHAT: Final[Mapping[str, Callable[[], Phrase]]] = {
    "agent.add": lambda: t("an agent added"),
    "agent.edit": lambda: t("an agent edited"),
    "agent.off": lambda: t("an agent switched off"),
    "call.delete": lambda: t("a call deleted"),
    "call.edit": lambda: t("a call edited"),
    "call.log": lambda: t("a call logged"),
    "contact.add": lambda: t("a contact added"),
    "contact.delete": lambda: t("a contact deleted"),
    "contact.edit": lambda: t("a contact edited"),
    "contact.restore": lambda: t("a contact restored"),
    "process.apply": lambda: t("a process file applied"),
}
"""Actions by their verb in the change log. What is not here is named by its verb."""


def words(done: Undone, verb: Literal["undo", "redo"]) -> Phrase:
    """``Taken back: a call logged (call 12, followup 7).``"""
    naming = _WHAT.get(done.verb)
    what = naming() if naming else t("{verb}", verb=done.verb)
    records = ", ".join(f"{record.entity} {record.id}" for record in done.records)
    if verb == "undo":
        said = t("Taken back: {what} ({records}).", what=what, records=records)
    else:
        said = t("Done again: {what} ({records}).", what=what, records=records)
    if not done.left:
        return said
    left = nt("{n} record had changed and stays.", "{n} records had changed and stay.", len(done.left))
    return Phrase(f"{said} {left}")
