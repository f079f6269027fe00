"""Letters that a program read in the wrong encoding and saved so are what they were meant to be."""

from __future__ import annotations

import pytest

from tuicrm.exchange.read_twice import TWICE, mended
from tuicrm.exchange.recognise import recognise
from tuicrm.uneven import was_read_twice


def twice(text: str) -> str:
    """As a program shows UTF-8 that it takes for Windows-1252."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    "text", ["Isla Müller", "Zoë, 5 € – “soon”", "علی رضایی", "می‌خواهد", "Łukasz Żak", "Иван", "Ωmega; Ελένη"]
)
def test_what_was_read_twice_is_read_once(text: str) -> None:
    assert twice(text) != text
    assert mended(twice(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Isla Müller",
        "CAFÉ” and more",
        "SEÑ…",
        "علی",
        "Ä",
        "Ã",
        "plain",
        "MÃ¼ller and Müller",
        "Ångström",
        "¡Olé!",
    ],
)
def test_what_is_right_stays_as_it_is(text: str) -> None:
    assert mended(text) == text


def test_a_file_of_such_letters_says_so_of_its_encoding() -> None:
    found = recognise(twice("name,phone\nIsla Müller,02079460123\n").encode(), "x.csv")
    assert (found.encoding, "Isla Müller" in found.text) == (TWICE, True)
    assert was_read_twice(found.encoding) is not None
    assert recognise("name\nIsla Müller\n".encode(), "x.csv").encoding == "utf-8"
