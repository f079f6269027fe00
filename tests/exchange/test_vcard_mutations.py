"""Files cut, spliced, re-encoded, blown up: never an error, never a hang, every line number in the file."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Final

import pytest

from tests.conftest import LONG
from tests.exchange.cards import card, stored, written
from tests.exchange.test_vcard_out import LEILA
from tuicrm.domain.errors import Invalid
from tuicrm.exchange import vcard
from tuicrm.exchange.incoming import Incoming

MANY: Final = 5_000 if LONG else 500
PICTURE: Final = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBA" * 3
_THIRD: Final = card(
    "N:Moor;Ada;Grace\\, Lou;Dr.;",
    'item1.TEL;TYPE="work,voice":+98 21 8800 0001',
    "item1.X-ABLabel:_$!<Main>!$_",
    "NOTE:first\\nsecond line that is long enough to be folded at the end of seventy-fi",
    " ve octets\\, or so",
    "ADR;TYPE=HOME:;;1 Example Rd\\nFlat 2;Town;;E1;UK",
    f"PHOTO;ENCODING=b;TYPE=JPEG:{PICTURE[:40]}",
    f" {PICTURE[40:]}",
    "AGENT:",
    *("BEGIN:VCARD", "FN:Bo", "END:VCARD"),
    "BDAY:1980-03-22",
)
_OLD: Final = card(
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=86=D9=85=",
    "=D9=88=D9=86=D9=87;=D8=B3=D8=A7=D8=B1=D8=A7;;;",
    "TEL;CELL;PREF:0912-000-0001",
    "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D8=A7):021 8800 0001",
    "# a comment",
    "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=",
    "",
    "PHOTO;ENCODING=BASE64;JPEG:",
    *(PICTURE[at : at + 60] for at in range(0, len(PICTURE), 60)),
    "",
    version="2.1",
)
SEEDS: Final = tuple(
    text.encode()
    for text in (_THIRD, _OLD, written([stored(LEILA)]), _THIRD + _OLD + written([stored(LEILA, 2)]))
)
_SIGNS: Final = (
    *(
        b":",
        b";",
        b",",
        b"=",
        b"\\",
        b'"',
        b"\r",
        b"\n",
        b"\r\n",
        b" ",
        b"\t",
        b"\0",
        b"\xff",
        b"\xd8",
        b"\xef\xbb\xbf",
    ),
    *(
        b"BEGIN:VCARD\n",
        b"END:VCARD\r\n",
        b"AGENT:\n",
        b"\nPHOTO;ENCODING=b:",
        b"=\r\n",
        b"=C3",
        b"\\n",
        b"item1.",
    ),
    *(b";ENCODING=QUOTED-PRINTABLE:", b";CHARSET=utf-16:", b";CHARSET=utf-7:", b"VERSION:2.1\n", b"X" * 300),
)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return (
        data[: rng.randrange(len(data) + 1)] if rng.random() < 0.5 else data[rng.randrange(len(data) + 1) :]
    )


def _take_out(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randrange(80) :]


def _splice(data: bytes, rng: random.Random) -> bytes:
    other = rng.choice(SEEDS)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other)) :]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(_SIGNS) * rng.choice((1, 1, 1, 2, 50, 3_000)) + data[at:]


def _turn_bytes(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 20)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _shuffle_lines(data: bytes, rng: random.Random) -> bytes:
    found = data.splitlines(keepends=True)
    rng.shuffle(found)
    return b"".join(found)


def _other_ends(data: bytes, rng: random.Random) -> bytes:
    ends = (b"\n", b"\r", b"\r\r\n", b"\n\n", b"\n\r")
    return b"".join(line + rng.choice(ends) for line in data.split(b"\r\n"))


def _encode_again(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        rng.choice(("utf-16", "utf-16-be", "utf-8-sig", "cp1256", "shift_jis", "utf-32")), "replace"
    )


def _repeat(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start : start + rng.randrange(200)] * rng.randrange(2, 60) + data[start:]


MUTATIONS: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    *(_cut, _take_out, _splice, _insert, _turn_bytes, _shuffle_lines, _other_ends, _encode_again, _repeat),
)


def _read(data: bytes) -> list[Incoming]:
    """What a file gives; nothing when it has no card at all."""
    if not re.search(rb"BEGIN[ \t]*:[ \t]*VCARD", data.replace(b"\0", b""), re.IGNORECASE):
        with pytest.raises(Invalid) as refused:
            vcard.read(data, "people.vcf", "IR")
        assert refused.value.code in ("vcard_none", "file_empty")
        return []
    try:
        return list(vcard.read(data, "people.vcf", "IR"))
    except Invalid:
        # zero bytes within the word
        return []


@pytest.mark.parametrize("share", range(10))
def test_a_file_that_was_tampered_with_gives_contacts_or_refusals(share: int) -> None:
    for number in range(share * MANY // 10, (share + 1) * MANY // 10):
        rng = random.Random(number)
        data = rng.choice(SEEDS)
        for _ in range(rng.randrange(1, 5)):
            data = rng.choice(MUTATIONS)(data, rng) or b"\n"
        lines = re.split(rb"\r\r?\n|\n|\r", data)
        for found in _read(data):
            if b"\0" not in data and (found.contact or found.code == "vcard_no_end"):
                assert b"BEGIN" in lines[found.line - 1].upper(), number
            assert (found.contact is None) == bool(found.code), number
            assert not (found.refused and found.contact), number


def test_cards_before_and_behind_a_broken_one_are_not_hurt() -> None:
    """Whatever is cut out of the middle card, within its lines, the others are read as if nothing was."""
    for number in range(MANY // 2):
        rng = random.Random(number)
        body = "\r\n".join(_THIRD.split("\r\n")[2:-6])
        start = rng.randrange(len(body))
        broken = (
            "BEGIN:VCARD\r\nVERSION:3.0\r\n"
            + body[:start]
            + body[start + rng.randrange(60) :]
            + "\r\nEND:VCARD\r\n"
        )
        found = [
            each for each in _read((card("FN:First") + broken + card("FN:Last")).encode()) if each.contact
        ]
        names = [each.contact.name for each in found if each.contact]
        assert (names[0], names[-1]) == ("First", "Last"), number


@pytest.mark.parametrize("seed", SEEDS)
def test_a_file_cut_anywhere_keeps_the_cards_before_the_cut(seed: bytes) -> None:
    def inner(part: bytes) -> int:
        """Cards that are an agent's."""
        return len(re.findall(rb"AGENT:\r\nBEGIN:VCARD\r\nFN:Bo\r\nEND:VCARD", part))

    whole = _read(seed)
    for place in range(0, len(seed), 1 if LONG else 7):
        found = [each for each in _read(seed[:place]) if each.contact]
        assert found == whole[: len(found)]
        assert len(found) == len(re.findall(rb"(?m)^END:VCARD", seed[:place])) - inner(seed[:place])
