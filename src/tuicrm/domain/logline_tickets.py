"""Tickets in the log line: ``/th`` a new one, ``/t12 /to`` a comment, ``/tp12`` a status, ``/x12 /x`` resolved.

A number is looked up among the contact's own tickets, so that a wrong one is refused with what may be meant.
"""

from __future__ import annotations

import re

from tuicrm.domain.logline_names import Reading, Refused, Sense, refused
from tuicrm.domain.models import CallTicket
from tuicrm.domain.tokens import LineContext, TicketWish, WishKind

_DAY_OF_LETTER = {"h": "thu", "u": "tue"}

_DAY_FORM = r"t([hu])(\d{1,4}(?:[:.]\d{1,2})?(?:am|pm)?)"
_TICKET_FORM = r"(?:t(?P<letter>[a-z])?|(?P<x>x))(?P<number>\d{1,18})?"


def read_ticket(word: str, ctx: LineContext) -> Reading:
    """What a folded word says about a ticket; None: nothing."""
    if word[:1] not in ("t", "x"):
        return None
    day = re.fullmatch(_DAY_FORM, word)
    if day is not None and _is_priority(day[1], ctx):
        return number_after(f"t{day[1]}", day[2], ctx)
    form = re.fullmatch(_TICKET_FORM, word)
    if form is None:
        return None
    letter, number = form["letter"], form["number"]
    if form["x"]:
        return _of_ticket("resolve", None, number, "x", ctx)
    if letter is None:
        return _of_ticket("belongs", None, number, "t", ctx) if number else _new_ticket(None, "t", ctx)
    if letter == "o":
        return None if number else _of_ticket("belongs", None, None, "t", ctx)
    status = next((status for status in ctx.process.statuses if status.key == letter), None)
    if status is not None:
        return _of_ticket("status", status.code, number, f"t{letter}", ctx)
    priority = next((priority for priority in ctx.process.priorities if priority.key == letter), None)
    return _new_ticket(priority.code, f"t{letter}", ctx) if priority is not None and not number else None


def number_after(form: str, number: str, ctx: LineContext) -> Refused:
    """A ticket token without a number (``th``, ``x``) straight before a number or time: what was meant?"""
    letter = form[1:]
    if letter in _DAY_OF_LETTER and _is_priority(letter, ctx):
        day = f"/{_DAY_OF_LETTER[letter]}"
        return refused("ticket_not_day", (f"{day}{number}",), day=day)
    if _is_priority(letter, ctx):
        return refused("ticket_takes_no_number")
    return refused("ticket_number_apart", (f"/{form}{number}",), meant=f"/{form}{number}")


def _is_priority(letter: str, ctx: LineContext) -> bool:
    return any(priority.key == letter for priority in ctx.process.priorities)


def _new_ticket(priority: str | None, form: str, ctx: LineContext) -> Sense:
    code = priority or ctx.process.defaults.priority
    return Sense("ticket", TicketWish("new", priority=code), f"new {code}", opens=form)


def _of_ticket(
    kind: WishKind, status: str | None, number: str | None, form: str, ctx: LineContext
) -> Reading:
    """A token about a ticket that is there: by number, else the contact's only open one."""
    if number is None:
        found = _only_open(form, ctx)
    else:
        found = ctx.tickets.get(int(number)) or refused(
            "ticket_not_theirs", _typed(form, ctx.open_tickets), id=int(number)
        )
    opens = "" if number else form
    if isinstance(found, Refused):
        return Refused(found.code, found.params, found.choices, opens)
    return Sense("ticket", TicketWish(kind, found.id, status=status), f"{status or kind} {found.id}", opens)


def _only_open(form: str, ctx: LineContext) -> CallTicket | Refused:
    if len(ctx.open_tickets) == 1:
        return ctx.open_tickets[0]
    if not ctx.open_tickets:
        return refused("no_open_ticket")
    return refused(
        "several_open_tickets",
        _typed(form, ctx.open_tickets),
        count=len(ctx.open_tickets),
        tickets=[{"id": ticket.id, "subject": ticket.subject} for ticket in ctx.open_tickets],
    )


def _typed(form: str, tickets: tuple[CallTicket, ...]) -> tuple[str, ...]:
    return tuple(f"/{form}{ticket.id}" for ticket in tickets)
