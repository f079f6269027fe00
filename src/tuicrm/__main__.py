"""The entry point, and the only place that knows both faces: argv first, then the shell or the screens."""

from __future__ import annotations

import os
import sys

# as typing has it, which would cost 3 ms
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuicrm.cli.keys import Keys
    from tuicrm.domain.lesson import Lesson
    from tuicrm.services.context import Crm
    from tuicrm.settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command, or the screens when there is none. Gives the exit code."""
    args = sys.argv[1:] if argv is None else list(argv)
    # a daemon that calls it may have closed them
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        _open_closed()
    if args[:1] == ["--version"]:
        return _version(args, last=argv is None)
    # collecting while modules load finds nothing and costs a seventh of the start
    import gc

    gc.disable()
    _load_less()
    from tuicrm.cli.session import run

    return run(args, (_screens, _keys), last=argv is None)


def _version(args: Sequence[str], *, last: bool) -> int:
    """Says the version. ``last``: and ends the process at once, as ``session.run`` does."""
    from tuicrm import __version__

    try:
        sys.stdout.write(f"tuicrm {__version__}\n")
        sys.stdout.flush()
    except OSError:
        # nobody reads, or a disk is full: the shell knows what to say of that
        from tuicrm.cli.session import run

        return run(args, (_screens, _keys))
    if last:
        from os import _exit

        _exit(0)
    return 0


def _open_closed() -> None:
    """Puts nothing in place of standard streams that are closed: who reads it reads no byte, what is written is gone.

    Their numbers are taken too, or the next file that is opened would get what others write to the screen.
    """
    from io import BytesIO, TextIOWrapper

    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            if nothing != number:
                os.dup2(nothing, number)
                os.close(nothing)
            # what is read has no number: nobody is told that "0" is empty
            out = os.fdopen(number, "w", encoding="utf-8") if number else None
            setattr(sys, name, out or TextIOWrapper(BytesIO()))


def _load_less() -> None:
    """Keeps Python's own modules from loading what no command needs: 4 ms, and half a megabyte of each session."""
    from tuicrm.later import later

    # pathlib would, to write a path as an address
    later("urllib.parse", "quote_from_bytes", "quote", "urlparse")
    # and that, to read addresses in brackets
    later("ipaddress")
    # zoneinfo would, to ask how Python was made: that is, where most systems keep their time zones
    folder = "/usr/share/zoneinfo"
    if os.path.isdir(folder):
        os.environ.setdefault(
            "PYTHONTZPATH", f"{folder}:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo"
        )
        later("sysconfig")


def _screens(settings: Settings, open_crm: Callable[[], Crm] | None = None, lesson: Lesson = "") -> int:
    """Opens the screens and stays until they are left."""
    from tuicrm.tui import run

    return run(settings, open_crm=open_crm, lesson=lesson)


def _keys() -> Keys:
    """What the screens tell of their keys."""
    from tuicrm.tui import keylist

    return keylist


if __name__ == "__main__":
    sys.exit(main())
