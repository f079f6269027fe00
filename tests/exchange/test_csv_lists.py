"""Lists of unknown origin: what parts their cells, header or none, broken rows, several numbers in a cell."""

from __future__ import annotations

import pytest

from tests.exchange.sheets import emails, people, person, phones, rows
from tuicrm.domain.errors import Invalid
from tuicrm.exchange import csv_format

# --- how it is laid out -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_parts_the_cells_is_told_by_all_rows(sign: str) -> None:
    other = ";" if sign == "," else ","
    lines = [["name", "phone", "note"], ["Kate Allen", "0912 000 0001", f"one{other} two{other} three"]]
    lines += [["Bob", "0912 000 0002", f"a{other}b"]] * 3
    text = "".join(sign.join(line) + "\n" for line in lines)
    assert csv_format.look(text, "x").delimiter == sign
    assert people(text)[0].note == f"one{other} two{other} three"


def test_a_header_with_commas_does_not_hide_the_semicolons_of_the_rows() -> None:
    text = "Name (first, middle, last);Phone (work, home);Note\nKate;0912 000 0001;x\nBob;0912 000 0002;y\n"
    assert csv_format.look(text, "x").delimiter == ";"


def test_a_spreadsheet_may_say_what_parts_its_cells() -> None:
    kate, bob = rows("sep=;\r\nname;phone\r\nKate;0912 000 0001\r\nBob;0912 000 0002\r\n")
    assert (kate.line, bob.line) == (3, 4)
    assert [row.contact and row.contact.name for row in (kate, bob)] == ["Kate", "Bob"]
    (only,) = rows("sep=|\nKate Allen|0912 000 0001\n")
    assert (only.line, only.contact and only.contact.name) == (2, "Kate Allen")


def test_without_a_header_columns_are_known_by_what_stands_in_them() -> None:
    text = "7,Kate Allen,0912 000 0001,kate@example.com,Acme Ltd,x1\n"
    text += "8,Bob Webb,021 8877 0002,bob@example.com,Pars GmbH,y2\n"
    layout = csv_format.look(text, "x")
    assert (layout.header_line, layout.headings[1]) == (0, "column 2")
    kate, bob = rows(text)
    assert kate.contact is not None
    assert (kate.line, bob.line) == (1, 2)
    assert (kate.contact.name, kate.contact.company) == ("Kate Allen", "Acme Ltd")
    assert (phones(kate.contact), emails(kate.contact)) == (
        [("0912 000 0001", "")],
        [("kate@example.com", "")],
    )
    assert kate.contact.fields == {"column 1": "7", "column 6": "x1"}


def test_without_a_header_first_and_last_names_may_stand_apart() -> None:
    assert [found.name for found in people("رضا;احمدی;09120000001\nلیلا;کریمی;09120000002\n")] == [
        "رضا احمدی",
        "لیلا کریمی",
    ]


def test_numbers_alone_are_a_list_too_and_dates_and_amounts_are_no_numbers() -> None:
    assert [phones(found) for found in people("09120000001\n09120000002\n")] == [
        [("09120000001", "")],
        [("09120000002", "")],
    ]
    found = person("Kate Allen,2024-01-02,12345678.50,0912 000 0001\n")
    assert (phones(found), found.fields) == (
        [("0912 000 0001", "")],
        {"column 2": "2024-01-02", "column 3": "12345678.50"},
    )


def test_a_header_of_unknown_words_is_helped_out_by_the_content() -> None:
    text = "Wer,Erreichbar,Elektropost,Ort\nKate Allen,0912 000 0001,kate@example.com,York\n"
    kate = person(text)
    assert (kate.name, phones(kate), emails(kate)) == (
        "Kate Allen",
        [("0912 000 0001", "")],
        [("kate@example.com", "")],
    )
    assert kate.fields == {"Ort": "York"}


def test_addresses_of_somebody_else_are_not_the_contacts() -> None:
    kate = person(
        "Name,Created by,Owner email,Manager phone\nKate,x@example.com,y@example.com,0912 000 0001\n"
    )
    assert (kate.emails, kate.phones) == ((), ())
    assert kate.fields == {
        "Created by": "x@example.com",
        "Owner email": "y@example.com",
        "Manager phone": "0912 000 0001",
    }


