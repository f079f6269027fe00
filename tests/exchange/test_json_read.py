"""Our own JSON is read record by record, and taken for bad exactly where ``json.loads`` takes it so."""

from __future__ import annotations

import json

import pytest

from tuicrm.domain.errors import Invalid
from tuicrm.exchange import json_format


def names(text: str) -> list[str]:
    return [row.contact.name if row.contact else row.code for row in json_format.read(text, "file")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", []),
        (" [ ] \n", []),
        ('[{"name": "Kate"},\r\n\t{"name": "Bob"}]', ["Kate", "Bob"]),
        ('[{"name": "Kate"}, 3, null]', ["Kate", "import_row_shape", "import_row_shape"]),
        ('{"name": "Kate"}', ["Kate"]),
    ],
)
def test_what_an_array_holds_or_one_record(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "[",
            "[,]",
            "[1 2]",
            '[{"name": "Kate"},]',
            '[{"name": "Kate"}',
            '[{"name": "Kate"}] []',
            "nul",
        ),
        *('[{"name": "Kate"}\x0c]', '[{"name": "Kate" "Bob"}]', '\ufeff[{"name": "Kate"}]'),
    ],
)
def test_a_file_that_is_broken_anywhere_is_refused_before_its_first_record(text: str) -> None:
    with pytest.raises(ValueError) as expected:  # noqa: PT011
        json.loads(text)
    with pytest.raises(Invalid) as refused:
        json_format.read(text, "file")
    assert (refused.value.code, refused.value.params["reason"]) == ("json_bad", str(expected.value))


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"name": ' + "[" * 100_000])
def test_one_that_nests_without_end_is_refused_too(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        json_format.read(text, "file")
    assert refused.value.params["reason"] == "nested too deeply"


@pytest.mark.parametrize("text", ["3", '"Kate"', "[1, 2]", '[{"nom": "Kate"}]', '{"nom": "Kate"}', "null"])
def test_json_without_a_contact_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        json_format.read(text, "file")
    assert refused.value.code == "json_not_contacts"


def test_records_are_told_by_their_lines_or_where_all_stand_on_one_by_their_place() -> None:
    text = '[\n{"name": "Kate"},\n\n5, {"name": ["x"]},\n{"name":\n"Eve"}, null\n]'
    assert [row.line for row in json_format.read(text, "file")] == [2, 4, 4, 5, 6]
    assert [row.line for row in json_format.read('[{"name": "Kate"}, 5]\n', "file")] == [1, 2]
    assert [row.line for row in json_format.read('\n{"name": "Kate"}', "file")] == [2]


def test_what_is_wrong_with_a_record_is_shown_as_it_stands_there() -> None:
    rows = json_format.read('[{"name": "Kate"}, 5, {"name": ["x"]}, {"name": "y", "fields": "z"}]', "file")
    assert [row.params.get("reason") for row in rows] == [None, "5", '["x"]', '"z"']


def test_keys_of_other_programs_are_numbers_addresses_and_fields() -> None:
    text = json.dumps(
        [
            {
                **{"name": "Y", "phone": "09121234568", "mobile": 9121234569, "email": "y@x.ir"},
                **{"birthday": "1980", "langs": ["fa", "en"], "address": {"city": "York"}, "empty": None},
                **{"tags": "vip, north", "emails": [{"value": "z@x.ir"}], "phones": [{"number": "0211"}]},
            }
        ]
    )
    (row,) = json_format.read(text, "file")
    assert row.contact is not None
    assert [(each.raw, each.label) for each in row.contact.phones] == [
        ("0211", ""),
        ("09121234568", ""),
        ("9121234569", "mobile"),
    ]
    assert [each.address for each in row.contact.emails] == ["z@x.ir", "y@x.ir"]
    assert row.contact.fields == {"birthday": "1980", "langs": "fa; en"}
    assert (row.contact.tags, row.kept, row.dropped) == (
        ("vip", "north"),
        ("birthday", "langs"),
        ("address",),
    )


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("id action_id contact direction outcome started_at wrap_s", "own_calls"),
        ("id contact reason due_on first_due_on attempts_max", "own_follow_ups"),
        ("id subject contact kind priority category reopened", "own_tickets"),
    ],
)
def test_our_own_other_lists_are_refused_as_what_they_are(keys: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        json_format.read(json.dumps([dict.fromkeys(keys.split())]), "file")
    assert refused.value.code == code


def test_no_more_than_one_record_is_in_memory_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    real, decoded = json_format._decode, [0]

    def decode(text: str, place: int) -> tuple[object, int]:
        decoded[0] += 1
        return real(text, place)

    monkeypatch.setattr(json_format, "_decode", decode)
    rows = json_format.read('[{"name": "Kate"}, {"name": "Bob"}, {"name": "Eve"}]', "file")
    assert decoded[0] == 3
    assert [decoded[0] for _ in rows] == [4, 5, 6]
