"""What README and ``docs/`` promise: every command runs, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.loglines import EXAMPLES
from tuicrm.domain import process_toml
from tuicrm.domain.process_calendar import RULES as CALENDAR
from tuicrm.domain.process_values import SECTIONS
from tuicrm.tui import linesheet

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SHELL: Final = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK: Final = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
FILES: Final = {
    "people.csv": "Full name,Phone,Kreis\nNima Farahani,0912 000 0101,north\nMina Zarif,0912 000 0102,\n",
    "people.vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:Omid Samadi\nTEL:0912 000 0103\nEND:VCARD\n",
    "calls.csv": "number,started,outcome\n0912 000 0101,2026-11-20 10:00,connected\n",
}
"""What the examples read."""


def commands(page: Path) -> list[str]:
    """The program's commands among the examples of a page."""
    blocks = SHELL.findall(page.read_text("utf-8"))
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("tuicrm ")]


def outside_code(page: Path) -> str:
    return re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.stem)
def test_every_command_of_a_page_runs_as_it_stands(page: Path, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    program = tmp_path / "bin"
    program.mkdir()
    starter = program / "tuicrm"
    starter.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tuicrm "$@"\n')
    starter.chmod(0o755)
    environ = {
        "PATH": f"{program}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "TUICRM_AGENT": "lena",
        "TUICRM_NOW": "2026-11-22T09:31:00+03:30",
        "TZ": "Asia/Tehran",
        "LC_ALL": "C.UTF-8",
    }
    for command in commands(page):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    wrong = [link for link in LINK.findall(outside_code(page)) if not (page.parent / link).exists()]
    assert not wrong


def test_every_page_is_reached_from_the_readme() -> None:
    reached, left = set(), [ROOT / "README.md"]
    while left:
        page = left.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        left += [(page.parent / link).resolve() for link in LINK.findall(outside_code(page))]
    assert not set(PAGES) - reached


def test_the_page_of_the_log_line_has_every_token_and_examples_that_are_tried() -> None:
    page = (ROOT / "docs" / "logline.md").read_text("utf-8")
    tokens, examples = page.split("Examples,")
    typed = [token for both, _ in linesheet.TOKENS for token in both.split("  ")]
    assert not [token for token in typed if f"`{token}`" not in tokens]
    lines = re.findall(r"^\| `([^`]+)` \|", examples, re.MULTILINE)
    assert len(lines) > 10
    assert not set(lines) - {line for line, _ in EXAMPLES}


def test_the_page_of_the_process_file_names_every_key() -> None:
    page = (ROOT / "docs" / "process.md").read_text("utf-8")
    keys = {key for section in (*SECTIONS.values(), CALENDAR) for key in section}
    assert not {key for key in keys if f"`{key}`" not in page}


def test_the_example_of_the_process_file_can_be_applied() -> None:
    page = (ROOT / "docs" / "process.md").read_text("utf-8")
    shipped = (ROOT / "src" / "tuicrm" / "process" / "default.toml").read_text("utf-8")
    for example in re.findall(r"```toml\n(.*?)```", page, re.DOTALL):
        # what an example has once it has instead of the shipped file
        without = re.sub(r"^\[calendar\].*?^# ---", "# ---", shipped, flags=re.DOTALL | re.MULTILINE)
        made, problems = process_toml.read(f"{without if '[calendar]' in example else shipped}\n{example}")
        assert made is not None, problems
