"""``tuicrm config ...``: what is set, where that comes from, and setting it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from tuicrm import settings, settings_words
from tuicrm.cli import say
from tuicrm.cli.session import current
from tuicrm.domain.errors import Invalid
from tuicrm.i18n import Phrase, language, sentence, t
from tuicrm.settings import Origin
from tuicrm.settings_table import BY_NAME, SETTINGS, Setting, known

app = typer.Typer(help=t("Show and change your settings."), no_args_is_help=True)

Key = Annotated[str, typer.Argument(metavar="KEY", help=t("A setting, such as theme."))]


@app.command("show")
def show(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help=t("One setting; all of them without it."))
    ] = None,
) -> None:
    """Show what is set, and where it comes from.

    \b
    tuicrm config show
    tuicrm config show theme
    """
    rows = SETTINGS if key is None else (known(key),)
    found = _origins()
    if current().json:
        told = [_shape(row, found[row.name]) for row in rows]
        say.data(told if key is None else told[0])
    elif key is None:
        say.table([_line(row, found[row.name]) for row in rows])
    else:
        _tell(rows[0], found[key])


@app.command("set")
def set_(
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=t("What it is to be from now on."))],
) -> None:
    """Set one thing, in your settings file. Its comments and its order stay.

    \b
    tuicrm config set theme light
    tuicrm config set digits persian
    """
    if key == "database" and "://" not in value and not value.startswith("~"):
        # the next start may be in another folder
        value = os.path.abspath(value)
    if key == "theme":
        # imported here: it is read whole, and other settings are words
        from tuicrm.services import themes

        themes.load(value, themes.own_folder(current().settings))
    kept = settings.save(_file(), key, value)
    _changed(known(key), t("{key} is {value} from the next start on.", key=key, value=kept))


@app.command("unset")
def unset(key: Key) -> None:
    """Take one thing out of your settings file."""
    if key not in BY_NAME and settings.unset(_file(), key):
        # what stopped all else is out of the way
        _changed(None, t("{key} is no longer in {file}; there is no such setting.", key=key, file=_file()))
        return
    row = known(key)
    if settings.unset(_file(), key):
        _changed(row, t("{key} is no longer set: {value}", key=key, value=settings_words.without(row)))
    else:
        _changed(row, t("{key} was not set in {file}.", key=key, file=_file()))


@app.command("path")
def path() -> None:
    """Show where your settings file is, or would be."""
    if current().json:
        say.data({"path": str(_file()), "exists": _file().exists()})
    else:
        say.text(f"{_file()}\n")


def _file() -> Path:
    return current().settings.file


def _origins() -> dict[str, Origin]:
    """The settings in force. Raises ``Invalid`` when the file is refused."""
    options = current().options
    return settings.origins(os.environ, database=options.database, agent=options.agent, file=_file())


def _changed(row: Setting | None, said: Phrase) -> None:
    """Tells what was done, and what is stronger than the file; ``None``: to what is no setting.

    Another fault of the file is a warning here: what was asked for is done.
    """
    if not current().json:
        say.line(said)
    try:
        origins = _origins()
    except Invalid as fault:
        origins = {}
        say.warn(sentence(fault))
    found = origins.get(row.name) if row is not None else None
    if current().json:
        say.data(_shape(row, found) if row is not None and found is not None else {})
    elif row is not None and found is not None:
        stronger = settings_words.stronger(row, found)
        if stronger is not None:
            say.warn(stronger)


# --- telling ------------------------------------------------------------------------------------------------


def _line(row: Setting, found: Origin) -> tuple[str, ...]:
    """In a language that calls settings otherwise than the file does, with that word."""
    called = () if language() == "en" else (settings_words.label(row),)
    return row.name, *called, settings_words.value(row, found), settings_words.source(found)


def _tell(row: Setting, found: Origin) -> None:
    value, source = settings_words.value(row, found), settings_words.source(found)
    say.line(t("{key}: {value} ({source})", key=row.name, value=value, source=source))
    say.line(settings_words.about(row))
    say.line(settings_words.values(row, _file()))
    say.line(t("Variable: {name}", name=row.variable))


def _shape(row: Setting, found: Origin) -> dict[str, Any]:
    """A setting as JSON."""
    return {
        "name": row.name,
        "value": found.value,
        "source": found.source,
        "from": found.named,
        "default": row.default,
        "choices": list(settings.choices(row, _file())),
        "variable": row.variable,
        "at_once": row.at_once,
        "help": settings_words.about(row),
    }
