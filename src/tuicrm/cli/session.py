"""One run of the shell: settings, clock, the open database, and how a refusal leaves the program."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from tuicrm.cli import say
from tuicrm.cli.args import Options, split_common
from tuicrm.domain.clock import Clock, clock_from_environment
from tuicrm.domain.errors import CrmError, FieldProblem, Invalid, NotFound, Usage
from tuicrm.domain.record import replace
from tuicrm.i18n import choose, figures, sentence, show_in, t, use
from tuicrm.settings import Settings, load

if TYPE_CHECKING:
    from tuicrm.cli.keys import Keys
    from tuicrm.domain.lesson import Lesson
    from tuicrm.services.context import Crm

    Faces = tuple["Screens", Callable[[], Keys]]
    """What the shell cannot import: how the screens are opened, and what they tell of their keys."""

INTERRUPTED, PIPE_CLOSED = 130, 141


class Screens(Protocol):
    """Opens the full-screen program, over another database than the settings' when ``open_crm`` is given."""

    def __call__(
        self, settings: Settings, open_crm: Callable[[], Crm] | None = None, lesson: Lesson = ""
    ) -> int: ...


class Session:
    """What the commands of this run share. ``quick``: it is a quick verb, which loads and tells only what it must.

    ``mending``: a settings file that is refused is passed over, for the command is one that mends it or tells what is
    wrong; ``settings_refused`` says why.
    """

    def __init__(self, options: Options, faces: Faces, *, mending: bool = False) -> None:
        self.options = options
        self.json = options.json
        self.screens, self.keys = faces
        self.quick = True
        self.region = ""
        """The country in whose form a refusal shows numbers; known once a database was open."""
        self.settings_refused: Invalid | None = None
        try:
            self.settings: Settings = load(os.environ, database=options.database, agent=options.agent)
        except Invalid as refused:
            if not mending:
                raise
            self.settings_refused = refused
            self.settings = _without_file(options)
        self.clock: Clock = clock_from_environment()


def _without_file(options: Options) -> Settings:
    """The settings of the options and variables alone."""
    from tuicrm.paths import settings_file

    without = load(os.environ, database=options.database, agent=options.agent, file=Path(os.devnull))
    return replace(without, file=settings_file())


_sessions: list[Session] = []


def current() -> Session:
    """The run in progress."""
    return _sessions[-1]


def run(args: Sequence[str], faces: Faces, *, last: bool = False) -> int:
    """Runs one command line and gives its exit code. Nothing but a code and sentences comes out of it.

    ``last``: the process has nothing else to do, so a quick verb ends it at once; taking 150 modules apart would
    cost half as much as starting the interpreter.
    """
    options = Options(json="--json" in args)
    try:
        use(choose(os.environ.get("TUICRM_LANG"), os.environ), isolate=False)
        _shown(options.json, "auto", "auto")
        options, rest = split_common(args)
        _sessions.append(Session(options, faces, mending=rest[:1] in (["config"], ["doctor"])))
        settings = current().settings
        screen = say.start(plain=settings.bidi == "plain", visual=settings.bidi == "visual")
        use(choose(settings.language, os.environ), isolate=screen)
        _shown(options.json, settings.calendar, settings.digits)
        code, quick = _dispatch(rest)
        say.flush()
        if quick and last:
            os._exit(code)
        return code
    except CrmError as error:
        return refuse(error, json=options.json)
    except say.ClosedPipe:
        say.hush()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return refuse(say.refused(error), json=options.json)
        return _bug(error, json=options.json)
    finally:
        del _sessions[:]


def _shown(json: bool, calendar: str, digits: str) -> None:
    """How dates and numbers are shown. Programs always get Gregorian dates and Latin digits, in sentences too."""
    show_in(*(("gregorian", "latin") if json else (calendar, digits)))


def _dispatch(rest: list[str]) -> tuple[int, bool]:
    """The quick verbs by hand, the screens when there is no verb, all other commands by Typer.

    Gives the exit code, and whether it was a quick one.
    """
    completing = "_TUICRM_COMPLETE" in os.environ
    if not rest and not completing:
        return open_screens(), False
    if rest[:1] == ["--version"]:
        from tuicrm import __version__

        say.line(t("tuicrm {version}", version=__version__))
        return 0, True
    from tuicrm.cli import fast

    verb = None if completing else fast.verb(rest)
    if verb is not None:
        command, arguments = verb
        return command(arguments), True
    import gc

    from tuicrm.cli.app import run_typer

    gc.enable()
    current().quick = False
    return run_typer(rest), False


