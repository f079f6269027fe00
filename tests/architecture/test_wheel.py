"""What an installed program finds: the wheel carries it, an editable install reads it from the source."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tuicrm import paths

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of the files in a wheel made from the source."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet", "-w", str(folder), "."],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    [built] = folder.glob("*.whl")
    return zipfile.ZipFile(built).namelist()


def test_the_wheel_carries_what_the_program_reads(wheel: list[str]) -> None:
    source = ROOT / "src" / "tuicrm"
    wanted = [*(ROOT / "themes").glob("*.toml")]
    assert wanted
    assert {f"tuicrm/themes/{file.name}" for file in wanted} <= set(wheel)
    for pattern in ("*.py", "*.toml", "*.tcss", "*.mo", "*.mako", "*.txt", "py.typed"):
        for file in source.rglob(pattern):
            assert f"tuicrm/{file.relative_to(source)}" in wheel
    assert "tuicrm/process/default.toml" in wheel
    assert any(name.startswith("tuicrm/migrations/versions/0001") for name in wheel)


def test_the_wheel_carries_nothing_else(wheel: list[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"tuicrm"}
    assert not [name for name in wheel if name.startswith(("tests/", "benchmarks/")) or "__pycache__" in name]


def test_themes_are_found_in_an_editable_install() -> None:
    assert list(paths.themes_folder().glob("*.toml"))
