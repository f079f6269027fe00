"""``tuicrm worklist ...``: filters under a name. One of contacts is a worklist; other lists have theirs too.

What is done to the people of a worklist is in ``cli.worklist_people``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Annotated, Any

import typer

from tuicrm.cli import fast, say, shapes, tell
from tuicrm.cli.options import After, All, Limit, after_id, complete_name, complete_where, text_argument
from tuicrm.cli.paging import every
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import Usage
from tuicrm.domain.filter_keys import in_persian
from tuicrm.domain.filter_values import IN_PERSIAN
from tuicrm.domain.saved_filter import SavedFilter
from tuicrm.i18n import language, nt, t, word
from tuicrm.services import saved_filters, worklists
from tuicrm.services.context import Crm
from tuicrm.services.filtering import where as chosen

app = typer.Typer(
    help=t("Worklists, their people and rounds; saved filters."),
    no_args_is_help=True,
)

EVERYBODY = 10_000_000
"""More people than any worklist has."""

Name = Annotated[
    str, typer.Argument(metavar="NAME", help=t("What it is called."), autocompletion=complete_name)
]
Filter = Annotated[
    str,
    typer.Option("--where", metavar="TEXT", help=t("The filter; - reads it."), autocompletion=complete_where),
]
Of = Annotated[
    str, typer.Option("--of", metavar="LIST", help=t("Of which list: contacts, calls, followups or tickets."))
]


@app.command("list")
def list_(
    of: Annotated[str | None, typer.Option("--of", metavar="LIST", help=t("Of one list only."))] = None,
) -> None:
    """List the filters that you may use: your own and everybody's."""
    with opened() as crm:
        found = [(each.it, each.people) for each in worklists.lists(crm)] if of in (None, "contacts") else []
        if of != "contacts":
            others = saved_filters.page(crm, of)
            found += [(each, None) for each in others if each.what != "contacts"]
        if current().json:
            say.data([_shape(crm, it) | {"people": people} for it, people in found])
        else:
            say.table([_row(it, people) for it, people in found])


@app.command("show")
def show(
    name: Name,
    of: Of = "contacts",
    limit: Limit = 50,
    after: After = None,
    everything: All = False,
    left: Annotated[
        bool, typer.Option("--left", help=t("Only who is still to be called in this round, in that order."))
    ] = False,
) -> None:
    """Show who or what is in it.

    \b
    tuicrm worklist show owed                          to whom you owe a call
    tuicrm worklist show fair --left --limit 10        whom to call next
    tuicrm worklist show "idle customers"
    tuicrm contact list --where "saved:idle tag:vip"   a part of another filter
    """
    with opened() as crm:
        it = saved_filters.get(crm, of, name)
        if (left or it.built_in) and it.what == "contacts":
            _show_left(crm, it.name, EVERYBODY if everything else limit, after_id(after))
            return
        where = worklists.where(crm, it) if it.what == "contacts" else chosen(crm, it.what, it.text)
        read = partial(_READS[it.what], crm, where)
        if everything:
            _print(crm, it.what, every(read, after_id(after), way="after"))
            return
        page = read(limit, after_id(after))
        _print(crm, it.what, page.rows)
        if page.more:
            say.warn(fast.more_rows(page.rows[-1].id))


@app.command("save")
def save(
    name: Name,
    where: Filter = "",
    of: Of = "contacts",
    shared: Annotated[bool, typer.Option("--shared", help=t("For everybody, not for you alone."))] = False,
) -> None:
    """Save a filter in place of yours of that name.

    With --shared it takes the place of everybody's. A name is yours or everybody's, not both.

    \b
    tuicrm worklist save "idle customers" --where "tag:customer spoke:>90d"
    """
    if not where:
        raise Usage("option_needs_value", option="--where")
    with opened() as crm:
        it = saved_filters.save(crm, of, name, text_argument(where), shared=shared)
        show_one(crm, it)
        if it.replaced:
            say.warn(t("It takes the place of {old}; tuicrm undo brings that back.", old=it.replaced))


@app.command("rename")
def rename(
    name: Name,
    new: Annotated[str, typer.Argument(metavar="NEW", help=t("Its new name."))],
    of: Of = "contacts",
) -> None:
    """Give a filter another name."""
    with opened() as crm:
        show_one(crm, saved_filters.rename(crm, saved_filters.get(crm, of, name).id, new))