def on_terminal() -> bool:
    """Whether somebody sits there to read and to type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_screens(open_crm: Callable[[], Crm] | None = None, lesson: Lesson = "") -> int:
    """The full-screen program; ``lesson``: of a demo. Raises ``Usage`` when there is no terminal to show it on."""
    if not on_terminal():
        raise Usage("no_terminal")
    return current().screens(current().settings, open_crm, lesson)


@contextmanager
def opened_to_look(via: str) -> Iterator[Crm]:
    """The open database for a command that writes nothing: where there is none yet an empty one for this run, gone
    behind it, so that a file can be looked at before anything is kept. One that was named and is not there is told of:
    it may be a slip."""
    session = current()
    path = session.settings.database_path
    if path is None or path.exists():
        with opened(via) as crm:
            yield crm
        return
    # imported here: hardly a command needs them
    from tempfile import TemporaryDirectory

    from tuicrm.services.context import open_crm

    if session.settings.missing_database is not None:
        say.warn(t("There is no database {path} yet: this is said for an empty one.", path=str(path)))
    with TemporaryDirectory(prefix="tuicrm-") as folder:
        settings = replace(session.settings, database=str(Path(folder, "look.db")))
        crm = open_crm(settings, via=via, clock=session.clock)
        try:
            yield crm
        finally:
            crm.close()


@contextmanager
def opened(via: str = "cli", *, begins: bool = False) -> Iterator[Crm]:
    """The open database for one command; says once when the acting agent was made by it.

    ``begins``: the command may be the first in a new database, and says so; for another one that somebody named and
    that is not there is ``NotFound("no_database")``.
    """
    # the screens open their database after the first paint, so not at the top
    from tuicrm.services.context import open_crm

    session = current()
    new = session.settings.missing_database
    if new is not None and not begins:
        raise NotFound("no_database", path=str(new))
    crm = open_crm(session.settings, via=via, clock=session.clock, on_wait=_waiting)
    try:
        if new is not None:
            say.warn(t("The database is new: {path}", path=str(new)))
        yield crm
        if crm.made_agent:
            say.warn(t("{agent} is new here and was added to the agents.", agent=crm.me))
        if session.settings.calendar_file and crm.database.commits:
            _keep_calendar(crm)
        if not (session.quick or session.json):
            _tell_interrupted(crm)
    except CrmError as error:
        if error.candidates:
            session.region = crm.region()
        raise
    finally:
        crm.close()


def _keep_calendar(crm: Crm) -> None:
    """Brings the calendar file up to date. What was saved stays saved when that fails: it is said, and no more."""
    from tuicrm.services import calendar_file

    say.flush()
    try:
        calendar_file.refresh(crm)
    except CrmError as error:
        say.warn(sentence(error))


def _tell_interrupted(crm: Crm) -> None:
    """Names imports that were killed, and the two commands that deal with each. The quick verbs have no time to."""
    from tuicrm.services.interrupted import unfinished

    for it in unfinished(crm):
        action = str(it.action_id)
        if it.doing == "import":
            said = t(
                "The import of {file} stopped after {n} rows."
                " To go on: tuicrm import {file}. To take it back: tuicrm undo {id}.",
                file=it.file,
                n=it.rows_done,
                id=action,
            )
        elif it.doing == "undo":
            said = t(
                "Taking back the import of {file} stopped. To go on: tuicrm undo {id}.",
                file=it.file,
                id=action,
            )
        else:
            said = t(
                "Doing the import of {file} again stopped. To go on: tuicrm redo {id}.",
                file=it.file,
                id=action,
            )
        say.warn(said)


def _waiting(holder: str, seconds: float) -> None:
    """Another process has held the write lock for a while: names it."""
    say.warn(
        t("Waiting for {holder}, which is writing ({seconds} s).", holder=holder, seconds=round(seconds))
    )


_BY_LINE: Final = ("process_bad", "import_refused", "import_nothing")
"""Refusals of a file, whose fields are its lines."""


def refuse(error: CrmError, *, json: bool) -> int:
    """Tells a refusal on standard error, as a sentence or as JSON; gives its exit code."""
    if json:
        from tuicrm.cli import shapes

        say.error_data(shapes.error(error, told_fields(error)))
        return error.exit_code
    said = sentence(error)
    say.warn(said)
    for field in told_fields(error):
        if (more := sentence(field)) not in said:
            line = field.field.removeprefix("line ")
            in_file = error.code in _BY_LINE and line not in ("", "0")
            say.warn(t("Line {line}: {message}", line=figures(line), message=more) if in_file else more)
    if error.candidates:
        # imported here: most is not refused
        from tuicrm.number_words import phone_words

        region = current().region if _sessions else ""
        rows = [
            (f"contact:{c.id}", c.name, c.company, phone_words(c.phone, region)) for c in error.candidates
        ]
        say.table(rows, indent="  ", error=True)
    if error.params.get("more"):
        command = f"tuicrm find {error.params['text']} --all"
        say.warn(t("And more. Type more of the name, or see them all: {command}", command=command))
    return error.exit_code


def told_fields(error: CrmError) -> list[FieldProblem]:
    """The refused fields, each with the parameters its sentence may need from the error it belongs to."""
    return [
        replace(field, params={**error.params, **field.params}) if field.code == error.code else field
        for field in error.fields
    ]


def _bug(error: Exception, *, json: bool) -> int:
    """Writes the trace of an unexpected error to the log file, and one sentence to standard error."""
    return refuse(CrmError("bug", file=_trace(error)), json=json)


def _trace(error: Exception) -> str:
    """Appends the trace to the log file (0600 in a 0700 folder); gives its path, or ``-`` when it cannot."""
    import traceback

    from tuicrm import __version__
    from tuicrm.paths import log_file, private_folder

    file = log_file()
    try:
        private_folder(file.parent)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"tuicrm {__version__}, Python {sys.version.split()[0]}\n")
            log.write("".join(traceback.format_exception(error)) + "\n")
    except OSError:
        return "-"
    return str(file)
