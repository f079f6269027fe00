"""``tuicrm call ...``: what was said, and the door for telephones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Any, Literal

import typer

from tuicrm.cli import fast, say, shapes, tell
from tuicrm.cli.moments import moment
from tuicrm.cli.options import (
    After,
    All,
    From,
    Limit,
    To,
    Where,
    after_id,
    contact_id,
    record_id,
    text_argument,
)
from tuicrm.cli.paging import every
from tuicrm.cli.session import current, opened
from tuicrm.cli.unlogged import unlogged
from tuicrm.domain.errors import Usage
from tuicrm.domain.models import Call, Page, PhoneCall
from tuicrm.i18n import Phrase, figures, language, t, word
from tuicrm.number_words import phone_words
from tuicrm.services import calls, filter_choices
from tuicrm.services.agents import anyone
from tuicrm.services.context import Crm
from tuicrm.services.filtering import where as chosen

app = typer.Typer(
    help=t("List, show, edit and delete calls; report a telephone's events."), no_args_is_help=True
)

_NOBODY = ("none", "-")
CallRef = Annotated[str, typer.Argument(metavar="ID", help=t("call:12 or 12."))]


@app.command("list")
def list_(
    limit: Limit = 50,
    after: After = None,
    everything: All = False,
    since: From = None,
    until: To = None,
    agent: Annotated[str | None, typer.Option("--agent", help=t("Whose calls."))] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help=t("An outcome's code or key."))] = None,
    topic: Annotated[str | None, typer.Option("--topic", help=t("A topic's code or key."))] = None,
    contact: Annotated[str | None, typer.Option("--contact", metavar="REF", help=t("With whom."))] = None,
    where: Where = None,
) -> None:
    """List calls, newest first."""
    with opened() as crm:
        filters = _filters(crm, agent=agent, outcome=outcome, topic=topic)
        if contact:
            filters["contact"] = contact_id(crm, contact)
        if since:
            filters["since"] = moment(crm, since)
        if until:
            filters["until"] = moment(crm, until, end=True)
        read = partial(calls.recent, crm, filters=filters, where=chosen(crm, "calls", where))
        more = _list(crm, read, None if everything else limit, after_id(after))
    if more:
        say.warn(fast.more_rows(more.id))


def _filters(crm: Crm, *, agent: str | None, outcome: str | None, topic: str | None) -> dict[str, Any]:
    """Options as the filters of the service; an outcome or topic by its key too. Raises ``Invalid``."""
    filters: dict[str, Any] = {}
    if agent:
        filters["agent"] = anyone(crm, agent)
    if outcome:
        by_key = crm.process().outcome_by_key(outcome)
        filters["outcome"] = by_key.code if by_key else _meant(crm, "outcome", outcome)
    if topic:
        known = crm.process().topic(topic)
        filters["topic"] = known.code if known else _meant(crm, "topic", topic)
    return filters


def _meant(crm: Crm, key: str, text: str) -> str:
    """The code of what is called so, as in a filter. Raises ``Invalid``."""
    return filter_choices.meant(key, text, filter_choices.choices(crm, key))


def _list(crm: Crm, read: Callable[..., Page], limit: int | None, before: int | None) -> Call | None:
    """Prints the calls; gives the last one when there are more."""
    more: Call | None = None
    if limit is None:
        rows: Iterator[Call] = every(read, before, way="before")
    else:
        page = read(limit=limit, before=before)
        rows = iter(page.rows)
        more = page.rows[-1] if page.more else None
    if current().json:
        say.stream(shapes.call(each, crm.zone) for each in rows)
    else:
        process = crm.process()
        say.listed([tell.call_row(each, crm, process) for each in rows], t("No call found."))
    return more


@app.command("show")
def show(ref: CallRef) -> None:
    """Show one call."""
    with opened() as crm:
        _show(crm, calls.get(crm, record_id(ref, "call")))


app.command("unlogged")(unlogged)


@app.command("edit", context_settings={"ignore_unknown_options": True})
def edit(
    ref: CallRef,
    line: Annotated[
        list[str] | None, typer.Argument(metavar="LINE", help=t("Tokens as in the log line."))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help=t("Another note; - reads it."))] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="WHO", help=t("Whom it was with; none for nobody."))
    ] = None,
    same_number: Annotated[
        bool,
        typer.Option(
            "--same-number", help=t("With --contact: also all calls of its number that are nobody's.")
        ),
    ] = False,
) -> None:
    """Change what LINE says, the note, or whom it was with.

    \b
    tuicrm call edit 12 /v =3:40
    tuicrm call edit 12 --note "wants two, not three"
    tuicrm call edit 12 --contact "Mia Wright"
    """
    words = line or []
    if same_number and contact is None:
        raise Usage("option_only_with", option="--same-number", other="--contact")
    for each in words:
        if each.startswith("--"):
            raise Usage("option_unknown", option=each)
    if contact is not None:
        if words or note is not None:
            raise Usage("option_not_with", option="--contact", other="LINE" if words else "--note")
        _give(record_id(ref, "call"), contact, same_number=same_number)
        return
    with opened() as crm:
        text = None if note is None else text_argument(note)
        before = calls.get(crm, record_id(ref, "call"))
        done = calls.edit(crm, before.id, " ".join(words), note=text)
        _show(crm, done)
        stays = calls.still_promised(crm, done) if done.outcome != before.outcome else ()
        for promise in stays:
            due = tell.due_here(promise, crm.zone)
            say.warn(
                t(
                    "What it promised stays: {due}. tuicrm followup done {id} closes it.",
                    due=due,
                    id=promise.id,
                )
            )


def _give(call_id: int, contact: str, *, same_number: bool) -> None:
    """Whom the call was with, and what went along, on standard error."""
    # imported here: other commands on calls need neither
    from tuicrm.given import given
    from tuicrm.services import call_contacts

    with opened() as crm:
        whose = None if contact.strip().lower() in _NOBODY else contact_id(crm, contact)
        others = call_contacts.strays(crm, call_id) if same_number and whose is not None else ()
        done = call_contacts.give(crm, call_id, whose, others=others)
        _show(crm, done.call)
        for told in given(done):
            say.warn(told)


@app.command("delete")
def delete(ref: CallRef) -> None:
    """Take a call out of every list. Undo brings it back."""
    with opened() as crm:
        _show(crm, calls.delete(crm, record_id(ref, "call")))


def _show(crm: Crm, call: Call) -> None:
    if current().json:
        say.data(shapes.call(call, crm.zone))
        return
    say.table([tell.call_row(call, crm, crm.process())])
    facts: list[tuple[object, ...]] = [(t("topic"), _topic(crm, call.topic))] if call.topic else []
    if call.channel != crm.process().defaults.channel:
        facts.append((t("channel"), crm.process().channel(call.channel).label(language())))
    if call.score is not None:
        facts.append((t("score"), figures(str(call.score))))
    if call.follow_up:
        facts.append(
            (t("follow-up"), f"followup:{call.follow_up.id} {tell.due_here(call.follow_up, crm.zone)}")
        )
    if call.ticket:
        facts.append((t("ticket"), f"ticket:{call.ticket.id} {call.ticket.subject}"))
    if call.tags:
        facts.append((t("tags"), " ".join(f"#{tag}" for tag in call.tags)))
    if call.deleted_at:
        facts.append((t("deleted"), tell.moment(call.deleted_at, crm.zone)))
    say.table(facts, indent="  ")


def _topic(crm: Crm, code: str) -> str:
    """The company's word for a topic; the code itself when this version has none."""
    topic = crm.process().topic(code)
    return topic.label(language()) if topic else code


