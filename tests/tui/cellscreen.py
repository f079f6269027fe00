"""A terminal as far as pictures need one: cells with their characters and styles, told by escape sequences."""

from __future__ import annotations

import re
from typing import Final

from rich.cells import get_character_cell_size

from tuicrm.tui.sgr import PLAIN, Look, read_look

_TOKEN: Final = re.compile(
    r"\x1b\[(?P<style>[0-9;]*)m|\x1b\[(?P<row>[0-9]*);?(?P<column>[0-9]*)H|\x1b\[(?P<skip>[0-9]*)C"
    r"|\x1b\[(?P<erase>[0-9]+)X|(?P<rest>\x1b\[K)|(?P<line>\r?\n)|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b\[(?P<count>[0-9]*)(?P<way>[ABD])|(?P<step>[\b\r]|\x1b[DEM])"
    r"|\x1b\[(?P<margins>(?P<top>[0-9]+);(?P<bottom>[0-9]+))?r"
    r"|\x1b\[[0-9;:?<=>$]*[ -/]*[@-~]|\x1b[P_^][^\x1b]*\x1b\\|\x1b[@-Z\\-_=>78]"
)


class CellScreen:
    """``rows`` lines of ``columns`` cells. Erased cells get the style in use, as terminals with ``bce`` do it."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.columns, self.rows = columns, rows
        self.cells: dict[tuple[int, int], tuple[str, Look]] = {}
        self.place = (1, 1)
        self._look = PLAIN
        self._margins = 1, rows

    def feed(self, data: str) -> None:
        """What the program sends."""
        at = 0
        for token in _TOKEN.finditer(data):
            self._write(data[at : token.start()])
            at = token.end()
            self._obey(token)
        self._write(data[at:])

    def _obey(self, token: re.Match[str]) -> None:
        row, column = self.place
        if token["style"] is not None:
            self._turn(token["style"])
        elif token["row"] is not None:
            self.place = int(token["row"] or 1), int(token["column"] or 1)
        elif token["skip"] is not None:
            self.place = row, column + int(token["skip"] or 1)
        elif token["erase"] is not None:
            self._erase(column + int(token["erase"]))
        elif token["rest"] is not None:
            self._erase(self.columns + 1)
        elif token["line"] is not None:
            self.place = row + 1, column
        elif token[0].endswith("r") and token[0] != "\r":
            self._margins = int(token["top"] or 1), int(token["bottom"] or self.rows)
            self.place = 1, 1
        elif token["way"] is not None:
            self._go(token["way"], int(token["count"] or 1))
        elif token["step"] is not None:
            self._step(token["step"])

    def _erase(self, end: int) -> None:
        row, column = self.place
        for cell in range(column, end):
            self.cells[row, cell] = " ", Look(frozenset(), "", self._look.background)

    def _go(self, way: str, count: int) -> None:
        """Up, down, or to the left: never from behind the last column, where terminals differ, nor off the screen."""
        row, column = self.place
        if way == "D":
            assert column <= self.columns
            self.place = row, column - count
        else:
            self.place = row + (count if way == "B" else -count), column
        assert 1 <= self.place[0] <= self.rows
        assert self.place[1] >= 1

    def _step(self, step: str) -> None:
        if step == "\r":
            self.place = self.place[0], 1
        elif step == "\b":
            self._go("D", 1)
        else:
            margin, by = (self._margins[0], -1) if step == "\x1bM" else (self._margins[1], 1)
            if self.place[0] == margin:
                self._scroll(by)
            else:
                self._go("A" if by < 0 else "B", 1)
            if step == "\x1bE":
                self.place = self.place[0], 1

    def _scroll(self, by: int) -> None:
        """The lines between the margins, which somebody has set; nobody knows what the one shows that is new."""
        top, bottom = self._margins
        assert (top, bottom) != (1, self.rows)
        before = dict(self.cells)
        for row in range(top, bottom + 1):
            for column in range(1, self.columns + 1):
                self.cells[row, column] = before.get((row + by, column), (" ", PLAIN))
                if not top <= row + by <= bottom:
                    self.cells[row, column] = "?", PLAIN

    def _turn(self, parameters: str) -> None:
        """Styles add up, until one is taken back."""
        for part in re.findall(r"(?:38|48);(?:2;\d+;\d+;\d+|5;\d+)|\d+", parameters or "0"):
            attributes, foreground, background = self._look
            off = {
                "22": {"1", "2"},
                "23": {"3"},
                "24": {"4"},
                "25": {"5"},
                "27": {"7"},
                "28": {"8"},
                "29": {"9"},
            }
            if part == "0":
                self._look = PLAIN
            elif part in off:
                self._look = Look(attributes - off[part], foreground, background)
            else:
                one = read_look(part)
                assert one is not None, part
                self._look = Look(
                    attributes | one.attributes,
                    "" if part == "39" else one.foreground or foreground,
                    "" if part == "49" else one.background or background,
                )

    def _write(self, text: str) -> None:
        for char in text:
            row, column = self.place
            width = get_character_cell_size(char)
            if width == 0:
                before = self.cells.get((row, column - 1), ("", PLAIN))
                self.cells[row, column - 1] = before[0] + char, before[1]
                continue
            for cell in range(column, column + width):
                self.cells[row, cell] = (char if cell == column else ""), self._look
            self.place = row, column + width

    def text(self, row: int) -> str:
        """A line as one reads it; rows count from 1."""
        line = "".join(
            self.cells.get((row, column), (" ", PLAIN))[0] for column in range(1, self.columns + 1)
        )
        return line.rstrip()

    @property
    def lines(self) -> list[str]:
        """All lines."""
        return [self.text(row) for row in range(1, self.rows + 1)]
