"""Data in: recognise, read, check, compare, write. One engine for all formats.

Reading the same file again adds nothing. An import is one action, whatever its size, so that one undo takes it
back; both go in chunks between which others save.
"""

from __future__ import annotations

from tuicrm.exchange.said_encodings import ENCODINGS
from tuicrm.services.importing.files import import_file
from tuicrm.services.importing.joining import worklist_name, worklists_by_name
from tuicrm.services.importing.left import go_on, leave, take_back
from tuicrm.services.importing.look import Look, look
from tuicrm.services.importing.previewing import preview
from tuicrm.services.importing.reports import (
    Double,
    ImportReport,
    OnProgress,
    Preview,
    PreviewRow,
    Progress,
    RowReason,
    StopImport,
)
from tuicrm.services.importing.source import FORMATS
from tuicrm.services.interrupted import Unfinished, unfinished

__all__ = [
    "ENCODINGS",
    "FORMATS",
    "Double",
    "ImportReport",
    "Look",
    "OnProgress",
    "Preview",
    "PreviewRow",
    "Progress",
    "RowReason",
    "StopImport",
    "Unfinished",
    "go_on",
    "import_file",
    "leave",
    "look",
    "preview",
    "take_back",
    "unfinished",
    "worklist_name",
    "worklists_by_name",
]
