"""vCard 4.0 (RFC 6350) out: what other address books understand stands where they look for it, the rest in
properties of our own, so that ``vcard.read`` gives back what was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Final, TextIO
from urllib.parse import quote

from tuicrm.domain.calendars import make_date
from tuicrm.domain.models import Contact, EmailAddress, PhoneNumber
from tuicrm.exchange import vcard_fields as names

_WIDTH: Final = 75
"""Octets of a line, without its end."""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})
_CARETS: Final = str.maketrans({"^": "^^", "\n": "^n", '"': "^'", "\r": None})
_PLAIN: Final = re.compile(r"[A-Za-z0-9\-]+")
_TYPES: Final = {"home": "home", "work": "work", "mobile": "cell", "fax": "fax", "pager": "pager"}
_DAY: Final = re.compile(r"(?:(\d{4})-|(--))(\d\d)-(\d\d)", re.ASCII)
_JALALI_DAY: Final = re.compile(r"(1[2-4]\d\d)[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)
"""A year that is Jalali: nobody who is alive was born in it by the other calendar."""
_DATES: Final = {names.BIRTHDAY: "BDAY", names.ANNIVERSARY: "ANNIVERSARY"}
_TEXTS: Final = {"title": "TITLE", "role": "ROLE", names.NICKNAME: "NICKNAME"}
_PLACED: Final = re.compile(rf"({names.ADDRESS}|{names.WEBSITE})(?: \((home|work)\))?")


def write(stream: TextIO, contacts: Iterable[Contact]) -> int:
    """One card for each contact, lines folded at 75 octets and ended by CR LF; gives how many. The stream must
    not translate line ends (``newline=""``)."""
    many = 0
    for contact in contacts:
        for line in _card(contact):
            stream.write(folded(line))
        many += 1
    return many


def folded(line: str) -> str:
    """A line with its ends, in parts of 75 octets at most; no character is cut."""
    data = line.encode("utf-8", "replace")
    if len(data) <= _WIDTH:
        return f"{line}\r\n"
    parts, start, room = [], 0, _WIDTH
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end].decode("utf-8"))
        start, room = end, _WIDTH - 1
    return "\r\n ".join(parts) + "\r\n"


def _card(contact: Contact) -> Iterator[str]:
    # Imported here: nothing else of the program needs it.
    from uuid import NAMESPACE_URL, uuid5

    group = _Groups()
    made = contact.created_at.astimezone(UTC).isoformat()
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"PRODID:{names.OWN}vCard//EN")
    yield f"UID:urn:uuid:{uuid5(NAMESPACE_URL, f'tuicrm:contact/{contact.id}/{made}')}"
    yield f"REV:{contact.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield from _names(contact)
    yield from _company(contact)
    for place, phone in enumerate(contact.phones):
        yield from group.labelled(*_phone(phone), phone.label, first=place == 0 < len(contact.phones) - 1)
    for place, email in enumerate(contact.emails):
        yield from group.labelled(*_email(email), email.label, first=place == 0 < len(contact.emails) - 1)
    if contact.tags:
        yield "CATEGORIES:" + ",".join(map(escaped, contact.tags))
    if contact.note:
        yield f"NOTE:{escaped(contact.note)}"
    for label, value in contact.fields.items():
        yield from _field(label, value)
    if contact.do_not_call:
        yield f"{names.OWN_DO_NOT_CALL}:1"
    if contact.owner:
        yield f"{names.OWN_OWNER}:{escaped(contact.owner)}"
    if contact.cadence_days:
        yield f"{names.OWN_CADENCE}:{contact.cadence_days}"
    yield "END:VCARD"


def escaped(text: str) -> str:
    """A text as a value: ``\\ , ;`` and line ends escaped."""
    return text.translate(_ESCAPES)


def _param(name: str, text: str) -> str:
    """``;NAME=value``, by RFC 6868 where a parameter could not hold the text."""
    value = text.translate(_CARETS)
    return f";{name}={value}" if _PLAIN.fullmatch(value) else f';{name}="{value}"'


def _names(contact: Contact) -> Iterator[str]:
    """FN, which must not be empty, and N, in which the last word is taken for the family's name."""
    if contact.name:
        given, _, family = contact.name.rpartition(" ")
        yield f"FN:{escaped(contact.name)}"
        yield f"N:{escaped(family)};{escaped(given)};;;"
        return
    shown = next(iter((*(phone.raw for phone in contact.phones), contact.company)), "")
    yield f"FN;DERIVED=true:{escaped(shown)}"


