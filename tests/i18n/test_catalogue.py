"""The Persian catalogue: complete, current, and Persian as it is written: its letters, signs and half-spaces."""

from __future__ import annotations

import gettext
import io
import re
import string
from pathlib import Path

import pytest

from tuicrm.catalogue import Catalogue
from tuicrm.locale import extract, po
from tuicrm.locale.__main__ import merged, update
from tuicrm.paths import locale_folder
from tuicrm.tui.keytable import KEYS

FILE = locale_folder() / "fa" / "LC_MESSAGES" / "tuicrm.po"
HEADER, *ENTRIES = po.read(FILE.read_text(encoding="utf-8"))

UNTRANSLATED = {
    "tuicrm {version}": "a name",
    "dark": "a theme, as it is typed",
    "{often} on the {day}": "the order says it: the first day of every month",
    "{often} on the {day} of {month}": "the same",
    "{often} on {date}": "the same",
}
"""Texts with letters that stay as they are, with the reason."""
HALF_SPACED = (
    "پیش‌نویس", "پیش‌فرض", "پیش‌فاکتور", "پیام‌گیر", "تماس‌گیرنده", "شماره‌گیری", "نگه‌داری",
    "عقب‌افتاده", "کم‌رنگ", "کوتاه‌نوشت", "راست‌به‌چپ", "این‌جا", "آن‌جا", "همه‌جا", "هیچ‌کس",
    "هیچ‌کدام", "بی‌درنگ", "بی‌نام", "بی‌پاسخ", "پس‌فردا", "سه‌شنبه", "پشتیبان‌گیری",
)  # fmt: skip
"""Words with a half-space, as the glossary writes them; with a space or without one they are refused."""


def told(entry: po.Entry) -> str:
    """What a reader gets, all forms of it."""
    return "\n".join(entry.told)


def own(text: str) -> str:
    """The translator's own words: without placeholders, what is isolated, and the commands of examples."""
    text = "\n".join(_without_command(line) for line in text.split("\n"))
    return re.sub(r"\{\w*\}|\u2066[^\u2069]*\u2069", "", text)


def _without_command(line: str) -> str:
    """A line of a help's examples without what is to be typed; it stands before a wide gap, and may come twice."""
    if line.startswith("tuicrm "):
        return line.partition("   ")[2]
    if not re.match(r"[/.] ?\S+.* {2,}", line):
        return line
    return " ".join(piece for piece in re.split(r" {2,}", line) if not piece.isascii())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wrong(pattern: str) -> list[str]:
    """The translations with the pattern in their own words."""
    return [told(entry) for entry in ENTRIES if re.search(pattern, own(told(entry)))]


# --- whole and current --------------------------------------------------------------------------------------


def test_every_text_of_the_source_has_an_entry_and_no_entry_is_obsolete() -> None:
    source = {(entry.text, entry.many) for entry in extract.entries()}
    catalogue = {(entry.text, entry.many) for entry in ENTRIES}
    assert source - catalogue == set(), "run python -m tuicrm.locale, and translate"
    assert catalogue - source == set(), "run python -m tuicrm.locale"


def test_every_entry_is_translated_by_a_person() -> None:
    assert [entry.text for entry in ENTRIES if entry.fuzzy or not entry.translated] == []


def test_an_entry_has_each_form_of_the_plural() -> None:
    assert [entry.text for entry in ENTRIES if len(entry.told) != (2 if entry.many else 1)] == []
    plural = gettext.c2py("n > 1")
    assert [plural(n) for n in (0, 1, 2, 11)] == [0, 0, 1, 1]
    assert "Plural-Forms: nplurals=2; plural=(n > 1);" in HEADER.told[0]


def test_a_text_has_one_plural_only() -> None:
    ones = [entry.text for entry in ENTRIES if entry.many]
    assert len(ones) == len(set(ones))


def test_the_compiled_catalogue_is_made_from_this_one() -> None:
    compiled = FILE.with_suffix(".mo").read_bytes()
    assert compiled == po.compiled([HEADER, *ENTRIES]), "run python -m tuicrm.locale"
    for read in (Catalogue(compiled), gettext.GNUTranslations(io.BytesIO(compiled))):
        for entry in ENTRIES:
            if entry.many:
                forms = [read.ngettext(entry.text, entry.many, n) for n in (0, 1, 2, 11)]
                assert forms == [entry.told[at] for at in (0, 0, 1, 1)]
            else:
                assert read.gettext(entry.text) == entry.told[0]
        for unknown in ("\x7f", "zzz", ENTRIES[0].text + "?"):
            assert read.gettext(unknown) == unknown
        assert [read.ngettext("{n} nix", "{n} nixes", n) for n in (0, 1, 2)] == [
            "{n} nixes",
            "{n} nix",
            "{n} nixes",
        ]


def test_what_is_no_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="no catalogue"):
        Catalogue(b"<html>")


# --- like its text ------------------------------------------------------------------------------------------


def test_placeholders_are_the_same() -> None:
    for entry in ENTRIES:
        for form in entry.told:
            assert placeholders(form) == placeholders(entry.text) | placeholders(entry.many), entry.text


def test_spaces_at_the_ends_are_the_same() -> None:
    for entry in ENTRIES:
        for form in entry.told:
            assert (
                form[: len(form) - len(form.lstrip())]
                == entry.text[: len(entry.text) - len(entry.text.lstrip())]
            )
            assert form[len(form.rstrip()) :] == entry.text[len(entry.text.rstrip()) :]


