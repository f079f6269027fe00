"""What people give to an import though it is no list is refused with a sentence that says what to do instead."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from tuicrm import i18n
from tuicrm.domain.errors import Invalid
from tuicrm.exchange.recognise import recognise

MAIL = (
    "{first}Received: from mx.example.com by example.org;\r\n Sat, 21 Nov 2026 10:00:00 +0100\r\n"
    "From: Kate Allen <kate@example.com>\r\nTo: sara@example.com\r\nSubject: our customers\r\n"
    "Date: Sat, 21 Nov 2026 10:00:00 +0100\r\n\r\nname,phone\r\nKate,0912 000 0001\r\n"
)
CARD_MAIL = (
    MAIL.format(first="") + "--x\r\nContent-Type: text/vcard\r\n\r\nBEGIN:VCARD\r\nFN:Kate\r\nEND:VCARD\r\n"
)
OUTLOOK_HTML = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel">\n<table><tr><td>Kate</td></tr></table></html>'
)
SHEET_XML = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:x"></Workbook>'
)


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, "x" * 100)
    return stream.getvalue()


def ods() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", "x" * 200_000)
    return stream.getvalue()


def ole(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100_000) + name.encode("utf-16-le") + bytes(512)


FILES: dict[str, tuple[bytes, str]] = {
    "mail": (MAIL.format(first="").encode(), "file_mail"),
    "mailbox": (
        MAIL.format(first="From kate@example.com Sat Nov 21 10:00:00 2026\r\n").encode(),
        "file_mail",
    ),
    "mail with a card in it": (CARD_MAIL.encode(), "file_mail"),
    "mail of Outlook": (ole("__substg1.0_0037001F"), "file_mail"),
    "xlsx": (archive("[Content_Types].xml", "xl/workbook.xml"), "file_spreadsheet"),
    "ods": (ods(), "file_spreadsheet"),
    "numbers": (archive("Index/Document.iwa"), "file_spreadsheet"),
    "xls": (ole("Workbook"), "file_spreadsheet"),
    "xml of Excel": (SHEET_XML.encode(), "file_spreadsheet"),
    "docx": (archive("[Content_Types].xml", "word/document.xml"), "file_document"),
    "rtf": (b"{\\rtf1\\ansi Kate, 0912}", "file_document"),
    "zip": (archive("takeout/contacts.vcf"), "file_archive"),
    "gzip": (b"\x1f\x8b\x08\0rest", "file_archive"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "file_pdf"),
    "picture": (b"\xff\xd8\xff\xe0\0\x10JFIF", "file_picture"),
    "picture of a telephone": (b"\0\0\0\x18ftypheic", "file_picture"),
    "pst": (b"!BDN\0\0\0\0", "file_outlook_data"),
    "web page as xls": (OUTLOOK_HTML.encode(), "file_html"),
    "web page": (b"\xef\xbb\xbf\n<!DOCTYPE HTML>\n<title>x</title>", "file_html"),
    "page in UTF-16": ("<table><tr><td>Kate</td></tr></table>".encode("utf-16"), "file_html"),
    "messages": (b"<?xml version='1.0'?>\n<smses count='1'><sms address='0912'/></smses>", "file_xml"),
    "ldif": (b"version: 1\n\ndn: cn=Kate Allen,mail=kate@example.com\nobjectclass: person\n", "file_ldif"),
    "program": (b"\x7fELF\x02\x01\x01\0", "file_binary"),
    "nothing": (b"\n\n", "file_empty"),
}


@pytest.mark.parametrize("kind", FILES)
def test_each_is_refused_by_one_sentence_that_names_the_file(kind: str) -> None:
    data, code = FILES[kind]
    with pytest.raises(Invalid) as refused:
        recognise(data, "customers.csv")
    assert refused.value.code == code
    said = i18n.sentence(refused.value)
    assert "customers.csv" in said
    assert "file_" not in said


@pytest.mark.parametrize("ours", [True, False])
def test_a_database_is_to_be_opened_when_it_is_ours_and_exported_from_when_not(
    tmp_path: Path, ours: bool
) -> None:
    file = tmp_path / "crm.db"
    with sqlite3.connect(file) as conn:
        for name in ("contact_fts", "import_batch") if ours else ("customers",):
            conn.execute(f"CREATE TABLE {name} (id INTEGER)")
    with pytest.raises(Invalid) as refused:
        recognise(file.read_bytes(), str(file))
    assert refused.value.code == ("file_own_database" if ours else "file_database")
    assert (f"--db {file}" in i18n.sentence(refused.value)) == ours


@pytest.mark.parametrize(
    "text",
    [
        "From,To,Subject\nKate,0912 000 0001,x\n",
        "name: Kate\nphone: 0912 000 0001\nFrom: York\n",
        "Date: 2026-11-21\nname,phone\nKate,0912 000 0001\n",
        "name,phone\n<b>Kate</b>,0912 000 0001\n",
        "<Kate>,0912 000 0001\n",
    ],
)
def test_a_list_that_only_looks_so_is_read(text: str) -> None:
    assert recognise(text.encode(), "x").format == "csv"


def test_who_says_what_kind_of_list_it_is_is_believed() -> None:
    assert recognise(b"<Kate x='1'/>,0912 000 0001\n", "x", said=True).format == "csv"
    with pytest.raises(Invalid):
        recognise(b"%PDF-1.7", "x", said=True)
