"""Typer's commands with their help and their refusals in the user's language.

Typer has English words of its own: headings, the help of ``--help``, what is wrong with a command line. Here its
methods say the same through ``t``, and its refusals become ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from tuicrm.cli import say
from tuicrm.cli.session import current
from tuicrm.domain.errors import Usage
from tuicrm.i18n import Phrase, t

_GAPS = re.compile(r"(^ +|  +|(?<=:) (?=tuicrm ))")
"""Between the pieces of a line of help: columns, and the heading of the usage from what is typed."""


class _Spoken:
    """What a command and a group of them have alike. ``Any`` stands for Typer's own classes, which it hides."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{t('Usage')}: ")

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        for kind, title in (("argument", t("Arguments")), ("option", t("Options"))):
            kept = [one for one in self.get_params(ctx) if one.param_type_name == kind and not one.hidden]
            rows = [_row(one, ctx) for one in kept]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        if isinstance(self, TyperGroup):
            self.format_commands(ctx, formatter)


def _row(param: Any, ctx: Any) -> tuple[str, str]:
    """An argument or option as it is typed, and its help with what must be known beside it."""
    typed, _ = param.get_help_record(ctx)
    default = None if getattr(param, "is_flag", False) else param.default
    more = [t("required")] if param.required else []
    more += [t("default: {value}", value=default)] if default not in (None, "") else []
    said = _own_help(param.name) or param.help or ""
    return typed, f"{said}  [{'; '.join(more)}]" if more else said


def _own_help(name: str) -> Phrase | None:
    """The help of the options that Typer adds by itself."""
    return {
        "help": t("Show this message and exit."),
        "install_completion": t("Install completion for the current shell."),
        "show_completion": t("Show what --install-completion would install."),
    }.get(name)


class Command(_Spoken, TyperCommand):
    """A command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with _refusing(ctx, args):
            return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> Phrase:
        return _isolated(super().get_help(ctx))


class Group(_Spoken, TyperGroup):
    """Commands of one kind. Without one of them it says which there are."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing and not self.invoke_without_command:
            if current().json:
                raise _usage(ctx, t("A command is missing."))
            say.warn(self.get_help(ctx))
            raise typer.Exit(2)
        with _refusing(ctx, args):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            raise _usage(ctx, _no_command(args[0], list(self.commands)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        del ctx
        width = formatter.width - 6 - max(map(len, self.commands))
        with formatter.section(t("Commands")):
            formatter.write_dl([(name, one.get_short_help_str(width)) for name, one in self.commands.items()])

    def get_help(self, ctx: Any) -> Phrase:
        return _isolated(super().get_help(ctx))


# --- refusals -----------------------------------------------------------------------------------------------


@contextmanager
def _refusing(ctx: Any, args: list[str]) -> Iterator[None]:
    typed = tuple(args)
    try:
        yield
    except typer.TyperException as error:
        raise _usage(ctx, _reason(error, typed)) from None


def _usage(ctx: Any, reason: Phrase) -> Usage:
    """With the command whose help shows what there is."""
    return Usage("command_line", reason=reason, command=ctx.command_path)


def _reason(error: Any, typed: Sequence[str]) -> Phrase:
    """What is wrong with the words of a command, by the kind of Typer's refusal; Typer has no public names."""
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = param.metavar or f"--{param.name}" if param is not None else ""
    if param is not None and param.param_type_name == "option":
        name = param.opts[0]
    if kind == "MissingParameter":
        # metavars are in English; what is meant by one is said in the reader's language
        what = getattr(param, "help", None)
        return (
            t("{name} is missing: {what}", name=name, what=what)
            if what
            else t("{name} is missing.", name=name)
        )
    if kind == "BadParameter":
        return t("That is no value of {name}.", name=name)
    if kind == "NoSuchOption" and _takes_moment(error) and error.option_name[1:2].isdigit():
        whole = next((word for word in typed if word.startswith(error.option_name)), error.option_name)
        return t("{option} is a moment in the past; this asks for one to come.", option=whole)
    if kind == "NoSuchOption":
        near = tuple(error.possibilities or ())
        said = t("There is no option {option}.", option=error.option_name)
        return t("{said} Perhaps {choices}?", said=said, choices=near) if near else said
    if kind == "BadOptionUsage":
        needs = "requires" in error.message
        return (
            t("{option} needs a value.", option=error.option_name)
            if needs
            else t("{option} takes no value.", option=error.option_name)
        )
    return t("There are more words than the command takes.")


def _takes_moment(error: Any) -> bool:
    """Whether the command that refuses has a moment among its words, which may be written with a minus in front."""
    return error.ctx is not None and any(param.metavar == "WHEN" for param in error.ctx.command.params)


def _no_command(name: str, known: list[str]) -> Phrase:
    from difflib import get_close_matches

    said = t("There is no command {name}.", name=name)
    near = tuple(get_close_matches(name, known))
    return t("{said} Perhaps {choices}?", said=said, choices=near) if near else said


# --- on a screen --------------------------------------------------------------------------------------------


def _isolated(told: str) -> Phrase:
    """A help text on a screen: each Persian piece of a line is a paragraph of its own."""
    lines = ("".join(map(say.isolated, _GAPS.split(line))) for line in told.split("\n"))
    return Phrase("\n".join(lines))
