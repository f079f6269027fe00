"""Settings in words, for the shell and the screens alike: values, where they come from, what may be set."""

from __future__ import annotations

from pathlib import Path

from tuicrm.i18n import Phrase, t
from tuicrm.settings import Origin, choices
from tuicrm.settings_table import Setting


def label(row: Setting) -> Phrase:
    """What the setting is called: in English as in the file, in another language in its words."""
    return t(row.name)


def spoken(row: Setting, value: str) -> str:
    """A value that has a name as people say it, a ``Phrase``; what somebody typed stays as it is."""
    return t(value) if value in row.choices else value


def about(row: Setting) -> Phrase:
    """What the setting is for."""
    return t(row.help)


def value(row: Setting, found: Origin) -> str:
    """The value in force; a ``Phrase`` that says what holds, where nothing is set."""
    return found.value or without(row)


def without(row: Setting) -> str:
    """What holds when nothing is set."""
    return t(row.without) if row.without else row.default


def source(found: Origin) -> Phrase:
    """Where a value comes from, as a person names it."""
    if found.source == "default":
        return t("not set")
    return t("{name}", name=Path(found.named).name if found.source == "file" else found.named)


def values(row: Setting, file: Path) -> Phrase:
    """What may be set: the values that have names, what others look like; ``""`` when there is nothing to say."""
    named, form = choices(row, file), t(row.form) if row.form else Phrase()
    if named and form:
        return t("Values: {choices}, {form}", choices=named, form=form)
    if named:
        return t("Values: {choices}", choices=named)
    return t("Value: {form}", form=form) if form else form


def acts(row: Setting) -> Phrase:
    """When a change acts."""
    return t("acts at once") if row.at_once else t("acts at the next start")


def stronger(row: Setting, found: Origin) -> Phrase | None:
    """Says that a variable or an option has the say over the file; None when it has not."""
    if found.source not in ("variable", "option"):
        return None
    shown = value(row, found)
    return t("{name} is stronger: with it {key} is {value}.", name=found.named, key=row.name, value=shown)
