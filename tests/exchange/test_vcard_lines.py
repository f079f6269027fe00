"""Values however they were folded, broken, encoded; files in whatever encoding and line ends."""

from __future__ import annotations

import base64
import codecs
from collections.abc import Callable

import pytest

from tests.exchange.cards import card, contact, one, people, records
from tuicrm.exchange.vcard_lines import lines

ENDS = {"CR LF": "\r\n", "LF": "\n", "CR": "\r", "CR CR LF": "\r\r\n"}
JPEG = base64.b64encode(bytes(range(256)) * 12).decode()


# --- line ends and the whole file -----------------------------------------------------------------------------


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_every_kind_of_line_end_is_one(end: str) -> None:
    text = card("FN:Ada Moor", "NOTE:one", " two", "TEL:0912 000 0001", end=end) * 2
    found = records(text)
    assert [f.line for f in found] == [1, 8]
    assert [(p.name, p.note, p.phones[0].raw) for p in people(text)] == [
        ("Ada Moor", "onetwo", "0912 000 0001")
    ] * 2


def test_line_ends_may_be_mixed() -> None:
    text = "BEGIN:VCARD\rVERSION:3.0\r\nFN:Ada\nNOTE:a\r b\n c\r\n d\r\r\nTEL:12345\nEND:VCARD\r\r"
    text += "BEGIN:VCARD\nFN:Bo\nEND:VCARD"
    assert [(f.line, f.contact and f.contact.name) for f in records(text)] == [(1, "Ada"), (11, "Bo")]
    assert people(text)[0].note == "abcd"


def test_a_picture_may_have_line_ends_of_its_own() -> None:
    picture = "".join(f"  {JPEG[at : at + 72]}\n" for at in range(0, len(JPEG), 72))
    (found,) = records(card("FN:Ada", f"PHOTO;BASE64:\r\n{picture.rstrip()}", "TEL:12345"))
    assert found.photo
    assert found.contact is not None
    assert [p.raw for p in found.contact.phones] == ["12345"]


def test_blank_lines_and_comments_stand_anywhere() -> None:
    text = "\n \n# exported\nBEGIN:VCARD\n\nVERSION:3.0\n\n\nFN:Ada\n# a comment: TEL:1\n\t\nTEL:12345\n\n"
    text += "END:VCARD\n\n\nBEGIN:VCARD\nFN:Bo\n\nEND:VCARD\n\n"
    assert [(f.line, f.contact and f.contact.name) for f in records(text)] == [(4, "Ada"), (17, "Bo")]
    assert [p.raw for p in people(text)[0].phones] == ["12345"]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-32"),
        lambda text: text.encode("utf-32-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("utf-8"),
    ],
    ids=[
        *("UTF-8 with a mark", "UTF-16 LE", "UTF-16 BE", "UTF-32", "UTF-32 BE unmarked"),
        *("UTF-16 LE unmarked", "UTF-16 BE unmarked", "UTF-8"),
    ],
)
def test_a_file_may_be_in_any_unicode(encode: Callable[[str], bytes]) -> None:
    text = card("FN:لیلا نمونه‌ای", "NOTE:Größe") + card("FN:山田 花子", "TEL:1234")
    found = records(encode(text))
    assert [(f.line, f.contact and f.contact.name) for f in found] == [(1, "لیلا نمونه‌ای"), (6, "山田 花子")]


def test_files_put_together_have_marks_between_them() -> None:
    data = (card("FN:Ada") + "\ufeff" + card("FN:Bo")).encode()
    assert [p.name for p in people(data)] == ["Ada", "Bo"]


# --- undeclared encodings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1256", "محمد نمونه پور"), ("cp1252", "José Größe Ñandú"), ("shift_jis", "山田 はなこ")],
)
def test_an_encoding_that_is_not_said_is_guessed(encoding: str, name: str) -> None:
    assert people(card(f"FN:{name}", "TEL:12345").encode(encoding))[0].name == name
    quoted = "".join(f"={byte:02X}" for byte in name.encode(encoding))
    assert contact(f"FN;ENCODING=QUOTED-PRINTABLE:{quoted}", "TEL:1", version="2.1").name == name


def test_each_property_may_be_in_an_encoding_of_its_own() -> None:
    data = b"\r\n".join(
        (
            *(b"BEGIN:VCARD", b"VERSION:2.1"),
            b"FN;CHARSET=windows-1256:" + "سارا".encode("cp1256"),
            b"ORG;CHARSET=SHIFT_JIS:" + "山田商店".encode("shift_jis"),
            b"TITLE;CHARSET=ISO-8859-1;ENCODING=8BIT:" + "Küche".encode("latin-1"),
            b"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B3=D9=84=D8=A7=D9=85",
            b"ROLE;CHARSET=no-such-thing:" + "ünknown".encode(),
            b"END:VCARD",
        )
    )
    (found,) = people(data)
    assert (found.name, found.company, found.note) == ("سارا", "山田商店", "سلام")
    assert found.fields == {"title": "Küche", "role": "ünknown"}


