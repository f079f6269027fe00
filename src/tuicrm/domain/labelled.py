"""``office: 021 8877 6655``: a value with the name of what it is before it."""

from __future__ import annotations

import re
from typing import Final

_LABELLED: Final = re.compile(r"\s*([^:,]*[^\W\d][^:,]*):\s*(.+)", re.DOTALL)


def labelled(text: str) -> tuple[str, str]:
    """Label and value; a label has a letter in it, ``""`` for none."""
    match = _LABELLED.fullmatch(text)
    return (match[1].strip(), match[2].strip()) if match else ("", text.strip())
