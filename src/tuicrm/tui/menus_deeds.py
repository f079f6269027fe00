"""What the lines of the menu do that are no keys of the screen: history, copying, links, drafts. Table: ``menus``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tuicrm.domain.links import shown as shown_link
from tuicrm.domain.models import Card, Contact, PhoneNumber
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.labels import label_words
from tuicrm.tui import copying

if TYPE_CHECKING:
    from tuicrm.tui.screens.base import Place

T = TypeVar("T")
NOTHING = Phrase()


@dataclass(frozen=True, slots=True)
class Subject:
    """What the menu is about, read when it opens. ``record``: what is selected, if that is no contact: its kind, id.
    ``repeats``: it is an open follow-up of a series."""

    card: Card | None
    record: tuple[str, int] | None
    links: tuple[str, ...]
    drafts: int
    region: str
    marked: int = 0
    repeats: bool = False

    @property
    def contact(self) -> Contact | None:
        return self.card.contact if self.card is not None else None

    @property
    def barred(self) -> int:
        """How much is promised to a contact who must not be called any more."""
        barred = self.contact is not None and self.contact.do_not_call
        return len(self.card.follow_ups) if self.card is not None and barred else 0

    @property
    def name(self) -> str:
        """What to call the contact; ``""`` for nobody."""
        if self.contact is None:
            return ""
        numbers = self.contact.phones
        return self.contact.name or (copying.number(numbers[0], self.region) if numbers else "")


async def history(place: Place, subject: Subject) -> None:
    from tuicrm.tui.screens.history import HistoryPlace

    assert subject.contact is not None, "asked only where somebody is selected"
    await place.crm_app.open_view(HistoryPlace(("contact", subject.contact.id), subject.name))


async def record_history(place: Place, subject: Subject) -> None:
    from tuicrm.tui.screens.history import HistoryPlace

    assert subject.record is not None, "asked only where a record is selected"
    kind, id = subject.record
    whose = t("{kind} {id}, {name}", kind=word(kind), id=id, name=subject.name or t("nobody"))
    await place.crm_app.open_view(HistoryPlace(subject.record, whose))


async def mine(place: Place, subject: Subject) -> None:
    from tuicrm.tui.screens.history import HistoryPlace

    del subject
    await place.crm_app.open_view(HistoryPlace())


async def copy_card(place: Place, subject: Subject) -> None:
    assert subject.contact is not None, "asked only where somebody is selected"
    said = t("Copied the card of {name} as text.", name=subject.name)
    await copying.copy(place, copying.card_text(subject.contact, subject.region), said)


async def copy_vcard(place: Place, subject: Subject) -> None:
    from tuicrm.tui.bridge import cards

    assert subject.contact is not None, "asked only where somebody is selected"
    contact = subject.contact
    written = await place.bridge.read(lambda _: cards.vcard(contact))
    await copying.copy(place, written, t("Copied the card of {name} as vCard.", name=subject.name))


async def plain(place: Place, subject: Subject) -> None:
    assert subject.contact is not None, "asked only where somebody is selected"
    await copying.show_plain(place, copying.card_text(subject.contact, subject.region))


async def copy_number(place: Place, subject: Subject) -> None:
    assert subject.contact is not None, "asked only where there are numbers"
    numbers = subject.contact.phones

    async def take(one: PhoneNumber) -> None:
        said = t("Copied {number}.", number=copying.number(one, subject.region))
        await copying.copy(place, one.e164 or one.raw, said)

    options = [(one, copying.number(one, subject.region), label_words(one.label)) for one in numbers]
    await pick(place, t("Which number?"), options, take)


async def copy_email(place: Place, subject: Subject) -> None:
    assert subject.contact is not None, "asked only where there are addresses"

    async def take(address: str) -> None:
        await copying.copy(place, address, t("Copied {text}.", text=address))

    await pick(
        place,
        t("Which address?"),
        [(one.address, one.address, NOTHING) for one in subject.contact.emails],
        take,
    )


async def open_link(place: Place, subject: Subject) -> None:
    async def take(link: str) -> None:
        from tuicrm.tui.bridge import programs

        if await place.bridge.aside(programs.open_link, link):
            place.say(t("Opened {link}.", link=shown_link(link)))
        else:
            said = t("There is no display here, so it is copied: {link}", link=shown_link(link))
            await copying.copy(place, shown_link(link), said)

    await pick(place, t("Which link?"), [(one, shown_link(one), NOTHING) for one in subject.links], take)


async def cancel_promises(place: Place, subject: Subject) -> None:
    """All that was promised to somebody who must not be called is taken back, in one action."""
    from tuicrm.tui.bridge import promises_bulk
    from tuicrm.tui.dialogs.later import ReasonForm

    assert subject.card is not None, "asked only where somebody is selected"
    ids = tuple(each.id for each in subject.card.follow_ups)

    async def cancel(why: str) -> None:
        done = await place.bridge.write(promises_bulk.cancel, ids, why)
        await place.crm_app.listener.look()
        many = nt("{n} follow-up", "{n} follow-ups", done.changed)
        what = t("{many} cancelled: {why}", many=many, why=why)
        place.say(t("{who}: {what}.", who=subject.name, what=what), undo=True)

    def written(why: str | None) -> None:
        if why is not None:
            place.work(cancel(why))

    heading = nt("Cancel {n} follow-up: {who}", "Cancel {n} follow-ups: {who}", len(ids), who=subject.name)
    await place.app.push_screen(ReasonForm(heading, t("do not call")), written)


async def whose_call(place: Place, subject: Subject) -> None:
    from tuicrm.tui.dialogs.give_call import give_call

    assert subject.record is not None, "asked only where a call is selected"
    await give_call(place, subject.record[1], subject.name)


async def day_sheet(place: Place, subject: Subject) -> None:
    from tuicrm.tui.dialogs.day_sheet import print_day

    del subject
    await print_day(place.crm_app)


async def show_drafts(place: Place, subject: Subject) -> None:
    del subject
    await place.crm_app.bar.drafts.show()


async def pick(
    place: Place,
    title: Phrase,
    options: Sequence[tuple[T, str, Phrase]],
    take: Callable[[T], Awaitable[None]],
) -> None:
    """The only one there is, else the one that is chosen."""
    from tuicrm.tui.dialogs.picker import Option, Picker

    if len(options) == 1:
        await take(options[0][0])
        return

    async def chosen(value: T | None) -> None:
        if value is not None:
            await take(value)

    shown = [Option(value, str(at), name, more) for at, (value, name, more) in enumerate(options, 1)]
    await place.app.push_screen(Picker(title, shown), chosen)
