"""A display of its own (Xvfb) with a keyboard of two layouts, and hands and eyes for the one window on it."""

from __future__ import annotations

import mmap
import os
import re
import struct
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

Place = tuple[int, int, int, int]
"""Left, top, width, height in pixels."""
SIZE: Final = "1600x1100x24"
PATIENCE_S: Final = 20.0
_BLINK_S: Final = 1.2
"""More than one period of a blinking cursor."""
_COLOURS: Final = "24"
_NEEDED: Final = ("Xvfb", "xdotool", "setxkbmap", "script", "convert", "xwininfo")
_NAMED: Final = re.compile(r"<([A-Za-z0-9+_]+)>")


class Display:
    """Starts the X server; everything shown on it is ended with it."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self._folder = tempfile.TemporaryDirectory(prefix="tuicrm-display-")
        asked = ["-screen", "0", SIZE, "-nolisten", "tcp", "-noreset", "-fbdir", self._folder.name]
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), *asked], pass_fds=(writing,), stderr=subprocess.DEVNULL
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.name = f":{told.readline().strip()}"
        # typing picks each letter's real key, in the layout that has it
        self._run("setxkbmap", "-layout", "us,ir")
        self._run("xdotool", "mousemove", "1590", "1090")
        self._place: Place = (0, 0, 1, 1)

    def __enter__(self) -> Display:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()
        self._folder.cleanup()

    # --- the window -------------------------------------------------------------------------------------------

    def take_window(self) -> None:
        """Waits for a window, gives it the keyboard, waits until a program has painted there. ``TimeoutError``."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if windows := self._windows():
                window, self._place = windows[0]
                # a program whose terminal has not the keyboard shows no keys
                self._run("xdotool", "windowfocus", window)
                # its last line has words once it has painted its first picture
                if len(set(self._pixels()[-3 * 12 * self._place[2] :])) > 8:
                    return
            time.sleep(0.1)
        raise TimeoutError("no window came up, or nothing appeared in it")

    def _windows(self) -> list[tuple[str, Place]]:
        """The windows that are shown, the largest first: id and place."""
        tree = self._run("xwininfo", "-root", "-children")
        shown = []
        for found in re.finditer(r"^\s+(0x\w+) .*\s(\d+)x(\d+)\+\S+\s+\+(\d+)\+(\d+)$", tree, re.MULTILINE):
            width, height, left, top = map(int, found.groups()[1:])
            # helpers of the toolkits are a few pixels small
            if width > 200 and "IsViewable" in self._run("xwininfo", "-id", found[1]):
                shown.append((found[1], (left, top, width, height)))
        return sorted(shown, key=lambda each: -each[1][2] * each[1][3])

    def wait_gone(self) -> None:
        """Waits until no window is left."""
        until = time.monotonic() + PATIENCE_S
        while self._windows() and time.monotonic() < until:
            time.sleep(0.1)

    # --- hands ------------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Types text with the keys that carry it; ``<Escape>``, ``<alt+2>`` are keys by their X names."""
        for index, piece in enumerate(_NAMED.split(text)):
            if index % 2:
                self._run("xdotool", "key", "--clearmodifiers", piece)
            elif piece:
                self._run("xdotool", "type", "--delay", "40", piece)

    # --- eyes -------------------------------------------------------------------------------------------------

    def settle(self, *, patience_s: float = 6.0) -> None:
        """Waits until the window has looked the same for a moment; a cursor may blink."""
        until, last, since = time.monotonic() + patience_s, b"", time.monotonic()
        while time.monotonic() < until:
            seen = self._pixels()
            if seen != last:
                last, since = seen, time.monotonic()
            elif time.monotonic() - since >= 0.4:
                return
            time.sleep(0.1)

    def picture(self, path: Path) -> None:
        """Saves the window as a small PNG. Of a blinking cursor's two looks the brighter one is taken."""
        self.settle()
        looks: dict[bytes, None] = {}
        until = time.monotonic() + _BLINK_S
        while time.monotonic() < until:
            looks[self._pixels()] = None
            time.sleep(0.15)
        best = max(looks, key=sum)
        path.parent.mkdir(parents=True, exist_ok=True)
        command = ["convert", "ppm:-", "+dither", "-colors", _COLOURS, "-strip", f"png8:{path}"]
        subprocess.run(command, input=best, check=True)

    def _pixels(self) -> bytes:
        """The window as it is now, as a PPM; read from the server's own picture of its screen (an XWD file)."""
        left, top, width, height = self._place
        with open(Path(self._folder.name, "Xvfb_screen0"), "rb") as file:
            memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        with memory as screen:
            head = struct.unpack(">25I", screen[:100])
            first, line = head[0] + 12 * head[19], head[12]
            starts = [first + line * y + 4 * left for y in range(top, top + height)]
            lines = b"".join(screen[start : start + 4 * width] for start in starts)
        colours = bytearray(3 * width * height)
        # four bytes each: blue, green, red, nothing
        colours[0::3], colours[1::3], colours[2::3] = lines[2::4], lines[1::4], lines[0::4]
        return b"P6 %d %d 255\n" % (width, height) + bytes(colours)

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env={**os.environ, "DISPLAY": self.name},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        return done.stdout


def missing(programs: Sequence[str] = _NEEDED) -> list[str]:
    """Those programs that this machine lacks."""
    from shutil import which

    return [program for program in programs if which(program) is None]
