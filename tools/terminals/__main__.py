"""``python -m tools.terminals``: starts each terminal, runs tuicrm in it, types, saves pictures."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.terminals.display import Display, missing, on
from tools.terminals.emulators import EMULATORS, Emulator, version
from tools.terminals.office import environment, open_office, program
from tools.terminals.scenes import SCENES, Scene

PICTURES = Path(__file__).parents[2] / "docs" / "terminals"
SIZE = (80, 24)
TUICRM = [sys.executable, "-m", "tuicrm"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Takes the pictures asked for; 1 when a program is missing."""
    asked = _parser().parse_args(arguments)
    # an end from outside takes the display and the terminal along
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))
    if lacking := missing():
        print(f"missing programs: {', '.join(lacking)}", file=sys.stderr)
        return 1
    scenes = [scene for scene in SCENES if not asked.scenes or scene.name in asked.scenes]
    with Display() as display:
        for emulator in EMULATORS:
            if asked.only and emulator.name not in asked.only:
                continue
            told = version(emulator)
            print(f"{emulator.name}: {told or 'not installed'}")
            for language in ("fa", "en") if told else ():
                wanted = [one for one in scenes if language in one.languages]
                _session(display, emulator, language, wanted, asked.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.terminals", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[one.name for one in EMULATORS], help="these terminals")
    parser.add_argument("--scenes", nargs="+", choices=[one.name for one in SCENES], help="these scenes")
    parser.add_argument("--out", type=Path, default=PICTURES, help="folder of the pictures")
    return parser


def _session(
    display: Display, emulator: Emulator, language: str, scenes: Sequence[Scene], out: Path
) -> None:
    """One start of the terminal with the program in it, through the scenes."""
    if not scenes:
        return
    with tempfile.TemporaryDirectory(prefix="tuicrm-terminals-") as name:
        folder = Path(name)
        open_office(folder / "office.db")
        environ = program(os.environ) | environment(folder, language) | emulator.environ
        environ |= {"TUICRM_BIDI": emulator.mode, "HOME": name, "XDG_RUNTIME_DIR": name}
        running = subprocess.Popen(
            emulator.start(SIZE, TUICRM, folder),
            env=on(display, environ), cwd=name, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            display.take_window()
            display.settle()
            for scene in scenes:
                _shoot(display, scene, out / f"{emulator.name}-{scene.name}-{language}.png")
        finally:
            _end(running)
            display.wait_gone()


def _shoot(display: Display, scene: Scene, path: Path) -> None:
    for keys in scene.keys:
        display.type(keys)
        display.settle()
    display.picture(path)
    print(f"  {path.name}  {path.stat().st_size} bytes")
    if scene.back:
        display.type(scene.back)
        display.settle()


def _end(running: subprocess.Popen[bytes]) -> None:
    """Ends the terminal and all that it started."""
    os.killpg(running.pid, signal.SIGTERM)
    try:
        running.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


if __name__ == "__main__":
    raise SystemExit(main())
