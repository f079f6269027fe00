"""An encoding that a person names, because a file looks like another."""

from __future__ import annotations

import io

import pytest

from tests.services.filed import everybody
from tuicrm.domain.errors import Invalid
from tuicrm.services import importing
from tuicrm.services.context import Crm
from tuicrm.services.importing import Progress, engine

RUSSIAN = "Name,Mobile\nОльга Орлова,09121110000\n"


def names(crm: Crm) -> list[str]:
    return sorted(each.name for each in everybody(crm))


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("koi8-r", "KOI8-R"),
        ("cp1251", "windows-1251"),
        ("utf-16-le", "utf-16"),
        ("utf-8", "ascii"),
        ("utf-8-sig", "utf-8"),
    ],
)
def test_a_table_is_read_as_it_was_said(crm: Crm, codec: str, said: str) -> None:
    importing.import_file(crm, io.BytesIO(RUSSIAN.encode(codec)), encoding=said)
    assert names(crm) == ["Ольга Орлова"]


@pytest.mark.parametrize("said", ["klingon", "iso8859-5", "base64", "zip", "utf 99"])
def test_what_is_no_encoding_of_text_that_is_known_is_refused(crm: Crm, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        importing.import_file(crm, io.BytesIO(RUSSIAN.encode()), encoding=said)
    assert (refused.value.code, refused.value.params["choices"]) == ("import_encoding", importing.ENCODINGS)
    assert names(crm) == []


def test_in_a_vcard_it_is_that_of_values_which_do_not_say_theirs(crm: Crm) -> None:
    cards = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:{}\r\nNOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
        "=D8=A7=D9=85\r\nTEL:09121110000\r\nEND:VCARD\r\n"
    )
    # alone it looks like letters of Western Europe
    data = cards.format("Ольга").encode("koi8-r")
    report = importing.import_file(crm, io.BytesIO(data), encoding="koi8-r")
    assert report.encoding == "koi8-r"
    assert [(each.name, each.note) for each in everybody(crm)] == [("Ольга", "ام")]


def test_an_interrupted_import_goes_on_in_the_encoding_that_was_said(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "CHUNK_ROWS", 2)
    rows = [f"Ольга {'ХЦЧШ'[n]},0912111000{n}" for n in range(4)]
    data = "\n".join(["Name,Mobile", *rows, ""]).encode("koi8-r")

    def killed(_: Progress) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        importing.import_file(crm, io.BytesIO(data), encoding="koi8-r", progress=killed)
    left = importing.unfinished(crm)[0]
    report = importing.go_on(crm, left.batch_id, io.BytesIO(data))
    assert (report.encoding, report.begun_at) == ("koi8-r", 2)
    assert names(crm) == sorted(row.split(",")[0] for row in rows)
