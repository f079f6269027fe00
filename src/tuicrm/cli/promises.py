"""``tuicrm followup add|edit|done|skip|snooze|move|assign|cancel|reopen``: what one does with a follow-up by hand."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Final

import typer

from tuicrm.cli import say, shapes, tell
from tuicrm.cli.options import contact_id, record_id
from tuicrm.cli.promise_ids import Ids, Those, alone, do, usage
from tuicrm.cli.session import current, opened
from tuicrm.domain.fold import fold
from tuicrm.domain.models import Due, FollowUp
from tuicrm.domain.worktime import day_off
from tuicrm.i18n import nt, t
from tuicrm.services import promises, promises_bulk, recurring
from tuicrm.services.context import Crm

Id = Annotated[str, typer.Argument(metavar="ID", help=t("followup:12 or 12."))]
When = Annotated[str, typer.Argument(metavar="WHEN", help=t("A day or a time: tomorrow 10, thu, 2 weeks."))]
Alarm = typer.Option("--alarm", help=t("So long before its time: 15m, 2h; else when it is due."))
Every = typer.Option("--every", help=t('How it repeats: "90 days", "last friday of the month", "1 march".'))


def add(
    who: Annotated[str, typer.Argument(metavar="WHO", help=t("contact:12, 12, a name or a number."))],
    when: When,
    reason: Annotated[list[str] | None, typer.Argument(metavar="REASON", help=t("What for."))] = None,
    agent: Annotated[str, typer.Option("--agent", help=t("Who keeps it; else you."))] = "",
    alarm: Annotated[str, Alarm] = "",
    every: Annotated[str, Every] = "",
) -> None:
    """Promise a follow-up. With --every and "" for WHEN it begins with the first of its days."""
    with opened() as crm:
        person, said = contact_id(crm, who), " ".join(reason or ())
        made = promises.add(crm, person, when, said, assignee=agent, alarm=alarm, every=every)
        _promised(crm, made)
        _first(crm, made, every)


def edit(
    id: Id,
    when: Annotated[str | None, typer.Option("--when", help=t("Another day or time."))] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=t("What for."))] = None,
    agent: Annotated[str | None, typer.Option("--agent", help=t("Who keeps it."))] = None,
    alarm: Annotated[str | None, Alarm] = None,
    every: Annotated[str | None, Every] = None,
) -> None:
    """Change what is given. --every never: it does not repeat any more."""
    with opened() as crm:
        changed = promises.edit(
            crm,
            record_id(id, "followup"),
            when=when,
            reason=reason,
            agent=agent,
            alarm=alarm,
            every=every,
        )
        _show(crm, changed)
        _first(crm, changed, every or "")


def done(ids: Ids = None, where: Those = "") -> None:
    """The promise is kept. What repeats is promised again.

    \b
    tuicrm followup done 24 25
    tuicrm followup done --where "contact:leila due:today"
    """
    with opened() as crm:
        do(
            crm,
            ids,
            where,
            lambda number: _closed(crm, promises.done(crm, number)),
            partial(promises_bulk.done, crm),
        )


def skip(ids: Ids = None, where: Those = "") -> None:
    """Not this time: what repeats goes on with its next date."""
    with opened() as crm:
        do(
            crm,
            ids,
            where,
            lambda number: _closed(crm, promises.skip(crm, number)),
            partial(promises_bulk.skip, crm),
        )


def snooze(
    ids: Ids = None,
    when: Annotated[str, typer.Argument(metavar="WHEN", help=t("A day or a time; now: at once."))] = "",
    where: Those = "",
) -> None:
    """Be reminded later; the promise itself stays as it was.

    \b
    tuicrm followup snooze 24 "2h 30m"
    tuicrm followup snooze 24 0930
    tuicrm followup snooze 24 "saturday week"
    tuicrm followup snooze 24,25 "first monday of december 10"
    """
    with opened() as crm:
        now = means_now(when)
        do(
            crm,
            alone(ids),
            where,
            lambda id: _show(crm, promises.wake(crm, id) if now else promises.snooze(crm, id, when)),
            lambda found: promises_bulk.wake(crm, found) if now else promises_bulk.snooze(crm, found, when),
        )


def move(ids: Ids = None, when: When = "", where: Those = "") -> None:
    """Another time was agreed on: the promise itself moves.

    \b
    tuicrm followup move 24,25 "thu 10"
    tuicrm followup move --where "agent:me due:today" tomorrow
    """
    with opened() as crm:
        do(
            crm,
            alone(ids),
            where,
            lambda number: _promised(crm, promises.move(crm, number, when)),
            lambda found: promises_bulk.move(crm, found, when),
        )


def assign(
    ids: Ids = None,
    agent: Annotated[str, typer.Argument(metavar="AGENT", help=t("Who keeps it."))] = "",
    where: Those = "",
) -> None:
    """Hand it to another agent.

    \b
    tuicrm followup assign 24 25 sara
    tuicrm followup assign --where "agent:kian" sara
    """
    with opened() as crm:
        do(
            crm,
            ids,
            where,
            lambda number: _show(crm, promises.assign(crm, number, agent)),
            lambda found: promises_bulk.assign(crm, found, agent),
        )


def cancel(
    words: Annotated[
        list[str], typer.Argument(metavar="ID REASON", help=t("Which, as 12 or 12,13, and why."))
    ],
    where: Those = "",
) -> None:
    """Take the promise back. What repeats ends with it."""
    ids, reason = ([], words) if where else (words[:1], words[1:])
    if not reason:
        raise usage(t("The reason is missing: write it behind the number."), "cancel")
    with opened() as crm:
        why = " ".join(reason)
        do(
            crm,
            ids,
            where,
            lambda number: _closed(crm, promises.cancel(crm, number, why)),
            lambda found: promises_bulk.cancel(crm, found, why),
        )


def reopen(
    id: Id,
    when: Annotated[str, typer.Argument(metavar="WHEN", help=t("Another day or time; else as before."))] = "",
) -> None:
    """Owe it again: one that was closed or is out of attempts."""
    with opened() as crm:
        _show(crm, promises.reopen(crm, record_id(id, "followup"), when))


COMMANDS: Final = (add, edit, done, skip, snooze, move, assign, cancel, reopen)


def means_now(when: str) -> bool:
    """Whether a word says "at once", in English or Persian."""
    return fold(when) in ("now", fold("حالا"), fold("الان"))


def _show(crm: Crm, it: FollowUp) -> None:
    if current().json:
        say.data(shapes.followup(it, crm.zone))
    else:
        say.table([tell.followup_row(it, crm)])


def _promised(crm: Crm, it: FollowUp) -> None:
    """Shows it, and says when nobody works on that day."""
    _show(crm, it)
    off = day_off(it.due.on, crm.calendar())
    if off is not None:
        day = tell.due(Due(it.due.on))
        say.warn(
            t("{day} is a day off: {name}.", day=day, name=off) if off else t("{day} is a day off.", day=day)
        )


def _first(crm: Crm, it: FollowUp, every: str) -> None:
    """Says when the first date is none of those that were named: it is kept, and may be a slip."""
    found = recurring.preview(crm, every, "", it.due)
    if found is None or not found.apart:
        return
    day, more = tell.due(Due(it.due.on)), tuple(tell.due(Due(on)) for on in found.dates)
    say.warn(t("{day} is none of the days that it repeats on, then {more}.", day=day, more=more))


def _closed(crm: Crm, it: FollowUp) -> None:
    """Shows it, and says what becomes of a series."""
    _show(crm, it)
    came = recurring.coming(crm, it)
    if came is None:
        return
    if came.follow_up is None:
        say.warn(t("The series has ended; nothing more is promised."))
        return
    if came.missed:
        say.warn(nt("{n} date was passed over.", "{n} dates were passed over.", came.missed))
    if not current().json:
        say.table([tell.followup_row(came.follow_up, crm)])
