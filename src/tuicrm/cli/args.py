"""Reading the command line of the quick verbs by hand: argparse alone would cost as much as the database.

The options every command knows (``--db --as --json``) are taken out here for all commands, so that they
may stand before or after the verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tuicrm.domain.errors import Usage
from tuicrm.domain.record import record


@record
class Options:
    """What every command knows. ``None``: not given."""

    database: str | None = None
    agent: str | None = None
    json: bool = False


@record
class LogArgs:
    """``log WHO [LINE...]``. ``line`` is None when there is none: it will be read."""

    who: str
    line: str | None
    new: bool = False
    file: str | None = None
    really: bool = False


@record
class ListArgs:
    """The words of a command that lists, its options with a value and its flags."""

    words: tuple[str, ...]
    values: Mapping[str, str]
    flags: frozenset[str]

    def limit(self, default: int = 50) -> int | None:
        """How many rows; None for all of them."""
        return (
            None if "--all" in self.flags else number("--limit", self.values.get("--limit"), default, least=1)
        )

    def after(self) -> int | None:
        """The id after which the list goes on."""
        text = self.values.get("--after")
        return None if text is None else number("--after", text.rpartition(":")[2], 0)


def number(option: str, text: str | None, default: int, *, least: int = 0) -> int:
    """The value of an option that takes a whole number. Raises ``Usage``."""
    if text is None:
        return default
    if not text.isdecimal() or int(text) < least:
        raise Usage("option_number", option=option, value=text)
    return int(text)


def split_common(args: Sequence[str]) -> tuple[Options, list[str]]:
    """The common options, and everything else in its order. Nothing is taken from behind ``--``."""
    rest: list[str] = []
    values: dict[str, str] = {}
    json = False
    words = iter(args)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--json":
            json = True
        elif (name := word.partition("=")[0]) in ("--db", "--as"):
            values[name] = _value(name, word, words)
        else:
            rest.append(word)
    return Options(values.get("--db"), values.get("--as"), json), rest


def _value(name: str, word: str, following: Iterator[str]) -> str:
    """The value of an option written ``--name value`` or ``--name=value``."""
    value = next(following, "") if word == name else word[len(name) + 1 :]
    if not value:
        raise Usage("option_needs_value", option=name)
    return value


def _scan(
    args: Sequence[str], flags: frozenset[str], valued: frozenset[str]
) -> tuple[list[str], dict[str, str], frozenset[str]]:
    """Words, options with values, flags. A word with two dashes that is neither is refused."""
    words: list[str] = []
    values: dict[str, str] = {}
    given: set[str] = set()
    following = iter(args)
    for word in following:
        name = word.partition("=")[0]
        if word == "--":
            words += following
        elif word in flags:
            given.add(word)
        elif name in valued:
            values[name] = _value(name, word, following)
        elif word.startswith("--"):
            raise Usage("option_unknown", option=word)
        else:
            words.append(word)
    return words, values, frozenset(given)


def log_args(args: Sequence[str]) -> LogArgs:
    """Reads what follows ``log``. Words with one dash belong to the line."""
    words, values, flags = _scan(args, frozenset(("--new", "--really")), frozenset(("--file",)))
    if not words or not words[0].strip():
        raise Usage("log_needs_who")
    line = " ".join(words[1:]) if len(words) > 1 else None
    if line is not None and "--file" in values:
        raise Usage("log_line_twice")
    return LogArgs(words[0], line, "--new" in flags, values.get("--file"), "--really" in flags)


def list_args(args: Sequence[str], *, flags: Sequence[str] = (), valued: Sequence[str] = ()) -> ListArgs:
    """Reads the arguments of a quick list: its own options, beside ``--limit --after --all``."""
    words, values, given = _scan(
        args, frozenset(("--all", *flags)), frozenset(("--limit", "--after", *valued))
    )
    return ListArgs(tuple(words), values, given)
