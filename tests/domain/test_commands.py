"""Command templates, links in text, and the terminal's clipboard: pure parts of what leaves the program."""

from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuicrm.domain import commands, links, osc52

HOSTILE = [
    "; rm -rf ~",
    "$(touch x)",
    "`id`",
    "-rf",
    "--eval=1",
    'a" "b',
    "a' 'b",
    "a\nb",
    "\x1b[31m",
    "{number}",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_stays_one_word_and_never_an_option(value: str) -> None:
    words = commands.words('say "to {name}" {name} --call={number}', commands.DIALLER)
    argv = commands.filled(words, {"name": value, "number": value})
    assert len(argv) == 4
    assert argv[0] == "say"
    assert not argv[2].startswith("-")
    assert all(char.isprintable() for word in argv for char in word)


@given(st.text(), st.text())
def test_no_value_changes_the_number_of_words(name: str, number: str) -> None:
    words = commands.words("dial {number} {name}", commands.DIALLER)
    assert len(commands.filled(words, {"name": name, "number": number})) == 3


@pytest.mark.parametrize("template", ["", "  ", 'dial "{number}', "dial {what}", "{number} dial", "dial {}"])
def test_a_template_that_cannot_work_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        commands.words(template, commands.DIALLER)


def test_a_dialled_number_has_only_what_a_telephone_takes() -> None:
    assert commands.dialled("+98 (912) 345-67.89 ext") == "+989123456789"
    assert commands.dialled("-1 --help *21#") == "1*21#"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "see https://example.com/a(b), then www.test.ir.",
            ["https://example.com/a(b)", "https://www.test.ir"],
        ),
        ("mail leila@example.com; or (info@پمپ.ir)", ["mailto:leila@example.com", "mailto:info@پمپ.ir"]),
        ("http://a.ir/x@y.z?q=1&b=2!", ["http://a.ir/x@y.z?q=1&b=2"]),
        ("javascript:alert(1) file:///etc/passwd ftp://x", []),
        ("(https://a.ir/x) «https://b.ir» https://c.ir،", ["https://a.ir/x", "https://b.ir", "https://c.ir"]),
        ("https://a.ir/\x1b[31m", ["https://a.ir/"]),
    ],
)
def test_links_are_found_without_the_sentence_around_them(text: str, expected: list[str]) -> None:
    assert links.found([text, text]) == expected


def test_outside_of_any_multiplexer_the_sequence_goes_out_as_it_is() -> None:
    said = osc52.sequence("0912 علی", {"TERM": "xterm-256color"})
    assert said.startswith("\x1b]52;c;")
    assert b64decode(said[7:-1]).decode() == "0912 علی"


@pytest.mark.parametrize(
    "environ",
    [{"TERM": "xterm", "TMUX": "/tmp/t"}, {"TERM": "screen", "TMUX": "/tmp/t"}, {"TERM": "tmux-256color"}],
)
def test_in_tmux_both_ways_are_tried(environ: dict[str, str]) -> None:
    said = osc52.sequence("x", environ)
    assert said == "\x1b]52;c;eA==\a" + "\x1bPtmux;\x1b\x1b]52;c;eA==\a\x1b\\"


@pytest.mark.parametrize(
    "environ",
    [{"TERM": "screen", "STY": "1.pts"}, {"TERM": "screen", "STY": "1", "TMUX": "/t"}, {"TERM": "screen"}],
)
def test_in_screen_the_parts_are_short_and_make_the_whole(environ: dict[str, str]) -> None:
    plain = osc52.sequence("x" * 3000, {"TERM": "xterm"})
    said = osc52.sequence("x" * 3000, environ)
    assert said.startswith(plain)
    assert "tmux;" not in said
    parts = said.removeprefix(plain).removeprefix("\x1bP").removesuffix("\x1b\\").split("\x1b\\\x1bP")
    assert all(len(part) <= osc52.PART for part in parts)
    assert "".join(parts) == plain


def test_a_text_that_terminals_would_cut_is_not_sent() -> None:
    assert osc52.sequence("x" * 80_000, {}) == ""
