"""Our own JSON: an array of the records that ``--json`` prints, in and out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TextIO

from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.exchange.incoming import Incoming, days, has_digit, looks_like_address

_HALF: Final = re.compile("[\ud800-\udfff]")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_ARRAY: Final = re.compile(r"[ \t\r\n]*\[")
_decode: Final = json.JSONDecoder().raw_decode


def read(text: str, name: str) -> Iterator[Incoming]:
    """The contacts of an export. ``name``: the file, for refusals. Raises ``Invalid("json_bad")`` or
    ``Invalid("json_not_contacts")`` before the first row."""
    rows: Iterable[Any]
    if array := _ARRAY.match(text):
        # looked through to its end before, one by one too
        kinds = {_is_contact(row) for row in _items(text, array.end(), name)}
        rows = _items(text, array.end(), name)
    else:
        found = _value(partial(json.loads, text), name)
        if isinstance(found, Mapping) and "tuicrm" in found:
            from tuicrm.exchange import everything

            kinds, rows = set(), everything.contacts(text, name)
        else:
            kinds, rows = {_is_contact(found)}, (found,)
    if kinds == {False}:
        raise Invalid("json_not_contacts", file=name)
    return (_incoming(place, row) for place, row in enumerate(rows, start=1))


def _items(text: str, start: int, name: str) -> Iterator[Any]:
    """What an array holds, from behind its bracket on, one after the other: with a million objects in memory Python
    looks for circles among all of them again and again. Raises ``Invalid("json_bad")``."""
    place = _behind_space(text, start)
    sign = text[place : place + 1]
    while sign != "]":
        item, place = _value(partial(_decode, text, place), name)
        yield item
        place = _behind_space(text, place)
        sign = text[place : place + 1]
        if sign == ",":
            place = _behind_space(text, place + 1)
        elif sign != "]":
            raise _bad(json.JSONDecodeError("Expecting ',' delimiter", text, place), name)
    if (end := _behind_space(text, place + 1)) < len(text):
        raise _bad(json.JSONDecodeError("Extra data", text, end), name)


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


def _is_contact(row: Any) -> bool:
    return isinstance(row, Mapping) and "name" in row


def _incoming(place: int, row: Any) -> Incoming:
    if not isinstance(row, Mapping):
        reason = f"{type(row).__name__} where a contact belongs"
        return Incoming(place, code="import_row_shape", params={"reason": reason}, refused=True)
    if row.get("deleted_at") or row.get("merged_into"):
        return Incoming(place, code="import_deleted")
    try:
        return _contact(place, row)
    except (TypeError, AttributeError, ValueError) as error:
        return Incoming(place, code="import_row_shape", params={"reason": str(error)}, refused=True)


def _contact(place: int, row: Mapping[str, Any]) -> Incoming:
    phones = [_phone(item) for item in row.get("phones") or ()]
    emails = [_email(item) for item in row.get("emails") or ()]
    fields = {
        _text(key): _text(value) for key, value in (row.get("fields") or {}).items() if value is not None
    }
    kept = []
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
        tags=tuple(_text(tag) for tag in row.get("tags") or ()),
        fields=fields,
        note=_text(row.get("note")),
    )
    return Incoming(
        place,
        contact,
        owner=_text(row["owner"]) if row.get("owner") else None,
        do_not_call=bool(row["do_not_call"]) if "do_not_call" in row else None,
        cadence_days=days(row.get("cadence_days")),
        kept=tuple(kept),
        photo=bool(row.get("photo")),
    )


def _phone(item: Any) -> PhoneNumber:
    if isinstance(item, Mapping):
        return PhoneNumber(
            _text(item.get("raw") or item.get("e164")), None, _text(item.get("ext")), _text(item.get("label"))
        )
    return PhoneNumber(_text(item))


def _email(item: Any) -> EmailAddress:
    if isinstance(item, Mapping):
        return EmailAddress(_text(item.get("address")).strip(), _text(item.get("label")))
    return EmailAddress(_text(item).strip())


def _text(value: Any) -> str:
    """Text as it is; numbers as they are written; nothing for null. Raises ``TypeError`` for lists and objects.

    Half a letter (``\\ud800`` alone), which no file can hold, becomes U+FFFD."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise TypeError(f"{type(value).__name__} where text belongs")
    return _HALF.sub("\ufffd", str(value))
