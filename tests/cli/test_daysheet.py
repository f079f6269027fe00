"""``tuicrm followup sheet``: the day on paper, and what was written on it typed in afterwards."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tuicrm.cli.say import cells

HOSTILE = '<script>alert(1)</script> & "Sons" \x1b[31m\u202ered'
PERSIAN_NOTE = (
    "قیمت را فرستادم، گفت به شماره ۰۲۱-۸۸۷۷۶۶۵۵ زنگ بزنم و با مدیرش صحبت می‌کند تا دو روز دیگر جواب بدهد"
)


@pytest.fixture
def day(leila: Shell) -> Shell:
    """Tomorrow: Leila at ten beside something overdue, Reza some time, Kate overdue, nobody else."""
    return leila.after(
        ("contact", "add", "رضا محمدی", "--phone", "09351112233", "--company", "پارس شیمی"),
        ("contact", "add", HOSTILE, "--phone", "office: +44 20 7946 0018"),
        ("log", "contact:2", f"{PERSIAN_NOTE} /-"),
        ("followup", "add", "contact:2", "tomorrow", "پیگیری قیمت"),
        ("followup", "add", "contact:1", "today", "bring the contract"),
        ("followup", "add", "contact:3", "today", "</td><img src=x> price"),
        ("followup", "add", "contact:1", "tomorrow 10:00", "x" * 200),
    )


class Page(HTMLParser):
    """What a page holds: its elements with attributes, its text, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.said += data

    def count(self, tag: str) -> int:
        return sum(one == tag for one, _ in self.elements)


def printed(shell: Shell, name: str = "sheet.html", day: str = "tomorrow") -> tuple[Page, str]:
    file = shell.folder / name
    shell.ok("followup", "sheet", "--day", day, "--html", str(file))
    text = file.read_text(encoding="utf-8")
    return Page(text), text


def test_promised_times_come_first_then_overdue_then_the_day_and_each_person_once(day: Shell) -> None:
    rows = day.json("followup", "sheet", "--day", "tomorrow")["rows"]
    assert [(row["contact"]["id"], row["part"]) for row in rows] == [
        (1, "at_a_time"),
        (3, "overdue"),
        (2, "that_day"),
    ]
    assert [row["ref"] for row in rows] == ["followup:4", "followup:3", "followup:1"]
    assert [each["id"] for each in rows[0]["follow_ups"]] == [4, 2]


def test_today_is_the_day_without_one_and_has_nothing_of_tomorrow(day: Shell) -> None:
    assert [row["ref"] for row in day.json("followup", "sheet")["rows"]] == ["followup:2", "followup:3"]


def test_who_must_not_be_called_what_is_kept_and_what_others_promised_is_not_on_it(day: Shell) -> None:
    day.ok("contact", "edit", "contact:3", "--do-not-call")
    day.ok("followup", "done", "1")
    day.ok("agent", "add", "reza")
    day.ok("followup", "add", "contact:2", "tomorrow", "for reza", "--agent", "reza")
    mine, his = (
        [row["ref"] for row in day.json("followup", "sheet", "--day", "tomorrow", *more)["rows"]]
        for more in ((), ("--agent", "@reza"))
    )
    assert (mine, his) == (["followup:4"], ["followup:5"])
    assert day("followup", "sheet", "--agent", "nobody").code == 5


def test_what_was_put_off_beyond_the_day_waits(day: Shell) -> None:
    day.ok("followup", "snooze", "1", "2026-12-01")
    assert "followup:1" not in day.ok("followup", "sheet", "--day", "tomorrow").out
    assert "followup:1" in day.ok("followup", "sheet", "--day", "2026-12-01").out


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_line_of_the_text_is_wider_than_eighty_and_all_is_on_it(day: Shell, language: str) -> None:
    day.set(TUICRM_LANG=language)
    out = day.ok("followup", "sheet", "--day", "tomorrow").out
    assert all(cells(line) <= 80 for line in out.splitlines())
    for said in ("Leila Karimi", "رضا محمدی", "followup:4", "followup:2", "followup:1", "bring the contract"):
        assert said in out
    assert "\x1b" not in out
    # a file holds the letters as they are read: no marks that only a screen needs
    assert not re.search("[\u2066-\u2069\u202a-\u202e\u200e\u200f]", out)
    number = "۰۹۱۲ ۱۲۳ ۴۵۶۷" if language == "fa" else "0912 123 4567"
    assert number in out


def test_letters_of_the_outcomes_and_the_last_words_are_on_it(day: Shell) -> None:
    out = day.ok("followup", "sheet", "--day", "tomorrow").out
    assert "n no answer" in out
    assert "[ ] n" in out
    assert "| قیمت را فرستادم" in out
    assert "last: Sun 22 Nov · connected · @sara" in out