# --- the telephone's door -----------------------------------------------------------------------------------

State = Literal["ring", "answer", "hangup", "missed"]
Id = Annotated[
    str, typer.Option("--id", metavar="CALLID", help=t("The telephone system's own id of the call."))
]
Number = Annotated[str, typer.Option("--number", metavar="N", help=t("The other side's number."))]
Agent = Annotated[
    str | None, typer.Option("--agent", metavar="A", help=t("At whose telephone; else the acting agent."))
]
Line = Annotated[str, typer.Option("--line", metavar="Q", help=t("The line or queue."))]
Source = Annotated[str, typer.Option("--source", metavar="S", help=t("Which telephone system."))]
At = Annotated[str | None, typer.Option("--at", metavar="TIME", help=t("When; else now."))]


@app.command("ring")
def ring(
    id_: Id, number: Number = "", agent: Agent = None, line: Line = "", source: Source = "", at: At = None
) -> None:
    """A telephone rings: the agent's running screen names the caller.

    Made for the hook of any telephone system. Repeated, late and unordered events do no harm.

    \b
    tuicrm call ring --id 4711 --number 09121234567 --agent sara
    """
    _event("ring", id_, number, agent, line, source, at)


@app.command("answer")
def answer(
    id_: Id, number: Number = "", agent: Agent = None, line: Line = "", source: Source = "", at: At = None
) -> None:
    """The call was taken: the log bar opens and its clock runs."""
    _event("answer", id_, number, agent, line, source, at)


@app.command("hangup")
def hangup(
    id_: Id, number: Number = "", agent: Agent = None, line: Line = "", source: Source = "", at: At = None
) -> None:
    """The talk is over: the clock stops."""
    _event("hangup", id_, number, agent, line, source, at)


@app.command("missed")
def missed(
    id_: Id, number: Number = "", agent: Agent = None, line: Line = "", source: Source = "", at: At = None
) -> None:
    """Nobody took the call: it stays in the list as missed."""
    _event("missed", id_, number, agent, line, source, at)


def _event(
    state: State, call_id: str, number: str, agent: str | None, line: str, source: str, at: str | None
) -> None:
    from tuicrm.services import telephone

    with opened("phone", begins=True) as crm:
        done = telephone.event(
            crm,
            state,
            call_id=call_id,
            number=number,
            agent=agent.lstrip("@").lower() if agent else crm.me,
            line=line,
            source=source,
            at=moment(crm, at) if at else None,
        )
        if current().json:
            say.data(shapes.phone_call(done))
        else:
            say.line(_phone_said(done, crm.region()))


def _phone_said(it: PhoneCall, region: str) -> Phrase:
    names = tuple(row.name for row in it.matches) or (phone_words(it.number, region),)
    return t("{id} {state}: {names}", id=it.call_id, state=word(it.state), names=names)
