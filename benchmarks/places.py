"""What the measurements run on: this Python's programs, and databases made once per run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tuicrm.domain.clock import SystemClock
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings

AGENT = "sara"
ZONE = "Asia/Tehran"
_SCRIPT = Path(sys.executable).with_name("tuicrm")
TUICRM: Sequence[str] = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-m", "tuicrm"]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A person's environment whose files are all in ``folder``; byte code may be kept."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("TUICRM_")}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environ |= {
        f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")
    }
    environ |= {"TUICRM_DB": str(folder / "bench.db"), "TUICRM_AGENT": AGENT, "TZ": ZONE, "LANG": "C.UTF-8"}
    return environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | more


def opened(path: Path, agent: str = AGENT) -> Crm:
    """The database of a path, opened as the shell does."""
    settings = Settings(
        database=str(path), agent=agent, zone=ZONE, region="IR", file=path.with_name("settings.toml")
    )
    return open_crm(settings, via="cli", clock=SystemClock())


def wall_ms(command: Sequence[str], environ: Mapping[str, str]) -> float:
    """How long a command takes, from its start to its end. Raises ``RuntimeError`` when it fails."""
    started = time.perf_counter()
    done = subprocess.run(
        command, env=dict(environ), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    took = (time.perf_counter() - started) * 1000
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr.decode(errors='replace')}")
    return took


def interleaved(
    commands: Mapping[str, Sequence[str]], environ: Mapping[str, str], rounds: int
) -> dict[str, list[float]]:
    """Each command once a round, so that a busy moment of the machine hits all of them alike."""
    for command in commands.values():
        wall_ms(command, environ)
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            took[name].append(wall_ms(command, environ))
    return took
