"""What Enter does on a line of a card: it dials, copies, edits or opens what stands there."""

from __future__ import annotations

from tuicrm.domain.models import Card
from tuicrm.i18n import t
from tuicrm.tui.screens.people_deeds import PeopleDeeds
from tuicrm.tui.screens.person_keys import PersonKeys
from tuicrm.tui.widgets.card_facts import Opens


async def open_line(place: PersonKeys, card: Card, opens: Opens) -> None:
    """Opens what a line of the card is about."""
    contact = card.contact
    if opens.kind == "phone" and opens.place < len(contact.phones):
        await place.crm_app.bar.dialling.dial(contact, keys=1, number=contact.phones[opens.place])
    elif opens.kind == "email" and opens.place < len(contact.emails):
        from tuicrm.tui import copying

        address = contact.emails[opens.place].address
        await copying.copy(place, address, t("Copied {text}.", text=address))
    elif opens.kind == "form" and isinstance(place, PeopleDeeds):
        await place.edit(contact.id, opens.field)
    elif opens.kind == "call":
        from tuicrm.tui.screens.open_call import OpenCall

        await place.crm_app.open_view(OpenCall(opens.place))
    elif opens.kind == "followup":
        await _follow_up(place, card, opens)
    elif opens.kind in ("ticket", "contact"):
        await _history(place, opens, place.name_of(contact))


async def _follow_up(place: PersonKeys, card: Card, opens: Opens) -> None:
    """An open promise is changed; of one that has ended there is its history."""
    found = next((item for item in card.follow_ups if item.id == opens.place), None)
    if found is None:
        await _history(place, opens, place.name_of(card.contact))
        return
    from tuicrm.tui.dialogs.promise_form import change

    await change(place, found)


async def _history(place: PersonKeys, opens: Opens, name: str) -> None:
    from tuicrm.tui.screens.history import HistoryPlace

    named = name if opens.kind == "contact" else t("{name}, #{id}", name=name, id=opens.place)
    await place.crm_app.open_view(HistoryPlace((opens.kind, opens.place), named))