@app.command("share")
def share(
    name: Name,
    mine: Annotated[bool, typer.Option("--mine", help=t("For you alone again."))] = False,
    of: Of = "contacts",
) -> None:
    """Give a filter, or a list by names, to everybody.

    \b
    tuicrm worklist share "fair 2026"
    tuicrm worklist share "fair 2026" --mine
    """
    with opened() as crm:
        show_one(crm, saved_filters.share(crm, saved_filters.get(crm, of, name).id, shared=not mine))


@app.command("delete")
def delete(name: Name, of: Of = "contacts") -> None:
    """Delete a filter. Undo brings it back."""
    with opened() as crm:
        show_one(crm, saved_filters.delete(crm, saved_filters.get(crm, of, name).id))


# --- reading and printing -----------------------------------------------------------------------------------


def _show_left(crm: Crm, name: str, limit: int, after: int | None) -> None:
    """Who is to be called, in the order in which one calls; behind a contact, if that is on the list."""
    rows = worklists.page(crm, name, limit=limit + 1 if after is None else EVERYBODY).rows
    found = [row.contact for row in rows]
    at = next((place for place, each in enumerate(found) if each.id == after), -1)
    found = found[at + 1 :]
    fast.show_contacts(crm, found[:limit])
    if len(found) > limit:
        say.warn(fast.more_rows(found[limit - 1].id))


def _contacts(crm: Crm, where: Any, limit: int, after: int | None) -> Any:
    from tuicrm.services import contacts

    return contacts.page(crm, where=where, limit=limit, after=after)


def _calls(crm: Crm, where: Any, limit: int, after: int | None) -> Any:
    from tuicrm.services import calls

    return calls.recent(crm, where=where, limit=limit, before=after)


def _follow_ups(crm: Crm, where: Any, limit: int, after: int | None) -> Any:
    from tuicrm.services import followups

    return followups.page(crm, where=where, limit=limit, after=after)


def _tickets(crm: Crm, where: Any, limit: int, after: int | None) -> Any:
    from tuicrm.services import tickets

    return tickets.page(crm, where=where, limit=limit, before=after)


_READS = {"contacts": _contacts, "calls": _calls, "followups": _follow_ups, "tickets": _tickets}


def _print(crm: Crm, what: str, rows: Iterable[Any]) -> None:
    process = crm.process()
    forms: dict[str, tuple[Callable[..., shapes.Shape], Callable[[Any], tuple[object, ...]]]] = {
        "calls": (shapes.call, lambda each: tell.call_row(each, crm, process)),
        "followups": (shapes.followup, lambda each: tell.followup_row(each, crm)),
        "tickets": (shapes.ticket, lambda each: tell.ticket_row(each, crm)),
    }
    if what == "contacts":
        fast.show_contacts(crm, rows)
        return
    shape, row = forms[what]
    if current().json:
        say.stream(shape(each, crm.zone) for each in rows)
    else:
        say.table([row(each) for each in rows])


def _shape(crm: Crm, it: SavedFilter) -> shapes.Shape:
    return {
        "id": it.id,
        "name": it.name,
        "list": it.what,
        "where": it.text,
        "agent": it.agent,
        "by_names": it.members,
        "round_at": shapes.instant(it.round_at, crm.zone),
        "created_at": shapes.instant(it.created_at, crm.zone) if it.id else None,
    }


def _row(it: SavedFilter, people: int | None = None) -> tuple[object, ...]:
    many = "" if people is None else nt("{n} person", "{n} people", people)
    return it.name, word(it.what), many, _filter(it), it.agent or t("everybody's")


def _filter(it: SavedFilter) -> str:
    """What is saved; of the list that is always there in the reader's words, of others as it was written."""
    if it.built_in and language() == "fa":
        key, _, value = it.text.partition(":")
        return f"{in_persian(key)}:{IN_PERSIAN.get(value, value)}"
    return it.text or t("by names")


def show_one(crm: Crm, it: SavedFilter) -> None:
    """A filter as it is now."""
    if current().json:
        say.data(_shape(crm, it))
    else:
        say.table([_row(it)])


# its commands are registered with ``app``
from tuicrm.cli import worklist_people as worklist_people  # noqa: E402
from tuicrm.cli import worklist_report as worklist_report  # noqa: E402
