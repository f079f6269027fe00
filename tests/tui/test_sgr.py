"""Fewer bytes for the terminal, and cell by cell the same picture."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tuicrm.tui.sgr import compact

CUBE = (0, 95, 135, 175, 215, 255)


def painted(data: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every character that is shown or moves the cursor, with the style it is sent in."""
    out: list[tuple[str, tuple[str, ...]]] = []
    attributes: set[str] = set()
    colors = {"38": "", "48": ""}
    for piece in re.split("(\x1b\\[[0-9;]*m)", data):
        found = re.fullmatch("\x1b\\[([0-9;]*)m", piece)
        if found is None:
            state = (*sorted(attributes), *colors.values())
            for move in re.split("(\x1b\\[[0-9;]*H|[\r\n])", piece):
                if re.fullmatch("\x1b\\[[0-9;]*H|[\r\n]", move):
                    out.append((move, ()))
                else:
                    out += [(char, state) for char in move]
            continue
        _apply(found.group(1), attributes, colors)
    return out


def _apply(parameters: str, attributes: set[str], colors: dict[str, str]) -> None:
    parts = (parameters or "0").split(";")
    while parts:
        code = parts.pop(0)
        if code == "0":
            attributes.clear()
            colors.update({"38": "", "48": ""})
        elif code in ("38", "48"):
            kind = parts.pop(0)
            count = 3 if kind == "2" else 1
            color, parts = parts[:count], parts[count:]
            colors[code] = ";".join(color) if kind == "2" else _fixed(int(color[0]))
        elif code in ("39", "49"):
            colors["38" if code == "39" else "48"] = ""
        elif code == "22":
            attributes -= {"1", "2"}
        elif len(code) == 2 and code[0] == "2" and code != "21":
            attributes.discard(code[1])
        elif len(code) == 1 or code in ("21", "53"):
            attributes.add(code)
        else:
            colors["38" if code[0] in "39" else "48"] = code


def _fixed(number: int) -> str:
    if number >= 232:
        return ";".join([str(8 + 10 * (number - 232))] * 3)
    place = number - 16
    return ";".join(str(CUBE[part]) for part in (place // 36, place // 6 % 6, place % 6))


levels = st.sampled_from([0, 8, 28, 95, 135, 208, 215, 255, 17])
colors = st.tuples(levels, levels, levels).map(lambda rgb: "2;" + ";".join(map(str, rgb)))
styles = st.tuples(
    st.sets(st.sampled_from(["1", "2", "3", "4", "7", "9"]), max_size=3),
    st.one_of(st.just(""), colors.map(lambda color: f"38;{color}"), st.sampled_from(["31", "97"])),
    st.one_of(st.just(""), colors.map(lambda color: f"48;{color}"), st.sampled_from(["44", "100"])),
).map(lambda parts: ";".join([*sorted(parts[0]), *(part for part in parts[1:] if part)]))
segments = st.tuples(styles, st.text("ab ─▌م\u2067\u2069", min_size=1, max_size=6)).map(
    lambda pair: f"\x1b[{pair[0]}m{pair[1]}\x1b[0m" if pair[0] else pair[1]
)
moves = st.sampled_from(["\x1b[4;1H", "\r\n", "\x1b[2J", "\x1b[53mover\x1b[0m", "\x1b[K"])
streams = st.lists(st.one_of(segments, segments, moves), max_size=12).map("".join)


@given(streams)
def test_every_cell_keeps_its_character_and_its_style(data: str) -> None:
    assert painted(compact(data)) == painted(data)


@given(streams)
def test_nothing_grows_but_by_a_last_reset(data: str) -> None:
    assert len(compact(data)) <= len(data) + 4


@given(streams)
def test_the_terminal_is_left_in_its_own_style(data: str) -> None:
    assert painted(compact(data) + "x")[-1] == ("x", ("", ""))


def test_only_what_differs_is_sent() -> None:
    data = "\x1b[38;2;208;208;208;48;2;28;28;28ma\x1b[0m\x1b[1;38;2;208;208;208;48;2;28;28;28mb\x1b[0m"
    assert compact(data) == "\x1b[38;5;252;48;5;234ma\x1b[1mb\x1b[0m"


def test_a_colour_that_is_not_in_the_table_is_not_changed() -> None:
    assert compact("\x1b[48;2;48;58;58ma\x1b[0m") == "\x1b[48;2;48;58;58ma\x1b[0m"


def test_other_sequences_pass_as_they_are() -> None:
    data = "\x1b[?2026h\x1b[>1u\x1b[?25l\x1b]52;c;eA==\x07"
    assert compact(data) == data
