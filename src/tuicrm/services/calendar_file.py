"""An agent's follow-ups as a calendar file: written when asked for, and kept current while the setting names one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from tuicrm.domain.errors import Conflict, NotFound, Unavailable
from tuicrm.exchange import ics_calendar
from tuicrm.services.context import Crm
from tuicrm.services.replacing import holds, replaced
from tuicrm.storage.instants import from_text
from tuicrm.storage.queries import calendar, contacts, people

if TYPE_CHECKING:
    from tuicrm.domain.models import FollowUp
    from tuicrm.storage.connection import Connection


def text(crm: Crm, agent: str = "", *, todo: bool = False) -> tuple[str, int]:
    """The calendar of ``agent`` (by default who acts), and how many follow-ups are in it. ``todo``: as tasks.

    Raises ``NotFound("no_agent")``.
    """
    whose = agent.lstrip("@").lower() or crm.me
    stream = io.StringIO(newline="")
    with crm.database.reader() as conn:
        if agent and people.agent(conn, whose) is None:
            raise NotFound("no_agent", handle=whose)
        entries = [_entry(conn, each) for each in calendar.open_of(conn, whose)]
        many = ics_calendar.write(
            stream, entries, name=f"tuicrm: {whose}", zone=crm.zone.key, of=_of(crm, whose), todo=todo
        )
    return stream.getvalue(), many


def write(crm: Crm, path: Path, agent: str = "", *, todo: bool = False) -> int:
    """Writes the calendar into a file (0600), at once or not at all; gives how many follow-ups are in it.

    One that holds the very same stays as it is, so that whoever is subscribed has nothing to fetch. Raises
    ``Conflict("other_file")`` for a file that is none, ``Unavailable("calendar_unwritable")``; as ``text``.
    """
    told, many = text(crm, agent, todo=todo)
    file = path.expanduser()
    try:
        if not holds(file, told):
            with replaced(file, "ics") as stream:
                stream.write(told)
    except OSError as error:
        raise Unavailable("calendar_unwritable", file=str(path), reason=error.strerror or "") from None
    return many


def refresh(crm: Crm) -> None:
    """Brings the file of the settings up to date, if they name one; from a demo it never does.

    Raises as ``write``, and ``Conflict("calendar_of_agent")`` or ``Conflict("calendar_of_other")`` for a file that is
    another agent's, of another database or of another program: the settings are the same for all of them.
    """
    if crm.settings.calendar_file:
        # imported here: who keeps no calendar need not know of demos
        from tuicrm.services.demo_mark import is_demo

        if not is_demo(crm):
            path = Path(crm.settings.calendar_file)
            _refuse_others(crm, path)
            write(crm, path)


def _refuse_others(crm: Crm, path: Path) -> None:
    file = path.expanduser()
    try:
        if not file.is_file():
            return
        with file.open("rb") as stream:
            of = ics_calendar.owner(stream)
    except OSError as error:
        raise Unavailable("calendar_unwritable", file=str(path), reason=error.strerror or "") from None
    if of is None or of == _of(crm, crm.me):
        return
    whose, _, database = of.rpartition("/")
    if whose and database == _database(crm):
        raise Conflict("calendar_of_agent", file=str(path), handle=whose)
    raise Conflict("calendar_of_other", file=str(path))


def _of(crm: Crm, whose: str) -> str:
    """Whose calendar of which database: ``sara/…``."""
    return f"{whose}/{_database(crm)}"


def _database(crm: Crm) -> str:
    """A name of the database that says nothing of where it is: others may read the calendar."""
    # imported here: nothing else of the program needs it
    from uuid import NAMESPACE_URL, uuid5

    return str(uuid5(NAMESPACE_URL, f"tuicrm:database/{crm.database.path.resolve()}"))


def _entry(conn: Connection, it: FollowUp) -> ics_calendar.Entry:
    sequence, at = calendar.revision(conn, it)
    modified = from_text(at) if at else it.created_at
    assert modified is not None, "a record was made some time"
    return ics_calendar.Entry(it, contacts.first_number(conn, it.contact.id), modified, sequence)
