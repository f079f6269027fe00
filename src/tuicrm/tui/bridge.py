"""The only door from the screens to the services.

Services block; the event loop must not. ``Bridge.read`` runs them on a few reader threads, ``Bridge.write``
on one writer thread, so that one person's writes happen in the order they were asked for. Both are awaited
in async workers: a thread worker that is cancelled runs on and lets a stale result overwrite a newer one.
``Bridge.long`` has a thread of its own for what takes minutes and lets others write meanwhile.

The database is opened in the writer thread after the first paint; the threads of the first calls wait for it.

The service modules are imported when first named (``from tuicrm.tui.bridge import contacts``): a screen
that never lists tickets does not load their SQL.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from threading import Event
from types import ModuleType
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from tuicrm.services import agenda as agenda
    from tuicrm.services import agents as agents
    from tuicrm.services import anything as anything
    from tuicrm.services import bulk as bulk
    from tuicrm.services import calendar_file as calendar_file
    from tuicrm.services import call_contacts as call_contacts
    from tuicrm.services import calls as calls
    from tuicrm.services import cards as cards
    from tuicrm.services import claims as claims
    from tuicrm.services import contacts as contacts
    from tuicrm.services import context as context
    from tuicrm.services import daysheet as daysheet
    from tuicrm.services import dialling as dialling
    from tuicrm.services import drafts as drafts
    from tuicrm.services import duplicates as duplicates
    from tuicrm.services import feed as feed
    from tuicrm.services import find as find
    from tuicrm.services import history as history
    from tuicrm.services import importing as importing
    from tuicrm.services import interrupted as interrupted
    from tuicrm.services import later as later
    from tuicrm.services import lessons as lessons
    from tuicrm.services import merging as merging
    from tuicrm.services import picked as picked
    from tuicrm.services import process as process
    from tuicrm.services import programs as programs
    from tuicrm.services import promises as promises
    from tuicrm.services import promises_bulk as promises_bulk
    from tuicrm.services import recurring as recurring
    from tuicrm.services import reminders as reminders
    from tuicrm.services import saved_filters as saved_filters
    from tuicrm.services import sessions as sessions
    from tuicrm.services import telephone as telephone
    from tuicrm.services import tickets as tickets
    from tuicrm.services import today as today
    from tuicrm.services import worklist_members as worklist_members
    from tuicrm.services import worklist_report as worklist_report
    from tuicrm.services import worklists as worklists
    from tuicrm.services.context import Crm

P = ParamSpec("P")
T = TypeVar("T")

READERS: Final = 2
SERVICES: Final = (
    *(
        "agenda",
        "agents",
        "anything",
        "bulk",
        "calendar_file",
        "call_contacts",
        "calls",
        "cards",
        "claims",
        "contacts",
        "context",
        "daysheet",
        "demo",
        "dialling",
        "doctor",
        "drafts",
        "duplicates",
        "feed",
        "find",
    ),
    *(
        "history",
        "importing",
        "interrupted",
        "later",
        "lessons",
        "merging",
        "picked",
        "process",
        "programs",
        "promises",
        "promises_bulk",
        "recurring",
        "reminders",
        "saved_filters",
        "sessions",
        "telephone",
        "tickets",
        "today",
        "transfer",
        "worklist_members",
        "worklist_report",
        "worklists",
    ),
)


def __getattr__(name: str) -> ModuleType:
    if name not in SERVICES:
        raise AttributeError(name)
    return importlib.import_module(f"tuicrm.services.{name}")


class Bridge:
    """Runs services off the event loop. ``open_crm`` makes the Crm, once, in the writer thread."""

    def __init__(self, open_crm: Callable[[], Crm]) -> None:
        self._open_crm = open_crm
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._long = ThreadPoolExecutor(1, thread_name_prefix="long")
        self._opening: Future[Crm] | None = None
        self.closing = False
        """Set when the program is quit: long jobs end at the next chance."""

    def start(self) -> Future[Crm]:
        """Begins to open the database, if that has not begun; returns what will hold the Crm."""
        if self._opening is None:
            self._opening = self._writer.submit(self._open_crm)
        return self._opening

    async def crm(self) -> Crm:
        """The open Crm. Raises what opening raised: ``CrmError``, mostly ``Unavailable``."""
        opened = self.opened
        return opened if opened is not None else await asyncio.wrap_future(self.start())

    @property
    def opened(self) -> Crm | None:
        """The Crm, when it is open already; None before, or when opening failed."""
        opening = self._opening
        if opening is None or not opening.done() or opening.exception() is not None:
            return None
        return opening.result()

    async def read(self, fn: Callable[Concatenate[Crm, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``fn(crm, ...)`` on a reader thread."""
        return await self._run(self._readers, fn, args, kwargs)

    async def write(self, fn: Callable[Concatenate[Crm, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``fn(crm, ...)`` on the writer thread, after every write asked for before.

        It runs to its end even when the one who waits is cancelled.
        """
        return await self._run(self._writer, fn, args, kwargs)

    async def long(self, fn: Callable[Concatenate[Crm, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``fn(crm, ...)`` beside all else, one such job after the other: an import, which writes in chunks.

        It must look at ``closing`` now and then: quitting waits for it.
        """
        return await self._run(self._long, fn, args, kwargs)

    async def aside(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``fn(...)`` on a thread of its own: another program that is waited for keeps nobody from the database."""
        return await asyncio.to_thread(fn, *args, **kwargs)

    async def _run(self, pool: ThreadPoolExecutor, fn: Callable[..., T], args: Any, kwargs: Any) -> T:
        # handed over at once, also while the database is being opened: what is asked for later must not overtake it
        opening = self.start()
        job: Future[T] = pool.submit(lambda: fn(opening.result(), *args, **kwargs))
        return await asyncio.shield(asyncio.wrap_future(job))

    @asynccontextmanager
    async def at_rest(self) -> AsyncIterator[None]:
        """Between two writes; those asked for meanwhile come after. Who stops the whole process in the middle of
        one would keep the lock, and everybody else from saving."""
        loop = asyncio.get_running_loop()
        resting, over = loop.create_future(), Event()

        def rest() -> None:
            loop.call_soon_threadsafe(resting.set_result, None)
            over.wait()

        self._writer.submit(rest)
        await resting
        try:
            yield
        finally:
            over.set()

    def close(self) -> None:
        """Lets running writes end, ends reads, drops those that have not begun, closes the Crm."""
        self.closing = True
        self._long.shutdown(wait=True, cancel_futures=True)
        # a connection that is closed while it reads takes the whole process down
        if self.opened is not None:
            self.opened.stop_reading()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.submit(self._close_crm)
        self._writer.shutdown(wait=True)

    def _close_crm(self) -> None:
        crm = self.opened
        if crm is not None:
            crm.close()