def test_a_declared_encoding_that_is_not_true_is_passed_over() -> None:
    data = card("FN;CHARSET=us-ascii:سارا", "NOTE;CHARSET=hex:x").encode() + card(
        "FN;CHARSET=UTF-8:José"
    ).encode("cp1252")
    assert [p.name for p in people(data)] == ["سارا", "José"]


def test_a_character_that_was_cut_spoils_no_more_than_itself() -> None:
    quoted = "=C3=91" * 20 + "=C3"
    assert contact(f"FN;ENCODING=QUOTED-PRINTABLE:{quoted}", "TEL:1", version="2.1").name == "Ñ" * 20 + "�"


# --- folding --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", [" ", "\t"])
def test_a_fold_takes_one_blank_away(blank: str) -> None:
    assert (
        contact("FN:x", "NOTE:one", f"{blank}two", f"{blank} three", f"{blank}", f"{blank}four").note
        == "onetwo threefour"
    )


def test_a_fold_may_part_a_character_an_escape_or_the_parameters() -> None:
    data = card(
        "FN:x",
        "NOTE:a@b\\",
        " ntwo \\",
        " , three",
        "TEL;TYPE=WO",
        ' RK;X-Y="a:b',
        ' c":+44 20 7946 0',
        " 123",
    )
    found = people(data.encode().replace(b"@", "é".encode()[:1] + b"\r\n " + "é".encode()[1:]))[0]
    assert found.note == "aéb\ntwo , three"
    assert [(p.raw, p.label) for p in found.phones] == [("+44 20 7946 0123", "work")]


def test_version_21_folds_where_a_blank_was() -> None:
    assert (
        contact("FN:x", "NOTE:one", " two", "  three ", "\t four", version="2.1").note == "one two three four"
    )
    wide = "NOTE:" + "x" * 71
    assert contact("FN:x", wide, " yz", version="2.1").note == "x" * 71 + "yz"


def test_a_line_that_ends_with_a_backslash_goes_on() -> None:
    found = contact(
        "N:Mustermann", "ADR;HOME:;;Am Beispiel\\", "4711\\", "Fach 12;Köln;;50667;Deutschland", version="2.1"
    )
    assert found.fields == {"address (home)": "Am Beispiel\n4711\nFach 12, Köln, 50667, Deutschland"}


def test_a_backslash_before_the_next_property_is_text() -> None:
    found = contact("FN:x", "NOTE:C:\\dir\\", "TEL:12345", version="2.1")
    assert (found.note, [p.raw for p in found.phones]) == ("C:\\dir\\", ["12345"])


def test_a_note_of_several_lines_without_a_sign_is_whole() -> None:
    found = contact("FN:x", "NOTE:first", "second line", "", "and a third, after an empty one", "TEL:12345")
    assert found.note == "first\nsecond line\n\nand a third, after an empty one"
    assert [p.raw for p in found.phones] == ["12345"]


def test_what_a_note_says_is_not_a_property_of_long_parameters() -> None:
    found = contact("FN:x", "NOTE:first", 'TEL;TYPE=work;X-MAKER="' + "x" * 60, ' y: z":12345')
    assert (found.note, [p.raw for p in found.phones]) == ("first", ["12345"])


# --- quoted-printable -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "note"),
    [
        (("a =C3=91=", "b=", "c"), "a Ñbc"),
        (("one =", "for all folk to come=", " to the aid"), "one for all folk to come to the aid"),
        (("Fach 5,=0D=0A=", " Köln=0D=0A=", " DE"), "Fach 5,\nKöln\nDE"),
        (("Fach 5,=0D=0A", " Köln=0D=0A", " DE"), "Fach 5,\nKöln\nDE"),
        (("Fach 5,=0D=0A=", "=", "Köln"), "Fach 5,\nKöln"),
        (("Fach 5,=0D=0A=", "Köln=0D=0A=", ""), "Fach 5,\nKöln"),
        (("=D8=B3=", " =D8=A7=", " =D8=B1=D8=A7"), "سارا"),
        (("x" * 70 + "=D8=", " =B3=D8=A7"), "x" * 70 + "سا"),
        (("=D8=B3=D8=A7", "=D8=B1=D8=A7"), "سارا"),
        (("a=3Db=", "# no comment"), "a=b# no comment"),
        (("ends=",), "ends"),
        (("Numbers:=0D=0A=", "TEL:1"), "Numbers:\nTEL:1"),
        (("a= ", "b"), "ab"),
    ],
)
def test_soft_breaks_and_folds_of_quoted_printable(value: tuple[str, ...], note: str) -> None:
    first, *rest = value
    found = contact(
        "FN:x", f"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{first}", *rest, "TEL:12345", version="2.1"
    )
    assert found.note == note
    assert [p.raw for p in found.phones] == ["12345"]


