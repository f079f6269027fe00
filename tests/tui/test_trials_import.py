"""What people misread in the preview of an import: how many numbers there are, and in whose digits."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import desk
from tests.tui.persian import persian_desk
from tests.tui.persian_imports import look_at

TWO = "name,phone,mobile\nAnna Bell,09121110000,09121110001\n"
ARABIC = "نام,موبایل\nآنا,٠٩٣٥١١١٢٢٣٣\n"


async def test_a_second_number_is_told_in_words(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(110, 30)) as one:
        await look_at(one, TWO)
        line = next(line for line in one.lines if "Anna Bell" in line)
        assert "09121110000, 1 more" in line
        assert "+1" not in line


async def test_a_number_in_arabic_digits_is_shown_in_the_readers(tmp_path: Path) -> None:
    async with persian_desk(tmp_path, mode="logical", size=(110, 30)) as one:
        await look_at(one, ARABIC)
        assert "۰۹۳۵۱۱۱۲۲۳۳" in one.screen
        assert "٠٩٣٥" not in one.screen
    folder = tmp_path / "english"
    folder.mkdir()
    async with desk(folder, size=(110, 30)) as one:
        await look_at(one, ARABIC)
        assert "09351112233" in one.screen
