"""Going over the things of a card: of several lines or of none."""

from __future__ import annotations

from tuicrm.tui.widgets.card_cursor import CardCursor
from tuicrm.tui.widgets.card_facts import Opens

PHONE, CALL, TICKET = Opens("phone"), Opens("call", 5), Opens("ticket", 2)
LINES = [None, PHONE, None, CALL, CALL, CALL, TICKET]


def begun() -> CardCursor:
    cursor = CardCursor()
    cursor.begin(LINES)
    return cursor


def test_nothing_is_lit_at_first_and_the_first_step_goes_to_what_is_in_view() -> None:
    cursor = begun()
    assert (cursor.opens, list(cursor.lines)) == (None, [])
    assert (cursor.ahead(1, 0), cursor.ahead(1, 2), cursor.ahead(-1, 2), cursor.ahead(1, 7)) == (
        1,
        3,
        3,
        None,
    )


def test_a_thing_of_several_lines_is_one_step_and_lit_whole_wherever_it_is_touched() -> None:
    cursor = begun()
    assert cursor.light(4) == range(3, 6)
    assert (cursor.opens, cursor.lines) == (CALL, range(3, 6))
    assert (cursor.ahead(1, 0), cursor.ahead(-1, 0)) == (6, 1)
    cursor.light(6)
    assert cursor.ahead(1, 0) is None


def test_lines_that_are_read_again_leave_lit_what_is_still_there() -> None:
    cursor = begun()
    cursor.light(3)
    cursor.begin([None, *LINES])
    assert (cursor.opens, cursor.lines) == (CALL, range(4, 7))
    cursor.begin([PHONE])
    assert cursor.opens is None


def test_after_a_jump_the_first_thing_in_view_is_lit_unless_what_is_lit_is_in_view() -> None:
    cursor = begun()
    assert not cursor.come_into(range(3, 7))
    cursor.light(1)
    assert not cursor.come_into(range(0, 3))
    assert cursor.come_into(range(2, 20))
    assert cursor.opens == CALL
    assert cursor.come_into(range(2, 3))
    assert cursor.opens is None