def test_quoted_printable_is_known_without_its_word() -> None:
    assert contact("FN;QUOTED-PRINTABLE;CHARSET=UTF-8:=41da", "TEL:1", version="2.1").name == "Ada"


def test_a_soft_break_does_not_swallow_the_end_of_the_card() -> None:
    text = card("FN:Ada", "NOTE;ENCODING=QUOTED-PRINTABLE:text=", version="2.1") + card("FN:Bo")
    assert [p.name for p in people(text)] == ["Ada", "Bo"]


# --- base64 ---------------------------------------------------------------------------------------------------


PHOTOS = {
    "one line": [f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG}"],
    "folded": [
        f"PHOTO;ENCODING=BASE64;JPEG:{JPEG[:40]}",
        *(f" {JPEG[at : at + 74]}" for at in range(40, len(JPEG), 74)),
    ],
    "two blanks": ["PHOTO;BASE64:", *(f"  {JPEG[at : at + 72]}" for at in range(0, len(JPEG), 72))],
    "not indented": ["PHOTO;ENCODING=BASE64:", *(JPEG[at : at + 72] for at in range(0, len(JPEG), 72))],
    "an empty line behind": [f"PHOTO;ENCODING=b:{JPEG[:40]}", f" {JPEG[40:]}", ""],
    "empty lines between": ["PHOTO;ENCODING=b:", "", JPEG[:72], "", JPEG[72:144], ""],
    "an address": ["PHOTO;VALUE=URL;TYPE=PNG:http://example.com/a.png"],
    "data": [f"PHOTO:data:image/jpeg;base64\\,{JPEG[:40]}", f" {JPEG[40:]}"],
    "a logo": [f"LOGO;ENCODING=b:{JPEG}"],
    "a key": [f"KEY;X509;ENCODING=BASE64:{JPEG[:60]}", f" {JPEG[60:]}"],
    "something binary": [f"X-WALLPAPER;ENCODING=b:{JPEG}"],
}


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("photo", PHOTOS.values(), ids=PHOTOS.keys())
def test_a_picture_is_counted_and_passed_over(photo: list[str], end: str) -> None:
    text = card("FN:Ada", *photo, "TEL:12345", end=end) + card("FN:Bo", end=end)
    first, second = records(text)
    assert (first.photo, first.dropped) in ((True, ()), (False, ("LOGO",)), (False, ("KEY",)))
    assert (second.photo, second.dropped) == (False, ())
    assert first.contact is not None
    assert second.contact is not None
    assert (first.contact.name, first.contact.fields, first.contact.phones[0].raw) == ("Ada", {}, "12345")
    assert (second.contact.name, second.line) == ("Bo", 1 + text[: text.index("FN:Bo")].count(end) - 2)


def test_an_empty_picture_is_none() -> None:
    assert not one("FN:Ada", "PHOTO;ENCODING=b;TYPE=JPEG:").photo
    assert not one("FN:Ada", "PHOTO:", "TEL:12345").photo


def test_a_picture_is_not_copied_about() -> None:
    import tracemalloc

    data = card("FN:Ada", "PHOTO;ENCODING=b:" + "A" * 20_000_000, "TEL:12345").encode()
    tracemalloc.start()
    try:
        assert people(data)[0].phones[0].raw == "12345"
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_text_may_be_in_base64() -> None:
    encoded = base64.b64encode("سلام\nدنیا".encode()).decode()
    assert contact("FN:x", f"NOTE;ENCODING=b:{encoded[:12]}", f" {encoded[12:]}").note == "سلام\nدنیا"


# --- what a line is -------------------------------------------------------------------------------------------


def test_names_are_known_in_any_case_and_with_blanks() -> None:
    found = contact("fn:Ada", "tel ; type=Cell : 12345", "version : 3.0")
    assert (found.name, [(p.raw, p.label) for p in found.phones]) == ("Ada", [("12345", "mobile")])
    assert people("begin : vcard\nFN:Ada\nend:vCard\n")[0].name == "Ada"


def test_a_quotation_mark_alone_does_not_hide_the_value() -> None:
    assert contact('TEL;X-SIZE=5":12345', "FN:Ada").phones[0].raw == "12345"


def test_every_line_is_numbered_as_editors_do() -> None:
    text = card(
        "FN:x",
        "NOTE:a",
        " b",
        "PHOTO;ENCODING=b:",
        *[f" {JPEG[:70]}"] * 30,
        "",
        "TEL:1",
        version="2.1",
        end="\r\n",
    )
    assert [(line.number, line.name) for line in lines(text.encode())] == [
        *((1, "BEGIN"), (2, "VERSION"), (3, "FN"), (4, "NOTE"), (6, "PHOTO"), (38, "TEL"), (39, "END")),
    ]
