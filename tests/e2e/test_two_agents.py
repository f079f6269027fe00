"""Two processes log calls on one file at once: no lock error, every call there.

That who waits has a turn is tried in ``tests/storage``; how even the turns are is measured in benchmarks.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

from tests.conftest import LONG
from tests.e2e.terminal import Shell

CALLS = 1_000 if LONG else 150


def start(shell: Shell, agent: str) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "tests.e2e.logging_agent",
        shell.env["TUICRM_DB"],
        agent,
        "1",
        str(CALLS),
    ]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )


def test_two_agents_logging_at_once_lose_nothing(shell: Shell) -> None:
    agents = [start(shell, name) for name in ("sara", "omid")]
    for agent in agents:
        assert agent.stdout is not None
        assert agent.stdout.readline() == "ready\n"
    for agent in agents:
        assert agent.stdin is not None
        agent.stdin.write("go\n")
        agent.stdin.flush()
    ended = [agent.communicate(timeout=600) for agent in agents]
    assert [errors for _, errors in ended] == ["", ""]
    assert [agent.returncode for agent in agents] == [0, 0]

    stored = shell.json("call", "list", "--all")
    assert Counter(call["agent"] for call in stored) == {"sara": CALLS, "omid": CALLS}
    assert len({call["follow_up"]["id"] for call in stored}) == 2 * CALLS
