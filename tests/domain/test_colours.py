"""How many colours a terminal is taken to show."""

from __future__ import annotations

import pytest

from tuicrm.domain.colours import Colours, colours


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "full"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "tmux-256color", "COLORTERM": "24bit"}, "full"),
        ({"TERM": "tmux-256color"}, "256"),
        ({"TERM": "xterm-kitty"}, "full"),
        ({"TERM": "alacritty"}, "full"),
        ({"TERM": "foot-extra"}, "full"),
        ({"TERM": "xterm-direct"}, "full"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "full"),
        ({"TERM": "xterm-256color", "WT_SESSION": "1"}, "full"),
        ({"TERM": "konsole"}, "256"),
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "screen"}, "16"),
        ({"TERM": "vt100"}, "none"),
        ({"TERM": "vt220-8bit"}, "none"),
        ({"TERM": "vt52"}, "none"),
        ({"TERM": "xterm-mono"}, "none"),
        ({"TERM": "dumb"}, "none"),
        ({}, "none"),
        ({"TERM": "vte-256color"}, "256"),
    ],
)
def test_the_environment_tells_how_many(environ: dict[str, str], expected: Colours) -> None:
    assert colours(environ) == expected


def test_no_color_is_stronger_than_any_terminal_and_counts_when_it_is_not_empty() -> None:
    rich = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    assert colours({**rich, "NO_COLOR": "1"}) == "none"
    assert colours({**rich, "NO_COLOR": "0"}) == "none", "any value counts, as no-color.org asks"
    assert colours({**rich, "NO_COLOR": ""}) == "full"


@pytest.mark.parametrize(("term", "expected"), [("screen", "16"), ("screen.xterm-256color", "256")])
def test_gnu_screen_is_not_believed_what_the_terminal_outside_has_promised(
    term: str, expected: Colours
) -> None:
    assert colours({"TERM": term, "STY": "1.pts", "COLORTERM": "truecolor"}) == expected
