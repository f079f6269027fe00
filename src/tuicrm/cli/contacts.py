"""``tuicrm contact ...``: people."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from tuicrm import shown
from tuicrm.cli import doubles, fast, say, shapes, tell
from tuicrm.cli.options import After, All, Limit, WhereContacts, after_id, contact_id, pairs, text_argument
from tuicrm.cli.paging import every
from tuicrm.cli.session import current, opened
from tuicrm.domain.cadence import parse as parse_cadence
from tuicrm.domain.labelled import labelled
from tuicrm.domain.models import (
    Card,
    Contact,
    ContactPatch,
    EmailAddress,
    NewContact,
    PhoneNumber,
)
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.labels import field_words, kept_field, label_words
from tuicrm.number_words import number_words
from tuicrm.services import contacts, duplicates
from tuicrm.services.context import Crm
from tuicrm.services.filtering import where as chosen

app = typer.Typer(help=t("Add, show, edit, list and delete contacts."), no_args_is_help=True)
SHOWN = 20
DOUBLES = 3
"""Who may be the same person as the one that was added; ``contact duplicates`` lists all."""

Who = Annotated[str, typer.Argument(metavar="REF", help=t("contact:12, 12, a name or a number."))]
Phones = Annotated[
    list[str] | None,
    typer.Option("--phone", metavar="P", help=t("A number, or office: and a number; may be repeated.")),
]
Emails = Annotated[
    list[str] | None, typer.Option("--email", metavar="E", help=t("An address; may be repeated."))
]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="T", help=t("A tag; may be repeated."))]
Fields = Annotated[
    list[str] | None, typer.Option("--field", metavar="K=V", help=t("A field of your own; may be repeated."))
]
Company = Annotated[str | None, typer.Option("--company", help=t("The company."))]
Owner = Annotated[
    str | None, typer.Option("--owner", metavar="AGENT", help=t('Whose contact it is; "" for nobody.'))
]
Every = Annotated[
    str | None,
    typer.Option(
        "--every", metavar="SPAN", help=t("Keep in touch every 90d, 6 weeks, 3 months; - for no more.")
    ),
]
DoNotCall = Annotated[
    bool | None, typer.Option("--do-not-call/--may-call", help=t("Whether this person may be called."))
]
PrivateNote = Annotated[
    str | None, typer.Option("--private-note", help=t("A note that only you see; - reads it."))
]
Note = Annotated[str | None, typer.Option("--note", help=t("A note; - reads it from standard input."))]


def _phones(raw: list[str] | None) -> tuple[PhoneNumber, ...]:
    return tuple(PhoneNumber(value, label=label) for label, value in map(labelled, raw or ()))


def _emails(addresses: list[str] | None) -> tuple[EmailAddress, ...]:
    return tuple(EmailAddress(value, label) for label, value in map(labelled, addresses or ()))


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=t('The name; "" with a number.'))],
    phone: Phones = None,
    email: Emails = None,
    company: Company = None,
    tag: Tags = None,
    field: Fields = None,
    note: Note = None,
    owner: Owner = None,
    every: Every = None,
    do_not_call: DoNotCall = None,
    private_note: PrivateNote = None,
    if_new: Annotated[
        bool, typer.Option("--if-new", help=t("Refuse when that person may be there."))
    ] = False,
) -> None:
    """Add a contact: a name or a number is enough."""
    new = NewContact(
        name=name,
        company=company or "",
        phones=_phones(phone),
        emails=_emails(email),
        tags=tuple(tag or ()),
        fields=pairs(field),
        note=text_argument(note or ""),
        owner=owner or "",
        cadence_days=parse_cadence(every or ""),
        do_not_call=bool(do_not_call),
        private_note=text_argument(private_note or ""),
    )
    with opened(begins=True) as crm:
        known = [] if if_new else duplicates.likely(crm, new)
        made = contacts.add(crm, new, if_new=if_new)
        for one in known[:DOUBLES]:
            why = tuple(word(f"same {reason}") for reason in one.why)
            who = {"id": one.row.id, "name": one.row.name}
            say.warn(t("contact:{id} {name} may be the same person: {why}.", **who, why=why))
        _show(crm, made)


@app.command("show")
def show(ref: Who) -> None:
    """Show a contact with calls, follow-ups and tickets."""
    with opened() as crm:
        card = contacts.card(crm, contact_id(crm, ref), calls_limit=SHOWN)
        if current().json:
            say.data(_card_shape(crm, card))
        else:
            _print_card(crm, card)


@app.command("edit")
def edit(
    ref: Who,
    name: Annotated[str | None, typer.Option("--name", help=t("Another name."))] = None,
    phone: Phones = None,
    no_phone: Annotated[
        list[str] | None, typer.Option("--no-phone", metavar="P", help=t("Take this number away."))
    ] = None,
    email: Emails = None,
    no_email: Annotated[
        list[str] | None, typer.Option("--no-email", metavar="E", help=t("Take this address away."))
    ] = None,
    company: Company = None,
    tag: Tags = None,
    untag: Annotated[
        list[str] | None, typer.Option("--untag", metavar="T", help=t("Take this tag away."))
    ] = None,
    field: Fields = None,
    no_field: Annotated[
        list[str] | None, typer.Option("--no-field", metavar="K", help=t("Take this field away."))
    ] = None,
    note: Note = None,
    do_not_call: DoNotCall = None,
    owner: Owner = None,
    every: Every = None,
    private_note: PrivateNote = None,
) -> None:
    """Change what is given of a contact."""
    with opened() as crm:
        old = contacts.get(crm, contact_id(crm, ref))
        patch = ContactPatch(
            name=name,
            company=company,
            phones=_kept_phones(old, no_phone) + _phones(phone) if phone or no_phone else None,
            emails=_kept_emails(old, no_email) + _emails(email) if email or no_email else None,
            tags=_kept_tags(old, untag) + tuple(tag or ()) if tag or untag else None,
            fields=_kept_fields(old, no_field) | pairs(field) if field or no_field else None,
            note=None if note is None else text_argument(note),
            do_not_call=do_not_call,
            owner=owner,
            cadence_days=None if every is None else parse_cadence(every) or 0,
            private_note=None if private_note is None else text_argument(private_note),
        )
        _show(crm, contacts.edit(crm, old.id, patch))
        if do_not_call:
            _warn_of_promises(crm, old.id)


def _warn_of_promises(crm: Crm, contact_id: int) -> None:
    """Nothing is lost by the mark: what is promised stays, and is to be known."""
    # imported here: few are marked
    from tuicrm.services import promises_bulk

    left = len(promises_bulk.open_of(crm, [contact_id]))
    if left:
        say.warn(tell.stay_open(left))


def _kept_fields(old: Contact, gone: list[str] | None) -> dict[str, str]:
    named = {name for each in gone or () for name in (each, kept_field(each))}
    return {key: value for key, value in old.fields.items() if key not in named}


def _kept_phones(old: Contact, gone: list[str] | None) -> tuple[PhoneNumber, ...]:
    from tuicrm.domain.phone import digits

    unwanted = {digits(each) for each in gone or ()}
    return tuple(phone for phone in old.phones if not unwanted & _digit_forms(phone))


def _digit_forms(phone: PhoneNumber) -> set[str]:
    """A number's digits as typed and in E.164, so that either names it."""
    from tuicrm.domain.phone import digits

    return {digits(phone.raw), digits(phone.e164 or phone.raw)}


