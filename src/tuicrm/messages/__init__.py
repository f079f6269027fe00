"""The sentence behind every code a refusal can carry. English here; catalogues translate it.

By subject, sorted by code in each. A placeholder is a parameter of the refusal (``CrmError.params``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tuicrm.messages.company import COMPANY
from tuicrm.messages.files import FILES
from tuicrm.messages.line import LINE
from tuicrm.messages.machine import MACHINE
from tuicrm.messages.records import RECORDS

MESSAGES: Final[Mapping[str, str]] = {**COMPANY, **FILES, **LINE, **MACHINE, **RECORDS}
