"""The encoding of a file: by mark, by zero bytes, by what its bytes spell."""

from __future__ import annotations

import pytest

from tuicrm.domain.errors import Invalid
from tuicrm.exchange import charsets

PERSIAN = "نام,شرکت,يادداشت\nليلا کريمي,پارس پمپ,فردا ساعت ده تماس بگيريد\nمريم چراغي,گروه ژرف,پرداخت شد\n"
ARABIC = "الاسم,الشركة\nعبد الله الحربي,شركة النور للتجارة\nفاطمة الزهراء,مؤسسة الأمل\n"
FRENCH = "Prénom,Nom,Note\nHélène,Lefèvre,Rappeler à la rentrée\nFrançois,Bégué,Hôtel du Château\n"
GERMAN = "Vorname;Nachname;Straße\nJürgen;Größl;Königsstraße 5\nKäthe;Schröder;ÄUSSERE GASSE\n"
JAPANESE = "氏名,会社,備考\n山田太郎,東京商事株式会社,明日お電話ください\n佐藤花子,さくら,カタカナ\n"
RUSSIAN = "Имя,Компания\nИван Петров,ООО Ромашка\nОльга Смирнова,Завод\n"
POLISH = "Imię,Nazwisko\nŁukasz,Wiśniewski\nMałgorzata,Dąbrowska\n"
TURKISH = "Ad\nŞebnem Yıldız\nİbrahim Çağlar\nOğuz Güneş\n"
HEBREW = "שם\nדוד כהן\nרחל לוי\n"
GREEK = "Όνομα\nΓιώργος Παπαδόπουλος\nΜαρία Νικολάου\n"
CHINESE = "姓名,公司\n张伟,北京科技有限公司\n王芳,上海贸易公司\n"
KOREAN = "이름,회사\n김철수,서울전자\n이영희,한국전력\n"
EVERY = (PERSIAN, ARABIC, FRENCH, GERMAN, JAPANESE, RUSSIAN, POLISH, TURKISH, HEBREW, GREEK, CHINESE, KOREAN)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((PERSIAN, "cp1256"), (ARABIC, "cp1256"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp")),
        *((text, encoding) for text in (FRENCH, GERMAN) for encoding in ("cp1252", "mac_roman", "cp850")),
        *((RUSSIAN, "cp1251"), (POLISH, "cp1250"), (TURKISH, "cp1254"), (HEBREW, "cp1255")),
        *((GREEK, "cp1253"), (CHINESE, "gb18030"), (KOREAN, "cp949"), (JAPANESE, "iso2022_jp")),
    ],
)
def test_a_list_is_read_in_the_encoding_that_it_was_written_in(text: str, encoding: str) -> None:
    assert charsets.decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        *(("رضا احمدي", "cp1256"), ("محمد", "cp1256"), ("René", "cp1252"), ("Zoë", "cp1252")),
        *(("Jürgen Müller", "cp1252"), ("GRÖSSL", "cp1252"), ("José Núñez", "cp1252"), ("佐藤", "cp932")),
        *(
            ("山田太郎", "cp932"),
            ("Bjørn Ångström", "cp1252"),
            ("Łukasz", "cp1250"),
            ("Иван Петров", "cp1251"),
        ),
    ],
)
def test_one_name_is_enough(name: str, encoding: str) -> None:
    text = f"name,phone\n{name},0912 000 0001\n"
    assert charsets.decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", EVERY)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_unicode_is_known_with_a_mark_and_without(text: str, encoding: str) -> None:
    assert charsets.decode(text.encode(encoding)) == (text, encoding)


def test_typographic_signs_of_a_western_spreadsheet_stay() -> None:
    text = "name,note\nKate Allen,“call” – 5 € … it’s fine\n"
    assert charsets.decode(text.encode("cp1252")) == (text, "cp1252")


def test_what_cannot_be_decoded_is_marked_and_the_rest_read() -> None:
    text, encoding = charsets.decode("name\nلیلا\n".encode("utf-16") + b"x")
    assert (encoding, text) == ("utf-16", "name\nلیلا\n\ufffd")
    broken = PERSIAN.encode() * 3 + b"Jos\xe9,1\n"
    text, encoding = charsets.decode(broken)
    assert (encoding, text[-7:]) == ("utf-8", "Jos\ufffd,1\n")
    assert text.startswith(PERSIAN)


@pytest.mark.parametrize(
    "data",
    [
        *(
            b"PK\x03\x04\x14\0\x06\0",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"%PDF-1.7\n",
            b"\x89PNG\r\n\x1a\n",
        ),
        *(b"SQLite format 3\0\x10\0", bytes(range(256)) * 8),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        charsets.decode(data, "people.xlsx")
    assert (refused.value.code, refused.value.params) == ("file_binary", {"file": "people.xlsx"})


def test_a_few_stray_zero_bytes_do_not_make_text_binary() -> None:
    text = "name,phone\n" + "Kate Allen,0912 000 0001\n" * 20 + "Bob\0,1\n"
    assert charsets.decode(text.encode()) == (text, "utf-8")


def test_the_evidence_may_stand_at_the_end_of_a_long_file() -> None:
    text = "name,note\n" + "Kate Allen," + "x" * 300_000 + "\nHélène,été\n"
    assert charsets.decode(text.encode("cp1252")) == (text, "cp1252")
