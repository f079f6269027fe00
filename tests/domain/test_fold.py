"""One spelling for search and duplicates."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.anytext import ANY_TEXT
from tuicrm.domain import fold as fold_module
from tuicrm.domain.fold import (
    deletions,
    first_strong,
    fold,
    glued,
    has_rtl,
    in_order,
    one_slip,
    out_of_order,
    plain,
    skeleton,
    stems,
    words,
)

SAME = [
    ("نرم‌افزار", "نرم افزار"),
    ("نرم‌افزار", "نرمافزار"),
    ("كريمي", "کریمی"),
    ("محمّد", "محمد"),
    ("مُحَمَّد", "محمد"),
    ("آرش", "ارش"),
    ("فرآیند", "فرایند"),
    ("مسئول", "مسیول"),
    ("رؤیا", "رویا"),
    ("فاطمة", "فاطمه"),
    ("خانۀ", "خانه"),
    ("خانهٔ", "خانه"),
    ("جزء", "جز"),
    ("تهـــران", "تهران"),
    ("ﻻله", "لاله"),
    ("تلفن ۰۹۱۲", "تلفن 0912"),
    ("تلفن ٠٩١٢", "تلفن 0912"),
    ("پیش‌فاکتور", "پیش فاکتور"),
    ("می\u200cروم", "میروم"),
    ("علی\u200f", "علی"),
    ("شرکت «پارس»", "شرکت پارس"),
    ("۲٫۵", "2.5"),
    ("۱٬۰۰۰", "1000"),
    ("یحیى", "یحیی"),
    ("ہمایون", "همایون"),
    ("JOSÉ", "jose"),
    ("Straße", "STRASSE"),
    ("İstanbul", "istanbul"),
    ("Ａｃｍｅ", "acme"),
    ("O’Neil", "o'neil"),
    ("AT&T", "at t"),
    ("e-mail", "e mail"),
    ("Pars\u00a0Shimi", "pars shimi"),
    ("ﬁne", "fine"),
]

DIFFERENT = [
    ("کریمی", "کرمی"),
    ("رضا", "رضایی"),
    ("سعید", "صعید"),
    ("تهران", "طهران"),
    ("پارس", "فارس"),
    ("گل", "کل"),
    ("ژاله", "زاله"),
    ("چین", "جین"),
    ("2.5", "25"),
    ("ali", "al"),
    ("۱۲", "۲۱"),
    ("زهرا", "ظهرا"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_word_meet_in_the_glued_form(a: str, b: str) -> None:
    assert glued(a) == glued(b)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different_words_stay_different(a: str, b: str) -> None:
    assert glued(a) != glued(b)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Pars   Shimi, Ltd. ", "pars shimi ltd"),
        ("نرم‌افزار", "نرم افزار"),
        ("v2.5. done", "v2.5 done"),
        (".5 a.b 1.2.3", "5 a b 1.2.3"),
        ("1..2", "1 2"),
        ("۲٫ ۵", "2 5"),
        ("", ""),
        ("ءـ", ""),
        ("\x00\x1b", ""),
        ("x_y", "x y"),
        ("m²", "m2"),
        ("C++", "c"),
    ],
)
def test_the_words_form(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert words(text) == tuple(folded.split())


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert glued(glued(text)) == glued(text)
    assert glued(fold(text)) == glued(text)


def test_every_character_alone_folds_to_something_stable() -> None:
    # The basic plane and the letters and pictures above it, one by one: 200,000 characters.
    assert not [code for code in range(0x30000) if fold(fold(chr(code))) != fold(chr(code))]


@given(ANY_TEXT)
def test_a_glued_text_has_no_space_and_no_mark(text: str) -> None:
    assert not any(char.isspace() or char == "\u200c" for char in glued(text))


def test_plain_keeps_the_signs_of_dates_and_times() -> None:
    assert plain("۹:۳۰") == "9:30"
    assert plain("۱۴۰۵/۰۹/۱۵") == "1405/09/15"
    assert plain("٩٫٣٠") == "9.30"
    assert plain("پس‌فردا، ۱۲–۱") == "پس فردا, 12-1"
    assert plain("TOM 9:30") == "tom 9:30"


# --- forgiving ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "bones"),
    [
        ("pars", "prs"),
        ("shimi", "shm"),
        ("ali", "al"),
        ("mohammad", "mhmd"),
        ("mohamad", "mhmd"),
        ("aazam", "azm"),
        ("io", "i"),
        ("x", "x"),
        ("", ""),
        ("پارس", "پارس"),
    ],
)
def test_a_skeleton_has_no_vowels_but_the_first(word: str, bones: str) -> None:
    assert skeleton(word) == bones


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("karimi", "karimi"),
        ("karimi", "karmi"),
        ("karimi", "karrimi"),
        ("karimi", "kariml"),
        ("karimi", "kairmi"),
        ("leika", "leila"),
        ("", "a"),
        ("ab", "ba"),
        ("کریمی", "کرمی"),
    ],
)
def test_one_slip_is_forgiven(a: str, b: str) -> None:
    assert one_slip(a, b)
    assert one_slip(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("karimi", "kazemi"), ("abc", "cab"), ("ab", ""), ("abcd", "badc"), ("karimi", "karimiyan")]
)
def test_two_slips_are_not(a: str, b: str) -> None:
    assert not one_slip(a, b)


def _distance(a: str, b: str) -> int:
    """Optimal string alignment, by the book."""
    rows = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_slip_agrees_with_the_textbook_distance(a: str, b: str) -> None:
    assert one_slip(a, b) == (_distance(a, b) <= 1)


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_words_one_slip_apart_share_a_form_with_a_letter_left_out(a: str, b: str) -> None:
    if one_slip(a, b):
        assert deletions(a) & deletions(b)


def test_stems_are_the_beginnings_that_the_slip_index_holds() -> None:
    assert stems("ali") == ()
    assert stems("reza") == ("reza",)
    assert stems("karimi") == ("kari", "karim", "karimi")
    assert stems("mohammadi") == ("moha", "moham", "mohamm", "mohamma", "mohammadi")
    assert stems("abcdefghijklmnop")[-1] == "abcdefghijkl"


def test_deletions_hold_the_word_and_each_form_with_a_letter_less() -> None:
    assert deletions("abb") == {"abb", "bb", "ab"}
    assert deletions("") == {""}


# --- direction ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rtl", "first"),
    [
        ("Leila", False, "ltr"),
        ("لیلا", True, "rtl"),
        ("12 لیلا Leila", True, "rtl"),
        ("12 Leila لیلا", True, "ltr"),
        ("۰۹۱۲", False, None),
        ("0912", False, None),
        ("שלום", True, "rtl"),
        ("é", False, "ltr"),
        ("", False, None),
    ],
)
def test_the_direction_of_a_text(text: str, rtl: bool, first: str | None) -> None:
    assert has_rtl(text) is rtl
    assert first_strong(text) == first


def test_folding_plain_ascii_loads_no_character_tables() -> None:
    code = (
        "import sys; from tuicrm.domain.fold import fold; fold('Pars Shimi 2.5'); "
        "sys.exit('unicodedata' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_persian_names_stand_in_the_order_of_the_alphabet() -> None:
    names = [
        "آرش",
        "بهار",
        "پویا",
        "تارا",
        "چنگیز",
        "حامد",
        "زهرا",
        "ژاله",
        "سارا",
        "قاسم",
        "کاوه",
        "گلناز",
        "لیلا",
        "نگار",
        "وحید",
        "هما",
        "یاسر",
    ]
    keys = [in_order(fold(name)) for name in names]
    assert sorted(keys) == keys
    assert [out_of_order(key) for key in keys] == [fold(name) for name in names]
    assert in_order("leila 12") == "leila 12" < keys[0]


@given(st.text(st.sampled_from(sorted(fold_module._WHOLE)), max_size=40))
def test_letters_that_are_not_taken_apart_would_stay_as_they_are(text: str) -> None:
    assert fold_module._decomposed(text) == text


@given(st.text(st.sampled_from("ab1۲٣.٫ "), max_size=20))
def test_a_point_stays_between_two_digits_alone(text: str) -> None:
    plain_text = text.replace("٫", ".").replace("۲", "2").replace("٣", "3")
    around = f" {plain_text} "
    kept = [
        " " if char == "." and not (around[n].isdigit() and around[n + 2].isdigit()) else char
        for n, char in enumerate(plain_text)
    ]
    assert fold(text) == " ".join("".join(kept).split())


def test_what_hardly_comes_again_is_spelled_as_what_does() -> None:
    for text in ("Kate Allen", "مسئول فروش", "آ.س.پ", "k.allen@example.com", ""):
        assert fold_module.spellings_once(text) == fold_module.spellings(text)
