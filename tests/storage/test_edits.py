"""What an action did to a record is told once, as it was before the first write and after the last."""

from __future__ import annotations

from tuicrm.storage.edits import Edits


def test_several_writes_to_a_record_become_one_with_the_first_before_and_the_last_after() -> None:
    edits = Edits()
    edits.note("contact", 7, {"name": "Sara"}, {"name": "Sahar"})
    edits.note("contact", 7, {"name": "Sahar", "company": ""}, {"name": "Sima", "company": "Pars"})
    assert list(edits.changed()) == [
        ("contact", 7, {"name": "Sara", "company": ""}, {"name": "Sima", "company": "Pars"})
    ]


def test_what_is_again_as_it_was_is_no_change() -> None:
    edits = Edits()
    edits.note("contact", 7, {"name": "Sara", "zone": None}, {"name": "Sahar", "zone": "UTC"})
    edits.note("contact", 7, {"name": "Sahar"}, {"name": "Sara"})
    edits.note("contact", 8, {"name": "Ali"}, {"name": "Amir"})
    edits.note("contact", 8, {"name": "Amir"}, {"name": "Ali"})
    assert list(edits.changed()) == [("contact", 7, {"zone": None}, {"zone": "UTC"})]


def test_a_record_that_was_made_has_no_before_whatever_is_written_to_it_later() -> None:
    edits = Edits()
    assert not edits
    edits.note("call", 3, None, {"note": "first"})
    edits.note("call", 3, {"note": "first"}, {"note": "second"})
    assert edits
    assert list(edits.changed()) == [("call", 3, None, {"note": "second"})]
