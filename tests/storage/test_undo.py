"""Taking actions back: whole, in order, by their agent; and never over somebody's later work."""

from __future__ import annotations

from collections.abc import Callable
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
    phone,
    row,
    state,
)
from tuicrm.domain.errors import Conflict, CrmError, NotFound
from tuicrm.domain.models import Undone
from tuicrm.storage import changes
from tuicrm.storage.database import Actor, Database


def undo(database: Database, action: int | None = None, *, actor: Actor = SARA) -> Undone:
    """Takes back the given action, or the actor's latest."""
    with database.transaction(actor, "undo") as tx:
        found = action or changes.latest_action(tx, actor.handle)
        assert found is not None, "nothing to undo"
        return changes.undo(tx, found)


def redo(database: Database, action: int | None = None, *, actor: Actor = SARA) -> Undone:
    with database.transaction(actor, "redo") as tx:
        found = action or changes.latest_undo(tx, actor.handle)
        assert found is not None, "nothing to redo"
        return changes.redo(tx, found)


def refused(act: Callable[[], Any]) -> CrmError:
    with pytest.raises(CrmError) as caught:
        act()
    return caught.value


def one_of_everything(database: Database, contact: int) -> int:
    """An action that makes, changes and closes records of every kind; gives its id."""
    with database.transaction(SARA, "prepare") as tx:
        old = insert_follow_up(tx, contact)
        ticket = tx.insert("ticket", {"subject": "leak", "contact_id": contact})
    with database.transaction(SARA, "call.log") as tx:
        new = tx.insert("contact", {"name": "Reza", "phones": [phone("5")], "tags": ["new"]})
        tx.update("followup", old, {"state": "done", "closed_at": tx.now})
        follow_up = insert_follow_up(tx, contact)
        call = insert_call(tx, contact, "u1", follow_up_id=follow_up, ticket_id=ticket)
        tx.update("ticket", ticket, {"status": "resolved", "category": "resolved", "resolved_at": tx.now})
        tx.insert("ticket_event", {"ticket_id": ticket, "agent": "sara", "kind": "comment", "call_id": call})
        edited = {"name": "Leila K.", "phones": [phone("7")], "tags": ["vip", "x"], "fields": {"a": "b"}}
        tx.update("contact", contact, {**edited, "emails": [{"address": "l@k.ir"}], "do_not_call": True})
        tx.delete("contact", new)
        return tx.action_id


def test_an_action_is_taken_back_whole_and_done_again_whole(database: Database) -> None:
    contact = add_contact(database, "Leila", phones=[phone("1")], tags=["north"], company="Pars")
    action = one_of_everything(database, contact)
    after = state(database)
    undone = undo(database, action)
    taken_back = state(database)
    assert row(database, "contact", contact)["name"] == "Leila"
    assert row(database, "contact", contact)["words"] == "leila pars north ll prs nrth"
    assert row(database, "follow_up", 1)["state"] == "open"
    assert row(database, "ticket", 1)["category"] == "open"
    assert row(database, "interaction", 1)["deleted_at"] is not None
    assert undone.verb == "call.log"
    kinds = {record.entity for record in undone.records}
    assert kinds == {"contact", "followup", "call", "ticket", "ticket_event"}
    redo(database)
    assert state(database) == after
    undo(database, action)
    assert state(database) == taken_back


