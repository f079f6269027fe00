"""Where the properties of a vCard go that are neither name, number nor address: into free fields with readable
labels, or nowhere, by the list here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

OWN: Final = "-//tuicrm//"
"""How our own PRODID begins; what such a card holds is taken as it stands."""
OWN_FIELD: Final = "X-TUICRM-FIELD"
OWN_LABEL: Final = "X-LABEL"
OWN_TYPED: Final = "X-TYPED"
OWN_DAY: Final = "X-AS"
"""A day as it was written in another calendar."""
OWN_EXTENSION: Final = "X-EXT"
OWN_OWNER: Final = "X-TUICRM-OWNER"
OWN_DO_NOT_CALL: Final = "X-TUICRM-DO-NOT-CALL"
OWN_CADENCE: Final = "X-TUICRM-CADENCE-DAYS"

ADDRESS: Final = "address"
WEBSITE: Final = "website"
BIRTHDAY: Final = "birthday"
ANNIVERSARY: Final = "anniversary"
DEPARTMENT: Final = "department"
NICKNAME: Final = "nickname"
SALUTATION: Final = "salutation"
BETWEEN: Final = "; "
"""Between several values of one free field."""

NOISE: Final = frozenset(
    (
        # about the file, not the person
        *(
            "BEGIN",
            "END",
            "VERSION",
            "PRODID",
            "REV",
            "UID",
            "PROFILE",
            "SOURCE",
            "NAME",
            "MAILER",
            "CLIENTPIDMAP",
        ),
        *(
            "SORT-STRING",
            "X-CLASS",
            "X-GENERATOR",
            "X-PRODID",
            "X-FILE-AS",
            "CREATED",
            "X-CREATED",
            "X-MODIFIED",
        ),
        # an address book's own housekeeping
        *("X-ABLABEL", "X-ABUID", "X-ABSHOWAS", "X-ABORDER", "X-IMAGEHASH", "X-IMAGETYPE", "X-LIC"),
        *("X-SHARED-PHOTO-DISPLAY-PREF", "X-ADDRESSING-GRAMMAR", "X-APPLE-SUBLOCALITY"),
        *("X-EVOLUTION-FILE-AS", "X-EVOLUTION-REV", "X-EVOLUTION-WEBDAV-ETAG", "X-EVOLUTION-WEBDAV-HREF"),
        *(
            "X-EVOLUTION-BOOK-URI",
            "X-EVOLUTION-BOOK-UID",
            "X-EVOLUTION-LIST",
            "X-EVOLUTION-LIST-SHOW-ADDRESSES",
        ),
        *("X-EVOLUTION-LIST-NAME", "X-EVOLUTION-DEST-CONTACT-UID", "X-EVOLUTION-DEST-HTML-MAIL"),
        *("X-EVOLUTION-GOOGLE-SYSTEM-GROUP-IDS", "X-COUCHDB-APPLICATION-ANNOTATIONS", "X-COUCHDB-UUID"),
        *("X-MOZILLA-HTML", "X-MOZILLA-POPULARITYINDEX", "X-MOZILLA-CARDPHOTO"),
        *("X-MS-OL-DESIGN", "X-MS-OL-DEFAULT-POSTAL-ADDRESS", "X-KADDRESSBOOK-FORMATTEDNAME"),
        *(
            "X-KADDRESSBOOK-CRYPTOPROTOPREF",
            "X-KADDRESSBOOK-CRYPTOSIGNPREF",
            "X-KADDRESSBOOK-CRYPTOENCRYPTPREF",
        ),
        *(
            "X-KADDRESSBOOK-X-IMADDRESS",
            "X-IRMC-LUID",
            "X-SYNCMLREF",
            "X-REDUCTION",
            "X-ACCOUNT",
            "X-TIMES_CONTACTED",
        ),
        *(
            "X-LAST_TIME_CONTACTED",
            "X-SECTION",
            "X-NO",
            "X-RADICALE-NAME",
            "X-ADDRESSBOOKSERVER-MEMBER",
            "MEMBER",
        ),
        # the name once more
        *("X-WAB-NAME", "X-N", "X-SORT-STRING"),
    )
)
"""Properties that are left out, each on purpose. All others with a value are kept."""

NO_PHOTO: Final = frozenset(("LOGO", "SOUND", "KEY", "X-EVOLUTION-X509"))
"""Properties with bytes that are no picture of anybody, told by their names."""

DATES: Final[Mapping[str, str]] = {
    "BDAY": BIRTHDAY,
    "X-ABDATE": "date",
    "DEATHDATE": "date of death",
    **dict.fromkeys(
        (
            *("ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-KADDRESSBOOK-X-ANNIVERSARY"),
            *("X-MS-ANNIVERSARY", "X-WAB-WEDDING_ANNIVERSARY"),
        ),
        ANNIVERSARY,
    ),
}

TEXTS: Final[Mapping[str, str]] = {
    "TZ": "time zone",
    "GEO": "location",
    "URL": WEBSITE,
    "LANG": "language",
    "FBURL": "free/busy",
    "CALURI": "calendar",
    "CALADRURI": "calendar address",
    "DEATHPLACE": "place of death",
    "ORG-DIRECTORY": "directory",
    "X-WAB-GENDER": "gender",
    "X-MS-IMADDRESS": "instant messenger",
    "X-MS-TEL": "phone",
    "X-MS-URL": WEBSITE,
    "X-EVOLUTION-BLOG-URL": "blog",
    "X-EVOLUTION-VIDEO-URL": "video",
    "X-KADDRESSBOOK-BLOGFEED": "blog",
    "X-SKYPE-USERNAME": "skype",
    "X-YAHOO-ID": "yahoo",
    "X-GOOGLE-TALK": "google talk",
    "X-GTALK": "google talk",
    "X-GOOGLE TALK": "google talk",
    "X-ABRELATEDNAMES": "related",
    "X-ADDRESSBOOKSERVER-KIND": "kind",
    "X-KADDRESSBOOK-X-SPOUSESNAME": "spouse",
    "X-KADDRESSBOOK-X-SPOUSENAME": "spouse",
    "X-KADDRESSBOOK-X-MANAGERSNAME": "manager",
    "X-KADDRESSBOOK-X-ASSISTANTSNAME": "assistant",
}
"""Labels that do not follow from the property's name."""

