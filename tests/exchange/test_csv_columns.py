"""Which column holds what: suggestions for a person to look over, what the person says, and remembering it."""

from __future__ import annotations

import pytest

from tests.exchange.sheets import emails, person, phones
from tuicrm.domain.errors import Invalid
from tuicrm.exchange.csv_columns import OWN_COLUMNS, TARGETS, columns, parted, signature, suggest


def test_a_suggestion_tells_target_label_samples_and_whether_it_is_sure() -> None:
    rows = [("Kate Allen", "0912 000 0001", "k@example.com", "York", "x"), ("Bob", "", "", "York", "")]
    name, phone, email, city, hotline = suggest(
        ("Full name", "Mobile", "Write to", "City", "Phone at night"), rows
    )
    assert (name.target, name.sure, name.samples) == ("name", True, ("Kate Allen", "Bob"))
    assert (phone.target, phone.label, phone.sure) == ("phone", "mobile", True)
    assert (email.target, email.sure) == ("email", False)
    assert (city.target, city.field, city.samples) == ("field", "City", ("York",))
    assert (hotline.target, hotline.sure) == ("phone", False)


def test_labels_beside_values_are_tied_to_them() -> None:
    found = suggest(("Name", "Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label", "Phone 2 - Value"), ())
    assert [column.target for column in found] == ["name", "label", "phone", "label", "phone"]
    assert [column.beside for column in found] == [None, None, 1, None, 3]


@pytest.mark.parametrize(
    ("headings", "targets"),
    [
        (("نام", "تلفن"), ["name", "phone"]),
        (("نام", "نام خانوادگی", "تلفن"), ["first", "last", "phone"]),
        (("نام کوچک", "نام خانوادگی"), ["first", "last"]),
        (("Nom", "Prénom"), ["last", "first"]),
        (("Nom", "Société"), ["name", "company"]),
        (("Name", "Vorname"), ["last", "first"]),
        (("Title", "First Name", "Last Name", "Suffix"), ["prefix", "first", "last", "suffix"]),
        (("Title", "First Name", "Last Name"), ["field", "first", "last"]),
        (("phone_number", "MOBILEPHONE", "E-Mail", "firstName"), ["phone", "phone", "email", "first"]),
    ],
)
def test_a_heading_means_what_its_neighbours_make_of_it(
    headings: tuple[str, ...], targets: list[str]
) -> None:
    assert [column.target for column in suggest(headings, ())] == targets


def test_a_person_may_name_columns_by_heading_or_number_and_any_target() -> None:
    text = "Who,Ring,Inner,Write,Group,Why,Whose,Hands off,Shoe,Junk\n"
    text += "Kate,0912 000 0001,12,k@example.com,vip,because,sara,yes,38,zzz\n"
    mapping = {
        **{"who": "name", "2": "phone", "Inner": "ext", "Write": "email", "GROUP": "tags", "6": "note"},
        **{"Whose": "owner", "Hands off": "do-not-call", "Shoe": "field:Shoe size", "Junk": "skip"},
    }
    kate = person(text, mapping)
    assert (kate.name, phones(kate), kate.phones[0].ext) == ("Kate", [("0912 000 0001", "")], "12")
    assert (emails(kate), kate.tags, kate.note) == ([("k@example.com", "")], ("vip",), "because")
    assert kate.fields == {"Shoe size": "38"}


def test_a_mapping_makes_a_list_of_contacts_of_anything() -> None:
    assert person("Colour,Size\nred,2\n", {"colour": "company"}).name == "red"
    assert person("Colour,Size\nred,2\n", {"۱": "first", "2": "last"}).name == "red 2"
    assert person("Kate,0912 000 0001\n", {"2": "field:Line", "1": "last"}).fields == {
        "Line": "0912 000 0001"
    }


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_can_be_said(target: str) -> None:
    columns(("name", "x"), {"x": target}, "people.csv")


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        *(({"Nope": "name"}, "map_column"), ({"0": "name"}, "map_column"), ({"3": "name"}, "map_column")),
        *(({"": "name"}, "map_column"), ({"A": "nope"}, "map_target")),
        *(
            ({"A": ""}, "map_target"),
            ({"A": "label"}, "map_target"),
            ({"A": "skip", "B": "field"}, "csv_no_name"),
        ),
    ],
)
def test_a_wrong_mapping_is_refused(mapping: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        columns(("A", "B"), mapping, "people.csv")
    assert refused.value.code == code


def test_our_own_export_is_known_by_its_columns_and_keeps_odd_field_names() -> None:
    found = columns((*OWN_COLUMNS, "Phone", "field name"), {}, "people.csv")
    assert [column.target for column in found] == [
        *("skip", "name", "company", "phone", "email", "tag", "note", "do_not_call", "owner", "cadence"),
        *("skip", "label", "label", "field", "field"),
    ]
    assert [column.field for column in found[-2:]] == ["Phone", "name"]


def test_a_header_has_one_signature_however_it_is_written() -> None:
    assert signature(("Full Name", "Phone 1")) == signature(("full-name", "PHONE 1", ""))
    different = {
        signature(headings) for headings in (("a", "b"), ("b", "a"), ("a", "b", "c"), ("ab",), ("a b",))
    }
    assert len(different) == 5
    assert signature(("column 1", "column 2")) == ""
    anyhow = {signature(each, ordered=False) for each in (("a", "b"), ("B", "a"))}
    assert len(anyhow) == 1
    assert anyhow.isdisjoint(different)


def test_what_is_said_by_a_number_is_said_by_the_heading_where_that_names_the_column() -> None:
    headings = ("Who", "Ring", "Ring", "", "column 5")
    said = parted(headings, {"1": "name", "ring": "phone", "3": "skip", "5": "tag"}, "people.csv")
    assert said == ({"Who": "name", "Ring": "phone"}, {"3": "skip", "5": "tag"})
