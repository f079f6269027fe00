"""The keys of the filter language: which each list knows, what their values are, by which words people know them.

``docs/filters.md`` explains each of them to people; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from tuicrm.domain.fold import plain
from tuicrm.domain.record import record

Kind = Literal[
    "text", "tag", "agent", "digits", "email", "field", "contact", "yes", "code", "day", "since", "until", "last",
    "count", "length", "late", "saved",
]  # fmt: skip
"""What a value is: beginnings of words, a whole tag, a handle, an end of a number, a part of an address, a field of
one's own, a person, yes or no, something with a code, a day or time, its beginning or end alone, when something was
last, a number, a length of time, how late in days, the name of another filter."""

RANGES: Final[frozenset[Kind]] = frozenset({"day", "last", "count", "length", "late"})
"""Kinds of values with an order: they take ``a..b``, ``<`` and ``>``."""


@record
class Key:
    """``name`` is what refusals and completions show; ``also``: other words for it, English and Persian."""

    name: str
    kind: Kind
    also: tuple[str, ...] = ()


def _key(name: str, kind: Kind, also: str = "") -> Key:
    return Key(name, kind, tuple(also.split()))


_PERSON: Final = (
    _key("name", "text", "نام اسم"),
    _key("company", "text", "شرکت"),
    _key("tag", "tag", "برچسب تگ"),
    _key("owner", "agent", "مسئول مالک صاحب"),
)
_SPAN: Final = (_key("from", "since", "از"), _key("to", "until", "تا"))
_SAVED: Final = _key("saved", "saved", "فیلتر ذخیره")
_TOPIC: Final = _key("topic", "code", "موضوع")
_AGENT: Final = _key("agent", "agent", "assignee کارشناس")
_DNC: Final = _key("dnc", "yes", "donotcall تماس‌ممنوع تماس‌نگیرید")
_CONTACT: Final = _key("contact", "contact", "who مخاطب")

LISTS: Final[Mapping[str, tuple[Key, ...]]] = {
    "contacts": (
        *_PERSON,
        _key("phone", "digits", "number شماره تلفن"),
        _key("email", "email", "mail ایمیل"),
        _key("field", "field", "مشخصه فیلد"),
        _DNC,
        _key("created", "day", "day ساخت روز"),
        *_SPAN,
        _key("called", "last", "تماس"),
        _key("spoke", "last", "spoken گفتگو"),
        _key("owed", "late", "تماس‌منظم نوبت نوبت‌تماس"),
        _key("due", "day", "سررسید"),
        _key("calls", "count", "تماس‌ها"),
        _key("followups", "count", "پیگیری‌ها"),
        _key("tickets", "count", "تیکت‌ها"),
        _CONTACT,
        _SAVED,
    ),
    "calls": (
        _AGENT,
        _key("outcome", "code", "نتیجه"),
        _TOPIC,
        _key("channel", "code", "کانال"),
        _key("direction", "code", "جهت"),
        _key("day", "day", "when روز"),
        *_SPAN,
        _key("note", "text", "یادداشت"),
        _key("duration", "length", "long مدت"),
        _key("number", "digits", "phone شماره تلفن"),
        _CONTACT,
        *_PERSON,
        _SAVED,
    ),
    "followups": (
        _AGENT,
        _key("state", "code", "وضعیت"),
        _key("due", "day", "day سررسید روز"),
        *_SPAN,
        _TOPIC,
        _key("reason", "text", "دلیل"),
        _key("attempt", "count", "تلاش"),
        _key("overdue", "yes", "late دیرکرد"),
        _key("repeats", "yes", "repeat recurring تکرار"),
        _key("snoozed", "yes", "waits بعداً"),
        _DNC,
        _CONTACT,
        *_PERSON,
        _SAVED,
    ),
    "tickets": (
        _AGENT,
        _key("status", "code", "وضعیت"),
        _key("category", "code", "دسته"),
        _key("priority", "code", "اولویت"),
        _key("kind", "text", "نوع"),
        _key("subject", "text", "عنوان"),
        _key("created", "day", "day ساخت روز"),
        *_SPAN,
        _key("due", "day", "سررسید"),
        _key("overdue", "yes", "late دیرکرد"),
        _CONTACT,
        *_PERSON,
        _SAVED,
    ),
    "history": (
        _AGENT,
        _key("verb", "code", "action کار"),
        _key("entity", "code", "kind نوع"),
        _key("day", "day", "when روز"),
        *_SPAN,
        _CONTACT,
    ),
}
"""The keys of each list, in the order in which they are offered. ``name``, ``company``, ``owner`` and ``tag`` are the
contact's; ``tag`` of a call or ticket is its own too. ``from`` and ``to`` are about the same moment as the list's first
key of a day: when a contact or ticket was made, a call held, a follow-up is due."""

MOMENT: Final[Mapping[str, str]] = {
    what: next(key.name for key in keys if key.kind == "day") for what, keys in LISTS.items()
}
"""The key whose moment ``from`` and ``to`` are about."""


def names(what: str) -> tuple[str, ...]:
    """The names of a list's keys."""
    return tuple(key.name for key in LISTS[what])


def key_of(what: str, word: str) -> Key | None:
    """The key that a word means in a list; None when it means none."""
    return _WORDS[what].get(_plain(word))


def called(key: Key, *, persian: bool) -> str:
    """The word that is shown for a key: its name, or the first of its Persian words."""
    return next((word for word in key.also if persian and not word.isascii()), key.name)


def in_persian(name: str) -> str:
    """The Persian word for the name of a key of any list; what is none stays as it is."""
    keys = (key for each in LISTS.values() for key in each)
    return next((called(key, persian=True) for key in keys if key.name == name), name)


def _plain(word: str) -> str:
    return "".join(plain(word).split())


_WORDS: Final = {
    what: {_plain(word): key for key in keys for word in (*key.also, key.name)}
    for what, keys in LISTS.items()
}
