"""The cheat sheet: ``python -m tuicrm.tui.keysheet > docs/keys.md``; one's own is ``tuicrm keys --markdown``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence

from tuicrm.i18n import t
from tuicrm.tui import keymap, linesheet
from tuicrm.tui.keytable import AREA_TITLES, KEYS, Key

Words = Callable[[str], str]

_INTRODUCTION = """\
Made from the table in `tuicrm/tui/keytable.py`; a test holds it current. `tuicrm keys` lists the keys as they are for
you, `tuicrm keys --markdown` prints this sheet with them.

**Another set of keys:** `tuicrm config set keys vim`, or `function` for F keys; what they change stands at the end.

**Your own keys** stand in `keys.toml` beside your settings (`tuicrm keys path`) and are stronger than the set:

```toml
[keys]
"record.log" = "ctrl+l"            # the id, as below, and its key
"place.undo" = ["u", "f8"]         # several keys; the footer shows the first
"record.delete" = []               # none: it is still found in all commands, Ctrl+P
```

Keys are written as they stand on the keyboard: `F2`, `Ctrl+L`, `PgDn`, `/`, `U` for Shift and u. Letters act by their
place, whatever layout is on. `app.quit` and `app.palette` keep a key. A file in which a key would do two things in one
place, or that names an id which is not there, is not used, and the message says which; `tuicrm keys check` says all of
it before you start. Letters that log an outcome (`b c n v w h z`), what text fields take while one types, and what
terminals keep for themselves cannot be given away."""


def page() -> str:
    """All keys as they are shipped, and what the presets change: the text of ``docs/keys.md``, in English."""
    out = ["# Every key", "", _INTRODUCTION, ""]
    out += _areas(keymap.shipped_keys, str)
    out += _line(str)
    for name in keymap.presets()[1:]:
        out += [f"## The preset `{name}`", "", "| key | does | id |", "|---|---|---|"]
        moved = keymap.preset(name)
        out += [_row(keymap.key(id), keymap.split(keys), str) for id, keys in moved.items()]
        out.append("")
    return "\n".join(out)


def own() -> str:
    """The keys in use, in the user's language, as Markdown."""
    out = [f"# {t('Every key')}", ""]
    out += _areas(keymap.keys_of, t)
    out += _line(t)
    return "\n".join(out)


def _areas(keys_of: Callable[[Key], Sequence[str]], words: Words) -> Iterable[str]:
    for area, title in AREA_TITLES.items():
        rows = [row for row in KEYS if row.area == area and keys_of(row)]
        if rows:
            yield from (f"## {words(title)}", "", *_head(words))
            yield from (_row(row, keys_of(row), words) for row in rows)
            yield ""


def _head(words: Words) -> tuple[str, str]:
    if words is str:
        return "| key | does | id |", "|---|---|---|"
    return f"| {t('key')} | {t('does')} | id |", "|---|---|---|"


def _row(row: Key, keys: Sequence[str], words: Words) -> str:
    caps = [row.cap] if row.cap and tuple(keys) == keymap.shipped_keys(row) else map(keymap.display, keys)
    shown = " ".join(f"`{cap.replace('|', chr(92) + '|')}`" for cap in caps) or "-"
    return f"| {shown} | {words(row.label)} | `{row.id}` |"


def _line(words: Words) -> Iterable[str]:
    heads = ("typed", "means") if words is str else (t("typed"), t("means"))
    yield from (f"## {words(linesheet.TITLE)}", "", words(linesheet.RULE), "")
    yield from (f"| {heads[0]} | {heads[1]} |", "|---|---|")
    for tokens, means in linesheet.TOKENS:
        typed = " ".join(f"`{token}`" for token in tokens.split("  "))
        yield f"| {typed} | {words(means)} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
