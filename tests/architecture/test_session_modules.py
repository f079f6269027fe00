"""What a session of the screens has in its memory: none of the modules that others load and no screen uses."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.test_imports import loaded
from tests.tui.ptys import terminal

NEVER_USED = (
    # what Python's own modules load
    *(
        "_sysconfigdata",
        "asyncio.sslproto",
        "bz2",
        "importlib.resources",
        "ipaddress",
        "locale",
        "lzma",
        "ssl",
    ),
    *(
        "base64",
        "pickle",
        "random",
        "shutil",
        "sysconfig",
        "tempfile",
        "tokenize",
        "traceback",
        "urllib.parse",
    ),
    # what Textual loads
    *("difflib", "mimetypes", "platformdirs", "textual.widgets._directory_tree", "textual.widgets._select"),
    *("textual.widgets._tree", "rich.markdown", "rich.syntax", "pygments", "markdown_it"),
    *("textual.command", "textual.pilot", "textual.widgets._button", "textual.widgets._option_list"),
    *("rich.panel", "rich.table", "rich.tree", "typing_extensions"),
    # Iranian mobiles do without it
    "phonenumbers",
)

HOW_PYTHON_WAS_MADE = ("sysconfig", "_sysconfigdata__linux_x86_64-linux-gnu")
"""Asked for where the system's time zones are, when they are not where they mostly are."""

_TOLD = """
import atexit, json, sys
def tell():
    # one that stands for another has no spec
    real = [name for name, module in sys.modules.items() if getattr(module, "__spec__", None)]
    with open({file!r}, "w") as out:
        json.dump(real, out)
atexit.register(tell)
"""


def test_a_session_holds_no_module_that_it_never_uses(tmp_path: Path) -> None:
    loaded(tmp_path, "contact", "add", "Leila Karimi", "--phone", "09121234567")
    loaded(tmp_path, "log", "leila", "price list sent /0d")
    file = tmp_path / "session.json"
    with terminal(
        tmp_path / "crm.db", before=_TOLD.format(file=str(file)), environ={"TZ": "Asia/Tehran"}
    ) as program:
        program.wait_for("price list sent")
        program.read()
        for key in ("2", "3", "4", "1", "l", "\x1b"):
            program.send(key)
        program.kill(signal.SIGTERM)
        assert program.ended()
    found = set(json.loads(file.read_text()))
    assert "tuicrm.tui.bar.view" in found, "the session was a whole one"
    never = {*NEVER_USED, *(HOW_PYTHON_WAS_MADE if Path("/usr/share/zoneinfo").is_dir() else ())}
    assert not {name for name in found for each in never if name == each or name.startswith(f"{each}.")}


_USED = """
import sys
from tuicrm.later import later
import tuicrm.tui
later("ipaddress")
tuicrm.tui._asyncio_without_tls()
tuicrm.tui._textual_alone()
import tuicrm.tui.start
assert not {"ssl"} & set(sys.modules)
"""


@pytest.mark.parametrize(
    "use",
    [
        "import ipaddress; print(ipaddress.ip_address('::1').is_loopback)",
        "import difflib; print(difflib.get_close_matches('widht', ['width']) == ['width'])",
        "from difflib import SequenceMatcher; print(SequenceMatcher(None, 'a', 'a').ratio() == 1)",
        "from textual.suggestions import get_suggestion; print(get_suggestion('widht', ['width']) == 'width')",
        "import mimetypes; print(mimetypes.guess_type('a.csv')[0] == 'text/csv')",
        "import locale; print(bool(locale.getpreferredencoding()))",
        "import traceback; print('f()' in ''.join(traceback.format_exception(ValueError('f()'))))",
        "import platformdirs; print(platformdirs.user_downloads_path().is_absolute())",
        "import bz2, lzma; print(lzma.decompress(lzma.compress(bz2.decompress(bz2.compress(b'a')))) == b'a')",
        "import shutil; print('bztar' in dict(shutil.get_archive_formats()))",
        "from textual.widgets import DirectoryTree, Select, Tree; print(issubclass(DirectoryTree, Tree))",
        "from textual.widgets import Button, OptionList; print(OptionList('a').option_count == 1)",
        "from rich.panel import Panel; from rich.table import Table; print(Panel(Table()).title is None)",
        "import pickle; print(pickle.loads(pickle.dumps({'a': 1}, protocol=0)) == {'a': 1})",
        "import random; print(random.choice('a') == 'a' and 0 <= random.getrandbits(8) < 256)",
        "import uuid; print(uuid.uuid4().version == 4)",
        "from urllib.parse import quote, urlsplit; print(urlsplit('x://a/' + quote('b c')).path == '/b%20c')",
        "from typing_extensions import Final, deprecated; print(callable(deprecated('')))",
        "import phonenumbers as p; print(len([*p.PhoneNumberMatcher('or 0912 123 4567', 'IR')]) == 1)",
        "import phonenumbers as p; print(p.AsYouTypeFormatter('US').input_digit('2') == '2')",
        "from asyncio import sslproto; import ssl; print(hasattr(sslproto, 'SSLProtocol'))",
    ],
)
def test_whoever_uses_one_of_them_has_it_as_ever(use: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{_USED}\n{use}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"


def test_a_module_that_is_there_already_stays() -> None:
    program = """
import difflib as real
from tuicrm.later import later
later("difflib")
import difflib
print(difflib is real)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
