"""The terminal emulators: how each is started, in which mode tuicrm serves it, and what its user must set."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tuicrm.domain.record import made, record

FONT: Final = "DejaVu Sans Mono"
"""It has the Arabic presentation forms; not every monospace font has."""
POINTS: Final = 11
Size = tuple[int, int]
"""Columns and rows."""
Command = list[str]

EVERYWHERE: Final = ("question", "today", "contacts", "card", "bar", "help", "note", "selected")


@record
class Emulator:
    """One terminal. ``version``: a command that says it.

    ``start``: from the size, the command to run inside and a folder for its files to what starts it.
    ``answer``: the key that tells tuicrm which line reads right there, ``""`` where it need not ask.
    ``scenes``: names of what is pictured there.
    """

    name: str
    start: Callable[[Size, Command, Path], Command]
    version: Command
    environ: Mapping[str, str] = made(default_factory=dict)
    answer: str = ""
    scenes: tuple[str, ...] = EVERYWHERE


def _vte(size: Size, inside: Command, _folder: Path) -> Command:
    window = str(Path(__file__).with_name("vte_window.py"))
    return [gi_python(), window, f"{FONT} {POINTS}", str(size[0]), str(size[1]), *inside]


def _tmux_in_vte(size: Size, inside: Command, folder: Path) -> Command:
    settings = folder / "tmux.conf"
    settings.write_text(
        "set -g status off\nset -s escape-time 0\nset -g default-terminal tmux-256color\n"
        "set -ga terminal-overrides ',*:Tc'\n"
    )
    return _vte(
        size, ["tmux", "-S", str(folder / "tmux"), "-f", str(settings), "new-session", *inside], folder
    )


def _konsole(size: Size, inside: Command, folder: Path) -> Command:
    # no option hides its two bars of buttons; a description of its window of the user's own does
    own = folder / "data" / "kxmlgui5" / "konsole"
    own.mkdir(parents=True)
    for name, bar in (("konsole", "mainToolBar"), ("session", "sessionToolbar")):
        (own / f"{name}ui.rc").write_text(
            f'<gui name="{name}" version="999"><ToolBar name="{bar}" hidden="true"/></gui>'
        )
    settings = {"Font": f"{FONT},{POINTS}", "TerminalColumns": str(size[0]), "TerminalRows": str(size[1])}
    settings |= {"ScrollBarPosition": "2", "BlinkingCursorEnabled": "false"}
    asked = [part for name, value in settings.items() for part in ("-p", f"{name}={value}")]
    return ["konsole", "--nofork", "--hide-menubar", "--hide-tabbar", *asked, "-e", *inside]


def _kitty(*more: str) -> Callable[[Size, Command, Path], Command]:
    def start(size: Size, inside: Command, _folder: Path) -> Command:
        options = (
            f"font_family={FONT}", f"font_size={POINTS}", "remember_window_size=no", "enable_audio_bell=no",
            f"initial_window_width={size[0]}c", f"initial_window_height={size[1]}c", "cursor_blink_interval=0",
            "update_check_interval=0", *more,
        )  # fmt: skip
        asked = [part for option in options for part in ("-o", option)]
        return ["kitty", "--config", "NONE", *asked, *inside]

    return start


def _xterm(size: Size, inside: Command, _folder: Path) -> Command:
    return [
        "xterm", "-fa", FONT, "-fs", str(POINTS), "-geometry", f"{size[0]}x{size[1]}", "+sb", "-b", "0", "-u8",
        "-tn", "xterm-256color", "-fg", "white", "-bg", "black", "-e", *inside,
    ]  # fmt: skip


def _alacritty(size: Size, inside: Command, folder: Path) -> Command:
    settings = folder / "alacritty.yml"
    settings.write_text(
        f"window: {{dimensions: {{columns: {size[0]}, lines: {size[1]}}}}}\n"
        f"font: {{normal: {{family: {FONT}}}, size: {POINTS}}}\n"
    )
    return ["alacritty", "--config-file", str(settings), "-e", *inside]


def _mlterm(*more: str) -> Callable[[Size, Command, Path], Command]:
    def start(size: Size, inside: Command, folder: Path) -> Command:
        fonts = folder / ".mlterm"
        fonts.mkdir(exist_ok=True)
        for name in ("aafont", "font"):
            (fonts / name).write_text(f"DEFAULT={FONT}\nISO10646_UCS4_1={FONT}\n")
        return [
            "mlterm", "--type=cairo", "-w", str(round(POINTS * 96 / 72)), "-g", f"{size[0]}x{size[1]}",
            "-O", "none", "-f", "white", "-b", "black", "-E", "UTF-8", "-Z=false",
            "-y", "xterm-256color", *more, "-e", *inside,
        ]  # fmt: skip

    return start


def _pterm(**more: int) -> Callable[[Size, Command, Path], Command]:
    def start(size: Size, inside: Command, folder: Path) -> Command:
        # what PuTTY's window of settings would have saved
        saved = folder / ".putty" / "sessions" / "Default%20Settings"
        saved.parent.mkdir(parents=True)
        saved.write_text("".join(f"{name}={value}\n" for name, value in more.items()) + "BlinkCur=0\n")
        return [
            "pterm", "-fn", f"client:{FONT} {POINTS}", "-fb", f"client:{FONT} Bold {POINTS}", "+sb", "+ut",
            "-geometry", f"{size[0]}x{size[1]}", "-cs", "UTF-8", "-xrm", "pterm.TermType:xterm-256color",
            "-e", *inside,
        ]  # fmt: skip

    return start


_SOFTWARE_GL: Final = {"LIBGL_ALWAYS_SOFTWARE": "1"}
_TRUE_COLOUR: Final = {"COLORTERM": "truecolor"}
_VTE_VERSION: Final = (
    "import gi; gi.require_version('Vte', '2.91'); from gi.repository import Vte as v;"
    "print(f'VTE {v.MAJOR_VERSION}.{v.MINOR_VERSION}.{v.MICRO_VERSION}')"
)

_UNSET: Final = ("question", "advice")
_KITTY: Final = ["kitty", "--version"]
_MLTERM: Final = ["mlterm", "--version"]
_PTERM: Final = ["pterm", "--version"]

EMULATORS: Final = (
    Emulator("vte", _vte, ["{gi}", "-c", _VTE_VERSION], scenes=(*EVERYWHERE, "wide")),
    Emulator(
        "konsole", _konsole, ["konsole", "--version"], {"QT_LOGGING_RULES": "*=false"},
        scenes=(*EVERYWHERE, "wide"),
    ),
    Emulator("kitty", _kitty("force_ltr=yes"), _KITTY, _SOFTWARE_GL, "1"),
    Emulator("kitty-unset", _kitty(), _KITTY, _SOFTWARE_GL, "0", _UNSET),
    Emulator("xterm", _xterm, ["xterm", "-version"]),
    Emulator("alacritty", _alacritty, ["alacritty", "--version"], _SOFTWARE_GL),
    Emulator("mlterm", _mlterm("--ctl=false"), _MLTERM, _TRUE_COLOUR, "1"),
    Emulator("mlterm-unset", _mlterm(), _MLTERM, _TRUE_COLOUR, "0", _UNSET),
    Emulator("pterm", _pterm(DisableBidi=1, ShiftedArrowKeys=1), _PTERM, _TRUE_COLOUR, "1"),
    Emulator("pterm-unset", _pterm(), _PTERM, _TRUE_COLOUR, "0", _UNSET),
    Emulator("tmux", _tmux_in_vte, ["tmux", "-V"]),
)  # fmt: skip
"""tmux stands in a VTE window; kitty, mlterm and pterm stand as their users must set them, and as they come."""


def gi_python() -> str:
    """A Python that has PyGObject and VTE: the system's, whatever stands first in the path."""
    folders = ("/usr/bin", "/bin", "/usr/local/bin", str(Path(sys.executable).parent))
    for folder in folders:
        found = shutil.which("python3", path=folder)
        if (
            found
            and subprocess.run([found, "-c", _VTE_VERSION], capture_output=True, check=False).returncode == 0
        ):
            return found
    raise FileNotFoundError("no python3 with PyGObject and VTE (Debian: python3-gi gir1.2-vte-2.91)")


def version(emulator: Emulator, display: str) -> str:
    """What the terminal calls itself; empty when it is not installed. Some say it on a ``display`` only."""
    try:
        command = [gi_python() if part == "{gi}" else part for part in emulator.version]
        environ = {"DISPLAY": display, "PATH": "/usr/bin:/bin:/usr/local/bin"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ)
    except FileNotFoundError:
        return ""
    return (done.stdout or done.stderr).strip().split("\n")[0]
