"""Who orders right-to-left text, for every terminal that was measured or read about."""

from __future__ import annotations

import pytest

from tuicrm.domain.record import replace
from tuicrm.domain.terminals import (
    KINDS,
    Facts,
    advice_for,
    choose,
    inside_multiplexer,
    key,
    name_of,
    one_of_many,
    quirk,
)
from tuicrm.messages import MESSAGES

XTERM = {"TERM": "xterm-256color"}
NOTHING = Facts("auto", "", None, "", XTERM)


def facts(version: str = "", device: str = "", mode8: int | None = None, **environ: str) -> Facts:
    return replace(NOTHING, mode8=mode8, name=name_of(version, device), environ={**XTERM, **environ})


TERMINALS = [
    # terminal, what it says, mode, what decides, whether its user need not be asked
    ("VTE 0.70", facts(device="65;7006;1", mode8=1, VTE_VERSION="7006"), "visual", "mode8", True),
    ("VTE over ssh", facts(device="65;7006;1", SSH_TTY="x"), "visual", "name", True),
    ("VTE, not asked", facts(VTE_VERSION="7006"), "visual", "hint", True),
    ("Konsole 22.12", facts("Konsole 22.12.3", "1;115;0", KONSOLE_VERSION="221203"), "logical", "name", True),
    ("Konsole, not asked", facts(KONSOLE_VERSION="221203"), "logical", "hint", True),
    ("old Konsole over ssh", facts(device="0;115;0"), "logical", "name", True),
    ("kitty 0.26", facts("kitty(0.26.5)", "1;4000;26", 0, TERM="xterm-kitty"), "visual", "name", False),
    ("kitty, not asked", facts(TERM="xterm-kitty"), "visual", "hint", False),
    ("alacritty 0.11", facts(device="0;1700;1", TERM="alacritty"), "visual", "hint", True),
    ("xterm 379", facts("XTerm(379)", "41;379;0", 0, TERM="xterm"), "visual", "name", True),
    ("mlterm 3.9", facts(device="24;279;0", mode8=0, TERM="mlterm"), "visual", "name", False),
    ("mlterm, not asked", facts(TERM="mlterm", MLTERM="3.9.0"), "visual", "hint", False),
    ("PuTTY 0.78", facts(device="0;136;0", TERM="xterm"), "visual", "name", False),
    (
        "tmux in VTE",
        facts("tmux 3.3a", TERM="tmux-256color", TMUX="x", VTE_VERSION="7006"),
        "logical",
        "hint",
        True,
    ),
    (
        "screen in VTE",
        facts(device="83;40900;0", TERM="screen", STY="x", VTE_VERSION="1"),
        "logical",
        "hint",
        True,
    ),
    ("tmux in Konsole", facts("tmux 3.3a", TMUX="x", KONSOLE_VERSION="221203"), "logical", "hint", True),
    ("tmux in xterm", facts("tmux 3.3a", TMUX="x", XTERM_VERSION="XTerm(379)"), "visual", "hint", True),
    ("tmux in who knows", facts("tmux 3.3a", TERM="tmux-256color", TMUX="x"), "visual", "default", False),
    ("Terminal.app", facts(TERM_PROGRAM="Apple_Terminal"), "logical", "hint", True),
    ("Terminal.app over ssh", facts(device="1;95;0"), "logical", "name", True),
    ("iTerm2", facts("iTerm2 3.5.0", TERM_PROGRAM="iTerm.app"), "visual", "name", False),
    ("iTerm2, not asked", facts(LC_TERMINAL="iTerm2"), "visual", "hint", False),
    ("WezTerm", facts("WezTerm 20240203-110809-5046fc22"), "visual", "name", False),
    ("Windows Terminal", facts(WT_SESSION="1-2"), "visual", "hint", True),
    ("Ghostty", facts("ghostty 1.1.0", TERM="xterm-ghostty"), "visual", "name", True),
    ("VS Code", facts("xterm.js(5.5.0)", TERM_PROGRAM="vscode"), "visual", "name", True),
    ("VS Code, not asked", facts(TERM_PROGRAM="vscode"), "visual", "hint", True),
    ("mintty", facts("mintty 3.6.1", "77;30601;0"), "visual", "name", True),
    ("foot", facts("foot(1.16.2)", TERM="foot"), "visual", "name", True),
    ("the Linux console", facts(TERM="linux"), "visual", "hint", True),
    ("never heard of", facts("contour 0.4"), "visual", "default", False),
    ("nothing known", NOTHING, "visual", "default", False),
]


@pytest.mark.parametrize(
    ("told", "mode", "reason", "sure"), [row[1:] for row in TERMINALS], ids=[r[0] for r in TERMINALS]
)
def test_every_terminal_gets_its_mode(told: Facts, mode: str, reason: str, sure: bool) -> None:
    choice = choose(told)
    assert (choice.mode, choice.reason, choice.sure) == (mode, reason, sure)


@pytest.mark.parametrize(
    ("name", "told"), [(row[0], row[1]) for row in TERMINALS], ids=[r[0] for r in TERMINALS]
)
def test_those_that_want_help_are_known_and_nothing_else_is_taken_for_them(name: str, told: Facts) -> None:
    assert quirk(told) == ("konsole" if "Konsole" in name else "kitty" if "kitty" in name else "")


@pytest.mark.parametrize(
    ("setting", "mode", "reason"),
    [("visual", "visual", "answer"), ("logical", "logical", "answer"), ("neither", "visual", "answer")],
)
def test_an_answer_stands_above_what_the_terminal_says(setting: str, mode: str, reason: str) -> None:
    for told in (facts(mode8=1), facts("Konsole 22.12.3"), NOTHING):
        choice = choose(replace(told, answer=setting))
        assert (choice.mode, choice.reason, choice.sure) == (mode, reason, True)


