"""People and tickets as lines of the palette; each opens the card of whom it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuicrm.domain.models import ContactRow, Ticket
from tuicrm.i18n import Phrase, t
from tuicrm.tui.bridge import anything
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.palette import Command, Do
from tuicrm.tui.widgets.cells import phone_words

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

_NO_WORDS = Phrase()


async def records(app: CrmApp, typed: str, *, people: bool, tickets: bool) -> list[Command]:
    """Who and what fits ``typed``."""
    found = await app.bridge.read(anything.found, typed, people=people, of_tickets=tickets)
    region = (await app.bridge.read(reads.scene)).region if found.people else ""
    return [
        *(_person(app, row, region) for row in found.people),
        *(_ticket(app, row) for row in found.tickets),
    ]


def _person(app: CrmApp, row: ContactRow, region: str) -> Command:
    number = phone_words(row.phone, region)
    more = row.company or (number if row.name else "")
    return Command(
        f"contact:{row.id}",
        _NO_WORDS,
        "",
        _card(app, row.id),
        kind=t("person"),
        named=row.name or number,
        more=more,
    )


def _ticket(app: CrmApp, row: Ticket) -> Command:
    return Command(
        f"ticket:{row.id}",
        _NO_WORDS,
        "",
        _card(app, row.contact.id),
        kind=t("ticket {id}", id=row.id),
        named=row.subject,
        more=row.contact.name,
    )


def _card(app: CrmApp, contact_id: int) -> Do:
    async def open_card() -> None:
        from tuicrm.tui.screens.open_card import OpenCard

        await app.open_view(OpenCard(contact_id))

    return open_card
