"""What typing finds, in which order, and what it never finds."""

from __future__ import annotations

import pytest

from tests.storage.records import REZA, SARA, add_contact, edit, log_call, phone
from tuicrm.domain import fold
from tuicrm.storage import search
from tuicrm.storage.database import Database
from tuicrm.storage.search import Hit


def found(database: Database, text: str, *, agent: str = "", limit: int = 40) -> list[str]:
    """The names that typing ``text`` lists, in order; with a mark for those found otherwise than as typed."""
    with database.reader() as conn:
        hits = search.by_name(conn, fold.words(text), fold.glued(text), agent=agent, limit=limit)
        rows = search.rows(conn, hits)
    marks = {hit.id: "=" * hit.exact + "|" * hit.parted + "~" * hit.near for hit in hits}
    return [row.name + marks[row.id] for row in rows]


def strictly(database: Database, text: str) -> list[Hit]:
    with database.reader() as conn:
        return search.by_words(conn, fold.words(text), fold.glued(text))


@pytest.fixture
def people(database: Database) -> Database:
    add_contact(
        database,
        "Leila Karimi",
        company="Pars Shimi",
        phones=[phone("0912 123 4567", "+989121234567"), phone("104")],
        emails=[{"address": "l.karimi@pars.example"}],
        tags=["vip"],
    )
    add_contact(database, "Leila Kazemi")
    add_contact(database, "شرکت نرم‌افزار کارون", phones=[phone("021 8812 0000", "+982188120000")])
    add_contact(database, "Carfix", phones=[phone("0912 999 4567", "+989129994567")])
    return database


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["karimi", "kar", "KARIMI le", "pars", "shim leil", "vip kar", "Karīmi", "shm"]
)
def test_beginnings_of_words_in_any_order_find_a_person(people: Database, text: str) -> None:
    assert found(people, text) == ["Leila Karimi"]


def test_an_email_is_found_by_its_words(people: Database) -> None:
    assert found(people, "pars.example") == ["Leila Karimi"]


@pytest.mark.parametrize("text", ["نرم افزار", "نرم‌افزار", "نرمافزار", "کارون نرم", "كارون"])
def test_persian_is_found_however_it_is_spaced_or_typed(people: Database, text: str) -> None:
    assert [name.rstrip("|") for name in found(people, text)] == ["شرکت نرم‌افزار کارون"]


def test_every_word_must_fit(people: Database) -> None:
    assert found(people, "leila webb") == []


def test_inside_of_a_word_is_not_its_beginning(people: Database) -> None:
    assert strictly(people, "arimi") == []


def test_the_whole_name_comes_first(people: Database) -> None:
    add_contact(people, "Leila Karimi Zand")
    assert found(people, "leila karimi") == ["Leila Karimi=", "Leila Karimi Zand"]
    assert found(people, "leilakarimi")[0] == "Leila Karimi="


def test_whole_words_come_before_longer_ones(database: Database) -> None:
    for name in ("Ali Rezai", "Alireza Ahmadi", "Alinejad"):
        add_contact(database, name)
    assert found(database, "ali") == ["Ali Rezai", "Alinejad", "Alireza Ahmadi"]


def test_the_agents_own_recent_contacts_come_before_others(database: Database) -> None:
    first = add_contact(database, "Leila A")
    for letter in "BCD":
        add_contact(database, f"Leila {letter}")
    assert found(database, "leila", agent="sara") == ["Leila D", "Leila C", "Leila B", "Leila A"]
    log_call(database, first, "u1")
    log_call(database, first + 1, "u2")
    log_call(database, first + 2, "u3", actor=REZA)
    assert found(database, "leila", agent="sara") == ["Leila B", "Leila A", "Leila D", "Leila C"]
    assert found(database, "leila", agent="reza")[0] == "Leila C"


def test_no_more_are_listed_than_asked_for(database: Database) -> None:
    for number in range(30):
        log_call(database, add_contact(database, f"Leila {number}"), f"u{number}")
    assert len(found(database, "leila", agent="sara", limit=10)) == 10
    assert len(found(database, "leilaa", agent="sara", limit=10)) == 10


@pytest.mark.parametrize(
    "text",
    ["", " ", "/", '"', "'", "*", "a* OR b", '") OR (', "\0", "a\0b", "NEAR(a b)", "^a", ":", "-", "😀"],
)
def test_signs_of_the_query_language_are_only_text(people: Database, text: str) -> None:
    assert found(people, text) == []


def test_signs_within_names_and_queries_do_no_harm(database: Database) -> None:
    for name in ("O'Brien", "[/]", "AT&T 1.5", "Café Ünal 3.14", "۲۴ کارون", "C++", "中村 太郎", "𝒜da"):
        add_contact(database, name)
    assert found(database, "o'brien") == ["O'Brien="]
    assert found(database, "1.5") == ["AT&T 1.5"]
    assert found(database, "cafe unal") == ["Café Ünal 3.14"]
    assert found(database, "24") == ["۲۴ کارون"]
    assert found(database, "中村") == ["中村 太郎"]
    assert found(database, "ada") == ["𝒜da="]


# --- what is out of every list ------------------------------------------------------------------------------


