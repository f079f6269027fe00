"""Runs command lines in the made-up language, all in this process; prints what they gave back as JSON.

A process of its own, because the shell's modules keep the help they were loaded with. Standard input has
``[[[word, ...], what is typed], ...]``; the environment says which database.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys

from tests.i18n import pseudo


def main() -> None:
    """Runs what standard input names."""
    from tuicrm.__main__ import main as tuicrm

    given: list[tuple[list[str], str]] = json.load(sys.stdin)
    told = []
    with pseudo.spoken(isolate=False):
        for words, typed in given:
            out, err = io.StringIO(), io.StringIO()
            sys.stdin = io.TextIOWrapper(io.BytesIO(typed.encode()), "utf-8")
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = tuicrm(words)
            told.append([code, out.getvalue(), err.getvalue()])
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