def _kept_emails(old: Contact, gone: list[str] | None) -> tuple[EmailAddress, ...]:
    unwanted = {each.strip().casefold() for each in gone or ()}
    return tuple(email for email in old.emails if email.address.casefold() not in unwanted)


def _kept_tags(old: Contact, gone: list[str] | None) -> tuple[str, ...]:
    unwanted = {each.strip().lstrip("#").casefold() for each in gone or ()}
    return tuple(tag for tag in old.tags if tag.casefold() not in unwanted)


@app.command("list")
def list_(
    limit: Limit = 50, after: After = None, everything: All = False, where: WhereContacts = None
) -> None:
    """List contacts by name."""
    with opened() as crm:
        read = partial(contacts.page, crm, where=chosen(crm, "contacts", where))
        if everything:
            fast.show_contacts(crm, every(read, after_id(after), way="after"))
            return
        page = read(after=after_id(after), limit=limit)
        fast.show_contacts(crm, page.rows)
        if page.more:
            say.warn(fast.more_rows(page.rows[-1].id))


@app.command("delete")
def delete(ref: Who) -> None:
    """Take a contact out of every list. Undo brings it back."""
    from tuicrm.services import promises_bulk

    with opened() as crm:
        whom = contact_id(crm, ref)
        promised = len(promises_bulk.open_of(crm, [whom]))
        _show(crm, contacts.delete(crm, whom))
        if promised:
            say.warn(
                nt(
                    "{n} open follow-up goes too; undo brings it back with the contact.",
                    "{n} open follow-ups go too; undo brings them back with the contact.",
                    promised,
                )
            )


