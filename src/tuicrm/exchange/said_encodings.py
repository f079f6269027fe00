"""Encodings that a person may name for a file, when what its bytes spell was taken for another."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Final

from tuicrm.domain.errors import Invalid

ENCODINGS: Final = (
    *("utf-8", "utf-16", "cp1256", "cp720", "iso8859-6", "cp1252", "cp850", "mac-roman"),
    *("cp1250", "iso8859-2", "cp1251", "cp866", "koi8-r", "cp1253", "cp1254", "cp1255", "cp1257"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874"),
)
"""By Python's names; each script's usual one first."""
_WIDER: Final[Mapping[str, str]] = {
    **{"ascii": "utf-8", "utf-8-sig": "utf-8", "iso8859-1": "cp1252", "iso8859-15": "cp1252"},
    **{"iso8859-7": "cp1253", "iso8859-8": "cp1255", "iso8859-9": "cp1254", "tis-620": "cp874"},
    **{"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"},
}
"""What stands for a smaller one: files that say these hold more than they allow."""


def encoding(name: str) -> str:
    """The encoding that a name means, in any of its spellings (``windows-1256``, ``Latin1``), ``""`` for none. Raises
    ``Invalid("import_encoding")`` for one that is not known."""
    if not name.strip():
        return ""
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        found = ""
    found = _WIDER.get(found, found)
    if found not in ENCODINGS:
        raise Invalid("import_encoding", encoding=name, choices=ENCODINGS)
    return found
