"""The log line asked for at a terminal: the bar's completions by Tab, a refused line stays to be mended."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tuicrm.cli import say
from tuicrm.cli.fast import new_uid, save
from tuicrm.domain.errors import Invalid, NotAllowed
from tuicrm.domain.models import CallDraft
from tuicrm.i18n import figures, language, sentence, t

if TYPE_CHECKING:
    from tuicrm.domain.models import Saved, Who
    from tuicrm.domain.tokens import LineContext
    from tuicrm.services.context import Crm


def ask(crm: Crm, who: Who, *, promise: int | None = None, really: bool) -> Saved:
    """Asks until a line was saved. Ctrl+D and Ctrl+C leave without saving."""
    import readline
    import time

    from tuicrm.services import calls

    context = calls.context(crm, who.contact_id, follow_up_id=promise)
    _complete_with(context.line)
    for note in reversed(context.earlier_notes):
        readline.add_history(note)
    say.line(t("{who}: what was said? Tab completes, Enter saves, Ctrl+D leaves.", who=_name(crm, who)))
    say.flush()
    uid, typed, questioned = new_uid(), "", None
    began = time.monotonic()
    while True:
        line = typed = _read(typed)
        try:
            seconds = time.monotonic() - began
            soft_ok = really or line == questioned
            draft = CallDraft(uid, who, line, follow_up_id=promise, soft_ok=soft_ok, entry_s=seconds)
            return save(crm, draft)
        except (Invalid, NotAllowed) as refused:
            # said once more as it stands, a line that was only asked about is meant so
            questioned = line
            say.warn(sentence(refused))


def _name(crm: Crm, who: Who) -> str:
    if who.contact_id is not None:
        from tuicrm.services import contacts

        return contacts.get(crm, who.contact_id).name
    return who.new.name or figures(who.new.phones[0].raw) if who.new else ""


def _read(prefill: str) -> str:
    import readline

    readline.set_startup_hook(lambda: readline.insert_text(prefill) if prefill else None)
    try:
        return input("> ")
    except EOFError:
        raise KeyboardInterrupt from None
    finally:
        readline.set_startup_hook(None)


def _complete_with(context: LineContext) -> None:
    """Lets Tab offer what the bar would offer at the cursor."""
    import readline

    from tuicrm.domain.complete import suggestions

    offered: list[str] = []

    def complete(_: str, state: int) -> str | None:
        if state == 0:
            line, end = readline.get_line_buffer(), readline.get_endidx()
            begin = readline.get_begidx()
            found = suggestions(line, end, context, language())
            offered[:] = [_word(each.insert, line, begin, end) for each in found]
        return offered[state] if state < len(offered) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" ")
    # macOS ships libedit under the same name
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
    if os.environ.get("INPUTRC") is None:
        readline.parse_and_bind("set show-all-if-ambiguous on")


def _word(whole: str, line: str, begin: int, end: int) -> str:
    """What the word from ``begin`` to ``end`` of ``line`` becomes in the completed line ``whole``."""
    return whole[begin : len(whole) - (len(line) - end)]
