"""``tuicrm keys ...``: which key does what, and whether one's own keymap is right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Protocol

import typer

from tuicrm import paths
from tuicrm.cli import say
from tuicrm.cli.session import current
from tuicrm.domain.errors import CrmError, FieldProblem, Invalid, NotFound
from tuicrm.i18n import Phrase, sentence, t

app = typer.Typer(
    help=t(
        "Show and check the keys of the screens.\n\n"
        "\b\n"
        "tuicrm keys                        which key does what\n"
        "tuicrm keys --markdown > keys.md   the same, to be printed\n"
        "tuicrm keys check keys.toml        may this keymap be used\n"
        "tuicrm config set keys vim         another set of keys"
    ),
    invoke_without_command=True,
)
REFUSED = 5


class ListedKey(Protocol):
    """A row of the table of keys."""

    @property
    def id(self) -> str: ...
    @property
    def where(self) -> Phrase: ...
    @property
    def does(self) -> Phrase: ...
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def shipped(self) -> tuple[str, ...]: ...
    @property
    def caps(self) -> tuple[str, ...]: ...


class Keys(Protocol):
    """What the screens tell of their keys: ``tuicrm.tui.keylist``."""

    def begin(self, file: Path, name: str) -> CrmError | None: ...
    def listed(self) -> Sequence[ListedKey]: ...
    def problems(self, file: Path, preset: str) -> Sequence[FieldProblem]: ...
    def presets(self) -> Sequence[str]: ...
    def sheet(self) -> str: ...


Markdown = Annotated[bool, typer.Option("--markdown", help=t("A cheat sheet to print, as Markdown."))]


@app.callback()
def keys(ctx: typer.Context, markdown: Markdown = False) -> None:
    """The list, when no command of the group is named."""
    if ctx.invoked_subcommand is None:
        _list(markdown)


@app.command("list")
def list_(markdown: Markdown = False) -> None:
    """List the keys in use, your own and the preset's included."""
    _list(markdown)


@app.command("check")
def check(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help=t("A keymap file; your own without it."))
    ] = None,
) -> None:
    """Check a keymap file: unknown names, keys that are taken, clashes. Exit code 5 when something is wrong."""
    if file is not None and not file.exists():
        raise NotFound("file_unreadable", file=str(file), reason="No such file or directory")
    found = _face().problems(file or _own(), current().settings.keys)
    if current().json:
        told = [{"id": each.field, "key": each.token, "message": sentence(each)} for each in found]
        say.data({"ok": not found, "problems": told})
    else:
        for each in found:
            say.line(sentence(each))
        if not found:
            say.line(t("These keys can be used."))
    if found:
        raise typer.Exit(REFUSED)


@app.command("path")
def path() -> None:
    """Show where your own keymap is, or would be."""
    if current().json:
        say.data({"path": str(_own()), "exists": _own().exists()})
    else:
        say.text(f"{_own()}\n")


@app.command("presets")
def presets(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help=t("Show this one, as a file."))] = None,
) -> None:
    """List the sets of keys that come with the program, or show one.

    \b
    tuicrm keys presets
    tuicrm keys presets vim > ~/.config/tuicrm/keys.toml
    """
    names, used = _face().presets(), current().settings.keys
    if name is not None:
        if name not in names or name == names[0]:
            raise Invalid("setting_value", key="keys", value=name, choices=tuple(names[1:]))
        say.text((paths.keymaps_folder() / f"{name}.toml").read_text(encoding="utf-8"))
    elif current().json:
        say.data([{"name": each, "in_use": each == used} for each in names])
    else:
        say.table([(each, t("in use") if each == used else "") for each in names])


def _own() -> Path:
    return paths.keymap_file(current().settings.file)


def _face() -> Keys:
    return current().keys()


def _list(markdown: bool) -> None:
    face = _face()
    refused = face.begin(_own(), current().settings.keys)
    if markdown:
        say.text(face.sheet())
    elif current().json:
        say.data(
            [
                {
                    "id": row.id,
                    "where": row.where,
                    "does": row.does,
                    "keys": list(row.keys),
                    "default": list(row.shipped),
                    "moved": row.keys != row.shipped,
                }
                for row in face.listed()
            ]
        )
    else:
        _table(face)
    if refused is not None:
        reasons = [sentence(each) for each in refused.fields] or [sentence(refused)]
        for reason in reasons:
            say.warn(t("{file} is not used. {reason}", file=_own().name, reason=reason))


def _table(face: Keys) -> None:
    """The keys, an empty line between where they act."""
    rows: list[Sequence[object]] = []
    where = ""
    for row in face.listed():
        if not row.keys:
            continue
        if rows and row.where != where:
            rows.append(("", "", ""))
        where = row.where
        rows.append(("  ".join(row.caps), row.does, row.id))
    say.table(rows)
