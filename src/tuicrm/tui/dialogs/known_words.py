"""Ghost text in a form: what is known to stand in a field, completed from its last part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.suggester import Suggester

from tuicrm.domain.fold import fold

_LAST = re.compile(r"[^,،;؛]*$")
_SIGNS = " #@-+"


class KnownWords(Suggester):
    """The first known word that begins as the part behind the last comma does."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = tuple((fold(word), word) for word in known)

    async def get_suggestion(self, value: str) -> str | None:
        match = _LAST.search(value)
        last = match[0].lstrip(_SIGNS) if match else ""
        sought = fold(last)
        if not sought:
            return None
        for folded, word in self._known:
            if folded.startswith(sought) and folded != sought and word.casefold().startswith(last.casefold()):
                return value + word[len(last) :]
        return None
