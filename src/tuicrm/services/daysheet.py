"""The day sheet: what one agent has promised for a day and before, to be printed and worked through without power."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Final

from tuicrm.domain.daysheet import DaySheet, Part, SheetRow, local_day
from tuicrm.domain.models import FollowUp
from tuicrm.services.agents import known_handle
from tuicrm.services.context import Crm
from tuicrm.services.moments import moment
from tuicrm.services.replacing import written
from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries import calls, contacts, followups

MOST: Final = 500
"""People on one sheet; nobody calls more in a day."""
_PAGE: Final = 500
_LOOKED_AT: Final = 10
"""Last calls of a person among which the last words are looked for."""
_ORDER: Final[tuple[Part, ...]] = ("at_a_time", "overdue", "that_day")


def day_of(crm: Crm, text: str) -> date:
    """The day that a phrase names; today for none. Raises ``Invalid``."""
    return moment(crm, text).astimezone(crm.zone).date() if text.strip() else crm.now().date()


def read(crm: Crm, on: date, agent: str = "") -> DaySheet:
    """Everybody to whom something is promised for that day or before, each person once.

    Promised times of the day come first, then what is overdue by then, then the rest of the day. Who must not be
    called is left out, and what was put off beyond the day. Raises ``Invalid("no_agent")``.
    """
    with crm.database.reader() as conn:
        handle = known_handle(conn, crm, agent) or crm.me
        people = sorted(_promised(conn, crm, on, handle), key=_place)
        rows = tuple(_row(conn, part, own) for part, own in people[:MOST])
    return DaySheet(
        on=on,
        agent=handle,
        made=crm.now(),
        zone=crm.zone,
        region=crm.region(),
        process=crm.process(),
        rows=rows,
        left_out=len(people[MOST:]),
    )


def save(path: Path, lines: Iterable[str], *, new: bool = False) -> None:
    """Writes a sheet into a file that only its owner may read. ``new``: it must not be there yet.

    Raises as ``replacing.written``.
    """
    with written(path, "html", new=new) as stream:
        stream.writelines(lines)


def _promised(conn: Connection, crm: Crm, on: date, handle: str) -> list[tuple[Part, list[FollowUp]]]:
    """What is open up to the end of the day, of each person in the order of the first; a time of the day before."""
    end = datetime.combine(on + timedelta(days=1), time(), crm.zone)
    filters = {"agent": handle, "state": "open", "until": to_text(end), "callable": True}
    found: dict[int, list[FollowUp]] = {}
    after: FollowUp | None = None
    while page := followups.page(conn, after=after, limit=_PAGE, filters=filters):
        for each in page:
            if each.remind_at is None or each.remind_at < end:
                found.setdefault(each.contact.id, []).append(each)
        after = page[-1]
    return [_in_part(on, crm.zone, own) for own in found.values()]


def _in_part(on: date, zone: tzinfo, own: list[FollowUp]) -> tuple[Part, list[FollowUp]]:
    timed = [each for each in own if each.due.at is not None and local_day(each, zone) == on]
    if timed:
        return "at_a_time", [timed[0], *(each for each in own if each is not timed[0])]
    return ("overdue" if local_day(own[0], zone) < on else "that_day"), own


def _place(one: tuple[Part, list[FollowUp]]) -> tuple[int, datetime]:
    part, own = one
    return _ORDER.index(part), own[0].due_key


def _row(conn: Connection, part: Part, own: list[FollowUp]) -> SheetRow:
    contact = contacts.record(conn, own[0].contact.id)
    assert contact is not None, "one snapshot holds what it lists"
    held = calls.of_contact(conn, contact.id, _LOOKED_AT)
    return SheetRow(
        contact=contact,
        part=part,
        follow_ups=tuple(own),
        last=held[0] if held else None,
        words=next((call for call in held if call.note), None),
    )
