"""Modules that others load and hardly ever use: here they are loaded when something of them is first asked for.

``pathlib`` loads ``ipaddress`` to read addresses with brackets, Textual loads ``difflib`` to guess what a wrong style
was meant to be. Each costs every start milliseconds and every session memory, and no call is ever logged by them.

What is put in their place forwards everything, so whoever does need one has it as ever.
"""

from __future__ import annotations

import sys
from _thread import allocate_lock
from types import ModuleType

# as typing has it, which would cost 3 ms
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_turn = allocate_lock()


class Later(ModuleType):
    """A module that is not loaded yet."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":
            # asked of every module of which a name is imported; none of these is a package of others
            raise AttributeError(name)
        return getattr(loaded(self), name)


def later(module: str, *names: str, **there: Any) -> None:
    """Has a module loaded at its first use, unless it is loaded already. ``names``: functions of it that others take
    hold of while they load themselves (``from module import name``); these load it when they are called. ``there``:
    of what is there already, and the same."""
    if module in sys.modules:
        return
    stand_in = Later(module)
    for name in names:
        setattr(stand_in, name, _call(stand_in, name))
    for name, value in there.items():
        setattr(stand_in, name, value)
    sys.modules[module] = stand_in


def loaded(stand_in: Later) -> Any:
    """The module itself."""
    # here: the quick commands need none
    from importlib import import_module

    module = stand_in.__name__
    with _turn:
        # only the one who finds it there takes it away; the import system itself has the others wait
        if sys.modules.get(module) is stand_in:
            del sys.modules[module]
    return import_module(module)


def _call(stand_in: Later, name: str) -> Callable[..., Any]:
    def call(*args: Any, **values: Any) -> Any:
        return getattr(loaded(stand_in), name)(*args, **values)

    return call