def test_undo_is_one_new_action_that_names_the_one_it_takes_back(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = edit(database, "contact", contact, name="Lila")
    done = undo(database, action)
    with database.reader() as conn:
        found = conn.one("SELECT verb, undoes FROM action WHERE id = :id", {"id": done.action_id})
        assert found is not None
        assert tuple(found) == ("undo", action)
        assert conn.value("SELECT undone_by FROM action WHERE id = :id", {"id": action}) == done.action_id
        told = changes.of_action(conn, done.action_id)
    assert [(change["before"], change["after"]) for change in told] == [({"name": "Lila"}, {"name": "Leila"})]


def test_undo_after_undo_takes_the_older_action_and_redo_comes_back_in_order(database: Database) -> None:
    contact = add_contact(database, "Leila")
    states = [state(database)]
    for name in ("A", "B", "C"):
        edit(database, "contact", contact, name=name)
        states.append(state(database))
    for expected in (2, 1, 0):
        undo(database)
        assert state(database) == states[expected]
    for expected in (1, 2, 3):
        redo(database)
        assert state(database) == states[expected]
    undo(database)
    assert state(database) == states[2]
    redo(database)
    assert state(database) == states[3]
    with database.reader() as conn:
        assert changes.latest_undo(conn, "sara") is None


def test_after_something_new_only_a_redo_by_its_number_is_possible(database: Database) -> None:
    contact = add_contact(database, "Leila")
    edit(database, "contact", contact, name="Lila")
    undone = undo(database)
    add_contact(database, "Reza")
    with database.reader() as conn:
        assert changes.latest_undo(conn, SARA.handle) is None
    redo(database, undone.action_id)
    assert row(database, "contact", contact)["name"] == "Lila"


def test_redo_over_a_later_change_is_refused(database: Database) -> None:
    contact = add_contact(database, "Leila")
    edit(database, "contact", contact, name="Lila")
    undone = undo(database)
    edit(database, "contact", contact, name="Layla")
    assert refused(lambda: redo(database, undone.action_id)).code == "changed_since"
    assert row(database, "contact", contact)["name"] == "Layla"


def test_everybody_takes_back_their_own_latest_action(database: Database) -> None:
    one, two = add_contact(database, "Leila"), add_contact(database, "Reza", actor=REZA)
    undo(database, actor=SARA)
    assert row(database, "contact", one)["deleted_at"] is not None
    assert row(database, "contact", two)["deleted_at"] is None


def test_what_is_undone_is_found_by_its_id_and_not_by_its_name(database: Database) -> None:
    contact = add_contact(database, "Leila")
    undo(database)
    assert row(database, "contact", contact)["name"] == "Leila"
    redo(database)
    assert row(database, "contact", contact)["deleted_at"] is None


def test_a_later_change_of_the_same_columns_refuses_the_undo_by_name(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = edit(database, "contact", contact, name="Lila", note="x")
    edit(database, "contact", contact, actor=REZA, name="Layla")
    later = edit(database, "contact", contact, actor=REZA, company="Pars")
    before = state(database)
    error = refused(lambda: undo(database, action))
    assert isinstance(error, Conflict)
    assert error.code == "changed_since"
    assert error.params["agent"] == "reza"
    assert (error.params["entity"], error.params["id"], error.params["seq"]) == ("contact", contact, 3)
    assert later == last_action(database, "reza")
    assert state(database) == before


def test_a_later_change_of_other_columns_does_not_hinder(database: Database) -> None:
    contact = add_contact(database, "Leila", company="Pars")
    action = edit(database, "contact", contact, name="Lila")
    edit(database, "contact", contact, actor=REZA, company="Karun", tags=["south"])
    undo(database, action)
    stored = row(database, "contact", contact)
    assert (stored["name"], stored["company"]) == ("Leila", "Karun")
    assert stored["words"] == "leila karun south ll krn sth"


def test_changed_back_by_others_is_as_if_never_changed(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = edit(database, "contact", contact, name="Lila")
    edit(database, "contact", contact, actor=REZA, name="Layla")
    undo(database, actor=REZA)
    undo(database, action)
    assert row(database, "contact", contact)["name"] == "Leila"


def test_nothing_is_half_undone(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = one_of_everything(database, contact)
    edit(database, "followup", 1, actor=REZA, state="cancelled")
    before = state(database)
    assert refused(lambda: undo(database, action)).params["entity"] == "followup"
    assert state(database) == before
    with database.reader() as conn:
        assert conn.value("SELECT undone_by FROM action WHERE id = :id", {"id": action}) is None
        assert conn.value("SELECT count(*) FROM action WHERE undoes IS NOT NULL") == 0


def test_a_contact_with_a_later_call_is_not_taken_away(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = last_action(database, "sara")
    call = log_call(database, contact, "u1", actor=REZA)
    error = refused(lambda: undo(database, action))
    assert error.code == "changed_since"
    assert (error.params["entity"], error.params["id"], error.params["agent"]) == ("call", call, "reza")
    undo(database, actor=REZA)
    undo(database, action)
    assert row(database, "contact", contact)["deleted_at"] is not None


def test_a_contact_made_with_its_call_goes_with_it(database: Database) -> None:
    with database.transaction(SARA, "call.log") as tx:
        contact = tx.insert("contact", {"name": "Leila"})
        call = insert_call(tx, contact, "u1", follow_up_id=insert_follow_up(tx, contact))
    undo(database)
    assert row(database, "contact", contact)["deleted_at"] is not None
    assert row(database, "interaction", call)["deleted_at"] is not None
    redo(database)
    assert row(database, "interaction", call)["deleted_at"] is None


def test_an_edit_of_a_record_deleted_since_is_not_taken_back(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = edit(database, "contact", contact, name="Lila")
    with database.transaction(REZA, "contact.delete") as tx:
        tx.delete("contact", contact)
    error = refused(lambda: undo(database, action))
    assert (error.code, error.params["agent"]) == ("changed_since", "reza")


def test_deleting_is_taken_back(database: Database) -> None:
    contact = add_contact(database, "Leila")
    with database.transaction(SARA, "contact.delete") as tx:
        tx.delete("contact", contact)
    undo(database)
    assert row(database, "contact", contact)["deleted_at"] is None


def test_what_cannot_be_undone_says_why(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = edit(database, "contact", contact, name="Lila")
    assert action is not None
    done = undo(database, action)
    assert refused(lambda: undo(database, action)).code == "already_undone"
    assert refused(lambda: undo(database, done.action_id)).code == "undo_of_undo"
    assert refused(lambda: undo(database, 404)).code == "no_action"
    again = redo(database, action)
    assert refused(lambda: redo(database, action)).code == "not_undone"
    assert refused(lambda: redo(database, again.action_id)).code == "not_undone"
    assert refused(lambda: undo(database, again.action_id)).code == "undo_of_undo"
    assert refused(lambda: redo(database, 404)).kind == NotFound.kind


def test_redo_takes_the_action_or_its_undo(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = edit(database, "contact", contact, name="Lila")
    for name in ("action", "undo"):
        done = undo(database, action)
        again = redo(database, action if name == "action" else done.action_id)
        assert again.verb == "contact.edit"
        assert row(database, "contact", contact)["name"] == "Lila"


def test_details_erased_by_law_cannot_be_put_back(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = edit(database, "contact", contact, name="Lila")
    with database.transaction(SARA, "erase") as tx:
        tx.execute("DELETE FROM change_payload")
    assert refused(lambda: undo(database, action)).code == "details_erased"


def test_a_change_past_the_log_is_not_overwritten(database: Database) -> None:
    contact = add_contact(database, "Leila")
    action = edit(database, "contact", contact, name="Lila")
    with database.transaction(SARA, "x") as tx:
        tx.execute("UPDATE contact SET name = 'by hand' WHERE id = :id", {"id": contact})
    assert refused(lambda: undo(database, action)).code == "changed_outside"


def test_what_was_freed_and_given_to_another_is_not_taken_from_it(database: Database) -> None:
    contact = add_contact(database, "Leila")
    log_call(database, contact, "u1", source="pbx", source_call_id="7")
    undo(database)
    log_call(database, contact, "u2", actor=REZA, source="pbx", source_call_id="7")
    assert refused(lambda: redo(database)).code == "place_taken"


def test_the_process_file_and_ones_own_name_are_left_alone(database: Database) -> None:
    with database.transaction(SARA, changes.OWN_NAME_VERB) as tx:
        agent = tx.insert("agent", {"handle": "sara"})
    with database.transaction(SARA, "process.apply") as tx:
        tx.insert("process", {"agent": "sara", "text": "x = 1", "compiled": {"x": 1}})
        process = tx.action_id
    with database.reader() as conn:
        assert changes.latest_action(conn, "sara") is None
    assert refused(lambda: undo(database, process)).code == "not_undoable"
    with database.transaction(REZA, "call.log") as tx:
        other = tx.insert("agent", {"handle": "reza"})
        contact = tx.insert("contact", {"name": "Leila"})
    done = undo(database, actor=REZA)
    assert [(left.entity, left.id, left.why) for left in done.left] == [("agent", other, "own_name")]
    assert row(database, "agent", other)["active"] == row(database, "agent", agent)["active"] == 1
    assert row(database, "contact", contact)["deleted_at"] is not None


def test_an_agent_added_by_somebody_else_is_switched_off_by_undo(database: Database) -> None:
    with database.transaction(SARA, "agent.add") as tx:
        agent = tx.insert("agent", {"handle": "mina", "name": "Mina"})
    undo(database)
    assert row(database, "agent", agent)["active"] == 0
    redo(database)
    assert row(database, "agent", agent)["active"] == 1


def test_a_dry_run_tells_what_would_happen_and_does_nothing(database: Database) -> None:
    contact = add_contact(database, "Leila")
    before = state(database)
    with database.transaction(SARA, "undo") as tx:
        found = changes.latest_action(tx, "sara")
        assert found is not None
        told = changes.undo(tx, found)
        tx.abandon()
    assert [(record.entity, record.id) for record in told.records] == [("contact", contact)]
    assert state(database) == before
    with database.reader() as conn:
        assert changes.latest_action(conn, "sara") == found


def test_a_long_action_in_several_commits_is_undone_as_one(database: Database) -> None:
    with database.transaction(SARA, "import") as tx:
        first = tx.insert("contact", {"name": "Leila"})
        action = tx.action_id
    with database.transaction(SARA, "import", continues=action) as tx:
        tx.insert("contact", {"name": "Reza"})
        tx.update("contact", first, {"note": "twice"})
    undo(database)
    with database.reader() as conn:
        assert conn.value("SELECT count(*) FROM contact WHERE deleted_at IS NULL") == 0
    redo(database)
    assert row(database, "contact", first)["note"] == "twice"
