"""Who puts right-to-left text in order in this terminal: the program or the terminal. Decided from facts.

Measured or read for each terminal: some reorder every line they are sent (Konsole, Terminal.app), some never do
(alacritty, xterm), some leave it to the program when told (``CSI 8 l``: VTE, mintty). The facts are what the user
set or answered, what the terminal says of itself, and what the environment lets one guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from tuicrm.domain.record import record

Mode = Literal["visual", "logical", "plain"]
"""Who orders: the program (``visual``), the terminal (``logical``), nobody (``plain``)."""
BidiMode = Literal["auto", "visual", "logical", "plain"]
"""A user's setting; ``auto``: as ``choose`` finds."""
Answer = Literal["", "visual", "logical", "neither"]
"""Which of two lines read right in a terminal; ``""``: nobody was asked."""
Quirk = Literal["", "kitty", "konsole"]
"""A terminal that wants some help: kitty makes lam-alef one sign, Konsole that and no brackets turned round."""
Reason = Literal["setting", "answer", "mode8", "name", "hint", "default"]

NEVER_ASKED: Final = ("", "dumb", "linux")
"""Values of TERM whose terminals understand no such question, and hold no such letters."""


@record
class Kind:
    """What is known of one terminal. ``sure``: its users need not be asked.

    ``advice``: code of a sentence about what its user should set, or must put up with; ``mend``: it is the former.
    """

    mode: Mode
    sure: bool = True
    advice: str = ""
    mend: bool = False


KINDS: Final[Mapping[str, Kind]] = {
    "alacritty": Kind("visual"),
    "apple": Kind("logical", advice="bidi_always"),
    "foot": Kind("visual"),
    "ghostty": Kind("visual"),
    "iterm": Kind("visual", sure=False),
    "kitty": Kind("visual", sure=False, advice="bidi_kitty", mend=True),
    "konsole": Kind("logical", advice="bidi_always"),
    "linux": Kind("visual"),
    "mintty": Kind("visual"),
    "mlterm": Kind("visual", sure=False, advice="bidi_mlterm", mend=True),
    "putty": Kind("visual", sure=False, advice="bidi_putty", mend=True),
    "vscode": Kind("visual"),
    "vte": Kind("visual"),
    "vte_mux": Kind("logical", advice="bidi_vte_mux"),
    "wezterm": Kind("visual", sure=False),
    "wt": Kind("visual"),
    "xterm": Kind("visual"),
}
UNKNOWN: Final = Kind("visual", sure=False)

_LONGEST: Final = 40
"""Letters of a terminal's name at most."""

MULTIPLEXERS: Final = frozenset({"tmux", "screen"})
"""They answer for themselves and hide the terminal they run in."""

_NAMES: Final[Mapping[str, str]] = {
    "alacritty": "alacritty", "apple": "apple", "foot": "foot", "ghostty": "ghostty", "iterm2": "iterm",
    "kitty": "kitty", "konsole": "konsole", "mintty": "mintty", "mlterm": "mlterm", "putty": "putty",
    "vte": "vte", "wezterm": "wezterm", "windows terminal": "wt", "xterm": "xterm", "xterm.js": "vscode",
}  # fmt: skip
"""What terminals call themselves (``name_of``)."""

_DEVICES: Final = (
    ("0;136;0", "putty"),
    ("1;95;0", "apple"),
    ("24;279;0", "mlterm"),
    ("65;[0-9]+;1", "vte"),
    ("[01];115;0", "konsole"),
    ("77;[0-9]+;0", "mintty"),
    ("83;[0-9]+;0", "screen"),
    ("84;[0-9]+;0", "tmux"),
)
"""What those that do not tell their name answer to the older question for their kind (DA2)."""

_HINTS: Final = (
    ("TERM", "alacritty", "alacritty"),
    ("TERM", "foot", "foot"),
    ("TERM", "linux", "linux"),
    ("TERM", "mlterm", "mlterm"),
    ("TERM", "putty", "putty"),
    ("TERM", "xterm-ghostty", "ghostty"),
    ("TERM", "xterm-kitty", "kitty"),
    ("TERM_PROGRAM", "Apple_Terminal", "apple"),
    ("TERM_PROGRAM", "WezTerm", "wezterm"),
    ("TERM_PROGRAM", "ghostty", "ghostty"),
    ("TERM_PROGRAM", "iTerm.app", "iterm"),
    ("TERM_PROGRAM", "mintty", "mintty"),
    ("TERM_PROGRAM", "vscode", "vscode"),
    ("LC_TERMINAL", "iTerm2", "iterm"),
    ("KONSOLE_VERSION", "", "konsole"),
    ("KITTY_WINDOW_ID", "", "kitty"),
    ("ALACRITTY_WINDOW_ID", "", "alacritty"),
    ("MLTERM", "", "mlterm"),
    ("WT_SESSION", "", "wt"),
    ("VTE_VERSION", "", "vte"),
    ("XTERM_VERSION", "", "xterm"),
)
"""Variable, how its value begins, terminal. A program started from one terminal into another inherits the marks
of both, so what the terminal says itself counts more, and TERM more than the rest."""

