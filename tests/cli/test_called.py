"""How somebody without a name is called: by the number, wherever a name would stand."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def nameless(shell: Shell) -> Shell:
    """Contact 1 has a number and no name; something is promised to it, a ticket is open, a call was logged."""
    return shell.after(
        ("contact", "add", "", "--phone", "09121234567"),
        ("log", "contact:1", "rang /th/tom boiler dead /in"),
        ("log", "contact:1", "no heating /th /tom"),
    )


@pytest.mark.parametrize(
    "words", [("log", "contact:1", "/w"), ("call", "list"), ("followup", "list"), ("ticket", "list")]
)
def test_somebody_without_a_name_is_called_by_the_number(nameless: Shell, words: tuple[str, ...]) -> None:
    assert "0912 123 4567" in nameless.ok(*words).out


def test_the_number_is_not_given_out_as_a_name(nameless: Shell) -> None:
    for list_ in ("call", "followup", "ticket"):
        assert {each["contact"]["name"] for each in nameless.json(list_, "list")} == {""}
