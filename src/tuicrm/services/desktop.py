"""Notifications of the desktop: by the program that shows them there, its arguments as a list, never by a shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from shutil import which
from typing import Final

from tuicrm.domain.safe import clean
from tuicrm.services import programs

LONGEST: Final = 240
"""Characters of a title or a text; desktops show fewer."""
_MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SCRIPT: Final = (
    *("-e", "on run argv"),
    *("-e", "display notification (item 3 of argv) with title (item 1 of argv) subtitle (item 2 of argv)"),
    *("-e", "end run"),
)


def notifier(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """The program that shows notifications here; None where nobody would see one."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return None
    if platform == "darwin":
        return which("osascript", path=environ.get("PATH"))
    return which("notify-send", path=environ.get("PATH")) if _bus(environ) else None


def show(program: str, title: str, text: str, environ: Mapping[str, str] = os.environ) -> None:
    """Shows one notification; ``text`` may have several lines.

    Neither a name nor a reason is ever an option, markup or a piece of a script. Raises as ``programs.run``.
    """
    title, text = clean(title)[:LONGEST], clean(text, multiline=True)[:LONGEST]
    if os.path.basename(program) == "osascript":
        programs.run([program, *_SCRIPT, "tuicrm", title, text])
        return
    # cron knows nothing of the desktop's bus, which is always at the same place
    more = {} if "DBUS_SESSION_BUS_ADDRESS" in environ else {"DBUS_SESSION_BUS_ADDRESS": _bus(environ)}
    programs.run(
        [program, "--app-name=tuicrm", "--", title, text.translate(_MARKUP)], environ={**environ, **more}
    )


def _bus(environ: Mapping[str, str]) -> str:
    """The address of the desktop's bus; ``""`` where there is none."""
    folder = environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    at = os.path.join(folder, "bus")
    return environ.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={at}" if os.path.exists(at) else "")