def test_deleted_and_merged_people_are_never_found(people: Database) -> None:
    with people.transaction(SARA, "contact.delete") as tx:
        tx.delete("contact", 1)
    edit(people, "contact", 2, merged_into=3)
    for text in ("leila karimi", "leila", "kar", "leilakar", "prsh", "laila", "vip"):
        assert found(people, text) == [], text
    with people.reader() as conn:
        assert search.by_number(conn, "7654321219", agent="sara") == []
        assert search.by_number(conn, "", ["+98912123"]) == []


def test_a_renamed_person_is_found_by_the_new_name_only(people: Database) -> None:
    edit(people, "contact", 4, name="Autohaus", tags=["north"])
    assert found(people, "carfix") == []
    assert found(people, "autoh") == found(people, "north") == ["Autohaus"]
    edit(people, "contact", 4, note="carfix", do_not_call=True)
    assert found(people, "carfix") == []
    with people.transaction(SARA, "check") as tx:
        # Raises when the index does not hold exactly the words of the contacts.
        tx.execute("INSERT INTO contact_fts(contact_fts, rank) VALUES ('integrity-check', 1)")


def test_a_number_is_a_name_for_who_has_none(database: Database) -> None:
    add_contact(database, "", phones=[phone("0912 123 4567", "+989121234567")])
    with database.reader() as conn:
        assert conn.value("SELECT name_key FROM contact") == "0912 123 4567"
    assert found(database, "09121234567") == ["="]


# --- otherwise than typed -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("prsh", "Leila Karimi"),
        ("parsshimi", "Leila Karimi"),
        ("leikar", "Leila Karimi"),
        ("car fi", "Carfix"),
    ],
)
def test_spaces_may_stand_elsewhere_and_the_hit_says_so(people: Database, text: str, name: str) -> None:
    assert found(people, text)[0] == f"{name}|"
    assert strictly(people, text) == []


@pytest.mark.parametrize("text", ["karumi", "karimx", "krimi", "karrimi", "akrimi", "leila karumi", "karum"])
def test_one_slip_is_forgiven_and_marked(people: Database, text: str) -> None:
    assert "Leila Karimi~" in found(people, text)
    assert strictly(people, text) == []


@pytest.mark.parametrize("text", ["korumi", "kzz", "krm", "webb"])
def test_two_slips_and_slips_in_short_words_are_not_forgiven(people: Database, text: str) -> None:
    assert [name for name in found(people, text) if name.endswith("~")] == []


def test_slips_are_not_asked_for_when_somebody_fits(people: Database) -> None:
    add_contact(people, "Karima Zand")
    assert found(people, "karima") == ["Karima Zand"]


def test_near_names_can_be_left_out(people: Database) -> None:
    with people.reader() as conn:
        assert search.by_name(conn, ("karumi",), "karumi", near=False) == []


# --- numbers ------------------------------------------------------------------------------------------------


def numbers(database: Database, end: str = "", *beginnings: str, agent: str = "") -> list[tuple[int, bool]]:
    with database.reader() as conn:
        hits = search.by_number(conn, end[::-1], beginnings, agent=agent)
    return [(hit.id, hit.exact) for hit in hits]


def test_a_number_is_found_by_its_end_its_beginning_or_whole(people: Database) -> None:
    assert numbers(people, "1234567") == [(1, False)]
    assert numbers(people, "989121234567") == [(1, True)]
    assert numbers(people, "104") == [(1, True)]
    assert numbers(people, "", "+98912") == [(1, False), (4, False)]
    assert numbers(people, "5550000") == []


def test_several_people_with_one_end_are_all_found_the_recent_first(people: Database) -> None:
    assert numbers(people, "4567", agent="sara") == [(4, False), (1, False)]
    log_call(people, 1, "u1")
    assert numbers(people, "4567", agent="sara") == [(1, False), (4, False)]


def test_a_whole_number_comes_before_an_end(database: Database) -> None:
    add_contact(database, "Desk", phones=[phone("4567")])
    log_call(database, add_contact(database, "Leila", phones=[phone("1234567")]), "u1")
    assert numbers(database, "4567", agent="sara") == [(1, True), (2, False)]


# --- the lines to show --------------------------------------------------------------------------------------


def test_lines_come_in_the_order_of_the_hits_with_their_marks(people: Database) -> None:
    with people.reader() as conn:
        rows = search.rows(conn, [Hit(4, near=True), Hit(404), Hit(1, exact=True)])
    assert [(row.id, row.name, row.phone, row.near, row.exact) for row in rows] == [
        (4, "Carfix", "+989129994567", True, False),
        (1, "Leila Karimi", "+989121234567", False, True),
    ]


def test_words_of_a_contact_that_was_not_saved_after_all_are_learnt_when_it_is(database: Database) -> None:
    for keep in (False, True):
        with database.transaction(SARA, "contact.add") as tx:
            tx.insert("contact", {"name": "Karimi"})
            if not keep:
                tx.abandon()
    assert found(database, "karumi") == ["Karimi~"]


def test_a_list_by_name_is_in_the_order_of_the_persian_alphabet(database: Database) -> None:
    for name in ("کاوه", "یاسر", "پویا", "Zoe", "بهار", "گلناز", "لیلا", "ژاله"):
        add_contact(database, name)
    with database.reader() as conn:
        listed = [row["name"] for row in conn.all("SELECT name FROM contact ORDER BY name_key, id")]
    assert listed == ["Zoe", "بهار", "پویا", "ژاله", "کاوه", "گلناز", "لیلا", "یاسر"]
