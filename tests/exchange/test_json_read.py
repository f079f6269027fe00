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


def test_no_more_than_one_record_is_in_memory_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    real, decoded = json_format._decode, [0]

    def decode(text: str, place: int) -> tuple[object, int]:
        decoded[0] += 1
        return real(text, place)

    monkeypatch.setattr(json_format, "_decode", decode)
    rows = json_format.read('[{"name": "Kate"}, {"name": "Bob"}, {"name": "Eve"}]', "file")
    assert decoded[0] == 3
    assert [decoded[0] for _ in rows] == [4, 5, 6]