@pytest.mark.parametrize("text", ["Colour,Size\nred,2\n", "column1,column2\nrow1-1,row1-2\n", "nonsense"])
def test_a_list_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        rows(text)
    assert refused.value.code == "csv_no_name"


# --- rows ---------------------------------------------------------------------------------------------------


def test_short_rows_are_fine_and_what_is_too_long_is_kept() -> None:
    kate, bob, many = people(
        "name,phone,City\nKate\nBob,0912 000 0001,York,extra,,more\nMo,1,x" + ",y" * 50 + "\n"
    )
    assert (kate.name, kate.fields) == ("Kate", {})
    assert bob.fields == {"City": "York", "column 4": "extra", "column 6": "more"}
    assert sum(text.count("y") for text in many.fields.values()) == 50
    (row,) = rows("name,phone\nBob,0912 000 0001,extra\n")
    assert row.kept == ("column 3",)


def test_cells_under_an_empty_heading_are_kept() -> None:
    assert person("name,,phone\nKate,hidden,0912 000 0001\n").fields == {"column 2": "hidden"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_they_stand_in_the_file(end: str) -> None:
    lines = ["name,note", '"Kate', 'Allen","a', "", 'b"', "", "Bob,x", ",nobody", '"Omid","y', 'z"', "Mo,"]
    found = rows(end.join(lines))
    assert [row.line for row in found] == [2, 7, 8, 9, 11]
    assert [row.code for row in found] == ["", "", "contact_empty", "", ""]


def test_a_header_over_several_lines_is_counted_too() -> None:
    (kate,) = rows('name,"Phone\n(mobile)"\nKate,0912 000 0001\n')
    assert kate.line == 3
    assert kate.contact is not None
    assert phones(kate.contact) == [("0912 000 0001", "mobile")]


def test_a_mark_that_is_not_closed_costs_its_own_row_only() -> None:
    text = 'name,phone\nKate,0912 000 0001\nBob,"0912 000 0002\n' + "Mo,0912 000 0003\n" * 3
    found = rows(text)
    assert [(row.line, row.code, row.refused) for row in found] == [
        *((2, "", False), (3, "csv_quote", True), (4, "", False), (5, "", False), (6, "", False)),
    ]


def test_a_mark_that_would_take_in_the_next_rows_is_found_at_the_next_mark() -> None:
    text = 'name,phone,note\nBob,"0912 000 0002,x\nMo,1,"first"\nKate,2,"two\nlines"\n'
    found = rows(text)
    assert [(row.line, row.code) for row in found] == [(2, "csv_quote"), (3, ""), (4, "")]
    assert found[2].contact is not None
    assert found[2].contact.note == "two\nlines"


def test_marks_within_a_line_are_read_as_well_as_can_be() -> None:
    kate, bob = people('name,company,phone\n"Kate "Kit" Allen",Acme,1\nBob "the man" Webb,"Pars ""eu""",2\n')
    assert (kate.company, bob.name, bob.company) == ("Acme", 'Bob "the man" Webb', 'Pars "eu"')
    assert "Kit" in kate.name
    assert person('name, phone, note\n"Kate", "0912 000 0001", "a, b"\n').note == "a, b"


def test_a_cell_of_a_million_letters_is_read_and_a_larger_one_refused() -> None:
    text = f'name,note\nKate,"{"x" * 999_000}"\nBob,"{"y" * 1_100_000}"\nMo,z\n'
    assert [(row.line, row.code) for row in rows(text)] == [(2, ""), (3, "csv_row"), (4, "")]


# --- numbers and addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        *("0912 000 0001;0912 000 0002", "0912 000 0001 ::: 0912 000 0002", "0912 000 0001\n0912 000 0002"),
        *("0912 000 0001 / 0912 000 0002", "0912 000 0001|0912 000 0002", "0912 000 0001، 0912 000 0002"),
    ],
)
def test_several_numbers_in_one_cell(cell: str) -> None:
    assert phones(person(f'name,mobile\nKate,"{cell}"\n')) == [
        ("0912 000 0001", "mobile"),
        ("0912 000 0002", "mobile"),
    ]


