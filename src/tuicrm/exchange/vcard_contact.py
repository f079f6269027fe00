"""A card as a contact to be: its name, its numbers once each, its free fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from tuicrm.domain.fold import glued
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.phone import digits, parse_phone, reversed_digits
from tuicrm.domain.record import replace
from tuicrm.exchange import addressing
from tuicrm.exchange import vcard_fields as names
from tuicrm.exchange.incoming import Incoming
from tuicrm.exchange.vcard_card import Card

_SUSPECTED: Final = 7
"""Digits from the end in which two spellings of one number agree."""

T = TypeVar("T", PhoneNumber, EmailAddress)


def incoming(card: Card, line: int, region: str) -> Incoming:
    """The contact, or why there is none. ``line``: where the card begins."""
    name = _name(card)
    _take_formatted(card)
    phones = _once(card, card.phones, _same_number([phone for _, phone in card.phones], region))
    emails = _once(card, card.emails, lambda email: email.address.lower())
    if card.group and not (phones or emails):
        return Incoming(line, code="vcard_group", params={"name": name})
    if not name and not phones:
        return Incoming(line, code="contact_empty", refused=True, photo=card.photo)
    contact = NewContact(
        name=name,
        company=card.companies[0] if card.companies else "",
        phones=phones,
        emails=emails,
        tags=tuple(dict.fromkeys(card.tags)),
        fields={label: _joined(label, values) for label, values in card.fields.items()},
        note="\n".join(dict.fromkeys(card.notes)),
    )
    return Incoming(
        line,
        contact,
        owner=card.owner,
        do_not_call=card.do_not_call,
        cadence_days=card.cadence_days,
        kept=tuple(card.kept),
        dropped=tuple(card.dropped),
        photo=card.photo,
    )


def summary(card: Card) -> str:
    """Who it is and how to reach them, on one line."""
    phones = (phone.raw for _, phone in card.phones)
    emails = (email.address for _, email in card.emails)
    return ", ".join(filter(None, (_name(card), *phones, *emails)))


def _name(card: Card) -> str:
    """The name shown, else the parted one, the nickname, the company, or the address; what else is there becomes
    a field.

    A number makes no name: who has no name is shown by the number anyway.
    """
    _take_address_form(card)
    parted = " ".join(card.parts)
    others = (*card.nicknames, *card.companies[:1], *(email.address for _, email in card.emails))
    name = next(iter((*card.shown, *filter(None, (parted, *others)))), "")
    if card.derived and not parted:
        name = ""
    for other in card.shown[1:]:
        card.keep("other name", other)
    if any(part not in name and glued(part) not in glued(name) for part in card.parts):
        card.keep("full name", parted)
    for nickname in card.nicknames:
        if nickname != name or card.own:
            card.keep(names.NICKNAME, nickname)
    return name


def _take_address_form(card: Card) -> None:
    """How somebody is addressed becomes a field, as in a table. It stands in a part of ``N``, or only in ``FN``, before
    what ``N`` says."""
    if card.own or not card.parts:
        return
    before = " ".join(card.before)
    if not before and card.shown:
        first, _, rest = card.shown[0].partition(" ")
        before = first if glued(rest) == glued("".join(card.parts)) else ""
    if not addressing.is_one(before) or len(card.parts) == len(card.before):
        return
    card.parts = card.parts[len(card.before) :]
    card.shown = [addressing.without(text, before) for text in card.shown]
    card.keep(names.SALUTATION, before)


def _take_formatted(card: Card) -> None:
    """Whole addresses for an envelope, where they say more than the parted ones."""
    if not card.formatted:
        return
    parted = "".join(glued(t) for key, texts in card.fields.items() if _is_address(key) for t in texts)
    for label, text in card.formatted:
        if not all(glued(line) in parted for line in text.splitlines()):
            card.keep(names.labelled("address label", label), text)


def _is_address(label: str) -> bool:
    return label == names.ADDRESS or label.startswith(f"{names.ADDRESS} (")


def _joined(label: str, values: Sequence[str]) -> str:
    several_lines = _is_address(label) or any("\n" in value for value in values)
    return ("\n" if several_lines else names.BETWEEN).join(values)


# --- numbers and addresses ----------------------------------------------------------------------------------


def _once(card: Card, found: Sequence[tuple[int, T]], key: Callable[[T], str]) -> tuple[T, ...]:
    """The preferred first; none twice with the same label, or without one. Our own cards are as they are."""
    ordered = [each for _, each in sorted(found, key=lambda pair: pair[0])]
    if card.own or len(ordered) < 2:
        return tuple(ordered)
    kept: list[T] = []
    places: dict[str, list[int]] = {}
    for each in ordered:
        same = places.setdefault(key(each), [])
        twin = next((at for at in same if not each.label or kept[at].label in ("", each.label)), None)
        if twin is None:
            same.append(len(kept))
            kept.append(each)
        elif not kept[twin].label:
            kept[twin] = replace(kept[twin], label=each.label)
    return tuple(kept)


def _same_number(phones: Sequence[PhoneNumber], region: str) -> Callable[[PhoneNumber], str]:
    """What is equal for two spellings of a number. Only numbers with the same end are looked at closely."""
    endings = Counter(digits(phone.raw)[-_SUSPECTED:] for phone in phones) if len(phones) > 1 else {}

    def key(phone: PhoneNumber) -> str:
        ending = digits(phone.raw)[-_SUSPECTED:]
        if endings[ending] == 1:
            return ending
        read = parse_phone(phone.raw, region)
        return f"{reversed_digits(read, region)}/{read.ext or phone.ext}"

    return key
