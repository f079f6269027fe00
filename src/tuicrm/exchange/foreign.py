"""Files that people give to an import though they are no list: what each is, so that the refusal can say what to do."""

from __future__ import annotations

import re
from typing import Final

_START: Final = 65_536
"""Bytes, or characters, that are looked at."""

_BEGINNINGS: Final = (
    (b"%PDF-", "file_pdf"),
    *((sign, "file_archive") for sign in (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh9", b"\xfd7zXZ")),
    *((sign, "file_picture") for sign in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")),
    (b"!BDN", "file_outlook_data"),
    (b"{\\rtf", "file_document"),
)
_MEDIA: Final = b"ftyp"
"""At the fifth byte of what telephones take: pictures (HEIC) and films."""
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_SPREADSHEETS: Final = (b"xl/", b"opendocument.spreadsheet", b"Index/Tables/", b"Index/Document.iwa")
"""Names in the archive that a spreadsheet is: Excel's, LibreOffice's, Apple's Numbers."""
_DOCUMENTS: Final = (b"word/", b"opendocument.text", b"ppt/")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_MESSAGE: Final = "__substg1.0".encode("utf-16-le")
_SQLITE: Final = b"SQLite format 3\0"
_OURS: Final = (b"import_batch", b"contact_fts")

_HEADER: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]|[ \t]")
_MAIL: Final = frozenset(
    (
        *("from", "to", "cc", "subject", "date", "received", "return-path", "reply-to", "message-id"),
        *("mime-version", "delivered-to", "content-type", "content-transfer-encoding", "x-mozilla-status"),
        *("dkim-signature", "authentication-results", "x-received", "arc-seal", "references", "in-reply-to"),
    )
)
_FEWEST: Final = 3
"""Headers of a mail by which it is one."""
_MBOX: Final = re.compile(r"From \S+.*\d\d:\d\d.*")
_HTML: Final = re.compile(
    r"(?:(?:<!--(?s:.*?)-->|<\?[^>]*>)\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|tr)\b",
    re.IGNORECASE,
)
_SHEET_XML: Final = re.compile(r"<\?mso-application\s+progid=\"Excel|<(?:\w+:)?Workbook\b")
_XML: Final = re.compile(r"<\?xml\b|<[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>\s*<")
_LDIF: Final = re.compile(r"(?:version:\s*\d+\s+|#[^\n]*\n)*dn::? ", re.IGNORECASE)


def binary(data: bytes) -> str:
    """The code (of ``messages``) of a file that is no text and known; ``""`` for any other."""
    for sign, code in _BEGINNINGS:
        if data.startswith(sign):
            return code
    if data[4:8] == _MEDIA:
        return "file_picture"
    if data.startswith(_ZIP):
        return _zip(data)
    if data.startswith(_OLE):
        return "file_mail" if _MESSAGE in data else "file_spreadsheet"
    if data.startswith(_SQLITE):
        return "file_own_database" if all(name in data for name in _OURS) else "file_database"
    return ""


def _zip(data: bytes) -> str:
    # the names stand before each part, and all once more at the end
    names = data[:_START] + data[-_START:]
    if any(name in names for name in _SPREADSHEETS):
        return "file_spreadsheet"
    return "file_document" if any(name in names for name in _DOCUMENTS) else "file_archive"


def text(text: str) -> str:
    """The same for a text that is no list."""
    start = text[:_START].lstrip("\ufeff \t\r\n")
    if _is_mail(start):
        return "file_mail"
    if _SHEET_XML.search(start[:4096]):
        return "file_spreadsheet"
    if _HTML.match(start):
        return "file_html"
    if start.startswith("<") and _XML.match(start):
        return "file_xml"
    return "file_ldif" if _LDIF.match(start) else ""


def _is_mail(start: str) -> bool:
    """Whether a text begins with the headers of a mail, or is a mailbox of them."""
    lines = start.splitlines()[:200]
    if lines and _MBOX.fullmatch(lines[0]):
        lines = lines[1:]
    found = set()
    for line in lines:
        header = _HEADER.match(line)
        if header is None:
            break
        if header[1] and header[1].lower() in _MAIL:
            found.add(header[1].lower())
    return len(found) >= _FEWEST
