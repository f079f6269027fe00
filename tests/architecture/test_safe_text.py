"""No data reaches a screen or a pipe but through ``tui/text.py`` and ``cli/say.py``.

Two nets. The type checker: what shows sentences takes ``i18n.Phrase``, which only ``t``, ``nt`` and
``sentence`` make. And these rules over the source, for what types cannot see: Textual's and Rich's own ways
of making text are out of reach everywhere but in a few modules that hold the rest to account.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "tuicrm"

MAKERS = {"tui/text.py", "tui/rows.py", "tui/order.py", "tui/small.py", "tui/widgets/field_row.py"}
"""The modules that turn text into content and segments; the last three of them pass on what was cleaned before."""
NAMED = {"Input", "TextArea"}
"""Textual's widgets that others may name, for their messages or to know one; not make."""
HARMLESS = {"Selection"}
"""A part of a text, from and to."""
FIELDS = {"tui/widgets/line_input.py"}
VOICE = {"cli/say.py", "tui/keysheet.py"}
"""The modules that write to standard output and standard error."""

FORBIDDEN_IMPORTS = {
    "rich.text": "Text reads nothing, but cleans nothing either",
    "rich.markup": "markup",
    "rich.console": "prints",
    "rich.table": "prints",
    "rich.panel": "reads markup",
    "textual.markup": "markup",
    "textual.command": "the palette of Textual highlights as markup",
    "textual.notifications": "reads markup",
}
FORBIDDEN_CALLS = {
    "notify": "toasts read markup; say it in the message line",
    "print": "print is for cli/say.py",
    "from_markup": "markup",
    "from_rich_text": "text that nobody cleaned",
    "from_text": "reads markup",
    "highlight": "Matcher.highlight reads markup",
    "echo": "typer.echo prints what nobody cleaned",
    "secho": "typer.secho prints what nobody cleaned",
}
TITLES = {"border_title", "border_subtitle", "tooltip", "placeholder"}
SENTENCES = {"t", "nt", "sentence", "fitted", "label", "said"}
"""Calls whose result may be a title or a placeholder as it is."""
RESULTS = {"phrase", "show", "number", "join", "marked", "beside", "cut", "rule", "blank", "paragraph"}


def violations(source: str, name: str) -> list[str]:
    """What a module does that it may not, as ``line: why``."""
    tree = ast.parse(source)
    found = [*_imports(tree, name), *_calls(tree, name), *_titles(tree), *_phrases(tree, name)]
    return sorted(found)