def test_a_reason_that_is_the_last_note_stands_there_once(leila: Shell) -> None:
    leila.ok("log", "contact:1", "wants a quote /tom")
    assert leila.ok("followup", "sheet", "--day", "tomorrow").out.count("wants a quote") == 1


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_is_text_alone_whatever_people_are_called(day: Shell, language: str) -> None:
    day.set(TUICRM_LANG=language)
    page, text = printed(day)
    assert page.open == []
    assert not {"script", "img", "link", "iframe", "a", "form"} & {tag for tag, _ in page.elements}
    assert not [attrs for _, attrs in page.elements if {"src", "href", "onload", "onclick"} & attrs.keys()]
    assert "url(" not in text
    assert "http:" not in text.replace("http-equiv", "")
    assert "<script>alert(1)</script>" in page.said
    assert "</td><img src=x> price" in page.said
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_page_repeats_its_heading_and_tears_nobody_apart(day: Shell) -> None:
    page, text = printed(day)
    assert page.count("thead") == 1
    # three people, and room for three who are not foreseen
    assert page.count("tbody") == 6
    assert "display: table-header-group" in text
    assert "break-inside: avoid" in text
    assert "size: A4" in text
    assert "counter(page)" in text


def test_a_persian_page_runs_right_to_left_and_keeps_numbers_whole(day: Shell) -> None:
    day.set(TUICRM_LANG="fa")
    page, text = printed(day)
    assert page.elements[0] == ("html", {"lang": "fa", "dir": "rtl"})
    assert '<bdi dir="ltr">۰۹۱۲ ۱۲۳ ۴۵۶۷</bdi>' in text
    assert "\u2066۰۲۱-۸۸۷۷۶۶۵۵\u2069" in text
    assert "counter(page, persian)" in text
    assert ("bdi", {"dir": "rtl"}) in page.elements
    assert "پاسخ نداد" in page.said
    # what is typed begins with its sign, also where the words run the other way
    assert '<kbd><bdi dir="ltr">-1d9.40</bdi></kbd>' in text


def test_the_page_is_for_its_owner_alone_and_told(day: Shell) -> None:
    file = day.folder / "sheet.html"
    told = day.json("followup", "sheet", "--day", "tomorrow", "--html", str(file))
    assert told == {"path": str(file), "rows": 3}
    assert file.stat().st_mode & 0o777 == 0o600
    refused = day("followup", "sheet", "--html", str(day.folder / "nowhere" / "sheet.html"))
    assert (refused.code, refused.out) == (5, "")


def test_an_empty_day_still_has_room_for_calls(shell: Shell) -> None:
    out = shell.ok("followup", "sheet").out
    assert "Nothing is promised for this day." in out
    assert "name ____" in out


# --- the way back -------------------------------------------------------------------------------------------


def test_a_line_for_a_row_answers_that_promise_though_several_are_due(day: Shell) -> None:
    day.set(TUICRM_NOW="2026-11-24T09:00:00+03:30")
    call = day.json("log", "followup:2", "signed it -1d10.20 =4 /-")
    assert (call["started_at"], call["duration_s"]) == ("2026-11-23T10:20:00+03:30", 240)
    assert (call["direction"], call["contact"]["id"]) == ("out", 1)
    states = {row["id"]: row["state"] for row in day.json("followup", "list", "--all")}
    assert (states[2], states[4]) == ("done", "open")


def test_no_answer_on_paper_moves_the_promise_of_the_row(day: Shell) -> None:
    day.set(TUICRM_NOW="2026-11-24T09:00:00+03:30")
    day.ok("log", "followup:4", "/n -1d10.05")
    moved = next(row for row in day.json("followup", "list", "--all") if row["id"] == 4)
    assert (moved["state"], moved["attempt"]) == ("open", 2)


@pytest.mark.parametrize(("ref", "code"), [("followup:2", 6), ("followup:404", 4), ("followup:x", 4)])
def test_a_line_for_no_open_promise_saves_nothing(day: Shell, ref: str, code: int) -> None:
    day.ok("followup", "done", "2")
    before = len(day.json("call", "list", "--all"))
    assert day("log", ref, "/n").code == code
    assert len(day.json("call", "list", "--all")) == before


def test_a_file_that_is_there_is_replaced_whole(day: Shell, tmp_path: Path) -> None:
    (tmp_path / "sheet.html").write_text("<!doctype html>old")
    page, _ = printed(day)
    assert "old" not in page.said.split()
