"""Calendar and digits at the prompt: people get theirs, programs always the same, and every spelling is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.shell import Shell
from tuicrm import i18n

SETTINGS = [
    {"TUICRM_LANG": "fa"},
    {"TUICRM_LANG": "fa", "TUICRM_DIGITS": "latin"},
    {"TUICRM_LANG": "fa", "TUICRM_CALENDAR": "gregorian"},
    {"TUICRM_CALENDAR": "jalali", "TUICRM_DIGITS": "persian"},
]


@pytest.fixture(autouse=True)
def afterwards_english() -> Iterator[None]:
    """What a command was told about calendar and digits ends with the test."""
    yield
    i18n.use("en")
    i18n.show_in()


@pytest.fixture
def logged(leila: Shell) -> Shell:
    """Yesterday's call, and two promises with a ticket today."""
    return leila.after(
        ("log", "contact:1", "asked for a price =3:05 -1d9:05 /2d"),
        ("log", "contact:1", "boiler is dead /th /sat10"),
    )


# --- for people ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "call", "promise", "spoke"),
    [
        ({}, "2026-11-21 09:05", "Sat 2026-11-28 10:00", "2026-11-22"),
        ({"TUICRM_CALENDAR": "jalali"}, "1405/08/30 09:05", "Sat 1405/09/07 10:00", "1405/09/01"),
        ({"TUICRM_DIGITS": "persian"}, "۲۰۲۶-۱۱-۲۱ ۰۹:۰۵", "Sat ۲۰۲۶-۱۱-۲۸ ۱۰:۰۰", "۲۰۲۶-۱۱-۲۲"),
        (SETTINGS[0], "۱۴۰۵/۰۸/۳۰ ۰۹:۰۵", "شنبه ۱۴۰۵/۰۹/۰۷ ۱۰:۰۰", "۱۴۰۵/۰۹/۰۱"),
        (SETTINGS[1], "1405/08/30 09:05", "شنبه 1405/09/07 10:00", "1405/09/01"),
        (SETTINGS[2], "۲۰۲۶/۱۱/۲۱ ۰۹:۰۵", "شنبه ۲۰۲۶/۱۱/۲۸ ۱۰:۰۰", "۲۰۲۶/۱۱/۲۲"),
    ],
)
def test_lists_are_in_the_persons_calendar_and_digits(
    logged: Shell, variables: dict[str, str], call: str, promise: str, spoke: str
) -> None:
    logged.set(**variables)
    assert call in logged.ok("call", "list").out
    assert promise in logged.ok("followup", "list").out
    assert spoke in logged.ok("find", "leila").out
    assert promise in logged.ok("log", "contact:1", "again /sat10").out


def test_what_is_typed_again_keeps_latin_digits(logged: Shell) -> None:
    logged.set(TUICRM_LANG="fa")
    assert "contact:1 " in logged.ok("find", "leila").out
    assert "contact:2" in logged.ok("log", "Reza Ahmadi", "hello", "--new").out
    assert re.search(r"--after 3\b", logged.ok("call", "list", "--limit", "1").err)
    assert "call:99" in logged("call", "show", "99").err
    assert logged.ok("call", "show", "2").out.count("followup:2") == 1


def test_a_refused_day_is_told_in_the_persons_calendar(logged: Shell) -> None:
    logged.set(TUICRM_CALENDAR="jalali")
    assert logged("log", "contact:1", "x /2026-11-20").err == "2026-11-20 has passed (1405/08/29).\n"


def test_a_setting_is_read_from_the_file(logged: Shell) -> None:
    file = logged.folder / "config" / "tuicrm" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('calendar = "jalali"\ndigits = "persian"\n', encoding="utf-8")
    assert "۱۴۰۵/۰۸/۳۰ ۰۹:۰۵" in logged.ok("call", "list").out
    file.write_text('calendar = "mayan"\n', encoding="utf-8")
    refused = logged("call", "list")
    assert (refused.code, "mayan" in refused.err, "jalali" in refused.err) == (5, True, True)


# --- for programs -------------------------------------------------------------------------------------------

