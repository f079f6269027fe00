"""Text order against Unicode's own files: every case of BidiCharacterTest and BidiTest, and the character data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple
from unicodedata import category, normalize

import pytest

from tests.domain import unicode_files
from tests.requirements import require_unicode
from tuicrm.domain.bidi import Base, levels, mirror, reordered, visual_order
from tuicrm.domain.bidi_classes import classes, same_bracket

UNSEEN: Final = frozenset("\u061c\u200e\u200f\u2066\u2067\u2068\u2069")
"""Shown by no terminal, but in the order of Unicode's files."""


def order_of(found: list[int]) -> list[int]:
    """Rule L2 alone over all that rule X9 leaves, which is what the files call the order."""
    kept = [place for place, level in enumerate(found) if level >= 0]
    return [kept[place] for place in reordered(bytes(found[place] for place in kept))]


def level_list(text: str) -> list[int]:
    """``x`` is a character that rule X9 removes."""
    return [-1 if level == "x" else int(level) for level in text.split()]


def test_every_line_of_the_character_file_has_unicodes_levels_and_order() -> None:
    wrong: list[str] = []
    passed = unknown = 0
    for codes, direction, _paragraph, expected, order in unicode_files.rows("BidiCharacterTest.txt"):
        text = unicode_files.text(codes)
        if not unicode_files.known(text):
            unknown += 1
            continue
        bases: dict[str, Base] = {"0": "ltr", "1": "rtl", "2": None}
        base = bases[direction]
        found = levels(text, base)
        places = [int(place) for place in order.split()]
        good = found == level_list(expected) and order_of(found) == places
        if good and "m" not in classes(text):
            # Rule L3 moves marks; without marks the order on the screen is the file's, less what is not seen.
            good = visual_order(text, base) == [place for place in places if text[place] not in UNSEEN]
        passed += good
        if not good:
            wrong.append(f"{codes} {base}: {found}")
    assert not wrong, f"{len(wrong)} wrong, such as {wrong[:5]}"
    assert passed > 90_000
    assert unknown < passed / 100


# --- BidiTest.txt -----------------------------------------------------------------------------------------------

