"""Our own JSON: an array of the records that ``--json`` prints, in and out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, TextIO

from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.exchange import own_lists
from tuicrm.exchange.incoming import Incoming, days, has_digit, looks_like_address
from tuicrm.exchange.refused import Refused

_HALF: Final = re.compile("[\ud800-\udfff]")
_LINE_END: Final = re.compile(r"\r\n?|\n")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_ARRAY: Final = re.compile(r"[ \t\r\n]*\[")
_SHOWN: Final = 60
_CONTACT: Final = "contact"
_PHONES: Final = {
    "phones": "",
    "phone": "",
    "phone_number": "",
    "telephone": "",
    "tel": "",
    "mobile": "mobile",
    "cell": "mobile",
    "fax": "fax",
}
"""Keys that hold one number or several, and the label of those without one."""
_EMAILS: Final = ("emails", "email", "email_address", "mail")
_OWN: Final = frozenset(
    (
        *("id", "name", "company", "tags", "fields", "note", "private_note", "photo"),
        *("do_not_call", "owner", "cadence_days", "touch_days", "touch_at", "last_call_at", "last_spoke_at"),
        *("open_tickets", "next_follow_up", "calls", "follow_ups", "tickets", "merged", "merged_into"),
        *("created_at", "updated_at", "deleted_at"),
    )
)
"""Keys of our own records, which become no fields."""
_decode: Final = json.JSONDecoder().raw_decode


def read(text: str, name: str) -> Iterator[Incoming]:
    """The contacts of an export, or of another program. ``name``: the file, for refusals. Raises
    ``Invalid("json_bad")``, ``Invalid("json_not_contacts")``, or for our own other lists what ``own_lists`` has,
    before the first row."""
    if array := _ARRAY.match(text):
        # looked through to its end before, one by one too
        kinds = {_kind(row) for _, row in _items(text, array.end(), name)}
        _check(kinds, name)
        return (_incoming(line, row, _stranger) for line, row in _items(text, array.end(), name))
    found = _value(partial(json.loads, text), name)
    if isinstance(found, Mapping) and "tuicrm" in found:
        from tuicrm.exchange import everything

        rows = everything.contacts(text, name)
        # columns of its tables, no fields
        return (_incoming(place, row, lambda _: False) for place, row in enumerate(rows, start=1))
    _check({_kind(found)}, name)
    return iter((_incoming(_ends(text, 0, _behind_space(text, 0)) + 1, found, _stranger),))


def _check(kinds: Collection[str], name: str) -> None:
    if kinds and _CONTACT not in kinds:
        raise Invalid(next(filter(None, sorted(kinds)), "json_not_contacts"), file=name)


def _items(text: str, start: int, name: str) -> Iterator[tuple[int, Any]]:
    """What an array holds, from behind its bracket on, one after the other, each with its line; with its place where
    all stand on one line. With a million objects in memory Python looks for circles among all of them again and again.
    Raises ``Invalid("json_bad")``."""
    place = _behind_space(text, start)
    several = _LINE_END.search(text.strip()) is not None
    line, seen, many = 1, 0, 0
    sign = text[place : place + 1]
    while sign != "]":
        line, seen, many = line + _ends(text, seen, place), place, many + 1
        item, place = _value(partial(_decode, text, place), name)
        yield line if several else many, item
        place = _behind_space(text, place)
        sign = text[place : place + 1]
        if sign == ",":
            place = _behind_space(text, place + 1)
        elif sign != "]":
            raise _bad(json.JSONDecodeError("Expecting ',' delimiter", text, place), name)
    if (end := _behind_space(text, place + 1)) < len(text):
        raise _bad(json.JSONDecodeError("Extra data", text, end), name)


def _ends(text: str, start: int, end: int) -> int:
    """How many lines end there."""
    return len(_LINE_END.findall(text, start, end))


def _value(decode: Callable[[], Any], name: str) -> Any:
    try:
        return decode()
    except (ValueError, RecursionError) as error:
        raise _bad(error, name) from None


def _bad(error: Exception, name: str) -> Invalid:
    reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    return Invalid("json_bad", file=name, reason=reason)


def _behind_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def write(stream: TextIO, rows: Iterable[Mapping[str, Any]]) -> int:
    """One array, one record a line; gives how many."""
    many = 0
    stream.write("[")
    for row in rows:
        stream.write(",\n" if many else "\n")
        stream.write(json.dumps(row, ensure_ascii=False))
        many += 1
    stream.write("\n]\n" if many else "]\n")
    return many


def _kind(row: Any) -> str:
    """``_CONTACT``, the refusal of a record of another list of ours, or ``""``."""
    if not isinstance(row, Mapping):
        return ""
    return _CONTACT if "name" in row else own_lists.refusal(row.keys())


def _incoming(line: int, row: Any, stranger: Callable[[str], bool]) -> Incoming:
    """A record as a contact. ``stranger``: whether a key is none of ours."""
    if not isinstance(row, Mapping):
        return Incoming(line, code="import_row_shape", params={"reason": _shown(row)}, refused=True)
    if row.get("deleted_at") or row.get("merged_into"):
        return Incoming(line, code="import_deleted")
    try:
        return _contact(line, row, stranger)
    except Refused as why:
        return Incoming(line, code=why.code, params=why.params, refused=True)


def _contact(line: int, row: Mapping[str, Any], stranger: Callable[[str], bool]) -> Incoming:
    phones = [_phone(item, label) for key, label in _PHONES.items() for item in _list(row.get(key))]
    emails = [_email(item) for key in _EMAILS for item in _list(row.get(key))]
    fields, kept, dropped = _fields(row, stranger)
    for column, odd in (
        ("phone", [phone.raw for phone in phones if not has_digit(phone.raw)]),
        ("email", [email.address for email in emails if not looks_like_address(email.address)]),
    ):
        if odd := [text for text in odd if text.strip()]:
            fields[column] = "; ".join(odd)
            kept.append(column)
    contact = NewContact(
        name=_text(row.get("name")),
        company=_text(row.get("company")),
        phones=tuple(phone for phone in phones if has_digit(phone.raw)),
        emails=tuple(email for email in emails if looks_like_address(email.address)),
        tags=tuple(_tags(row.get("tags"))),
        fields=fields,
        note=_text(row.get("note")),
    )
    return Incoming(
        line,
        contact,
        owner=_text(row["owner"]) if row.get("owner") else None,
        do_not_call=bool(row["do_not_call"]) if "do_not_call" in row else None,
        cadence_days=days(row.get("cadence_days")),
        kept=tuple(kept),
        dropped=tuple(dropped),
        photo=bool(row.get("photo")),
    )


def _fields(
    row: Mapping[str, Any], stranger: Callable[[str], bool]
) -> tuple[dict[str, str], list[str], list[str]]:
    """The free fields, the keys of another program that became some, and those that hold more than texts."""
    own = row.get("fields") or {}
    if not isinstance(own, Mapping):
        raise _odd(own)
    fields = {_text(key): _text(value) for key, value in own.items() if value is not None}
    kept, dropped = [], []
    for key, value in row.items():
        if not stranger(key) or value in (None, "", [], {}):
            continue
        name = _text(key)
        try:
            told = "; ".join(_text(each) for each in _list(value))
        except Refused:
            dropped.append(name)
            continue
        fields.setdefault(name, told)
        kept.append(name)
    return fields, kept, dropped


def _stranger(key: str) -> bool:
    return key not in _OWN and key not in _PHONES and key not in _EMAILS


def _list(value: Any) -> Sequence[Any]:
    """What a key holds as several: nothing of null, one of anything that is no list."""
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


def _tags(value: Any) -> Iterator[str]:
    for each in _list(value):
        said = _text(each)
        yield from (part.strip() for part in said.split(",")) if isinstance(value, str) else (said,)


def _phone(item: Any, label: str) -> PhoneNumber:
    if isinstance(item, Mapping):
        raw = item.get("raw") or item.get("e164") or item.get("number") or item.get("value")
        return PhoneNumber(_text(raw), None, _text(item.get("ext")), _text(item.get("label") or label))
    return PhoneNumber(_text(item), None, "", label)


def _email(item: Any) -> EmailAddress:
    if isinstance(item, Mapping):
        address = item.get("address") or item.get("email") or item.get("value")
        return EmailAddress(_text(address).strip(), _text(item.get("label")))
    return EmailAddress(_text(item).strip())


def _text(value: Any) -> str:
    """Text as it is; numbers as they are written; nothing for null. Raises ``Refused`` for all else.

    Half a letter (``\\ud800`` alone), which no file can hold, becomes U+FFFD."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise _odd(value)
    return _HALF.sub("\ufffd", str(value))


def _odd(value: Any) -> Refused:
    return Refused("import_row_shape", reason=_shown(value))


def _shown(value: Any) -> str:
    """How something stands in the file, shortened: in any language it says where a contact is not one."""
    try:
        return _HALF.sub("\ufffd", json.dumps(value, ensure_ascii=False))[:_SHOWN]
    except RecursionError:
        return "[[["