def _typed(line: str) -> tuple[str, ...]:
    """The command of an example, its options and tokens; names and what was said are in the reader's language."""
    words = line.partition("   ")[0].replace('"', " ").split()
    return (*words[:2], *(word for word in words[2:] if word[0] in "-/=.@#"))


def test_commands_of_examples_are_the_same() -> None:
    for entry in ENTRIES:
        shown = [[_typed(line) for line in text.split("\n") if line.startswith("tuicrm ")]
                 for text in (entry.text, told(entry)) if "\b" in text]  # fmt: skip
        assert len({tuple(lines) for lines in shown}) < 2, entry.text


def test_nothing_is_left_in_english() -> None:
    for entry in ENTRIES:
        if entry.text not in UNTRANSLATED and re.search("[a-z]", re.sub(r"\{\w*\}", "", entry.text)):
            assert re.search("[آ-ی]", told(entry)), entry.text


def test_what_a_key_will_do_is_not_told_as_done() -> None:
    """English may say both with one word (put on a worklist); a menu in Persian would report what nobody did."""
    labels = {row.label for row in KEYS}
    assert [
        entry.text for entry in ENTRIES if entry.text in labels and told(entry).endswith((" شد", " شده"))
    ] == []


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        ("owner", "کارشناس"),
        ("a file", "پرونده"),
        ("the terminal", "پایانه"),
        ("a mark", "علامت"),
        ("a field", "ویژگی دلخواه"),
        ("Thursday", "پنج‌شنبه"),
    ],
)
def test_one_thing_has_one_name(written: str, refused: str) -> None:
    """What the same thing was called elsewhere once."""
    about = [entry for entry in ENTRIES if written != "owner" or re.search(r"\bowner\b", entry.text)]
    assert [entry.text for entry in about if refused in told(entry) and "{agent}" not in entry.text] == []


def test_latin_words_are_those_of_the_text() -> None:
    for entry in ENTRIES:
        words = set(re.findall(r"[A-Za-z]+", own(told(entry))))
        assert words <= set(re.findall(r"[A-Za-z]+", f"{entry.text} {entry.many}")), entry.text


# --- as Persian is written ----------------------------------------------------------------------------------


def test_letters_and_digits_are_persian() -> None:
    assert wrong("[\u064a\u0643\u0629\u0649\u0660-\u0669]") == []


def test_signs_are_persian() -> None:
    assert wrong("[?,;%]") == []
    assert wrong(r'["“”]') == []


def test_numbers_of_sentences_are_in_persian_digits() -> None:
    assert wrong(r"(?<![A-Za-z0-9.-])[0-9]") == []


def test_verbs_and_plurals_have_their_half_space() -> None:
    assert wrong(r"(?<![آ-ی\u200c])ن?می ") == []
    assert wrong(r"[آ-ی] (ها|های|هایی|هایش|ترین|تر|اند|ام)(?![آ-ی\u200c])") == []


def test_half_spaces_stand_between_letters() -> None:
    assert wrong("\u200c(?![آ-ی])|(?<![آ-ی])\u200c") == []


@pytest.mark.parametrize("word", HALF_SPACED)
def test_compounds_have_their_half_space(word: str) -> None:
    assert wrong(rf"(?<![آ-ی]){word.replace(chr(0x200C), ' ')}(?![آ-ی])") == []
    assert wrong(rf"(?<![آ-ی]){word.replace(chr(0x200C), '')}(?![آ-ی])") == []


def test_what_is_typed_with_a_sign_is_isolated() -> None:
    assert wrong(r"(?<![A-Za-z0-9])[-/=#@+.]+[A-Za-z0-9]|-(?![آ-ی])\s") == []


def test_isolates_are_closed() -> None:
    for entry in ENTRIES:
        for form in entry.told:
            assert re.fullmatch("(?:[^\u2066-\u2069]|\u2066[^\u2066-\u2069]+\u2069)*", form), entry.text


# --- the tools ----------------------------------------------------------------------------------------------


def test_a_file_is_written_as_it_was_read() -> None:
    assert po.write([HEADER, *ENTRIES]) == FILE.read_text(encoding="utf-8")


def test_texts_are_found_in_calls_choices_and_plurals() -> None:
    source = 't("a" if x else "b", n=1); i18n.t("c"); nt("{n} d", "{n} ds", 2); self.t("no"); T("no")'
    assert set(extract.literals(source, "x.py")) == {("a", ""), ("b", ""), ("c", ""), ("{n} d", "{n} ds")}


def test_a_text_that_no_tool_can_find_is_refused() -> None:
    with pytest.raises(extract.NotLiteral, match=r"x\.py:1"):
        list(extract.literals("t(title)", "x.py"))


def test_an_update_keeps_translations_adds_texts_and_drops_old_ones(tmp_path: Path) -> None:
    file = tmp_path / "tuicrm.po"
    old = [HEADER, po.Entry("kept", told=("ماند",), note="why"), po.Entry("gone", told=("رفت",))]
    file.write_text(po.write(old), encoding="utf-8")
    found = [po.Entry("new", "news", places=("b.py",)), po.Entry("kept", places=("a.py",))]
    left = update(file, found)
    assert [entry.text for entry in left] == ["new"]
    _, new, kept = po.read(file.read_text(encoding="utf-8"))
    assert (new.many, kept.told, kept.note, kept.places) == ("news", ("ماند",), "why", ("a.py",))
    read = gettext.GNUTranslations(io.BytesIO(file.with_suffix(".mo").read_bytes()))
    assert (read.gettext("kept"), read.gettext("new"), read.gettext("gone")) == ("ماند", "new", "gone")
    assert merged([HEADER, new, kept], found) == [HEADER, new, kept]
