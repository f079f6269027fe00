"""A terminal for programs under test: a pty that answers what Textual asks, and times what it paints."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

_ANSWERS = (
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),  # may frames be bracketed: yes
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),  # sizes in the stream: no
    (b"\x1b[?u", b"\x1b[?0u"),  # which keys are told in full: none yet
    (b"\x1b[c", b"\x1b[?62;22c"),  # what are you
    (b"\x1b[6n", b"\x1b[1;1R"),  # where is the cursor
)
_ESCAPES = re.compile(rb"\x1b(?:\[[0-9;:?<=>$]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_=>])")
_PATIENCE_S = 20.0


class Terminal:
    """One program in a pty of ``size`` (columns, rows). ``started``: the ``time.perf_counter`` of its exec."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.started = time.perf_counter()
        self._program = subprocess.Popen(
            command, env=dict(environ), stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self.received = 0
        self.last_byte = self.started
        self._text = b""

    @property
    def pid(self) -> int:
        return self._program.pid

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.send_signal(signal.SIGTERM)
        deadline = time.perf_counter() + 5
        while self._program.poll() is None and time.perf_counter() < deadline:
            self._read(0.05)
        if self._program.poll() is None:
            self._program.kill()
        self._program.wait()
        os.close(self._master)

    # --- reading ----------------------------------------------------------------------------------------------

    def _read(self, wait_s: float) -> bool:
        """Takes in what is there, waiting up to ``wait_s``; answers what is asked. True when something came."""
        ready, _, _ = select.select([self._master], [], [], wait_s)
        if not ready:
            return False
        try:
            chunk = os.read(self._master, 65536)
        except OSError:
            return False
        if not chunk:
            return False
        self.last_byte = time.perf_counter()
        self.received += len(chunk)
        for question, answer in _ANSWERS:
            if question in chunk:
                os.write(self._master, answer)
        self._text = (self._text + _ESCAPES.sub(b"", chunk))[-200_000:]
        return True

    def wait_for(self, text: str) -> float:
        """Seconds from the start until ``text`` was received. Raises ``TimeoutError``."""
        wanted = text.encode()
        deadline = time.perf_counter() + _PATIENCE_S
        while wanted not in self._text:
            if time.perf_counter() > deadline:
                shown = self._text[-2000:].decode(errors="replace")
                raise TimeoutError(f"{text!r} was not shown; last: {shown}")
            self._read(0.05)
        return self.last_byte - self.started

    def settle(self, quiet_s: float = 0.25) -> None:
        """Reads until nothing came for ``quiet_s``."""
        while self._read(quiet_s):
            pass

    def next_paint(self, since: float) -> float:
        """Milliseconds from the ``perf_counter`` moment ``since`` to the next bytes. Raises ``TimeoutError``."""
        if not self._read(_PATIENCE_S):
            raise TimeoutError("nothing was painted")
        return (self.last_byte - since) * 1000

    def rest(self, seconds: float) -> None:
        """Reads for that long, whatever comes."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            self._read(left)

    def forget(self) -> None:
        """What was received so far is not looked at again."""
        self._text = b""

    # --- keys -------------------------------------------------------------------------------------------------

    def press(self, keys: bytes, *, quiet_s: float = 0.12) -> tuple[float, int]:
        """Writes keys; gives the milliseconds to the last byte of what they painted, and the bytes."""
        if self._program.poll() is not None:
            raise RuntimeError(f"the program has ended: {self._text[-800:].decode(errors='replace')}")
        before, written = self.received, time.perf_counter()
        os.write(self._master, keys)
        self.last_byte = written
        if self._read(2.0):
            self.settle(quiet_s)
        return (self.last_byte - written) * 1000, self.received - before

    # --- costs ------------------------------------------------------------------------------------------------

    def cpu_s(self) -> float:
        """Seconds of processor time of all threads so far."""
        spent = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            spent += int((task / "schedstat").read_text().split()[0])
        return spent / 1e9

    def unique_mb(self) -> float:
        """Megabytes that this process shares with nobody (USS)."""
        private = 0
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(("Private_Clean", "Private_Dirty", "Private_Hugetlb")):
                private += int(line.split()[1])
        return private * 1024 / 1e6
