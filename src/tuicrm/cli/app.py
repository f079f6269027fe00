"""All other commands, by Typer. Only the group that was asked for is loaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import cleandoc
from typing import Annotated, Any

# Rich would cost 10 ms and 4 MB for frames around the help
os.environ.setdefault("TYPER_USE_RICH", "0")

import typer

from tuicrm.cli import say
from tuicrm.cli.typers import Command, Group
from tuicrm.domain.errors import Usage
from tuicrm.i18n import t

_GROUPS = {
    "contact": "tuicrm.cli.contacts",
    "call": "tuicrm.cli.calls",
    "followup": "tuicrm.cli.quick_help",
    "ticket": "tuicrm.cli.tickets",
    "process": "tuicrm.cli.processes",
    "agent": "tuicrm.cli.agents",
    "worklist": "tuicrm.cli.worklists",
    "config": "tuicrm.cli.config",
    "keys": "tuicrm.cli.keys",
}
_COMMANDS = {
    "log": ("tuicrm.cli.quick_help", "log"),
    "find": ("tuicrm.cli.quick_help", "find"),
    "undo": ("tuicrm.cli.history", "undo"),
    "redo": ("tuicrm.cli.history", "redo"),
    "history": ("tuicrm.cli.history", "history_"),
    "import": ("tuicrm.cli.transfer", "import_"),
    "export": ("tuicrm.cli.transfer", "export"),
    "doctor": ("tuicrm.cli.system", "doctor"),
    "demo": ("tuicrm.cli.system", "demo"),
}
_ORDER = (
    "log", "find", "contact", "call", "followup", "ticket", "undo", "redo", "history", "worklist", "process", "agent",
    "import", "export", "config", "keys", "doctor", "demo",
)  # fmt: skip


def run_typer(args: list[str]) -> int:
    """Runs a command line; gives its exit code. Raises ``Usage`` for one that cannot be read."""
    app = build(args[0] if args else "")
    try:
        code: Any = app(args=args, prog_name="tuicrm", standalone_mode=False)
    except typer.TyperException as error:
        if error.exit_code != 2:
            raise
        raise Usage("command_line", reason=error.format_message(), command="tuicrm") from None
    except typer.Abort:
        return 130
    except SystemExit as left:
        # Typer's own answer to a closed pipe, while it prints a help
        if isinstance(left.__context__, BrokenPipeError):
            raise say.ClosedPipe from None
        raise
    return code if isinstance(code, int) else 0


def build(verb: str = "") -> typer.Typer:
    """The commands; only the one named, or all of them when there is none of that name."""
    app = typer.Typer(
        name="tuicrm",
        cls=Group,
        help=t(
            "A CRM in the terminal. Without a command it opens the screens.\n\n"
            "\b\n"
            'tuicrm log leila "price list sent /2d"     a call, and a follow-up in two days\n'
            "tuicrm log 09121234567                     asks for the line, with completion\n"
            "tuicrm find pars --json                    who is that\n"
            "tuicrm undo                                take the last thing back\n"
            "tuicrm demo                                look around with made-up data"
        ),
        epilog=t("--db, --as and --json may stand before or after the command."),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_common)
    for name in (verb,) if verb in _ORDER else _ORDER:
        if name in _GROUPS:
            app.add_typer(_translated(import_module(_GROUPS[name]).app), name=name, cls=Group)
        else:
            module, function = _COMMANDS[name]
            command = getattr(import_module(module), function)
            app.command(name, context_settings=getattr(command, "settings", None))(command)
    return _translated(app)


def _translated(app: typer.Typer) -> typer.Typer:
    """The commands of ``app`` with their help, the docstrings, in the user's language."""
    for command in app.registered_commands:
        command.cls = Command
        if command.help is None and command.callback is not None:
            command.help = t(cleandoc(command.callback.__doc__ or ""))
    return app


def callbacks() -> Iterator[Callable[..., Any]]:
    """The functions behind all commands; their docstrings are the help."""
    for name in _ORDER:
        if name in _GROUPS:
            commands = import_module(_GROUPS[name]).app.registered_commands
            yield from (command.callback for command in commands if command.callback is not None)
        else:
            module, function = _COMMANDS[name]
            yield getattr(import_module(module), function)


def _common(
    db: Annotated[
        str | None, typer.Option("--db", metavar="PATH|URL", help=t("The database; also TUICRM_DB."))
    ] = None,
    as_: Annotated[
        str | None, typer.Option("--as", metavar="AGENT", help=t("Who you are; also TUICRM_AGENT."))
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=t("Data for programs on standard output."))] = False,
    version: Annotated[bool, typer.Option("--version", help=t("Show the version."))] = False,
) -> None:
    """Holds the common options for the help; they were read before Typer saw the words."""
    del db, as_, json, version
