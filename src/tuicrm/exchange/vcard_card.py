"""The properties of one card, each where it belongs: every one goes somewhere, or is in ``vcard_fields.NOISE``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import unquote

from tuicrm.domain.fold import has_rtl
from tuicrm.domain.models import EmailAddress, PhoneNumber
from tuicrm.exchange import vcard_fields as names
from tuicrm.exchange.addressing import EASTERN
from tuicrm.exchange.incoming import days, has_digit, looks_like_address
from tuicrm.exchange.vcard_values import Property, unescaped

_NOT_PREFERRED: Final = 101
_ANGLED: Final = re.compile(r"[^<>]*<([^<>]*)>\s*")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(.+)", re.DOTALL)
_NO_TELEPHONE: Final = frozenset(("sip", "sips", "xmpp", "skype", "im", "http", "https", "mailto"))
_SERVICES: Final[Mapping[str, str]] = {"ymsgr": "yahoo", "msnim": "msn", "xmpp": "jabber", "x-apple": ""}
_RELATIONS: Final = (
    *("", "assistant", "brother", "child", "domestic partner", "father", "friend", "manager", "mother"),
    *("parent", "partner", "referred by", "relative", "sister", "spouse"),
)
"""As Android numbers them."""
_EVENTS: Final = ("", names.ANNIVERSARY, "other", names.BIRTHDAY)
_PARTS_OF_ADDRESS: Final = 7
"""Box, flat, street, town, province, code, land (RFC 6350)."""
_COUNTRY: Final = re.compile(r"[A-Za-z]{2}")


class Card:
    """What the properties of a card give, one after the other. ``phones``, ``emails``: with their preference, 1 the
    highest. ``fields``: label -> values. ``kept``: labels of fields to be told of. ``formatted``: whole addresses, with
    their labels. ``dropped``: names of properties that have no place here."""

    def __init__(self, properties: Sequence[Property]) -> None:
        self.own = any(each.name == "PRODID" and each.text.startswith(names.OWN) for each in properties)
        self.photo = self.group = self.derived = False
        self.owner: str | None = None
        self.do_not_call: bool | None = None
        self.cadence_days: int | None = None
        self._labels = {p.group: self._readable(p.line_text()) for p in properties if p.name == "X-ABLABEL"}
        self.shown: list[str] = []
        self.parts: list[str] = []
        self.before: list[str] = []
        """The words of ``parts`` that stand before a name, its first ones."""
        self.nicknames: list[str] = []
        self.companies: list[str] = []
        self.phones: list[tuple[int, PhoneNumber]] = []
        self.emails: list[tuple[int, EmailAddress]] = []
        self.tags: list[str] = []
        self.notes: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.kept: dict[str, None] = {}
        self.formatted: list[tuple[str, str]] = []
        self.dropped: dict[str, None] = {}
        for each in properties:
            if each.binary and each.name in names.NO_PHOTO:
                self.dropped[each.name] = None
            elif each.binary:
                self.photo = True
            else:
                _TAKEN.get(each.name, Card._other)(self, each)

    # --- one property -----------------------------------------------------------------------------------------

    def keep(self, label: str, text: str, *, told: bool = True) -> None:
        """A free field; further ones of that label go behind the first. ``told``: the report names it."""
        if text and (self.own or text not in self.fields.get(label, ())):
            self.fields.setdefault(label, []).append(text)
            if told:
                self.kept[label] = None

    def _readable(self, label: str) -> str:
        return label if self.own else names.readable(label)

    def label(self, each: Property) -> str:
        """What the group is called, else the types."""
        own = self._labels.get(each.group, "") if each.group else ""
        return own or names.label_of(each.types)

    def _preferred(self, each: Property) -> int:
        if not each.params and not each.types:
            return _NOT_PREFERRED
        place = each.params.get("PREF", "")
        if place.isascii() and place.isdigit() and len(place) < 4:
            return int(place)
        return 1 if "pref" in each.types or "preferred" in each.types else _NOT_PREFERRED

    def _fn(self, each: Property) -> None:
        if text := each.line_text():
            self.shown.append(text)
        self.derived = self.derived or (self.own and each.params.get("DERIVED", "").lower() == "true")

    def _n(self, each: Property) -> None:
        family, given, more, before, behind = ([*each.lists(), [], [], [], [], []])[:5]
        parts = (before, family, given, more, behind)
        if not EASTERN.search("".join(family + given)):
            parts = (before, given, more, family, behind)
        found = [word for words in parts for word in words if word]
        if self.parts and found != self.parts:
            self.keep("other name", " ".join(found))
        if not self.parts:
            self.parts, self.before = found, [word for word in before if word]

    def _nickname(self, each: Property) -> None:
        self.nicknames += filter(None, each.parts(","))

    def _org(self, each: Property) -> None:
        company, *departments = each.parts(";")
        if company and company not in self.companies:
            if self.companies:
                self.keep("other company", company)
            self.companies.append(company)
        self.keep(names.DEPARTMENT, ", ".join(filter(None, departments)))

    def _tel(self, each: Property) -> None:
        text, extension = each.line_text(), each.params.get(names.OWN_EXTENSION, "")
        scheme = _SCHEME.fullmatch(text)
        if scheme and scheme[1].lower() == "tel":
            text, extension = _tel_uri(scheme[2])
        elif scheme and scheme[1].lower() in _NO_TELEPHONE:
            self.keep(scheme[1].lower(), unquote(scheme[2]))
            return
        text = each.params.get(names.OWN_TYPED, text)
        if has_digit(text):
            phone = PhoneNumber(text, None, extension, self.label(each))
            self.phones.append((self._preferred(each), phone))
        else:
            self.keep(names.labelled("phone", self.label(each)), text)

    def _email(self, each: Property) -> None:
        text = each.line_text()
        angled = _ANGLED.fullmatch(text)
        address = (angled[1] if angled else text).strip().removeprefix("mailto:").removeprefix("MAILTO:")
        several = [address] if self.own or address.count("@") < 2 else re.split(r"[;,\s]+", address)
        if all(map(looks_like_address, several)):
            label, place = self.label(each), self._preferred(each)
            self.emails += [(place, EmailAddress(part, label)) for part in several]
        else:
            self.keep("email", text)

    def _categories(self, each: Property) -> None:
        sign = ";" if each.old and "," not in each.text else ","
        self.tags += filter(None, each.parts(sign))

    def _note(self, each: Property) -> None:
        if text := each.unescaped():
            self.notes.append(text)

    def _adr(self, each: Property) -> None:
        comma = "، " if has_rtl(each.text) and not self.own else ", "
        parts = [comma.join(filter(None, words)) for words in each.lists(lines=True)]
        parts = [part if self.own else part.rstrip(", ") for part in parts if part.strip(", ")]
        text = comma.join(parts if comma == ", " else _from_the_land_down(each, parts))
        if envelope := unescaped(each.params.get("LABEL", "")).strip():
            text = text or envelope
            self.formatted.append((self.label(each), envelope))
        self.keep(names.labelled(names.ADDRESS, self.label(each)), text)

    def _whole_address(self, each: Property) -> None:
        if not (each.name == "X-ABADR" and _COUNTRY.fullmatch(each.text.strip())):
            self.formatted.append((self.label(each), each.unescaped()))

    def _sound(self, each: Property) -> None:
        self.keep("phonetic name", " ".join(filter(None, each.parts(";"))))

    def _kind(self, each: Property) -> None:
        kind = each.line_text().lower()
        if kind == "group":
            self.group = True
        elif kind != "individual":
            self.keep("kind", kind)

    def _evolution_list(self, each: Property) -> None:
        self.group = self.group or each.text.strip().lower() == "true"

    def _class(self, each: Property) -> None:
        if (text := each.line_text()).lower() != "public":
            self.keep("access", text)

    def _impp(self, each: Property) -> None:
        scheme = _SCHEME.fullmatch(text := each.line_text())
        service = each.params.get("X-SERVICE-TYPE") or each.params.get("SERVICE-TYPE") or ""
        if scheme:
            text = unquote(scheme[2])
            service = service or _SERVICES.get(scheme[1].lower(), scheme[1])
        label = names.label_of(each.types)
        self.keep(names.labelled(service.lower() or "instant messenger", label), text)

    def _profile(self, each: Property) -> None:
        text = each.line_text().removeprefix("x-apple:") or each.params.get("X-USER", "")
        service = each.params.get("SERVICE-TYPE", "").lower() or self.label(each)
        self.keep(service or "profile", text)

    def _related(self, each: Property) -> None:
        label = self.label(each)
        label = label.lower() if label.lower() in _RELATIONS else label
        self.keep(label or names.TEXTS.get(each.name, "related"), each.line_text())

    def _date(self, each: Property) -> None:
        text, name = each.line_text(), names.DATES[each.name]
        if written := each.params.get(names.OWN_DAY):
            text = written
        elif each.params.get("VALUE", "").lower() != "text":
            year = each.params.get("X-APPLE-OMIT-YEAR")
            text = names.date_text(text, yearless=year is not None and text.startswith(year))
        label = self.label(each)
        self.keep(label.lower() if label and name == "date" else name, text)

    def _geo(self, each: Property) -> None:
        text = each.line_text().removeprefix("geo:").replace(";", ",")
        self.keep(names.labelled(names.field_name(each.name), self.label(each)), text)

    def _android(self, each: Property) -> None:
        kind, text, number, label = [*each.parts(";"), "", "", "", ""][:4]
        kind = kind.rpartition("/")[2]
        known = {"relation": _RELATIONS, "contact_event": _EVENTS}.get(kind, ())
        place = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 0
        word = label or (known[place] if 0 < place < len(known) else "")
        if kind == "nickname":
            self.nicknames += [text] if text else []
        else:
            self.keep(word or kind.replace("_", " ") or "android", names.date_text(text))

    def _own_field(self, each: Property) -> None:
        label = each.params.get(names.OWN_LABEL, "") or names.field_name(each.name)
        # a field of one's own that comes back as it was is nothing to be told
        self.keep(label, each.unescaped(), told=False)

    def _owner(self, each: Property) -> None:
        self.owner = each.line_text() or None

    def _do_not_call(self, each: Property) -> None:
        self.do_not_call = each.text.strip().lower() in ("1", "true", "yes")

    def _cadence(self, each: Property) -> None:
        self.cadence_days = days(each.text.strip())

    def _other(self, each: Property) -> None:
        if each.name not in names.NOISE:
            label = names.labelled(names.field_name(each.name), self.label(each))
            self.keep(label, each.unescaped())


_TAKEN: Final[Mapping[str, Callable[[Card, Property], None]]] = {
    "FN": Card._fn,
    "N": Card._n,
    "NICKNAME": Card._nickname,
    "ORG": Card._org,
    "TEL": Card._tel,
    "X-MS-TEL": Card._tel,
    "EMAIL": Card._email,
    "CATEGORIES": Card._categories,
    "NOTE": Card._note,
    "ADR": Card._adr,
    "LABEL": Card._whole_address,
    "X-ABADR": Card._whole_address,
    "SOUND": Card._sound,
    "KIND": Card._kind,
    "X-ADDRESSBOOKSERVER-KIND": Card._kind,
    "X-EVOLUTION-LIST": Card._evolution_list,
    "CLASS": Card._class,
    "IMPP": Card._impp,
    "X-SOCIALPROFILE": Card._profile,
    "SOCIALPROFILE": Card._profile,
    "RELATED": Card._related,
    "X-ABRELATEDNAMES": Card._related,
    "GEO": Card._geo,
    "X-ANDROID-CUSTOM": Card._android,
    names.OWN_FIELD: Card._own_field,
    names.OWN_OWNER: Card._owner,
    names.OWN_DO_NOT_CALL: Card._do_not_call,
    names.OWN_CADENCE: Card._cadence,
    **dict.fromkeys(names.DATES, Card._date),
}


def _from_the_land_down(each: Property, parts: list[str]) -> list[str]:
    """The parts of a Persian address as it is written: land, province, town, street, and the post code at the end. A
    town that has the name of its province stands once."""
    whole = [", ".join(filter(None, words)).strip(", ") for words in each.lists(lines=True)]
    if len(whole) < _PARTS_OF_ADDRESS:
        return parts
    box, more, street, town, province, code, land = whole[:_PARTS_OF_ADDRESS]
    return list(dict.fromkeys(filter(None, (land, province, town, street, more, box, code))))


def _tel_uri(text: str) -> tuple[str, str]:
    """``+1-555;ext=7`` or ``7042;phone-context=+1-914`` as number and extension."""
    number, *params = text.split(";")
    given = {name.lower(): unquote(value) for name, _, value in (param.partition("=") for param in params)}
    context = given.get("phone-context", "")
    return (context if context.startswith("+") else "") + unquote(number), given.get("ext", "")