def test_a_slash_within_a_number_does_not_part_it() -> None:
    found = person("name;phone;phone 2\nKate;030/1234567;0301234567/8\n")
    assert phones(found) == [("030/1234567", ""), ("0301234567/8", "")]


def test_numbers_and_addresses_of_many_columns_keep_their_order_and_labels() -> None:
    found = person(
        "Full Name,Phone 1,Phone 2,Phone3,Work Phone (direct),Home e-mail,Email 2\n"
        "Kate,0912 000 0001,0912 000 0002,0912 000 0003,0912 000 0004,h@example.com,e@example.com\n"
    )
    assert phones(found) == [
        *(("0912 000 0001", ""), ("0912 000 0002", ""), ("0912 000 0003", "")),
        ("0912 000 0004", "work direct"),
    ]
    assert emails(found) == [("h@example.com", "home"), ("e@example.com", "")]


def test_extensions_in_the_number_and_in_columns_of_their_own() -> None:
    found = person(
        "Name,Office Phone,Office Phone Ext,Home Phone,Mobile,Extension\n"
        "Kate,020 7946 0001,12,020 7946 0002 x34,07700 900001,ext. 56\n"
    )
    assert [(phone.raw, phone.ext) for phone in found.phones] == [
        *(("020 7946 0001", "12"), ("020 7946 0002 x34", ""), ("07700 900001", "56")),
    ]
    alone = person("Name,Phone,Ext\nKate,,12\n")
    assert (alone.phones, alone.fields) == ((), {"Ext": "12"})
    assert phones(person("Name,Phone\nKate,+49 30 123456;ext=12\n")) == [("+49 30 123456;ext=12", "")]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a@example.com; b@example.com", ["a@example.com", "b@example.com"]),
        ("a@example.com, b@example.com", ["a@example.com", "b@example.com"]),
        ("a@example.com / b@example.com", ["a@example.com", "b@example.com"]),
        ("Kate Allen <a@example.com>", ["a@example.com"]),
        ("mailto:a@example.com", ["a@example.com"]),
    ],
)
def test_addresses_are_found_in_what_people_write(cell: str, found: list[str]) -> None:
    kate = person(f'name,email\nKate,"{cell}"\n')
    assert ([address for address, _ in emails(kate)], kate.fields) == (found, {})


def test_what_is_no_number_and_no_address_is_kept() -> None:
    kate = person("name,phone,email\nKate,0912 000 0001; ask Bob,at home\n")
    assert (phones(kate), kate.emails) == ([("0912 000 0001", "")], ())
    assert kate.fields == {"phone": "ask Bob", "email": "at home"}


def test_what_spreadsheets_do_to_numbers_is_undone_where_it_can_be() -> None:
    text = 'name,phone\nA,\'0912 000 0001\nB,"=""00989120000002"""\nC,9.89120000003E+11\n'
    text += "D,989120000004.0\nE,'+98 912 000 0005\n"
    assert [phones(found)[0][0] for found in people(text)] == [
        *("0912 000 0001", "00989120000002", "989120000003", "989120000004", "+98 912 000 0005"),
    ]
    lost = person("name,phone\nF,9.89E+11\n")
    assert (lost.phones, lost.fields) == ((), {"phone": "9.89E+11"})


def test_a_second_company_or_owner_is_kept_as_a_field() -> None:
    (row,) = rows("name,company,organization,owner,assigned to\nKate,Acme,Pars,sara,omid\n")
    assert row.contact is not None
    assert (row.contact.company, row.owner) == ("Acme", "sara")
    assert row.contact.fields == {"organization": "Pars", "assigned to": "omid"}


def test_yes_and_no_in_several_languages_and_anything_else_kept() -> None:
    text = "name,Do Not Call\nA,yes\nB,0\nC,بله\nD,after May\nE,\n"
    found = rows(text)
    assert [row.do_not_call for row in found] == [True, False, True, None, None]
    assert found[3].contact is not None
    assert found[3].contact.fields == {"Do Not Call": "after May"}