def _company(contact: Contact) -> Iterator[str]:
    department = contact.fields.get(names.DEPARTMENT, "")
    if contact.company or _is_line(department):
        line = f"ORG:{escaped(contact.company)}"
        yield f"{line};{escaped(department)}" if _is_line(department) else line


def _is_line(text: str) -> bool:
    """Whether a value reads back as it is from a property of one line."""
    return text != "" and " ".join(text.split()) == text


class _Groups:
    """Labels of one's own: ``item1.TEL`` and ``item1.X-ABLabel``, as Apple and Google have them."""

    def __init__(self) -> None:
        self._many = 0

    def labelled(self, name: str, params: str, value: str, label: str, *, first: bool) -> Iterator[str]:
        """A property with its label as types if those say it, else as a group's. ``first``: preferred to others."""
        words = label.split(" ")
        types = [_TYPES[word] for word in words if word in _TYPES]
        preferred = ";PREF=1" if first else ""
        if label and (len(types) < len(words) or names.label_of(types) != label):
            self._many += 1
            yield f"item{self._many}.{name}{params}{preferred}:{value}"
            yield f"item{self._many}.X-ABLabel:{escaped(label)}"
            return
        kinds = f";TYPE={','.join(types)}" if label else ""
        yield f"{name}{params}{kinds}{preferred}:{value}"


def _phone(phone: PhoneNumber) -> tuple[str, str, str]:
    if phone.e164 is None:
        extension = _param(names.OWN_EXTENSION, phone.ext) if phone.ext else ""
        return "TEL", f";VALUE=text{extension}", escaped(phone.raw)
    typed = "" if phone.raw == phone.e164 else _param(names.OWN_TYPED, phone.raw)
    extension = f";ext={quote(phone.ext, safe='')}" if phone.ext else ""
    return "TEL", f";VALUE=uri{typed}", f"tel:{phone.e164}{extension}"


def _email(email: EmailAddress) -> tuple[str, str, str]:
    return "EMAIL", "", escaped(email.address)


# --- free fields --------------------------------------------------------------------------------------------


def _field(label: str, value: str) -> Iterator[str]:
    """A free field where address books look for it, if it reads back the same from there."""
    if label == names.DEPARTMENT and _is_line(value):
        return
    placed = _PLACED.fullmatch(label)
    if placed and _reads_back(placed[1], value):
        yield from _in_place(placed[1], placed[2], value)
    elif label in _DATES and _is_line(value):
        yield f"{_DATES[label]}{_day(value)}"
    elif label in _TEXTS and _is_line(value):
        yield f"{_TEXTS[label]}:{escaped(value)}"
    else:
        yield f"{names.OWN_FIELD}{_param(names.OWN_LABEL, label)}:{escaped(value)}"


def _day(value: str) -> str:
    """A day as the parameters and the value of its property: a Jalali one as the Gregorian that other programs read,
    and as it was written beside it; what is no day as text."""
    jalali = _JALALI_DAY.fullmatch(value)
    if jalali:
        try:
            day = make_date(*map(int, jalali.groups()))
        except ValueError:
            return f";VALUE=text:{escaped(value)}"
        return f"{_param(names.OWN_DAY, value)}:{day:%Y%m%d}"
    found = _DAY.fullmatch(value)
    return f":{''.join(filter(None, found.groups()))}" if found else f";VALUE=text:{escaped(value)}"


def _reads_back(name: str, value: str) -> bool:
    parts = value.split("\n") if name == names.ADDRESS else value.split(names.BETWEEN)
    return all(map(_is_line, parts)) and value.strip(", \n") == value


def _in_place(name: str, place: str | None, value: str) -> Iterator[str]:
    types = f";TYPE={place}" if place else ""
    if name == names.ADDRESS:
        yield f"ADR{types}:;;{escaped(value)};;;;"
        return
    for address in value.split(names.BETWEEN):
        # an address is no text: it has no escapes, unless it could be taken for having one
        value = escaped(address) if "\\" in address else address
        yield f"URL{types}:{value}"
