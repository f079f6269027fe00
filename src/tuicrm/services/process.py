"""The company's process file: show it, check it, put a new version in force."""

from __future__ import annotations

import difflib
import re
from typing import Final

from tuicrm.domain import process as rules
from tuicrm.domain.errors import Conflict, NotFound, Usage
from tuicrm.domain.fold import fold
from tuicrm.domain.phone import region_of_zone
from tuicrm.domain.process import FileProblem, Process
from tuicrm.domain.record import record, replace
from tuicrm.domain.zone_data import zone_data
from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.services.due_keys import refresh
from tuicrm.settings import system_zone
from tuicrm.storage.database import Actor, Transaction
from tuicrm.storage.queries import cadences, due_keys, known_values, people
from tuicrm.storage.queries.people import StoredProcess

PROGRAM = "tuicrm"
"""Who wrote version 1: nobody at the company."""
_MADE_FROM: Final = re.compile(r"\ufeff?# tuicrm process version (\d+)[^\r\n]*\r?\n?")


@record
class Applied:
    """The version now in force and how its text differs from the one before (unified diff, may be empty).

    ``moved``: open follow-ups that are due at another hour under its calendar.
    """

    version: int
    diff: str
    moved: int = 0


def show(crm: Crm, version: int | None = None) -> tuple[StoredProcess, Process]:
    """A version's text as written and what it says; the last one by default. Raises ``NotFound``."""
    with crm.database.reader() as conn:
        stored = people.process(conn, version)
    if stored is None:
        raise NotFound("no_process_version", version=version)
    return stored, replace(rules.from_json(stored.compiled), version=stored.version)


def marked(text: str, version: int) -> str:
    """A version's text with the first line by which ``apply`` knows what a copy of it was made from."""
    told = f"# tuicrm process version {version} (this line is for: tuicrm process apply)"
    found = _MADE_FROM.match(text)
    if found is None:
        return f"{told}\n{text}"
    return f"{text[: found.start(1)]}{version}{text[found.end(1) :]}"


def parted(text: str) -> tuple[int | None, str]:
    """The version that the first line of ``marked`` names, None without one; and the text itself."""
    found = _MADE_FROM.match(text)
    return (int(found[1]), text[found.end() :]) if found else (None, text)


def check(text: str) -> list[FileProblem]:
    """Everything wrong in a process text, by line; empty when it can be put in force."""
    return rules.check(text)


def difference(crm: Crm, text: str) -> Applied:
    """What ``apply`` would change: the last version's number and the diff against it. Raises ``Invalid``.

    ``text``: also with the line of ``marked``, so that mistakes have the numbers of the file's lines.
    """
    rules.load(text)
    stored, _ = show(crm)
    return Applied(stored.version, _diff(stored.text, parted(text)[1]))


def basis(crm: Crm, version: int | None, shown: int | None) -> int:
    """The version that a text is taken to be made from: the one said, else the one that a person was shown to differ.

    Without either the last one, if nobody at the company wrote it. Raises ``Usage("apply_needs_version")`` when
    somebody did: their work would be lost unseen. ``Conflict`` as ``apply``.
    """
    last, _ = show(crm)
    if version is None and shown is None and last.agent != PROGRAM:
        raise Usage("apply_needs_version", last=last.version, agent=last.agent)
    based_on = version or shown or last.version
    _refuse_overtaken(based_on, last)
    return based_on


def _refuse_overtaken(based_on: int | None, last: StoredProcess) -> None:
    if based_on is not None and based_on != last.version:
        raise Conflict("process_not_last", based_on=based_on, last=last.version, agent=last.agent)


def apply(crm: Crm, text: str, *, based_on: int | None = None) -> Applied:
    """Puts a text in force as the next version; the same text again changes nothing. Another calendar moves what
    follow-ups are sorted by (``services.due_keys``).

    ``based_on``: the version it was made from. Raises ``Invalid`` when the text is wrong, ``Conflict`` when
    ``based_on`` is no longer the last version.
    """
    process = rules.load(text)
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "process.apply") as tx:
        last, (_, made_by) = people.process(tx), due_keys.basis(tx)
        assert last is not None, "a database is born with version 1"
        _refuse_overtaken(based_on, last)
        if text == last.text:
            return Applied(last.version, "")
        values = {"agent": crm.me, "text": text, "compiled": rules.to_json(process), "based_on": last.version}
        moves = rules.from_json(last.compiled).calendar != process.calendar
        version = tx.insert("process", values | {"zone_data": "" if moves else made_by})
        _keep_in_touch(tx, process)
    return Applied(version, _diff(last.text, text), refresh(crm) if moves else 0)


def store_default(crm: Crm) -> None:
    """Gives a new database its version 1: the shipped file, its region the country of the machine's zone."""
    text = rules.default_text()
    country = region_of_zone(crm.settings.zone or system_zone() or "") or "IR"
    text = text.replace('# region = "IR"  ', f'region = "{country}"  # ', 1)
    process = rules.load(text)
    compiled = rules.to_json(process)
    with crm.database.transaction(Actor(PROGRAM, crm.actor.via), "process.first") as tx:
        if not people.process_version(tx):
            values = {"agent": PROGRAM, "text": text, "compiled": compiled, "based_on": None}
            tx.insert("process", values | {"zone_data": zone_data()})
            _keep_in_touch(tx, process)


def _keep_in_touch(tx: Transaction, process: Process) -> None:
    """What the file says of keeping in touch, for the triggers that tell when somebody is to be called again."""
    days = {fold(tag): every for tag, every in process.cadences.items()}
    # tags are compared in their folded form, which triggers do not know: all that are written so
    tags = {tag: days[fold(tag)] for tag in known_values.tags(tx) if fold(tag) in days}
    written = {form: every for tag, every in process.cadences.items() for form in (tag, *_spellings(tag))}
    cadences.put_tags(tx, written | tags)
    cadences.put_talks(
        tx,
        {each.code: each.contact for each in process.outcomes},
        {each.code: each.is_written for each in process.channels},
    )


def _spellings(tag: str) -> tuple[str, str]:
    """As a Persian and as an Arabic keyboard writes it."""
    persian = tag.replace("ي", "ی").replace("ك", "ک")
    return persian, persian.replace("ی", "ي").replace("ک", "ك")


def _diff(old: str, new: str) -> str:
    return "\n".join(
        difflib.unified_diff(old.splitlines(), new.splitlines(), "before", "after", lineterm="", n=1)
    )