_MARKS: Final = (
    *("ALACRITTY_WINDOW_ID", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "MLTERM", "VTE_VERSION", "WT_SESSION"),
    "XTERM_VERSION",
)
"""Variables that are there in one terminal only, with whatever value."""

_MODE_8: Final[Mapping[int, Mode]] = {1: "visual", 2: "visual", 3: "logical", 4: "visual"}
"""The terminal's setting of mode 8, ``who reorders``: it can be changed (1, 2), is always the terminal (3), is
always the program (4). 0 says that it knows no such mode."""


@record
class Facts:
    """What is known. ``mode8``: the terminal's answer, None without one. ``name``: as ``name_of`` gives it."""

    setting: BidiMode
    answer: Answer
    mode8: int | None
    name: str
    environ: Mapping[str, str]


@record
class Choice:
    """The mode, and what decided: ``by`` names the terminal or the variable, ``""`` when that says nothing.

    ``sure``: nobody need be asked. ``advice``: code of a sentence for this terminal, ``""`` without one;
    ``mend``: the user can do something.
    """

    mode: Mode
    reason: Reason
    by: str = ""
    sure: bool = True
    advice: str = ""
    mend: bool = False


def choose(facts: Facts) -> Choice:
    """The mode for this terminal."""
    reason, by, kind = _recognised(facts.name, facts.environ)
    if facts.setting != "auto":
        return Choice(facts.setting, "setting")
    if facts.answer == "neither":
        return Choice("visual", "answer", advice=kind.advice, mend=kind.mend)
    if facts.answer:
        return Choice(facts.answer, "answer")
    told = _MODE_8.get(facts.mode8 or 0)
    if told is not None:
        return Choice(told, "mode8", facts.name)
    return Choice(kind.mode, reason, by, kind.sure, kind.advice, kind.mend)


def advice_for(facts: Facts) -> str:
    """The code of what to tell somebody to whom neither order reads right."""
    return _recognised(facts.name, facts.environ)[2].advice or "bidi_other"


def quirk(facts: Facts) -> Quirk:
    """Which of the terminals it is that draw some signs amiss; they are known under tmux as well."""
    kind = _recognised(facts.name, facts.environ)[2]
    return "konsole" if kind is KINDS["konsole"] else "kitty" if kind is KINDS["kitty"] else ""


def _recognised(name: str, environ: Mapping[str, str]) -> tuple[Reason, str, Kind]:
    """Which terminal it is: what told, its word, what is known of it."""
    if name and name not in MULTIPLEXERS:
        kind = KINDS.get(_NAMES.get(name, ""))
        return ("name", name, kind) if kind else ("default", name, UNKNOWN)
    variable, found = _hint(environ)
    if found == "vte" and inside_multiplexer(environ, name):
        found = "vte_mux"
    return ("hint", variable, KINDS[found]) if found else ("default", name, UNKNOWN)


def _hint(environ: Mapping[str, str]) -> tuple[str, str]:
    """The variable that gives a terminal away, and the terminal; twice ``""`` when none does."""
    for variable, value, kind in _HINTS:
        if variable in environ and environ[variable].startswith(value):
            return variable, kind
    return "", ""


def inside_multiplexer(environ: Mapping[str, str], name: str = "") -> bool:
    """Whether tmux or screen stands between the program and the terminal."""
    inherited = "TMUX" in environ or "STY" in environ
    return inherited or name in MULTIPLEXERS or environ.get("TERM", "").startswith(("tmux", "screen"))


# --- names and keys -----------------------------------------------------------------------------------------------


def name_of(version: str, device: str) -> str:
    """The terminal's name in small letters, without its version: from what it answered to the question for its
    name (``Konsole 22.12.3``, ``kitty(0.26.5)``), else to the one for its kind (``65;7006;1``); else ``""``."""
    named = re.match(r"[^\W\d][^\s(]*(?: [^\W\d]\w*)*", version)
    if named:
        return named.group()[:_LONGEST].lower()
    return next((name for pattern, name in _DEVICES if re.fullmatch(pattern, device)), "")


def key(environ: Mapping[str, str], name: str = "") -> str:
    """The terminal as far as the environment tells it from others, the same at every start in it; where that is
    too little (``one_of_many``), by its ``name`` as well."""
    parts = [environ.get("TERM", "") or "-"]
    if program := environ.get("TERM_PROGRAM", ""):
        parts.append(f"{program}/{environ.get('TERM_PROGRAM_VERSION', '').partition('.')[0]}")
    parts += [mark for mark in _MARKS if mark in environ]
    if inside_multiplexer(environ):
        parts.append("multiplexer")
    if _distant(environ):
        parts.append("ssh")
    if name and one_of_many(environ):
        parts.append(name)
    return " ".join(parts)


def one_of_many(environ: Mapping[str, str]) -> bool:
    """Whether another terminal may have the same ``key``: over SSH most variables stay behind."""
    return _distant(environ) and not _hint(environ)[1] and not inside_multiplexer(environ)


def _distant(environ: Mapping[str, str]) -> bool:
    return "SSH_CONNECTION" in environ or "SSH_TTY" in environ
