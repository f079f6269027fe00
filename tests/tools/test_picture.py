"""The README's pictures show the program as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tools.picture import FOLDER, LINES, file_of

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_pictures_are_what_the_program_draws_now(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.picture", "--out", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    for language in LINES:
        kept, drawn = file_of(language), tmp_path / file_of(language).name
        assert drawn.read_text("utf-8") == kept.read_text("utf-8"), "python -m tools.picture"


@pytest.mark.parametrize("language", LINES)
def test_a_picture_is_small_well_formed_and_loads_nothing(language: str) -> None:
    source = file_of(language).read_text("utf-8")
    root = ElementTree.fromstring(source)
    shown = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert len(source) < 40_000
    assert source.count("http") == 1
    assert any("wants 3" in text for text in shown) == (language == "en")
    assert any("Ctrl+P" in text for text in shown)


def test_every_picture_is_shown_on_some_page() -> None:
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")))
    assert {file.name for file in FOLDER.iterdir()} == {file_of(language).name for language in LINES}
    for language in LINES:
        assert f"pictures/{file_of(language).name}" in pages
