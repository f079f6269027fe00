"""What is said of the columns of a file while it is looked at."""

from __future__ import annotations

from pathlib import Path

from tuicrm.exchange.csv_columns import Column
from tuicrm.services.importing import Look
from tuicrm.tui.importing.column_choices import ColumnChoices

COLUMNS = (
    Column("Name", "name"),
    Column("Tel", "phone", sure=False),
    Column("Tel", "phone"),
    Column(" ", "skip"),
)
FOUND = Look(
    Path("people.csv"), "csv", "utf-8", 100, columns=COLUMNS, remembered={"name": "name", "3": "phone"}
)


def test_a_column_is_told_as_a_guess_as_last_time_or_as_chosen_now() -> None:
    choices = ColumnChoices()
    assert [row.how for row in choices.rows(FOUND)] == ["before", "guess", "before", ""]
    choices.choose(FOUND, 0, "company")
    choices.choose(FOUND, 3, "note")
    assert [row.how for row in choices.rows(FOUND)] == ["now", "guess", "before", "now"]


def test_columns_that_share_a_heading_or_have_none_are_named_by_their_number() -> None:
    choices = ColumnChoices()
    for place, target in enumerate(("company", "email", "skip", "note")):
        choices.choose(FOUND, place, target)
    assert choices.said == {"Name": "company", "2": "email", "3": "skip", "4": "note"}
