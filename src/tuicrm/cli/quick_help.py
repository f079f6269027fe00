"""The quick verbs as Typer shows them. They are run by ``fast``; Typer only prints their help."""

from __future__ import annotations

from typing import Annotated

import typer

from tuicrm.cli import calendar_file, daysheet, fast, promises
from tuicrm.cli.followups import show_list
from tuicrm.cli.options import After, All, From, Limit, To, WhereContacts, WhereFollowUps, after_id
from tuicrm.i18n import t

app = typer.Typer(help=t("Promise, list and keep follow-ups."), no_args_is_help=True)

Agent = Annotated[str | None, typer.Option("--agent", help=t("Whose follow-ups."))]
State = Annotated[str | None, typer.Option("--state", help=t("open, done, cancelled or exhausted."))]


def log(
    who: Annotated[
        str,
        typer.Argument(
            metavar="WHO", help=t("A name, a number, contact:12 or followup:12, as one argument.")
        ),
    ],
    line: Annotated[
        list[str] | None, typer.Argument(metavar="LINE", help=t("What was said, with tokens."))
    ] = None,
    new: Annotated[bool, typer.Option("--new", help=t("Make a new contact when nobody fits."))] = False,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help=t("Read the line from a file, - for standard input.")),
    ] = None,
    really: Annotated[
        bool,
        typer.Option(
            "--really",
            help=t("Save a questioned line as it stands; log a call to somebody who must not be called."),
        ),
    ] = False,
) -> None:
    """Log a call in one line.

    Without LINE it asks for one, with completion; in a pipe it reads one from standard input. A shell eats
    #, quotes and \\: quote the line, or let it ask. A word with one dash belongs to the line; behind --
    everything does.

    \b
    tuicrm log leila "price list sent /2d"   a note; follow-up in two days
    tuicrm log leila /n                      no answer: the next working day
    tuicrm log 09121234567 "E1 again /th"    a new ticket of high priority
    tuicrm log leila -9:40 =3:05 quote       began at 9:40, took 3:05
    tuicrm log --new "George Webb 020 7946 0018" "wants a quote"

    \b
    /n /b /v       outcome: no answer, busy, voicemail      .q     topic
    /2d /fri /17   follow-up: two days, Friday, at five     @sara  for her
    /t /th /tu     new ticket: normal, high, urgent         #vip   tag
    /x /to         resolve, or belong to, the open ticket   =4     minutes
    """
    words = [who, *(line or [])]
    flags = [flag for flag, on in (("--new", new), ("--really", really)) if on]
    fast.log([*flags, *(["--file", file] if file else []), "--", *words])


def find(
    query: Annotated[
        list[str], typer.Argument(metavar="QUERY", help=t("Words of the name or company, or digits."))
    ],
    near: Annotated[bool, typer.Option("--near", help=t("Also names that differ by one slip."))] = False,
    where: WhereContacts = None,
    limit: Limit = 50,
    after: After = None,
    everything: All = False,
) -> None:
    """Find contacts by words or digits.

    Words of the name or company in any order, by their beginnings, joined or parted; three or more digits of a
    number. Exact ones come first.

    \b
    tuicrm find prsh            finds Pars Shimi
    tuicrm find 4567            numbers that end so
    tuicrm find lelia --near    forgives one slip
    tuicrm find ali tag:vip     of them those with the tag
    """
    flags = [flag for flag, on in (("--near", near), ("--all", everything)) if on]
    more = [*(["--after", after] if after else []), *(["--where", where] if where else [])]
    fast.find([*flags, "--limit", str(limit), *more, "--", *query])


find.settings = log.settings = {"ignore_unknown_options": True}  # type: ignore[attr-defined]


@app.command("list")
def list_(
    agent: Agent = None,
    since: From = None,
    until: To = None,
    state: State = None,
    where: WhereFollowUps = None,
    limit: Limit = 50,
    after: After = None,
    everything: All = False,
) -> None:
    """List follow-ups by due."""
    given = _given(agent, since, until, state, where)
    show_list(given, None if everything else limit, after_id(after))


@app.command("due")
def due(
    agent: Agent = None,
    since: From = None,
    until: To = None,
    state: State = None,
    where: WhereFollowUps = None,
    limit: Limit = 50,
    after: After = None,
    everything: All = False,
    notify: Annotated[
        bool, typer.Option("--notify", help=t("Tell what is due now, each moment once; for cron or a timer."))
    ] = False,
    within: Annotated[
        str | None, typer.Option("--within", metavar="SPAN", help=t("With --notify: so long ahead, as 15m."))
    ] = None,
) -> None:
    """List what you promised for today and before."""
    words = [
        part for name, value in _given(agent, since, until, state, where).items() for part in (name, value)
    ]
    if notify or within:
        ahead = ["--within", within] if within else []
        fast.followup_due([*(["--notify"] if notify else []), *ahead, *words])
        return
    flags = ["--all"] if everything else []
    fast.followup_due([*flags, "--limit", str(limit), *(["--after", after] if after else []), *words])


app.command("sheet")(daysheet.sheet)
app.command("calendar")(calendar_file.calendar)
for _command in promises.COMMANDS:
    app.command(_command.__name__)(_command)


def _given(
    agent: str | None, since: str | None, until: str | None, state: str | None, where: str | None
) -> dict[str, str]:
    given = {"--agent": agent, "--from": since, "--to": until, "--state": state, "--where": where}
    return {name: value for name, value in given.items() if value is not None}
