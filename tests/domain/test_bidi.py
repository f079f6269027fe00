"""The order of what is seen: examples as a person would read them, and what holds for any text.

In the examples capitals stand for Persian letters, ``⟩`` and ``⟨`` open a left-to-right and a right-to-left isolate,
``◇`` one that follows its first letter, ``■`` ends it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from unicodedata import bidirectional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.anytext import ANY_TEXT
from tuicrm.domain.bidi import Base, levels, mirror, visual, visual_order

PERSIAN: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ⟩⟨◇■", "ابپتثجچحخدذرزژسشصضطظعغفقکگ\u2066\u2067\u2068\u2069"
)
BASES: Final[tuple[Base, ...]] = ("ltr", "rtl", None)


def seen(text: str, base: Base = None) -> str:
    return visual(text.translate(PERSIAN), base)[0]


@pytest.mark.parametrize(
    ("text", "base", "shown"),
    [
        ("call ALI today", "ltr", "call ILA today"),
        ("call ALI today", "rtl", "today ILA call"),
        ("call ALI REZA", None, "call AZER ILA"),
        ("ALI saw SLA 3", None, "3 ALS saw ILA"),
        ("12, 13", "rtl", "13 ,12"),
        # A digit after Persian is read with it, and two groups of digits change places...
        ("call ALI 0912 345", "ltr", "call 345 0912 ILA"),
        ("ALI 021-8877", "rtl", "8877-021 ILA"),
        # ...but not when either is isolated.
        ("call ⟨ALI■ 0912 345", "ltr", "call ILA 0912 345"),
        ("call ◇ALI■ 0912 345", "ltr", "call ILA 0912 345"),
        ("ALI ⟩021-8877■", "rtl", "021-8877 ILA"),
        ("⟨ALI■ | ⟨REZA■ | ⟩+98 912■", "ltr", "ILA | AZER | +98 912"),
        ("⟨ALI■ | ⟨REZA■ | ⟩+98 912■", "rtl", "+98 912 | AZER | ILA"),
        ("◇a: ALI■ ◇REZA: b■", "ltr", "a: ILA b :AZER"),
        # Brackets look towards what they hold, also beside letters of the other direction.
        ("ALI (REZA)", "rtl", "(AZER) ILA"),
        ("ALI a (b)", "rtl", "a (b) ILA"),
        ("[a < B]", "rtl", "[B > a]"),
        ("«ALI» ≤ 3", "rtl", "3 ≥ «ILA»"),
        # Blanks at the end stay at the end of the line.
        ("a ALI  ", "ltr", "a ILA  "),
        ("ALI b  ", "rtl", "  b ILA"),
        ("ALI\tb\tREZA", "rtl", "AZER\tb\tILA"),
        # Half-spaces and marks of direction are not seen.
        ("A\u200cB \u200fc\u200e", "rtl", "c BA"),
        # Open or closed once too often.
        ("⟩ALI", "rtl", "ILA"),
        ("ALI■ b", "rtl", "b ILA"),
        ("\u202eabc\u202c d", "ltr", "cba d"),
        ("A \u202db C\u202c d", "rtl", "b C d A"),
        ("", None, ""),
    ],
)
def test_a_line_is_seen_as_it_is_read(text: str, base: Base, shown: str) -> None:
    assert seen(text, base) == shown.translate(PERSIAN)


def test_a_mark_follows_its_letter_and_keeps_its_place_in_the_text() -> None:
    shown = "د" + "م\u0651" + "ح\u064e" + "م\u064f"
    assert visual("م\u064fح\u064eم\u0651د", "rtl") == (shown, [6, 4, 5, 2, 3, 0, 1])


def test_an_emoji_of_several_characters_is_not_taken_apart() -> None:
    family, thumb, flag = "👨\u200d👩\u200d👧", "👍🏽", "🇮🇷"
    assert seen(f"A {family} B {thumb} {flag}", "rtl") == f"{flag} {thumb} B {family} A".translate(PERSIAN)
    assert visual(f"ok {family}")[0] == f"ok {family}"
    assert seen("A\u200dB", "rtl") == "BA".translate(PERSIAN)


def test_brackets_are_paired_up_to_63_deep() -> None:
    for depth, level in ((63, 2), (64, 1)):
        assert levels("a" + "(" * depth + "b" + ")" * depth, "rtl")[-1] == level


def test_isolates_without_end_go_no_deeper_than_unicode_allows() -> None:
    assert max(levels("⟨⟩".translate(PERSIAN) * 200 + "a1", "ltr")) == 126
    assert len(visual_order("⟨".translate(PERSIAN) * 5000 + "abc", "ltr")) == 3


def test_a_caller_may_change_what_it_got() -> None:
    places = visual("abc علی")[1]
    places.clear()
    visual_order("abc علی").clear()
    assert visual("abc علی") == ("abc یلع", [0, 1, 2, 3, 6, 5, 4])


# --- for any text -----------------------------------------------------------------------------------------------

HIDDEN: Final = frozenset("\u061c\u200e\u200f")
JOINING: Final = re.compile("[\u200d\U000e0020-\U000e007f]")
CONTROLS: Final = frozenset(["BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"])

PIECES: Final = (
    *(
        "علی",
        "نرم‌افزار",
        "Leila",
        "SLA",
        "שלום",
        "مَ",
        "é",
        "ا",
        "a",
        "🙂",
        "۰۹۱۲",
        "0912",
        "٤٥",
        "۱۲٬۰۰۰",
        "1",
        "٣",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "«",
        "»",
        "<",
        ">",
        "-",
        "+",
        "/",
        ":",
        "،",
        "؟",
        ".",
        "٪",
        "$",
        "│",
        " ",
        "  ",
        "\u0651",
    ),
    *("\u200c", "\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"),
)
LOOSE: Final = st.lists(st.sampled_from([*PIECES, "\u2066", "\u2067", "\u2068", "\u2069", "\t"]), max_size=25)
MIXED: Final = st.one_of(LOOSE.map("".join), ANY_TEXT)
ANY_BASE: Final = st.sampled_from(BASES)


def is_seen(char: str) -> bool:
    return bidirectional(char) not in CONTROLS and char not in HIDDEN


@given(MIXED, ANY_BASE)
def test_the_order_holds_every_seen_character_once(text: str, base: Base) -> None:
    # Without what may be part of an emoji, and without what Python's Unicode does not know.
    text = "".join(char for char in text if bidirectional(char) and not JOINING.match(char))
    assert sorted(visual_order(text, base)) == [at for at, char in enumerate(text) if is_seen(char)]


@given(MIXED, ANY_BASE)
def test_what_is_seen_are_the_characters_of_the_order_or_their_mirror_images(text: str, base: Base) -> None:
    shown, order = visual(text, base)
    found = levels(text, base)
    assert len(found) == len(text)
    assert shown == "".join(mirror(text[at]) if found[at] > 0 and found[at] % 2 else text[at] for at in order)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)), st.sampled_from(["ltr", None]))
def test_plain_english_is_seen_as_it_is(text: str, base: Base) -> None:
    assert visual(text, base) == (text, list(range(len(text))))


@given(st.text(st.sampled_from("علیپارس‌ ")), ANY_BASE)
def test_plain_persian_is_seen_backwards(text: str, base: Base) -> None:
    text = f"ا{text}ا"
    assert visual(text, base)[0] == text[::-1].replace("\u200c", "")


class Nested(NamedTuple):
    """Text with isolates, each opened and ended; where they are, from after the beginning to before the end."""

    text: str
    isolates: tuple[tuple[int, int], ...]


def joined(parts: list[Nested]) -> Nested:
    text = ""
    isolates: list[tuple[int, int]] = []
    for part in parts:
        isolates += [(start + len(text), end + len(text)) for start, end in part.isolates]
        text += part.text
    return Nested(text, tuple(isolates))


def isolated(parts: list[Nested], control: str) -> Nested:
    whole = joined([Nested(control, ()), *parts])
    return Nested(f"{whole.text}\u2069", (*whole.isolates, (1, len(whole.text))))


LEAVES = st.sampled_from(PIECES).map(lambda piece: Nested(piece, ()))
NESTED = st.recursive(
    LEAVES,
    lambda inner: st.builds(isolated, st.lists(inner, max_size=5), st.sampled_from("\u2066\u2067\u2068")),
    max_leaves=25,
)
NESTED_LINES = st.lists(NESTED, max_size=8).map(joined)
"""Without tabulators: rule L1 takes them out of the isolate they stand in."""


@given(NESTED_LINES, ANY_BASE)
def test_an_isolate_stays_together_whatever_stands_around_it(line: Nested, base: Base) -> None:
    # With a letter at the end: blanks at the end of a line leave the isolates they stand in (L1).
    order = visual_order(f"{line.text}x", base)
    for start, end in line.isolates:
        places = [place for place, at in enumerate(order) if start <= at < end]
        assert places == list(range(places[0], places[-1] + 1)) if places else True


@given(NESTED_LINES, ANY_BASE, st.sampled_from("\u2066\u2067"))
def test_a_whole_isolate_is_inside_as_it_is_alone(line: Nested, base: Base, control: str) -> None:
    own: Base = "ltr" if control == "\u2066" else "rtl"
    # The letter at the end as above.
    text = f"{line.text}x"
    assert visual(text, own)[0] in visual(f"a{control}{text}\u2069 ا", base)[0]


NUMBERS = (
    "0912 345 6789",
    "+98 (21) 8877-6655",
    "۰۲۱-۸۸۷۷۶۶۵۵",
    "۱۴۰۵/۰۹/۰۱ ۱۰:۳۰",
    "١٢٫٥٪",
    "-12.50 $",
    "2026-11-22",
)


@given(LOOSE.map("".join), st.sampled_from(NUMBERS), LOOSE.map("".join), ANY_BASE)
def test_an_isolated_number_keeps_its_order_in_any_surroundings(
    before: str, number: str, after: str, base: Base
) -> None:
    assert visual(number, "ltr")[0] in visual(f"{before}\u2066{number}\u2069{after}", base)[0]
