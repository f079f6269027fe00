"""``python -m tools.terminals``: starts each terminal, runs tuicrm in it, types, saves pictures."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tools.terminals.display import Display, missing
from tools.terminals.emulators import EMULATORS, Emulator, version
from tools.terminals.scenes import ALL_LANGUAGES, SCENES, Scene
from tools.terminals.sessions import choice, pictures

PICTURES: Final = Path(__file__).parents[2] / "docs" / "terminals"


def main(arguments: Sequence[str] | None = None) -> int:
    """Takes the pictures asked for; 1 when a program is missing."""
    asked = _parser().parse_args(arguments)
    if lacking := missing():
        print(f"missing programs: {', '.join(lacking)}", file=sys.stderr)
        return 1
    # an end from outside takes the display and the terminal along
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))
    with Display() as display:
        for emulator in EMULATORS:
            if asked.only and emulator.name not in asked.only:
                continue
            told = version(emulator, display.name)
            print(f"{emulator.name}: {told or 'not installed'}", flush=True)
            if told:
                print(f"  {'; '.join(choice(display, emulator))}", flush=True)
                for language, scenes in plan(emulator, asked.scenes):
                    for path in pictures(display, emulator, language, scenes, asked.out):
                        print(f"  {path.name}  {path.stat().st_size} bytes", flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.terminals", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[one.name for one in EMULATORS], help="these terminals")
    parser.add_argument("--scenes", nargs="+", choices=[one.name for one in SCENES], help="these scenes")
    parser.add_argument("--out", type=Path, default=PICTURES, help="folder of the pictures")
    return parser


def plan(emulator: Emulator, names: Sequence[str] | None = None) -> list[tuple[str, list[Scene]]]:
    """The sessions of one terminal, a language and the scenes of one size each; ``names``: these scenes only."""
    sessions = []
    for language in ALL_LANGUAGES:
        for wide in (False, True):
            scenes = [
                scene
                for scene in SCENES
                if scene.name in (names or emulator.scenes) and scene.name in emulator.scenes
                if language in scene.languages and scene.wide == wide
            ]
            if scenes:
                sessions.append((language, scenes))
    return sessions


if __name__ == "__main__":
    raise SystemExit(main())
