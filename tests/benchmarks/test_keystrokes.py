"""The promise: fewer key presses than characters on paper for every call, at most half of them over the day."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.keystrokes.__main__ import summary
from benchmarks.keystrokes.day import Layout, Press, Scripted, load, switches, typed
from benchmarks.keystrokes.replay import QUEUE_OF, Result, queue_of_no_answers, replay

from tests.keyboards import ROWS, US, key_for, prints, shifted

DAY = load()


def scripted(keys: str, **paper: str) -> Scripted:
    call = DAY.calls[0]
    return Scripted(1, call.at, "queue", keys, paper, {})


# --- counting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("char", "layout", "physical"),
    [
        ("a", "us", ("a",)),
        (" ", "us", (" ",)),
        ("/", "us", ("/",)),
        ("A", "us", ("Shift", "a")),
        ("@", "us", ("Shift", "2")),
        ("#", "us", ("Shift", "3")),
        ("?", "us", ("Shift", "/")),
        ("ی", "fa", ("d",)),
        ("۲", "fa", ("2",)),
        (" ", "fa", (" ",)),
        ("/", "fa", ("/",)),
        (".", "fa", (".",)),
        ("آ", "fa", ("Shift", "h")),
        ("ئ", "fa", ("Shift", "s")),
        ("،", "fa", ("Shift", "7")),
        ("؟", "fa", ("Shift", "/")),
        ("٬", "fa", ("Shift", "2")),
        ("[", "fa", ("Shift", "p")),
        ("\u200c", "fa", ("Shift", "b")),
    ],
)
def test_a_character_is_the_keys_that_print_it_shift_counted(
    char: str, layout: Layout, physical: tuple[str, ...]
) -> None:
    press = typed(char, layout)
    assert (press.physical, press.sent, press.weight) == (physical, char, len(physical))


@pytest.mark.parametrize(
    ("char", "layout"), [("t", "fa"), ("@", "fa"), ("2", "fa"), ("?", "fa"), ("ی", "us")]
)
def test_what_the_layout_cannot_print_is_no_script(char: str, layout: Layout) -> None:
    with pytest.raises(ValueError, match="on no key"):
        typed(char, layout)


@pytest.mark.parametrize("layout", ["us", "fa"])
def test_every_key_of_a_layout_counts_as_the_keyboard_has_it(layout: Layout) -> None:
    for us_key, char in zip(US, ROWS[layout], strict=True):
        assert typed(char, layout).weight == 1 + shifted(us_key), char


def test_a_script_is_typed_text_and_named_keys() -> None:
    call = scripted("l Backspace 'a B' Ctrl+N Enter (talk)")
    assert call.presses == [
        Press(("l",), "l"),
        Press(("Backspace",), "\x7f"),
        Press(("a",), "a"),
        Press((" ",), " "),
        Press(("Shift", "b"), "B"),
        Press(("Ctrl", "n"), "\x0e"),
        Press(("Enter",), "\r"),
        Press((), "(talk)"),
    ]
    assert call.key_count == 9


def test_a_persian_call_is_typed_under_the_persian_layout_and_no_other() -> None:
    call = scripted("ز 'می\u200cآید؟ /۲ی' Enter", name="کریمی")
    assert "".join(press.sent for press in call.presses) == "زمی\u200cآید؟ /۲ی\r"
    assert [press.physical[-1] for press in call.presses] == [*"cldbhdn/", " ", *"/2d", "Enter"]
    assert call.key_count == 1 + 2 + 2 + 2 + 2 + 2 + 4 + 1
    with pytest.raises(ValueError, match="on no key"):
        scripted("ز '@omid'", name="کریمی").key_count  # noqa: B018


def test_the_half_space_is_two_keys_and_nothing_on_paper() -> None:
    assert typed("\u200c", "fa").weight == 2
    assert scripted("n", note="می\u200cخواهد").paper_count == 7


def test_blanks_on_paper_are_not_counted() -> None:
    assert scripted("n", date='"', name="R Tate", note="two words").paper_count == 1 + 5 + 8


# --- the day ------------------------------------------------------------------------------------------------


def test_the_day_is_a_whole_one() -> None:
    assert len(DAY.calls) >= 40
    persian = [call for call in DAY.calls if call.persian]
    assert abs(len(persian) - len(DAY.calls) / 2) <= 1
    assert {call.how for call in DAY.calls} == {"queue", "rings", "unknown", "dialled", "remembered"}
    outcomes = {call.saved.get("outcome", "connected") for call in DAY.calls}
    assert outcomes >= {
        "connected",
        "no_answer",
        "busy",
        "wrong_number",
        "voicemail",
        "callback",
        "do_not_call",
    }
    facts = {fact for call in DAY.calls for fact in call.saved}
    assert facts >= {
        "note",
        "topic",
        "due",
        "ticket",
        "status",
        "priority",
        "tags",
        "handed",
        "started",
        "number",
    }
    assert any("note" not in call.saved and "outcome" not in call.saved for call in DAY.calls)


def test_the_persian_half_is_typed_with_the_keys_of_the_persian_layout() -> None:
    written = [press for call in DAY.calls if call.persian for press in call.presses if len(press.sent) == 1]
    characters = [press for press in written if press.sent.isprintable() or press.sent == "\u200c"]
    assert {"\u200c", "؟", "،", "٬", "آ", "۲"} <= {press.sent for press in characters}
    for press in characters:
        us_key = key_for(press.sent, "fa")
        assert us_key is not None
        assert press.weight == 1 + shifted(us_key)
        assert prints(us_key, "fa") == press.sent
    assert all(press.sent.isascii() for call in DAY.calls if not call.persian for press in call.presses)


def test_a_change_of_the_layout_is_counted_where_text_is_typed() -> None:
    english, persian = scripted("n", note="x"), scripted("د", note="ی")
    in_english, in_persian = scripted("'x'", note="x"), scripted("'ی'", note="ی")
    assert switches([english, persian, in_english, persian, in_english]) == 0
    assert switches([in_english, in_persian, english, in_persian, in_english]) == 2


def test_both_halves_are_told_by_themselves_and_together() -> None:
    english = scripted("'abc' Enter", note="abcdefgh")
    persian = scripted("'آب' Enter", note="آب نیست")
    told = summary([Result(english, (), None), Result(persian, (), None)]).splitlines()
    assert told[0].split() == ["English", "1", "calls", "4", "keys", "8", "characters", "50.0%"]
    assert told[1].split() == ["Persian", "1", "calls", "4", "keys", "6", "characters", "66.7%"]
    assert told[2].split() == ["together", "2", "calls", "8", "keys", "14", "characters", "57.1%"]
    assert "1 changes of the layout" in told[4]


def test_the_sheet_names_date_agent_time_and_way_of_every_call() -> None:
    for call in DAY.calls:
        assert {"date", "time", "way", "by"} <= set(call.paper), call.number
        assert set(call.paper) <= {
            *("date", "time", "name", "company", "phone", "way", "outcome", "note", "follow", "by")
        }, call.number


async def test_every_call_costs_less_than_paper_and_every_fact_is_in_the_database(tmp_path: Path) -> None:
    results = await replay(DAY, tmp_path)
    assert {result.call.number: result.wrong for result in results if result.wrong} == {}
    assert len(results) == len(DAY.calls)
    dearer = {r.call.number: (r.call.key_count, r.call.paper_count) for r in results if r.ratio >= 1}
    assert dearer == {}
    for part in (results, [r for r in results if r.call.persian], [r for r in results if not r.call.persian]):
        assert sum(r.call.key_count for r in part) <= 0.5 * sum(r.call.paper_count for r in part)
    counted = [r.call.number for r in results if r.counted == r.call.key_count]
    assert len(counted) >= len(results) - 3, "the app's own count, but for keys before a call is one"


def test_a_wrong_fact_is_a_lost_call(tmp_path: Path) -> None:
    import asyncio

    from benchmarks.keystrokes.day import Day

    first = DAY.calls[0]
    lie = Scripted(1, first.at, "queue", "n", first.paper, {**first.saved, "outcome": "busy"})
    (result,) = asyncio.run(replay(Day(DAY.people, DAY.earlier, (lie,)), tmp_path))
    assert result.wrong == ("outcome: 'no_answer' instead of 'busy'",)


async def test_a_queue_in_which_nobody_answers_costs_one_key_each(tmp_path: Path) -> None:
    assert await queue_of_no_answers(tmp_path) == (QUEUE_OF, QUEUE_OF)
