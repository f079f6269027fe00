"""The walk through the program leaves nothing out."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from tests.tui.tour import DIALOGS

from tuicrm import tui
from tuicrm.tui.dialogs.menu import Menu
from tuicrm.tui.dialogs.picker import Picker
from tuicrm.tui.screens.dialog import Dialog


def test_every_dialog_is_on_the_walks() -> None:
    for module in pkgutil.walk_packages(tui.__path__, "tuicrm.tui."):
        importlib.import_module(module.name)
    front = {kind for kind in _kinds(Dialog) if not kind.__subclasses__() or kind in (Menu, Picker)}
    assert {kind.__name__ for kind in front} - set(DIALOGS.values()) == set()


def _kinds(kind: type[Dialog[Any]]) -> Iterator[type[Dialog[Any]]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)
