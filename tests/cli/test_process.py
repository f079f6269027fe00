"""``tuicrm process``: nobody's version is lost because somebody else's copy of the file is older."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell

FIRST = "# tuicrm process version {} (this line is for: tuicrm process apply)\n"


def copied(shell: Shell, file: Path, more: str = "") -> Path:
    """What ``process show`` writes, in a file, with something changed."""
    file.write_text(shell.ok("process", "show").out + more, encoding="utf-8")
    return file


def stored(shell: Shell, *version: str) -> str:
    text: str = shell.json("process", "show", *version)["text"]
    return text


@pytest.fixture
def two(shell: Shell, tmp_path: Path) -> tuple[Path, Path]:
    """Copies of the first version with something added, Sara's and Reza's."""
    return copied(shell, tmp_path / "s.toml", "# s\n"), copied(shell, tmp_path / "r.toml", "# r\n")


def test_the_copy_of_an_overtaken_version_is_refused(shell: Shell, two: tuple[Path, Path]) -> None:
    sara, reza = two
    shell.ok("process", "apply", str(sara), "--yes")
    refused = shell("--as", "reza", "process", "apply", str(reza), "--yes")
    assert (refused.code, refused.out) == (6, "")
    assert refused.err == (
        "The file was made from version 1, but 2 is in force by now (by sara)."
        " Take what tuicrm process show gives, or say --version 2.\n"
    )
    assert stored(shell).endswith("# s\n")
    assert (
        shell.json("--as", "reza", "process", "apply", str(reza), "--yes", "--version", "2")["version"] == 3
    )
    assert stored(shell).endswith("# r\n")


def test_the_line_that_tells_the_version_is_no_part_of_the_text(shell: Shell, two: tuple[Path, Path]) -> None:
    before = stored(shell)
    assert shell.ok("process", "show").out == FIRST.format(1) + before
    diff = shell.json("process", "apply", str(two[0]), "--yes")["diff"]
    assert [line for line in diff.splitlines() if line[:1] in "+-"] == ["--- before", "+++ after", "+# s"]
    assert stored(shell) == before + "# s\n"
    assert stored(shell, "--version", "1") == before


def test_a_file_can_be_changed_and_applied_again_and_again(shell: Shell, two: tuple[Path, Path]) -> None:
    file = two[0]
    for version in (2, 3, 4):
        shell.ok("process", "apply", str(file), "--yes")
        text = file.read_text(encoding="utf-8")
        assert text.startswith(FIRST.format(version))
        file.write_text(f"{text}# more\n", encoding="utf-8")


def test_line_ends_and_mark_of_a_file_stay_as_they_are(shell: Shell, two: tuple[Path, Path]) -> None:
    file = two[0]
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    before = file.read_bytes()
    shell.ok("process", "apply", str(file), "--yes")
    assert file.read_bytes() == before.replace(b"version 1 ", b"version 2 ", 1)
    assert shell.json("process", "apply", str(file), "--yes")["diff"] == ""


def test_a_text_that_names_no_version_takes_the_place_of_nobodys_work_unseen(shell: Shell) -> None:
    own = stored(shell) + "# one\n"
    assert shell.json("process", "apply", "-", "--yes", text=own)["version"] == 2
    refused = shell("--as", "reza", "process", "apply", "-", "--yes", text=own + "# two\n")
    assert (refused.code, refused.out) == (2, "")
    assert "Version 2 is by sara" in refused.err
    assert "--version 2" in refused.err
    assert shell.json("process", "apply", "-", "--yes", text=own)["version"] == 2, "nothing differs"
    assert shell.json("process", "apply", "-", "--yes", "--version", "2", text=own + "# 2\n")["version"] == 3


def test_mistakes_are_named_by_the_lines_of_the_file(shell: Shell, tmp_path: Path) -> None:
    file = copied(shell, tmp_path / "p.toml", '[defaults]\nregion = "Iran"\n')
    line = len(file.read_text(encoding="utf-8").splitlines())
    checked = shell("process", "check", str(file), "--json").data["problems"]
    refused = shell("process", "apply", str(file), "--yes", "--json").error["fields"]
    assert {each["line"] for each in checked} == {int(each["field"]) for each in refused}
    assert all(line - 1 <= each["line"] <= line for each in checked)


def test_a_copy_of_an_older_version_goes_back_to_it_by_its_number(
    shell: Shell, two: tuple[Path, Path]
) -> None:
    first = stored(shell)
    shell.ok("process", "apply", str(two[0]), "--yes")
    old = shell.ok("process", "show", "--version", "1").out
    assert shell("process", "apply", "-", "--yes", text=old).code == 6
    shell.ok("process", "apply", "-", "--yes", "--version", "2", text=old)
    assert stored(shell) == first