def _imports(tree: ast.AST, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        names = {alias.name for alias in node.names}
        modules = names if isinstance(node, ast.Import) else {node.module or ""}
        for module in modules & FORBIDDEN_IMPORTS.keys():
            if name not in MAKERS:
                yield f"{node.lineno}: import {module}: {FORBIDDEN_IMPORTS[module]}"
        of_textual = isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual.widgets")
        if of_textual and (extra := names - NAMED - HARMLESS):
            yield f"{node.lineno}: {sorted(extra)} read markup; use widgets/safe.py"


def _calls(tree: ast.AST, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = _called(node.func)
        owner = _called(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if called in FORBIDDEN_CALLS and name not in VOICE:
            yield f"{node.lineno}: {called}(): {FORBIDDEN_CALLS[called]}"
        if name in MAKERS:
            continue
        if called in NAMED and name not in FIELDS:
            yield f"{node.lineno}: a bare {called}; use widgets/line_input.py"
        if called == "Content" or owner == "Content":
            yield f"{node.lineno}: Content is made in tui/text.py"
        if called == "Segment" and node.args and not _own(node.args[0]):
            yield f"{node.lineno}: a segment of something else than our own signs; use tui/rows.py"
        if called in ("write", "writelines") and owner in ("stdout", "stderr") and name not in VOICE:
            yield f"{node.lineno}: writes to {owner}"
        if called in ("panic", "exit"):
            yield from _last_words(node)


def _last_words(node: ast.Call) -> Iterator[str]:
    """What is printed after the screen is gone."""
    said = [keyword.value for keyword in node.keywords if keyword.arg == "message"]
    if _called(node.func) == "panic":
        said += node.args
    for value in said:
        inner = value.value if isinstance(value, ast.Attribute) and value.attr == "plain" else value
        if not (isinstance(inner, ast.Call) and _called(inner.func) in RESULTS | SENTENCES):
            yield f"{node.lineno}: last words that did not pass tui/text.py"


def _titles(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        pairs: list[tuple[str, ast.expr]] = []
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute):
                    pairs.append((target.attr, node.value))
        elif isinstance(node, ast.Call):
            pairs = [(keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg]
        for attribute, value in pairs:
            if attribute in TITLES and not _sayable(value):
                yield f"{value.lineno}: {attribute} that is no finished sentence"


def _sayable(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.Name):
        # handed on: where it came from was looked at there
        return True
    if isinstance(value, ast.IfExp):
        return _sayable(value.body) and _sayable(value.orelse)
    return isinstance(value, ast.Call) and _called(value.func) in SENTENCES | RESULTS | {"Phrase"}


def _phrases(tree: ast.AST, name: str) -> Iterator[str]:
    """``Phrase(...)`` vouches for a text; it may only be put together from phrases and from numbers."""
    for node in ast.walk(tree) if name not in MAKERS else ():
        made = isinstance(node, ast.Call) and _called(node.func) == "Phrase" and node.args
        if made and isinstance(node, ast.Call) and not _vouched(node.args[0]):
            yield f"{node.lineno}: Phrase() of something that did not come from i18n"


def _vouched(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.Call):
        called = _called(value.func)
        return called in SENTENCES | {"strftime", "join", "duration", "phone_words", "len"}
    if isinstance(value, ast.JoinedStr):
        parts = [part.value for part in value.values if isinstance(part, ast.FormattedValue)]
        return all(isinstance(part, ast.Name) or _vouched(part) for part in parts)
    if isinstance(value, ast.BinOp):
        return _vouched(value.left) and _vouched(value.right)
    return isinstance(value, ast.Name)


def _own(value: ast.expr) -> bool:
    """Signs of our own: constants, and constants times numbers."""
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.BinOp):
        return _own(value.left) and (_own(value.right) or isinstance(value.right, ast.Name))
    return False


def _called(func: ast.expr) -> str:
    """The last name of what is called."""
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _modules() -> list[str]:
    names = [
        str(path.relative_to(SOURCE))
        for folder in ("tui", "cli")
        for path in SOURCE.glob(f"{folder}/**/*.py")
    ]
    return sorted(names)


@pytest.mark.parametrize("name", _modules())
def test_no_data_reaches_the_screen_or_a_pipe_past_the_safe_doors(name: str) -> None:
    assert violations((SOURCE / name).read_text(encoding="utf-8"), name) == []


@pytest.mark.parametrize(
    "source",
    [
        "from textual.widgets import Static",
        "from textual.widgets import Input, Label",
        "from rich.text import Text",
        "Input(value=row.name)",
        "import rich.console",
        "self.app.notify(row.name)",
        "print(row.name)",
        "Content(row.name)",
        "Content.styled(name, 'bold')",
        "Content.from_markup('[b]x')",
        "Segment(row.name)",
        "Segment('x' + row.name, style)",
        "widget.border_title = row.name",
        "widget.tooltip = f'{name}'",
        "LineInput(placeholder=row.name)",
        "matcher.highlight(name)",
        "app.exit(message=str(error))",
        "app.panic(error)",
        "sys.stdout.write(row.name)",
        "typer.echo(row.name)",
        "Phrase(row.name)",
        "Phrase(f'{row.name} rings')",
    ],
)
def test_the_rules_catch(source: str) -> None:
    assert violations(source, "tui/screens/any.py") != []


@pytest.mark.parametrize(
    "source",
    [
        "from textual.content import Content\ndef f(c: Content) -> None: ...",
        "from textual.widgets import Input",
        "Segment(' ' * GUTTER, plain)",
        "widget.border_title = t('Queue')",
        "LineInput(placeholder=t('who?'))",
        "app.exit(message=text.phrase(i18n.sentence(error)).plain)",
        "Phrase(f'{said} {left}')",
        "text.show(row.name)",
    ],
)
def test_the_rules_let_pass(source: str) -> None:
    assert violations(source, "tui/screens/any.py") == []
