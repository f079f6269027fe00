"""What every service is handed: the open database, the clock, and who is acting.

``open_crm`` is the one way to get one. Faces build it once (the TUI inside its own thread, after the first
paint) and pass it as the first argument of each service.
"""

from __future__ import annotations

import os
from _thread import get_ident
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from tuicrm.domain.clock import Clock
from tuicrm.domain.errors import Unavailable
from tuicrm.domain.handles import fits, fitted
from tuicrm.domain.phone import region_of_zone
from tuicrm.domain.process import Process, from_json
from tuicrm.domain.record import replace
from tuicrm.domain.when import WhenSettings
from tuicrm.domain.worktime import Calendar, in_country
from tuicrm.domain.zone_data import zone_data
from tuicrm.settings import Settings, system_zone
from tuicrm.storage.database import Actor, Database
from tuicrm.storage.live import Live
from tuicrm.storage.queries import due_keys, people

OnWait = Callable[[str, float], None]


class Crm:
    """An open company: its database and live file, the clock, the person acting and their zone.

    ``own_agent_known``: the acting agent has a row; otherwise the first write makes it, and then
    ``made_agent`` is True, so that the faces can say so once.
    """

    def __init__(
        self, database: Database, live: Live, clock: Clock, actor: Actor, settings: Settings
    ) -> None:
        self.database = database
        self.live = live
        self.clock = clock
        self.actor = actor
        self.settings = settings
        self.zone = ZoneInfo("UTC")
        self.session_id = os.urandom(8).hex()
        """Tells this process's claims from those of the agent's other sessions."""
        self.own_agent_known = False
        self.made_agent = False
        self._process: Process | None = None
        self._process_seen: dict[int, int] = {}

    @property
    def me(self) -> str:
        """The acting agent's handle."""
        return self.actor.handle

    def now(self) -> datetime:
        """The instant, in the agent's zone."""
        return self.clock.now().astimezone(self.zone)

    def process(self) -> Process:
        """The process file in force. Read anew only when a newer version was applied."""
        # A commit by anybody moves this number (3 us to ask); only then the version is looked up (50 us).
        thread, seen = get_ident(), self.database.data_version()
        if self._process is None or seen != self._process_seen.get(thread):
            self._process = self._newest_process(self._process)
            self._process_seen[thread] = seen
        return self._process

    def _newest_process(self, known: Process | None) -> Process:
        with self.database.reader() as conn:
            if known is not None and known.version == people.process_version(conn):
                return known
            stored = people.process(conn)
        assert stored is not None, "a database is born with version 1"
        return replace(from_json(stored.compiled), version=stored.version)

    def region(self) -> str:
        """The country of numbers typed without one: the agent's setting, else the process file's."""
        return self.settings.region or self.process().defaults.region or region_of_zone(self.zone.key) or "IR"

    def when(self) -> WhenSettings:
        """How days and times are read: the agent's zone, the process file's order of dates and its calendar."""
        return WhenSettings(
            zone=self.zone, date_order=self.process().defaults.date_order, calendar=self.calendar()
        )

    def calendar(self) -> Calendar:
        """The company's working time; without working days in the file those of the country's custom."""
        return in_country(self.process().calendar, self.region())

    def stop_reading(self) -> None:
        """Ends what is being read in other threads, so that nobody waits for it: the program is being left."""
        self.database.stop_reading()

    def close(self) -> None:
        """Ends both files cleanly; to be called once."""
        self.live.close()
        self.database.close()


def own_handle(settings: Settings, environ: Mapping[str, str] = os.environ) -> str:
    """Who am I: ``--as`` or ``TUICRM_AGENT`` (both in ``settings``), else the system user."""
    if settings.agent:
        return settings.agent.lower()
    name = environ.get("LOGNAME") or environ.get("USER") or ""
    if not name:
        # getpass costs 2 ms and is right when a cron job has no such variables
        import getpass

        name = getpass.getuser()
    return name.lower() if fits(name) else fitted(name)


def open_crm(settings: Settings, *, via: str, clock: Clock, on_wait: OnWait | None = None) -> Crm:
    """Opens the database the settings name, making it when it is not there.

    ``via``: the face that acts (``tui``, ``cli``, ``phone``, ``import``, ``demo``), kept in the change log.
    ``on_wait(holder, seconds)`` is called while another process holds the write lock for over 2 s.
    Raises ``Unavailable`` when the file cannot be used.
    """
    path = settings.database_path
    if path is None:
        raise Unavailable("server_not_supported", url=settings.database)
    database = Database.open(path, clock=clock, on_wait=on_wait)
    actor = Actor(own_handle(settings), via)
    crm = Crm(database, Live.beside(path), clock, actor, settings)
    try:
        stale = _first_process(crm)
        crm.zone = _zone(crm)
        if stale:
            # Imported here: seldom, after an update of the system or a killed change of the calendar.
            from tuicrm.services.due_keys import refresh

            refresh(crm)
    except BaseException:
        crm.close()
        raise
    return crm


def _first_process(crm: Crm) -> bool:
    """Gives a new database the default process file as its version 1, with the country of the zone.

    True when the due moments of follow-ups were made under another calendar or older zone data than there are now.
    """
    with crm.database.reader() as conn:
        version, made_by = due_keys.basis(conn)
    if version:
        return made_by < zone_data()
    from tuicrm.services.process import store_default

    store_default(crm)
    return False


def _zone(crm: Crm) -> ZoneInfo:
    """The agent's own zone, else the setting's, ``TZ`` or the system's, else the process file's."""
    with crm.database.reader() as conn:
        found = people.agent(conn, crm.me)
    crm.own_agent_known = found is not None
    own = found[1].zone if found else None
    for name in (own, crm.settings.zone, system_zone()):
        if name:
            try:
                return ZoneInfo(name)
            except (KeyError, ValueError, OSError):
                continue
    return ZoneInfo(crm.process().defaults.zone or "UTC")