COMMANDS = [
    ("call", "list"),
    ("followup", "list"),
    ("contact", "show", "contact:1"),
    ("find", "leila"),
    ("history", "--all"),
    ("undo", "--list"),
]


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_json_is_the_same_whatever_a_person_reads(logged: Shell, args: tuple[str, ...]) -> None:
    plain = logged.ok(*args, "--json").out
    for variables in SETTINGS:
        logged.set(TUICRM_LANG="en", TUICRM_CALENDAR="auto", TUICRM_DIGITS="auto")
        logged.set(**variables)
        assert logged.ok(*args, "--json").out == plain


@pytest.mark.parametrize("what", ["contacts", "calls", "followups", "tickets"])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_exports_are_the_same_whatever_a_person_reads(logged: Shell, what: str, form: str) -> None:
    plain = logged.ok("export", what, "--format", form).out
    assert "20" in plain
    for variables in SETTINGS:
        logged.set(TUICRM_LANG="en", TUICRM_CALENDAR="auto", TUICRM_DIGITS="auto")
        logged.set(**variables)
        assert logged.ok("export", what, "--format", form).out == plain


def test_a_refusal_as_json_has_latin_digits_and_gregorian_dates(logged: Shell) -> None:
    logged.set(TUICRM_LANG="fa")
    error: Any = logged("log", "contact:1", "x /1405-08-29", "--json").error
    assert "2026/11/20" in error["message"]
    assert not re.search("[۰-۹]", json.dumps(error, ensure_ascii=False))


# --- typed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "since",
    [
        "2026-11-22", "۲۰۲۶-۱۱-۲۲", "1405-09-01", "1405/9/1", "۱۴۰۵/۰۹/۰۱", "١٤٠٥-٠٩-٠١", "۱ آذر", "1 azar 1405",
        "today", "امروز", "1405-09-01T09:00", "۱۴۰۵-۰۹-۰۱T۰۹:۰۰", "2026-11-22 09:00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_day_is_read_in_both_calendars_and_all_digits(logged: Shell, since: str, language: str) -> None:
    logged.set(TUICRM_LANG=language)
    assert [row["id"] for row in logged.json("call", "list", "--from", since)] == [2]


@pytest.mark.parametrize(
    "until", ["2026-11-21", "1405-08-30", "۱۴۰۵/۸/۳۰", "yesterday", "دیروز", "1 day ago"]
)
def test_a_day_that_is_over_is_read_too(logged: Shell, until: str) -> None:
    assert [row["id"] for row in logged.json("call", "list", "--to", until)] == [1]


@pytest.mark.parametrize("none", ["1404-12-30", "۳۱ مهر ۱۴۰۵", "1405-13-01", "31 nov"])
def test_a_day_that_is_in_no_calendar_is_refused(logged: Shell, none: str) -> None:
    assert logged("call", "list", "--from", none).code == 5


@pytest.mark.parametrize(
    "args",
    [
        ("call", "show", "۲"),
        ("call", "show", "call:۲"),
        ("call", "show", "٢"),
        ("contact", "show", "contact:۱"),
        ("contact", "show", "۱"),
        ("find", "۴۵۶۷"),
        ("history", "contact:۱", "--limit", "۲"),
        ("call", "list", "--limit", "۱"),
        ("followup", "due", "--limit", "۱"),
        ("call", "list", "--after", "۲"),
        ("undo", "۵", "--dry-run"),
    ],
    ids=" ".join,
)
def test_numbers_are_read_in_all_digits(logged: Shell, args: tuple[str, ...]) -> None:
    digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹٢", "01234567892")
    assert logged(*args, "--json").out == logged(*(word.translate(digits) for word in args), "--json").out
    assert logged(*args).code == 0


@pytest.mark.parametrize("bad", ["۰", "0", "-1", "x", "۱.۵", "²"])
def test_what_is_no_whole_number_is_refused(logged: Shell, bad: str) -> None:
    assert logged("call", "list", f"--limit={bad}").code == 2
    assert logged("find", "leila", f"--limit={bad}").code == 2
