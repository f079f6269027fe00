"""Files spoiled in every way, the same for the same number."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from tests.exchange.hostile_seeds import SEEDS

_ANY: Final = (
    *(
        b'"',
        b"'",
        b",",
        b";",
        b"\t",
        b"|",
        b":",
        b"=",
        b"\\",
        b"\r",
        b"\n",
        b"\r\n",
        b" ",
        b"\0",
        b"\x1a",
        b"\x1b$B",
    ),
    *(
        b"\xff",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xc0\x80",
        b"\xe2\x80\xa8",
        b"\xc2\x85",
    ),
    *(b"\xe2\x81\xa7", b"9" * 400, b"-1", b"1e999", b"\xd9\xa1", b"X" * 300, b"%s{n}{}{0.x}"),
)
_OWN: Final[Mapping[str, Sequence[bytes]]] = {
    "vcard": (
        *(
            b"BEGIN:VCARD\n",
            b"END:VCARD\r\n",
            b"AGENT:\nBEGIN:VCARD\n",
            b"\nPHOTO;ENCODING=b:",
            b"=\r\n",
            b"\\n",
            b"a.b.",
        ),
        *(
            b";ENCODING=QUOTED-PRINTABLE:",
            b";CHARSET=utf-16:",
            b";CHARSET=utf-7:+2D0-",
            b"VERSION:2.1\n",
            b"\n ",
        ),
        *(b";ENCODING=B:////", b";CHARSET=idna:", b";CHARSET=zlib:", b"\nTEL;VALUE=uri:tel:\n", b"=D8=\n"),
    ),
    "csv": (b'""', b'"a"b', b",,,,", b"sep=,\n", b'="', b"'=", b"\n\n\n", b'\n"', b'"\n', b":::", b"ext. "),
    "json": (
        *(
            b"[",
            b"{",
            b"]",
            b"}",
            b"null",
            b"{}",
            b'"\\ud800"',
            b"\\ud800",
            b"\\u0000",
            b"1e999",
            b"NaN",
            b"-Infinity",
        ),
        *(
            b"true",
            b'"name":',
            b'"phones":[[]],',
            b'"fields":{"":""},',
            b'"fields":[1],',
            b'"tags":[{}],',
            b'"id":{},',
        ),
        *(b'"emails":[{}],', b'"name":null,', b'"name":{"a":[]},', b'"tags":"vip",', b'"phones":{"raw":1},'),
    ),
    "ics": (
        *(
            b"BEGIN:VTODO\r\n",
            b"END:VTODO\r\n",
            b"BEGIN:VEVENT\n",
            b"BEGIN:VALARM\n",
            b"END:VALARM\n",
            b"END:VCALENDAR\n",
        ),
        *(
            b"\r\n ",
            b";TZID=Nowhere/There:",
            b";TZID=../../etc/x:",
            b"99999999T999999Z",
            b"00000101",
            b"\nDUE:00010101T000000Z\n",
        ),
        *(
            b"\nTRIGGER:-P99999999999W\n",
            b"\nTRIGGER:P\n",
            b"\nRRULE:FREQ=X;COUNT=-1\n",
            b"\nDURATION:PT9999999999H\n",
        ),
        *(b"\nDTSTART:99991231T235959Z\n", b";VALUE=DATE:", b"=0A=\n", b"BEGIN:VCALENDAR\n"),
    ),
    "calls-android": (
        *(
            b"<",
            b">",
            b"&",
            b"&amp;",
            b"&x;",
            b"&#0;",
            b"&#x110000;",
            b"&#xD800;",
            b"<![CDATA[",
            b"]]>",
            b"<!--",
            b"-->",
        ),
        *(
            b'<!DOCTYPE x [<!ENTITY a "b">]>',
            b'<!DOCTYPE x SYSTEM "file:///etc/hostname">',
            b"<calls>",
            b"</calls>",
            b"<call",
        ),
        *(
            b' date="99999999999999999999"',
            b' date="-9999999999999999"',
            b' duration="1e9"',
            b' type="99"',
            b"/>",
            b"<?x?>",
        ),
    ),
}
_ROWS: Final = (
    *(
        b'""',
        b'"a"b',
        b",,,,",
        b'\n"',
        b'"\n',
        b"2026-02-30 25:61:61",
        b"0000-00-00 00:00:00",
        b"9999-12-31 23:59:59",
    ),
    *(
        b"99999999999999999999",
        b"-5",
        b"ANSWERED",
        b"NORMAL_CLEARING",
        b"sip:x@y",
        b"0001-01-01 00:00:00",
        b"nan",
    ),
)
_ODD: Final[Sequence[Any]] = (
    *(
        None,
        True,
        0,
        -1,
        10**300,
        1e308,
        float("nan"),
        float("inf"),
        "",
        " ",
        "\0",
        "\ud800",
        "x" * 5_000,
        [],
        {},
    ),
    *(
        [None],
        [[]],
        [{}],
        [{"raw": None}],
        [{"raw": []}],
        [{"address": 1}],
        [{"address": "a@b", "label": {}}],
    ),
    *(
        {"": ""},
        {"a": []},
        {"a": {"b": 1}},
        {"x" * 300: 1},
        ["a", 1, True],
        "a@b",
        "\u2067\u2028\r\n\x1b[31m",
    ),
)
"""Values of JSON where others belong."""
_DEEP: Final[Mapping[str, tuple[bytes, bytes]]] = {
    "vcard": (b"BEGIN:VCARD\r\nFN:x\r\nAGENT:\r\n", b"END:VCARD\r\n"),
    "csv": (b'"', b""),
    "json": (b'[{"name":', b"}]"),
    "ics": (b"BEGIN:VTODO\r\n", b"END:VTODO\r\n"),
    "calls-android": (b"<calls>", b"</calls>"),
}
_ENCODINGS: Final = (
    *(
        "utf-16",
        "utf-16-be",
        "utf-16-le",
        "utf-8-sig",
        "cp1256",
        "shift_jis",
        "utf-32",
        "iso2022_jp",
        "utf-7",
    ),
    *("cp1252", "gb18030", "koi8-r", "cp500"),
)


def signs(form: str) -> Sequence[bytes]:
    """What means something in a format, and what nobody expects."""
    return (*_ANY, *_OWN.get(form, _ROWS))


def _cut(data: bytes, _: str, rng: random.Random) -> bytes:
    place = rng.randrange(len(data) + 1)
    return data[:place] if rng.random() < 0.5 else data[place:]


def _take_out(data: bytes, _: str, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randrange(80) :]


def _splice(data: bytes, form: str, rng: random.Random) -> bytes:
    other = rng.choice(SEEDS[form if rng.random() < 0.8 else rng.choice(list(SEEDS))])
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other)) :]


def _insert(data: bytes, form: str, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(signs(form)) * rng.choice((1, 1, 1, 2, 50, 2_000)) + data[at:]


def _insert_some(data: bytes, form: str, rng: random.Random) -> bytes:
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(signs(form)) + data[at:]
    return data


def _turn_bytes(data: bytes, _: str, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _turn in range(rng.randrange(1, 20)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _shuffle_lines(data: bytes, _: str, rng: random.Random) -> bytes:
    found = data.splitlines(keepends=True)
    rng.shuffle(found)
    return b"".join(found)


def _other_ends(data: bytes, _: str, rng: random.Random) -> bytes:
    ends = (b"\n", b"\r", b"\r\r\n", b"\n\n", b"\n\r")
    return b"".join(line + rng.choice(ends) for line in data.splitlines())


def _encode_again(data: bytes, _: str, rng: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(_ENCODINGS), "replace")


def _repeat(data: bytes, _: str, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start : start + rng.randrange(200)] * rng.randrange(2, 60) + data[start:]


def _take_quotes(data: bytes, _: str, rng: random.Random) -> bytes:
    places = [place for place, byte in enumerate(data) if byte in b"\"'<>{}[]"]
    for place in sorted(rng.sample(places, min(len(places), rng.randrange(1, 4))), reverse=True):
        data = data[:place] + data[place + 1 :]
    return data


def _nest(data: bytes, form: str, rng: random.Random) -> bytes:
    begins, ends = _DEEP.get(form, _DEEP["csv"])
    depth, at = rng.choice((3, 40, 1_200)), rng.randrange(len(data) + 1)
    return data[:at] + begins * depth + data[at:] + ends * rng.choice((0, depth, depth + 5))


def _odd_values(data: bytes, form: str, rng: random.Random) -> bytes:
    """In place of some values, others of any kind."""
    if form != "json":
        return _insert_some(data, form, rng)
    try:
        rows = json.loads(data)
    except ValueError:
        return data
    rows = rows if isinstance(rows, list) else [rows]
    for _ in range(rng.randrange(1, 6)):
        row = rng.choice(rows) if rows else None
        if isinstance(row, dict):
            names = [*row, "name", "phones", "emails", "tags", "fields", "note", "company", "owner", "id"]
            row[rng.choice(names)] = rng.choice(_ODD)
        elif rows:
            rows[rng.randrange(len(rows))] = rng.choice(({"name": ""}, {"name": []}, {"name": "Bo"}))
    return json.dumps(rows).encode()


MUTATIONS: Final[Sequence[Callable[[bytes, str, random.Random], bytes]]] = (
    *(
        _cut,
        _take_out,
        _splice,
        _insert,
        _insert_some,
        _turn_bytes,
        _shuffle_lines,
        _other_ends,
        _encode_again,
    ),
    *(_repeat, _take_quotes, _nest, _odd_values, _odd_values),
)


def mutated(form: str, number: int) -> bytes:
    """File ``number`` of a format: one of its seeds, spoiled one to four times."""
    rng = random.Random(f"{form} {number}")
    data = SEEDS[form][number % len(SEEDS[form])]
    # one byte too many spoils the whole of a JSON file: half of them stay JSON
    ways = MUTATIONS if form != "json" or rng.random() < 0.5 else (_odd_values,)
    for _ in range(rng.randrange(1, 5)):
        data = rng.choice(ways)(data, form, rng) or b"\n"
    return data


def huge(form: str, size: int) -> dict[str, bytes]:
    """Files of at least ``size`` bytes, each big in one way, by what is big in it."""
    seed = SEEDS[form][0]
    middle = seed.index(b"Q0003Z")
    begins, ends = _DEEP.get(form, _DEEP["csv"])
    deep = size // len(begins)
    found = {
        "one long value": seed[:middle] + b"x" * size + seed[middle:],
        "one long value beyond Latin": seed[:middle] + "😀س".encode() * (size // 6) + seed[middle:],
        "a value of quotation marks": seed[:middle] + b'"' * size + seed[middle:],
        "a mark never closed": seed[:middle] + b'"' + seed * (size // len(seed)),
        "line ends": seed[:middle] + b"\r\n" * (size // 2) + seed[middle:],
        "lines of blanks": seed[:middle] + b" \n" * (size // 2) + seed[middle:],
        "zero bytes": seed[:middle] + b"\0" * size + seed[middle:],
        "separators": seed[:middle] + b",;:=" * (size // 4) + seed[middle:],
        "backslashes": seed[:middle] + b"\\" * size + seed[middle:],
        "nesting that ends": seed[:middle] + begins * deep + ends * deep + seed[middle:],
        "nesting that never ends": begins * deep,
        "bytes without sense": seed[:middle] + random.Random(size).randbytes(size),
    }
    for place, sign in enumerate(_OWN.get(form, _ROWS)):
        found[f"sign {place}"] = seed[:middle] + sign * (size // len(sign)) + seed[middle:]
    return found
