"""What a call left as it was: promises that it did not close, a retry that it did not make."""

from __future__ import annotations

from tuicrm.domain.models import Left
from tuicrm.i18n import Phrase, nt, t


def said(it: Left) -> list[Phrase]:
    """A sentence for each thing, with the command that settles it."""
    return [*_open(it), *_not_made(it)]


def _open(it: Left) -> list[Phrase]:
    if it.several:
        return [t("Several follow-ups are due, so none was closed: {ids}.", ids=_named(it.several))]
    found = []
    if it.later_today:
        found.append(t("For later today, so it stays open: {ids}.", ids=_named(it.later_today)))
    if it.written:
        found.append(t("A message keeps no promise, so it stays open: {ids}.", ids=_named(it.written)))
    numbers = " ".join(str(each) for each in (*it.later_today, *it.written))
    return [*found, t("{command} closes it.", command=f"tuicrm followup done {numbers}")] if numbers else []


def _not_made(it: Left) -> list[Phrase]:
    # imported here: most calls leave nothing
    from tuicrm.cli.tell import due

    found = []
    if it.promised and not it.later_today:
        on = due(it.promised.due)
        found.append(t("Something is promised for {due} already, so no follow-up was made.", due=on))
    if it.in_vain:
        tries = nt(
            "Tried in vain {n} time, so no follow-up was made.",
            "Tried in vain {n} times, so no follow-up was made.",
            it.in_vain.attempt,
        )
        command = f"tuicrm followup reopen {it.in_vain.id}"
        found += [tries, t("A moment in the line makes one, or {command}.", command=command)]
    return found


def _named(ids: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"followup:{each}" for each in ids)
