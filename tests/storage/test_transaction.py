"""What one action writes: the records, one change row for each, and nothing when nothing changed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests.storage.records import (
    REZA,
    SARA,
    add_contact,
    edit,
    insert_call,
    insert_follow_up,
    last_action,
    log_call,
    log_of,
    phone,
    row,
)
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import NotFound
from tuicrm.storage import changes
from tuicrm.storage.database import Database

NOW = "2026-11-22T06:00:00.000000Z"


def test_a_new_record_is_logged_with_what_was_given(database: Database) -> None:
    contact = add_contact(
        database, "Leila Karimi", phones=[phone("0912 123 4567", "+989121234567")], tags=["vip"]
    )
    assert log_of(database) == [
        (
            "contact.add",
            "contact",
            contact,
            None,
            {
                "name": "Leila Karimi",
                "phones": [phone("0912 123 4567", "+989121234567")],
                "tags": ["vip"],
                "created_at": NOW,
            },
        )
    ]


def test_an_edit_is_logged_with_the_columns_that_differ_only(database: Database) -> None:
    contact = add_contact(database, "Leila", company="Pars", fields={"room": "3"})
    edit(database, "contact", contact, name="Leila", company="Pars Shimi", fields={"room": "4"})
    verb, _, _, before, after = log_of(database)[-1]
    assert verb == "contact.edit"
    assert before == {"company": "Pars", "fields": {"room": "3"}}
    assert after == {"company": "Pars Shimi", "fields": {"room": "4"}}


def test_an_edit_that_changes_nothing_leaves_no_action(database: Database, frozen_clock: FrozenClock) -> None:
    contact = add_contact(
        database, "Leila", phones=[phone("1")], emails=[{"address": "a@b.ir"}], tags=["vip"], do_not_call=True
    )
    before, action = row(database, "contact", contact), last_action(database, "sara")
    frozen_clock.advance(60)
    edit(
        database,
        "contact",
        contact,
        name="Leila",
        phones=[phone("1")],
        emails=[{"address": "a@b.ir", "label": ""}],
        tags=("vip",),
        do_not_call=1,
        fields={},
        owner=None,
    )
    assert last_action(database, "sara") == action
    assert row(database, "contact", contact) == before


def test_several_writes_to_a_record_in_one_action_are_one_change(database: Database) -> None:
    contact = add_contact(database, "Leila", note="old")
    with database.transaction(SARA, "contact.edit") as tx:
        tx.update("contact", contact, {"name": "Lila"})
        tx.update("contact", contact, {"name": "Leyla", "note": "new"})
        tx.update("contact", contact, {"note": "old"})
    assert log_of(database)[-1][3:] == ({"name": "Leila"}, {"name": "Leyla"})
    assert len(log_of(database)) == 2


def test_a_record_made_and_changed_in_one_action_is_logged_as_made(database: Database) -> None:
    contact = add_contact(database, "Leila")
    with database.transaction(SARA, "call.log") as tx:
        call = insert_call(tx, contact, "u1")
        follow_up = insert_follow_up(tx, contact, call_id=call)
        tx.update("call", call, {"follow_up_id": follow_up})
        action = tx.action_id
    made = [entry for entry in log_of(database) if entry[0] == "call.log"]
    assert [(entity, before) for _, entity, _, before, _ in made] == [("call", None), ("followup", None)]
    assert made[0][4]["follow_up_id"] == follow_up
    assert row(database, "interaction", call)["action_id"] == action


def test_changing_back_and_forth_in_one_action_leaves_no_change(database: Database) -> None:
    contact = add_contact(database, "Leila")
    with database.transaction(SARA, "contact.edit") as tx:
        tx.update("contact", contact, {"name": "Lila"})
        tx.update("contact", contact, {"name": "Leila"})
    assert len(log_of(database)) == 1
    assert last_action(database, "sara") == 1


def test_a_call_and_its_follow_up_may_name_each_other_in_any_order(database: Database) -> None:
    contact = add_contact(database, "Leila")
    with database.transaction(SARA, "call.log") as tx:
        follow_up = insert_follow_up(tx, contact, call_id=1)
        assert insert_call(tx, contact, "u1", follow_up_id=follow_up) == 1


def test_lists_of_a_contact_are_put_in_place_whole_and_in_order(database: Database) -> None:
    contact = add_contact(database, "Leila", phones=[phone("1"), phone("2")], tags=["b", "a"])
    edit(database, "contact", contact, phones=[phone("2"), phone("3")], tags=["c", "b"])
    with database.reader() as conn:
        numbers = conn.all(
            "SELECT position, raw FROM phone WHERE contact_id = :id ORDER BY position", {"id": contact}
        )
        tags = conn.all("SELECT position, tag FROM contact_tag ORDER BY position")
    assert [tuple(found) for found in numbers] == [(0, "2"), (1, "3")]
    assert [tuple(found) for found in tags] == [(0, "c"), (1, "b")]
    assert log_of(database)[-1][3]["phones"] == [phone("1"), phone("2")]


def test_a_deleted_record_stays_and_deleting_it_again_does_nothing(database: Database) -> None:
    contact = add_contact(database, "Leila")
    for _ in range(2):
        with database.transaction(SARA, "contact.delete") as tx:
            tx.delete("contact", contact)
    assert row(database, "contact", contact)["deleted_at"] == NOW
    assert [entry[3:] for entry in log_of(database)[1:]] == [({"deleted_at": None}, {"deleted_at": NOW})]


def test_moments_days_times_flags_and_structures_are_stored_in_one_form(database: Database) -> None:
    contact = add_contact(database, "Leila", fields={"اتاق": "۳"}, do_not_call=True)
    with database.transaction(SARA, "call.log") as tx:
        follow_up = insert_follow_up(
            tx,
            contact,
            due_on=date(2026, 12, 1),
            due_time=time(9, 5),
            due_key=datetime(2026, 12, 1, 5, 35, tzinfo=UTC),
        )
        call = insert_call(tx, contact, "u1", tags=("a", "b"), topic_guessed=True, entry_s=1.5)
    assert row(database, "contact", contact)["fields"] == '{"اتاق":"۳"}'
    assert row(database, "contact", contact)["do_not_call"] == 1
    stored = row(database, "follow_up", follow_up)
    assert (stored["due_on"], stored["due_time"]) == ("2026-12-01", "09:05")
    assert stored["due_key"] == "2026-12-01T05:35:00.000000Z"
    stored = row(database, "interaction", call)
    assert (stored["tags"], stored["topic_guessed"], stored["entry_s"]) == ('["a","b"]', 1, 1.5)
    after = next(entry for entry in log_of(database) if entry[1] == "call")[4]
    assert after["tags"] == ["a", "b"]
    assert after["topic_guessed"] is True


def test_columns_that_are_not_there_are_a_mistake(database: Database) -> None:
    contact = add_contact(database, "Leila")
    bad: list[dict[str, Any]] = [
        {"nick": "Lily"},
        {"name_key": "a"},
        {"updated_at": NOW},
        {"name = '' --": 1},
        {"phones": [{"raw": "1", "reversed": "1", "position": 3}]},
    ]
    for values in bad:
        with (
            database.transaction(SARA, "contact.edit") as tx,
            pytest.raises(ValueError, match="has no column"),
        ):
            tx.update("contact", contact, values)


def test_changing_a_record_that_never_was_is_refused(database: Database) -> None:
    with pytest.raises(NotFound) as caught:
        edit(database, "contact", 404, name="Nobody")
    assert (caught.value.code, caught.value.params) == ("no_record", {"entity": "contact", "id": 404})


def test_ids_are_never_given_twice(database: Database) -> None:
    first = add_contact(database, "Leila")
    with database.transaction(SARA, "x") as tx:
        tx.execute("DELETE FROM contact WHERE id = :id", {"id": first})
    assert add_contact(database, "Reza") > first


def test_an_action_says_who_when_how_and_on_which_clock(database: Database) -> None:
    log_call(database, add_contact(database, "Leila"), "u1", actor=REZA)
    with database.reader() as conn:
        found = conn.one(
            "SELECT at, agent, via, verb, undoes, undone_by, frozen_clock FROM action WHERE id = 2"
        )
    assert found is not None
    assert tuple(found) == (NOW, "reza", "cli", "call.log", None, None, 1)


def test_a_dry_run_leaves_no_trace(database: Database) -> None:
    with database.transaction(SARA, "contact.add") as tx:
        tx.insert("contact", {"name": "Leila"})
        tx.abandon()
    assert log_of(database) == []
    assert last_action(database, "sara") is None


def test_parts_of_one_long_action_share_its_id(database: Database) -> None:
    with database.transaction(SARA, "import") as tx:
        tx.insert("contact", {"name": "Leila"})
        action = tx.action_id
    with database.transaction(SARA, "import", continues=action) as tx:
        tx.insert("contact", {"name": "Reza"})
    with database.reader() as conn:
        assert [change["id"] for change in changes.of_action(conn, action)] == [1, 2]
        assert conn.value("SELECT count(*) FROM action") == 1


def test_the_digest_covers_the_row_and_its_payload(database: Database) -> None:
    add_contact(database, "Leila")
    with database.reader() as conn:
        found = conn.one("SELECT * FROM change JOIN change_payload USING (seq)")
    assert found is not None
    assert changes.digest(dict(found), found["payload"]) == found["digest"]
    signed = [1, NOW, "sara", "tui", "contact.add", "contact", 1, found["payload"]]
    text = json.dumps(signed, separators=(",", ":"))
    assert found["digest"] == hashlib.sha256(text.encode()).hexdigest()
    assert changes.digest({**dict(found), "agent": "reza"}, found["payload"]) != found["digest"]


def test_payloads_that_are_equal_have_different_salts(database: Database) -> None:
    for _ in range(2):
        add_contact(database, "Leila")
    with database.reader() as conn:
        payloads = [json.loads(found["payload"]) for found in conn.all("SELECT payload FROM change_payload")]
    assert payloads[0]["after"] == payloads[1]["after"]
    assert payloads[0]["salt"] != payloads[1]["salt"]


def test_history_tells_the_newest_first_and_pages(database: Database) -> None:
    contact = add_contact(database, "Leila")
    for name in ("Lila", "Leyla", "Layla"):
        edit(database, "contact", contact, name=name)
    add_contact(database, "Reza")
    with database.reader() as conn:
        told = changes.history(conn, entity="contact", record=contact, limit=2)
        assert [change["after"]["name"] for change in told] == ["Layla", "Leyla"]
        older = changes.history(conn, entity="contact", record=contact, before=told[-1]["seq"])
        assert [change["after"]["name"] for change in older] == ["Lila", "Leila"]
        assert changes.history(conn, limit=1)[0]["after"]["name"] == "Reza"
        seq, records = changes.changed_since(conn, told[0]["seq"])
        assert (seq, records) == (changes.last_seq(conn), {("contact", contact + 1)})
        assert changes.changed_since(conn, seq) == (seq, set())
