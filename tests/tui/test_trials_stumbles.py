"""What an office manager stumbled over in the second week: what is said too late, cut, or of somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.desk import desk
from tests.tui.test_trials_night import NIGHT

from tuicrm.tui.widgets.message_line import MessageLine


async def test_in_quiet_hours_the_first_promise_too_is_asked_for_and_what_was_said_goes_with_the_next_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path, at=NIGHT) as one:
        await one.press("n")
        assert one.calls() == []
        asked = "Quiet hours for Leila Karimi: an arrow key first, then n logs it."
        assert one.message == asked
        await one.press("up")
        assert one.message == asked, "nobody has read it yet"
        monkeypatch.setattr(MessageLine, "READ_S", 0.0)
        await one.press("down")
        assert one.message == "", "it would name the wrong person"
        await one.press("up", "n")
        assert len(one.calls()) == 1
        assert one.message.startswith("Leila Karimi: no answer")
        await one.press("j")
        assert one.message.endswith("u undo"), "what can be taken back is still true"
        await one.press("l")
        await one.type("x")
        assert "Leila Karimi: no answer" in one.message, "letters of a text are no action"
