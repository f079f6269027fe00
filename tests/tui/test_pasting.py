"""Pastes are parted from keys, however the terminal cuts them into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuicrm.tui.pasting import END, LONGEST, START, Pastes

COLOURED = "aaa \x1b[1;38;5;79mbbb \x1b[0m\rpa\x1b]8;;http://x\x1b\\te\x1b(Bl\x1b"
PLAIN = "aaa bbb \rpatel"


def taken(pieces: list[str], *, more: bool = False) -> list[tuple[str, bool]]:
    pastes = Pastes()
    found: list[tuple[str, bool]] = []
    for piece in pieces:
        found += pastes.feed(piece, more=more)
    found += pastes.idle()
    joined: list[tuple[str, bool]] = []
    for text, pasted in found:
        if joined and not pasted and not joined[-1][1]:
            joined[-1] = (joined[-1][0] + text, False)
        else:
            joined.append((text, pasted))
    return joined


def test_escape_codes_in_a_paste_press_no_keys_and_are_left_out() -> None:
    assert taken([f"k{START}{COLOURED}{END}j"]) == [("k", False), (PLAIN, True), ("j", False)]


@given(st.data())
def test_any_cut_gives_the_same(data: st.DataObject) -> None:
    whole = f"k\x1b[A{START}{COLOURED}{END}{START}{END}\x1b[20~j"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(whole) - 1))))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert taken(pieces, more=True) == [
        ("k\x1b[A", False),
        (PLAIN, True),
        ("", True),
        ("\x1b[20~j", False),
    ]


@given(st.text(alphabet="\x1b[0123~ab", max_size=30))
def test_what_is_typed_goes_through_as_it_is(text: str) -> None:
    if START not in text:
        assert "".join(typed for typed, _ in taken(list(text), more=True)) == text


def test_an_escape_alone_is_not_kept_back() -> None:
    assert list(Pastes().feed("\x1b")) == [("\x1b", False)]


def test_the_beginning_of_a_mark_is_let_go_when_nothing_follows() -> None:
    pastes = Pastes()
    assert list(pastes.feed("\x1b[2")) == []
    assert pastes.waits
    assert list(pastes.idle()) == [("\x1b[2", False)]
    assert not pastes.waits


def test_the_beginning_of_the_end_is_part_of_a_paste_that_goes_on() -> None:
    pastes = Pastes()
    assert list(pastes.feed(f"{START}half\x1b[2")) == []
    assert pastes.open
    assert list(pastes.idle()) == []
    assert list(pastes.feed(f"J{END}k")) == [("half", True), ("k", False)]
    assert not pastes.open


@pytest.mark.parametrize("piece", [1_000, 3_000_000])
def test_a_paste_keeps_no_more_than_any_field_takes(piece: int) -> None:
    pieces = ["x" * piece] * (2_000_000 // piece + 1)
    [(text, pasted)] = taken([START, *pieces, END])
    assert pasted
    assert len(text) == LONGEST
