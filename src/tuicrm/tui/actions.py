"""Which widget acts on a key of the table, seen from where the focus is. For footer and palette."""

from __future__ import annotations

from typing import Any

from textual.dom import DOMNode

from tuicrm.tui.keytable import Key

_BOUND: dict[type[Any], frozenset[str]] = {}


def bound_ids(kind: type[Any]) -> frozenset[str]:
    """The ids of all bindings of a widget class and its bases."""
    found = _BOUND.get(kind)
    if found is None:
        bindings = (binding for base in kind.__mro__ for binding in base.__dict__.get("BINDINGS", ()))
        found = _BOUND[kind] = frozenset(getattr(binding, "id", None) or "" for binding in bindings)
    return found


def owner(row: Key, node: DOMNode | None) -> DOMNode | None:
    """The nearest node up from ``node`` that binds the key and has its action; None when the key is dead."""
    while node is not None:
        if row.id in bound_ids(type(node)):
            name = row.action.partition("(")[0]
            holder = node.app if name.startswith("app.") else node
            if hasattr(holder, f"action_{name.removeprefix('app.')}"):
                return node
        node = node.parent
    return None
