"""What the headings of the agenda say of a day."""

from __future__ import annotations

from datetime import timedelta

from tests.tui.samples import SCENE, TODAY, follow_up

from tuicrm.domain.models import Page
from tuicrm.tui.screens.agenda_days import AgendaDays
from tuicrm.tui.screens.agenda_reads import Part

TOMORROW = TODAY + timedelta(days=1)


def test_a_day_is_told_with_its_number_and_only_another_number_is_news() -> None:
    days = AgendaDays()
    row = follow_up()
    assert "· " not in days.heading(row, SCENE)
    assert days.take(Part(SCENE, Page((row,), False), {TODAY: 3}, 999)) is False
    assert days.heading(row, SCENE).endswith("· 3")
    assert days.take(Part(SCENE, Page((), False), {TODAY: 3, TOMORROW: 1}, 999)) is False
    assert days.take(Part(SCENE, Page((), False), {TODAY: 1000}, 999)) is True
    assert days.heading(row, SCENE).endswith("· more than 999")


def test_what_is_closed_is_known_until_the_list_is_shown_anew() -> None:
    days = AgendaDays()
    days.take(Part(SCENE, Page((follow_up(state="done"),), False), {TODAY: 1}, 999))
    days.take(Part(SCENE, Page((follow_up(),), False), {}, 999))
    assert days.closed_too
    days.forget()
    assert not days.closed_too
    assert "· " not in days.heading(follow_up(), SCENE)