@pytest.mark.parametrize("setting", ["visual", "logical", "plain"])
def test_a_setting_stands_above_all(setting: str) -> None:
    for told in (facts(mode8=1), facts("Konsole 22.12.3"), replace(NOTHING, answer="visual")):
        choice = choose(replace(told, setting=setting))
        assert (choice.mode, choice.reason, choice.sure) == (setting, "setting", True)


@pytest.mark.parametrize(
    ("mode8", "mode", "reason"),
    [
        (None, "logical", "name"),
        (0, "logical", "name"),
        (1, "visual", "mode8"),
        (2, "visual", "mode8"),
        (3, "logical", "mode8"),
        (4, "visual", "mode8"),
        (7, "logical", "name"),
    ],
)
def test_mode_8_stands_above_the_name(mode8: int | None, mode: str, reason: str) -> None:
    choice = choose(facts("Konsole 22.12.3", mode8=mode8))
    assert (choice.mode, choice.reason) == (mode, reason)


def test_the_name_stands_above_inherited_variables() -> None:
    """An xterm opened from a shell in Konsole."""
    choice = choose(facts("XTerm(379)", KONSOLE_VERSION="221203"))
    assert (choice.mode, choice.reason, choice.by) == ("visual", "name", "xterm")


@pytest.mark.parametrize(
    ("told", "advice", "mend"),
    [
        (facts("kitty(0.26.5)"), "bidi_kitty", True),
        (facts(TERM="mlterm"), "bidi_mlterm", True),
        (facts(device="0;136;0"), "bidi_putty", True),
        (facts("Konsole 22.12.3"), "bidi_always", False),
        (facts(TERM_PROGRAM="Apple_Terminal"), "bidi_always", False),
        (facts(TMUX="x", VTE_VERSION="1"), "bidi_vte_mux", False),
        (facts(mode8=1), "", False),
        (facts("XTerm(379)"), "", False),
        (replace(facts("kitty(0.26.5)"), answer="visual"), "", False),
        (replace(facts("kitty(0.26.5)"), answer="neither"), "bidi_kitty", True),
    ],
)
def test_advice_is_for_this_terminal_and_only_while_it_helps(told: Facts, advice: str, mend: bool) -> None:
    choice = choose(told)
    assert (choice.advice, choice.mend) == (advice, mend)


def test_who_reads_neither_line_always_gets_advice() -> None:
    assert advice_for(facts("kitty(0.26.5)")) == "bidi_kitty"
    assert advice_for(NOTHING) == "bidi_other"
    assert {kind.advice for kind in KINDS.values()} | {"bidi_other"} <= {*MESSAGES, ""}


@pytest.mark.parametrize(
    ("version", "device", "name"),
    [
        ("Konsole 22.12.3", "1;115;0", "konsole"),
        ("kitty(0.26.5)", "", "kitty"),
        ("XTerm(379)", "41;379;0", "xterm"),
        ("tmux 3.3a", "84;0;0", "tmux"),
        ("iTerm2 3.5.0", "", "iterm2"),
        ("Windows Terminal 1.25", "", "windows terminal"),
        ("", "65;7006;1", "vte"),
        ("", "0;136;0", "putty"),
        ("", "0;1700;1", ""),
        ("", "", ""),
        ("3000", "", ""),
        ("x" * 500, "", "x" * 40),
    ],
)
def test_names_are_told_without_their_version(version: str, device: str, name: str) -> None:
    assert name_of(version, device) == name


# --- one terminal from another ----------------------------------------------------------------------------------


def test_a_terminal_keeps_its_key_through_updates_and_windows() -> None:
    before = {**XTERM, "VTE_VERSION": "7006", "WINDOWID": "1", "COLORTERM": "truecolor"}
    after = {**XTERM, "VTE_VERSION": "7802", "WINDOWID": "2"}
    assert key(before) == key(after)
    iterm = {"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.0"}
    assert key(iterm) == key({**iterm, "TERM_PROGRAM_VERSION": "3.6.1"})
    assert key(iterm) != key({**iterm, "TERM_PROGRAM_VERSION": "4.0"})


def test_different_terminals_have_different_keys() -> None:
    environs: list[dict[str, str]] = [
        {},
        XTERM,
        {**XTERM, "VTE_VERSION": "7006"},
        {**XTERM, "KONSOLE_VERSION": "1"},
        {**XTERM, "TERM_PROGRAM": "vscode"},
        {**XTERM, "SSH_CONNECTION": "1 2 3 4"},
        {"TERM": "tmux-256color", "TMUX": "x", "VTE_VERSION": "7006"},
        {"TERM": "tmux-256color", "TMUX": "x"},
        {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"},
        {"TERM": "alacritty"},
    ]
    assert len({key(environ) for environ in environs}) == len(environs)


def test_over_ssh_the_name_tells_terminals_apart() -> None:
    there = {**XTERM, "SSH_TTY": "/dev/pts/3"}
    assert one_of_many(there)
    assert key(there, "konsole") != key(there, "vte") != key(there)
    for telling in ({**there, "TERM": "xterm-kitty"}, {**there, "TMUX": "x"}, XTERM):
        assert not one_of_many(telling)
        assert key(telling, "konsole") == key(telling)


def test_a_multiplexer_is_known_by_its_variable_its_name_or_its_kind_of_terminal() -> None:
    assert inside_multiplexer({"TMUX": "x"})
    assert inside_multiplexer({"STY": "x"})
    assert inside_multiplexer({"TERM": "screen.xterm-256color"})
    assert inside_multiplexer(XTERM, "tmux")
    assert not inside_multiplexer(XTERM, "konsole")
