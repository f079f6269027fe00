"""Help holds what the README promises: all keys that act here, and what a log line can say."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import Desk, desk

from tuicrm.tui import linesheet
from tuicrm.tui.screens.help import HelpText


def told(one: Desk) -> list[str]:
    """Every line of help, scrolled to or not."""
    return [line.plain.rstrip() for line in one.app.screen.query_one(HelpText)._lines]


def here(lines: list[str]) -> dict[str, str]:
    """The first section: what each key does."""
    end = lines.index("")
    assert lines[0] == "Here"
    return {line[:24].strip(): line[24:].strip() for line in lines[1:end]}


async def test_on_today_the_outcome_keys_come_first_with_their_labels(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("?")
        keys = here(told(one))
        assert list(keys)[:5] == ["c", "n", "b", "v", "w"]
        assert keys["w"].startswith("wrong number")
        assert keys["n"].startswith("no answer")
        assert keys["l"] == "log a call"
        assert "Delete" not in keys, "nothing is deleted on Today"


async def test_on_calls_a_logs_a_past_call(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "?")
        keys = here(told(one))
        assert keys["a"] == "log a past call"
        assert keys["/"] == "search"
        assert "n" not in keys


async def test_the_log_line_can_be_learnt_here(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("?")
        lines = told(one)
        at = lines.index(linesheet.TITLE)
        said = "\n".join(lines[at : lines.index("", at)])
        for token in ("/n", "/2d", "/sat10", "/tom 9:30", "/-", "/th", "/t12", "/x12", ".q", "-9:40", "=4"):
            assert token in said
        for token in ("#vip", "@sara", "/in  /out", "/sms", "//n"):
            assert token in said
        await one.press("slash")
        await one.type("topic")
        assert any(".q" in line for line in told(one))
        assert not any("/sms" in line for line in told(one))


async def test_no_line_of_help_is_cut_on_a_small_terminal(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        for place in "123":
            await one.press(place, "?")
            assert [line for line in told(one) if len(line) > 78 or "…" in line] == []
            await one.press("q")


async def test_the_count_of_what_is_below_cuts_no_line_of_help(tmp_path: Path) -> None:
    for high in range(16, 30):
        async with desk(tmp_path / str(high), size=(80, high)) as one:
            await one.press("question_mark", "pagedown")
            assert "↓ " in one.screen
            assert "…" not in "".join(
                line.replace("every…", "").replace("follow-up…", "") for line in one.lines
            )


async def test_every_key_of_the_table_stands_in_help_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("?")
        lines = told(one)
        assert len([line for line in lines if line.endswith(" to the shell; fg comes back")]) == 1
        assert len([line for line in lines if line.endswith(" edit")]) == 1, "not here, but elsewhere"