@app.command("restore")
def restore(ref: Who) -> None:
    """Bring a deleted contact back."""
    with opened() as crm:
        _show(crm, contacts.restore(crm, contact_id(crm, ref)))


@app.command("merge")
def merge(keep: doubles.Kept, gone: doubles.Gone) -> None:
    """Make one contact of several.

    Everything goes to the first, and the others lead to it. Undo parts them again."""
    with opened() as crm:
        _show(crm, doubles.merge(crm, keep, gone))


app.command("duplicates")(doubles.list_pairs)
app.command("apart")(doubles.apart)


# --- showing ------------------------------------------------------------------------------------------------


def _show(crm: Crm, contact: Contact) -> None:
    if current().json:
        say.data(shapes.contact(contact, crm.zone))
        return
    phones = t(", ").join(number_words(phone, crm.region()) for phone in contact.phones)
    state = t("deleted") if contact.deleted_at else ""
    say.table([(f"contact:{contact.id}", contact.name, contact.company, phones, state)])


def _card_shape(crm: Crm, card: Card) -> shapes.Shape:
    calls = [item.call for item in card.timeline if item.call]
    return shapes.contact(card.contact, crm.zone) | {
        "note": card.contact.note,
        "private_note": card.private_note,
        "last_spoke_at": shapes.instant(card.last_spoke_at, crm.zone),
        "merged": list(card.merged),
        "calls": [shapes.call(call, crm.zone) for call in calls[:SHOWN]],
        "follow_ups": [shapes.followup(each, crm.zone) for each in card.follow_ups[:SHOWN]],
        "tickets": [shapes.ticket(each, crm.zone) for each in card.tickets[:SHOWN]],
    }


def _print_card(crm: Crm, card: Card) -> None:
    _show(crm, card.contact)
    it = card.contact
    facts: list[tuple[object, ...]] = [
        (
            t("number"),
            number_words(phone, crm.region()),
            label_words(phone.label),
            "" if phone.valid else t("not a valid number"),
        )
        for phone in it.phones
    ]
    facts += [(t("e-mail"), email.address, label_words(email.label), "") for email in it.emails]
    facts += [(field_words(key), shown.field_value(key, value), "", "") for key, value in it.fields.items()]
    facts += [(t("tags"), " ".join(f"#{tag}" for tag in it.tags), "", "")] if it.tags else []
    facts += [(t("owner"), it.owner, "", "")] if it.owner else []
    facts += [(t("note"), it.note, "", "")] if it.note else []
    facts += [(t("only you see"), card.private_note, "", "")] if card.private_note else []
    if it.touch_days:
        owed = t("next by {day}", day=tell.moment(it.touch_at, crm.zone)) if it.touch_at else ""
        facts.append((t("in touch"), _every(it.touch_days), owed, ""))
    facts += (
        [(t("merged"), " ".join(f"contact:{each}" for each in card.merged), "", "")] if card.merged else []
    )
    facts += [(t("do not call"), "", "", "")] if it.do_not_call else []
    say.table(facts, indent="  ")
    calls = [item.call for item in card.timeline if item.call]
    process = crm.process()
    _section(t("Follow-ups"), [tell.followup_row(each, crm) for each in card.follow_ups[:SHOWN]])
    _section(t("Tickets"), [tell.ticket_row(each, crm) for each in card.tickets[:SHOWN]])
    _section(t("Calls ({n})", n=card.calls), [tell.call_row(each, crm, process) for each in calls[:SHOWN]])


def _every(days: int) -> Phrase:
    return nt("every day", "every {n} days", days)


def _section(title: Phrase, rows: list[tell.Row]) -> None:
    if rows:
        say.line()
        say.line(title)
        say.table(rows, indent="  ")
