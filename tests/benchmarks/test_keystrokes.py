"""The promise: fewer key presses than characters on paper for every call, at most half of them over the day."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.keystrokes.day import Press, Scripted, load, weight
from benchmarks.keystrokes.replay import replay

from tuicrm.domain.fold import has_rtl

DAY = load()


def scripted(keys: str, **paper: str) -> Scripted:
    call = DAY.calls[0]
    return Scripted(1, call.at, "queue", keys, paper, {})


# --- counting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("char", "keys"),
    [
        ("a", 1),
        (" ", 1),
        ("/", 1),
        ("A", 2),
        ("@", 2),
        ("#", 2),
        ("?", 2),
        ("ی", 1),
        ("۲", 1),
        ("آ", 2),
        ("،", 2),
    ],
)
def test_a_character_that_needs_shift_is_two_keys(char: str, keys: int) -> None:
    assert weight(char) == keys


def test_the_half_space_is_two_keys_and_nothing_on_paper() -> None:
    assert weight("\u200c") == 2
    assert scripted("n", note="می\u200cخواهد").paper_count == 7


def test_a_script_is_typed_text_and_named_keys() -> None:
    call = scripted("l Backspace 'a B' Ctrl+N Enter (talk)")
    assert call.presses == [
        Press("l", 1),
        Press("backspace", 1),
        Press("a", 1),
        Press(" ", 1),
        Press("B", 2),
        Press("ctrl+n", 2),
        Press("enter", 1),
        Press("(talk)", 0),
    ]
    assert call.key_count == 9


def test_blanks_on_paper_are_not_counted() -> None:
    assert scripted("n", date='"', name="R Tate", note="two words").paper_count == 1 + 5 + 8


# --- the day ------------------------------------------------------------------------------------------------


def test_the_day_is_a_whole_one() -> None:
    assert len(DAY.calls) >= 40
    persian = [call for call in DAY.calls if has_rtl(call.paper.get("name", "") + call.paper.get("note", ""))]
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
    assert sum(r.call.key_count for r in results) <= 0.5 * sum(r.call.paper_count for r in results)


def test_a_wrong_fact_is_a_lost_call(tmp_path: Path) -> None:
    import asyncio

    from benchmarks.keystrokes.day import Day

    first = DAY.calls[0]
    lie = Scripted(1, first.at, "queue", "n", first.paper, {**first.saved, "outcome": "busy"})
    (result,) = asyncio.run(replay(Day(DAY.people, DAY.earlier, (lie,)), tmp_path))
    assert result.wrong == ("outcome: 'no_answer' instead of 'busy'",)