_BRANDS: Final = (
    "X-MESSAGING/",
    "X-KADDRESSBOOK-X-",
    "X-KADDRESSBOOK-",
    "X-EVOLUTION-",
    "X-MOZILLA-",
    "X-ANDROID-",
    "X-MS-",
    "X-",
)

_PLACES: Final[Mapping[str, str]] = {"home": "home", "work": "work", "business": "work", "other": "other"}
_KINDS: Final[Mapping[str, str]] = {"cell": "mobile", "mobile": "mobile", "fax": "fax", "pager": "pager"}
_SILENT: Final = frozenset(
    (
        *("voice", "pref", "preferred", "internet", "x400", "msg", "text", "iphone", "applewatch", "uri"),
        *("dom", "intl", "postal", "parcel", "utf-8", "n"),
    )
)
_APPLE: Final = re.compile(r"_\$!<(.*?)>!\$_", re.DOTALL)
_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHOUTED: Final = frozenset(("PROFILE", "BLOG", "RELATIVE", "HOME", "WORK", "OTHER", "MOBILE", "MAIN"))

_DATE: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](?:00:?00(?::?00(?:\.0+)?)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_YEARLESS: Final = re.compile(r"--(\d\d)-?(\d\d)", re.ASCII)


def field_name(name: str) -> str:
    """The label of a property without one of its own: ``X-PHONETIC-FIRST-NAME`` -> ``phonetic first name``."""
    if known := DATES.get(name) or TEXTS.get(name):
        return known
    brand = next((brand for brand in _BRANDS if name.startswith(brand) and len(name) > len(brand)), "")
    words = name[len(brand) :].removesuffix("-ALL" if "/" in brand else "").lower()
    return " ".join(re.split(r"[-_ ]+", words)).strip() or name.lower()


def labelled(name: str, label: str) -> str:
    """``address (home)``"""
    return f"{name} ({label})" if label and label != name else name


def label_of(types: Sequence[str]) -> str:
    """The types of a number or an address as one label: ``WORK, FAX, VOICE`` -> ``work fax``."""
    if not types:
        return ""
    places, kinds, others = [], [], []
    for kind in types:
        if kind in _PLACES:
            places.append(_PLACES[kind])
        elif kind in _KINDS:
            kinds.append(_KINDS[kind])
        elif kind not in _SILENT:
            others.append(" ".join(re.split(r"[-_ ]+", kind.removeprefix("x-"))))
    return " ".join(filter(None, dict.fromkeys(places + kinds + others)))


def readable(label: str) -> str:
    """A group's label as a person would write it: ``_$!<HomeFAX>!$_`` -> ``home fax``; a person's own as it is."""
    if found := _APPLE.fullmatch(label):
        plain = _CAPITAL.sub(" ", found[1]).lower()
        return "" if plain == "home page" else plain
    if label in _SHOUTED or (label.isascii() and label.isupper() and "_" in label):
        return label.lower().replace("_", " ")
    return label


def date_text(text: str, *, yearless: bool = False) -> str:
    """A day as ``1980-03-22``, or ``--03-22`` without its year; what is none as it is."""
    text = text.strip()
    if found := _DATE.fullmatch(text):
        return f"--{found[2]}-{found[3]}" if yearless else "-".join(found.groups())
    if found := _YEARLESS.fullmatch(text):
        return f"--{found[1]}-{found[2]}"
    return text
