"""Doing an import again after it was taken back, when its calls have come in once more by then."""

from __future__ import annotations

import pytest

from tests.services.people_files import ask, read, sound, value
from tuicrm import i18n
from tuicrm.domain.errors import Conflict
from tuicrm.services import calls, history, importing
from tuicrm.services.context import Crm


def list_of(first: int, count: int) -> bytes:
    lines = [
        f"2026-11-20 {10 + n // 60}:{n % 60:02d}:00,in,0912000{n:04d},60,call {n},id{n}\n"
        for n in range(first, first + count)
    ]
    return ("started_at,direction,number,duration_s,note,uid\n" + "".join(lines)).encode()


def test_calls_that_came_in_again_stay_and_the_others_come_back(crm: Crm) -> None:
    first = read(crm, list_of(0, 150))
    assert first.import_id is not None
    history.undo(crm, first.import_id)
    assert read(crm, list_of(100, 60)).added == 60
    done = history.redo(crm, first.import_id)
    assert (len(done.records), {(each.entity, each.why) for each in done.left}) == (
        100,
        {("call", "place_taken")},
    )
    assert len(done.left) == 50
    assert len(calls.recent(crm, limit=500).rows) == 160
    notes = ask(
        crm, "SELECT note, count(*) FROM interaction WHERE deleted_at IS NULL GROUP BY 1 HAVING count(*) > 1"
    )
    assert notes == []
    assert read(crm, list_of(0, 160)).added == 0
    sound(crm)


@pytest.mark.parametrize("data", [list_of(0, 5), b"name,phone\nKate,0912 000 0001\nTom,0912 000 0002\n"])
def test_the_same_file_in_again_is_refused_in_one_sentence_and_nothing_is_half(crm: Crm, data: bytes) -> None:
    first = read(crm, data)
    history.undo(crm)
    second = read(crm, data)
    assert first.import_id is not None
    before = ask(crm, "SELECT max(seq) FROM change")
    with pytest.raises(Conflict) as refused:
        history.redo(crm, first.import_id)
    assert (refused.value.code, refused.value.params["id"]) == ("redo_in_again", second.import_id)
    assert f"tuicrm undo {second.import_id}" in i18n.sentence(refused.value)
    assert (ask(crm, "SELECT max(seq) FROM change"), importing.unfinished(crm)) == (before, ())


def test_it_is_done_again_once_the_other_one_is_taken_back(crm: Crm) -> None:
    first = read(crm, list_of(0, 5))
    history.undo(crm)
    second = read(crm, list_of(0, 5))
    assert (first.import_id, second.import_id) != (None, None)
    assert len(history.undo(crm, second.import_id).records) == 5
    assert len(history.redo(crm, first.import_id).records) == 5
    assert value(crm, "SELECT count(*) FROM interaction WHERE deleted_at IS NULL") == 5
    sound(crm)