SAMPLES: Final = {
    **{"L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "AN": "\u0661", "ES": "+", "ET": "$", "CS": ","},
    **{"NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!"},
    **{"LRE": "\u202a", "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e", "PDF": "\u202c"},
    **{"LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069"},
}
"""One character of each class; none of them is a bracket, as the file demands."""


class Case(NamedTuple):
    names: str
    bases: int
    """Bits: 1 by the first letter, 2 left to right, 4 right to left."""
    expected: list[int]
    order: list[int]


def class_cases() -> Iterator[Case]:
    """The lines of BidiTest.txt, each another sequence of classes."""
    expected: list[int] = []
    order: list[int] = []
    for fields in unicode_files.rows("BidiTest.txt"):
        head, _, rest = fields[0].partition(":")
        if head == "@Levels":
            expected = level_list(rest)
        elif head == "@Reorder":
            order = [int(place) for place in rest.split()]
        elif not head.startswith("@"):
            yield Case(head, int(fields[1], 16), expected, order)


def check(case: Case) -> str:
    """What is wrong with the levels of a case, or nothing. Their order has its own test, once per list of levels."""
    text = "".join([SAMPLES[name] for name in case.names.split()])
    bases: tuple[tuple[int, Base], ...] = ((1, None), (2, "ltr"), (4, "rtl"))
    for bit, base in bases:
        if case.bases & bit and levels(text, base) != case.expected:
            return f"{case.names} {base}: {levels(text, base)} instead of {case.expected}"
    return ""


QUICK_STRIDE: Final = 11
"""All 490,000 sequences take half a minute. The quick run takes all that are shorter or longer than four classes, and
one in eleven of the rest; eleven shares no factor with the 23 classes, so every class comes at every place."""


def test_sequences_of_classes_have_unicodes_levels() -> None:
    wrong: list[str] = []
    count = 0
    for number, case in enumerate(class_cases()):
        if len(case.expected) == 4 and number % QUICK_STRIDE:
            continue
        count += 1
        if trouble := check(case):
            wrong.append(trouble)
    assert not wrong, f"{len(wrong)} wrong, such as {wrong[:5]}"
    assert count > 60_000


@pytest.mark.long
def test_all_sequences_of_classes_have_unicodes_levels() -> None:
    troubles = [check(case) for case in class_cases()]
    wrong = [trouble for trouble in troubles if trouble]
    assert not wrong, f"{len(wrong)} wrong, such as {wrong[:5]}"
    assert len(troubles) > 490_000


def test_every_list_of_levels_is_put_into_unicodes_order() -> None:
    orders = {tuple(case.expected): case.order for case in class_cases()}
    assert len(orders) > 500
    assert {found: order_of(list(found)) for found in orders} == orders


# --- the characters ---------------------------------------------------------------------------------------------


def test_mirror_images_are_those_of_unicode() -> None:
    images = {chr(int(a, 16)): chr(int(b, 16)) for a, b in unicode_files.rows("BidiMirroring.txt")}
    assert len(images) > 400
    everything = map(chr, range(0x110000))
    assert {char: mirror(char) for char in everything if mirror(char) != char} == images


def test_bracket_pairs_are_those_of_unicode() -> None:
    kinds = {"o": "(", "c": ")"}
    pairs = {
        chr(int(bracket, 16)): (chr(int(other, 16)), kinds[kind])
        for bracket, other, kind in unicode_files.rows("BidiBrackets.txt")
    }
    assert len(pairs) > 100
    punctuation = "".join(char for char in map(chr, range(0x110000)) if category(char)[0] == "P")
    own = dict(zip(punctuation, classes(punctuation), strict=True))
    assert {char: (mirror(char), kind) for char, kind in own.items() if kind in "()"} == pairs


def test_brackets_that_unicode_calls_equivalent_are_one() -> None:
    brackets = [bracket for bracket, _other, _kind in unicode_files.rows("BidiBrackets.txt")]
    for bracket in map(unicode_files.text, brackets):
        assert same_bracket(bracket) == normalize("NFC", bracket)


LETTERS: Final = {name: classes(sample) for name, sample in SAMPLES.items()}


def test_every_character_has_unicodes_class() -> None:
    wrong = []
    count = 0
    for codes, name in unicode_files.rows("extracted/DerivedBidiClass.txt"):
        chars = "".join(filter(unicode_files.known, map(chr, unicode_files.span(codes))))
        for char, letter in zip(chars, classes(chars), strict=True):
            count += 1
            if {"(": "o", ")": "o"}.get(letter, letter) != LETTERS[name]:
                wrong.append(f"{ord(char):04X} {letter} instead of {name}")
    assert not wrong, f"{len(wrong)} wrong, such as {wrong[:5]}"
    assert count > 250_000


def test_code_points_that_python_does_not_know_yet_have_the_class_of_their_block() -> None:
    names = {
        "Left_To_Right": "L",
        "Right_To_Left": "R",
        "Arabic_Letter": "AL",
        "European_Terminator": "ET",
    }
    mark = "# @missing: "
    expected: dict[int, str] = {}
    for line in require_unicode("extracted/DerivedBidiClass.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(mark):
            codes, name = line.removeprefix(mark).split("; ")
            expected.update(dict.fromkeys(unicode_files.span(codes), LETTERS[names[name]]))
    for codes, name in unicode_files.rows("extracted/DerivedBidiClass.txt"):
        if name == "BN":
            expected.update(dict.fromkeys(unicode_files.span(codes), LETTERS[name]))
    wrong: dict[str, str] = {}
    count = 0
    for codes, kind in unicode_files.rows("extracted/DerivedGeneralCategory.txt"):
        # Unassigned for the files and for Python; one that either of them knows may have any class.
        free = unicode_files.span(codes) if kind == "Cn" else range(0)
        for code in free[:: max(1, len(free) // 500)]:
            if unicode_files.known(chr(code)):
                continue
            count += 1
            if classes(chr(code)) != expected[code]:
                wrong[f"{code:04X}"] = classes(chr(code))
    assert not wrong
    assert count > 5_000
